"""Where the seed pages and the data are. The only reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGE = Path(__file__).resolve().parent


class Home(NamedTuple):
    """The folders a run works with.

    Attributes:
        data: the store; made when first written to.
        seeds: the pages and ``corrections.toml``.
    """

    data: Path
    seeds: Path


def find_home(data: str | None = None, seeds: str | None = None, environ: Mapping[str, str] | None = None) -> Home:
    """Settle the folders: an option beats the environment, the environment beats the default.

    The defaults are ``data/`` and ``seeds/`` in a checkout, and otherwise the platform's data folder and the pages
    that came with the installed package.

    Args:
        data: value of ``--data``.
        seeds: value of ``--seeds``.
        environ: the environment; the process's own when None.
    """
    environ = os.environ if environ is None else environ
    checkout = _checkout()
    data = data or environ.get("READLIST_DATA") or None
    seeds = seeds or environ.get("READLIST_SEEDS") or None
    return Home(
        data=Path(data).expanduser() if data else checkout / "data" if checkout else _user_data(),
        seeds=Path(seeds).expanduser() if seeds else (checkout or _PACKAGE) / "seeds",
    )


def no_colour(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the user asked for no colour: ``NO_COLOR`` is set and not empty (no-color.org)."""
    environ = os.environ if environ is None else environ
    return bool(environ.get("NO_COLOR"))


def editor(environ: Mapping[str, str] | None = None) -> str:
    """The command line of the user's editor: ``$VISUAL``, else ``$EDITOR``, else ``vi``."""
    environ = os.environ if environ is None else environ
    return environ.get("VISUAL") or environ.get("EDITOR") or "vi"


def terminal_kind(environ: Mapping[str, str] | None = None) -> str:
    """The value of ``TERM``; empty when unset."""
    environ = os.environ if environ is None else environ
    return environ.get("TERM", "")


def served(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the program is started by a server that shows its screen in a browser."""
    environ = os.environ if environ is None else environ
    return bool(environ.get("TEXTUAL_DRIVER"))


def in_tmux(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the program runs inside tmux."""
    environ = os.environ if environ is None else environ
    return bool(environ.get("TMUX"))


def _checkout() -> Path | None:
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "seeds").is_dir() else None


def _user_data() -> Path:
    # Only an installed program without options needs it, and it costs a start-up its import.
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_data_dir("readlist", appauthor=False))
