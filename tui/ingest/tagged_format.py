"""Read tagged formats, RIS and its relatives: a table of dialects and one reader for all.

Splits lines into records; the meaning of the tags is left to the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.ingest.source_file import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.ingest.record import SourceLine
    from tui.ingest.source_file import SourceFile

_LATEST_START = 200
_LEAST_SHARE = 0.3
_STRAYS = 20
_COMMENT = re.compile(r"\s*(?:#|%%?\s|//|<!--)")
# Fields that occur in one place of a record; if they are in two, there are two records.
_ONCE = ("title", "authors", "date", "abstract", "doi")
HINT = "every record begins with a TY line and ends with an ER line"
# Lines that databases print around their records.
_BOILERPLATE = re.compile(
    r"(?:Provider|Database|Content): |Record #?\d+ of \d+|<?\d+\.? ?>?\Z|Link to the (?:Ovid|External)"
    r"|Refworks Export Tagged Format\Z|Character Set=|Date of Export|[\ufeff\u200b]+\Z"
)


@dataclass(frozen=True, slots=True)
class TagDialect:
    """A tagged format.

    Attributes:
        name: its name.
        line: a tagged line; group 1 is the tag, group 2 the value.
        first: pattern of the first line of a source, without empty lines and boilerplate.
        start: the tag that starts a record.
        end: the tag that ends it, or empty: then a record ends where the next one starts.
        outside: tags outside records, which are ignored.
        fields: name of a field to its tags, the best one first.
    """

    name: str
    line: re.Pattern[str]
    first: re.Pattern[str]
    start: str
    end: str
    fields: Mapping[str, tuple[str, ...]]
    outside: frozenset[str] = frozenset()


RIS = TagDialect(
    "RIS",
    re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9])[ \t]{0,3}-(?:[ \t]+(.*)|[ \t]*\Z)"),
    re.compile(r"[ \t\ufeff]*(?:TY|[A-Z][A-Z0-9]  )[ \t]{0,3}-"),
    start="TY",
    end="ER",
    fields={
        "title": ("TI", "T1", "CT", "BT"),
        "authors": ("AU", "A1"),
        "abstract": ("AB", "N2"),
        "note": ("N1",),
        "keywords": ("KW",),
        "links": ("UR", "LK", "L2"),
        "doi": ("DO", "DI"),
        "date": ("PY", "Y1", "DA"),
        "numbers": ("M3", "AN", "M1"),
        "key": ("ID",),
    },
)
WEB_OF_SCIENCE = TagDialect(
    "Web of Science",
    re.compile(r"\ufeff?([A-Z][A-Z0-9])(?: (.*)|\Z)"),
    re.compile(r"\ufeff?(?:FN |VR |PT [A-Z]\Z)"),
    start="PT",
    end="ER",
    outside=frozenset(("FN", "VR", "EF")),
    fields={
        "title": ("TI",),
        "authors": ("AF", "AU"),
        "abstract": ("AB",),
        "keywords": ("DE", "ID"),
        "doi": ("DI",),
        "date": ("PY",),
        "day": ("PD",),
    },
)
MEDLINE = TagDialect(
    "MEDLINE",
    re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3})[ \t]{0,2}-(?:[ \t]+(.*)|[ \t]*\Z)"),
    re.compile(r"\ufeff?(?:PMID|OWN )-[ \t]"),
    start="PMID",
    end="",
    fields={
        "title": ("TI", "BTI", "TT"),
        "authors": ("FAU", "AU"),
        "groups": ("CN",),
        "abstract": ("AB",),
        "keywords": ("OT", "MH"),
        "links": ("LID", "AID"),
        "doi": ("LID", "AID"),
        "date": ("DP",),
    },
)
REFWORKS = TagDialect(
    "RefWorks",
    re.compile(r"\ufeff?([A-Z][A-Z0-9])(?: (.*)|\Z)"),
    re.compile(r"\ufeff?RT [A-Z][A-Za-z]"),
    start="RT",
    end="",
    fields={
        "title": ("T1",),
        "authors": ("A1",),
        "abstract": ("AB",),
        "note": ("NO",),
        "keywords": ("K1",),
        "links": ("LK", "UL"),
        "doi": ("DO",),
        "date": ("YR", "FD"),
        "key": ("ID",),
    },
)
REFER = TagDialect(
    "EndNote",
    re.compile(r"\ufeff?(%[0-9A-Za-z@!?+^$&*()<>=\[\]~#])(?: (.*)|\Z)"),
    re.compile(r"\ufeff?%[0ATD](?: |\Z)"),
    start="%0",
    end="",
    fields={
        "title": ("%T",),
        "authors": ("%A",),
        "abstract": ("%X",),
        "note": ("%Z",),
        "keywords": ("%K",),
        "links": ("%U",),
        "doi": ("%R",),
        "date": ("%D",),
        "day": ("%8",),
        "key": ("%F",),
    },
)
_DIALECTS = (WEB_OF_SCIENCE, MEDLINE, REFWORKS, REFER, RIS)


class TaggedRecord:
    """One record of a tagged format.

    Args:
        line: number of its first line.
        dialect: its format.
        begun: whether it starts with the start tag.

    Attributes:
        values: tag to values, each a list of lines; tags in the order of the record.
        repairs: what was wrong with it, one clause each.
    """

    __slots__ = ("begun", "dialect", "line", "repairs", "values")

    def __init__(self, line: int, dialect: TagDialect, *, begun: bool = True) -> None:
        self.line = line
        self.dialect = dialect
        self.begun = begun
        self.values: dict[str, list[list[str]]] = {}
        self.repairs: list[str] = []

    def of(self, name: str) -> list[str]:
        """The values of a field, from the first of its tags that has any."""
        return next(filter(None, map(self.at, self.dialect.fields.get(name, ()))), [])

    def at(self, tag: str) -> list[str]:
        """The values of a tag, with continuation lines joined."""
        return [value for rows in self.values.get(tag, ()) if (value := " ".join(filter(None, rows)))]

    def rows(self, name: str) -> list[list[str]]:
        """The values of all tags of a field, each as a list of lines."""
        return [rows for tag in self.dialect.fields.get(name, ()) for rows in self.values.get(tag, ())]

    def follow(self, head: TaggedRecord) -> None:
        """Prepend the values found before the record's start tag."""
        self.line = head.line
        for tag, values in self.values.items():
            head.values.setdefault(tag, []).extend(values)
        self.values = head.values


