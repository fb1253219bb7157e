"""Parser of CSL-JSON as written by Zotero, Mendeley, pandoc and Crossref.

An array of items, an object that contains one, an object of items by id, or the single item of a Crossref response.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.ingest.author_format import format_author, is_et_al, without_suffix
from tui.ingest.author_lists import initials_last, without_degrees, without_orcid
from tui.ingest.bibliography_record import BibliographyRecord, partial_date, range_start, to_record
from tui.ingest.database_notes import clutter_diagnostics, read_status, sort_note
from tui.ingest.free_form_dates import month_of
from tui.ingest.json_objects import iter_objects
from tui.ingest.keywords import listed_keywords
from tui.ingest.parsers.csl_publication import publication_of
from tui.ingest.publication_details import details_of
from tui.ingest.record import RECORD_LIMIT, ParseResult
from tui.ingest.tagged_authors import tagged_names
from tui.latex.literal_braces import escape_braces
from tui.model.arxiv import find_arxiv_id
from tui.model.author_name import AuthorName
from tui.model.mark import Status
from tui.text.markup import line_without_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.database_notes import SortedNote
    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import Record, SourceLine
    from tui.ingest.source_file import Diagnostic, SourceFile
    from tui.model.partial_date import PartialDate

_BEGINS = re.compile(r"\s*(?:\[\s*)?\{\s*\"[^\"\n]{1,200}\"\s*:")
_WRAPPED = re.compile(r"\"(?:references|items)\"\s*:\s*(?=\[)|\A\s*\{\s*\"(?:references|items)\"\s*:\s*(?=\{)")
_CROSSREF_MESSAGE = re.compile(
    r"\"message-type\"\s*:.{0,200}?\"message\"\s*:\s*(?=\{)|\A\s*\{\s*\"message\"\s*:\s*(?=\{)", re.DOTALL
)
_TELLING = re.compile(r"\"(?:issued|container-title|citation-key|DOI|author|editor)\"\s*:")
# The types of CSL and of Crossref; the key ``type`` alone is in many kinds of JSON.
_TYPE = re.compile(
    r"\"type\"\s*:\s*\"(?:article|bill|book|broadcast|chapter|classic|collection|dataset|document|entry|event|figure|graphic"
    r"|hearing|interview|legal_case|legislation|manuscript|map|motion_picture|musical_score|pamphlet|paper|patent|performance"
    r"|periodical|personal_communication|post|regulation|report|review|software|song|speech|standard|thesis|treaty|webpage"
    r"|journal|proceedings|monograph|edited|reference|dissertation|posted|peer|inproceedings|incollection|misc|conference"
    r"|preprint|component|other)(?:[-_][a-z_-]+)?\""
)
# Keys of other JSON formats: Zotero's own, DataCite, OpenAlex.
_FOREIGN = re.compile(r"\"(?:itemType|creators|titles|authorships)\"\s*:")
_START = 20_000
_SPACES = re.compile(r"[ \t\r\n]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_KEY_IN_NOTE = re.compile(r"^citation key:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
# Values of a Zotero extension for the reading status.
_STATUS = {"read": Status.READ, "in progress": Status.READING, "reading": Status.READING}
_HINT = "see the CSL-JSON schema at citationstyles.org, or export the file again"


class CslJsonParser:
    """Items for citation processors."""

    name = "CSL-JSON"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:
        """1 for a source that starts like CSL-JSON items."""
        if not lines or lines[0].text[0] not in "[{":
            return 0.0
        start = "\n".join(source.lines[:400])[:_START]
        if _BEGINS.match(start) is None:
            return 0.0
        known = _TYPE.search(start) or _TELLING.search(start)
        return 1.0 if known and not _FOREIGN.search(start) else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every item; all lines are consumed."""
        diagnostics: list[Diagnostic] = []
        records: list[Record] = []
        clutter: list[tuple[int, str]] = []
        start = source.text[:_START]
        wrapped = (
            (_WRAPPED.search(start) or _CROSSREF_MESSAGE.search(start)) if start.lstrip().startswith("{") else None
        )
        for line, item in iter_objects(
            source, _HINT, diagnostics, wrapped.end() if wrapped else 0, holds=_holds_items
        ):
            if len(records) > RECORD_LIMIT:
                break
            on_line(line)
            note = sort_note(_text(item, "note"), variables=True)
            clutter += [(line, row) for row in note.clutter[:1]]
            record = to_record(source.name, _reference(line, item, note), diagnostics)
            records += [record] if record else []
        diagnostics += clutter_diagnostics(source.name, clutter)
        return ParseResult(tuple(records), tuple(diagnostics), frozenset(line.number for line in lines))


def _holds_items(value: dict[str, Any]) -> bool:
    """Whether an object is not an item, but contains only items by id."""
    return not _is_item(value) and all(isinstance(member, dict) and _is_item(member) for member in value.values())


def _is_item(value: dict[str, Any]) -> bool:
    return any(isinstance(value.get(name), str | list) for name in ("title", "type", "abstract"))


