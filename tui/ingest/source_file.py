"""A page: any file, decoded and cut into lines. Knows nothing of what the lines mean."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError
from tui.ingest.encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

SIZE_LIMIT = 50_000_000
LINES_LIMIT = 4_000_000  # every line costs memory, also an empty one
_BIBLIOGRAPHIES = frozenset((".bib", ".biblatex", ".bibtex", ".ciw", ".enw", ".json", ".jsonl", ".nbib", ".ris"))


class Diagnostic(NamedTuple):
    """Something that could not be read, or only in part.

    Attributes:
        page: the page's name.
        line: line number counted from 1; 0 means the whole page.
        reason: one sentence: what is wrong.
        hint: what to do about it.
        repaired: it was taken in all the same, as the reason says.
        records: number of records that it is about.
    """

    source: str
    line: int
    reason: str
    hint: str
    repaired: bool = False
    records: int = 1


class SourceFile(NamedTuple):
    """One listing as text.

    Attributes:
        name: the file name that sources and problems carry.
        lines: the lines without their ends; the first has number 1.
        digest: 32 hexadecimal digits over the bytes of the file.
        problems: what was wrong with its encoding.
    """

    name: str
    lines: tuple[str, ...]
    digest: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def text(self) -> str:
        """All lines, joined by line feeds."""
        return "\n".join(self.lines)


def list_sources(folder: Path) -> list[Path]:
    """The pages of a folder (``*.txt``, hidden files left out), sorted by name.

    Raises:
        BadInputError: the folder is missing or cannot be read.
    """
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() == ".txt" and not path.name.startswith(".")]
    except OSError as error:
        raise BadInputError(
            f"The folder of pages {folder} cannot be read: {_error_text(error)}.",
            "Name the folder with --seeds DIR or READLIST_SEEDS.",
        ) from error
    return sorted(found, key=lambda path: path.name)


def unread_bibliographies(folder: Path) -> list[Diagnostic]:
    """What to say of the bibliographies in a folder of pages, which are not read."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in _BIBLIOGRAPHIES and path.is_file()]
    except OSError:
        return []
    reason = "it is not read: of this folder only files whose names end in .txt are"
    hint = "import it with readlist import FILE"
    return [Diagnostic(path.name, 0, reason, hint) for path in sorted(found) if not path.name.startswith(".")]


def read_source(path: Path, name: str | None = None) -> SourceFile:
    """Read one page of any encoding.

    Args:
        path: a regular file of at most 50 MB, or a link to one.
        name: the name that sources will carry; the file's own name if None.

    Raises:
        BadInputError: there is no such file, it is not a regular file, it is too big or may not be read.
    """
    shown_name = os.fsencode(name or path.name).decode("utf-8", "replace")
    return decode_source(shown_name, read_bytes(path, shown_name))


def read_bytes(path: Path, shown_name: str) -> bytes:
    """The bytes of a file; raises as ``read_page`` does.

    Args:
        path: the file.
        shown: what it is called in messages.
    """
    try:
        return _bytes_of(path, shown_name)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        hint = "Check the name and the permissions."
        raise BadInputError(f"{shown_name} cannot be read: {_error_text(error)}.", hint) from error


def decode_source(name: str, data: bytes, encoding: str | None = None) -> SourceFile:
    """Make a page of bytes; see ``decode`` for the encoding, of which a guess is a problem of the page."""
    text, reason, hint, line, _ = decode(data, encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", LINES_LIMIT)
    left_out = len(lines) > LINES_LIMIT and bool(lines[-1].strip())
    if len(lines) > LINES_LIMIT or lines[-1] == "":
        lines.pop()
    diagnostics = (Diagnostic(name, line, reason, hint, repaired=True),) if reason else ()
    if left_out:
        reason = f"the page has more than {LINES_LIMIT} lines; what follows was left out"
        diagnostics = (*diagnostics, Diagnostic(name, LINES_LIMIT, reason, "split it into several files"))
    return SourceFile(name, tuple(lines), digest_of(data), diagnostics)


def digest_of(data: bytes) -> str:
    """32 hexadecimal digits over the bytes of a file."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _bytes_of(path: Path, shown_name: str) -> bytes:
    # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        kind = os.fstat(handle)
        if not stat.S_ISREG(kind.st_mode):
            raise BadInputError(
                f"{shown_name} is not a regular file.", "Give the name of a text file, not of a pipe or a device."
            )
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise BadInputError(
            f"{shown_name} is larger than {SIZE_LIMIT // 1_000_000} MB.", "Split it into smaller pages."
        )
    return data


def _error_text(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
