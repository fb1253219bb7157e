"""Encode papers, marks and changes as JSON documents, and decode them. Part of the store format.

A field with its default value is not written.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from tui.errors import StoreDamagedError
from tui.model.change import Change, ChangeKind, FieldChange
from tui.model.mark import Mark, Status
from tui.model.paper import FieldVariant, Paper, SourceLocation
from tui.model.partial_date import PartialDate
from tui.model.provenance import Provenance, provenance_triples
from tui.model.publication import NO_PUBLICATION, decode_publication, encode_publication
from tui.store import strict_json
from tui.store.checkpoint import document_at
from tui.store.key_values import as_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.model.change import FieldValue
    from tui.store.checkpoint import Document
    from tui.store.strict_json import Json

_OPTIONAL = ("title", "affiliation", "category", "abstract", "eprint", "doi")
_OMITTED_IF_FALSE = ("starred", "tags", "note", "apart_from", "records", "removed", "files", "detached")
_LISTS = ("tags", "apart_from", "records", "files", "detached")
# Looked up for every mark of a long list; calling Status(…) would take ten times as long.
_STATUSES = {status.value: status for status in Status}
_SHAPE_ERRORS = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
_OMITTED_IF_EMPTY = ("authors", "authors_truncated", "has_code", "links", "earlier_abstracts", "aliases", "added")


def encode_paper(paper: Paper) -> Document:
    """Encode a paper without its id. Each source name is written only once."""
    document: Document = {name: value for name in _OPTIONAL if (value := getattr(paper, name)) is not None}
    document |= {name: value for name in _OMITTED_IF_EMPTY if (value := getattr(paper, name))}
    if paper.date is not None:
        document["date"] = str(paper.date)
    provenance = provenance_triples(paper.provenance)
    pages = [location.page for location in paper.sources]
    pages += [page for _, page, _ in provenance]
    pages += [variant.location.page for variant in paper.variants]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(pages))}
    if numbers:
        document["pages"] = list(numbers)
    if paper.sources:
        document["sources"] = [(numbers[location.page], location.line) for location in paper.sources]
    if provenance:
        document["provenance"] = [(field, numbers[page], line) for field, page, line in provenance]
    if paper.variants:
        document["variants"] = [
            (field, value, numbers[location.page], location.line) for field, value, location in paper.variants
        ]
    if paper.publication is not NO_PUBLICATION and (publication := encode_publication(paper.publication)):
        document["publication"] = publication
    return document


def decode_paper_at(paper_id: str, data: bytes, offset: int) -> Paper:
    """Decode the paper at an offset in the bytes of a file; errors are those of :func:`decode_paper`."""
    try:
        document = document_at(data, offset)
    except ValueError as error:
        raise _damaged("paper", paper_id, error) from error
    return decode_paper(paper_id, document)


def decode_paper(paper_id: str, document: Mapping[str, Any]) -> Paper:
    """Decode a paper.

    Raises:
        StoreDamagedError: the document has the wrong shape.
    """
    try:
        field = document.get
        names = tuple(map(intern, field("pages", ())))
        date, category, publication = field("date"), field("category"), field("publication")
        return Paper(
            paper_id,
            field("title"),
            # Interned, because many papers share these texts.
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
            tuple([SourceLocation(names[number], line) for number, line in field("sources", ())]),
            _provenance(names, field("provenance", ())),
            tuple(field("aliases", ())),
            intern(field("added", "")),
            tuple(
                [
                    FieldVariant(intern(name), value, SourceLocation(names[page], line))
                    for name, value, page, line in field("variants", ())
                ]
            ),
            NO_PUBLICATION if publication is None else decode_publication(publication),
        )
    except _SHAPE_ERRORS as error:
        raise _damaged("paper", paper_id, error) from error


def paper_read_back(paper: Paper, document: Document) -> Paper:
    """The paper as it will be read back: see :func:`tui.store.strict_json.replace_surrogates`."""
    return (
        paper
        if strict_json.is_storable(document)
        else decode_paper(paper.id, strict_json.loads(strict_json.dumps(document)))
    )


def _provenance(names: Sequence[str], triples: Sequence[tuple[str, int, int]]) -> Provenance | tuple[()]:
    return Provenance([(field, names[number], line) for field, number, line in triples]) if triples else ()


@lru_cache(maxsize=4096)
def _date(text: str) -> PartialDate:
    return PartialDate.parse(text)


def encode_mark(mark: Mark) -> Document:
    """Encode a mark; an untouched one is empty."""
    document: Document = {}
    if mark.status is not Status.UNREAD:
        document["status"] = str(mark.status)
    document |= {name: value for name in _OMITTED_IF_FALSE if (value := getattr(mark, name))}
    for name in ("snoozed_until", "citation_key", "read_at", "part_of", "priority", "due"):
        if (value := getattr(mark, name)) is not None:
            document[name] = value
    if mark.corrected:
        document["corrected"] = dict(mark.corrected)
    return document


def decode_mark(paper_id: str, document: Mapping[str, Any]) -> Mark:
    """Decode a mark.

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
            field("removed", False),
            field("priority"),
            field("due"),
            tuple(field("files", ())),
            tuple(field("detached", ())),
        )
    except _SHAPE_ERRORS as error:
        raise _damaged("mark", paper_id, error) from error


def storable_mark(mark: Mark) -> Mark:
    """The mark as it will be read back: see :func:`tui.store.strict_json.replace_surrogates`."""
    note = strict_json.replace_surrogates(mark.note)
    tags = tuple(map(strict_json.replace_surrogates, mark.tags))
    corrected = tuple([(name, strict_json.replace_surrogates(text)) for name, text in mark.corrected])
    if (note, tags, corrected) == (mark.note, mark.tags, mark.corrected):
        return mark
    return mark._replace(note=note, tags=tags, corrected=corrected)


def encode_change(change: Change) -> Document:
    """Encode a change without its number."""
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
        document["facts"] = [(value.field, value.old, value.new) for value in change.value_changes]
    return document


def decode_change(number: int, document: Mapping[str, Any]) -> Change:
    """Decode a change.

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
            tuple((name, is_imported) for name, is_imported in document.get("pages", ())),
            ChangeKind(document.get("kind", ChangeKind.EDIT)),
            document.get("of"),
            tuple(FieldChange(name, as_pairs(old), as_pairs(new)) for name, old, new in document.get("facts", ())),
        )
    except _SHAPE_ERRORS as error:
        raise _damaged("change", str(number), error) from error


def _value(field: str, value: Json) -> FieldValue:
    if field == "status":
        return Status(value)
    if field == "corrected":
        return tuple((name, text) for name, text in value)
    return tuple(value) if field in _LISTS else value


def _damaged(kind: str, name: str, error: Exception) -> StoreDamagedError:
    return StoreDamagedError(
        f"the store is damaged: the {kind} {name} is malformed ({error})",
        "run `readlist check` to list all damage (nothing was overwritten)",
    )
