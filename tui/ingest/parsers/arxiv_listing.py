"""Parser of arXiv's listing and search pages, as they are copied from the browser.

An entry begins with its identifier (``[3] arXiv:2611.12345 (cross-list from cs.LG) [pdf, html, other]``); labels,
values and buttons may have lines of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.listed_authors import is_author_list, split_listed_authors
from tui.ingest.listed_paper import (
    ListedPaper,
    ListingResult,
    beginning_of_abstract,
    break_before,
    join_lines,
    join_paragraphs,
)
from tui.ingest.parsers.arxiv_fields import (
    ARXIV_ID,
    announced_on,
    are_categories,
    arxiv_publication,
    categories_in,
    printed_day,
    without_first,
)
from tui.ingest.record import SourceLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult
    from tui.ingest.source_file import SourceFile
    from tui.model.partial_date import PartialDate

_LINKS = r"\[\s*(?:(?:pdf|ps|html|other|src|format|abs)\b[\s,|]*)+\]"
_ENTRY = re.compile(
    rf"(?:\[\d+\]|\d+\.)?\s*arXiv:\s?(?P<id>{ARXIV_ID})(?:v(?P<version>\d+))?(?P<rest>(?:\s.*)?)\Z", re.IGNORECASE
)
_KIND = r"\((?:cross-?list(?:ed)?(?: from [\w.,\s-]+)?|replaced|withdrawn)[^()]*\)"
_REST = re.compile(rf"(?:\s*{_KIND})*\s*(?P<links>{_LINKS})?\s*(?:{_KIND})?\s*(?P<tags>.*)", re.IGNORECASE)
_HEAD = re.compile(rf"(?:{_LINKS}|{_KIND}|doi|\[|\]|pdf|ps|html|other|,)\Z", re.IGNORECASE)
_REPLACED = re.compile(r"\(replaced", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:?\s*)?(10\.\d{4,9}/\S+)\Z", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\[\d+\]|\d+\.)\Z")
_FIELD = re.compile(
    r"(?P<label>title|authors?|comments?|subjects?|journal[- ]ref(?:erence)?|report(?:-no| number)|doi|msc[- ]class"
    r"|acm[- ]class|abstract)\s?:\s*",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(r"Submitted\s*\d{1,2} [A-Z][a-z]+,? \d{4}.*")
_FIRST_SUBMITTED = re.compile(r"v1\s*submitted\s*(\d{1,2} [A-Z][a-z]+,? \d{4})")
_LESS = re.compile(r"\s*(?:△\s*)?Less\s*\Z")
_MORE = re.compile(r"\s*(?:▽\s*)?More\s*\Z")
_DAY = re.compile(
    r"(?:Showing new listings for )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? (?P<day>\d{1,2} [A-Z][a-z]+ \d{2,4})"
    r"(?:\s*\(.*\))?\Z"
)
_SECTION = re.compile(
    r"(?P<kind>New submissions|Cross-?lists?|Cross submissions|Replacements?|Replacement submissions)"
    r"(?: for (?P<day>.*?))?(?:\s*\(.*\)|\s*\[.*\])?\Z",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:Authors and titles for .*|See (?:today's new changes|recent articles)|\[?\s*Total of [\d,]+ (?:entries"
    r"|results).*"
    r"|Showing (?:up to )?[\d,]+.*|\[?\s*(?:showing|total of) .*|(?:fewer|more|all)(?: ?\|? ?(?:fewer|more|all))*|\|"
    r"|[\d, |:–-]+|(?:\d+-\d+[ .…]*)+|Skip to main content|quick links|Login|Help Pages|About|Search(?: arXiv)?"
    r"|Submit"
    r"|Donate|Log in|Press Enter to search.*|Advanced Search|We gratefully acknowledge support.*"
    r"|.*Simons Foundation.*"
    r"|(?:contact|subscribe)(?: arXiv.*)?|Copyright|Privacy Policy|Web Accessibility Assistance"
    r"|arXiv Operational Status"
    r"|Get status notifications.*|Links to: .*|\(?\s*skipping first.*|\(continued, .*|Query: .*|Sort results by.*"
    r"|(?:results per page.*|Announcement date.*|Relevance|Go|Search term.*|All fields|Search in all archives.*)"
    r"|Showing \S+ of [\d,]+ results.*|Titles?|Author\(s\)|Abstracts?|Comments|Journal reference|ACM classification"
    r"|MSC classification|Report number|arXiv identifier|DOI|ORCID|arXiv author ID|Help pages|Full text|Next|Previous"
    r"|(?:Show|Hide) abstracts?|[\W_]+|arXiv(?:\.org)?|cs|math|stat|physics|eess|q-bio|q-fin|econ|new|recent|search"
    r"|Back to .*|(?:Search )?v?\d+\.\d+.*released .*|Feedback\?|open (?:search|navigation menu)|GO"
    r"|Which authors of .*)\Z",
    re.IGNORECASE,
)
_BREAK = re.compile(
    rf"(?:(?:\[\d+\]|\b\d+\.)\s*)?(?<![\w/])arXiv:\s?{ARXIV_ID}(?:v\d+)?(?:\s*{_KIND})*\s*\[\s*(?:pdf|html|ps|other)"
    r"|(?<=\s)(?:Title|Authors|Comments|Subjects|Journal-ref|Abstract):(?=\s)"
    r"|(?<=\s)Submitted \d{1,2} [A-Z][a-z]+, \d{4}"
)
_NAMED_CATEGORY = re.compile(r"([A-Z][^;:()]{2,60})\([a-z-]+(?:\.[A-Za-z-]+)?\)")
_LONGEST = 1_000
_LOOKAHEAD = 6
_SINGLE = frozenset(("comments", "journal", "report", "doi", "msc", "acm"))


class _Entry(NamedTuple):
    """Where an entry begins.

    Attributes:
        first: index of its first line.
        after: index of the line after its identifier.
        found: the match of the line with the identifier.
    """

    first: int
    after: int
    found: re.Match[str]


class ArxivListing:
    """arXiv's recent, new, monthly and search listings."""

    name = "arXiv listing"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of entries with a title or authors, at three lines each."""
        lines = break_before(lines, _BREAK)
        return min(1.0, 3 * len(list(_entries(lines))) / len(lines)) if lines else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every entry; the lines of the page around them are consumed."""
        lines = break_before(lines, _BREAK)
        entries = list(_entries(lines))
        result = ListingResult(source.name)
        bounds = [*(entry.first for entry in entries[1:]), len(lines)]
        day, replaced = _read_headings(lines[: entries[0].first], result, None, replaced=False)
        names = _subject_names(lines)
        result.consume(*(line for line in lines[: entries[0].first] if line.text in names))
        for entry, end in zip(entries, bounds, strict=True):
            if result.full:
                break
            on_line(lines[entry.first].number)
            reader = _EntryReader(lines[entry.first : entry.after], entry.found, result)
            rest = reader.read(lines[entry.after : end])
            reader.add(day, replaced=replaced)
            day, replaced = _read_headings(rest, result, day, replaced=replaced)
        return result.result()


