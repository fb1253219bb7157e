"""What can be recovered from the files of a damaged store: the choice of a repair, and what it cannot keep.

The sources are ``marks.json`` and its backups, as far as they are sound, and the journal, as far as its lines are. A
source counts for the changes that it holds together with the lines that go on after it. Changes nothing.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.errors import StoreDamagedError
from tui.store import backup, checkpoint, disk, file_matching, journal_format
from tui.store.checkpoint import Checkpoint, Heading, Lineage, NewerStoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tui.store.journal_format import Transaction

_MARK_OF_ENCODING = b"\xef\xbb\xbf"


class RecoveryPlan(NamedTuple):
    """What is recovered.

    Attributes:
        place: the file that it begins with; None where it is made from the journal alone.
        base: its contents, and what the journal adds.
        said: how it came about and what cannot be kept, a sentence each.
    """

    place: Path | None
    base: Checkpoint
    lines: tuple[str, ...]


class _Source(NamedTuple):
    """A sound checkpoint, or an empty one to begin with, and the lines that go on after it.

    Attributes:
        place: its file; None for the empty one.
        heading: its heading.
        lines: what goes on after it.
        certain: how many of these certainly do; the others continue a checkpoint that is nowhere to be found.
    """

    place: Path | None
    heading: Heading
    lines: tuple[Transaction, ...] = ()
    certain: int = 0

    @property
    def reached(self) -> int:
        """Number of the last change."""
        return self.lines[-1].sequence if self.lines else self.heading.sequence

    @property
    def held(self) -> int:
        """How many changes it certainly holds; those missing in between do not count."""
        return self.heading.sequence + self.certain


def is_of_readlist(data: bytes | None) -> bool:
    """Whether a file that may be damaged begins as a checkpoint does, or is empty."""
    return not data or _plain(data).startswith(checkpoint.BEGINNING)


def recover(path: Path, whole: bytes | None, lines: bytes, high_water: int) -> RecoveryPlan:
    """Choose the source that holds most, and add to it what the journal has.

    Args:
        path: the checkpoint of the store.
        whole: its bytes; None where it is missing.
        lines: the bytes of the journal.
        high_water: number of a transaction that certainly was on the disk once.

    Raises:
        NewerStoreError: a newer program wrote one of the files.
        StoreDamagedError: the system refuses to read a backup that may hold more.
    """
    transactions, _ = journal_format.salvage(lines)
    transactions = tuple(sorted({each.sequence: each for each in reversed(transactions)}.values()))
    sound, unreadable = _sound(path, whole)
    admitted = _of_one_store(path, sound, transactions)
    following = [_with_lines(source, transactions, lines) for source in admitted]
    best = max(following, key=lambda source: (source.held, source.heading.sequence, source.place == path))
    for place, fault in unreadable:
        if backup.number_of(place) > best.held:
            raise fault
    base = _contents(path, best, whole)
    for transaction in best.lines:
        journal_format.apply(transaction, base.tables)
    mine = next((source for source in sound if source.place == path), None)
    said = [_whence(path, best, mine, whole), f"{len(best.lines)} changes of the journal are added to it."]
    if len(best.lines) > best.certain:
        said.append(f"{len(best.lines) - best.certain} of them continue a checkpoint that is not here.")
    said += _gaps(best, high_water)
    said += not_kept(path, whole, lines, base)
    others = len([source for source in sound if source.place != path and source not in admitted])
    if others:
        said.append(f"{others} backups belong to another store and are left alone.")
    return RecoveryPlan(best.place, base, tuple(said))


def not_kept(path: Path, whole: bytes | None, lines: bytes, base: Checkpoint) -> Iterator[str]:
    """The changes that stand in the checkpoint or the journal of the store and are not in what is to replace them.

    Args:
        path: the checkpoint of the store.
        whole: its bytes; None where it is missing.
        lines: the bytes of the journal.
        base: what is to replace them.
    """
    kept = base.tables.get("history", {})
    with suppress(StoreDamagedError):
        own = checkpoint.unpack(_plain(whole or b""), path)
        yield from _lost(path.name, own.tables.get("history", {}), kept)
    yield from _lost(path.with_suffix(".journal").name, _history_of(journal_format.salvage(lines)[0]), kept)


def _sound(path: Path, whole: bytes | None) -> tuple[list[_Source], list[tuple[Path, StoreDamagedError]]]:
    """The sound checkpoints, the store's own first, and the backups that the system refuses to read."""
    found, unreadable = [], []
    for place in (path, *backup.list_backups(path)):
        try:
            data = whole if place == path else disk.read(place)
        except StoreDamagedError as fault:
            unreadable.append((place, fault))
            continue
        try:
            found.append(_Source(place, checkpoint.verify(_plain(data or b""), place)))
        except NewerStoreError:
            raise
        except StoreDamagedError:
            continue
    return found, unreadable


