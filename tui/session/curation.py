"""What the user sets right about papers: fields, and which two papers are one. Each is one step of the history.

What the user says is kept with the marks, so that reading the pages again, in any order, changes nothing of it, and
undo, redo and other processes treat it like any mark. (To join two papers as pages are joined would mean to read all
pages again for one key, and to split them again for an undo.) Stands beside the door because it needs both the store
and the comparing, which do not know each other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.errors import ConflictError, UsageError
from tui.model.entry import marked_distinct
from tui.model.mark import UNTOUCHED, Mark, Status, merge_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.insight.duplicates import DuplicatePair
    from tui.model.change import Change
    from tui.model.entry import Entry
    from tui.session.entries import Entries

    Plan = Callable[[Callable[[str], Mark]], Mapping[str, Mark]]
    Progress = Callable[[int, int], None]

# From the least advanced to the most.
_ADVANCE = (Status.UNREAD, Status.SKIPPED, Status.QUEUED, Status.READING, Status.READ)


class Curation:
    """The corrections of one reading list.

    Args:
        entries: the papers and marks, put together.
        commit: makes a change of a label and a plan.
    """

    def __init__(self, entries: Entries, commit: Callable[[str, Plan], Change | None]) -> None:
        self._entries = entries
        self._commit = commit
        self._found: tuple[int, tuple[DuplicatePair, ...]] = (-1, ())

    def correct(self, paper_id: str, texts: Mapping[str, str | None], seen: Entry | None = None) -> Change | None:
        """Set fields of a paper right; None where they were that way already.

        Args:
            paper_id: the paper.
            texts: field and text, as ``tui.model.correction`` has them; None goes back to what the pages say.
            seen: the paper as it was when the texts were written.

        Raises:
            ConflictError: another program changed one of the fields since then.
            UsageError: a text does not suit its field.
        """
        from tui.model.correction import edit_for  # noqa: PLC0415 - joining needs it but now and then

        entry = self._entries.entry(paper_id)
        try:
            edit = edit_for(entry, texts)
        except ValueError as fault:
            raise UsageError(str(fault)) from None

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            owner = self._entries.owner(paper_id, mark)
            now = self._entries.fresh(owner)
            if seen is not None:
                _refuse_changed(now, seen, texts)
            return {owner: edit_for(now, texts).apply(mark(owner), "")}

        return self._commit(f"{edit.label}: {entry.paper.display_title}", plan)

    def pairs(self, progress: Progress | None = None) -> tuple[DuplicatePair, ...]:
        """The pairs that may be one paper, the surest first; found once for every state of the list.

        May be called beside the thread that changes the list.

        Args:
            progress: called with the number of papers compared, and their total.
        """
        if not self.is_compared:
            from tui.insight.duplicates import find_duplicate_pairs  # noqa: PLC0415 - looked at now and then

            revision = self._entries.revision
            found = find_duplicate_pairs(
                [self._entries.entry(paper_id) for paper_id in self._entries.ids()], progress
            )
            self._found = revision, found
        return self._found[1]

    @property
    def is_compared(self) -> bool:
        """Whether the pairs are known without comparing all papers first."""
        return self._found[0] == self._entries.revision

    def is_open(self, pair: DuplicatePair) -> bool:
        """Whether both papers are still there by themselves and were not told apart."""
        there = frozenset(self._entries.ids())
        if pair.one not in there or pair.other not in there:
            return False
        return not marked_distinct(self._entries.entry(pair.one), self._entries.entry(pair.other))

    def in_order(self, pair: DuplicatePair) -> tuple[str, str]:
        """The paper that had better stay, and the other: one with a pinned key, with marks, that was there before."""
        one, other = sorted((pair.one, pair.other), key=self._claim)
        return one, other

    def merge(self, kept: str, other: str) -> Change | None:
        """Make one paper of two; what was done to either stays, and the id of the other leads to the one kept.

        Args:
            kept: its values count where both have one; its pinned citation key stays.
            other: completes it.

        Raises:
            UsageError: it is one paper already.
        """
        self._two(kept, other)
        paper = self._entries.entry(kept).paper

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            from tui.model.correction import field_text  # noqa: PLC0415 - see pairs

            # Another program may have merged one of them meanwhile.
            to, gone = self._entries.owner(kept, mark), self._entries.owner(other, mark)
            if to == gone:
                return {}
            ours, theirs = mark(to), mark(gone)
            fitting = tuple((field, text) for field, text in theirs.corrected if not field_text(paper, field))
            both = merge_marks(ours, replace(theirs, corrected=fitting, part_of=None, records=()))
            apart = tuple(name for name in both.apart_from if name not in (to, gone))
            status = max(ours.status, theirs.status, key=_ADVANCE.index)
            # A key that was used once is nobody else's, also while the paper is part of another.
            pin = theirs.citation_key if ours.citation_key else None
            return {
                to: replace(both, status=status, apart_from=apart),
                gone: replace(UNTOUCHED, part_of=to, citation_key=pin, records=theirs.records),
            }

        return self._commit(f"merge two papers: {paper.display_title}", plan)

    def mark_distinct(self, one: str, other: str) -> Change | None:
        """Remember that two papers are two; None where that is known.

        Raises:
            UsageError: it is one paper.
        """
        self._two(one, other)
        if marked_distinct(self._entries.entry(one), self._entries.entry(other)):
            return None

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            owner, rival = self._entries.owner(one, mark), self._entries.owner(other, mark)
            if owner == rival:
                return {}
            before = mark(owner)
            return {owner: replace(before, apart_from=tuple(dict.fromkeys((*before.apart_from, rival))))}

        return self._commit(f"mark as not duplicates: {self._entries.entry(one).paper.display_title}", plan)

    def _two(self, one: str, other: str) -> None:
        if self._entries.canonical_id(one) == self._entries.canonical_id(other):
            raise UsageError("that is one paper", "name two")

    def _claim(self, paper_id: str) -> tuple[bool, bool, bool, str, str]:
        entry = self._entries.entry(paper_id)
        paper, mark = entry.paper, entry.mark
        return mark.citation_key is None, mark == UNTOUCHED, paper.title is None, paper.added, paper_id


def _refuse_changed(now: Entry, seen: Entry, texts: Mapping[str, str | None]) -> None:
    """Refuse to overwrite what another program wrote into the same fields.

    Raises:
        ConflictError: it did.
    """
    from tui.model.correction import field_text  # noqa: PLC0415 - see pairs

    theirs = {name: field_text(now.paper, name) for name in texts}
    changed = [
        name
        for name, text in theirs.items()
        if text not in (field_text(seen.paper, name), " ".join((texts[name] or "").split()))
    ]
    if changed:
        values = "; ".join(f"{name} is now {theirs[name] or 'empty'!r}" for name in changed)
        raise ConflictError(
            f"another program changed this paper meanwhile: {values}", "nothing was overwritten", now.paper.id
        )