def _entries(lines: Sequence[SourceLine]) -> Iterator[_Entry]:
    """Every line with an identifier that a title or the authors follow."""
    for index, line in enumerate(lines):
        found = _ENTRY.match(line.text)
        rest = _REST.fullmatch(found["rest"]) if found else None
        if found is None or rest is None or not (rest["links"] or _are_tags(rest["tags"])):
            continue
        following = [other.text for other in lines[index + 1 : index + 1 + _LOOKAHEAD]]
        fields = [match["label"].lower() for text in following if (match := _FIELD.match(text))]
        titled = "title" in fields or any(label.startswith("author") for label in fields)
        if titled or (rest["links"] and "abstract" in fields):
            numbered = index > 0 and _NUMBER.match(lines[index - 1].text) is not None
            yield _Entry(index - numbered, index + 1, found)


def _are_tags(text: str) -> bool:
    """Whether this is what search pages print after the links: categories and a DOI."""
    words = [word for word in text.split() if word.lower() != "doi" and not _DOI.match(word)]
    return not words or are_categories(" ".join(words))


def _subject_names(lines: Sequence[SourceLine]) -> frozenset[str]:
    """The names of categories that the entries print: headings of the page have the same."""
    found = (_NAMED_CATEGORY.findall(line.text) for line in lines if "(" in line.text and len(line.text) < _LONGEST)
    return frozenset(name.strip() for names in found for name in names)


def _read_headings(
    lines: Sequence[SourceLine], result: ListingResult, day: PartialDate | None, *, replaced: bool
) -> tuple[PartialDate | None, bool]:
    """Consume headings and what else is on the page; returns the day, and whether replaced papers follow."""
    for line in lines:
        if found := _DAY.match(line.text):
            day = printed_day(found["day"]) or day
        elif found := _SECTION.match(line.text):
            replaced = found["kind"].lower().startswith("repl")
            day = (printed_day(found["day"]) if found["day"] else None) or day
        elif not _FURNITURE.match(line.text):
            continue
        result.consume(line)
    return day, replaced