def _reference(line: int, item: dict[str, Any], note: SortedNote) -> BibliographyRecord:
    people, truncated = _people(item.get("author"))
    extra = _text(item, "note")
    in_note = _KEY_IN_NOTE.search(extra)
    date, repairs = _issued(item.get("issued"))
    keywords = (
        *listed_keywords(_text(item, "keyword")),
        *map(str, _list(item, "keyword") + _list(item, "categories")),
    )
    free_text = (_text(item, "number"), _text(item, "archive_location", "archive-location"), extra)
    key = _text(item, "citation-key", "citekey") or (in_note[1] if in_note else _text(item, "id"))
    return BibliographyRecord(
        line,
        title=_title(_text(item, "title")),
        authors=people,
        truncated=truncated,
        date=date,
        abstract=_text(item, "abstract").strip(),
        note=note.own,
        keywords=keywords,
        links=(_text(item, "URL"),),
        free_text=free_text,
        doi=_text(item, "DOI") or next((text for text in note.identifiers if "10." in text), ""),
        key=key if _is_key(key) else "",
        status=_STATUS.get(read_status(extra)),
        repairs=(*repairs, *_unread_authors(item.get("author"))),
        details=details_of(
            _text(item, "type"),
            container=_text(item, "container-title"),
            volume=_text(item, "volume"),
            number=_text(item, "issue"),
            pages=_text(item, "page"),
            isbn=(_text(item, "ISBN"), *map(str, _list(item, "ISBN"))),
            pmid=_text(item, "PMID"),
            key=_text(item, "id"),
            named=(extra,),
        ),
        publication=publication_of(
            item,
            _people,
            eprint=any(map(find_arxiv_id, (*free_text, _text(item, "URL")))),
            keywords=keywords,
            other_notes=note.clutter,
        ),
    )


def _is_key(text: str) -> bool:
    """Whether an id is a citation key; numbers and URLs are not."""
    return bool(text) and not text.isdigit() and "://" not in text and not any(map(str.isspace, text))


def _text(item: dict[str, Any], *names: str) -> str:
    for name in names:
        value = item.get(name)
        if isinstance(value, list) and value and name in ("title", "DOI", "URL", "container-title"):
            value = value[0]  # Crossref's API
        if isinstance(value, str):
            return _SURROGATE.sub("\ufffd", value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _line(item: dict[str, Any], *names: str) -> str:
    return _SPACES.sub(" ", _text(item, *names)).strip(" ")


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _title(text: str) -> str:
    """A title on one line without markup; spaces may be inside elements, and braces are text."""
    return escape_braces(_SPACES.sub(" ", line_without_markup(text)).strip(" "))


def _people(value: Any) -> tuple[tuple[str, ...], bool]:  # noqa: ANN401, JSON's
    """The authors, and whether the list is incomplete; some programs give one string for all."""
    if isinstance(value, str):
        names, truncated = tagged_names([value.split("\n")])
        return tuple(names), truncated
    people = [name for person in (value if isinstance(value, list) else []) for name in _person(person) if name]
    named = tuple(name for name in people if not is_et_al(name))
    return named, len(named) < len(people)


def _unread_authors(value: Any) -> tuple[str, ...]:  # noqa: ANN401, JSON's
    known = value is None or isinstance(value, list | str)
    return () if known else ("its authors are not a list and were ignored",)


def _person(value: Any) -> list[str]:  # noqa: ANN401, JSON's
    """The name of one author, or several if the object contains a list of names."""
    if isinstance(value, str):
        return _split_list(value.strip()) or [value.strip()]
    if not isinstance(value, dict):
        return []
    literal = _line(value, "literal", "name")
    if literal:
        return _split_list(literal) or [literal if is_et_al(literal) else format_author(AuthorName(literal=literal))]
    parts = {name: without_orcid(_line(value, name)) for name in ("given", "family", "suffix")}
    particles = [_text(value, "dropping-particle").strip(), _text(value, "non-dropping-particle").strip()]
    if not parts["family"]:
        return [parts["given"]]
    if not parts["given"] and not any(particles) and (several := _split_list(parts["family"])):
        return several
    given, suffix = (parts["given"], parts["suffix"]) if parts["suffix"] else without_suffix(parts["given"])
    bare = without_degrees(f"{parts['family']}, {given}, {suffix}") if suffix else ""
    suffix = "" if bare.count(",") == 1 else suffix
    return [format_author(AuthorName(given, " ".join(filter(None, particles)), parts["family"], suffix))]


def _split_list(text: str) -> list[str]:
    """The names of a semicolon-separated list in place of one name; else nothing."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if len(parts) < 2 or not all("," in part or initials_last([part]) != [part] for part in parts[:-1]):
        return []
    names, truncated = tagged_names([[text]])
    return [*names, *(["others"] if truncated else [])] if len(names) + truncated > 1 else []


def _issued(value: Any) -> tuple[PartialDate | str | None, tuple[str, ...]]:  # noqa: ANN401, JSON's
    """The date, and messages about it."""
    if isinstance(value, list):
        value = value[0] if value else None  # early CSL processors wrote ranges this way
    if isinstance(value, str | int):
        return range_start(str(value)), ()
    if not isinstance(value, dict):
        return None, ()
    season = _text(value, "season")
    left_out = (f"the season {season[:40]!r} of its date was ignored",) if season else ()
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) and _text(value, "year"):
        first = [_text(value, name) for name in ("year", "month", "day")]
    if isinstance(first, list) and first and first[0] is not None:
        year, month, day = (*("" if part is None else str(part) for part in first[:3]), "", "")[:3]
        if not month.strip("0") and season and month_of(season) is not None:
            month, left_out = season, ()  # some programs put the month here
        return partial_date(year.zfill(4) if year.isdecimal() else year, month, day), left_out
    return range_start(_text(value, "raw") or _text(value, "literal") or _text(value, "date-time")) or None, left_out
