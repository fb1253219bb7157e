"""Parser of readlist's own JSON: the array of ``list --json`` and ``export --format json``, or one object per line.

A broken record loses only itself; a field of the wrong type loses only the field.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from tui.ingest.author_format import format_author
from tui.ingest.json_objects import iter_objects
from tui.ingest.merge_evidence import identifier_of
from tui.ingest.parsers.source_parser import find_identifiers
from tui.ingest.record import RECORD_LIMIT, ParseResult, Record
from tui.ingest.source_file import Diagnostic
from tui.model.arxiv import expand_category
from tui.model.author_name import AuthorName
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import SourceLocation
from tui.model.partial_date import PartialDate
from tui.model.publication import FIELD_NAMED, NO_PUBLICATION, Publication, changed_publication
from tui.model.queue import PRIORITIES
from tui.model.tags import validate_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import SourceLine
    from tui.ingest.source_file import SourceFile

Read = TypeVar("Read")

_START = re.compile(r"\s*(?:\[\s*)?\{\s*\"[\w-]+\"\s*:")
# Keys of CSL-JSON and other formats that start alike.
_FOREIGN = re.compile(r"\"(?:type|author|issued|container-title|itemType|creators|titles)\"\s*:")
# Keys of our own that no other format has; among the values of the second one are some of the foreign keys.
_OWN = re.compile(r"\"authors_truncated\"\s*:\s*(?:true|false)|\"publication\"\s*:\s*\{")
_OWN_KEYS = frozenset(("id", "title", "abstract", "authors", "completes", "eprint", "doi", "links"))
_ID = re.compile(r"[0-9a-f]{10}\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})\Z")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FIELD_LIMIT = 1_000_000
_LIST_LIMIT = 5_000
_HINT = "use the format of `readlist list --json`"


class ReadlistJsonParser:
    """Records written by readlist."""

    name = "readlist's own JSON"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """1 for a source that starts like an array of readlist records, or like one record per line."""
        start = "\n".join(source.lines[:40])[:20_000]
        own = any(f'"{key}"' in start for key in _OWN_KEYS)
        foreign = _FOREIGN.search(start) and not _OWN.search(start)
        return 1.0 if own and _START.match(start) and not foreign else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every object; all lines are consumed."""
        records: list[Record] = []
        diagnostics: list[Diagnostic] = []
        for line, value in iter_objects(source, _HINT, diagnostics):
            if len(records) > RECORD_LIMIT:
                break
            on_line(line)
            reader = RecordReader(source.name, line, value)
            record = reader.record()
            diagnostics += reader.diagnostics
            if record.title or record.abstract or record.completes or identifier_of(record):
                records.append(record)
            else:
                reason = "record skipped: it has no title, abstract or identifier"
                diagnostics.append(Diagnostic(source.name, line, reason, _HINT))
        return ParseResult(tuple(records), tuple(diagnostics), frozenset(line.number for line in lines))


