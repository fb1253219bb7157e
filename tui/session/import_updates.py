"""Newer versions of imported files: which source a file replaces, and which paper each of its records belongs to.

The same citation key in a file with the same name means the same paper, even if its title was corrected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.parse_source import parse_source
from tui.ingest.pinned_records import record_name
from tui.model.publication import PUBLICATION_FIELDS
from tui.model.value_kind import EXTRAS
from tui.session.source_names import name_without_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.ingest.record import Record
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper, SourceLocation
    from tui.model.value_kind import ExtraField

# A file that has fewer of the keys of an older one with its name is taken for another bibliography.
_MIN_COMMON_KEYS = 0.5
_COMPARED = ("title", "authors", "date", "doi", "eprint", "category", "links")


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
    source: SourceFile,
    name: str,
    current: Sequence[SourceFile],
    owners: Mapping[SourceLocation, str],
    *,
    replaces: str | None = None,
) -> SourceUpdate | None:
    """The source that a file is a newer version of; None if it is none.

    Args:
        source: the file.
        name: its name, without the number that tells it from others of its name.
        current: the imported sources, in the order of their import.
        owners: for the location of each record, the id of its paper.
        replaces: the name of the source, if it is known which one the file is a newer version of.
    """
    older = next((other for other in reversed(current) if _is_older(other.name, name, replaces)), None)
    if older is None:
        return None
    before, after = _by_key(older), _by_key(source)
    common = before.keys() & after.keys()
    if replaces is None and (not common or len(common) < _MIN_COMMON_KEYS * len(before)):
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
        for field, *values in _differences(known, paper)
    ]


def _differences(before: Paper, after: Paper) -> Iterator[tuple[str, str, str]]:
    """Name, old and new text of every field that differs."""
    for field in _COMPARED:
        if (text := _text(before, field)) != _text(after, field):
            yield field, text, _text(after, field)
    for row, old, new in zip(PUBLICATION_FIELDS, before.publication, after.publication, strict=True):
        if old == new:
            continue
        if row.kind is EXTRAS:
            yield from _verbatim_differences(before.publication.extra, after.publication.extra)
        else:
            yield row.label, row.kind.text(old), row.kind.text(new)


def _verbatim_differences(
    before: Sequence[ExtraField], after: Sequence[ExtraField]
) -> Iterator[tuple[str, str, str]]:
    for source_format, name in dict.fromkeys((each.format, each.name) for each in (*before, *after)):
        old, new = (_verbatim(extra, source_format, name) for extra in (before, after))
        if old != new:
            yield name, old, new


def _verbatim(extra: Sequence[ExtraField], source_format: str, name: str) -> str:
    return "; ".join(each.value for each in extra if (each.format, each.name) == (source_format, name))


def _is_older(source: str, name: str, replaces: str | None) -> bool:
    return name_without_number(source) == name if replaces is None else source == replaces


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
