"""Parser of OpenReview's pages, as they are copied from the browser.

Above the line with the day of publication stand title and authors, below it the venue and labelled fields.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.keywords import listed_keywords
from tui.ingest.listed_authors import is_author_list, split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, join_lines, join_paragraphs
from tui.ingest.parsers.arxiv_fields import printed_day
from tui.ingest.printed_venue import venue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile

_DAY = r"\d{1,2} [A-Z][a-z]{2,8} \d{4}"
_PUBLISHED = re.compile(
    rf"(?:Published: (?P<day>{_DAY})|(?P<old>{_DAY})\s*\((?:last )?modified: {_DAY}\))"
    rf"(?:,? ?Last Modified: {_DAY})?(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_EVERYONE = re.compile(r"(?P<venue>.*?)[\s|·•,;:*-]*Readers: (?:\S+ )?Everyone(?P<rest>.*)\Z")
# The same in newer pages, where buttons follow without spaces.
_EVERYONE_AFTER_DAY = re.compile(r"(?P<venue>.*?)[\s|·•,;:*-]*Everyone(?:Revisions|BibTeX|CC \S+(?: \S+)?|[\s|·])*\Z")
_FIELD = re.compile(
    r"(?:Show details\s*)?(?P<label>keywords|tl;dr|abstract|primary area|submission number|venue"
    r"|supplementary material"
    r"|code of ethics|track|student paper|one-sentence summary|reviewed version \(pdf\)|code|data|pdf|area"
    r"|previous url"
    r"|anonymous (?:url|preprint)|submission guidelines|no acknowledgement section|confirmation|paper type|license"
    r"|subject areas|research area|lay summary|link to code|originally submitted pdf|original pdf|decision"
    r"|changes since last submission|assigned action editor|submission length|changes"
    r"|resubmission|software|dataset|please choose.*?|supplementary|conflicts|authorids|originally submitted|video)"
    r"\s?:\s*",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:Everyone|Revisions|BibTeX|CC (?:BY|0)\S*(?: \S+)*|(?:(?:Show|Hide|View) (?:details|abstract|revisions"
    r"|bibtex) ?)+"
    r"|\d+ (?:Repl(?:y|ies)|Comments?)|Readers: .*|PDF|Loading|OpenReview(?:\.net)?|Search OpenReview.*|Login"
    r"|[←‹<]? ?Back to .*|(?:back arrow)?Go to .*homepage|\.net|Filter by .*|Search keywords.*|Sort: .*|Add:"
    r"|\d+ / \d+ replies shown|Blind Submission|[\W_]+|Download PDF|Supplementary Material"
    r"|Open Access|Abstract"
    r"|(?:Accept|Oral|Spotlight|Poster|Reject|Withdrawn|All)(?: .{0,40})?|\d+|Toggle .*|About OpenReview|FAQ|Contact"
    r"|(?:Next|Previous|First|Last)(?: page)?|Everyone Revisions BibTeX.*|Hosting a Venue|All Venues|Sponsors"
    r"|Feedback)\Z",
    re.IGNORECASE,
)
_NO_AUTHORS = re.compile(
    r"Anonymous(?: authors?)?\Z|.*\bSubmission\d* Authors\Z|Anonymous .*under .*review\Z", re.IGNORECASE
)
_VENUE = re.compile(r".*\b(?:19|20)\d\d\b.*")
_ADDRESS = re.compile(r"\W+\Z|.*(?:https?://|/\S*\?id=|\bid=~)")
_LINK_AFTER_TITLE = re.compile(r"\s+(?P<link>https?://openreview\.net/\S+)\Z")
# Programs for notes name the page below what is pasted from it.
_FROM = re.compile(r"From <(?P<link>https?://openreview\.net/\S+?)>\Z")
_PROFILE = re.compile(r"~[\w.'-]+\d+\Z")  # shown beside the author below the pointer
_LONGEST_TITLE = 400


class _Found(NamedTuple):
    """A paper among the lines.

    Attributes:
        title: index of the line of its title.
        anchor: index of the line with the day of publication, or with its readers.
    """

    title: int
    anchor: int


class OpenReview:
    """OpenReview's lists of papers, and the pages of single papers."""

    name = "OpenReview"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of papers, at six lines each."""
        lines = _with_whole_authors(lines)
        return min(1.0, 6 * len(list(_papers(lines))) / len(lines)) if lines else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every paper; buttons are consumed."""
        result = ListingResult(source.name)
        result.consume(*(line for line in lines if _PROFILE.match(line.text) or line.text.startswith(", ")))
        lines = _with_whole_authors(lines)
        found = list(_papers(lines))
        result.consume(*(line for line in lines[: found[0].title] if _FURNITURE.match(line.text)))
        ends = [*(paper.title for paper in found[1:]), len(lines)]
        for paper, end in zip(found, ends, strict=True):
            if result.full:
                break
            on_line(lines[paper.title].number)
            _add(lines[paper.title : paper.anchor], lines[paper.anchor], lines[paper.anchor + 1 : end], result)
        return result.result()


