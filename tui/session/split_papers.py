"""Splits a paper that was merged wrongly: lists its records, and moves some of them to a paper of their own.

Papers that sources merged are split by assigning records to papers, which later readings of the sources respect;
papers that the user merged are separated. Each part gets back its own mark, as far as the history or the stored marks
of the merge have it.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.errors import UsageError
from tui.model.change import apply_changes, diff, inverse, revert_changes
from tui.model.mark import UNTOUCHED, merge_marks
from tui.session.catalogue_rebuild import MERGED
from tui.session.source_names import shown_location, shown_names
from tui.store.codec import decode_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tui.ingest.record import Record
    from tui.model.change import Change, FieldChange
    from tui.model.mark import Mark
    from tui.model.paper import SourceLocation
    from tui.session.catalogue_rebuild import SourceSync
    from tui.session.entries import Entries
    from tui.store.store import Store


class PaperRecord(NamedTuple):
    """One record of a paper.

    Attributes:
        number: its number among the records of the paper, from 1.
        owner: id of its paper before the user merged papers.
        source: its location, or None if its source is missing.
        title: or None.
        authors: as printed.
        year: or None.
        identifiers: those it has of DOI, arXiv id and citation key.
        name: identifies it when it is assigned to a paper; empty if its source is missing.
        place: its source and line, as shown.
    """

    number: int
    owner: str
    source: SourceLocation | None
    title: str | None
    authors: tuple[str, ...]
    year: int | None
    identifiers: tuple[str, ...]
    name: str
    place: str = "source missing"

    @property
    def line(self) -> str:
        """The record on one line."""
        authors = ", ".join(self.authors[:2]) + (" et al." if len(self.authors) > 2 else "")
        parts = (str(self.year or ""), *self.identifiers, self.title or "(no title)", authors, self.place)
        return "  ".join((str(self.number), *filter(None, parts)))


class _Merged(NamedTuple):
    """A paper that sources merged into another one.

    Attributes:
        former_id: its id.
        mark: its mark.
        before: the mark of the other paper before.
        after: the merged mark.
    """

    former_id: str
    mark: Mark
    before: Mark
    after: Mark


class SplitPapers:
    """Splits papers of one reading list.

    Args:
        store: the open store.
        entries: its papers with their marks.
        source_sync: its sources.
        on_changed: called when the papers have changed.
        now: returns the current ISO 8601 UTC instant.
    """

    def __init__(
        self,
        store: Store,
        entries: Entries,
        source_sync: SourceSync,
        on_changed: Callable[[], None],
        now: Callable[[], str],
    ) -> None:
        self._store = store
        self._entries = entries
        self._source_sync = source_sync
        self._on_changed = on_changed
        self._now = now

    def records(self, paper_id: str) -> tuple[PaperRecord, ...]:
        """The records of a paper, found by reading the sources; those of papers that the user merged into it last."""
        from tui.ingest.pinned_records import record_name  # noqa: PLC0415 - most sessions split nothing

        by_source, names = self._records_by_source(), shown_names(self._store)
        records: list[PaperRecord] = []
        values: tuple[SourceLocation | None, str | None, tuple[str, ...], int | None, tuple[str, ...], str]
        for owner in (paper_id, *self._parts(paper_id)):
            paper = self._store.catalogue.paper(owner)
            found = [by_source[source] for source in paper.sources if source in by_source]
            for record in found:
                identifiers = _identifiers(record.doi, record.eprint, record.details.key)
                year = record.date.year if record.date else None
                values = (record.source, record.title, record.authors, year, identifiers, record_name(record))
                page, line = shown_location(record.source, names)
                records.append(PaperRecord(len(records) + 1, owner, *values, place=f"{page}:{line}"))
            if not found:
                year = paper.date.year if paper.date else None
                values = (None, paper.title, paper.authors, year, _identifiers(paper.doi, paper.eprint, ""), "")
                records.append(PaperRecord(len(records) + 1, owner, *values))
        return tuple(records)

    def suggested_records(self, records: Sequence[PaperRecord]) -> frozenset[int]:
        """The numbers of the records to split off if there is only one possible way; else empty."""
        owners = list(dict.fromkeys(record.owner for record in records))
        if len(owners) == 2:
            return frozenset(record.number for record in records if record.owner == owners[1])
        return frozenset((2,)) if len(records) == 2 else frozenset()

    def split(self, paper_id: str, numbers: Collection[int]) -> tuple[Change | None, str]:
        """Split and publish the change; see ``write``."""
        outcome = self.write(paper_id, numbers)
        self._on_changed()
        return outcome

    def write(self, paper_id: str, numbers: Collection[int]) -> tuple[Change | None, str]:
        """Move some records of a paper to a paper of their own, as one undoable step.

        May run in another thread; see ``Imports.write``.

        Args:
            paper_id: the paper.
            numbers: the records, by their numbers.

        Returns:
            The change, and the id of the other paper.

        Raises:
            UsageError: these records cannot be split off.
            BadInputError: the sources cannot be read.
            WriteError, StoreBusyError: nothing was changed.
        """
        records = self.records(paper_id)
        chosen = self.check(records, numbers)
        owners = {record.owner for record in chosen}
        with self._store.write_lock:
            if paper_id not in owners:
                change, other = self._unmerge(paper_id, owners)
            else:
                kept = [record for record in records if record.owner == paper_id and record not in chosen]
                change, other = self._assign(paper_id, kept, chosen)
            if change is not None and change.rereads:
                self._source_sync.synchronise(self._now())
        return change, other

    @staticmethod
    def check(records: Sequence[PaperRecord], numbers: Collection[int]) -> list[PaperRecord]:
        """The records of these numbers.

        Raises:
            UsageError: they cannot be split off.
        """
        chosen = [record for record in records if record.number in numbers]
        if len(records) < 2:
            raise UsageError("the paper has only one record; nothing to split")
        if unknown := sorted(set(numbers) - {record.number for record in records}):
            raise UsageError(f"there is no record {unknown[0]}", f"the paper has records 1 to {len(records)}")
        if not chosen or len(chosen) == len(records):
            raise UsageError("select some of the records, not all", "choose those that belong to the other paper")
        owners = {record.owner for record in chosen}
        partly = {record.owner for record in records if record not in chosen} & owners
        if len(owners) > 1 or (partly and owners != {records[0].owner}):
            raise UsageError(
                "these records belong to papers that were merged by hand", "split off one of those papers first"
            )
        if not partly and owners == {records[0].owner}:
            raise UsageError(
                "these records belong to the paper that the others were merged into", "split off the others"
            )
        rest = {record.name.partition(" ")[0] for record in records if record not in chosen}
        if owners == {records[0].owner} and any(record.name.partition(" ")[0] in rest for record in chosen):
            raise UsageError("two of these records are identical", "they could not be distinguished later")
        return chosen

    def _unmerge(self, paper_id: str, others: Collection[str]) -> tuple[Change | None, str]:
        """Undo a merge by the user, with both marks as they would be without it."""
        (other,) = others
        step = self._merging_step(other)

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            before = apply_changes(mark(other), inverse(step.get(other, ())))
            kept = revert_changes(mark(paper_id), step[paper_id]) if paper_id in step else mark(paper_id)
            apart = tuple(dict.fromkeys((*kept.apart_from, other)))
            return {other: before._replace(part_of=None), paper_id: kept._replace(apart_from=apart)}

        return self._commit(paper_id, plan), other

    def _merging_step(self, part: str) -> dict[str, tuple[FieldChange, ...]]:
        """The changes of the step that merged a paper into another."""
        for change in self._store.history.changes():
            marks = dict(change.marks)
            if any(field.field == "part_of" and field.new for field in marks.get(part, ())):
                return marks
        return {}

    def _assign(
        self, paper_id: str, kept: Sequence[PaperRecord], chosen: Sequence[PaperRecord]
    ) -> tuple[Change | None, str]:
        """Assign the records of a paper that sources merged to it and to another one."""
        by_source = self._records_by_source()
        ours, theirs = (
            reduce(
                merge_marks,
                (by_source[record.source].mark or UNTOUCHED for record in some if record.source),
                UNTOUCHED,
            )
            for some in (kept, chosen)
        )
        merged = self._merged(paper_id, chosen)
        swapped = None if merged else self._merged(paper_id, kept)
        other = merged.former_id if merged else self._free_id(chosen)
        pinned = {
            key.casefold() for name in self._store.marks.ids() if (key := self._store.marks.get(name).citation_key)
        }

        def plan(mark: Callable[[str], Mark]) -> dict[str, Mark]:
            current = mark(paper_id)
            if merged:
                kept_mark = revert_changes(current, diff(merged.before, merged.after))
                other_mark = merge_marks(mark(other), merged.mark)
            elif swapped:  # the records that are kept belong to the paper that lost its id
                kept_mark, other_mark = apply_changes(swapped.mark, diff(swapped.after, current)), swapped.before
            else:
                kept_mark, other_mark = _remove_imported(current, ours, theirs), merge_marks(mark(other), theirs)
            if (other_mark.citation_key or "").casefold() in pinned - {(current.citation_key or "").casefold()}:
                other_mark = other_mark._replace(citation_key=None)
            if kept_mark.citation_key and kept_mark.citation_key == other_mark.citation_key:
                other_mark = other_mark._replace(citation_key=None)
            apart = tuple(dict.fromkeys((*kept_mark.apart_from, other)))
            names = tuple(record.name for record in kept), tuple(record.name for record in chosen)
            return {
                paper_id: kept_mark._replace(records=names[0], apart_from=apart),
                other: other_mark._replace(records=names[1], part_of=None),
            }

        return self._commit(paper_id, plan), other

    def _merged(self, paper_id: str, chosen: Sequence[PaperRecord]) -> _Merged | None:
        """The paper of these records that sources merged into this one."""
        stored: Any = self._store.values.get(MERGED)
        sources = [list(record.source) for record in chosen if record.source]
        for former_id, found in reversed(list(stored.items())) if isinstance(stored, dict) else ():
            if (
                found["into"] != paper_id
                or former_id in self._store.catalogue
                or not any(at in sources for at in found["sources"])
            ):
                continue
            return _Merged(former_id, *(decode_mark(former_id, found[name]) for name in ("mark", "before", "after")))
        return None

    def _free_id(self, chosen: Sequence[PaperRecord]) -> str:
        from tui.ingest.paper_ids import digest  # noqa: PLC0415 - most sessions split nothing

        name = digest("\n".join(record.name for record in chosen))
        taken = self._store.marks.ids()
        while name in self._store.catalogue or name in taken or self._store.catalogue.canonical_id(name) != name:
            name = digest(name)
        return name

    def _parts(self, paper_id: str) -> list[str]:
        """The papers that the user merged into a paper."""
        parts = (part for part in self._store.marks.merged_ids() if part in self._store.catalogue)
        return sorted(part for part in parts if part != paper_id and self._entries.canonical_id(part) == paper_id)

    def _records_by_source(self) -> dict[SourceLocation, Record]:
        from tui.ingest.pipeline import read_records  # noqa: PLC0415 - most sessions split nothing

        return {record.source: record for record in read_records(self._source_sync.read_files())[0]}

    def _commit(self, paper_id: str, plan: Callable[[Callable[[str], Mark]], dict[str, Mark]]) -> Change | None:
        heading = self._entries.entry(paper_id).paper.display_title
        return self._store.history.commit(f"split a paper: {heading}", plan, at=self._now())


def _identifiers(doi: str | None, eprint: str | None, key: str) -> tuple[str, ...]:
    named = (("doi:", doi), ("arXiv:", eprint), ("key ", key))
    return tuple(f"{name}{value}" for name, value in named if value)


def _remove_imported(current: Mark, ours: Mark, theirs: Mark) -> Mark:
    """A mark without the key and note imported with records of another paper."""
    key, note = current.citation_key, current.note
    if key and key == theirs.citation_key:
        key = ours.citation_key
    if theirs.note and theirs.note not in ours.note:
        note = note.removesuffix(theirs.note).rstrip("\n") if note.endswith(theirs.note) else note
    return current._replace(citation_key=key, note=note)
