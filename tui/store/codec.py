"""Papers, marks and changes as JSON documents and back. Part of the store's format, which the checkpoint numbers.

A field that has its default value is not written. Must not know where documents are kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from tui.errors import StoreDamagedError
from tui.model.change import Change, ChangeKind, FieldChange
from tui.model.mark import Mark, Status
from tui.model.paper import FieldVariant, Paper, SourceLocation
from tui.model.partial_date import PartialDate
from tui.model.provenance import Provenance
from tui.store import strict_json
from tui.store.checkpoint import document_at
from tui.store.key_values import as_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.model.change import FieldValue
    from tui.store.checkpoint import Document
    from tui.store.strict_json import Json

_OPTIONAL = ("title", "affiliation", "category", "abstract", "eprint", "doi")
_LISTS = ("tags", "apart_from", "records")
# Asked a hundred thousand times while a long list is read, which Status(…) would take ten times as long for.
_STATUSES = {status.value: status for status in Status}
_WRONG_SHAPE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
_EMPTY = ("authors", "authors_truncated", "has_code", "links", "earlier_abstracts", "aliases", "added")


def encode_paper(paper: Paper) -> Document:
    """A paper without its id. Page names, long and many, are written once each."""
    document: Document = {name: value for name in _OPTIONAL if (value := getattr(paper, name)) is not None}
    document |= {name: value for name in _EMPTY if (value := getattr(paper, name))}
    if paper.date is not None:
        document["date"] = str(paper.date)
    found = tuple(paper.provenance)
    places = (*paper.sources, *(place for _, place in found), *(variant.location for variant in paper.variants))
    pages = {page: number for number, page in enumerate(dict.fromkeys(place.page for place in places))}
    if pages:
        document["pages"] = list(pages)
    if paper.sources:
        document["sources"] = [(pages[place.page], place.line) for place in paper.sources]
    if found:
        document["provenance"] = [(field, pages[place.page], place.line) for field, place in found]
    if paper.variants:
        document["variants"] = [
            (field, value, pages[place.page], place.line) for field, value, place in paper.variants
        ]
    return document


def decode_paper_at(paper_id: str, data: bytes, place: int) -> Paper:
    """The paper of the document that begins at a place in the bytes of a file; raises as ``paper_of`` does."""
    try:
        document = document_at(data, place)
    except ValueError as fault:
        raise _damaged("paper", paper_id, fault) from fault
    return decode_paper(paper_id, document)


def decode_paper(paper_id: str, document: Mapping[str, Any]) -> Paper:
    """The paper a document describes.

    Raises:
        StoreDamagedError: the document has the wrong shape.
    """
    try:
        field = document.get
        pages = tuple(map(intern, field("pages", ())))
        date, category = field("date"), field("category")
        return Paper(
            paper_id,
            field("title"),
            # What many papers have in common is in memory once.
            tuple(map(intern, field("authors", ()))),
            field("authors_truncated", False),
            field("affiliation"),
            None if date is None else _date(date),
            None if category is None else intern(category),
            field("has_code", False),
            tuple(field("links", ())),
            field("abstract"),
            tuple(field("earlier_abstracts", ())),
            field("eprint"),
            field("doi"),
            tuple([SourceLocation(pages[page], line) for page, line in field("sources", ())]),
            _provenance(pages, field("provenance", ())),
            tuple(field("aliases", ())),
            intern(field("added", "")),
            tuple(
                [
                    FieldVariant(intern(name), value, SourceLocation(pages[page], line))
                    for name, value, page, line in field("variants", ())
                ]
            ),
        )
    except _WRONG_SHAPE as fault:
        raise _damaged("paper", paper_id, fault) from fault


def paper_read_back(paper: Paper, document: Document) -> Paper:
    """The paper as it will be read back from its document: see :func:`tui.store.strict_json.storable`."""
    return (
        paper
        if strict_json.is_storable(document)
        else decode_paper(paper.id, strict_json.loads(strict_json.dumps(document)))
    )


def _provenance(pages: Sequence[str], triples: Sequence[tuple[str, int, int]]) -> Provenance | tuple[()]:
    return Provenance([(name, pages[page], line) for name, page, line in triples]) if triples else ()


@lru_cache(maxsize=4096)
def _date(text: str) -> PartialDate:
    return PartialDate.parse(text)


def encode_mark(mark: Mark) -> Document:
    """A mark; an untouched one is empty."""
    document: Document = {}
    if mark.status is not Status.UNREAD:
        document["status"] = str(mark.status)
    if mark.starred:
        document["starred"] = True
    if mark.tags:
        document["tags"] = mark.tags
    if mark.note:
        document["note"] = mark.note
    for name in ("snoozed_until", "citation_key", "read_at", "part_of"):
        if (value := getattr(mark, name)) is not None:
            document[name] = value
    if mark.corrected:
        document["corrected"] = dict(mark.corrected)
    if mark.apart_from:
        document["apart_from"] = mark.apart_from
    if mark.records:
        document["records"] = mark.records
    return document


def decode_mark(paper_id: str, document: Mapping[str, Any]) -> Mark:
    """The mark a document describes.

    Raises:
        StoreDamagedError: the document has the wrong shape.
    """
    try:
        field = document.get
        corrected = field("corrected")
        return Mark(
            _STATUSES[field("status", "unread")],
            field("starred", False),
            tuple(field("tags", ())),
            field("note", ""),
            field("snoozed_until"),
            field("citation_key"),
            field("read_at"),
            tuple(sorted(corrected.items())) if corrected else (),
            field("part_of"),
            tuple(field("apart_from", ())),
            tuple(field("records", ())),
        )
    except _WRONG_SHAPE as fault:
        raise _damaged("mark", paper_id, fault) from fault


def storable_mark(mark: Mark) -> Mark:
    """The mark as it will be read back: see :func:`tui.store.strict_json.storable`."""
    note = strict_json.replace_surrogates(mark.note)
    tags = tuple(map(strict_json.replace_surrogates, mark.tags))
    corrected = tuple([(name, strict_json.replace_surrogates(text)) for name, text in mark.corrected])
    if (note, tags, corrected) == (mark.note, mark.tags, mark.corrected):
        return mark
    return replace(mark, note=note, tags=tags, corrected=corrected)


def encode_change(change: Change) -> Document:
    """A change without its number."""
    document: Document = {"at": change.at, "label": change.label}
    if change.marks:
        document["marks"] = {
            paper: [(field.field, field.old, field.new) for field in fields] for paper, fields in change.marks
        }
    if change.pages:
        document["pages"] = change.pages
    if change.kind is not ChangeKind.EDIT:
        document["kind"] = str(change.kind)
    if change.undoes is not None:
        document["of"] = change.undoes
    if change.value_changes:
        document["facts"] = [(fact.field, fact.old, fact.new) for fact in change.value_changes]
    return document


def decode_change(number: int, document: Mapping[str, Any]) -> Change:
    """The change a document describes.

    Raises:
        StoreDamagedError: the document has the wrong shape.
    """
    try:
        return Change(
            number,
            document["at"],
            document["label"],
            tuple(
                (paper, tuple(FieldChange(name, _value(name, old), _value(name, new)) for name, old, new in fields))
                for paper, fields in document.get("marks", {}).items()
            ),
            tuple((page, taken_in) for page, taken_in in document.get("pages", ())),
            ChangeKind(document.get("kind", ChangeKind.EDIT)),
            document.get("of"),
            tuple(FieldChange(name, as_pairs(old), as_pairs(new)) for name, old, new in document.get("facts", ())),
        )
    except _WRONG_SHAPE as fault:
        raise _damaged("change", str(number), fault) from fault


def _value(field: str, value: Json) -> FieldValue:
    if field == "status":
        return Status(value)
    if field == "corrected":
        return tuple((name, text) for name, text in value)
    return tuple(value) if field in _LISTS else value


def _damaged(kind: str, name: str, fault: Exception) -> StoreDamagedError:
    return StoreDamagedError(
        f"The store is damaged: the {kind} {name} has a wrong shape ({fault}).",
        "Nothing was overwritten. `readlist check` lists what else is wrong.",
    )
