"""Read source files: any file, decoded and split into lines."""

from __future__ import annotations

import hashlib
import os
import stat
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError
from tui.ingest.encoding import Decoded, decode

if TYPE_CHECKING:
    from pathlib import Path

SIZE_LIMIT = 50_000_000
LINES_LIMIT = 4_000_000  # empty lines use memory, too
_BIBLIOGRAPHIES = frozenset((".bib", ".biblatex", ".bibtex", ".ciw", ".enw", ".json", ".jsonl", ".nbib", ".ris"))


class DiagnosticKind(StrEnum):
    """The kinds of diagnostics that the program itself distinguishes."""

    UNKNOWN_FORMAT = "unknown format"
    OTHER = "other"


class Diagnostic(NamedTuple):
    """Something in a source that could not be read, or only in part.

    Attributes:
        source: name of the source.
        line: line number, from 1; 0 means the whole source.
        reason: what is wrong: lower case, no full stop.
        hint: what to do about it, in the same style.
        repaired: whether it was imported nevertheless.
        records: number of records concerned.
        kind: what the program may do about it.
    """

    source: str
    line: int
    reason: str
    hint: str
    repaired: bool = False
    records: int = 1
    kind: DiagnosticKind = DiagnosticKind.OTHER


class SourceFile(NamedTuple):
    """A source as text.

    Attributes:
        name: the file name used in locations and diagnostics.
        lines: the lines without line ends; the first has number 1.
        digest: 32 hexadecimal digits, the hash of the file's bytes.
        diagnostics: problems with its encoding or size.
    """

    name: str
    lines: tuple[str, ...]
    digest: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def text(self) -> str:
        """All lines, joined by line feeds."""
        return "\n".join(self.lines)


def unread_bibliographies(folder: Path) -> list[Diagnostic]:
    """Diagnostics for the bibliographies in a folder of listings, which are not read."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in _BIBLIOGRAPHIES and path.is_file()]
    except OSError:
        return []
    reason = "not read: only .txt files in this folder are read"
    hint = "import it with `readlist import FILE`"
    return [Diagnostic(path.name, 0, reason, hint) for path in sorted(found) if not path.name.startswith(".")]


def read_source(path: Path, name: str | None = None) -> SourceFile:
    """Read a source in any encoding.

    Args:
        path: a regular file of at most 50 MB, or a link to one.
        name: the name for locations and messages; the file's own name if None.

    Raises:
        BadInputError: the file does not exist, is not a regular file, is too large or is not readable.
    """
    shown_name = os.fsencode(name or path.name).decode("utf-8", "replace")
    return decode_source(shown_name, read_bytes(path, shown_name))


def read_bytes(path: Path, shown_name: str) -> bytes:
    """Read the bytes of a file; raises as ``read_source`` does.

    Args:
        path: the file.
        shown_name: its name in messages.
    """
    try:
        return _bytes_of(path, shown_name)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        hint = "check the name and the permissions"
        raise BadInputError(f"cannot read {shown_name}: {_error_text(error)}", hint) from error


def decode_source(name: str, data: bytes, encoding: str | None = None) -> SourceFile:
    """Decode bytes to a source; see ``decode``. A guessed encoding is reported as a diagnostic."""
    return source_of(name, data, decode(data, encoding))


def source_of(name: str, data: bytes, decoded: Decoded) -> SourceFile:
    """The source of bytes that are decoded already."""
    text, reason, hint, line, _ = decoded
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", LINES_LIMIT)
    left_out = len(lines) > LINES_LIMIT and bool(lines[-1].strip())
    if len(lines) > LINES_LIMIT or lines[-1] == "":
        lines.pop()
    diagnostics = (Diagnostic(name, line, reason, hint, repaired=True),) if reason else ()
    if left_out:
        reason = f"the source has more than {LINES_LIMIT} lines; only the first {LINES_LIMIT} were read"
        diagnostics = (*diagnostics, Diagnostic(name, LINES_LIMIT, reason, "split it into several files"))
    return SourceFile(name, tuple(lines), digest_of(data), diagnostics)


def digest_of(data: bytes) -> str:
    """32 hexadecimal digits, the hash of a file's bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _bytes_of(path: Path, shown_name: str) -> bytes:
    # Without O_NONBLOCK, opening a pipe without a writer would block forever.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        kind = os.fstat(handle)
        if not stat.S_ISREG(kind.st_mode):
            raise BadInputError(f"{shown_name} is not a regular file", "specify a text file, not a pipe or a device")
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise BadInputError(
            f"{shown_name} is larger than {SIZE_LIMIT // 1_000_000} MB", "split it into smaller files"
        )
    return data


def _error_text(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
