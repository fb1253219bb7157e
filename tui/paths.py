"""Paths of the sources, the data and the settings, and what the environment says about other programs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.environment import ENVIRONMENT, PLATFORM, is_served_in_browser, locate
from tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Paths(NamedTuple):
    """The paths the program uses.

    Attributes:
        data: the data folder; created when first written to.
        seeds: the folder of the sources and ``corrections.toml``.
        config: the settings file, which need not exist; None for no file.
    """

    data: Path
    seeds: Path
    config: Path | None = None


def resolve_paths(
    data: str | None = None,
    seeds: str | None = None,
    config: str | None = None,
    environ: Mapping[str, str] | None = None,
    configured: Callable[[Path], tuple[str, str]] | None = None,
) -> Paths:
    """Resolve the paths: options override the environment, that the settings, and those the defaults.

    The defaults are ``data/`` and ``seeds/`` in a checkout, and otherwise the platform's data folder and the sources
    of the installed package. The settings are in the platform's configuration folder.

    Args:
        data: value of ``--data``.
        seeds: value of ``--seeds``.
        config: value of ``--config``.
        environ: the environment; ``os.environ`` if None.
        configured: returns the data folder and the folder of listings named in a settings file (empty if not named);
            called only for what neither an option nor the environment gives.

    Raises:
        UsageError: there is no home folder.
    """
    environ = ENVIRONMENT if environ is None else environ
    folders = locate(data, seeds, config, environ, configured and (lambda file: configured(Path(file))))
    own_data, listings, file = folders
    for path in (own_data, listings, file if config or environ.get("READLIST_CONFIG") else ""):
        if path.startswith("~"):
            raise UsageError(f"no home folder for {path}", "use an absolute path")
    return Paths(
        data=Path(own_data) if own_data else _user_data(),
        seeds=Path(listings),
        config=None if file.startswith("~") else Path(file) if file else _user_config(),
    )


def no_colour(environ: Mapping[str, str] | None = None) -> bool:
    """Whether colours are disabled: ``NO_COLOR`` is set and not empty (no-color.org)."""
    environ = ENVIRONMENT if environ is None else environ
    return bool(environ.get("NO_COLOR"))


def editor(environ: Mapping[str, str] | None = None) -> str:
    """The command line of the user's editor: ``$VISUAL``, else ``$EDITOR``, else ``vi``."""
    environ = ENVIRONMENT if environ is None else environ
    return environ.get("VISUAL") or environ.get("EDITOR") or "vi"


def browsers(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The command lines in ``$BROWSER``, in the order to try them."""
    environ = ENVIRONMENT if environ is None else environ
    return tuple(filter(None, environ.get("BROWSER", "").split(os.pathsep)))


def exports_folder(environ: Mapping[str, str] | None = None) -> Path | None:
    """The folder a screen in a browser may write exports to; None if it may not write any."""
    environ = ENVIRONMENT if environ is None else environ
    folder = environ.get("READLIST_EXPORTS")
    return Path(folder) if folder else None


def screen_environment(
    paths: Paths, exports: Path | None, columns: int, rows: int, environ: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment of a screen in a browser.

    Args:
        paths: the paths.
        exports: the folder it may write exports to, if any.
        columns: the width of its terminal.
        rows: the height.
        environ: the environment of the server; ``os.environ`` if None.
    """
    environ = ENVIRONMENT if environ is None else environ
    return {
        **environ,
        "READLIST_DATA": str(paths.data.absolute()),
        "READLIST_SEEDS": str(paths.seeds.absolute()),
        "READLIST_CONFIG": str(paths.config.absolute()) if paths.config else "",
        "READLIST_EXPORTS": str(exports.absolute()) if exports else "",
        "TEXTUAL_DRIVER": "tui.app.terminal.web_driver:WebDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM": "xterm-256color",
        "COLUMNS": str(columns),
        "LINES": str(rows),
        "PYTHONIOENCODING": "utf-8",  # whatever the locale is
    }


def clipboard_programs(environ: Mapping[str, str] | None = None) -> tuple[tuple[str, ...], ...]:
    """Command lines of clipboard programs, in the order to try them; they may not be installed.

    tmux comes first inside tmux, and then only programs for the current display, since others would wait for one. A
    browser has its own clipboard.
    """
    environ = ENVIRONMENT if environ is None else environ
    if is_served_in_browser(environ):
        return ()
    return (
        *((("tmux", "load-buffer", "-w", "-"),) if environ.get("TMUX") else ()),
        *((("wl-copy",),) if environ.get("WAYLAND_DISPLAY") else ()),
        *((("xclip", "-selection", "clipboard"), ("xsel", "-ib")) if environ.get("DISPLAY") else ()),
        *((("pbcopy",),) if PLATFORM == "darwin" else ()),
    )


def _user_data() -> Path:
    # Imported here: only an installed program without options needs it, and not on Linux.
    import platformdirs  # noqa: PLC0415

    try:
        folder = Path(platformdirs.user_data_dir("readlist", appauthor=False))
    except RuntimeError:
        folder = Path()
    if not folder.is_absolute():  # without a home folder: an error, or a path starting with a tilde
        raise UsageError("no home folder for the reading list", "set a folder with --data or READLIST_DATA")
    return folder


def _user_config() -> Path | None:
    """The settings file; None if there is no home folder."""
    import platformdirs  # noqa: PLC0415 - see _user_data

    try:
        folder = Path(platformdirs.user_config_dir("readlist", appauthor=False))
    except RuntimeError:
        return None
    return folder / "config.toml" if folder.is_absolute() else None
