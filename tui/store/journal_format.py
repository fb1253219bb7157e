"""The format of the journal: one transaction a line, each preceded by its checksum and length.

A line is ``crc32 length json``; the first two are eight hexadecimal digits each, and the checksum covers the length
too. The length distinguishes a line that was cut off (an interrupted save, never acknowledged) from one that changed
afterwards (damage). Each line names the store and the checkpoint that it continues, so that lines of another store,
or of another copy of it, are recognised.
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

HEADER_SIZE = 18


class Transaction(NamedTuple):
    """One line of the journal.

    Attributes:
        sequence: its number; the next line has the next number.
        put: table name → document id → the whole document after the transaction, or None if it was removed.
        dropped: tables removed as a whole, before anything was put.
        store: id of the store; empty if an earlier version wrote the line.
        base: short digest of the checkpoint that the journal continues; empty likewise.
    """

    sequence: int
    put: Changes
    dropped: tuple[str, ...] = ()
    store: str = ""
    base: str = ""


class JournalFault(Enum):
    """What is wrong after the last good line."""

    TORN = "torn"
    DAMAGED = "damaged"


class JournalScan(NamedTuple):
    """The good lines at the beginning of some bytes.

    Attributes:
        transactions: what they say.
        last: offset of the last good line; 0 if there is none.
        header: the first bytes of that line, which contain its checksum.
        end: offset after it.
        fault: what is wrong there; None at the end of the bytes.
    """

    transactions: tuple[Transaction, ...] = ()
    last: int = 0
    header: bytes = b""
    end: int = 0
    fault: JournalFault | None = None

    @property
    def sequence(self) -> int:
        """Number of the last transaction; 0 if there is none."""
        return self.transactions[-1].sequence if self.transactions else 0

    def continues(self, sequence: int, base: str) -> bool:
        """Whether the lines continue after a transaction number. Lines up to that number may precede.

        Args:
            sequence: the number.
            base: name of the checkpoint that the lines must continue.
        """
        numbers = [transaction.sequence for transaction in self.transactions]
        new = [number for number in numbers if number > sequence]
        return (
            self.fault is not JournalFault.DAMAGED
            and new == list(range(sequence + 1, sequence + 1 + len(new)))
            and numbers[len(numbers) - len(new) :] == new
            and all(transaction.base == base for transaction in self.transactions)
        )


EMPTY_SCAN = JournalScan()
_BREAK = re.compile(rb"\r*\n|\r")
_LINE_START = re.compile(rb"(?=[\da-f]{8} [\da-f]{8} \{)")


def pack(transaction: Transaction) -> bytes:
    """Serialise one line."""
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
    """Parse a line without its line break; None if it is not as it was written."""
    if len(line) < HEADER_SIZE or line[:8] != b"%08x" % crc32(line[9:]) or line[8:9] != b" ":
        return None
    try:
        value = strict_json.loads(line[HEADER_SIZE:])
        put = {name: dict(changes.items()) for name, changes in value["put"].items()}
        store, base = str(value.get("store", "")), str(value.get("base", ""))
        return Transaction(int(value["n"]), put, tuple(value.get("drop", ())), store, base)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def apply(transaction: Transaction, tables: Tables) -> None:
    """Apply a transaction to tables."""
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
    """Parse lines up to the first that is not good."""
    transactions: list[Transaction] = []
    last = end = 0
    while (stop := data.find(b"\n", end)) >= 0:
        transaction = unpack(data[end:stop])
        if transaction is None:
            break
        transactions.append(transaction)
        last, end = end, stop + 1
    heading = data[last:end][:HEADER_SIZE]
    return JournalScan(tuple(transactions), last, heading, end, _fault(data[end:]) if end < len(data) else None)


def salvage(data: bytes) -> tuple[tuple[Transaction, ...], int]:
    """All good lines, including those after bad ones, and the number of bad lines.

    Line breaks may have been converted by a program that treats the journal as text: within a line there is neither a
    carriage return nor a line feed, because JSON escapes them.
    """
    lines = _BREAK.split(data)
    if not lines[-1]:
        lines.pop()
    parsed = [unpack(line) for line in lines]
    # A line may have been appended directly to the remains of one that was cut off.
    good = [transaction or _unpack_end(line) for transaction, line in zip(parsed, lines, strict=True)]
    return tuple(filter(None, good)), parsed.count(None)


def _unpack_end(line: bytes) -> Transaction | None:
    """Parse the good line at the end of a bad one; None if there is none."""
    starts = (match.start() for match in _LINE_START.finditer(line, 1))
    return next((good for start in starts if (good := unpack(line[start:])) is not None), None)


def _fault(rest: bytes) -> JournalFault:
    """Distinguish an interrupted save from damage.

    A save is one line, so it has at most one line break, at the end. It was interrupted if it is shorter than its
    header says, or if (power lost between two blocks) a block of it was never written and reads as zeros. A single
    zero in the middle is not such a block, but a changed bit.
    """
    if b"\n" in rest[:-1]:
        return JournalFault.DAMAGED
    if b"\0\0" in rest or rest.startswith(b"\0") or rest.endswith(b"\0") or len(rest) < HEADER_SIZE:
        return JournalFault.TORN
    try:
        length = int(rest[9:17], 16)
    except ValueError:
        return JournalFault.DAMAGED
    return (
        JournalFault.TORN
        if len(rest) < HEADER_SIZE + length + 1 and not rest.endswith(b"\n")
        else JournalFault.DAMAGED
    )
