"""What the user did to one paper. A mark is never overwritten by a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


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
    """

    status: Status = Status.UNREAD
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    snoozed_until: str | None = None
    citation_key: str | None = None
    read_at: str | None = None


UNTOUCHED = Mark()

_TAG = re.compile(r"[\w\-.+/:]+\Z")
_TAG_LIMIT = 100


def checked_tag(text: str) -> str:
    """Return a tag as it will be stored.

    Args:
        text: what the user typed; outer blanks and slashes are dropped.

    Raises:
        ValueError: with a sentence that says what is wrong.
    """
    tag = text.strip().strip("/")
    if not tag:
        raise ValueError("a tag needs at least one letter or digit")
    if len(tag) > _TAG_LIMIT:
        raise ValueError(f"a tag has at most {_TAG_LIMIT} characters, this one has {len(tag)}")
    if not _TAG.match(tag) or "//" in tag:
        raise ValueError(f"{tag!r} is not a tag: use letters, digits and - _ . + / :, as in ml/vision")
    return tag


def with_tags(tags: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> tuple[str, ...]:
    """Add and remove tags; spellings that differ in case only are the same tag, and the first one stays."""
    gone = {tag.casefold() for tag in remove}
    kept = [tag for tag in tags if tag.casefold() not in gone]
    known = {tag.casefold() for tag in kept}
    for tag in add:
        if tag.casefold() not in known:
            known.add(tag.casefold())
            kept.append(tag)
    return tuple(kept)


def joined(first: Mark, second: Mark) -> Mark:
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
        tags=with_tags(first.tags, second.tags, ()),
        note=note,
        snoozed_until=first.snoozed_until or second.snoozed_until,
        citation_key=first.citation_key or second.citation_key,
        read_at=first.read_at or second.read_at,
    )
