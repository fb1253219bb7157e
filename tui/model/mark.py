"""What the user did to one paper. A mark is never overwritten by a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.model.tags import update_tags


class Status(StrEnum):
    """Where a paper stands in the reader's queue."""

    UNREAD = "unread"
    QUEUED = "queued"
    READING = "reading"
    READ = "read"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Mark:
    """The user's own record of one paper; the default value means "untouched".

    Attributes:
        status: unread until triaged.
        starred: the star is set.
        tags: first spelling kept, in the order added, distinct when case is folded.
        note: Markdown; empty means none.
        snoozed_until: ISO date on which the paper comes back, or None.
        citation_key: the key pinned at its first use, or None.
        read_at: ISO 8601 UTC instant of the latest move to ``read``, or None.
        corrected: (field, text) for each field of the paper that the user set right, sorted by field; the texts are
            as ``correction.checked`` leaves them.
        part_of: id of the paper that the user says this one is, or None.
        apart_from: ids of papers that the user says are others, however alike they look.
        records: names of the records that the user says are of this paper, and of no other.
    """

    status: Status = Status.UNREAD
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    snoozed_until: str | None = None
    citation_key: str | None = None
    read_at: str | None = None
    corrected: tuple[tuple[str, str], ...] = ()
    part_of: str | None = None
    apart_from: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


UNTOUCHED = Mark()


def merge_marks(first: Mark, second: Mark) -> Mark:
    """One mark out of two marks on the same paper, losing nothing of either.

    Args:
        first: wins where only one value can stay: the user's own mark, or that of the paper whose id stays.
        second: fills what the first leaves at its default; its tags and note are added.
    """
    note = first.note
    if second.note and second.note not in first.note:
        note = f"{first.note}\n\n{second.note}" if first.note else second.note
    return Mark(
        status=second.status if first.status is Status.UNREAD else first.status,
        starred=first.starred or second.starred,
        tags=update_tags(first.tags, second.tags, ()),
        note=note,
        snoozed_until=first.snoozed_until or second.snoozed_until,
        citation_key=first.citation_key or second.citation_key,
        read_at=first.read_at or second.read_at,
        corrected=tuple(sorted((dict(second.corrected) | dict(first.corrected)).items())),
        part_of=first.part_of or second.part_of,
        apart_from=tuple(dict.fromkeys((*first.apart_from, *second.apart_from))),
        records=tuple(dict.fromkeys((*first.records, *second.records))),
    )
