"""The records of one paper to the paper: of every field the most complete value, and every place that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.paper import IN_LATEX, VARIED_FIELDS, FieldVariant, Paper, SourceLocation
from tui.model.provenance import Provenance
from tui.text.fold import fold
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from tui.ingest.record import Record
    from tui.model.partial_date import PartialDate

_PLACED = (
    "title", "authors", "authors_truncated", "affiliation", "date", "category", "has_code", "links", "abstract",
    "earlier_abstracts", "eprint", "doi",
)  # fmt: skip


def merge_records(drafts: Sequence[Record], id: str, aliases: Sequence[str], added: str) -> Paper:  # noqa: A002, the field's name
    """Make the paper of its records.

    Args:
        drafts: at least one record, in any order.
        id: the paper's id.
        aliases: other ids it is known by.
        added: ISO 8601 UTC instant of its first intake.
    """
    ranked = sorted(drafts, key=_rank) if len(drafts) > 1 else drafts
    abstract, earlier = _abstracts(ranked)
    eprint = _first(ranked, "eprint")
    doi = _first(ranked, "doi")
    authored = min((draft for draft in ranked if draft.authors), key=_authors_rank, default=ranked[0])
    values: dict[str, Any] = {
        "title": next((draft.title for draft in ranked if draft.title and draft.curated), _first(ranked, "title")),
        "authors": authored.authors,
        "authors_truncated": authored.authors_truncated,
        "affiliation": _first(ranked, "affiliation"),
        "date": _date(ranked),
        "category": _first(ranked, "category"),
        "has_code": any(draft.has_code for draft in ranked),
        "links": _links(ranked, eprint, doi),
        "abstract": abstract,
        "earlier_abstracts": earlier,
        "eprint": eprint,
        "doi": doi,
    }
    return Paper(
        id=id,
        **values,
        sources=tuple(sorted({draft.source for draft in ranked})),
        provenance=Provenance(_provenance(ranked, values)),
        aliases=tuple(sorted(set(aliases) - {id})),
        added=added,
        variants=tuple(_variants(ranked, values)) if len(ranked) > 1 else (),
    )


def _rank(draft: Record) -> tuple[Any, ...]:
    """The most complete record first: titled, dated, latest; ties by what it says, then by where it stands."""
    date = draft.date
    return (
        draft.title is None,
        -(date.completeness if date else 0),
        _descending(str(date) if date and date.year else ""),
        not draft.authors,
        -len(draft.abstract or ""),
        draft.title or "",
        draft.abstract or "",
        draft.source,
    )


def _descending(text: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in text)


def _authors_rank(draft: Record) -> tuple[bool, int]:
    return (draft.authors_truncated, -len(draft.authors))


def _first(ranked: Sequence[Record], field: str) -> Any:  # noqa: ANN401, the field's own type
    for draft in ranked:
        if value := getattr(draft, field):
            return value
    return None


def _date(ranked: Sequence[Record]) -> PartialDate | None:
    dates = [draft.date for draft in ranked if draft.date]
    return max(dates, key=lambda date: (date.year is not None, date.completeness), default=None)


def _abstracts(ranked: Sequence[Record]) -> tuple[str | None, tuple[str, ...]]:
    """The latest version and the earlier ones; one that was cut short gives way to the whole."""
    texts = [draft.abstract for draft in ranked if draft.abstract]
    texts += [text for draft in ranked for text in draft.earlier_abstracts]
    if len(texts) < 2:
        return next(iter(texts), None), ()
    versions: dict[str, str] = {}
    for text in texts:
        versions.setdefault(normalise_words(text), text)
    latest = _whole(next(iter(versions)), versions)
    earlier = [key for key in versions if key != latest and _whole(key, versions) == key]
    return versions[latest], tuple(versions[key] for key in earlier)


def _whole(text: str, versions: dict[str, str]) -> str:
    return max((other for other in versions if other.startswith(text)), key=len)


def _links(ranked: Sequence[Record], eprint: str | None, doi: str | None) -> tuple[str, ...]:
    own = [f"https://arxiv.org/abs/{eprint}"] if eprint else []
    own += [f"https://doi.org/{doi}"] if doi else []
    return tuple(dict.fromkeys((*own, *(link for draft in ranked for link in draft.links))))


def _provenance(ranked: Sequence[Record], values: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Every place that gives the value a field has, field by field."""
    placed = [(draft, dict(draft.positions)) for draft in ranked]
    for field in _PLACED:
        if not values[field]:
            continue
        found: set[SourceLocation] = set()
        for draft, places in placed:
            if field == "earlier_abstracts":
                if "abstract" in places and not _gives(draft, "abstract", values):
                    found.add(places["abstract"])
                if field in places:
                    found.add(places[field])
            elif field in places and _gives(draft, field, values):
                found.add(places[field])
            elif field == "links" and ("eprint" in places or "doi" in places):
                found.add(places.get("eprint") or places["doi"])
        for page, line in sorted(found) if len(found) > 1 else found:
            yield field, page, line
    yield from _latex(placed, values)


def _latex(
    placed: Sequence[tuple[Record, dict[str, SourceLocation]]], values: dict[str, Any]
) -> Iterator[tuple[str, str, int]]:
    """The places of fields in LaTeX, letter by letter: another record's commands are not this bibliography's."""
    for field, mark in IN_LATEX.items():
        given = {
            places[mark] for draft, places in placed if mark in places and getattr(draft, field) == values[field]
        }
        for page, line in sorted(given):
            yield mark, page, line


def _variants(ranked: Sequence[Record], values: dict[str, Any]) -> Iterator[FieldVariant]:
    """What the records say that differs from the paper's values, each once a place; abstracts are kept apart."""
    found: dict[FieldVariant, None] = {}
    for field in VARIED_FIELDS:
        for record in ranked:
            own = getattr(record, field)
            if own and not _gives(record, field, values):
                location = dict(record.positions).get(field, record.source)
                found[FieldVariant(field, "; ".join(own) if field == "authors" else str(own), location)] = None
    yield from sorted(found)


def _gives(draft: Record, field: str, values: dict[str, Any]) -> bool:
    """Whether a record's value is the paper's value, as far as it goes."""
    own, chosen = getattr(draft, field), values[field]
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
