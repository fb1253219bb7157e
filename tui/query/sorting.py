"""The sort orders: one table. Papers without a value come last in both directions.

Relevance depends on the search terms and is in ``ranking``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.model.mark import Status
from tui.model.queue import PRIORITIES
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from tui.model.entry import Entry
    from tui.query.sort_key import SortKey

    Key: TypeAlias = tuple[int | str, ...] | int | str | None

_GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15
_PRIME = 2**61 - 1
_STATUS_ORDER = {status: number for number, status in enumerate(Status)}


def _title(entry: Entry, _: int) -> Key:
    return fold(entry.paper.title).strip(" \"'") if entry.paper.title else None


def _year(entry: Entry, _: int) -> Key:
    return entry.paper.date.year if entry.paper.date else None


def _date(entry: Entry, _: int) -> Key:
    date = entry.paper.date
    if date is None or date.year is None:
        return None
    return (date.year, date.month or 0, date.day or 0)


def _added(entry: Entry, _: int) -> Key:
    return entry.paper.added or None


def _read(entry: Entry, _: int) -> Key:
    return entry.mark.read_at


def _status(entry: Entry, _: int) -> Key:
    return _STATUS_ORDER[entry.mark.status]


def _priority(entry: Entry, _: int) -> Key:
    return PRIORITIES.index(entry.mark.priority) if entry.mark.priority in PRIORITIES else None


def _due(entry: Entry, _: int) -> Key:
    return entry.mark.due


def _category(entry: Entry, _: int) -> Key:
    return fold(entry.paper.category) if entry.paper.category else None


def _author(entry: Entry, _: int) -> Key:
    from tui.model.author_name import parse_name  # noqa: PLC0415 - no other order parses names

    if not entry.paper.authors:
        return None
    return (fold(parse_name(entry.paper.authors[0]).surname), *map(fold, entry.paper.authors))


def _tags(entry: Entry, _: int) -> Key:
    return tuple(map(fold, entry.mark.tags)) or None


def _random(entry: Entry, seed: int) -> Key:
    # Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4): each day has its own factor.
    return int.from_bytes(entry.id.encode(), "big") * (seed * _GOLDEN_RATIO | 1) % _PRIME


class SortOrder(NamedTuple):
    """One order.

    Attributes:
        help: what comes first.
        key: returns the sort key of an entry, given the seed of the random order; None if it does not depend on
            the entry.
    """

    help: str
    key: Callable[[Entry, int], Key] | None = None


SORTS: Mapping[str, SortOrder] = {
    "title": SortOrder("title, A to Z", _title),
    "year": SortOrder("year, newest first", _year),
    "date": SortOrder("date, newest first", _date),
    "added": SortOrder("import date, newest first", _added),
    "read": SortOrder("date read, newest first", _read),
    "status": SortOrder("unread, queued, reading, read, skipped", _status),
    "priority": SortOrder("priority, highest first", _priority),
    "due": SortOrder("due date, soonest first", _due),
    "category": SortOrder("category, A to Z", _category),
    "author": SortOrder("first author's family name, A to Z", _author),
    "tags": SortOrder("tags, A to Z", _tags),
    "random": SortOrder("shuffled, a new order every day", _random),
    "foryou": SortOrder("by how likely you are to keep them"),
    "relevance": SortOrder("best matches first"),
    "catalogue": SortOrder("in source order"),
}


def sort_rows(
    rows: Sequence[int],
    keys: Sequence[SortKey],
    entries: Sequence[Entry] | Mapping[int, Entry],
    *,
    seed: int,
    ranked: Mapping[str, Callable[[Sequence[int]], list[int]]],
    cache: dict[tuple[str, int], dict[int, Key]],
) -> list[int]:
    """Sort rows.

    Args:
        rows: row numbers, ascending.
        keys: the sort keys, the most significant first; ties keep the order of the rows.
        entries: entries by row.
        seed: determines the random order.
        ranked: functions that sort rows, for the orders without a key.
        cache: sort keys by order and row; new ones are added.
    """
    found = list(rows)
    for sort_key in reversed(keys):
        key = SORTS[sort_key.name].key
        if key is not None:
            values = cache.setdefault((sort_key.name, seed), {})
            values |= {row: key(entries[row], seed) for row in found if row not in values}
            found = _sorted(found, values, descending=sort_key.descending)
        else:
            found = ranked.get(sort_key.name, sorted)(found)
            if sort_key.descending:
                found.reverse()
    return found


def _sorted(rows: list[int], keys: dict[int, Key], *, descending: bool) -> list[int]:
    with_value = [row for row in rows if keys[row] is not None]
    with_value.sort(key=keys.__getitem__, reverse=descending)  # type: ignore[arg-type]
    return with_value + [row for row in rows if keys[row] is None]
