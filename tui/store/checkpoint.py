"""The format of a whole TinyDB file: all tables as one JSON object that begins with a checksum of the rest.

The header is itself a table (``_checkpoint``) with one document, so that TinyDB with its stock storage can read the
file. Every document is on its own line, so that one can be read without the others. A file that a journal continues
has format 2: its first table (``_store``) names the store, the previous checkpoint, and the journal that is contained
in this one.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.errors import StoreDamagedError
from tui.store import strict_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Document = dict[str, Any]
    Tables = dict[str, dict[str, Document]]

#: The newest format that this program knows; a file without lineage is written in the first one.
FORMAT = 2
REPAIR_HINT = "run `readlist check --repair` to set it aside and recover what is intact (nothing was overwritten)"

_TABLE = "_checkpoint"
_START = b'{"%s":{"1":{"sha256":"' % _TABLE.encode()
_BODY = len(_START) + 64
_NUMBERS = re.compile(rb'","format":(\d+),"sequence":(\d+)\}\}')
_LINEAGE_TABLE = "_store"
_LINEAGE = re.compile(
    rb',\n"_store":\{\n"1":\{"id":"([\da-f]{16})","previous":"([\da-f]{0,16})","journal":"([\da-f]{0,16})"\}\n\}'
)
# Hexadecimal digits of a short digest: enough to distinguish the states of a few stores.
_DIGITS = 16
# The start of a line that has a key, ends a table, or is in an empty one. No document contains a line break: JSON
# escapes them.
_LINE = re.compile(rb'(?:("[^"\\]*(?:\\.[^"\\]*)*"):|\}|(?=\n))')

# Bytes of a file above which its objects are excluded from garbage collection for good.
_FREEZE_SIZE = 1 << 20

#: Length of the start of a file that holds its checksum: files that agree in it are equal.
IDENTITY = _BODY
#: The first bytes of every file.
BEGINNING = _START
#: The header with its lineage is shorter than this many bytes.
HEADER_LIMIT = 512


class NewerStoreError(StoreDamagedError):
    """The file is intact, but has a format that this program does not know."""


class Lineage(NamedTuple):
    """Which store a checkpoint belongs to, and what it was made from.

    Attributes:
        store: id of the store.
        previous: digest of the previous checkpoint; empty if there was none.
        journal: digest of all bytes of the journal that is contained in this checkpoint; empty if there was none.
    """

    store: str
    previous: str = ""
    journal: str = ""


class Header(NamedTuple):
    """The header of a verified file.

    Attributes:
        sequence: number of the last transaction in the file.
        lineage: None if an earlier version wrote the file.
        identity: the first bytes of the file.
    """

    sequence: int
    lineage: Lineage | None
    identity: bytes

    @property
    def store(self) -> str:
        """Id of the store; empty if the file names none."""
        return self.lineage.store if self.lineage else ""

    @property
    def name(self) -> str:
        """The name of this file in the lines of a journal that continues it; empty without lineage."""
        return short_name(self.identity) if self.lineage else ""


class Checkpoint(NamedTuple):
    """A file read and verified.

    Attributes:
        sequence: number of the last transaction in it.
        tables: table name → document id → document.
        identity: the first bytes of the file.
        lineage: None if an earlier version wrote the file.
    """

    sequence: int
    tables: Tables
    identity: bytes
    lineage: Lineage | None = None

    @property
    def header(self) -> Header:
        """All but the tables."""
        return Header(self.sequence, self.lineage, self.identity)


class LazyCheckpoint(NamedTuple):
    """A verified file whose documents are parsed one by one, when needed.

    Attributes:
        data: all of its bytes.
        sequence: number of the last transaction in it.
        offsets: table name → document id → offset of the document in the bytes; it ends with its line.
    """

    data: bytes
    sequence: int
    offsets: dict[str, dict[str, int]]

    @property
    def identity(self) -> bytes:
        """The first bytes of the file."""
        return self.data[:IDENTITY]


def digest(data: bytes) -> str:
    """A short digest of the bytes of a journal; empty for no bytes."""
    return sha256(data).hexdigest()[:_DIGITS] if data else ""


def short_name(identity: bytes) -> str:
    """The short digest of the file that begins with these bytes."""
    return identity[len(_START) : len(_START) + _DIGITS].decode()


def unverified_store_id(start: bytes) -> str:
    """The id of the store in the first bytes of a file, without verifying the file; empty if they name none."""
    numbers = _NUMBERS.match(start, _BODY)
    lineage = numbers and _LINEAGE.match(start, numbers.end())
    return lineage[1].decode() if lineage else ""


def document_at(data: bytes, offset: int) -> Document:
    """The document that begins at an offset in the bytes of a file.

    Raises:
        ValueError: there is none.
    """
    end = data.find(b"\n", offset)
    document = strict_json.loads(memoryview(data)[offset : end - data.startswith(b",", end - 1)])
    if not isinstance(document, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - in the file, not the argument
    return document


def pack(sequence: int, tables: Tables, lineage: Lineage | None = None) -> list[bytes]:
    """Serialise a file in parts, one document a line.

    Args:
        sequence: number of the last transaction in it.
        tables: its contents.
        lineage: for a file that a journal continues.
    """
    parts = [b'","format":%d,"sequence":%d}}' % (FORMAT if lineage else 1, sequence)]
    if lineage:
        document = {"id": lineage.store, "previous": lineage.previous, "journal": lineage.journal}
        tables = {_LINEAGE_TABLE: {"1": document}, **tables}
    for name, documents in tables.items():
        lines = [
            b"%s:%s" % (strict_json.dumps(key), strict_json.dumps(document)) for key, document in documents.items()
        ]
        parts += (b",\n", strict_json.dumps(name), b":{\n", b",\n".join(lines), b"\n}")
    parts.append(b"\n}\n")
    checksum = sha256()
    for part in parts:
        checksum.update(part)
    return [_START + checksum.hexdigest().encode(), *parts]


def unpack(data: bytes, path: Path, hint: str = REPAIR_HINT) -> Checkpoint:
    """Verify and parse a file.

    Args:
        data: all of its bytes.
        path: its name, for the message.
        hint: what to do if it is damaged.

    Raises:
        NewerStoreError: it has a newer format.
        StoreDamagedError: it is empty, changed, cut off, or something else.
    """
    heading = verify(data, path, hint)
    tables = _parse_tables(data, path, hint)
    if heading.lineage:
        del tables[_LINEAGE_TABLE]
    return Checkpoint(heading.sequence, tables, heading.identity, heading.lineage)


def locate_documents(data: bytes, path: Path, hint: str = REPAIR_HINT) -> LazyCheckpoint:
    """Verify a file and find its documents. Arguments and errors are those of :func:`unpack`."""
    sequence = verify(data, path, hint).sequence
    offsets = _find_offsets(data)
    if offsets is None:
        # The checksum is right, so an earlier version wrote it, which did not put each document on its own line.
        data = b"".join(pack(sequence, _parse_tables(data, path, hint)))
        offsets = _find_offsets(data) or {}
    return LazyCheckpoint(data, sequence, offsets)


def verify(data: bytes, path: Path, hint: str = REPAIR_HINT) -> Header:
    """The header of an undamaged file. Arguments and errors are those of :func:`unpack`."""
    if not data:
        raise StoreDamagedError(f"{path} is damaged: it is empty (0 bytes)", hint)
    if not data.startswith(_START):
        raise StoreDamagedError(f"{path} is damaged: it does not begin with a readlist header", hint)
    if sha256(memoryview(data)[_BODY:]).hexdigest().encode() != data[len(_START) : _BODY]:
        raise StoreDamagedError(f"{path} is damaged: its checksum does not match its contents", hint)
    numbers = _NUMBERS.match(data, _BODY)
    if numbers is None:
        raise StoreDamagedError(f"{path} is damaged: its header has no format or sequence number", hint)
    if int(numbers[1]) > FORMAT:
        raise NewerStoreError(
            f"{path} was written by a newer readlist: it has store format {int(numbers[1])}; "
            f"this version supports up to {FORMAT}",
            "use the newer readlist with this folder (nothing was overwritten)",
        )
    match = _LINEAGE.match(data, numbers.end())
    if match is None and int(numbers[1]) > 1:
        raise StoreDamagedError(f"{path} is damaged: its header does not say which store it belongs to", hint)
    lineage = Lineage(*(part.decode() for part in match.groups())) if match else None
    return Header(int(numbers[2]), lineage, data[:IDENTITY])


def _parse_tables(data: bytes, path: Path, hint: str) -> Tables:
    with gc_paused(freeze=len(data) > _FREEZE_SIZE):
        try:
            tables = strict_json.loads(data)
        except ValueError:
            tables = None
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise StoreDamagedError(f"{path} is damaged: it does not contain tables of documents", hint)
    del tables[_TABLE]
    return tables


def _find_offsets(data: bytes) -> dict[str, dict[str, int]] | None:
    """The offsets of the documents of a verified file; None if :func:`pack` of this version did not write it."""
    offsets: dict[str, dict[str, int]] = {}
    table: dict[str, int] | None = None
    find, match = data.find, _LINE.match
    end = find(b"\n")
    while line := match(data, end + 1):
        quoted, offset = line[1], line.end()
        if quoted is None:
            table = None
        else:
            key = strict_json.loads(quoted) if b"\\" in quoted else quoted[1:-1].decode()
            if table is not None:
                table[key] = offset
            elif data.startswith(b"{\n", offset):
                table = offsets[key] = {}
            else:
                return None
        end = find(b"\n", offset)
    return offsets if end == len(data) - 1 else None


@contextmanager
def gc_paused(freeze: bool) -> Iterator[None]:
    """Disable garbage collection while very many objects are allocated.

    Args:
        freeze: whether to exclude the objects from collection for good, because they live as long as the program.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled and freeze:
            gc.freeze()
        if enabled:
            gc.enable()
