"""The form of a whole TinyDB file: all tables as one JSON object, headed by a checksum of everything behind it.

The heading is itself a table (``_checkpoint``) of one document, so that TinyDB with its stock storage can read the
file. Must not know what the tables hold, nor touch the disk.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tui.errors import StoreDamagedError
from tui.library import strict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Document = dict[str, Any]
    Tables = dict[str, dict[str, Document]]

FORMAT = 1
REPAIR_HINT = "Nothing was overwritten. `readlist check --repair` sets it aside and goes back to what is still good."

_TABLE = "_checkpoint"
_START = b'{"%s":{"1":{"sha256":"' % _TABLE.encode()
_BODY = len(_START) + 64
_NUMBERS = re.compile(rb'","format":(\d+),"sequence":(\d+)\}\}')

_MANY = 1 << 20

#: The first bytes of a file: they hold its checksum, so files that agree in them agree.
IDENTITY = _BODY


class NewerStoreError(StoreDamagedError):
    """The file is whole, and beyond this program."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A file read and verified.

    Attributes:
        sequence: number of the last transaction in it.
        tables: table name → document id → document.
        identity: the first bytes of the file.
    """

    sequence: int
    tables: Tables
    identity: bytes


def pack(sequence: int, tables: Tables) -> list[bytes]:
    """The parts of a file, one table a line."""
    parts = [b'","format":%d,"sequence":%d}}' % (FORMAT, sequence)]
    for name, documents in tables.items():
        parts += (b",\n", strict.dumps(name), b":", strict.dumps(documents))
    parts.append(b"}\n")
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
    with many_objects(lasting=len(data) > _MANY):
        try:
            tables = strict.loads(data)
        except ValueError:
            tables = None
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise StoreDamagedError(f"{path} is damaged: it does not hold tables of documents.", hint)
    del tables[_TABLE]
    return Checkpoint(int(numbers[2]), tables, data[:IDENTITY])


@contextmanager
def many_objects(lasting: bool) -> Iterator[None]:
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
