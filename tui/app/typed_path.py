"""Paths that the user types into a prompt: checked, completed as a shell does, and suggested."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

_MAX_SUGGESTIONS = 200
_MAX_ENTRIES = 20_000  # of a folder


class PathCompletion(NamedTuple):
    """What can follow a typed path.

    Attributes:
        text: the typed path, completed as far as all names agree.
        names: the names that fit, sorted, folders with a slash at the end; none if nothing fits.
    """

    text: str
    names: tuple[str, ...]


def typed_path(text: str) -> Path:
    """The path of a typed text; quotes and backslashes count if there is no file without them.

    A terminal pastes a file that is dropped on it as a shell would need it.
    """
    path = Path(text.strip()).expanduser()
    try:
        words = [] if path.exists() else shlex.split(text)
    except (OSError, ValueError):  # too long, a null character, an open quote
        return path
    return Path(words[0]).expanduser() if len(words) == 1 else path


def check_file(text: str) -> str:
    """Why a typed text is not the path of a file; empty if it is, and for an empty text."""
    if not text.strip():
        return ""
    try:
        path = typed_path(text)
        if path.is_dir():
            return f"{text.strip()} is a folder; Tab lists its files"
        return "" if path.is_file() else f"file not found: {text.strip()}"
    except (OSError, RuntimeError, ValueError):  # too long, an unknown user's home, a null character
        return "not a valid file name"


def check_target(text: str) -> str:
    """Why a typed text is not the path of a file to write; empty if it is, and for an empty text."""
    try:
        is_folder = bool(text.strip()) and (text.strip().endswith("/") or typed_path(text).is_dir())
    except (OSError, RuntimeError, ValueError):
        return "not a valid file name"
    return f"{text.strip()} is a folder; type a file name after it" if is_folder else ""


def check_folder(text: str) -> str:
    """Why a typed text is not the path of a folder, perhaps a new one; empty if it is, and for an empty text."""
    try:
        return f"{text.strip()} is a file, not a folder" if text.strip() and typed_path(text).is_file() else ""
    except (OSError, RuntimeError, ValueError):
        return "not a valid folder name"


def complete_path(text: str, suffixes: Collection[str] = ()) -> PathCompletion:
    """Complete a typed path as a shell does: as far as the names of the folder agree.

    Hidden names need a dot, ``~`` stays as typed, and case matters unless nothing fits otherwise.

    Args:
        text: the typed path.
        suffixes: of the files that are meant, in lower case, with their dots; other files only if there are none.
    """
    text = text.lstrip()
    if text == "~":
        return PathCompletion("~/", ("~/",))
    folder, slash, start = text.rpartition("/")
    try:
        names = _names(Path(folder + slash).expanduser())
    except (OSError, RuntimeError, ValueError):  # not readable, an unknown user's home, a null character
        return PathCompletion(text, ())
    names = [name for name in names if name.startswith(".") is start.startswith(".")]
    fitting = [name for name in names if name.startswith(start)]
    fitting = fitting or [name for name in names if name.casefold().startswith(start.casefold())]
    meant = [name for name in fitting if name.endswith("/") or Path(name).suffix.lower() in suffixes]
    found = meant if suffixes and meant else fitting
    common = os.path.commonprefix(found)  # noqa: RUF071 - the characters that names have in common
    # Names that differ in case have less in common than what is typed.
    return PathCompletion(folder + slash + (common if len(common) >= len(start) else start), tuple(sorted(found)))


def suggest_files(suffixes: Collection[str]) -> list[str]:
    """Files in the current folder that may be meant, the newest first.

    Args:
        suffixes: of the files, in lower case, with their dots.
    """
    try:
        found = [path for path in Path().iterdir() if path.suffix.lower() in suffixes and path.is_file()]
        found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return [path.name for path in found[:_MAX_SUGGESTIONS]]


def _names(folder: Path) -> list[str]:
    """The names in a folder that can be typed, folders with a slash at the end."""
    with os.scandir(folder) as entries:
        found = [entry for entry, _ in zip(entries, range(_MAX_ENTRIES), strict=False)]
    return [f"{entry.name}/" if _is_folder(entry) else entry.name for entry in found if entry.name.isprintable()]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that goes round in circles
        return False