def _with_whole_authors(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, with lists of authors joined that the name of a profile interrupts."""
    whole: list[SourceLine] = []
    for line in lines:
        if whole and line.text.startswith(", "):
            whole[-1] = whole[-1]._replace(text=f"{whole[-1].text}{line.text}")
        elif not _PROFILE.match(line.text):
            whole.append(line)
    return whole


def _papers(lines: Sequence[SourceLine]) -> Iterator[_Found]:
    free = 0
    for index, line in enumerate(lines):
        if index < free + 1 or not (_PUBLISHED.match(line.text) or _EVERYONE.match(line.text)):
            continue
        start = _above(lines, index, free)
        if start < free:
            continue
        if is_author_list(lines[start].text) or _NO_AUTHORS.match(lines[start].text):
            start = _above(lines, start, free)
            # A list of authors may be wrapped: its lines end in a comma.
            while start > free and lines[start].text.endswith(",") and is_author_list(lines[start].text[:-1]):
                start = _above(lines, start, free)
        elif not _PUBLISHED.match(line.text) or not _fields_follow(lines, index):
            continue
        if start < free or not _is_title(lines[start].text):
            continue
        yield _Found(start, index)
        free = index + 1


def _above(lines: Sequence[SourceLine], index: int, free: int) -> int:
    """The index of the next line above that is not a button."""
    index -= 1
    while index > free and _FURNITURE.match(lines[index].text):
        index -= 1
    return index


def _is_title(text: str) -> bool:
    text = _LINK_AFTER_TITLE.sub("", text)
    return len(text) <= _LONGEST_TITLE and not _FIELD.match(text) and not _ADDRESS.match(text)


def _fields_follow(lines: Sequence[SourceLine], index: int) -> bool:
    return any(_FIELD.match(line.text) or _EVERYONE.match(line.text) for line in lines[index + 1 : index + 8])


def _add(head: Sequence[SourceLine], anchor: SourceLine, below: Sequence[SourceLine], result: ListingResult) -> None:
    title, authors = head[0], [line for line in head[1:] if not _FURNITURE.match(line.text)]
    published = _PUBLISHED.match(anchor.text)
    rest = published["rest"] if published else anchor.text
    everyone = _EVERYONE.match(rest) or (_EVERYONE_AFTER_DAY.match(rest) if published else None)
    printed = everyone["venue"].strip() if everyone else ""
    fields = _read_fields(below, result)
    printed = printed or join_lines(fields.get("venue", []))
    names: tuple[str, ...] = ()
    truncated = False
    if authors and not _NO_AUTHORS.match(authors[0].text):
        names, truncated = split_listed_authors(join_lines(authors))
    abstract = fields.get("abstract", [])
    day = (published["day"] or published["old"]) if published else ""
    link = _LINK_AFTER_TITLE.search(title.text)
    links = [link["link"]] if link else [line.text for line in fields.get("from", ())]
    places = {"authors": authors, "abstract": abstract, "date": [anchor] if day else []}
    result.consume(*head, anchor)
    result.add(
        ListedPaper(
            title.number,
            title=_LINK_AFTER_TITLE.sub("", title.text),
            authors=names,
            truncated=truncated,
            date=printed_day(day) if day else None,
            abstract=join_paragraphs(abstract),
            links=tuple(links),
            keywords=tuple(listed_keywords(join_lines(fields.get("keywords", [])))),
            publication=venue(printed),
            lines={name: found[0].number for name, found in places.items() if found},
        )
    )


def _read_fields(lines: Sequence[SourceLine], result: ListingResult) -> dict[str, list[SourceLine]]:
    """The labelled lines below a paper, the line of its venue, and the address of its page."""
    fields: dict[str, list[SourceLine]] = {}
    current = ""
    for line in lines:
        found = _FIELD.match(line.text)
        if (page := _FROM.match(line.text)) is not None:
            current = "from"
            fields["from"] = [line._replace(text=page["link"])]
        elif found:
            current = found["label"].lower()
            fields.setdefault(current, [])
            if rest := line.text[found.end() :]:
                fields[current].append(line._replace(text=rest))
        elif _FURNITURE.match(line.text):
            current = current if current == "abstract" and not fields[current] else ""
        elif (everyone := _EVERYONE.match(line.text)) is not None:
            fields.setdefault("venue", []).append(line._replace(text=everyone["venue"]))
        elif current == "abstract":
            fields[current].append(line)
        elif not fields and _VENUE.match(line.text):
            fields["venue"] = [line]
        elif not current:
            continue
        result.consume(line)
    return fields
