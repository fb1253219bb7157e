"""Newer versions of imported files: which source a file replaces, and which paper each of its records belongs to.

The same citation key in a file with the same name means the same paper, even if its title was corrected.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.parse_source import parse_source
from tui.ingest.pinned_records import record_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ingest.record import Record
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper, SourceLocation

_NUMBERED = re.compile(r"-\d+(?=(?:\.[^.]*)?\Z)")
# A file that has fewer of the keys of an older one with its name is taken for another bibliography.
_MIN_COMMON_KEYS = 0.5
_COMPARED = ("title", "authors", "date", "doi", "eprint")


class SourceUpdate(NamedTuple):
    """An import that replaces a source.

    Attributes:
        replaced: name of the source that is replaced.
        pins: names of the new records, each with the id of the paper that had a record with its citation key.
    """

    replaced: str
    pins: Mapping[str, str]


class PaperUpdate(NamedTuple):
    """A field that the newer version of a file changes.

    Attributes:
        id: id of the paper.
        title: its title before.
        field: name of the field.
        before: its value before; empty if it had none.
        after: its value after the import.
    """

    id: str
    title: str
    field: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """The update in one line."""
        return f"{self.title}: {self.field} {self.before or 'nothing'} → {self.after or 'nothing'}"


def find_update(
    source: SourceFile, name: str, current: Sequence[SourceFile], owners: Mapping[SourceLocation, str]
) -> SourceUpdate | None:
    """The source that a file is a newer version of; None if it is none.

    Args:
        source: the file.
        name: its name, without the number that tells it from others of its name.
        current: the imported sources, in the order of their import.
        owners: for the location of each record, the id of its paper.
    """
    older = next((other for other in reversed(current) if _NUMBERED.sub("", other.name) == name), None)
    if older is None:
        return None
    before, after = _by_key(older), _by_key(source)
    common = before.keys() & after.keys()
    if not common or len(common) < _MIN_COMMON_KEYS * len(before):
        return None
    pins = {
        record_name(after[key]): owners[before[key].source] for key in sorted(common) if before[key].source in owners
    }
    return SourceUpdate(older.name, pins)


def compare_papers(before: Mapping[str, Paper], after: Sequence[Paper], updated: frozenset[str]) -> list[PaperUpdate]:
    """The fields that differ in papers with a record in an updated source."""
    return [
        PaperUpdate(paper.id, known.display_title, field, *values)
        for paper in after
        if paper.id in updated and (known := before.get(paper.id)) is not None
        for field in _COMPARED
        if (values := (_text(known, field), _text(paper, field)))[0] != values[1]
    ]


def _by_key(source: SourceFile) -> dict[str, Record]:
    """The records of a source that have a citation key of their own, by key."""
    found: dict[str, Record] = {}
    repeated: set[str] = set()
    for record in parse_source(source).records:
        key = record.mark.citation_key if record.mark and record.mark.citation_key else record.details.key
        if key in found:
            repeated.add(key)
        elif key:
            found[key] = record
    return {key: record for key, record in found.items() if key not in repeated}


def _text(paper: Paper, field: str) -> str:
    value = getattr(paper, field)
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")
