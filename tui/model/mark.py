"""Marks: what the user did to a paper. A mark is never overwritten by a source."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tui.model.tags import update_tags


class Status(StrEnum):
    """Reading status of a paper."""

    UNREAD = "unread"
    QUEUED = "queued"
    READING = "reading"
    READ = "read"
    SKIPPED = "skipped"


class Mark(NamedTuple):
    """What the user did to one paper; the default value means "untouched".

    Attributes:
        status: unread until triaged.
        starred: whether it is starred.
        tags: in the order added, with the first spelling; distinct when case is folded.
        note: Markdown; empty means none.
        snoozed_until: ISO date on which the snooze ends, or None.
        citation_key: the citation key, pinned at its first use, or None.
        read_at: ISO 8601 UTC instant of the latest move to ``read``, or None.
        corrected: (field, text) for each corrected field, sorted by field; texts as ``correction.validate`` returns
            them.
        part_of: id of the paper that the user merged this one into, or None.
        apart_from: ids of papers that the user marked as not duplicates of this one.
        records: names of the records that the user assigned to this paper.
        removed: whether the user removed the paper from the list.
        priority: one of ``tui.model.queue.PRIORITIES``, or None.
        due: ISO date by which the user wants to read it, or None.
        files: absolute paths of the files that the user attached.
        detached: files of the sources, as written there, that the user detached.
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
    removed: bool = False
    priority: str | None = None
    due: str | None = None
    files: tuple[str, ...] = ()
    detached: tuple[str, ...] = ()


UNTOUCHED = Mark()


def merge_marks(first: Mark, second: Mark) -> Mark:
    """Merge two marks of the same paper, losing nothing of either.

    Args:
        first: wins where only one value can be kept, and decides whether the paper is removed: the user's own mark,
            or that of the paper whose id is kept.
        second: fills fields that have their default in the first; its tags and note are added.
    """
    note = first.note
    if second.note and second.note not in first.note:
        note = f"{first.note}\n\n{second.note}" if first.note else second.note
    return Mark(
        status=second.status if first.status is Status.UNREAD else first.status,
        starred=first.starred or second.starred,
        tags=update_tags(first.tags, second.tags, ()) if second.tags else first.tags,
        note=note,
        snoozed_until=first.snoozed_until or second.snoozed_until,
        citation_key=first.citation_key or second.citation_key,
        read_at=first.read_at or second.read_at,
        corrected=_corrected(first, second) if second.corrected else first.corrected,
        part_of=first.part_of or second.part_of,
        apart_from=_joined(first.apart_from, second.apart_from),
        records=_joined(first.records, second.records),
        removed=first.removed,
        priority=first.priority or second.priority,
        due=first.due or second.due,
        files=_joined(first.files, second.files),
        detached=_joined(first.detached, second.detached),
    )


def _corrected(first: Mark, second: Mark) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((dict(second.corrected) | dict(first.corrected)).items()))


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second))) if second else first