def _plain(data: bytes) -> bytes:
    """The bytes before a program that takes them for a text changed the line breaks: no carriage return is ours."""
    return data.removeprefix(_MARK_OF_ENCODING).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _of_one_store(path: Path, sound: Sequence[_Source], transactions: Sequence[Transaction]) -> list[_Source]:
    """The sources of the store that most of checkpoint, journal and newest backup belong to, or of all where none is
    in front; files of an earlier program name no store, and may be of any.
    """
    named = next((each.store for each in reversed(transactions) if each.store), "")
    witnesses = [source for source in sound if source.place == path]
    witnesses += [source for source in sound if source.place != path][:1]
    votes = Counter(filter(None, (named, *(source.heading.store for source in witnesses))))
    stores = {store for store, count in votes.items() if count == max(votes.values())}
    admitted = [source for source in sound if not source.heading.store or source.heading.store in stores]
    if not admitted or (transactions and (not named or named in stores)):
        admitted.append(_Source(None, Heading(0, Lineage(named) if named else None, b"")))
    return admitted


def _with_lines(source: _Source, transactions: Sequence[Transaction], lines: bytes) -> _Source:
    """The source with the lines that go on after it, also where some in between are missing.

    Lines of another store do not, nor do those that begin before the source ends and do not name it: they continue
    another copy of the store, and half of them would be neither the one nor the other.
    """
    heading = source.heading
    if file_matching.contains(heading, lines) or file_matching.contains(heading, _plain(lines)):
        return source
    first: dict[str, int] = {}
    for each in transactions:
        first.setdefault(each.base, each.sequence)

    def goes_on(each: Transaction) -> bool:
        if each.sequence <= heading.sequence or file_matching.are_different(each.store, heading.store):
            return False
        if each.base == heading.name:
            return True
        return bool(each.base or not heading.lineage) and first[each.base] > heading.sequence

    found = tuple(filter(goes_on, transactions))
    if heading.name:
        certain = sum(each.base == heading.name for each in found)
    else:
        # Nothing but the numbers tells, and for the empty checkpoint that every journal began with they are enough.
        certain = sum(each.sequence == number for number, each in enumerate(found, heading.sequence + 1))
        if source.place is not None:
            certain *= all(not each.base for each in found)
    return source._replace(lines=found, certain=certain)


def _contents(path: Path, source: _Source, whole: bytes | None) -> Checkpoint:
    if source.place is None:
        return Checkpoint(0, {}, b"", source.heading.lineage)
    data = whole if source.place == path else disk.read(source.place)
    return checkpoint.unpack(_plain(data or b""), source.place)


def _whence(path: Path, best: _Source, mine: _Source | None, whole: bytes | None) -> str:
    if best.place == path:
        how = "but for its line breaks or encoding mark " if whole != _plain(whole or b"") else "itself "
        return f"{path.name} {how}is sound and is kept."
    if best.place is None:
        if mine is None:
            return f"{path.name} has no backup that is sound; it is made anew from the journal."
        return f"{path.name} is made anew from the journal, which holds more changes than it has."
    if mine is None:
        return f"{path.name} is taken from the backup {best.place.name}."
    return f"{path.name} ends with change {mine.heading.sequence}; it is taken from the backup {best.place.name}."


def _gaps(best: _Source, high_water: int) -> Iterator[str]:
    numbers = [best.heading.sequence, *(each.sequence for each in best.lines)]
    numbers.append(max(high_water, numbers[-1]) + 1)
    for last, following in pairwise(numbers):
        if following > last + 1:
            yield f"Changes {last + 1} to {following - 1} are nowhere to be found."


def _history_of(transactions: Sequence[Transaction]) -> dict[str, Any]:
    puts = (each.put.get("history", {}) for each in transactions)
    return {number: change for put in puts for number, change in put.items() if change is not None}


def _lost(name: str, changes: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[str]:
    """What stands in one file only, and is not in the repaired store."""
    lost = [number for number, change in changes.items() if kept.get(number) != change]
    if lost:
        latest = changes[max(lost, key=int)]
        number = "1 change" if len(lost) == 1 else f"{len(lost)} changes"
        yield (
            f"{number} that only {name} has cannot be kept, the latest of {latest.get('at')}: {latest.get('label')}. "
            f"{'It stays' if len(lost) == 1 else 'They stay'} in the copy of the file."
        )
