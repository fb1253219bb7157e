"""A paper that was merged from records of two, split again: what its records are, and giving some of them a paper.

Works for what the pages merged, by assigning records to papers, which every later reading of the pages respects; and
for what the user joined. Each part gets the marks that it had, as far as the history, the merged records or what was
kept of a merge tell.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.errors import UsageError
from tui.model.change import apply_changes, diff, inverse, revert_changes
from tui.model.mark import UNTOUCHED, merge_marks
from tui.session.source_sync import MERGED
from tui.store.codec import decode_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tui.ingest.record import Record
    from tui.model.change import Change, FieldChange
    from tui.model.mark import Mark
    from tui.model.paper import SourceLocation
    from tui.session.entries import Entries
    from tui.session.source_sync import SourceSync
    from tui.store.store import Store


class PaperRecord(NamedTuple):
    """One record of a paper.

    Attributes:
        number: its number among the records of the paper, from 1.
        owner: id of the paper that it was before the user joined papers.
        source: where it stands, or None where its page is gone.
        title: or None.
        authors: as printed.
        year: or None.
        identifiers: DOI, arXiv number and citation key, as far as it has them.
        name: what it is assigned to a paper by; empty where its page is gone.
    """

    number: int
    owner: str
    source: SourceLocation | None
    title: str | None
    authors: tuple[str, ...]
    year: int | None
    identifiers: tuple[str, ...]
    name: str

    @property
    def line(self) -> str:
        """The record on one line."""
        place = f"{self.source.page}:{self.source.line}" if self.source else "on no page any more"
        authors = ", ".join(self.authors[:2]) + (" et al." if len(self.authors) > 2 else "")
        parts = (str(self.year or ""), *self.identifiers, self.title or "(no title)", authors, place)
        return "  ".join((str(self.number), *filter(None, parts)))


class _Merged(NamedTuple):
    """A paper that the pages made part of another one.

    Attributes:
        gone: the id that it had.
        mark: the mark that it had.
        before: the mark of the other one before.
        after: the mark of both.
    """

    gone: str
    mark: Mark
    before: Mark
    after: Mark


class SplitPapers:
    """Splits papers of one reading list.

    Args:
        library: the open store.
        entries: its papers and marks put together.
        arrivals: its pages.
        forget: called when the papers have changed.
        now: gives the ISO 8601 UTC instant.
    """

    def __init__(
        self,
        library: Store,
        entries: Entries,
        arrivals: SourceSync,
        forget: Callable[[], None],
        now: Callable[[], str],
    ) -> None:
        self._library = library
        self._entries = entries
        self._arrivals = arrivals
        self._forget = forget
        self._now = now

    def records(self, paper_id: str) -> tuple[PaperRecord, ...]:
        """The records of a paper, found by reading the pages; those of papers that the user joined to it last."""
        from tui.ingest.pinned_records import record_name  # noqa: PLC0415 - most sessions split nothing

        drafts = self._drafts()
        records: list[PaperRecord] = []
        facts: tuple[SourceLocation | None, str | None, tuple[str, ...], int | None, tuple[str, ...], str]
        for owner in (paper_id, *self._parts(paper_id)):
            paper = self._library.paper(owner)
            found = [drafts[source] for source in paper.sources if source in drafts]
            for draft in found:
                identifiers = _identifiers(draft.doi, draft.eprint, draft.details.key)
                year = draft.date.year if draft.date else None
                facts = (draft.source, draft.title, draft.authors, year, identifiers, record_name(draft))
                records.append(PaperRecord(len(records) + 1, owner, *facts))
            if not found:
                year = paper.date.year if paper.date else None
                facts = (None, paper.title, paper.authors, year, _identifiers(paper.doi, paper.eprint, ""), "")
                records.append(PaperRecord(len(records) + 1, owner, *facts))
        return tuple(records)

    def suggested_records(self, records: Sequence[PaperRecord]) -> frozenset[int]:
        """The numbers of the records to split off where there is but one way to do it; else empty."""
        owners = list(dict.fromkeys(record.owner for record in records))
        if len(owners) == 2:
            return frozenset(record.number for record in records if record.owner == owners[1])
        return frozenset((2,)) if len(records) == 2 else frozenset()

    def split(self, paper_id: str, numbers: Collection[int]) -> tuple[Change | None, str]:
        """As ``write`` has it, and shown."""
        found = self.write(paper_id, numbers)
        self._forget()
        return found

    def write(self, paper_id: str, numbers: Collection[int]) -> tuple[Change | None, str]:
        """Give some records of a paper a paper of their own, as one step of the history.

        In threads, and on being shown, all is as ``Imports.write`` has it.

        Args:
            paper_id: the paper.
            numbers: the records, by their numbers.

        Returns:
            The change, and the id of the other paper.

        Raises:
            UsageError: these records cannot be split off.
            BadInputError: the pages cannot be read.
            CannotWriteError, StoreBusyError: nothing was changed.
        """
        records = self.records(paper_id)
        chosen = self.check(records, numbers)
        owners = {record.owner for record in chosen}
        with self._library.write_lock:
            if paper_id not in owners:
                change, other = self._unjoin(paper_id, owners)
            else:
                kept = [record for record in records if record.owner == paper_id and record not in chosen]
                change, other = self._assign(paper_id, kept, chosen)
            if change is not None and change.rereads:
                self._arrivals.synchronise(self._now())
        return change, other

    @staticmethod
    def check(records: Sequence[PaperRecord], numbers: Collection[int]) -> list[PaperRecord]:
        """The records of these numbers.

        Raises:
            UsageError: they cannot be split off.
        """
        chosen = [record for record in records if record.number in numbers]
        if len(records) < 2:
            raise UsageError("the paper has one record, so there is nothing to split", "")
        if unknown := sorted(set(numbers) - {record.number for record in records}):
            raise UsageError(f"there is no record {unknown[0]}", f"the paper has {len(records)}")
        if not chosen or len(chosen) == len(records):
            raise UsageError("name some of the records, not all", "those that are of another paper")
        owners = {record.owner for record in chosen}
        partly = {record.owner for record in records if record not in chosen} & owners
        if len(owners) > 1 or (partly and owners != {records[0].owner}):
            raise UsageError("these records are of papers that were joined by hand", "split off one of those first")
        if not partly and owners == {records[0].owner}:
            raise UsageError("these records are the paper that the others were joined to", "split off the others")
        rest = {record.name.partition(" ")[0] for record in records if record not in chosen}
        if owners == {records[0].owner} and any(record.name.partition(" ")[0] in rest for record in chosen):
            raise UsageError("two of these records say the same", "nothing would tell them apart later")
        return chosen

    def _unjoin(self, paper_id: str, others: Collection[str]) -> tuple[Change | None, str]:
        """Take back what the user joined, with the marks of both as they would be without it."""
        (other,) = others
        step = self._joining(other)

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            before = apply_changes(mark(other), inverse(step.get(other, ())))
            kept = revert_changes(mark(paper_id), step[paper_id]) if paper_id in step else mark(paper_id)
            apart = tuple(dict.fromkeys((*kept.apart_from, other)))
            return {other: replace(before, part_of=None), paper_id: replace(kept, apart_from=apart)}

        return self._commit(paper_id, plan), other

    def _joining(self, part: str) -> dict[str, tuple[FieldChange, ...]]:
        """What the step changed by which a paper became part of another."""
        for change in self._library.history():
            marks = dict(change.marks)
            if any(field.field == "part_of" and field.new for field in marks.get(part, ())):
                return marks
        return {}

    def _assign(
        self, paper_id: str, kept: Sequence[PaperRecord], chosen: Sequence[PaperRecord]
    ) -> tuple[Change | None, str]:
        """Assign the records of a paper that the pages merged to it and to another one."""
        drafts = self._drafts()
        ours, theirs = (
            reduce(
                merge_marks, (drafts[record.source].mark or UNTOUCHED for record in some if record.source), UNTOUCHED
            )
            for some in (kept, chosen)
        )
        merged = self._merged(paper_id, chosen)
        swapped = None if merged else self._merged(paper_id, kept)
        other = merged.gone if merged else self._free_id(chosen)
        pinned = {key.casefold() for name in self._library.marked() if (key := self._library.mark(name).citation_key)}

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            now = mark(paper_id)
            if merged:
                kept_mark = revert_changes(now, diff(merged.before, merged.after))
                other_mark = merge_marks(mark(other), merged.mark)
            elif swapped:  # the records that stay are those of the paper whose id went
                kept_mark, other_mark = apply_changes(swapped.mark, diff(swapped.after, now)), swapped.before
            else:
                kept_mark, other_mark = _without(now, ours, theirs), merge_marks(mark(other), theirs)
            if (other_mark.citation_key or "").casefold() in pinned - {(now.citation_key or "").casefold()}:
                other_mark = replace(other_mark, citation_key=None)
            if kept_mark.citation_key and kept_mark.citation_key == other_mark.citation_key:
                other_mark = replace(other_mark, citation_key=None)
            apart = tuple(dict.fromkeys((*kept_mark.apart_from, other)))
            names = tuple(record.name for record in kept), tuple(record.name for record in chosen)
            return {
                paper_id: replace(kept_mark, records=names[0], apart_from=apart),
                other: replace(other_mark, records=names[1], part_of=None),
            }

        return self._commit(paper_id, plan), other

    def _merged(self, paper_id: str, chosen: Sequence[PaperRecord]) -> _Merged | None:
        """The paper of these records that the pages merged into this one."""
        known: Any = self._library.get_value(MERGED)
        sources = [list(record.source) for record in chosen if record.source]
        for gone, found in reversed(list(known.items())) if isinstance(known, dict) else ():
            if (
                found["into"] != paper_id
                or gone in self._library
                or not any(at in sources for at in found["sources"])
            ):
                continue
            return _Merged(gone, *(decode_mark(gone, found[name]) for name in ("mark", "before", "after")))
        return None

    def _free_id(self, chosen: Sequence[PaperRecord]) -> str:
        from tui.ingest.paper_ids import digest  # noqa: PLC0415 - see records

        name = digest("\n".join(record.name for record in chosen))
        taken = self._library.marked()
        while name in self._library or name in taken or self._library.canonical_id(name) != name:
            name = digest(name)
        return name

    def _parts(self, paper_id: str) -> list[str]:
        """The papers that the user joined to a paper."""
        parts = (part for part in self._library.merged_ids() if part in self._library)
        return sorted(part for part in parts if part != paper_id and self._entries.canonical_id(part) == paper_id)

    def _drafts(self) -> dict[SourceLocation, Record]:
        from tui.ingest.pipeline import read_drafts  # noqa: PLC0415 - see records

        return {draft.source: draft for draft in read_drafts(self._arrivals.pages())[0]}

    def _commit(self, paper_id: str, plan: Callable[[Callable[[str], Mark]], dict[str, Mark]]) -> Change | None:
        heading = self._entries.entry(paper_id).paper.display_title
        return self._library.commit(f"split a paper: {heading}", plan, at=self._now())


def _identifiers(doi: str | None, eprint: str | None, key: str) -> tuple[str, ...]:
    named = (("doi:", doi), ("arXiv:", eprint), ("key ", key))
    return tuple(f"{name}{value}" for name, value in named if value)


def _without(now: Mark, ours: Mark, theirs: Mark) -> Mark:
    """A mark without what records brought along that are of another paper."""
    key, note = now.citation_key, now.note
    if key and key == theirs.citation_key:
        key = ours.citation_key
    if theirs.note and theirs.note not in ours.note:
        note = note.removesuffix(theirs.note).rstrip("\n") if note.endswith(theirs.note) else note
    return replace(now, citation_key=key, note=note)
