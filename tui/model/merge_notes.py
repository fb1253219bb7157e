"""Merging two versions of a note that were written at the same time, so that neither text is lost."""

from __future__ import annotations

#: The line between the two versions where both are kept.
SEPARATOR = "--- above: saved by another program; below: written here ---"
_BREAK = "\n\n"


def merge_notes(before: str, theirs: str, mine: str) -> str:
    """The note that keeps two versions of one.

    Args:
        before: the note that both started from.
        theirs: the note as it is now.
        mine: the note to save.

    Returns:
        ``mine`` where nobody else changed the note. Where ``theirs`` only has paragraphs around ``before``, these
        paragraphs around ``mine``. Otherwise both versions, with a line between them that says which is which.
    """
    if theirs in {before, mine} or not theirs:
        return mine
    if mine in {before, ""}:
        return theirs
    if mine.endswith(_BREAK + theirs) or mine.startswith(theirs + _BREAK):
        return mine
    padded, old = _BREAK + theirs + _BREAK, _BREAK + before + _BREAK
    if before and padded.count(old) == 1:
        return padded.replace(old, _BREAK + mine + _BREAK).removeprefix(_BREAK).removesuffix(_BREAK)
    return _BREAK.join((theirs, SEPARATOR, mine))
