"""The fields of the query language: one table that parsing, matching, help and completion derive from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.index.search_text import ITEM_END, fold_text
from tui.model.display_names import shown_names
from tui.model.mark import Status
from tui.model.paper_categories import paper_categories
from tui.model.paper_files import pdf_files
from tui.model.partial_date import PartialDate
from tui.model.publication_types import TYPES
from tui.model.queue import PRIORITIES
from tui.query.syntax_tree import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from tui.model.entry import Entry
    from tui.query.syntax_tree import Value


class FieldKind(StrEnum):
    """How the values of a field are parsed and compared."""

    TEXT = "text"
    TAG = "tag"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    ORDER = "order"


class EvalContext(NamedTuple):
    """What some flags depend on besides the entry.

    Attributes:
        today: ISO date.
        newest: returns the time of the latest import, ISO 8601; empty without papers.
        duplicates: returns the ids of possible duplicates.
    """

    today: str
    newest: Callable[[], str]
    duplicates: Callable[[], Collection[str]]


def _nothing(_: Entry) -> tuple[str, ...]:
    return ()


def _no_date(_: Entry) -> PartialDate | None:
    return None


WHOLE_TEXT = ""


class FieldSpec(NamedTuple):
    """One field.

    Attributes:
        name: as written before the colon.
        kind: how its values are parsed.
        help: one line.
        example: a term that uses it.
        texts: the values of an entry, for text, tag and choice.
        date: the date of an entry, for date and number.
        choices: the valid values; empty means any.
        mark_only: it depends on the mark alone, so that the paper need not be read.
        section: for text, the section of the search text that holds its values, ``WHOLE_TEXT`` for all sections;
            without one, the values are folded for every search.
        ahead: for date, whether ``7d`` means the next seven days and not the last.
    """

    name: str
    kind: FieldKind
    help: str
    example: str
    texts: Callable[[Entry], tuple[str, ...]] = _nothing
    date: Callable[[Entry], PartialDate | None] = _no_date
    choices: tuple[str, ...] = ()
    mark_only: bool = False
    section: str | None = None
    ahead: bool = False

    def folded_text(self, entry: Entry) -> str:
        """The folded values of an entry, in the format of a section of the search text."""
        return ITEM_END.join([fold_text(text) for text in self.texts(entry)])


@lru_cache(maxsize=4096)
def day_of(instant: str | None) -> PartialDate | None:
    """The local date of an ISO 8601 time; None for no time."""
    if not instant:
        return None
    local = datetime.fromisoformat(instant).astimezone()
    return PartialDate(local.year, local.month, local.day)


def _title(entry: Entry) -> tuple[str, ...]:
    return (entry.paper.title,) if entry.paper.title else ()


def _author(entry: Entry) -> tuple[str, ...]:
    return shown_names(entry.paper.authors)


def _abstract(entry: Entry) -> tuple[str, ...]:
    return (entry.paper.abstract,) if entry.paper.abstract else ()


def _note(entry: Entry) -> tuple[str, ...]:
    return (entry.mark.note,) if entry.mark.note else ()


def _tags(entry: Entry) -> tuple[str, ...]:
    return entry.mark.tags


def _any(entry: Entry) -> tuple[str, ...]:
    return (*_title(entry), *_author(entry), *_tags(entry), *_note(entry), *_abstract(entry))


def _categories(entry: Entry) -> tuple[str, ...]:
    return paper_categories(entry.paper)


def _status(entry: Entry) -> tuple[str, ...]:
    return (entry.mark.status.value,)


def _sources(entry: Entry) -> tuple[str, ...]:
    return tuple({source.page: None for source in entry.paper.sources})


def _ids(entry: Entry) -> tuple[str, ...]:
    return (entry.paper.id, *entry.paper.aliases)


def _doi(entry: Entry) -> tuple[str, ...]:
    return (entry.paper.doi,) if entry.paper.doi else ()


def _arxiv(entry: Entry) -> tuple[str, ...]:
    return (entry.paper.eprint,) if entry.paper.eprint else ()


def _venue(entry: Entry) -> tuple[str, ...]:
    published = entry.paper.publication
    names = (published.container_title, published.container_short, published.series, published.event_title)
    return tuple(filter(None, names))


def _type(entry: Entry) -> tuple[str, ...]:
    """The names of the type in CSL, in plain words and in bibliographies."""
    row = TYPES.get(entry.paper.publication.type or "")
    return (row.name, row.label, *(_entry_types(row.bibtex, row.biblatex))) if row else ()


def _entry_types(*names: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != "misc")  # which says nothing of the type


def _publisher(entry: Entry) -> tuple[str, ...]:
    published = entry.paper.publication
    return tuple(filter(None, (published.publisher, published.institution, published.organization)))


def _isbn(entry: Entry) -> tuple[str, ...]:
    return entry.paper.publication.isbn


def _pmid(entry: Entry) -> tuple[str, ...]:
    published = entry.paper.publication
    return tuple(filter(None, (published.pmid, published.pmcid)))


def _citation_key(entry: Entry) -> tuple[str, ...]:
    return (entry.mark.citation_key,) if entry.mark.citation_key else ()


def _links(entry: Entry) -> tuple[str, ...]:
    return entry.paper.links


def _date(entry: Entry) -> PartialDate | None:
    return entry.paper.date


def _added(entry: Entry) -> PartialDate | None:
    return day_of(entry.paper.added)


def _read(entry: Entry) -> PartialDate | None:
    return day_of(entry.mark.read_at)


def _due(entry: Entry) -> PartialDate | None:
    return PartialDate.parse(entry.mark.due) if entry.mark.due else None


def _snoozed(entry: Entry) -> PartialDate | None:
    return PartialDate.parse(entry.mark.snoozed_until) if entry.mark.snoozed_until else None


def _priority(entry: Entry) -> tuple[str, ...]:
    return (entry.mark.priority,) if entry.mark.priority else ()


def _has_status(status: Status) -> Callable[[Entry, EvalContext], bool]:
    return lambda entry, _: entry.mark.status is status


def _is_snoozed(entry: Entry, context: EvalContext) -> bool:
    return entry.mark.snoozed_until is not None and entry.mark.snoozed_until > context.today


def _is_overdue(entry: Entry, context: EvalContext) -> bool:
    return entry.mark.due is not None and entry.mark.due < context.today


def _is_new(entry: Entry, context: EvalContext) -> bool:
    return entry.mark.status is Status.UNREAD and entry.paper.added == context.newest()


def _is_duplicate(entry: Entry, context: EvalContext) -> bool:
    return entry.paper.id in context.duplicates()


IS: Mapping[str, Callable[[Entry, EvalContext], bool]] = {
    **{status.value: _has_status(status) for status in Status},
    "starred": lambda entry, _: entry.mark.starred,
    "snoozed": _is_snoozed,
    "overdue": _is_overdue,
    "removed": lambda entry, _: entry.mark.removed,
    "new": _is_new,
    "untitled": lambda entry, _: not entry.paper.title,
    "duplicate": _is_duplicate,
}
HAS: Mapping[str, Callable[[Entry, EvalContext], bool]] = {
    "note": lambda entry, _: bool(entry.mark.note),
    "tag": lambda entry, _: bool(entry.mark.tags),
    "priority": lambda entry, _: entry.mark.priority is not None,
    "due": lambda entry, _: entry.mark.due is not None,
    "code": lambda entry, _: entry.paper.has_code,
    "date": lambda entry, _: entry.paper.date is not None,
    "year": lambda entry, _: entry.paper.date is not None and entry.paper.date.year is not None,
    "author": lambda entry, _: bool(entry.paper.authors),
    "link": lambda entry, _: bool(entry.paper.links),
    "title": lambda entry, _: bool(entry.paper.title),
    "abstract": lambda entry, _: bool(entry.paper.abstract),
    "cat": lambda entry, _: bool(_categories(entry)),
    "doi": lambda entry, _: entry.paper.doi is not None,
    "arxiv": lambda entry, _: entry.paper.eprint is not None,
    "venue": lambda entry, _: bool(_venue(entry)),
    "pdf": lambda entry, _: bool(pdf_files(entry)),
}
# Flags that depend on the mark of an entry alone.
_MARK_FLAGS: Mapping[str, frozenset[str]] = {
    "is": frozenset((*Status, "starred", "snoozed", "overdue", "removed")),
    **dict.fromkeys(("has", "no"), frozenset(("note", "tag", "priority", "due"))),
}

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("title", FieldKind.TEXT, "words in the title", 'title:"gaussian splatting"', _title,
        section="title"),
    FieldSpec("author", FieldKind.TEXT, "an author's name, or part of it", "author:schrodinger", _author,
        section="author"),
    FieldSpec("abstract", FieldKind.TEXT, "words in the abstract", "abstract:diffus*", _abstract,
        section="abstract"),
    FieldSpec("note", FieldKind.TEXT, "words in your note", "note:todo", _note, section="note"),
    FieldSpec("any", FieldKind.TEXT, "title, authors, tags, note and abstract, like a bare word",
        "any:nerf", _any, section=WHOLE_TEXT),
    FieldSpec("tag", FieldKind.TAG, "a tag or its subtags; =tag for exactly this tag", "tag:ml", _tags,
        mark_only=True),
    FieldSpec("cat", FieldKind.CHOICE, "an arXiv category (cross-lists included), its short name, or an archive",
        "cat:CV", _categories),
    FieldSpec("date", FieldKind.DATE, "the paper's date", "date:2023-10..2024", date=_date),
    FieldSpec("year", FieldKind.NUMBER, "the year of the paper's date", "year:>=2023", date=_date),
    FieldSpec("added", FieldKind.DATE, "the day it was imported", "added:7d", date=_added),
    FieldSpec("read", FieldKind.DATE, "the day you marked it read", "read:3m..", date=_read, mark_only=True),
    FieldSpec(
        "status", FieldKind.CHOICE, "its reading status", "status:queued,reading", _status,
        choices=tuple(status.value for status in Status), mark_only=True,
    ),
    FieldSpec("priority", FieldKind.CHOICE, "its priority in the queue", "priority:high", _priority,
        choices=PRIORITIES, mark_only=True),
    FieldSpec("due", FieldKind.DATE, "the day to read it by; 7d is the next seven days", "due:<=7d", date=_due,
        mark_only=True, ahead=True),
    FieldSpec("snoozed", FieldKind.DATE, "the day its snooze ends; 7d is the next seven days", "snoozed:2w",
        date=_snoozed, mark_only=True, ahead=True),
    FieldSpec("source", FieldKind.CHOICE, "a file it was imported from, or part of its name", "source:002", _sources),
    FieldSpec("id", FieldKind.CHOICE, "the beginning of its id", "id:7f3a", _ids),
    FieldSpec("doi", FieldKind.CHOICE, "a DOI or a DOI link", "doi:10.5555/12345678", _doi),
    FieldSpec("arxiv", FieldKind.CHOICE, "an arXiv id, with or without a version", "arxiv:2310.07240", _arxiv),
    FieldSpec("key", FieldKind.CHOICE, "a citation key", "key:knuth1984", _citation_key, mark_only=True),
    FieldSpec("venue", FieldKind.CHOICE, "a journal, book or conference, or part of it", "venue:neurips", _venue),
    FieldSpec("type", FieldKind.CHOICE, "a type of publication", "type:thesis", _type),
    FieldSpec("publisher", FieldKind.CHOICE, "a publisher or institution, or part of it", "publisher:springer",
        _publisher),
    FieldSpec("isbn", FieldKind.CHOICE, "an ISBN, with or without hyphens", "isbn:9783161484100", _isbn),
    FieldSpec("pmid", FieldKind.CHOICE, "a PubMed or PubMed Central id", "pmid:42248140", _pmid),
    FieldSpec("url", FieldKind.CHOICE, "a link or part of one", "url:github.com", _links),
    FieldSpec("is", FieldKind.FLAG, "a status or any other state", "is:starred", choices=tuple(IS)),
    FieldSpec("has", FieldKind.FLAG, "something it has", "has:note", choices=tuple(HAS)),
    FieldSpec("no", FieldKind.FLAG, "something it lacks", "no:date", choices=tuple(HAS)),
    FieldSpec("sort", FieldKind.ORDER, "sort order; -asc or -desc after a key gives the direction",
        "sort:year,title-desc"),
    FieldSpec("limit", FieldKind.ORDER, "the maximum number of papers", "limit:20"),
)  # fmt: skip
BY_NAME: Mapping[str, FieldSpec] = {spec.name: spec for spec in FIELDS}
# Names that other programs use, where they differ too much for ``did_you_mean``.
FIELD_SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(("from", "by", "creator"), "author"),
    **dict.fromkeys(("label", "keyword", "keywords", "topic", "project"), "tag"),
    **dict.fromkeys(("category", "subject", "class", "archive"), "cat"),
    **dict.fromkeys(("published", "month", "before", "after", "since", "until"), "date"),
    **dict.fromkeys(("created", "entered"), "added"),
    **dict.fromkeys(("deadline", "scheduled"), "due"),
    **dict.fromkeys(("prio", "urgency", "importance"), "priority"),
    **dict.fromkeys(("page", "file", "folder", "path"), "source"),
    **dict.fromkeys(("text", "body", "all", "full"), "any"),
    **dict.fromkeys(("comment", "annotation"), "note"),
    **dict.fromkeys(("order", "orderby"), "sort"),
    **dict.fromkeys(("max", "count", "n"), "limit"),
    **dict.fromkeys(("citekey", "bibkey", "citationkey"), "key"),
    **dict.fromkeys(("eprint",), "arxiv"),
    **dict.fromkeys(("link", "links", "address"), "url"),
    **dict.fromkeys(("journal", "booktitle", "conference", "proceedings", "container"), "venue"),
    **dict.fromkeys(("kind", "entrytype"), "type"),
    **dict.fromkeys(("institution", "school"), "publisher"),
    **dict.fromkeys(("pmcid", "pubmed"), "pmid"),
}


def flag(name: str, value: str) -> Callable[[Entry, EvalContext], bool]:
    """The test of ``is:value``, ``has:value`` or ``no:value``.

    Raises:
        KeyError: no such flag; the parser rejects it.
    """
    if name == "is":
        return IS[value]
    has = HAS[value]
    return has if name == "has" else lambda entry, context: not has(entry, context)


def needs_only_mark(field: str, values: Iterable[Value]) -> bool:
    """Whether a field with these values depends on the mark of an entry alone."""
    flags = _MARK_FLAGS.get(field)
    if flags is None:
        return BY_NAME[field].mark_only
    return all(isinstance(value, Word) and value.text in flags for value in values)