class _EntryReader:
    """Reads the lines of one entry into fields."""

    def __init__(self, head: Sequence[SourceLine], found: re.Match[str], result: ListingResult) -> None:
        self._result = result
        self._start = head[0].number
        self._id = found["id"].lower()
        self._version = f"v{found['version']}" if found["version"] else ""
        self._replaced = _REPLACED.search(found["rest"]) is not None
        self._fields: dict[str, list[SourceLine]] = {}
        self._tags: list[str] = []
        self._titled: list[str] = []
        rest = _REST.fullmatch(found["rest"])
        tags = rest["tags"].split() if rest else []
        while tags and not self._read_tags(" ".join(tags)):
            self._titled.insert(0, tags.pop())  # all on one line: the title follows the categories
        if self._titled:
            self._fields["head"] = [SourceLine(self._start, " ".join(self._titled))]
        result.consume(*head)

    def read(self, lines: Sequence[SourceLine]) -> Sequence[SourceLine]:
        """Read the fields; returns the lines after the entry."""
        current = "head"
        for index, line in enumerate(lines):
            if _DAY.match(line.text) or _SECTION.match(line.text) or (current != "title" and _ends(line.text)):
                return lines[index:]
            found = _FIELD.match(line.text)
            if found:
                current = _canonical(found["label"])
                rest = line.text[found.end() :]
                self._fields.setdefault(current, [])
                if rest:
                    self._fields[current].append(line._replace(text=rest))
            elif _SUBMITTED.match(line.text):
                self._fields["submitted"] = [line]
                current = "submitted"
            elif current == "head" and self._is_head(line.text):
                pass
            else:
                current = self._follow(current)
                self._fields.setdefault(current, []).append(line)
            self._result.consume(line)
        return ()

    def add(self, day: PartialDate | None, *, replaced: bool) -> None:
        """Add the paper to the result."""
        title, authors = self._title_and_authors()
        names, truncated = split_listed_authors(join_lines(authors))
        categories = categories_in(join_lines(self._fields.get("subjects", []))) or tuple(self._tags)
        doi = join_lines(self._fields.get("doi", []))
        submitted = join_lines(self._fields.get("submitted", []))
        first = _FIRST_SUBMITTED.search(submitted)
        printed = printed_day(first[1] if first else submitted) if submitted else None
        abstract = self._abstract()
        places = {"title": title, "authors": authors, "abstract": self._fields.get("abstract", [])}
        self._result.add(
            ListedPaper(
                self._start,
                title=join_lines(title),
                authors=names,
                truncated=truncated,
                date=printed or announced_on(self._id, day, replaced=replaced or self._replaced),
                abstract=abstract,
                eprint=self._id,
                doi=doi,
                category=categories[0] if categories else "",
                keywords=without_first(categories),
                links=(f"https://arxiv.org/abs/{self._id}",),
                publication=arxiv_publication(
                    self._text("journal"), self._text("comments"), self._text("report"), self._version
                ),
                lines={name: found[0].number for name, found in places.items() if found},
            )
        )

    def _text(self, name: str) -> str:
        return join_lines(self._fields.get(name, []))

    def _is_head(self, text: str) -> bool:
        """Whether a line belongs to the identifier: links, categories, a DOI."""
        self._replaced |= _REPLACED.match(text) is not None
        return bool(_HEAD.match(text)) or self._read_tags(text)

    def _read_tags(self, text: str) -> bool:
        if not text or not _are_tags(text):
            return False
        for word in text.split():
            if found := _DOI.match(word):
                self._fields.setdefault("doi", []).append(SourceLine(self._start, found[1]))
        self._tags += categories_in(text)
        return True

    def _follow(self, current: str) -> str:
        """The field of a line without label."""
        if current in _SINGLE and self._fields.get(current):
            return current
        whole = join_lines(self._fields.get("subjects", []))
        if current == "subjects" and whole.endswith(")"):
            return "abstract"
        return current

    def _title_and_authors(self) -> tuple[list[SourceLine], list[SourceLine]]:
        lines = self._fields.get("title") or self._fields.get("head", [])
        if "authors" in self._fields:
            return lines, self._fields["authors"]
        start = len(lines)
        while start > 1 and is_author_list(join_lines(lines[start - 1 :])):
            start -= 1
        if start == len(lines) > 1:
            start = 1  # a list with an unusual name: the title is the first line
        return lines[:start], lines[start:]

    def _abstract(self) -> str:
        lines = self._fields.get("abstract", [])
        # A search page prints the excerpt, and when opened the whole text after it.
        short = [index for index, line in enumerate(lines) if _MORE.search(line.text)]
        if short and len(lines) > short[-1] + 1:
            lines = lines[short[-1] + 1 :]
            short = []
        text = _LESS.sub("", join_paragraphs(lines))
        if not short:
            return text
        excerpt = beginning_of_abstract(_MORE.sub("", text))
        if not excerpt:
            self._result.leave_out_excerpt(lines[0])
        return excerpt


def _canonical(label: str) -> str:
    first = re.split(r"[- ]", label.lower())[0]
    return {"author": "authors", "subject": "subjects", "comment": "comments"}.get(first, first)


def _ends(text: str) -> bool:
    """Whether a line of the page ends the entry."""
    return text.startswith(("Total of ", "Showing up to ", "[ total of ")) or text == "About"
