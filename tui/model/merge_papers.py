"""Merge two papers, losing nothing of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.merge_publications import merge_publications, most_complete_date
from tui.model.paper import IN_LATEX, VARIED_FIELDS, FieldVariant, provenance_by_field
from tui.model.publication import PUBLICATION_FIELDS, VARIED_PUBLICATION_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from tui.model.paper import Paper, SourceLocation
    from tui.model.publication import Publication

_OPTIONAL = ("title", "affiliation", "category", "abstract", "eprint", "doi")


def merge_papers(kept: Paper, other: Paper) -> Paper:
    """The kept paper, completed by the other one, whose ids become its aliases.

    Args:
        kept: its values win where both have one.
        other: fills missing values; its abstract, if different, becomes an earlier version.
    """
    values: dict[str, Any] = {name: getattr(kept, name) or getattr(other, name) for name in _OPTIONAL}
    authored = other if not kept.authors or (kept.authors_truncated and _is_whole(other)) else kept
    abstracts = (*kept.earlier_abstracts, other.abstract, *other.earlier_abstracts)
    own = {values["abstract"], None}
    values["publication"], year = merge_publications([(each.publication, each.date) for each in (kept, other)])
    values["date"] = most_complete_date((kept.date, other.date), year)
    values["authors"] = authored.authors
    return kept._replace(
        **values,
        authors_truncated=authored.authors_truncated,
        has_code=kept.has_code or other.has_code,
        links=tuple(dict.fromkeys((*kept.links, *other.links))),
        earlier_abstracts=tuple(text for text in dict.fromkeys(abstracts) if text is not None and text not in own),
        sources=tuple(sorted({*kept.sources, *other.sources})),
        provenance=tuple(dict.fromkeys((*_provenance_of(kept, values), *_provenance_of(other, values)))),
        aliases=tuple(sorted({*kept.aliases, other.id, *other.aliases} - {kept.id})),
        added=min(filter(None, (kept.added, other.added)), default=""),
        variants=tuple(dict.fromkeys((*_variants(kept, values), *_variants(other, values)))),
    )


def _variants(paper: Paper, values: Mapping[str, Any]) -> Iterator[FieldVariant]:
    """What a paper's sources say that differs from the values of the merged paper."""
    for field in VARIED_FIELDS:
        own = getattr(paper, field)
        if own and own != values[field]:
            text = "; ".join(own) if field == "authors" else str(own)
            yield from (FieldVariant(field, text, at) for name, at in paper.provenance if name == field)
    for field, at in provenance_by_field(paper):
        if field in VARIED_PUBLICATION_FIELDS:
            own = getattr(paper.publication, field)
            if own != getattr(values["publication"], field):
                yield FieldVariant(field, own, at)
    yield from paper.variants


def _provenance_of(paper: Paper, values: Mapping[str, Any]) -> Iterator[tuple[str, SourceLocation]]:
    """Provenance of a paper's fields, and of LaTeX flags, without those whose value is the other paper's."""
    overridden = {flag for field, flag in IN_LATEX.items() if getattr(paper, field) != values[field]}
    overridden |= {field for field in VARIED_FIELDS if getattr(paper, field) != values[field]}
    merged: Publication = values["publication"]
    if paper.publication == merged:
        return (pair for pair in paper.provenance if pair[0] not in overridden)
    for row in PUBLICATION_FIELDS:
        if not row.kind.is_list and getattr(paper.publication, row.name) != getattr(merged, row.name):
            overridden.add(row.name)
    return (pair for pair in provenance_by_field(paper) if pair[0] not in overridden)


def _is_whole(paper: Paper) -> bool:
    return bool(paper.authors) and not paper.authors_truncated
