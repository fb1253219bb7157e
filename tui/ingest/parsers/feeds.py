"""Parser of Atom and RSS files: arXiv's, those of journals, and of other sites that name a DOI or an arXiv id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.feed_entries import FeedError, iter_entries
from tui.ingest.listed_authors import split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, date_of_arxiv_id, plain_text
from tui.ingest.parsers.arxiv_fields import ARXIV_ID
from tui.ingest.plain_dates import parse_date
from tui.ingest.printed_venue import journal_reference, venue
from tui.ingest.publication_fields import split_numbers
from tui.model.arxiv import expand_category, find_arxiv_id
from tui.model.page_range import normalise_pages
from tui.model.publication import changed_publication
from tui.text.markup import line_without_markup, without_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.ingest.feed_entries import FeedEntry
    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile
    from tui.model.partial_date import PartialDate
    from tui.model.publication import Publication

_FEED = re.compile(
    r"(?:<\?xml\b[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|(?:\w+:)?RDF)\b", re.DOTALL | re.IGNORECASE
)
_EVIDENCE = re.compile(
    rf"arxiv\.org/abs/|arXiv[.:]\s?{ARXIV_ID}|<prism:doi|doi\.org/10\.|\bdoi:\s?10\.", re.IGNORECASE
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>&?#]+")
_OLD_TITLE = re.compile(
    rf"(?P<title>.*?)\.?\s*\(arXiv:(?P<id>{ARXIV_ID})(?:v\d+)?\s*\[(?P<category>[\w.-]+)\](?P<updated>\s*UPDATED)?\)\s*\Z",
    re.DOTALL | re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    rf"\s*arXiv:(?P<id>{ARXIV_ID})(?:v\d+)?\s*Announce Type:\s*(?P<kind>[\w-]+)\s*(?:Abstract:\s*)?", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4}(?:-\d\d){0,2})(?!\d)")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3},\s*)?(\d{1,2} [A-Za-z]{3,9} \d{4})\b")
# What journals print in place of, or before, an abstract.
_ABOUT = re.compile(
    r"\s*(?:[^\n.]{0,120}, Published online: [^;\n]*;?(?:\s*doi:\S+)?|(?:Publication date|Source|Author\(s\)"
    r"|Available online"
    r"|Volume|Published|doi|DOI)\s*:?[^\n]*)(?:\n|\Z)|\s*\S[^\n]{0,100}, Volume \d+, Issue [^\n]*(?:\n|\Z)"
    r"|\s*(?:Abstract|ABSTRACT)\s*\n"
)
_AUTHORS = re.compile(r"^\s*Author\(s\):\s*(.+)$", re.MULTILINE)
_LEAST_ABSTRACT = 20  # words
_DATES = ("published", "publicationDate", "date", "pubDate", "issued", "updated")
_HINT = "save the feed again, or export the records as BibTeX, RIS or CSL-JSON"
_START = 200_000


class Feed:
    """Atom, RSS 1.0 and RSS 2.0."""

    name = "Atom and RSS"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """1 for a feed that names an arXiv id or a DOI."""
        first = next((line for line in source.lines[:20] if line.strip()), "").lstrip("\ufeff \t")
        if not first.startswith("<"):
            return 0.0
        start = "\n".join(source.lines[:4_000])[:_START].lstrip("\ufeff \t\n")
        return 1.0 if _FEED.match(start) and _EVIDENCE.search(start) else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every entry with an arXiv id or a DOI; the others are reported, and all lines consumed."""
        result = ListingResult(source.name)
        result.consume(*lines)
        try:
            for entry in iter_entries(
                [line.lstrip("\ufeff") if not index else line for index, line in enumerate(source.lines)]
            ):
                if result.full:
                    break
                on_line(entry.line)
                _add(entry, result)
        except FeedError as error:
            left = "the entries before it were read" if result.papers else "no entries were read"
            result.report(error.line, f"{error.reason}; {left}", _HINT)
        return result.result()


def _add(entry: FeedEntry, result: ListingResult) -> None:
    title_text, text = _title(entry), _description(entry)
    old, announced = _OLD_TITLE.match(title_text), _ANNOUNCED.match(text)
    addresses = [value.text for value in entry.all("id", "link", "guid", "origLink")]
    eprint = (old["id"] if old else "") or (announced["id"] if announced else "")
    eprint = (eprint or next(filter(None, map(find_arxiv_id, addresses)), "")).lower()
    doi = _doi(entry, addresses)
    if not eprint and not doi:
        shown = line_without_markup(title_text)[:80]
        reason = f"entry {shown!r} skipped: it has neither an arXiv id nor a DOI"
        result.report(entry.line, reason, "if it is a paper, get BibTeX or RIS from the site and import that")
        return
    announcement = entry.text("announce_type") or (announced["kind"] if announced else "")
    replaced = announcement.lower().startswith("replace") or bool(old and old["updated"])
    read = plain_text if eprint else str
    names, truncated = _authors(entry, text, read)
    category, keywords = _subjects(entry, old["category"] if old else "", of_arxiv=bool(eprint))
    places = {"title": entry.first("title"), "abstract": entry.first("summary", "description", "encoded", "abstract")}
    link = next((address for address in addresses if address.startswith("http")), "")
    result.add(
        ListedPaper(
            entry.line,
            title=read(" ".join(line_without_markup(old["title"] if old else title_text).split())),
            authors=names,
            truncated=truncated,
            date=_date(entry, eprint, replaced=replaced),
            abstract=_abstract(text[announced.end() :] if announced else text, of_arxiv=bool(eprint)),
            eprint=eprint,
            doi=doi,
            category=category,
            keywords=keywords,
            links=(f"https://arxiv.org/abs/{eprint}",) if eprint else (link,) if link else (),
            publication=_publication(entry),
            lines={name: value.line for name, value in places.items() if value},
        )
    )


