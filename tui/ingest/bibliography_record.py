"""A record of a bibliography in any format, and its conversion to a ``Record``.

Shared by all formats: validation of links, identifiers, keywords and dates, and the limits on their sizes.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from tui.ingest.free_form_dates import month_of, read_phrase
from tui.ingest.keywords import tag_of
from tui.ingest.plain_dates import parse_date
from tui.ingest.publication_details import NO_DETAILS, PublicationDetails
from tui.ingest.record import Record
from tui.ingest.source_file import Diagnostic
from tui.latex.unknown_commands import REFUSED
from tui.model.arxiv import eprint_of, expand_category, find_arxiv_id
from tui.model.arxiv_names import category_named
from tui.model.citation_key import writable_key
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import IN_LATEX, SourceLocation
from tui.model.partial_date import PartialDate
from tui.model.publication import NO_PUBLICATION, Publication
from tui.model.tags import validate_tag
from tui.text.markup import line_without_markup, without_entities, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT_LIMIT = 1_000_000
_AUTHOR_LIMIT = 5_000
_WEB = re.compile(r"https?://\S", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]+")
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]")
# Compiled when they are first used: the addresses of most bibliographies are whole, and in fields of their own.
_WITHOUT_SCHEME = (
    r"(?i)(?:www\d?\.[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?|(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?/\S*"
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|info))\Z"
)
_DOI_ALONE = r"(?i)(?:doi\s*[:=]\s*|doi\s+)?(?:https?://)?(?:(?:[\w-]+\.)*doi\.[\w.-]+/(?:doi:)?)?(10\.\d{4,9}(?:/|%2f)[^\s\"]+)"
_DOI_IN_ADDRESS = (
    r"(?i)https?://[\w.-]+/doi/(?:(?:abs|full|pdf|epdf|pdfdirect|book|epub)/)?(?!10\.5555/)(10\.\d{4,9}/[^\s\"?#/]+(?:/[^\s\"?#/]*\d[^\s\"?#/]*)*)"
    r"(?:/(?:abstract|full|pdf|epdf|summary|references)?)?(?:[?#].*)?"
)
_ARXIV_DOI = "10.48550/arxiv."
_EPRINT = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)
# Our exports write the category as a keyword where the format has no field for it.
_CATEGORY = re.compile(r"arXiv:([a-z][a-z-]+(?:\.[A-Za-z-]+)?)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY = re.compile(r"(\d{1,2})(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_OPEN_BEGINNING = re.compile(r"\s*(?:\.\.|open|unknown)?\s*/")
_ALL_NUMBERS = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}")
_LATEST_YEAR = 2100
_YEAR_AND_WORD = re.compile(r"\d{4}/\s*([^\W\d_]{3,20})")
_SLASHED = re.compile(r"\d{4}/\d{1,2}/\d{1,2}\Z")
_NOT_KNOWN = frozenset(("", "..", "open", "unknown"))
_BEFORE_OUR_ERA = re.compile(r"\s*[-\u2012\u2013\u2212]\s*\d|.*\d(?:\s*BCE?|\s+bce?|\s*[Bb]\.\s?[Cc]\.)(?![A-Za-z])")
_RAISED = re.compile(r"<sup>[^<>]{0,40}</sup>")  # footnote mark of an affiliation
_HTML = re.compile(r"\s*<(?:p|div|ul|ol|h[1-6])(?:\s[^<>]*)?>.*</[a-z0-9]+>\s*\Z", re.DOTALL)
_HINT = "correct it in the file or in the program that wrote it, and import the file again"


class BibliographyRecord(NamedTuple):
    """One record of a bibliography, as plain text.

    Attributes:
        line: number of its first line.
        title: a single line.
        authors: names as an author list shows them.
        truncated: whether the author list is incomplete.
        date: as printed, or already parsed.
        abstract: may have several lines.
        note: the user's note.
        keywords: single words.
        links: contents of the link fields, not yet validated.
        mentioned: web addresses found in its texts.
        free_text: texts that may contain an arXiv id.
        doi: contents of the DOI field, not yet validated.
        eprint: contents of the arXiv id field, not yet validated.
        category: arXiv category.
        key: citation key.
        status: reading status given by the other program.
        commands: (field, name) of every unknown LaTeX command in the title and the abstract.
        repairs: what was wrong with the record, one clause each.
        details: publication details that distinguish records.
        publication: where and how it was published.
    """

    line: int
    title: str = ""
    authors: tuple[str, ...] = ()
    truncated: bool = False
    date: PartialDate | str | None = None
    abstract: str = ""
    note: str = ""
    keywords: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    free_text: tuple[str, ...] = ()
    doi: str = ""
    eprint: str = ""
    category: str = ""
    key: str = ""
    status: Status | None = None
    commands: tuple[tuple[str, str], ...] = ()
    repairs: tuple[str, ...] = ()
    details: PublicationDetails = NO_DETAILS
    publication: Publication = NO_PUBLICATION


def to_record(source: str, reference: BibliographyRecord, diagnostics: list[Diagnostic]) -> Record | None:
    """Convert a bibliography record; None if it has neither title nor abstract.

    Args:
        source: name of the source.
        reference: the bibliography record.
        diagnostics: problems of the record are appended here.
    """
    reference = _without_markup(reference)
    repairs = list(reference.repairs)
    title, abstract = _cut(reference.title, "title", repairs), _cut(reference.abstract, "abstract", repairs)
    if not title and not abstract:
        reason = f"record{_named(reference)} skipped: it has neither a title nor an abstract"
        reason += f" ({'; '.join(repairs)})" if repairs else ""
        diagnostics.append(Diagnostic(source, reference.line, reason, "add a title, and import the file again"))
        return None
    links, other = _links(reference.links, reference.mentioned)
    repairs += [f"{link[:80]!r} is not a web address and was ignored" for link in other]
    found = _DOI.search(_decoded(_UNSEEN.sub("", reference.doi))) if reference.doi else None
    doi = found[0].rstrip(".,;") if found else ""
    keywords, marked = _keywords(reference.keywords)
    values: dict[str, Any] = {
        "title": title or None,
        "authors": reference.authors[:_AUTHOR_LIMIT],
        "authors_truncated": reference.truncated or len(reference.authors) > _AUTHOR_LIMIT,
        "date": _date(reference.date, repairs),
        "category": _category(reference.category) or marked,
        "links": links,
        "abstract": abstract or None,
        "eprint": find_eprint(reference.eprint, reference.doi, (*reference.links, *links, *reference.free_text)),
        "doi": doi if doi and not doi.lower().startswith(_ARXIV_DOI) else None,
    }
    if len(reference.authors) > _AUTHOR_LIMIT:
        repairs.append(f"only the first {_AUTHOR_LIMIT} of its {len(reference.authors)} authors were kept")
    repairs += _changed_key(reference.key)
    repairs += [
        f"its {field} contains the command \\{name}, which is exported as text"
        for field, name in reference.commands
        if name in REFUSED
    ]
    mark = Mark(
        status=reference.status or Status.UNREAD,
        note=_cut(reference.note, "note", repairs),
        citation_key=reference.key or None,
    )
    if repairs:
        reason = f"record{_named(reference)} repaired: {'; '.join(repairs)}"
        diagnostics.append(Diagnostic(source, reference.line, reason, _HINT, repaired=True))
    location = SourceLocation(source, reference.line)
    positions = tuple([(field, location) for field, value in values.items() if value])
    positions += tuple((mark, location) for mark in dict.fromkeys(IN_LATEX[field] for field, _ in reference.commands))
    publication = _without_category(reference.publication, values["category"])
    if publication is not NO_PUBLICATION:
        positions += (("publication", location),)
    return Record(
        location,
        **values,
        positions=positions,
        mark=None if mark == UNTOUCHED else mark,
        keywords=keywords,
        details=reference.details,
        publication=publication,
    )


def _without_markup(reference: BibliographyRecord) -> BibliographyRecord:
    """The record with web markup in its fields replaced by text."""
    texts = (reference.title, reference.abstract, reference.note, reference.doi)
    lists = (reference.authors, reference.keywords, reference.links, reference.free_text)
    whole = "\n".join((*texts, *chain.from_iterable(lists)))
    if not ("&" in whole or "<" in whole or "$" in whole):  # the common case
        return reference
    return reference._replace(
        title=line_without_markup(reference.title),
        authors=tuple(map(_name_without_markup, reference.authors)),
        abstract=without_markup(reference.abstract),
        note=without_markup(reference.note) if _HTML.match(reference.note) else reference.note,
        keywords=tuple(map(without_markup, reference.keywords)),
        links=tuple(map(without_entities, reference.links)),
        free_text=tuple(map(without_entities, reference.free_text)),
        doi=without_entities(reference.doi),
    )


def _name_without_markup(name: str) -> str:
    return line_without_markup(_RAISED.sub("", name)) if "<" in name or "&" in name else name


def _named(reference: BibliographyRecord) -> str:
    return f' "{reference.key[:80]}"' if reference.key else ""


def _changed_key(key: str) -> list[str]:
    """Report a citation key that no export can write unchanged."""
    written = writable_key(key)
    if written == key:
        return []
    if not written:
        return [f"its citation key '{key[:80]}' has no valid characters, so exports use another key"]
    return [f"its citation key '{key[:80]}' has invalid characters, so exports use '{written[:80]}'"]


def _cut(text: str, name: str, repairs: list[str]) -> str:
    if len(text) <= TEXT_LIMIT:
        return text
    repairs.append(f"only the first {TEXT_LIMIT} of the {len(text)} characters of its {name} were kept")
    return text[:TEXT_LIMIT]


def _links(given: Iterable[str], mentioned: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    """The distinct web addresses, and the texts that are not addresses.

    Args:
        given: contents of the link fields; a missing scheme is added, a DOI becomes its address.
        mentioned: addresses found elsewhere.
    """
    found: dict[str, None] = {}
    other: list[str] = []
    for text in given:
        # A field may hold several addresses; a single address may contain a space.
        parts = text.split() if len(_WEB.findall(text)) > 1 else [row.strip() for row in text.split("\n")]
        for part in filter(None, (_UNSEEN.sub("", part).strip("<>").rstrip(";,").strip() for part in parts)):
            link = address_of(part)
            if link:
                found[link] = None
            elif not eprint_of(part, bare=False):
                other.append(part)
    found |= dict.fromkeys(mentioned)
    return tuple(found), other


def address_of(text: str) -> str | None:
    """The text as a web address, or None if it is not one."""
    if _WEB.match(text):
        return text
    if re.match(_WITHOUT_SCHEME, text):
        return f"http://{text}"
    found = re.fullmatch(_DOI_ALONE, text)
    return f"https://doi.org/{_decoded(found[1])}" if found else None


def _decoded(doi: str) -> str:
    """The DOI with its slash decoded if an address wrote it as ``%2F``."""
    return unquote(doi) if "%2f" in doi.lower() else doi


def doi_of(text: str) -> str:
    """The DOI in a text that is nothing but a DOI, its address or a publisher's page of it; empty if none."""
    text = _UNSEEN.sub("", text).strip().strip("<>").rstrip(".,;")
    found = re.fullmatch(_DOI_ALONE, text) or re.fullmatch(_DOI_IN_ADDRESS, text)
    return _decoded(found[1]) if found else ""


