"""Where the seed pages, the data and the settings are. The only reader of the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PACKAGE = Path(__file__).resolve().parent
_PLATFORM: str = sys.platform  # by a name of its own, so that the checker of types reads the code for all of them


class Paths(NamedTuple):
    """The folders a run works with.

    Attributes:
        data: the store; made when first written to.
        seeds: the pages and ``corrections.toml``.
        config: the file of settings, which need not exist; None for no file.
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
    """Settle the folders: an option beats the environment, that beats the settings, and those beat the default.

    The defaults are ``data/`` and ``seeds/`` in a checkout, and otherwise the platform's data folder and the pages
    that came with the installed package. The settings are in the platform's folder for them.

    Args:
        data: value of ``--data``.
        seeds: value of ``--seeds``.
        config: value of ``--config``.
        environ: the environment; the process's own when None.
        configured: the folders of data and listings that the settings file names, empty where it names none; asked
            only for what neither an option nor the environment gives.

    Raises:
        UsageError: a folder is below a home folder that there is not.
    """
    environ = os.environ if environ is None else environ
    checkout = _checkout()
    data = data or environ.get("READLIST_DATA") or None
    seeds = seeds or environ.get("READLIST_SEEDS") or None
    config = config or environ.get("READLIST_CONFIG") or None
    file = _expanded(config) if config else _user_config(environ)
    if configured and file and not (data and seeds):
        own_data, own_seeds = configured(file)
        data = data or (str(file.parent / _expanded(own_data)) if own_data else None)
        seeds = seeds or (str(file.parent / _expanded(own_seeds)) if own_seeds else None)
    return Paths(
        data=_expanded(data) if data else checkout / "data" if checkout else _user_data(),
        seeds=_expanded(seeds) if seeds else (checkout or _PACKAGE) / "seeds",
        config=file,
    )


def no_colour(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the user asked for no colour: ``NO_COLOR`` is set and not empty (no-color.org)."""
    environ = os.environ if environ is None else environ
    return bool(environ.get("NO_COLOR"))


def editor(environ: Mapping[str, str] | None = None) -> str:
    """The command line of the user's editor: ``$VISUAL``, else ``$EDITOR``, else ``vi``."""
    environ = os.environ if environ is None else environ
    return environ.get("VISUAL") or environ.get("EDITOR") or "vi"


def browsers(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The command lines in ``$BROWSER``, the one to try first in front."""
    environ = os.environ if environ is None else environ
    return tuple(filter(None, environ.get("BROWSER", "").split(os.pathsep)))


def terminal_type(environ: Mapping[str, str] | None = None) -> str:
    """The value of ``TERM``; empty when unset."""
    environ = os.environ if environ is None else environ
    return environ.get("TERM", "")


def is_served_in_browser(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the program is started by a server that shows its screen in a browser."""
    environ = os.environ if environ is None else environ
    return bool(environ.get("TEXTUAL_DRIVER"))


def exports_folder(environ: Mapping[str, str] | None = None) -> Path | None:
    """The folder below which a screen in a browser may write exports; None where it may not write any."""
    environ = os.environ if environ is None else environ
    folder = environ.get("READLIST_EXPORTS")
    return Path(folder) if folder else None


def screen_environment(
    home: Paths, exports: Path | None, columns: int, rows: int, environ: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The environment of a screen that is shown in a browser.

    Args:
        home: the folders.
        exports: the folder below which it may write exports, if any.
        columns: the width of its terminal.
        rows: the height.
        environ: the environment of the server; the process's own when None.
    """
    environ = os.environ if environ is None else environ
    return {
        **environ,
        "READLIST_DATA": str(home.data.absolute()),
        "READLIST_SEEDS": str(home.seeds.absolute()),
        "READLIST_CONFIG": str(home.config.absolute()) if home.config else "",
        "READLIST_EXPORTS": str(exports.absolute()) if exports else "",
        "TEXTUAL_DRIVER": "tui.app.terminal.web_driver:WebDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM": "xterm-256color",
        "COLUMNS": str(columns),
        "LINES": str(rows),
        "PYTHONIOENCODING": "utf-8",  # a browser reads it whatever the locale is
    }


def clipboard_programs(environ: Mapping[str, str] | None = None) -> tuple[tuple[str, ...], ...]:
    """Command lines that take text for the clipboard where the program runs, the nearest first; they may be missing.

    tmux stands first inside of it, and only what suits the display follows: elsewhere the others would wait for one.
    A browser has a clipboard of its own.
    """
    environ = os.environ if environ is None else environ
    if is_served_in_browser(environ):
        return ()
    return (
        *((("tmux", "load-buffer", "-w", "-"),) if environ.get("TMUX") else ()),
        *((("wl-copy",),) if environ.get("WAYLAND_DISPLAY") else ()),
        *((("xclip", "-selection", "clipboard"), ("xsel", "-ib")) if environ.get("DISPLAY") else ()),
        *((("pbcopy",),) if _PLATFORM == "darwin" else ()),
    )


def _checkout() -> Path | None:
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "seeds").is_dir() else None


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise UsageError(f"there is no home folder for {path}", "write the whole path") from None


def _user_data() -> Path:
    # Only an installed program without options needs it, and it costs a start-up its import.
    import platformdirs  # noqa: PLC0415

    try:
        folder = Path(platformdirs.user_data_dir("readlist", appauthor=False))
    except RuntimeError:
        folder = Path()
    if not folder.is_absolute():  # without a home folder, either a fault or a path that begins with a tilde
        raise UsageError("there is no home folder to keep the list in", "name a folder with --data or READLIST_DATA")
    return folder


def _user_config(environ: Mapping[str, str]) -> Path | None:
    """The file of settings; None where there is no home folder."""
    if _PLATFORM == "linux":  # what platformdirs would say, without its import: every start asks
        base = environ.get("XDG_CONFIG_HOME", "").strip()
        try:
            return (Path(base) if base else Path.home() / ".config") / "readlist" / "config.toml"
        except RuntimeError:
            return None
    import platformdirs  # noqa: PLC0415 - see _user_data

    try:
        folder = Path(platformdirs.user_config_dir("readlist", appauthor=False))
    except RuntimeError:
        return None
    return folder / "config.toml" if folder.is_absolute() else None
