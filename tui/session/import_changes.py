"""Changes of year and identifiers that an import would make in papers with marks, shown before importing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.model.correction import field_text
from tui.model.mark import UNTOUCHED
from tui.model.merge_publications import is_preprint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tui.ingest.pipeline import IngestResult
    from tui.model.mark import Mark
    from tui.model.paper import Paper
    from tui.store.store import Store


class ImportChange(NamedTuple):
    """One field of one paper, before and after.

    Attributes:
        id: the paper.
        title: its title, or the first words of its abstract.
        field: the name of a correctable field, or ``citation key``.
        before: the current text.
        after: the text after the import.
    """

    id: str
    title: str
    field: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """The change on one line."""
        return f"{self.title}: {_LABELS[self.field]} {self.before} becomes {self.after}"

    @property
    def kept_line(self) -> str:
        """The change on one line, if it was not applied."""
        if self.field == KEY:  # two papers were merged, each with a key
            return self.line
        return f"{self.title}: {_LABELS[self.field]} {self.before} kept (the file has {self.after})"

    def keep_old_value(self, mark: Mark) -> Mark:
        """The mark of an imported record, with a correction that keeps the old value."""
        if self.field == KEY:
            return mark
        return mark._replace(corrected=tuple(sorted((dict(mark.corrected) | {self.field: self.before}).items())))


KEY = "citation key"
_LABELS = {"date": "date", "doi": "DOI", "eprint": "arXiv id", KEY: KEY}


def find_changes(result: IngestResult, store: Store, updated: Collection[str] = ()) -> tuple[ImportChange, ...]:
    """Changes that an import would make in papers with marks.

    Args:
        result: all papers after the import.
        store: the current papers.
        updated: ids of papers of which the import brings a newer version.
    """
    marked = store.marks.ids()
    found: list[ImportChange] = []
    for paper in result.papers:
        for name in (paper.id, *paper.aliases):
            if name in marked and name in store.catalogue and store.marks.get(name).part_of is None:
                if name in updated and _has_key_alone(store.marks.get(name)):
                    continue  # its file gave it the key, and a newer version of that file gives it the rest
                found += _field_changes(
                    paper, store.catalogue.paper(name), store.marks.get(name), moved=name != paper.id
                )
                if name != paper.id and (key := store.marks.get(name).citation_key):
                    kept = store.marks.get(paper.id).citation_key
                    found += (
                        [ImportChange(paper.id, paper.display_title, KEY, key, kept)] if kept and kept != key else []
                    )
    return tuple(dict.fromkeys(found))


def _has_key_alone(mark: Mark) -> bool:
    """Whether a mark holds nothing but the citation key that an import gave the paper."""
    return mark._replace(citation_key=None, records=()) == UNTOUCHED


def _field_changes(after: Paper, before: Paper, mark: Mark, *, moved: bool) -> Iterator[ImportChange]:
    corrected = dict(mark.corrected)
    for field in _LABELS:
        if field == KEY or field in corrected or (moved and field == "date"):
            continue
        old, new = field_text(before, field), field_text(after, field)
        if field == "date" and (old[:4] == new[:4] or _is_newly_published(before, after)):
            continue  # a year comes with its venue: one of them alone would make a false citation
        if old and new and old.casefold() != new.casefold():
            yield ImportChange(after.id, after.display_title, field, old, new)


def _is_newly_published(before: Paper, after: Paper) -> bool:
    """Whether the paper gets the venue of a published version that it did not have."""
    venue = after.publication.container_title
    return bool(venue) and venue != before.publication.container_title and not is_preprint(after.publication)
