"""The JSON record of an entry: the documented, stable keys of all JSON output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.display_names import is_group, shown_names, without_braces
from tui.model.paper import locations_by_field
from tui.model.publication import encode_publication
from tui.text.cleanup import encodable

if TYPE_CHECKING:
    from typing import Any

    from tui.model.entry import Entry


def json_record(entry: Entry, citation_key: str | None) -> dict[str, Any]:
    """The entry as JSON values, always with every key, in the same order.

    Args:
        entry: the paper and its mark.
        citation_key: its citation key, or None if it has none yet.
    """
    paper, mark = entry.paper, entry.mark
    return {
        "id": encodable(paper.id),
        "title": _optional(paper.title),
        "authors": _all(shown_names(paper.authors)),
        "authors_truncated": paper.authors_truncated,
        "affiliation": _optional(paper.affiliation),
        "date": None if paper.date is None else str(paper.date),
        "category": _optional(paper.category),
        "has_code": paper.has_code,
        "links": _all(paper.links),
        "abstract": _optional(paper.abstract),
        "earlier_abstracts": _all(paper.earlier_abstracts),
        "status": str(mark.status),
        "starred": mark.starred,
        "tags": _all(mark.tags),
        "note": encodable(mark.note),
        "snoozed_until": _optional(mark.snoozed_until),
        "priority": mark.priority,
        "due": mark.due,
        "citation_key": _optional(citation_key),
        "added": encodable(paper.added),
        "read_at": _optional(mark.read_at),
        "sources": [{"page": encodable(source.page), "line": source.line} for source in paper.sources],
        "eprint": _optional(paper.eprint),
        "doi": _optional(paper.doi),
        "group_authors": _all(tuple(map(without_braces, filter(is_group, paper.authors)))),
        "provenance": {
            field: [encodable(f"{at.page}:{at.line}") for at in places]
            for field, places in locations_by_field(paper).items()
        },
        "variants": [
            {"field": field, "value": encodable(value), "at": encodable(f"{at.page}:{at.line}")}
            for field, value, at in paper.variants
        ],
        "publication": _encodable(encode_publication(paper.publication)),
    }


def _optional(text: str | None) -> str | None:
    return None if text is None else encodable(text)


def _all(texts: tuple[str, ...]) -> list[str]:
    return [encodable(text) for text in texts]


def _encodable(value: Any) -> Any:  # noqa: ANN401, a JSON value
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {key: _encodable(each) for key, each in value.items()}
    return [_encodable(each) for each in value]
