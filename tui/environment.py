"""Environment variables, and the folders they name. No other module reads the environment.

It imports nothing but what every Python process has loaded, since the first frame is shown before anything else.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # importing `typing` would take as long as the whole first frame
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ENVIRONMENT = os.environ
LISTS = "lists"  # the folder of the other lists, in the data folder of the main list
PLATFORM: str = sys.platform  # a variable, so that mypy checks the code of all platforms
_PACKAGE = os.path.dirname(os.path.realpath(__file__))


def locate(
    data: str | None,
    seeds: str | None,
    config: str | None,
    environ: Mapping[str, str],
    configured: Callable[[str], tuple[str, str]] | None = None,
) -> tuple[str, str, str]:
    """Locate the data folder, the folder of listings and the settings file; see ``tui.paths.resolve_paths``.

    Returns:
        The three paths. One is empty if only ``platformdirs`` can tell it, and starts with a tilde if there is no
        home folder to expand it.
    """
    checkout = checkout_folder()
    data = data or environ.get("READLIST_DATA") or ""
    seeds = seeds or environ.get("READLIST_SEEDS") or ""
    config = config or environ.get("READLIST_CONFIG") or ""
    file = (
        os.path.expanduser(config) if config else _user_folder(environ, "XDG_CONFIG_HOME", "~/.config", "config.toml")
    )
    if configured and file and file[0] != "~" and not (data and seeds):
        own_data, own_seeds = configured(file)
        data, seeds = data or _beside(file, own_data), seeds or _beside(file, own_seeds)
    if not data:
        data = (
            os.path.join(checkout, "data") if checkout else _user_folder(environ, "XDG_DATA_HOME", "~/.local/share")
        )
    return os.path.expanduser(data), os.path.expanduser(seeds or os.path.join(checkout or _PACKAGE, "seeds")), file


def locate_list(main: str, file: str, name: str, own: tuple[str, str]) -> tuple[str, str]:
    """Locate the data folder and the folder of listings of another list than the main one.

    Args:
        main: the data folder of the main list.
        file: the settings file; empty for none.
        name: the name of the list.
        own: the two folders as the settings name them; empty where they do not.
    """
    data = _beside(file, own[0]) or os.path.join(main, LISTS, name)
    return data, _beside(file, own[1]) or os.path.join(data, "listings")


def checkout_folder() -> str:
    """The checkout that this package is part of; empty if it is installed."""
    root = os.path.dirname(_PACKAGE)
    is_checkout = os.path.isfile(os.path.join(root, "pyproject.toml")) and os.path.isdir(os.path.join(root, "seeds"))
    return root if is_checkout else ""


def shows_unicode(encoding: str, environ: Mapping[str, str] = ENVIRONMENT) -> bool:
    """Whether the terminal shows more than ASCII: its encoding is UTF-8, and the locale names no other.

    Python alone does not tell: in the locale ``C`` it writes UTF-8, whatever the terminal can show.

    Args:
        encoding: the encoding of standard output.
        environ: the environment variables.
    """
    if not encoding.lower().startswith("utf"):
        return False
    if environ.get("PYTHONIOENCODING") or environ.get("PYTHONUTF8") == "1":
        return True
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "C.UTF-8"
    language, _, codeset = locale.partition("@")[0].partition(".")
    return codeset.lower().startswith("utf") if codeset else language not in {"C", "POSIX"}


def terminal_type(environ: Mapping[str, str] = ENVIRONMENT) -> str:
    """The value of ``TERM``; empty when unset."""
    return environ.get("TERM", "")


def is_served_in_browser(environ: Mapping[str, str] = ENVIRONMENT) -> bool:
    """Whether the program runs under a server that shows its screen in a browser."""
    return bool(environ.get("TEXTUAL_DRIVER"))


def _beside(file: str, path: str) -> str:
    """A path of a settings file, relative to the folder of the file; an empty one stays empty."""
    expanded = os.path.expanduser(path)
    return expanded if not path or expanded.startswith("~") else os.path.join(os.path.dirname(file), expanded)


def _user_folder(environ: Mapping[str, str], variable: str, default: str, *names: str) -> str:
    """A folder or file of the user on Linux, as ``platformdirs`` has it, whose import would take too long."""
    if PLATFORM != "linux":
        return ""
    return os.path.join(environ.get(variable, "").strip() or os.path.expanduser(default), "readlist", *names)
