"""The form of the journal: one transaction a line, with its length and checksum in front.

Must not know what the documents hold, nor touch the disk. A line is ``crc32 length json``; the first two are eight
hexadecimal digits each, and the checksum covers the length too. The length tells a line that was cut off (an
interrupted save, never acknowledged) from one that changed afterwards (damage). Each line names the store and the
checkpoint that it continues, so that lines of another store, or of another copy of it, are recognised.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from tui.store import strict_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.store.checkpoint import Document, Tables

    Changes = Mapping[str, Mapping[str, Document | None]]

HEADING = 18


class Transaction(NamedTuple):
    """What one line says.

    Attributes:
        sequence: its number; the next line has the next one.
        put: table name → document id → the whole document after the transaction, or None where it was removed.
        dropped: tables removed as a whole, before anything was put.
        store: id of the store; empty where an earlier program wrote the line.
        base: short digest of the checkpoint that the journal continues; empty likewise.
    """

    sequence: int
    put: Changes
    dropped: tuple[str, ...] = ()
    store: str = ""
    base: str = ""


class JournalFault(Enum):
    """What is wrong behind the last good line."""

    TORN = "torn"
    DAMAGED = "damaged"


class JournalScan(NamedTuple):
    """The good lines at the beginning of some bytes.

    Attributes:
        transactions: what they say.
        last: offset of the last good line; 0 where there is none.
        heading: the first bytes of that line, which hold its checksum.
        end: offset behind it.
        fault: what stands there, or None at the end.
    """

    transactions: tuple[Transaction, ...] = ()
    last: int = 0
    heading: bytes = b""
    end: int = 0
    fault: JournalFault | None = None

    @property
    def sequence(self) -> int:
        """Number of the last transaction; 0 where there is none."""
        return self.transactions[-1].sequence if self.transactions else 0

    def continues(self, sequence: int, base: str) -> bool:
        """Whether the lines go on after a transaction of that number; some up to it may come first.

        Args:
            sequence: the number.
            base: what the lines have to call the checkpoint that they continue.
        """
        numbers = [transaction.sequence for transaction in self.transactions]
        new = [number for number in numbers if number > sequence]
        return (
            self.fault is not JournalFault.DAMAGED
            and new == list(range(sequence + 1, sequence + 1 + len(new)))
            and numbers[len(numbers) - len(new) :] == new
            and all(transaction.base == base for transaction in self.transactions)
        )


NOTHING = JournalScan()
_BREAK = re.compile(rb"\r*\n|\r")
_HEADING = re.compile(rb"(?=[\da-f]{8} [\da-f]{8} \{)")


def pack(transaction: Transaction) -> bytes:
    """One line."""
    value: dict[str, Any] = {"n": transaction.sequence}
    if transaction.base:
        value |= {"store": transaction.store, "base": transaction.base}
    value["put"] = transaction.put
    if transaction.dropped:
        value["drop"] = transaction.dropped
    payload = strict_json.dumps(value)
    covered = b"%08x %s" % (len(payload), payload)
    return b"%08x %s\n" % (crc32(covered), covered)


def unpack(line: bytes) -> Transaction | None:
    """What a line says (without its line break), or None where it is not as it was written."""
    if len(line) < HEADING or line[:8] != b"%08x" % crc32(line[9:]) or line[8:9] != b" ":
        return None
    try:
        value = strict_json.loads(line[HEADING:])
        put = {name: dict(changes.items()) for name, changes in value["put"].items()}
        named = str(value.get("store", "")), str(value.get("base", ""))
        return Transaction(int(value["n"]), put, tuple(value.get("drop", ())), *named)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def apply(transaction: Transaction, tables: Tables) -> None:
    """Make the tables be as they are after the transaction."""
    for name in transaction.dropped:
        tables.pop(name, None)
    for name, changes in transaction.put.items():
        table = tables.setdefault(name, {})
        for key, document in changes.items():
            if document is None:
                table.pop(key, None)
            else:
                table[key] = document


def scan(data: bytes) -> JournalScan:
    """Read lines as far as they are good."""
    transactions: list[Transaction] = []
    last = end = 0
    while (stop := data.find(b"\n", end)) >= 0:
        transaction = unpack(data[end:stop])
        if transaction is None:
            break
        transactions.append(transaction)
        last, end = end, stop + 1
    heading = data[last:end][:HEADING]
    return JournalScan(tuple(transactions), last, heading, end, _fault(data[end:]) if end < len(data) else None)


def salvage(data: bytes) -> tuple[tuple[Transaction, ...], int]:
    """Every good line, also after a bad one, and how many are bad.

    A line is good whatever its line break was made into by a program that takes the journal for a text: in a line
    itself there is neither a carriage return nor a line feed, since JSON escapes them.
    """
    lines = _BREAK.split(data)
    if not lines[-1]:
        lines.pop()
    whole = [unpack(line) for line in lines]
    # Behind what is left of a line that was cut off, another one may have been written.
    found = [good or _ending(line) for good, line in zip(whole, lines, strict=True)]
    return tuple(filter(None, found)), whole.count(None)


def _ending(line: bytes) -> Transaction | None:
    """The good line that a bad one ends in."""
    starts = (place.start() for place in _HEADING.finditer(line, 1))
    return next((found for start in starts if (found := unpack(line[start:])) is not None), None)


def _fault(rest: bytes) -> JournalFault:
    """Tell an interrupted save from damage.

    A save is one line, so there is at most one line break, at the end. It was interrupted when there is less than the
    heading promises, or (power lost between two blocks) a block of it was never written and reads as zeros. One zero
    alone, in the middle, is no such hole but a bit that changed.
    """
    if b"\n" in rest[:-1]:
        return JournalFault.DAMAGED
    if b"\0\0" in rest or rest.startswith(b"\0") or rest.endswith(b"\0") or len(rest) < HEADING:
        return JournalFault.TORN
    try:
        promised = int(rest[9:17], 16)
    except ValueError:
        return JournalFault.DAMAGED
    return (
        JournalFault.TORN if len(rest) < HEADING + promised + 1 and not rest.endswith(b"\n") else JournalFault.DAMAGED
    )
