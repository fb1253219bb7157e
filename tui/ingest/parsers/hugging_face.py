"""Parser of Hugging Face's pages of papers, as they are copied: the list of a day, and the page of one paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.listed_authors import split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, date_of_arxiv_id, join_lines, join_paragraphs
from tui.ingest.parsers.arxiv_fields import ARXIV_ID
from tui.ingest.plain_dates import parse_date
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile

_ID = re.compile(rf"arXiv:\s?({ARXIV_ID})(?:v\d+)?\Z", re.IGNORECASE)
_PUBLISHED = re.compile(r"Published on (?P<day>[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)\b.*")
_SUBMITTED = re.compile(r"(?:·\s*)?Submitted by\b\s*(?P<who>.*)")
_AUTHORS = re.compile(r"Authors:?\s*(?P<names>.*)\Z")
_ABSTRACT = re.compile(r"Abstract\s*\Z")
_COUNT = re.compile(r"(?:·\s*)?\d+ authors?\Z")
_NUMBER = re.compile(r"[\d.,]+k?\Z")
_END = re.compile(
    r"(?:View (?:arXiv page|PDF)|Project page|GitHub\b.*|Add to collection|Community|(?:Models|Datasets"
    r"|Spaces) citing this"
    r"|Collections including|AI-generated summary|Upvote|Get this paper in your agent.*|Cite arxiv\.org/.*)"
)
_FURNITURE = re.compile(
    r"(?:Hugging Face|Models|Datasets|Spaces|Docs|Enterprise|Pricing|Log In|Sign Up|Daily Papers|Papers"
    r"|Trending Papers"
    r"|Daily|Weekly|Monthly|by|AK|and the research community|[A-Z][a-z]{2} \d{1,2}(?:, \d{4})?|Upvote"
    r"|\+?[\d.,]+k?|[\W_]+"
    r"|Submitted by.*|.*\bon [A-Z][a-z]{2} \d{1,2}|#\d+ Paper of the (?:day|week|month)|Search .*|Get trending .*"
    r"|Subscribe|(?:\[LINK: )?GitHub [\d.,]+k?\b.*|arXiv Page|.*paperswithcode\.com|\*\*(?:URL|Page Title):\*\* .*"
    r"|(?:#+ )?(?:Trending Papers|by AK and the research community)"
    r"|(?:·\s*)?\d+ (?:authors?|comments?|replies)|.*inbox!?|View \d+ comments|Abstract|Authors:?|Post|Edit"
    r"|Preview|Comment)\Z"
)
_TRENDING = re.compile(r"(?:#+ )?(?:Trending Papers|by AK and the research community)\Z")
_REPOSITORY = re.compile(r"(?:\[LINK: )?GitHub [\d.,]+k?\b.*")
_HEADING = re.compile(r"#+ ")  # of programs that fetch pages
_BETWEEN = 6  # lines between the submitter and the number of authors
_LONGEST_TITLE = 400


class HuggingFace:
    """Hugging Face's daily papers, and its page of one paper."""

    name = "Hugging Face papers"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of papers of a list at six lines each; 1 for the page of one paper."""
        if _page_start(lines) is not None:
            return 1.0
        papers = len(list(_listed(lines))) or len(list(_trending(lines)))
        return min(1.0, 6 * papers / len(lines)) if lines else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse the paper of a page, or the titles of a list, which has nothing else."""
        result = ListingResult(source.name)
        result.consume(*(line for line in lines if _FURNITURE.match(line.text)))
        start = _page_start(lines)
        if start is not None:
            _add_page(lines, start, result)
            return result.result()
        listed = list(_listed(lines))
        for block in [] if listed else _trending(lines):
            if result.full:
                break
            on_line(block[0].number)
            _add_trending(block, result)
        for submitter, title in listed:
            if result.full:
                break
            on_line(lines[title].number)
            result.consume(*lines[submitter : title + 1], *_below(lines, title))
            result.add(ListedPaper(lines[title].number, title=lines[title].text))
        return result.result()


