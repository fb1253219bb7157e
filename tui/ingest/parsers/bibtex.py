"""Parser of BibTeX and biblatex in the dialects of all reference managers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tui.bibtex.tolerant_parser import opens_entry, parse_bibtex
from tui.ingest.bibliography_record import (
    BibliographyRecord,
    find_eprint,
    partial_date,
    range_start,
    to_record,
)
from tui.ingest.bibtex_authors import parse_authors
from tui.ingest.keywords import listed_keywords
from tui.ingest.parsers.bibtex_links import LINKS, links_of
from tui.ingest.parsers.bibtex_publication import READ_STATUS, extra_field, publication_of
from tui.ingest.publication_details import PublicationDetails, details_of
from tui.ingest.record import RECORD_LIMIT, ParseResult
from tui.ingest.source_file import Diagnostic
from tui.ingest.unwrap import unwrap
from tui.latex.case_protection import own_protection
from tui.latex.decode import decode_field, decode_latex, decode_latex_block, kept_commands, without_mode_tests
from tui.model.partial_date import PartialDate
from tui.text.markup import without_entities
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from tui.bibtex.tolerant_parser import BibEntry
    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import Record, SourceLine
    from tui.ingest.source_file import SourceFile
    from tui.model.publication import Publication

_FIELD = re.compile(r"[A-Za-z][\w-]*\s*=\s*[{\"\w]|[})]\s*,?\Z")
_LEAST_SHARE = 0.3
_JOINED = re.compile("[#\"]|''")  # a concatenation inside braces
_FOUR_DIGITS = re.compile(r"\d{4}")
# Not inherited by crossref: what identifies or comments on the parent, and its subtitle, which is part of its title.
# Its title is the venue of the child, as biber has it.
_OWN = frozenset(
    """
    abstract annotation annote booktitle comment crossref doi eprint file groups ids keywords note readstatus
    review subtitle url xdata xref
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_JOURNALS = frozenset(("periodical", "article", "suppperiodical"))
_WHOLES = frozenset(("mvbook", "book", "mvcollection", "mvproceedings"))
_GENERATIONS = 5
_NO_PAPERS = frozenset(("xdata", "set", "bibnote", "settings", "control"))
_NOTES = ("annote", "annotation", "comment", "review")
_REPEATED_KEYS = 50
# Separators used to join the values of a repeated field.
_JOINTS = {
    "author": " and ", "editor": " and ", "keywords": " | ", "keyword": " | ", "groups": " | ", "url": "\n",
    "link": "\n", "ee": "\n", "note": "\n\n", "annote": "\n\n", "annotation": "\n\n",
    "comment": "\n\n", "review": "\n\n",
}  # fmt: skip
_HINT = "correct the entry, and import the file again"