def detect_dialect(lines: Sequence[SourceLine]) -> tuple[TagDialect | None, float]:
    """The dialect of a source, and its share of tagged lines; 1 if the source starts with a record."""
    texts = [line.text for line in lines if not _BOILERPLATE.match(line.text)]
    if not texts:
        return None, 0.0
    for dialect in _DIALECTS:
        if dialect.first.match(texts[0]) and any(_is_record_mark(dialect, text) for text in texts):
            return dialect, 1.0
    if any(_is_record_mark(RIS, text) for text in texts[:_LATEST_START]):
        share = sum(RIS.line.match(text) is not None for text in texts) / len(texts)
        return (RIS, share) if share >= _LEAST_SHARE else (None, 0.0)
    return None, 0.0


def _is_record_mark(dialect: TagDialect, text: str) -> bool:
    """Whether a line is typical of the dialect: the start or end of a record, else its title."""
    found = dialect.line.match(text)
    marks = (dialect.start, dialect.end) if dialect.end else dialect.fields["title"]
    return found is not None and found[1] in marks


def parse_tagged(source: SourceFile, dialect: TagDialect, diagnostics: list[Diagnostic]) -> Iterator[TaggedRecord]:
    """Yield the records of a source; lines outside records are reported."""
    reader = _Reader(source, dialect, diagnostics)
    for number, line in enumerate(source.lines, 1):
        yield from reader.read(number, line)
    yield from reader.finish()


