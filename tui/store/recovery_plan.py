"""Choose what to recover from the files of a damaged store, and list what is lost. Read only.

The candidates are ``marks.json`` and its backups, if they are sound, each with the sound lines of the journal that
continue it. A candidate counts for the changes that it contains together with those lines.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.errors import StoreDamagedError
from tui.store import backup, checkpoint, disk, file_matching, journal_format
from tui.store.checkpoint import Checkpoint, Header, Lineage, NewerStoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tui.store.journal_format import Transaction

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class RecoveryPlan(NamedTuple):
    """What is recovered.

    Attributes:
        path: the file to start from; None to rebuild from the journal alone.
        base: its contents, with the changes that the journal adds.
        messages: where it comes from and what is lost, one message each.
    """

    path: Path | None
    base: Checkpoint
    messages: tuple[str, ...]


class _Candidate(NamedTuple):
    """A sound checkpoint, or an empty one to start from, and the transactions that continue it.

    Attributes:
        path: its file; None for the empty one.
        header: its header.
        transactions: those that continue it.
        certain: how many of these certainly do; the others continue a checkpoint that cannot be found.
    """

    path: Path | None
    header: Header
    transactions: tuple[Transaction, ...] = ()
    certain: int = 0

    @property
    def certain_changes(self) -> int:
        """How many changes it certainly contains; missing ones in between do not count."""
        return self.header.sequence + self.certain


def looks_like_checkpoint(data: bytes | None) -> bool:
    """Whether a file that may be damaged begins like a checkpoint, or is empty."""
    return not data or _normalise(data).startswith(checkpoint.BEGINNING)


def recover(path: Path, whole: bytes | None, journal: bytes, high_water: int) -> RecoveryPlan:
    """Choose the candidate with the most changes, and apply the transactions that continue it.

    Args:
        path: the checkpoint of the store.
        whole: its bytes; None if it is missing.
        journal: the bytes of the journal.
        high_water: number of a transaction that certainly was on the disk once.

    Raises:
        NewerStoreError: a newer version wrote one of the files.
        StoreDamagedError: the system refuses to read a backup that may contain more.
    """
    transactions, _ = journal_format.salvage(journal)
    transactions = tuple(sorted({each.sequence: each for each in reversed(transactions)}.values()))
    sound, unreadable = _find_sound(path, whole)
    of_one_store = _of_one_store(path, sound, transactions)
    candidates = [_with_transactions(candidate, transactions, journal) for candidate in of_one_store]
    best = max(
        candidates,
        key=lambda candidate: (candidate.certain_changes, candidate.header.sequence, candidate.path == path),
    )
    for file, error in unreadable:
        if backup.number_of(file) > best.certain_changes:
            raise error
    base = _read_contents(path, best, whole)
    for transaction in best.transactions:
        journal_format.apply(transaction, base.tables)
    own = next((candidate for candidate in sound if candidate.path == path), None)
    count = len(best.transactions)
    messages = [_describe_origin(path, best, own, whole), f"add {_changes(count)} from the journal"]
    if count > best.certain:
        messages.append(
            f"{count - best.certain} of these may belong to another copy, whose checkpoint cannot be found"
        )
    messages += _describe_gaps(best, high_water)
    messages += lost_changes(path, whole, journal, base)
    others = len([candidate for candidate in sound if candidate.path != path and candidate not in of_one_store])
    if others:
        backups = "1 backup" if others == 1 else f"{others} backups"
        messages.append(f"ignore {backups} from another store")
    return RecoveryPlan(best.path, base, tuple(messages))


def lost_changes(path: Path, whole: bytes | None, journal: bytes, base: Checkpoint) -> Iterator[str]:
    """Describe the changes in the checkpoint or the journal of the store that its replacement does not contain.

    Args:
        path: the checkpoint of the store.
        whole: its bytes; None if it is missing.
        journal: the bytes of the journal.
        base: the replacement.
    """
    kept = base.tables.get("history", {})
    with suppress(StoreDamagedError):
        own = checkpoint.unpack(_normalise(whole or b""), path)
        yield from _describe_lost(path.name, own.tables.get("history", {}), kept)
    history = _history_of(journal_format.salvage(journal)[0])
    yield from _describe_lost(path.with_suffix(".journal").name, history, kept)


def _find_sound(path: Path, whole: bytes | None) -> tuple[list[_Candidate], list[tuple[Path, StoreDamagedError]]]:
    """The sound checkpoints, the store's own first, and the backups that the system refuses to read."""
    sound, unreadable = [], []
    for file in (path, *backup.list_backups(path)):
        try:
            data = whole if file == path else disk.read(file)
        except StoreDamagedError as error:
            unreadable.append((file, error))
            continue
        try:
            sound.append(_Candidate(file, checkpoint.verify(_normalise(data or b""), file)))
        except NewerStoreError:
            raise
        except StoreDamagedError:
            continue
    return sound, unreadable


