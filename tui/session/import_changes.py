"""What an import would change in papers that the user has marked: year and identifiers, shown before it is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tui.model.correction import field_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.ingest.pipeline import IngestResult
    from tui.model.mark import Mark
    from tui.model.paper import Paper
    from tui.store.store import Store


class ImportChange(NamedTuple):
    """One field of one paper, before and after.

    Attributes:
        id: the paper.
        heading: its title, or how its abstract begins.
        field: as corrections call it, or ``citation key``.
        before: its text.
        after: the text that the import gives it.
    """

    id: str
    title: str
    field: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """The change on one line."""
        return f"{self.title}: {_WORDS[self.field]} {self.before} becomes {self.after}"

    @property
    def kept_line(self) -> str:
        """What to say where it was left out."""
        if self.field == KEY:  # of two papers that are one now, each with its key
            return self.line
        return f"{self.title}: {_WORDS[self.field]} {self.before} was kept; the file says {self.after}"

    def keep_old_value(self, mark: Mark) -> Mark:
        """The mark that a record brings, with what leaves the field as it is."""
        if self.field == KEY:
            return mark
        return replace(mark, corrected=tuple(sorted((dict(mark.corrected) | {self.field: self.before}).items())))


KEY = "citation key"
_WORDS = {"date": "date", "doi": "DOI", "eprint": "arXiv number", KEY: KEY}


def find_changes(intake: IngestResult, library: Store) -> tuple[ImportChange, ...]:
    """What changes in papers that the user has marked.

    Args:
        intake: all papers as they would be.
        library: the papers as they are.
    """
    marked = library.marked()
    found: list[ImportChange] = []
    for paper in intake.papers:
        for name in (paper.id, *paper.aliases):
            if name in marked and name in library and library.mark(name).part_of is None:
                found += _shifts(paper, library.paper(name), library.mark(name), moved=name != paper.id)
                if name != paper.id and (key := library.mark(name).citation_key):
                    kept = library.mark(paper.id).citation_key
                    found += (
                        [ImportChange(paper.id, paper.display_title, KEY, key, kept)] if kept and kept != key else []
                    )
    return tuple(dict.fromkeys(found))


def _shifts(after: Paper, before: Paper, mark: Mark, *, moved: bool) -> Iterator[ImportChange]:
    corrected = dict(mark.corrected)
    for field in _WORDS:
        if field == KEY or field in corrected or (moved and field == "date"):
            continue
        old, new = field_text(before, field), field_text(after, field)
        if field == "date" and old[:4] == new[:4]:
            continue
        if old and new and old.casefold() != new.casefold():
            yield ImportChange(after.id, after.display_title, field, old, new)