def find_eprint(eprint: str, doi: str, texts: Iterable[str]) -> str | None:
    """The arXiv id of a record, or None.

    Args:
        eprint: contents of the arXiv id field.
        doi: contents of the DOI field; arXiv's DOIs contain the id.
        texts: links, and texts that may contain an id.
    """
    bare = eprint.strip()
    if bare and _EPRINT.fullmatch(bare):
        bare = f"arXiv:{bare}"
    for text in (bare, doi, *texts):
        if text and (found := find_arxiv_id(text)):
            return found
    return None


def _keywords(given: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    """The keywords as distinct tags, and the category among them.

    Our exports put it there, and reference managers write every category by its name, as in ``Computer Science -
    Robotics``; of these the first counts.
    """
    tags: dict[str, str] = {}
    category = named = None
    for word in map(str.strip, given):
        marked = _CATEGORY.fullmatch(word)
        if marked and (code := _category(marked[1])):
            category = category or code
            continue
        if code := category_named(word):
            named = named or code
            continue
        try:
            tag = validate_tag(tag_of(word))
        except ValueError:
            continue
        tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values()), category or named


def _without_category(publication: Publication, category: str | None) -> Publication:
    """The publication without the keyword that an export of ours made of the category."""
    kept = tuple(
        word
        for word in publication.keywords
        if not (category and (marked := _CATEGORY.fullmatch(word.strip())) and _category(marked[1]) == category)
    )
    if len(kept) == len(publication.keywords):
        return publication
    found = publication._replace(keywords=kept)
    return NO_PUBLICATION if found == NO_PUBLICATION else found