class _Reader:
    def __init__(self, source: SourceFile, dialect: TagDialect, diagnostics: list[Diagnostic]) -> None:
        self._source = source
        self._dialect = dialect
        self._diagnostics = diagnostics
        self._record: TaggedRecord | None = None
        # Lines before the start tag: of the same record, or of a truncated one.
        self._head: TaggedRecord | None = None
        self._rows: list[str] | None = None
        self._strays = 0
        self._gap = True
        tags = (tag for line in source.lines if (tag := _tag(dialect, line)) and tag not in dialect.outside)
        first = next(tags, "")
        # Without any start tag, an empty line separates records.
        self._split_at_gaps = not dialect.end and first != dialect.start and dialect.start not in tags
        # If the start tag is not first, an empty line and the first tag separate them.
        self._opener = first if dialect.end and first != dialect.start else ""

    def read(self, number: int, line: str) -> Iterator[TaggedRecord]:
        """Read one line; yields the record that it completes, if any."""
        found = self._dialect.line.match(line)
        tag = found[1] if found else ""
        text = ((found[2] or "") if found else line).strip()
        if not tag and not text:
            self._gap = True
            if self._rows is not None:
                self._rows.append("")
            return
        if tag and tag == self._dialect.end:
            yield from self._end()
        elif tag and (tag == self._dialect.start or self._begins(tag)):
            yield from self._start(number, tag, text)
        elif tag and tag not in self._dialect.outside:
            if self._record is None:
                self._record = TaggedRecord(number, self._dialect, begun=False)
            self._rows = [text]
            self._record.values.setdefault(tag, []).append(self._rows)
        elif self._rows is not None:
            self._rows.append(text)
        elif not tag and not _COMMENT.match(line):
            self._report_stray(number, text)
        self._gap = False

    def _start(self, number: int, tag: str, text: str) -> Iterator[TaggedRecord]:
        record = self._record
        is_complete = record is not None and (record.of("title") or record.of("abstract") or not self._gap)
        if record is not None and not record.begun and self._dialect.end and is_complete:
            self._head = record
        else:
            yield from self.finish()
        self._record, self._rows = TaggedRecord(number, self._dialect, begun=tag != self._opener), [text]
        self._record.values[tag] = [self._rows]

    def finish(self) -> Iterator[TaggedRecord]:
        """Yield the current record, if there is one."""
        yield from self._close(ended=not self._dialect.end)

    def _begins(self, tag: str) -> bool:
        """Whether a tag starts a record without or before its start tag."""
        if not self._gap:
            return False
        if self._split_at_gaps:
            return True
        return tag == self._opener and self._record is not None and self._record.begun

    def _end(self) -> Iterator[TaggedRecord]:
        yield from self._close(ended=True)

    def _close(self, *, ended: bool) -> Iterator[TaggedRecord]:
        record, self._record, self._rows = self._record, None, None
        head, self._head = self._head, None
        if record is None:
            return
        if head is not None and any(head.of(name) and record.of(name) for name in _ONCE):
            yield from self._finish_record(head, ended=False)
        elif head is not None:
            record.follow(head)
        yield from self._finish_record(record, ended=ended)

    def _finish_record(self, record: TaggedRecord, *, ended: bool) -> Iterator[TaggedRecord]:
        """Yield the record with its repairs; a fragment is reported instead."""
        if not ended and not record.begun and not record.of("title") and not record.of("abstract"):
            tag, values = next(iter(record.values.items()))
            self._report_stray(record.line, f"{tag}  - {values[0][0]}")
            return
        if not record.begun:
            record.repairs.append(f"its first line, {self._dialect.start}, is missing")
        if not ended:
            record.repairs.append("its end is missing")
        yield record

    def _report_stray(self, number: int, text: str) -> None:
        """Report a line outside all records; it does not count as a record."""
        if _BOILERPLATE.match(text):
            return
        self._strays += 1
        if self._strays <= _STRAYS:
            reason = f"not part of any record: '{text[:60]}'"
            self._diagnostics.append(Diagnostic(self._source.name, number, reason, HINT, records=0))
        elif self._strays == _STRAYS + 1:
            reason = "more lines after this one are not part of any record"
            self._diagnostics.append(Diagnostic(self._source.name, number, reason, HINT, records=0))


def _tag(dialect: TagDialect, line: str) -> str:
    found = dialect.line.match(line)
    return found[1] if found else ""