class RecordReader:
    """Validates the fields of one record; invalid ones are reported and left out."""

    def __init__(self, source: str, line: int, fields: dict[str, Any]) -> None:
        self._source = source
        self._line = line
        self._fields = fields
        self.diagnostics: list[Diagnostic] = []

    def record(self) -> Record:
        """The record; ``diagnostics`` has what was left out."""
        links = self._texts("links")
        eprint, doi = find_identifiers(links)
        values: dict[str, Any] = {
            "title": self._text("title"),
            "authors": self._authors(),
            "authors_truncated": self._flag("authors_truncated"),
            "affiliation": self._text("affiliation"),
            "date": self._parse("date", PartialDate.parse),
            "category": self._parse("category", _category),
            "has_code": self._flag("has_code"),
            "links": tuple(link for link in links if link.lower().startswith(("http://", "https://"))),
            "abstract": self._text("abstract"),
            "earlier_abstracts": self._texts("earlier_abstracts"),
            "eprint": self._text("eprint") or eprint,
            "doi": self._text("doi") or doi,
            "publication": self._publication(),
        }
        mark = self._mark()
        record = Record(
            SourceLocation(self._source, self._line),
            **values,
            id=self._parse("id", _matching(_ID, "ten hexadecimal digits")),
            added=self._parse("added", _matching(_INSTANT, "a timestamp")) or "",
            mark=None if mark == UNTOUCHED else mark,
            completes=self._parse("completes", _matching(_ID, "ten hexadecimal digits")),
        )
        return record.with_positions(dict.fromkeys(values, self._line))

    def _authors(self) -> tuple[str, ...]:
        """The authors; those also in ``group_authors`` are organisations."""
        groups = frozenset(self._texts("group_authors")) if "group_authors" in self._fields else frozenset()
        return tuple(
            format_author(AuthorName(literal=name)) if name in groups else name for name in self._texts("authors")
        )

    def _publication(self) -> Publication:
        """The publication; a value of the wrong type loses only itself."""
        document = self._fields.get("publication")
        if document is None:
            return NO_PUBLICATION
        if not isinstance(document, dict):
            self._report("publication", "it is not an object")
            return NO_PUBLICATION
        values: dict[str, Any] = {}
        for name, value in document.items():
            try:
                values[name] = FIELD_NAMED[name].kind.decode(_without_surrogates(value))
            except KeyError:
                self._report(f"publication.{name}"[:80], "there is no such field")
            except (TypeError, ValueError) as error:
                self._report(f"publication.{name}", str(error))
        return changed_publication(NO_PUBLICATION, values)

    def _mark(self) -> Mark:
        tags: dict[str, str] = {}
        for text in self._texts("tags"):
            try:
                tag = validate_tag(text)
            except ValueError as error:
                self._report("tags", str(error))
            else:
                tags.setdefault(tag.casefold(), tag)
        return Mark(
            status=self._parse("status", Status) or Status.UNREAD,
            starred=self._flag("starred"),
            tags=tuple(tags.values()),
            note=self._text("note", trim=False) or "",
            snoozed_until=self._parse("snoozed_until", _day),
            citation_key=self._text("citation_key"),
            read_at=self._parse("read_at", _matching(_INSTANT, "a timestamp")),
            priority=self._parse("priority", _priority),
            due=self._parse("due", _day),
        )

    def _parse(self, field: str, reader: Callable[[str], Read]) -> Read | None:
        """Parse a text field with a function that raises ValueError for invalid text."""
        text = self._text(field)
        if not text:
            return None
        try:
            return reader(text)
        except ValueError as error:
            self._report(field, str(error))
            return None

    def _text(self, field: str, *, trim: bool = True) -> str | None:
        value = self._fields.get(field)
        if value is None:
            return None
        if not isinstance(value, str):
            self._report(field, "it is not a string")
            return None
        if len(value) > _FIELD_LIMIT:
            self._report(field, f"it has more than {_FIELD_LIMIT} characters")
            return None
        text = _SURROGATE.sub("\ufffd", value)
        return text.strip() if trim else text

    def _texts(self, field: str) -> tuple[str, ...]:
        value = self._fields.get(field)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > _LIST_LIMIT:
            self._report(field, f"it is not a list of at most {_LIST_LIMIT} strings")
            return ()
        texts = [_SURROGATE.sub("\ufffd", text).strip() for text in value if isinstance(text, str)]
        if len(texts) < len(value):
            self._report(field, "not all of its values are strings", "was partly ignored")
        return tuple(filter(None, texts))

    def _flag(self, field: str) -> bool:
        value = self._fields.get(field, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        self._report(field, "it is neither true nor false")
        return False

    def _report(self, field: str, why: str, outcome: str = "was ignored") -> None:
        reason = f"the field {field} {outcome}: {why[:200]}"
        self.diagnostics.append(Diagnostic(self._source, self._line, reason, _HINT, repaired=True))


def _without_surrogates(value: Any) -> Any:  # noqa: ANN401, a JSON value
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value[:_FIELD_LIMIT])
    return list(map(_without_surrogates, value[:_LIST_LIMIT])) if isinstance(value, list) else value


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not pattern.match(text):
            raise ValueError(f"{text!r} is not {what}")
        return text

    return check


def _day(text: str) -> str:
    if not _DAY.match(text):
        raise ValueError(f"{text!r} is not a date (YYYY-MM-DD)")
    return str(PartialDate.parse(text))


def _priority(text: str) -> str:
    if text not in PRIORITIES:
        raise ValueError(f"{text!r} is not a priority ({', '.join(PRIORITIES)})")
    return text


def _category(text: str) -> str:
    names = expand_category(text)
    if len(names) != 1:
        raise ValueError(f"{text!r} is not an arXiv category")
    return names[0]