def _category(text: str) -> str | None:
    names = expand_category(text) if text else ()
    return names[0] if len(names) == 1 else None


def _date(given: PartialDate | str | None, repairs: list[str]) -> PartialDate | None:
    if given is None:
        return None
    if isinstance(given, PartialDate):
        if given.year is not None and given.year > _LATEST_YEAR:
            repairs.append(f"its year {given.year} is far in the future")
        return given
    text = given.strip().strip("~?% ")
    if not text:
        return None
    if _BEFORE_OUR_ERA.match(text):
        repairs.append(f"its date {text[:40]!r} is BCE, which is not supported, and was ignored")
        return None
    with suppress(ValueError):
        return parse_date(text)
    phrase = read_phrase(text)
    year = _YEAR.search(text) if phrase.year is None and not _OPEN_BEGINNING.match(text) else None
    if year is not None and int(year[0]):
        phrase = phrase._replace(year=int(year[0]), day=None, whole=False)
    date = phrase.date
    if date is None:
        repairs.append(f"its date {text[:40]!r} is not a valid date and was ignored")
    elif not phrase.whole:
        used = "the year" if date.month is None else "the year and month" if date.day is None else "one day"
        repairs.append(f"of its date {text[:40]!r}, only {used} could be used")
    return date


def range_start(text: str) -> str:
    """The start of a date range, ``2004-05`` of ``2004-05/2006``; empty if the start is open.

    A slash between day, month and year is not a range: ``06/12/2018`` and ``2018/June`` are unchanged.
    """
    text = text.strip()
    first, slash, _ = text.partition("/")
    if (worded := _YEAR_AND_WORD.match(text)) is not None and month_of(worded[1]) is not None:
        return text
    ranged = slash and (_YEAR.search(first) or first.strip().lower() in _NOT_KNOWN) and not _SLASHED.match(text)
    return first.strip() if ranged else text


