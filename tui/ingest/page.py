"""A page: any file, decoded and cut into lines. Knows nothing of what the lines mean."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path

SIZE_LIMIT = 50_000_000

_AS_UTF_8 = "Save the page again as UTF-8."
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Problem(NamedTuple):
    """Something that could not be read, or only in part.

    Attributes:
        page: the page's name.
        line: line number counted from 1; 0 means the whole page.
        reason: one sentence: what is wrong.
        hint: what to do about it.
        repaired: it was taken in all the same, as the reason says.
        records: number of records that it is about.
    """

    page: str
    line: int
    reason: str
    hint: str
    repaired: bool = False
    records: int = 1


class Page(NamedTuple):
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
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """All lines, joined by line feeds."""
        return "\n".join(self.lines)


def list_pages(folder: Path) -> list[Path]:
    """The pages of a folder (``*.txt``, hidden files left out), sorted by name.

    Raises:
        BadInputError: the folder is missing or cannot be read.
    """
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() == ".txt" and not path.name.startswith(".")]
    except OSError as fault:
        raise BadInputError(
            f"The folder of pages {folder} cannot be read: {_why(fault)}.",
            "Name the folder with --seeds DIR or READLIST_SEEDS.",
        ) from fault
    return sorted(found, key=lambda path: path.name)


def read_page(path: Path, name: str | None = None) -> Page:
    """Read one page of any encoding.

    Args:
        path: a regular file of at most 50 MB, or a link to one.
        name: the name that sources will carry; the file's own name if None.

    Raises:
        BadInputError: there is no such file, it is not a regular file, it is too big or may not be read.
    """
    shown = os.fsencode(name or path.name).decode("utf-8", "replace")
    try:
        return decode_page(shown, _bytes_of(path, shown))
    except (OSError, ValueError) as fault:  # ValueError: a null character in the path
        hint = "Check the name and the permissions."
        raise BadInputError(f"{shown} cannot be read: {_why(fault)}.", hint) from fault


def decode_page(name: str, data: bytes) -> Page:
    """Make a page of bytes: UTF-8, UTF-16 or UTF-32 by their mark, else Windows-1252 with a problem that says so."""
    text, problems = _decoded(name, data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[-1] == "":
        lines.pop()
    return Page(name, tuple(lines), digest_of(data), problems)


def digest_of(data: bytes) -> str:
    """32 hexadecimal digits over the bytes of a file."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _bytes_of(path: Path, shown: str) -> bytes:
    # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        kind = os.fstat(handle)
        if not stat.S_ISREG(kind.st_mode):
            raise BadInputError(
                f"{shown} is not a regular file.", "Give the name of a text file, not of a pipe or a device."
            )
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise BadInputError(f"{shown} is larger than {SIZE_LIMIT // 1_000_000} MB.", "Split it into smaller pages.")
    return data


def _decoded(name: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            try:
                return body.decode(encoding), ()
            except UnicodeDecodeError:
                reason = f"Not all bytes are {encoding.upper()}, as the byte order mark says; those read as \ufffd."
                return body.decode(encoding, "replace"), (Problem(name, 0, reason, _AS_UTF_8, repaired=True),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        reason = "The page is not UTF-8; it was read as Windows-1252, so accented letters may be wrong."
        return data.decode("cp1252", "replace"), (Problem(name, line, reason, _AS_UTF_8, repaired=True),)


def _why(fault: OSError | ValueError) -> str:
    return (getattr(fault, "strerror", None) or str(fault)).lower()
