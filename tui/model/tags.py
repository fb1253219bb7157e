"""Tags as values: what may be one, and how a set of them changes. Case is folded to compare; spellings stay."""

from __future__ import annotations

import re

_TAG = re.compile(r"[\w\-.+/:]+\Z")
_TAG_LIMIT = 100


def validate_tag(text: str) -> str:
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


def update_tags(tags: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> tuple[str, ...]:
    """Add and remove tags; spellings that differ in case only are the same tag, and the first one stays."""
    gone = {tag.casefold() for tag in remove}
    kept = [tag for tag in tags if tag.casefold() not in gone]
    known = {tag.casefold() for tag in kept}
    for tag in add:
        if tag.casefold() not in known:
            known.add(tag.casefold())
            kept.append(tag)
    return tuple(kept)


def rename_tags(tags: tuple[str, ...], olds: tuple[str, ...], new: str | None) -> tuple[str, ...]:
    """Give tags another name, and those nested below them with them.

    Args:
        tags: a paper's tags.
        olds: the tags to rename.
        new: the tag to make of them, or None to take them away.
    """
    folded = tuple(old.strip().strip("/").casefold() for old in olds)

    def name(tag: str) -> str | None:
        for old in folded:
            if tag.casefold() == old or tag.casefold().startswith(f"{old}/"):
                return None if new is None else new + tag[len(old) :]
        return tag

    return update_tags((), tuple(kept for tag in tags if (kept := name(tag)) is not None), ())
