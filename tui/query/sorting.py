"""Orders of a list: one table. What a paper lacks puts it last, whichever way the order runs.

Knows no query language; relevance needs the search terms and is in ``ranking``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.mark import Status
from tui.query.frozen import frozen
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from tui.model.entry import Entry
    from tui.query.syntax_tree import SortKey

    Key: TypeAlias = tuple[int | str, ...] | int | str | None

_GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15
_PRIME = 2**61 - 1
_STATUS_ORDER = {status: place for place, status in enumerate(Status)}


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


def _category(entry: Entry, _: int) -> Key:
    return fold(entry.paper.category) if entry.paper.category else None


def _author(entry: Entry, _: int) -> Key:
    from tui.model.author_name import parse_name  # noqa: PLC0415 - no other order takes names apart

    if not entry.paper.authors:
        return None
    return (fold(parse_name(entry.paper.authors[0]).surname), *map(fold, entry.paper.authors))


def _tags(entry: Entry, _: int) -> Key:
    return tuple(map(fold, entry.mark.tags)) or None


def _random(entry: Entry, seed: int) -> Key:
    # Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4): every day has a factor of its own.
    return int.from_bytes(entry.id.encode(), "big") * (seed * _GOLDEN_RATIO | 1) % _PRIME


@frozen
class SortOrder:
    """One order.

    Attributes:
        help: what comes first, in a few words.
        key: what is compared, given an entry and the seed of the random order; None where entries do not decide.
    """

    help: str
    key: Callable[[Entry, int], Key] | None = None


SORTS: Mapping[str, SortOrder] = {
    "title": SortOrder("title, A to Z", _title),
    "year": SortOrder("year, oldest first", _year),
    "date": SortOrder("date, oldest first", _date),
    "added": SortOrder("day it came in, oldest first", _added),
    "read": SortOrder("day you read it, oldest first", _read),
    "status": SortOrder("unread, queued, reading, read, skipped", _status),
    "category": SortOrder("category, A to Z", _category),
    "author": SortOrder("first author's family name, A to Z", _author),
    "tags": SortOrder("tags, A to Z", _tags),
    "random": SortOrder("shuffled, another way every day", _random),
    "foryou": SortOrder("likeliest to be kept first, by what you kept"),
    "relevance": SortOrder("best answer to the words of the query first"),
    "catalogue": SortOrder("as in the pages"),
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
    """The rows in an order.

    Args:
        rows: row numbers, ascending.
        keys: the first one decides first; ties keep the order of the rows.
        entries: entries by row.
        seed: decides the random order.
        ranked: for orders that entries do not decide, what puts rows in them; rows stay as they are for others.
        known: what was compared before, by order and row; what is new is added.
    """
    found = list(rows)
    for asked in reversed(keys):
        key = SORTS[asked.name].key
        if key is not None:
            compared = cache.setdefault((asked.name, seed), {})
            compared |= {row: key(entries[row], seed) for row in found if row not in compared}
            found = _sorted(found, compared, descending=asked.descending)
        else:
            found = ranked.get(asked.name, sorted)(found)
            if asked.descending:
                found.reverse()
    return found


def _sorted(rows: list[int], keys: dict[int, Key], *, descending: bool) -> list[int]:
    known = [row for row in rows if keys[row] is not None]
    known.sort(key=keys.__getitem__, reverse=descending)  # type: ignore[arg-type]
    return known + [row for row in rows if keys[row] is None]