def _normalise(data: bytes) -> bytes:
    """Undo what a text editor may have changed: the store writes neither carriage returns nor a byte order mark."""
    return data.removeprefix(_BYTE_ORDER_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _of_one_store(path: Path, sound: Sequence[_Candidate], transactions: Sequence[Transaction]) -> list[_Candidate]:
    """The candidates of the store that most of checkpoint, journal and newest backup belong to.

    In a draw, those of all these stores. Files of an earlier version name no store, and may belong to any.
    """
    journal_store = next((each.store for each in reversed(transactions) if each.store), "")
    voters = [candidate for candidate in sound if candidate.path == path]
    voters += [candidate for candidate in sound if candidate.path != path][:1]
    votes = Counter(filter(None, (journal_store, *(candidate.header.store for candidate in voters))))
    stores = {store for store, count in votes.items() if count == max(votes.values())}
    chosen = [candidate for candidate in sound if not candidate.header.store or candidate.header.store in stores]
    if not chosen or (transactions and (not journal_store or journal_store in stores)):
        chosen.append(_Candidate(None, Header(0, Lineage(journal_store) if journal_store else None, b"")))
    return chosen


def _with_transactions(candidate: _Candidate, transactions: Sequence[Transaction], journal: bytes) -> _Candidate:
    """The candidate with the transactions that continue it, even if some in between are missing.

    Transactions of another store do not, nor do those that begin before the candidate ends and do not name it: they
    continue another copy of the store, and a mixture of the two would be neither.
    """
    header = candidate.header
    if file_matching.contains(header, journal) or file_matching.contains(header, _normalise(journal)):
        return candidate
    first: dict[str, int] = {}
    for each in transactions:
        first.setdefault(each.base, each.sequence)

    def continues(each: Transaction) -> bool:
        if each.sequence <= header.sequence or file_matching.are_different_stores(each.store, header.store):
            return False
        if each.base == header.name:
            return True
        return bool(each.base or not header.lineage) and first[each.base] > header.sequence

    continuing = tuple(filter(continues, transactions))
    if header.name:
        certain = sum(each.base == header.name for each in continuing)
    else:
        # Only the numbers can decide. They are enough for the empty checkpoint that every journal starts from.
        certain = sum(each.sequence == number for number, each in enumerate(continuing, header.sequence + 1))
        if candidate.path is not None:
            certain *= all(not each.base for each in continuing)
    return candidate._replace(transactions=continuing, certain=certain)


def _read_contents(path: Path, candidate: _Candidate, whole: bytes | None) -> Checkpoint:
    if candidate.path is None:
        return Checkpoint(0, {}, b"", candidate.header.lineage)
    data = whole if candidate.path == path else disk.read(candidate.path)
    return checkpoint.unpack(_normalise(data or b""), candidate.path)


def _describe_origin(path: Path, best: _Candidate, own: _Candidate | None, whole: bytes | None) -> str:
    if best.path == path:
        exception = " except for its line breaks or byte order mark" if whole != _normalise(whole or b"") else ""
        return f"keep {path.name}, which is intact{exception}"
    if best.path is None:
        if own is None:
            return f"rebuild {path.name} from the journal, because it has no intact backup"
        return f"rebuild {path.name} from the journal, which contains more changes"
    if own is None:
        return f"restore {path.name} from the backup {best.path.name}"
    return f"restore {path.name}, which ends with change {own.header.sequence}, from the backup {best.path.name}"


def _describe_gaps(best: _Candidate, high_water: int) -> Iterator[str]:
    numbers = [best.header.sequence, *(each.sequence for each in best.transactions)]
    numbers.append(max(high_water, numbers[-1]) + 1)
    for last, following in pairwise(numbers):
        if following == last + 2:
            yield f"change {last + 1} cannot be found"
        elif following > last + 2:
            yield f"changes {last + 1} to {following - 1} cannot be found"


def _history_of(transactions: Sequence[Transaction]) -> dict[str, Any]:
    puts = (each.put.get("history", {}) for each in transactions)
    return {number: change for put in puts for number, change in put.items() if change is not None}


def _describe_lost(name: str, changes: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[str]:
    """Describe the changes that are in one file only and not in the repaired store."""
    lost = [number for number, change in changes.items() if kept.get(number) != change]
    if lost:
        latest = changes[max(lost, key=int)]
        yield (
            f"lost: {_changes(len(lost))} found only in {name}, the latest from {latest.get('at')}:"
            f" {latest.get('label')} (still in the copy of that file)"
        )


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count} changes"