class BibtexParser:
    """Entries that start with an at sign."""

    name = "BibTeX"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """1 for a source that starts with an entry or a comment, else the share of lines that look like an entry."""
        if opens_entry(lines[0].text):
            return 1.0
        openings = sum(opens_entry(line.text) for line in lines)
        if not openings:
            return 0.0
        if lines[0].text.startswith("%"):
            return 1.0
        share = (openings + sum(_FIELD.match(line.text) is not None for line in lines)) / len(lines)
        return share if share >= _LEAST_SHARE else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every entry; all lines are consumed, since text between entries is a comment in BibTeX."""
        document = parse_bibtex(source.text)
        diagnostics = [
            Diagnostic(source.name, error.line, error.reason, _HINT, repaired=not error.lost)
            for error in document.errors
        ]
        by_key = {entry.key.lower(): entry for entry in reversed(document.entries) if entry.key}
        # A link of several entries leads to the book or issue that contains them; its DOI is not theirs.
        linked = Counter(link for entry in document.entries for name in LINKS if (link := entry.fields.get(name)))
        wholes = frozenset(link for link, entries in linked.items() if entries > 1)
        seen: Counter[str] = Counter()
        repeated: list[BibEntry] = []
        records: list[Record] = []
        for entry in document.entries:
            if entry.kind in _NO_PAPERS:
                continue
            seen[entry.key] += 1
            is_repeated = bool(entry.key) and seen[entry.key] > 1
            repeated += [entry] if is_repeated else []
            if len(records) > RECORD_LIMIT:
                break
            on_line(entry.line)
            record = to_record(
                source.name,
                _reference(entry, _with_inherited(entry, by_key), wholes, is_repeated=is_repeated),
                diagnostics,
            )
            records += [record] if record else []
        diagnostics += _repeats(source.name, repeated)
        if not records and not diagnostics:
            diagnostics.append(
                Diagnostic(source.name, 0, "the file has no entries, only comments and strings", _HINT)
            )
        return ParseResult(tuple(records), tuple(diagnostics), frozenset(line.number for line in lines))


def _repeats(source: str, entries: Sequence[BibEntry]) -> list[Diagnostic]:
    reason = "the key {} is used by an earlier entry, so this one was imported without a key"
    hint = "give one of them another key if you cite them by key"
    diagnostics = [
        Diagnostic(source, entry.line, reason.format(entry.key), hint, repaired=True)
        for entry in entries[:_REPEATED_KEYS]
    ]
    if len(entries) > _REPEATED_KEYS:
        rest = entries[_REPEATED_KEYS:]
        reason = f"keys of earlier entries are used {pluralise(len(rest), 'more time')}, up to line {rest[-1].line}"
        diagnostics.append(Diagnostic(source, rest[0].line, reason, hint, repaired=True, records=len(rest)))
    return diagnostics


def _with_inherited(entry: BibEntry, by_key: Mapping[str, BibEntry]) -> dict[str, str]:
    """The fields of an entry, and those that it inherits in place of its ``xdata`` and ``crossref``.

    These stay if they name an entry that is not in the file.
    """
    fields = dict(entry.fields)
    if "xdata" not in fields and "crossref" not in fields:
        return fields
    waiting = [(entry, 0)]
    known = {entry.key.lower()}
    while waiting:
        child, generation = waiting.pop()
        names = [*child.fields.get("xdata", "").split(","), child.fields.get("crossref", "")]
        for name in (name.strip().lower() for name in names):
            parent = by_key.get(name)
            if parent is None or name in known or generation >= _GENERATIONS:
                continue
            known.add(name)
            waiting.append((parent, generation + 1))
            own = frozenset() if parent.kind == "xdata" else _OWN
            if own and child.kind not in _WHOLES:
                _inherit_venue(fields, parent)
            for field, value in parent.fields.items():
                if field not in own:
                    fields.setdefault(field, value)
    for field in ("xdata", "crossref"):
        if field in fields and all(name.strip().lower() in by_key for name in fields[field].split(",")):
            del fields[field]
    return fields


def _inherit_venue(fields: dict[str, str], parent: BibEntry) -> None:
    """Add the name of the parent as the venue of its child, unless the child names one."""
    venue = "journaltitle" if parent.kind in _JOURNALS else "booktitle"
    title = parent.fields.get("booktitle") or parent.fields.get("title")
    if title and not any(name in fields for name in ("journal", "journaltitle", "booktitle")):
        fields[venue] = title
        if subtitle := parent.fields.get("subtitle"):
            fields.setdefault("journalsubtitle" if venue == "journaltitle" else "booksubtitle", subtitle)


def _reference(
    entry: BibEntry, fields: dict[str, str], wholes: Container[str], *, is_repeated: bool
) -> BibliographyRecord:
    repeats = tuple(_with_repeated(entry, fields))
    people, truncated = parse_authors(_names(fields, "author"))
    where = links_of(fields, wholes)
    keywords, groups = (
        [word for name in names if name in fields for word in listed_keywords(decode_latex(fields[name]))]
        for names in (("keywords", "keyword"), ("groups",))
    )
    eprint = find_eprint(where.eprint, where.doi, (*where.links, *where.mentioned, *where.named))
    publication = publication_of(entry, fields, where.eprint, keywords, has_eprint=eprint is not None)
    titles = [decode_latex(fields[name], groups=True).strip() for name in ("title", "subtitle") if name in fields]
    title = ": ".join(filter(None, titles))
    if protected := own_protection(entry.fields.get("title", ""), title):
        publication = publication._replace(extra=(*publication.extra, extra_field("title", protected)))
    return BibliographyRecord(
        entry.line,
        title=title,
        authors=tuple(people),
        truncated=truncated,
        date=_date(fields),
        abstract=unwrap(decode_latex_block(fields.get("abstract", ""), groups=True)),
        note="\n\n".join(filter(None, [decode_latex_block(fields[name]) for name in _NOTES if name in fields])),
        keywords=(*keywords, *groups),
        links=where.links,
        mentioned=where.mentioned,
        doi=where.doi,
        eprint=eprint or where.eprint,
        category=decode_field(fields.get("primaryclass", fields.get("eprintclass", ""))),
        key="" if is_repeated else entry.key,
        status=READ_STATUS.get(decode_latex(fields.get("readstatus", "")).lower()),
        commands=tuple(_unknown_commands(fields)),
        repairs=(*entry.repairs, *repeats, *_undefined(entry)),
        details=_details(entry, fields, publication),
        publication=publication,
    )


def _details(entry: BibEntry, fields: Mapping[str, str], publication: Publication) -> PublicationDetails:
    """The publication details of an entry."""
    return details_of(
        entry.kind,
        container=publication.container_title or decode_field(fields.get("maintitle", "")),
        volume=fields.get("volume", ""),
        number=fields.get("number", fields.get("issue", "")),
        pages=fields.get("pages", fields.get("eid", "")),
        isbn=publication.isbn,
        pmid=fields.get("pmid", ""),
        key=entry.key,
        named=(fields.get("note", ""),),
    )


def _unknown_commands(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(field, name) of the unknown commands in title and abstract."""
    for field, parts in (("title", ("title", "subtitle")), ("abstract", ("abstract",))):
        names = [kept_commands(fields[part]) for part in parts if "\\" in fields.get(part, "")]
        if names:
            yield from ((field, name) for name in sorted(frozenset().union(*names)))