@lru_cache(maxsize=4096)  # a bibliography repeats few dates
def partial_date(year: str, month: str = "", day: str = "") -> PartialDate | str | None:
    """The date of a year, a month and a day given separately, as far as they agree.

    Where they do not agree, in years BCE, and without a year, the parts are returned as text, so that the caller can
    report what is left out.

    Args:
        year: contains four digits.
        month: a number or the name of a month, perhaps with a day: ``12 June``, ``28 May--2 June``.
        day: a number.
    """
    month, day = month.strip(), day.strip()
    if _BEFORE_OUR_ERA.match(year):
        return "-".join(filter(None, (year.strip(), month, day)))
    found = _YEAR.search(year)
    if found is None:
        return year.strip(" /-") or None
    number = int(found[0])
    if not number:
        return None
    if not month.strip("0"):
        return _of_year(year.strip(), number)
    phrase = read_phrase(month, of_month=True)
    if phrase.month is not None and phrase.day is None and day.strip("0"):
        number_of_day = _DAY.match(day)
        phrase = phrase._replace(day=int(number_of_day[1]) if number_of_day else None, whole=bool(number_of_day))
    if phrase.whole and phrase.month is not None and phrase.year in (None, number):
        with suppress(ValueError):
            return PartialDate(number, phrase.month, phrase.day)
    if any(int(other) != number for other in _YEAR.findall(month)):
        return f"{found[0]} {month}"
    if not month[0].isalnum():
        return f"{found[0]} {month}" if _LETTER.search(month) else PartialDate(number)
    parts = (month, day, found[0]) if _LETTER.search(month) or not day else (found[0], month, day)
    return (" " if parts[0] == month else "-").join(filter(None, parts))


def _of_year(text: str, year: int) -> PartialDate | str:
    """The date if only the year field is given, which may contain a month: ``May 2007``."""
    if len(text) == len("2007"):
        return PartialDate(year)
    # 2010-11 may also be an academic year.
    several = [int(found) for found in _YEAR.findall(text)]
    ambiguous = text[4:] == f"-{(year + 1) % 100:02d}"
    phrase = read_phrase(text)
    if phrase.whole and phrase.year == year and not ambiguous:
        return phrase.date or PartialDate(year)
    if (phrase.month is not None and not ambiguous) or _ALL_NUMBERS.search(text):
        return text
    return text if any(abs(other - year) > 1 for other in several) else PartialDate(year)
