"""Parser of Semantic Scholar's results, as they are copied from the browser.

A paper is a title, its authors, its field of study, venue and day, then often a machine's summary (``TLDR``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.listed_authors import is_author_list, split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, beginning_of_abstract, join_lines
from tui.ingest.parsers.arxiv_fields import printed_day
from tui.ingest.plain_dates import parse_date
from tui.ingest.printed_venue import venue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile
    from tui.model.partial_date import PartialDate

_FIELDS_OF_STUDY = (
    "Agricultural and Food Sciences|Art|Biology|Business|Chemistry|Computer Science|Economics|Education|Engineering"
    "|Environmental Science|Geography|Geology|History|Law|Linguistics|Materials Science|Mathematics|Medicine"
    "|Philosophy|Physics|Political Science|Psychology|Sociology"
)
_STUDY = re.compile(rf"(?:{_FIELDS_OF_STUDY})(?:[,;·]? ?(?:{_FIELDS_OF_STUDY}))*\Z")
_DAY = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d"
_DATED = re.compile(rf"(?<!\S)(?P<day>{_DAY})(?: TLDR)?\Z")
_LONGEST_VENUE = 150
_TLDR = re.compile(r"TL;?DR:?(?:\s+|\Z)")
_SIGN = re.compile(
    r"(?:.*\[PDF\] Semantic Reader|Semantic Reader\b|.*\bSave to Library\b|Save Alert\b|.*\bHighly Influential\b"
    r"|TL;?DR\Z"
    r"|TL;?DR\b.*Expand\Z|.*\b\d[\d,]* (?:Excerpts?|Citations?)\b|Create Alert|Alert\Z|.*Semantic Scholar.*)",
)
_FURNITURE = re.compile(
    r"(?:\[?PDF\]?|Semantic Reader|Save(?: to Library)?|Saved|Cite|Alert|Create Alert|Save Alert|Expand|Collapse"
    r"|TL;?DR"
    r"|[\d,]+(?: Citations?)?|\[PDF\].*|View (?:on|via|PDF).{0,60}|View \d+ excerpts?.*|Highly Influenced?"
    r"|Highly Influential"
    r"|arXiv|ACM|IEEE|Springer|DBLP|PubMed|Publisher|Wiley|JSTOR|Figures? and Tables?.*|\d+ (?:References"
    r"|Excerpts?).*"
    r"|Sort(?:ed)? by.*|Relevance|Fields? of Study|Date Range|Has PDF|Publication Type|Author"
    r"|Journals & Conferences|Clear"
    r"|(?:About )?[\d,]+ results (?:for|found).*|Stop following|Follow|Research Feeds?|Library|Sign In"
    r"|Create Free Account"
    r"|Skip to .*|Search .* papers .*|Semantic Scholar.*|[‹›←→…\W_]+|(?:Next|Previous)(?: Page)?|Show(?: more| less)?"
    r"|.*\bSave Alert\b.*|.*\bCite\b.{0,20}|(?:Methods|Background|Results)(?: Citations?)?|Published \d{4}|Review"
    r"|Add to .*)\Z",
)
_LONGEST_TITLE = 400


class _Found(NamedTuple):
    """A paper among the lines.

    Attributes:
        title: index of the line of its title; the authors are on the next.
        end: index of the line after field, venue and day.
        day: the day as printed.
        venue: the venue as printed.
    """

    title: int
    end: int
    day: str
    venue: str


class SemanticScholar:
    """Semantic Scholar's results."""

    name = "Semantic Scholar"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of papers at five lines each, if the page has buttons of the site."""
        if not any(_SIGN.match(line.text) for line in lines):
            return 0.0
        found = list(_papers(lines))
        return min(1.0, 5 * len(found) / len(lines)) if 25 * len(found) >= len(lines) else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every paper; summaries by a machine are no abstracts."""
        result = ListingResult(source.name)
        found = list(_papers(lines))
        result.consume(*(line for line in lines[: found[0].title] if _is_around(line.text)))
        for paper, end in zip(found, [*(other.title for other in found[1:]), len(lines)], strict=True):
            if result.full:
                break
            on_line(lines[paper.title].number)
            _add(lines[paper.title], lines[paper.title + 1], paper, lines[paper.end : end], result)
            result.consume(*lines[paper.title : paper.end])
        return result.result()


def _papers(lines: Sequence[SourceLine]) -> Iterator[_Found]:
    """Every title with authors below it, and a field of study or a venue with a year below them."""
    index = 0
    while index + 2 < len(lines):
        title, authors = lines[index].text, lines[index + 1].text
        if _is_around(title) or len(title) > _LONGEST_TITLE or not is_author_list(authors) or _STUDY.match(authors):
            index += 1
            continue
        end, day, venue = index + 2, "", ""
        study = False
        while end < min(len(lines), index + 6):
            text = lines[end].text
            found = _DATED.search(text) if len(text) < _LONGEST_VENUE else None
            if _STUDY.match(text):
                study = True
            elif found and not day:
                day, printed = found["day"], text[: found.start()].strip(" ·,")
                venue = re.sub(r"\APublished(?: in)?\s*", "", printed) or venue
            elif study and not day and len(text) < 150 and not _is_around(text) and not text.endswith("."):
                venue = text
            else:
                break
            end += 1
        if not day:
            index += 1
            continue
        yield _Found(index, end, day, _STUDY.sub("", venue).strip(" ,·"))
        index = end


def _is_around(text: str) -> bool:
    return bool(_FURNITURE.match(text) or _SIGN.match(text))


def _add(
    title: SourceLine, authors: SourceLine, paper: _Found, below: Sequence[SourceLine], result: ListingResult
) -> None:
    names, truncated = split_listed_authors(authors.text)
    excerpt: list[SourceLine] = []
    summary = False
    for line in below:
        if _TLDR.match(line.text):
            summary = True
            if len(line.text) > len("TL;DR:"):
                result.leave_out_excerpt(line)
                summary = False
            result.consume(line)
        elif _is_around(line.text):
            result.consume(line)
        elif summary:
            result.leave_out_excerpt(line)
            summary = False
        else:
            excerpt.append(line)
    text = re.sub(r"\s*(?:Expand|Collapse)\Z", "", join_lines(excerpt))
    abstract = beginning_of_abstract(text) if len(text.split()) > 5 else ""
    if abstract:
        result.consume(*excerpt)
    places = {"authors": authors.number, "date": authors.number + 1}
    result.add(
        ListedPaper(
            title.number,
            title=title.text,
            authors=names,
            truncated=truncated,
            date=_date(paper.day),
            abstract=abstract,
            publication=venue("" if paper.venue.lower().startswith("arxiv") or "…" in paper.venue else paper.venue),
            lines=places | ({"abstract": excerpt[0].number} if abstract else {}),
        )
    )


def _date(text: str) -> PartialDate | None:
    try:
        return printed_day(text) or parse_date(text)
    except ValueError:
        return None