def _title(entry: FeedEntry) -> str:
    """The title; some journals print theirs without volume and pages in a second element."""
    first, *others = [value.text for value in entry.all("title")] or [""]
    return next((text for text in others if first.endswith(text)), first)


def _publication(entry: FeedEntry) -> Publication:
    reference = line_without_markup(entry.text("journal_ref") or entry.text("journal_reference"))
    first, last = entry.text("startingPage"), entry.text("endingPage")
    pages = "-".join(filter(None, (first, last if last != first else "")))
    values = {
        "note": line_without_markup(entry.text("comment")) if entry.text("primary_category") else None,
        "volume": entry.text("volume"),
        "issue": entry.text("number"),
        "pages": normalise_pages(pages) if pages else None,
        "issn": split_numbers(entry.text("issn", "eIssn")),
    }
    name = line_without_markup(entry.text("publicationName"))
    published = venue(name, "article-journal") if name else journal_reference(reference)
    return changed_publication(published, {field: value for field, value in values.items() if value})


def _description(entry: FeedEntry) -> str:
    found = [value.text for value in entry.all("summary", "abstract", "description", "encoded", "content")]
    return without_markup(max(found, key=len)) if found else ""


def _doi(entry: FeedEntry, addresses: Sequence[str]) -> str:
    named = [value.text for value in entry.all("doi", "DOI")]
    identifiers = [value.text for value in entry.all("identifier") if "10." in value.text]
    linked = [text for text in addresses if "doi" in text.lower() or text.startswith("10.")]
    found = (match[0] for text in (*named, *identifiers, *linked) if (match := _DOI.search(text)))
    return next((doi.rstrip(".,;)") for doi in found if not doi.lower().startswith("10.48550/arxiv")), "")


def _authors(entry: FeedEntry, text: str, read: Callable[[str], str]) -> tuple[tuple[str, ...], bool]:
    """The authors, and whether there are more; ``read`` decodes the accents of arXiv's names."""
    people = [value.text for value in entry.all("name", inside="author")]
    people = people or [value.text for value in entry.all("creator")]
    people = people or [value.text for value in entry.all("author") if "@" not in value.text]
    people = people or _AUTHORS.findall(text)[:1]
    found = [split_listed_authors(read(line_without_markup(name))) for name in people]
    names = tuple(dict.fromkeys(name for listed, _ in found for name in listed))
    return names, any(truncated for _, truncated in found)


def _subjects(entry: FeedEntry, printed: str, *, of_arxiv: bool) -> tuple[str, tuple[str, ...]]:
    """The category, and the other categories or keywords."""
    primary = [value.attributes.get("term", value.text) for value in entry.all("primary_category")]
    terms = [value.attributes.get("term", value.text) for value in entry.all("category", "subject")]
    words = list(dict.fromkeys(filter(None, (*primary, printed, *terms))))
    if not of_arxiv:
        return "", tuple(words)
    known = [name[0] for word in words if ("." in word or "-" in word) and len(name := expand_category(word)) == 1]
    known = list(dict.fromkeys(known))
    return (known[0], tuple(known[1:])) if known else ("", ())


def _date(entry: FeedEntry, eprint: str, *, replaced: bool) -> PartialDate | None:
    """The day of publication; for a replaced paper of arXiv the month in its identifier."""
    if eprint and replaced:
        return date_of_arxiv_id(eprint)
    for value in filter(None, map(entry.first, _DATES)):
        text = value.text
        found = _ISO.match(text) or _RFC_822.match(text)
        if found:
            try:
                return parse_date(found[1])
            except ValueError:
                continue
    return date_of_arxiv_id(eprint) if eprint else None


def _abstract(text: str, *, of_arxiv: bool) -> str:
    """The abstract in a description; what journals print about the article is left out."""
    if of_arxiv:
        return " ".join(text.split())
    while found := _ABOUT.match(text):
        text = text[found.end() :]
    text = text.strip()
    return text if len(text.split()) >= _LEAST_ABSTRACT else ""
