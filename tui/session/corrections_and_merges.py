"""Corrections of fields, merging of duplicates, and marking of pairs as not duplicates; each is one undo step.

They are stored in the marks, so that reading the sources again, in any order, keeps them, and undo, redo and other
processes treat them like any mark. (Merging papers as records of sources are merged would mean reading all sources
again for one key, and again for an undo.)
"""

from __future__ import annotations

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

# From least to most advanced.
_ADVANCE = (Status.UNREAD, Status.SKIPPED, Status.QUEUED, Status.READING, Status.READ)


class Curation:
    """Corrections and duplicates of one reading list.

    Args:
        entries: the papers with their marks.
        commit: makes a change from a label and a plan.
    """

    def __init__(self, entries: Entries, commit: Callable[[str, Plan], Change | None]) -> None:
        self._entries = entries
        self._commit = commit
        self._found: tuple[int, tuple[DuplicatePair, ...]] = (-1, ())

    def correct(self, paper_id: str, texts: Mapping[str, str | None], seen: Entry | None = None) -> Change | None:
        """Correct fields of a paper; returns None if nothing changes.

        Args:
            paper_id: the paper.
            texts: field and text, as in ``tui.model.correction``; None reverts to the value of the sources.
            seen: the paper on which the texts are based.

        Raises:
            ConflictError: another program changed one of the fields since then.
            UsageError: a text is invalid for its field, or another paper has the citation key.
        """
        from tui.model.correction import edit_for  # noqa: PLC0415 - rarely needed

        entry = self._entries.entry(paper_id)
        try:
            edit = edit_for(entry, texts)
        except ValueError as error:
            raise UsageError(str(error)) from None

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            owner = self._entries.owner(paper_id, mark)
            current = self._entries.read_entry(owner)
            if seen is not None:
                _refuse_changed(current, seen, texts)
            if edit.citation_key:
                self._refuse_taken(edit.citation_key, owner, mark)
            return {owner: edit_for(current, texts).apply(mark(owner), "")}

        return self._commit(f"{edit.label}: {entry.paper.display_title}", plan)

    def _refuse_taken(self, key: str, owner: str, mark: Callable[[str], Mark]) -> None:
        """Refuse a citation key that is another paper's; BibTeX does not distinguish keys by their case.

        Raises:
            UsageError: it is taken.
        """
        for paper_id in self._entries.ids():
            theirs = mark(paper_id).citation_key
            if theirs and paper_id != owner and theirs.casefold() == key.casefold():
                title = self._entries.entry(paper_id).paper.display_title
                hint = "use another key, or change that one first"
                raise UsageError(f"the citation key {theirs} already belongs to {title!r}", hint)

    def pairs(self, progress: Progress | None = None) -> tuple[DuplicatePair, ...]:
        """Pairs of possible duplicates, the most certain first; cached until the list changes.

        May be called in another thread than the one that changes the list.

        Args:
            progress: called with (papers compared, total).
        """
        if not self.is_compared:
            from tui.insight.duplicates import find_duplicate_pairs  # noqa: PLC0415 - rarely needed

            revision = self._entries.revision
            found = find_duplicate_pairs(
                [self._entries.entry(paper_id) for paper_id in self._entries.ids()], progress
            )
            self._found = revision, found
        return self._found[1]

    @property
    def is_compared(self) -> bool:
        """Whether the pairs are cached."""
        return self._found[0] == self._entries.revision

    def is_open(self, pair: DuplicatePair) -> bool:
        """Whether both papers are still in the list and are not marked as not duplicates."""
        ids = frozenset(self._entries.ids())
        if pair.one not in ids or pair.other not in ids:
            return False
        return not marked_distinct(self._entries.entry(pair.one), self._entries.entry(pair.other))

    def in_order(self, pair: DuplicatePair) -> tuple[str, str]:
        """The paper to keep and the other: prefers one with a pinned key, with a mark, added earlier."""
        one, other = sorted((pair.one, pair.other), key=self._preference)
        return one, other

    def merge(self, kept: str, other: str) -> Change | None:
        """Merge two papers; the marks of both are kept, and the id of the other resolves to the kept one.

        Args:
            kept: its values win where both have one, including its pinned citation key.
            other: completes it.

        Raises:
            UsageError: both are the same paper.
        """
        self._check_two(kept, other)
        paper = self._entries.entry(kept).paper

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            from tui.model.correction import field_text  # noqa: PLC0415 - rarely needed

            # Another program may have merged one of them meanwhile.
            target, source = self._entries.owner(kept, mark), self._entries.owner(other, mark)
            if target == source:
                return {}
            ours, theirs = mark(target), mark(source)
            usable = tuple((field, text) for field, text in theirs.corrected if not field_text(paper, field))
            both = merge_marks(ours, theirs._replace(corrected=usable, part_of=None, records=()))
            apart = tuple(name for name in both.apart_from if name not in (target, source))
            status = max(ours.status, theirs.status, key=_ADVANCE.index)
            # A used key stays reserved, even while its paper is merged into another.
            pin = theirs.citation_key if ours.citation_key else None
            return {
                target: both._replace(status=status, apart_from=apart),
                source: UNTOUCHED._replace(part_of=target, citation_key=pin, records=theirs.records),
            }

        return self._commit(f"merge two papers: {paper.display_title}", plan)

    def mark_distinct(self, one: str, other: str) -> Change | None:
        """Mark two papers as not duplicates; returns None if they already are.

        Raises:
            UsageError: both are the same paper.
        """
        self._check_two(one, other)
        if marked_distinct(self._entries.entry(one), self._entries.entry(other)):
            return None

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            owner, rival = self._entries.owner(one, mark), self._entries.owner(other, mark)
            if owner == rival:
                return {}
            before = mark(owner)
            return {owner: before._replace(apart_from=tuple(dict.fromkeys((*before.apart_from, rival))))}

        return self._commit(f"mark as not duplicates: {self._entries.entry(one).paper.display_title}", plan)

    def _check_two(self, one: str, other: str) -> None:
        if self._entries.canonical_id(one) == self._entries.canonical_id(other):
            raise UsageError("both arguments are the same paper", "specify two different papers")

    def _preference(self, paper_id: str) -> tuple[bool, bool, bool, str, str]:
        entry = self._entries.entry(paper_id)
        paper, mark = entry.paper, entry.mark
        return mark.citation_key is None, mark == UNTOUCHED, paper.title is None, paper.added, paper_id


def _refuse_changed(current: Entry, seen: Entry, texts: Mapping[str, str | None]) -> None:
    """Refuse to overwrite fields that another program has changed.

    Raises:
        ConflictError: another program changed one of the fields.
    """
    from tui.model.correction import entry_text  # noqa: PLC0415 - rarely needed

    theirs = {name: entry_text(current, name) for name in texts}
    changed = [
        name
        for name, text in theirs.items()
        if text not in (entry_text(seen, name), " ".join((texts[name] or "").split()))
    ]
    if changed:
        values = ", ".join(f"{name} is now {theirs[name] or 'empty'!r}" for name in changed)
        raise ConflictError(
            f"another program changed this paper: {values}", "nothing was overwritten", current.paper.id
        )
