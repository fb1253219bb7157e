"""Paths of the sources, the data and the settings, and what the environment says about other programs."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tui.environment import ENVIRONMENT, LISTS, PLATFORM, is_served_in_browser, locate, locate_list
from tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


MAIN_LIST = "main"  # the name of the list that opens unless another one is chosen


class Paths(NamedTuple):
    """The paths the program uses.

    Attributes:
        data: the data folder; created when first written to.
        seeds: the folder of the sources and ``corrections.toml``.
        config: the settings file, which need not exist; None for no file.
        name: the name of the list.
        main: the paths of the main list; None if this is the main list.
    """

    data: Path
    seeds: Path
    config: Path | None = None
    name: str = MAIN_LIST
    main: Paths | None = None


class ConfiguredLists(NamedTuple):
    """The lists and folders named in a settings file; empty texts for what it does not name.

    Attributes:
        data: the data folder of the main list.
        listings: the folder of listings of the main list.
        default: the name of the list that opens.
        lists: data folder and folder of listings of other lists, by name.
    """

    data: str = ""
    listings: str = ""
    default: str = ""
    lists: Mapping[str, tuple[str, str]] = MappingProxyType({})


def lists_folder(main: Paths) -> Path:
    """The folder with the data folders of all lists but the main one, unless the settings name others."""
    return main.data / LISTS


def paths_of_list(main: Paths, name: str, configured: ConfiguredLists) -> Paths:
    """The paths of a list, whether or not it exists.

    Args:
        main: the paths of the main list.
        name: the name of the list.
        configured: the lists of the settings; relative folders start at the folder of the settings file.
    """
    if name == MAIN_LIST:
        return main
    own = configured.lists.get(name, ("", ""))
    data, listings = locate_list(str(main.data), str(main.config or ""), name, own)
    for path in (data, listings):
        if path.startswith("~"):
            raise UsageError(f"cannot expand ~ in {path}", "use an absolute path")
    return Paths(Path(data), Path(listings), main.config, name, main)


def resolve_paths(
    data: str | None = None,
    seeds: str | None = None,
    config: str | None = None,
    environ: Mapping[str, str] | None = None,
    configured: Callable[[Path], ConfiguredLists] | None = None,
    list_name: str | None = None,
) -> Paths:
    """Resolve the paths: options override the environment, that the settings, and those the defaults.

    ``data`` and ``seeds`` are the folders of the main list. The list is the one named by ``--list``; without it the
    main one if ``--data`` is given; else the one of ``READLIST_LIST``; else the main one if ``READLIST_DATA`` is set;
    else the default of the settings.

    The defaults are ``data/`` and ``seeds/`` in a checkout, and otherwise the platform's data folder and the sources
    of the installed package. The settings are in the platform's configuration folder.

    Args:
        data: value of ``--data``.
        seeds: value of ``--seeds``.
        config: value of ``--config``.
        environ: the environment; ``os.environ`` if None.
        configured: returns the lists and folders named in a settings file; called only if they matter.
        list_name: value of ``--list``.

    Raises:
        UsageError: there is no home folder, or ``seeds`` would have no effect.
    """
    environ = ENVIRONMENT if environ is None else environ
    name = list_name or ("" if data else environ.get("READLIST_LIST")) or ""
    name = name or (MAIN_LIST if data or environ.get("READLIST_DATA") else "")
    own: list[ConfiguredLists] = []

    def folders_of(file: str) -> tuple[str, str]:
        own.append(configured(Path(file)) if configured else ConfiguredLists())
        return own[0].data, own[0].listings

    own_data, listings, file = locate(data, seeds, config, environ, folders_of if configured else None)
    for path in (own_data, listings, file if config or environ.get("READLIST_CONFIG") else ""):
        if path.startswith("~"):
            raise UsageError(f"cannot expand ~ in {path}", "use an absolute path")
    main = Paths(
        data=Path(own_data) if own_data else _user_data(),
        seeds=Path(listings),
        config=None if file.startswith("~") else Path(file) if file else _user_config(),
    )
    if name != MAIN_LIST and configured and main.config and not own:
        own.append(configured(main.config))
    lists = own[0] if own else ConfiguredLists()
    name = name or lists.default or MAIN_LIST
    if seeds and not data and name != MAIN_LIST:
        raise UsageError(
            f"--seeds is for the main list, but the list {name} would open",
            f"add --list {MAIN_LIST}, or leave --seeds out",
        )
    return paths_of_list(main, name, lists)


def sample_listings() -> Path:
    """The folder of the listings that come with the program."""
    return Path(locate(None, None, None, {})[1])


def has_sample_papers(paths: Paths) -> bool:
    """Whether a list has the listings that come with the program."""
    return paths.seeds == sample_listings()


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
        "READLIST_DATA": str((paths.main or paths).data.absolute()),
        "READLIST_SEEDS": str((paths.main or paths).seeds.absolute()),
        "READLIST_LIST": paths.name,
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


def setting_folders(paths: Paths, folders: Sequence[str]) -> tuple[Path, ...]:
    """Folders named in the settings; relative ones start at the folder of the settings file.

    Raises:
        UsageError: one begins with ``~``, and there is no home folder.
    """
    base = paths.config.parent if paths.config else Path()
    try:
        return tuple(base / Path(folder).expanduser() for folder in folders)
    except RuntimeError:
        raise UsageError(f"cannot expand ~ in {', '.join(folders)}", "use absolute paths") from None


def _user_data() -> Path:
    # Imported here: only an installed program without options needs it, and not on Linux.
    import platformdirs  # noqa: PLC0415

    try:
        folder = Path(platformdirs.user_data_dir("readlist", appauthor=False))
    except RuntimeError:
        folder = Path()
    if not folder.is_absolute():  # without a home folder: an error, or a path starting with a tilde
        raise UsageError("no home folder found for the reading list", "set a folder with --data or READLIST_DATA")
    return folder


def _user_config() -> Path | None:
    """The settings file; None if there is no home folder."""
    import platformdirs  # noqa: PLC0415 - see _user_data

    try:
        folder = Path(platformdirs.user_config_dir("readlist", appauthor=False))
    except RuntimeError:
        return None
    return folder / "config.toml" if folder.is_absolute() else None
