"""The publication of an item of CSL-JSON; variables that no field of a publication holds are kept as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tui.ingest.publication_fields import (
    ET_AL,
    entry_type,
    institution_from_publisher,
    split_numbers,
    type_of_preprint,
)
from tui.model.arxiv import find_arxiv_id
from tui.model.page_range import normalise_pages
from tui.model.publication import PUBLICATION_FIELDS, Publication
from tui.model.publication_types import TYPES
from tui.model.value_kind import PAGES, TEXT, Contributor, ExtraField
from tui.text.markup import line_without_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    People = Callable[[Any], tuple[tuple[str, ...], bool]]

_FORMAT = "csl"
_DATES = ("accessed", "event-date", "original-date")
_TEXTS = {row.csl: row.name for row in PUBLICATION_FIELDS if row.csl and row.kind in (TEXT, PAGES)} | {
    "journalAbbreviation": "container_short", "shortTitle": "short_title", "event": "event_title",
    "article-number": "article_number", "short-container-title": "container_short",
}  # fmt: skip
_PEOPLE = {"editor": "editors", "translator": "translators"}
# Wholly in the paper or its mark, or of no use without the program that wrote it. The list of what a work cites is of
# Crossref, and longer than all else.
_ELSEWHERE = frozenset(
    (
        "id", "type", "title", "author", "abstract", "DOI", "URL", "keyword", "categories", "citation-key", "citekey",
        "note", "reference",
    )
)  # fmt: skip
_OF_CROSSREF = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter",
    "book-section": "chapter", "book-part": "chapter", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "proceedings": "book", "dissertation": "thesis", "posted-content": "article",
    "preprint": "article", "peer-review": "review", "reference-entry": "entry", "report-component": "report",
    "journal": "periodical", "misc": "document", "inproceedings": "paper-conference", "incollection": "chapter",
}  # fmt: skip


def publication_of(
    item: dict[str, Any], people: People, *, eprint: bool, keywords: Sequence[str], other_notes: Sequence[str]
) -> Publication:
    """The publication of an item.

    Args:
        item: the item.
        people: reads a name variable.
        eprint: whether it has an arXiv id.
        keywords: its keywords.
        other_notes: lines of its note that are not the user's.
    """
    given = item.get("type")
    kind = given if isinstance(given, str) else ""
    known = kind if kind in TYPES else _OF_CROSSREF.get(kind, "document")
    values: dict[str, Any] = {"type": known, "keywords": tuple(dict.fromkeys(keywords))}
    extra = [entry_type(_FORMAT, kind)] if kind and kind != known else []
    contributors: list[Contributor] = []
    for name, value in item.items():
        if name in _ELSEWHERE or value in (None, "", [], {}):
            continue
        if _is_people(value):
            named, truncated = people(value)
            named = (*named, ET_AL) if truncated else named
            if (attribute := _PEOPLE.get(name)) is not None:
                values[attribute] = named
            else:
                contributors += [Contributor(name, person) for person in named]
        elif not _read(values, name, value):
            extra.append(ExtraField(_FORMAT, name, json.dumps(value, ensure_ascii=False)))
    if other_notes:
        extra.append(ExtraField(_FORMAT, "note", json.dumps("\n".join(other_notes), ensure_ascii=False)))
    if "pages" in values:
        values["pages"] = normalise_pages(values["pages"])
    institution_from_publisher(values)
    if known == "article" and eprint:
        _leave_out_arxiv(values)
    publication = Publication(**values, contributors=tuple(contributors), extra=tuple(extra))
    return publication._replace(type=type_of_preprint(publication, has_eprint=eprint))


def _leave_out_arxiv(values: dict[str, Any]) -> None:
    """Leave out the publisher and the number of a preprint if they only say its arXiv id, as exports write them."""
    if values.get("publisher") == "arXiv":
        del values["publisher"]
    if find_arxiv_id(number := values.get("number", "")) and number.startswith("arXiv:"):
        del values["number"]


def _read(values: dict[str, Any], name: str, value: Any) -> bool:  # noqa: ANN401, a JSON value
    """Read a variable of text, numbers or a date; returns whether all of it is kept."""
    if (attribute := _TEXTS.get(name)) is not None and (text := _text(value)):
        return bool(values.setdefault(attribute, text) == text)
    if name in ("ISBN", "ISSN"):
        texts = value if isinstance(value, list) else [value]
        values[name.lower()] = tuple(number for text in texts for number in split_numbers(str(text)))
        return True
    date = _date(value)
    if name in _DATES and date:
        values[name.replace("-", "_")] = date
        return True
    return name == "issued" and bool(date) and "/" not in date and set(value) <= {"date-parts", "raw", "date-time"}


def _text(value: Any) -> str:  # noqa: ANN401, a JSON value
    """The value on one line; Crossref has lists of one text."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return " ".join(line_without_markup(value).split()) if isinstance(value, str) else ""


def _is_people(value: Any) -> bool:  # noqa: ANN401, a JSON value
    names = {"family", "literal", "given", "name"}
    return isinstance(value, list) and all(isinstance(each, dict) and names & each.keys() for each in value)


def _date(value: Any) -> str:  # noqa: ANN401, a JSON value
    """The date or range in ISO 8601; empty if it is not made of numbers."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if not isinstance(parts, list):
        return ""
    ends = [_iso(end) for end in parts if isinstance(end, list)]
    return "/".join(ends) if ends and all(ends) else ""


def _iso(parts: list[Any]) -> str:
    texts = [str(part) for part in parts if part is not None]
    if not texts or not all(text.isdecimal() for text in texts):
        return ""
    return "-".join([texts[0].zfill(4), *(text.zfill(2) for text in texts[1:3])])
