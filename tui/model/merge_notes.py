"""Merge two versions of a note that were written concurrently, so that neither text is lost."""

from __future__ import annotations

#: The line between the two versions if both are kept.
SEPARATOR = "--- above: saved by another program; below: written here ---"
_BREAK = "\n\n"


def merge_notes(before: str, theirs: str, mine: str) -> str:
    """Merge two versions of a note.

    Args:
        before: the note that both are based on.
        theirs: the current note.
        mine: the note to save.

    Returns:
        ``mine`` if nobody else changed the note. If ``theirs`` only adds paragraphs around ``before``, these
        paragraphs around ``mine``. Otherwise both versions, with a separator line that says which is which.
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