def _page_start(lines: Sequence[SourceLine]) -> int | None:
    """The index of the identifier, if the day of publication and an abstract follow."""
    starts = [index for index, line in enumerate(lines) if _ID.match(line.text)]
    if len(starts) != 1:
        return None
    published = any(_PUBLISHED.match(line.text) for line in lines[starts[0] + 1 : starts[0] + 5])
    abstract = any(_ABSTRACT.match(line.text) for line in lines[starts[0] + 1 :])
    return starts[0] if published and abstract else None


def _add_page(lines: Sequence[SourceLine], start: int, result: ListingResult) -> None:
    found = _ID.match(lines[start].text)
    identifier = found[1].lower() if found else ""
    fields: dict[str, list[SourceLine]] = {"title": [], "authors": [], "abstract": [], "": []}
    current, day = "title", None
    for line in lines[start + 1 :]:
        if current == "title" and (published := _PUBLISHED.match(line.text)):
            current, day = "", _day(published["day"], identifier)
        elif (named := _AUTHORS.match(line.text)) and not fields["abstract"]:
            current = "authors"
            fields["authors"].append(line._replace(text=named["names"]))
        elif _ABSTRACT.match(line.text) and not fields["abstract"]:
            current = "abstract"
        elif _END.match(line.text):
            current = "end" if fields["abstract"] else current
        elif current in fields:
            fields[current].append(line)
        else:
            continue
        result.consume(line)
    names, truncated = split_listed_authors(join_lines(fields["authors"]))
    result.consume(lines[start])
    result.add(
        ListedPaper(
            lines[start].number,
            title=join_lines(fields["title"]),
            authors=names,
            truncated=truncated,
            date=day or date_of_arxiv_id(identifier),
            abstract=join_paragraphs(fields["abstract"]),
            eprint=identifier,
            links=(f"https://huggingface.co/papers/{identifier}",),
            lines={name: found[0].number for name, found in fields.items() if found},
        )
    )


def _day(printed: str, identifier: str) -> PartialDate | None:
    """The day; a page leaves out the current year, which then is that of the identifier if the month is, too."""
    month = date_of_arxiv_id(identifier)
    try:
        day = parse_date(printed)
    except ValueError:
        return month
    if day.year is None and month is not None and day.month == month.month:
        return PartialDate(month.year, day.month, day.day)
    return day if day.year is not None else month


def _listed(lines: Sequence[SourceLine]) -> Iterator[tuple[int, int]]:
    """The indices of the submitter and of the title of every paper of a list."""
    for index, line in enumerate(lines):
        found = _SUBMITTED.match(line.text)
        if found is None:
            continue
        title = index + (1 if found["who"] else 2)
        while title < len(lines) and _NUMBER.match(lines[title].text):
            title += 1
        following = lines[title + 1 : index + 1 + _BETWEEN]
        if (
            title < len(lines)
            and _is_title(lines[title].text)
            and any(_COUNT.match(other.text) for other in following)
        ):
            yield index, title


def _trending(lines: Sequence[SourceLine]) -> Iterator[Sequence[SourceLine]]:
    """Title and summary of every paper of the page of trending papers, which names no submitters."""
    if not any(_TRENDING.match(line.text) for line in lines):
        return
    block: list[SourceLine] = []
    for line in lines:
        if _COUNT.match(line.text) or _REPOSITORY.match(line.text):
            if len(block) > 1 and _is_title(block[0].text):
                yield block
            block = []
        elif block or not (_FURNITURE.match(line.text) or _TRENDING.match(line.text)):
            block.append(line)


def _add_trending(block: Sequence[SourceLine], result: ListingResult) -> None:
    """Add the paper of a block; the title ends before an empty line, or with its first line."""
    wrapped = (index for index in range(1, len(block)) if block[index].number > block[index - 1].number + 1)
    title = block[: next(wrapped, 1)]
    result.leave_out_excerpt(block[len(title)])  # most are written by a machine
    result.consume(*block)
    result.add(ListedPaper(title[0].number, title=_HEADING.sub("", join_lines(title), 1)))


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not _FURNITURE.match(text)


def _below(lines: Sequence[SourceLine], title: int) -> Sequence[SourceLine]:
    """The lines up to the number of authors: the name of an organisation."""
    for index in range(title + 1, min(len(lines), title + _BETWEEN)):
        if _COUNT.match(lines[index].text):
            return lines[title + 1 : index + 1]
    return ()
