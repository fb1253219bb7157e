"""Tags: validation, adding, removing and renaming. Compared case-insensitively; spellings are preserved."""

from __future__ import annotations

import re

_TAG = re.compile(r"[\w\-.+/:]+\Z")
_TAG_LIMIT = 100


def validate_tag(text: str) -> str:
    """Normalise a tag for storage.

    Args:
        text: what the user typed; surrounding whitespace and slashes are removed.

    Raises:
        ValueError: the text is not a tag; the message says why.
    """
    tag = text.strip().strip("/")
    if not tag:
        raise ValueError("a tag needs at least one letter or digit")
    if len(tag) > _TAG_LIMIT:
        raise ValueError(f"a tag can have at most {_TAG_LIMIT} characters; this one has {len(tag)}")
    if not _TAG.match(tag) or "//" in tag:
        raise ValueError(f"{tag!r} is not a tag: use letters, digits and - _ . + / :, as in ml/vision")
    return tag


def update_tags(tags: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> tuple[str, ...]:
    """Add and remove tags; of spellings that differ only in case, the first is kept."""
    removed = {tag.casefold() for tag in remove}
    kept = [tag for tag in tags if tag.casefold() not in removed]
    known = {tag.casefold() for tag in kept}
    for tag in add:
        if tag.casefold() not in known:
            known.add(tag.casefold())
            kept.append(tag)
    return tuple(kept)


def rename_tags(tags: tuple[str, ...], olds: tuple[str, ...], new: str | None) -> tuple[str, ...]:
    """Rename tags, including those nested below them.

    Args:
        tags: a paper's tags.
        olds: the tags to rename.
        new: the new tag, or None to remove them.
    """
    folded = tuple(old.strip().strip("/").casefold() for old in olds)

    def renamed(tag: str) -> str | None:
        for old in folded:
            if tag.casefold() == old or tag.casefold().startswith(f"{old}/"):
                return None if new is None else new + tag[len(old) :]
        return tag

    return update_tags((), tuple(kept for tag in tags if (kept := renamed(tag)) is not None), ())
