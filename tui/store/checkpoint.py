"""The form of a whole TinyDB file: all tables as one JSON object, headed by a checksum of everything behind it.

The heading is itself a table (``_checkpoint``) of one document, so that TinyDB with its stock storage can read the
file. Every document stands on a line of its own, so that one can be read without the others. A file that a journal
continues has format 2: its first table (``_store``) names the store, the checkpoint before and the journal that went
into this one. Must not know what the other tables hold, nor touch the disk.
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
REPAIR_HINT = "Nothing was overwritten. `readlist check --repair` sets it aside and goes back to what is still good."

_TABLE = "_checkpoint"
_START = b'{"%s":{"1":{"sha256":"' % _TABLE.encode()
_BODY = len(_START) + 64
_NUMBERS = re.compile(rb'","format":(\d+),"sequence":(\d+)\}\}')
_LINEAGE_TABLE = "_store"
_LINEAGE = re.compile(
    rb',\n"_store":\{\n"1":\{"id":"([\da-f]{16})","previous":"([\da-f]{0,16})","journal":"([\da-f]{0,16})"\}\n\}'
)
# Of a digest so many hexadecimal digits: enough to tell the states of a few stores from each other.
_DIGITS = 16
# How a line begins that has a key, ends a table, or stands in an empty one. No document has a line break in it: JSON
# escapes them.
_LINE = re.compile(rb'(?:("[^"\\]*(?:\\.[^"\\]*)*"):|\}|(?=\n))')

_MANY = 1 << 20

#: The first bytes of a file: they hold its checksum, so files that agree in them agree.
IDENTITY = _BODY
#: How every file begins.
BEGINNING = _START
#: So many of them hold all that a file says of itself.
START = 512


class NewerStoreError(StoreDamagedError):
    """The file is whole, and beyond this program."""


class Lineage(NamedTuple):
    """Which store a checkpoint belongs to, and what it was made from.

    Attributes:
        store: id of the store.
        previous: digest of the checkpoint before; empty where there was none.
        journal: digest of all bytes of the journal that is contained in this checkpoint; empty where there was none.
    """

    store: str
    previous: str = ""
    journal: str = ""


class Heading(NamedTuple):
    """What the first bytes of a verified file say.

    Attributes:
        sequence: number of the last transaction in it.
        lineage: None where an earlier program wrote the file.
        identity: the first bytes of the file.
    """

    sequence: int
    lineage: Lineage | None
    identity: bytes

    @property
    def store(self) -> str:
        """Id of the store; empty where the file names none."""
        return self.lineage.store if self.lineage else ""

    @property
    def name(self) -> str:
        """What the lines of a journal that continues this file call it; empty where they call it nothing."""
        return name_of(self.identity) if self.lineage else ""


class Checkpoint(NamedTuple):
    """A file read and verified.

    Attributes:
        sequence: number of the last transaction in it.
        tables: table name → document id → document.
        identity: the first bytes of the file.
        lineage: None where an earlier program wrote the file.
    """

    sequence: int
    tables: Tables
    identity: bytes
    lineage: Lineage | None = None

    @property
    def heading(self) -> Heading:
        """All but the tables."""
        return Heading(self.sequence, self.lineage, self.identity)


class LazyCheckpoint(NamedTuple):
    """A file verified, its documents left to be read one by one.

    Attributes:
        data: all of its bytes.
        sequence: number of the last transaction in it.
        places: table name → document id → where in the bytes the document begins; it ends with its line.
    """

    data: bytes
    sequence: int
    places: dict[str, dict[str, int]]

    @property
    def identity(self) -> bytes:
        """The first bytes of the file."""
        return self.data[:IDENTITY]


def digest(data: bytes) -> str:
    """A short digest of the bytes of a journal; empty where there are none."""
    return sha256(data).hexdigest()[:_DIGITS] if data else ""


def name_of(identity: bytes) -> str:
    """A short digest of the file that begins with these bytes."""
    return identity[len(_START) : len(_START) + _DIGITS].decode()


def store_in(start: bytes) -> str:
    """The id of the store that the first bytes of a file name, not verified; empty where they name none."""
    numbers = _NUMBERS.match(start, _BODY)
    named = numbers and _LINEAGE.match(start, numbers.end())
    return named[1].decode() if named else ""


def document_at(data: bytes, place: int) -> Document:
    """The document that begins at a place in the bytes of a file.

    Raises:
        ValueError: there is none.
    """
    end = data.find(b"\n", place)
    document = strict_json.loads(memoryview(data)[place : end - data.startswith(b",", end - 1)])
    if not isinstance(document, dict):
        raise ValueError("it is no object")  # noqa: TRY004 - of the file, not of the argument
    return document


def pack(sequence: int, tables: Tables, lineage: Lineage | None = None) -> list[bytes]:
    """The parts of a file, one document a line.

    Args:
        sequence: number of the last transaction in it.
        tables: what it holds.
        lineage: of a file that a journal continues.
    """
    parts = [b'","format":%d,"sequence":%d}}' % (FORMAT if lineage else 1, sequence)]
    if lineage:
        named = {"id": lineage.store, "previous": lineage.previous, "journal": lineage.journal}
        tables = {_LINEAGE_TABLE: {"1": named}, **tables}
    for name, documents in tables.items():
        lines = [
            b"%s:%s" % (strict_json.dumps(key), strict_json.dumps(document)) for key, document in documents.items()
        ]
        parts += (b",\n", strict_json.dumps(name), b":{\n", b",\n".join(lines), b"\n}")
    parts.append(b"\n}\n")
    digest = sha256()
    for part in parts:
        digest.update(part)
    return [_START + digest.hexdigest().encode(), *parts]


def unpack(data: bytes, path: Path, hint: str = REPAIR_HINT) -> Checkpoint:
    """Verify and parse a file.

    Args:
        data: all of its bytes.
        path: its name, for the message.
        hint: what to do where it is damaged.

    Raises:
        NewerStoreError: it has a newer form.
        StoreDamagedError: it is empty, changed, cut off, or something else.
    """
    heading = verify(data, path, hint)
    tables = _parsed(data, path, hint)
    if heading.lineage:
        del tables[_LINEAGE_TABLE]
    return Checkpoint(heading.sequence, tables, heading.identity, heading.lineage)


def locate_documents(data: bytes, path: Path, hint: str = REPAIR_HINT) -> LazyCheckpoint:
    """Verify a file, and find its documents; all is as ``unpack`` has it."""
    sequence = verify(data, path, hint).sequence
    places = _places(data)
    if places is None:
        # Verified, and so written by us, by a program that did not give each document a line.
        data = b"".join(pack(sequence, _parsed(data, path, hint)))
        places = _places(data) or {}
    return LazyCheckpoint(data, sequence, places)


def verify(data: bytes, path: Path, hint: str = REPAIR_HINT) -> Heading:
    """The heading of a file that is as it was written; args and raises as ``unpack`` has them."""
    if not data:
        raise StoreDamagedError(f"{path} is damaged: it is empty (0 bytes).", hint)
    if not data.startswith(_START):
        raise StoreDamagedError(f"{path} is damaged: it does not begin as a file of readlist does.", hint)
    if sha256(memoryview(data)[_BODY:]).hexdigest().encode() != data[len(_START) : _BODY]:
        raise StoreDamagedError(f"{path} is damaged: its checksum does not agree with its contents.", hint)
    numbers = _NUMBERS.match(data, _BODY)
    if numbers is None:
        raise StoreDamagedError(f"{path} is damaged: its heading has no format and no number.", hint)
    if int(numbers[1]) > FORMAT:
        raise NewerStoreError(
            f"{path} was written by a newer readlist: it needs one that knows store format {int(numbers[1])}, "
            f"this one knows {FORMAT}.",
            "Nothing was overwritten. Use the newer readlist with this folder.",
        )
    named = _LINEAGE.match(data, numbers.end())
    if named is None and int(numbers[1]) > 1:
        raise StoreDamagedError(f"{path} is damaged: its heading does not name the store.", hint)
    lineage = Lineage(*(part.decode() for part in named.groups())) if named else None
    return Heading(int(numbers[2]), lineage, data[:IDENTITY])


def _parsed(data: bytes, path: Path, hint: str) -> Tables:
    with gc_paused(lasting=len(data) > _MANY):
        try:
            tables = strict_json.loads(data)
        except ValueError:
            tables = None
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise StoreDamagedError(f"{path} is damaged: it does not hold tables of documents.", hint)
    del tables[_TABLE]
    return tables


def _places(data: bytes) -> dict[str, dict[str, int]] | None:
    """Where the documents of a verified file begin; None where it is not laid out as ``pack`` does it."""
    places: dict[str, dict[str, int]] = {}
    table: dict[str, int] | None = None
    find, match = data.find, _LINE.match
    end = find(b"\n")
    while line := match(data, end + 1):
        quoted, place = line[1], line.end()
        if quoted is None:
            table = None
        else:
            key = strict_json.loads(quoted) if b"\\" in quoted else quoted[1:-1].decode()
            if table is not None:
                table[key] = place
            elif data.startswith(b"{\n", place):
                table = places[key] = {}
            else:
                return None
        end = find(b"\n", place)
    return places if end == len(data) - 1 else None


@contextmanager
def gc_paused(lasting: bool) -> Iterator[None]:
    """Make many objects without the garbage collector walking over them again and again.

    Args:
        lasting: they are very many and live as long as the program; it shall never walk over them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled and lasting:
            gc.freeze()
        if enabled:
            gc.enable()