def _names(fields: Mapping[str, str], field: str) -> str:
    """The names in LaTeX, with entities and mode tests replaced, whose punctuation would split names."""
    return without_mode_tests(without_entities(fields.get(field, "")))


def _with_repeated(entry: BibEntry, fields: dict[str, str]) -> Iterator[str]:
    """Join the values of repeated fields in place, and yield a message for each."""
    for name, further in entry.repeated.items():
        joint = _JOINTS.get(name, "")
        values = list(dict.fromkeys(value.strip() for value in (fields[name], *further)))
        if len(values) == 1:
            continue
        if joint:
            whole = [f"{joint}{value}{joint}" for value in values]
            fields[name] = joint.join(
                value
                for value, padded in zip(values, whole, strict=True)
                if not any(padded in other for other in whole if other != padded)
            )
        used = "all values were used" if joint else "the first value was used"
        yield f"the field {name} appears {_count_phrase(len(further) + 1)} ({used})"


def _count_phrase(number: int) -> str:
    return "twice" if number == 2 else f"{number} times"


def _undefined(entry: BibEntry) -> Iterator[str]:
    """Messages for undefined strings in visible fields."""
    for field in ("title", "author", "abstract"):
        if field in entry.undefined:
            yield f"the string {entry.undefined[field]} in its {field} is not defined, so its name was used instead"


def _date(fields: Mapping[str, str]) -> PartialDate | str | None:
    """The ``date`` of biblatex, or the start of a range, or else year, month and day.

    A ``date`` without a year, which some programs use for the day, is ignored if there is a ``year``. A ``date``
    without a month is completed by the other fields.
    """
    given = decode_field(fields.get("date", ""))
    written = range_start(given) if given else ""
    year = decode_field(fields.get("year", ""))
    month, day = (decode_field(fields.get(name, "")) for name in ("month", "day"))
    if written and (_FOUR_DIGITS.search(written) or not year):
        parts = partial_date(year or given, _JOINED.sub(" ", month), day) if month and given == written else None
        return parts if isinstance(parts, PartialDate) and str(parts).startswith(written) else written
    if not year:
        return given  # nothing, or a range with an open start
    return partial_date(year, _JOINED.sub(" ", month), day)
