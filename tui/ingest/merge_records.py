"""Merge a paper's records: the most complete value of every field, and every location that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.merge_publications import merge_publications, most_complete_date
from tui.model.paper import IN_LATEX, PUBLICATION, VARIED_FIELDS, FieldVariant, Paper, SourceLocation
from tui.model.provenance import Provenance
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS, VARIED_PUBLICATION_FIELDS
from tui.text.fold import fold
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from tui.ingest.record import Record
    from tui.model.partial_date import PartialDate
    from tui.model.publication import Publication

_PLACED = (
    "title", "authors", "authors_truncated", "affiliation", "date", "category", "has_code", "links", "abstract",
    "earlier_abstracts", "eprint", "doi",
)  # fmt: skip


def merge_records(records: Sequence[Record], id: str, aliases: Sequence[str], added: str) -> Paper:  # noqa: A002, the field's name
    """Merge records into a paper.

    Args:
        records: at least one record, in any order.
        id: the paper's id.
        aliases: other ids it is known by.
        added: ISO 8601 UTC timestamp of its first import.
    """
    ranked = sorted(records, key=_rank) if len(records) > 1 else records
    abstract, earlier = _abstracts(ranked)
    eprint = _first(ranked, "eprint")
    doi = _first(ranked, "doi")
    publication, year = merge_publications([(record.publication, record.date) for record in ranked])
    authored = min((record for record in ranked if record.authors), key=_authors_rank, default=ranked[0])
    values: dict[str, Any] = {
        "title": next(
            (record.title for record in ranked if record.title and record.curated), _first(ranked, "title")
        ),
        "authors": authored.authors,
        "authors_truncated": authored.authors_truncated,
        "affiliation": _first(ranked, "affiliation"),
        "date": most_complete_date((record.date for record in ranked), year),
        "category": _first(ranked, "category"),
        "has_code": any(record.has_code for record in ranked),
        "links": _links(ranked, eprint, doi),
        "abstract": abstract,
        "earlier_abstracts": earlier,
        "eprint": eprint,
        "doi": doi,
    }
    return Paper(
        id=id,
        **values,
        publication=publication,
        sources=tuple(sorted({record.source for record in ranked})),
        provenance=Provenance(_provenance(ranked, values, publication)),
        aliases=tuple(sorted(set(aliases) - {id})),
        added=added,
        variants=tuple(_variants(ranked, values, publication)) if len(ranked) > 1 else (),
    )


def _rank(record: Record) -> tuple[Any, ...]:
    """Sort key, most complete record first: titled, dated, latest; ties by contents, then by location."""
    date = record.date
    return (
        record.title is None,
        -(date.completeness if date else 0),
        _descending(str(date) if date and date.year else ""),
        not record.authors,
        -len(record.abstract or ""),
        record.title or "",
        record.abstract or "",
        record.source,
    )


def _descending(text: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in text)


def _authors_rank(record: Record) -> tuple[bool, int]:
    return (record.authors_truncated, -len(record.authors))


def _first(ranked: Sequence[Record], field: str) -> Any:  # noqa: ANN401, the field's own type
    for record in ranked:
        if value := getattr(record, field):
            return value
    return None


def _abstracts(ranked: Sequence[Record]) -> tuple[str | None, tuple[str, ...]]:
    """The latest version and the earlier ones; truncated versions are dropped."""
    texts = [record.abstract for record in ranked if record.abstract]
    texts += [text for record in ranked for text in record.earlier_abstracts]
    if len(texts) < 2:
        return next(iter(texts), None), ()
    versions: dict[str, str] = {}
    for text in texts:
        versions.setdefault(normalise_words(text), text)
    latest = _longest_version(next(iter(versions)), versions)
    earlier = [key for key in versions if key != latest and _longest_version(key, versions) == key]
    return versions[latest], tuple(versions[key] for key in earlier)


def _longest_version(text: str, versions: dict[str, str]) -> str:
    return max((other for other in versions if other.startswith(text)), key=len)


def _links(ranked: Sequence[Record], eprint: str | None, doi: str | None) -> tuple[str, ...]:
    own = [f"https://arxiv.org/abs/{eprint}"] if eprint else []
    own += [f"https://doi.org/{doi}"] if doi else []
    return tuple(dict.fromkeys((*own, *(link for record in ranked for link in record.links))))


def _provenance(
    ranked: Sequence[Record], values: dict[str, Any], publication: Publication
) -> Iterator[tuple[str, str, int]]:
    """Every location that gives the value of a field, by field."""
    placed = [(record, dict(record.positions)) for record in ranked]
    for field in _PLACED:
        if not values[field]:
            continue
        found: set[SourceLocation] = set()
        for record, positions in placed:
            if field == "earlier_abstracts":
                if "abstract" in positions and not _gives(record, "abstract", values):
                    found.add(positions["abstract"])
                if field in positions:
                    found.add(positions[field])
            elif field in positions and _gives(record, field, values):
                found.add(positions[field])
            elif field == "links" and ("eprint" in positions or "doi" in positions):
                found.add(positions.get("eprint") or positions["doi"])
        for source, line in sorted(found) if len(found) > 1 else found:
            yield field, source, line
    yield from _published(placed, publication)
    yield from _latex(placed, values)


def _published(
    placed: Sequence[tuple[Record, dict[str, SourceLocation]]], publication: Publication
) -> Iterator[tuple[str, str, int]]:
    """Every location that gives the value of a field of the publication, or one of its values."""
    if publication is NO_PUBLICATION:
        return
    given = [
        (record.publication, positions["publication"]) for record, positions in placed if "publication" in positions
    ]
    if all(each == publication for each, _ in given):
        yield from ((PUBLICATION, source, line) for source, line in sorted({at for _, at in given}))
        return
    for row, value in zip(PUBLICATION_FIELDS, publication, strict=True):
        if not value:
            continue
        found = {
            at
            for each, at in given
            if (own := getattr(each, row.name)) and (own == value or (row.kind.is_list and set(own) <= set(value)))
        }
        yield from ((row.name, source, line) for source, line in sorted(found))


def _latex(
    placed: Sequence[tuple[Record, dict[str, SourceLocation]]], values: dict[str, Any]
) -> Iterator[tuple[str, str, int]]:
    """The locations of fields in LaTeX with exactly this value: the commands of other records do not count."""
    for field, marker in IN_LATEX.items():
        given = [
            positions[marker]
            for record, positions in placed
            if marker in positions and getattr(record, field) == values[field]
        ]
        if given:
            yield from [(marker, source, line) for source, line in sorted(set(given))]


def _variants(ranked: Sequence[Record], values: dict[str, Any], publication: Publication) -> Iterator[FieldVariant]:
    """What the records say that differs from the paper's values, with its location; abstracts are kept apart."""
    found: dict[FieldVariant, None] = {}
    for field in VARIED_FIELDS:
        for record in ranked:
            own = getattr(record, field)
            if own and not _gives(record, field, values):
                location = dict(record.positions).get(field, record.source)
                found[FieldVariant(field, "; ".join(own) if field == "authors" else str(own), location)] = None
    for record in ranked:
        if record.publication is NO_PUBLICATION:
            continue
        location = dict(record.positions).get("publication", record.source)
        for field in VARIED_PUBLICATION_FIELDS:
            own = getattr(record.publication, field)
            if own and own != getattr(publication, field):
                found[FieldVariant(field, own, location)] = None
    yield from sorted(found)


def _gives(record: Record, field: str, values: dict[str, Any]) -> bool:
    """Whether a record's value is the paper's value or a part of it."""
    own, chosen = getattr(record, field), values[field]
    if own == chosen:
        return True
    if field == "abstract":
        return normalise_words(chosen).startswith(normalise_words(own))
    if field == "title":
        return normalise_words(own) == normalise_words(chosen)
    if field == "authors":
        return {fold(name) for name in own} <= {fold(name) for name in chosen}
    if field == "date":
        return all(part is None or part == whole for part, whole in zip(_parts(own), _parts(chosen), strict=True))
    return field == "links"


def _parts(date: PartialDate) -> tuple[int | None, ...]:
    return (date.year, date.month, date.day)
