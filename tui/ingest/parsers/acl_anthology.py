"""Parser of the ACL Anthology's pages of volumes, as they are copied from the browser.

A paper follows a line of buttons (``pdf bib abs``), which may also stand one on a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.listed_authors import is_author_list, split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, join_paragraphs
from tui.ingest.printed_venue import venue
from tui.model.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile

_BUTTON = r"(?:pdf|bib|abs|abstract|code|video|poster|slides|dataset|software|doi|presentation|note|data|award)"
_BUTTONS = re.compile(rf"\W*(?:pdf|bib)(?: \(full\))?(?:\W+{_BUTTON})*\W*\Z", re.IGNORECASE)
_MORE_BUTTONS = re.compile(rf"\W*{_BUTTON}(?:\W+{_BUTTON})*\W*\Z", re.IGNORECASE)
_VOLUME = re.compile(
    r"(?:(?:Proceedings|Findings|Transactions) of .*|.*\b(?:Workshop|Conference|Symposium) .*(?:19|20)\d\d.*)\Z"
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_EDITORS = re.compile(r".*\((?:Editors?|Eds?\.)\)\Z", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:ACL Anthology|News(?:\(current\))?|FAQ|Corrections|Submissions|Github|Anthology ID:|Month:|Year:"
    r"|Address:|Venue.?:"
    r"|SIG:|Publisher:|Note:|URL:|DOI:|Bib Export formats:|PDF:|Search|Cite|BibTeX|MODS XML|Endnote|More options.*"
    r"|Copy Citation|show all abstracts|hide all abstracts|up|PDF \(full\)|Back to .*|Export citation|Volumes"
    r"|[\W_]+)\Z",
    re.IGNORECASE,
)
_LONGEST_TITLE = 400
_FRAMED_LINES = 8


class _Found(NamedTuple):
    """A paper among the lines.

    Attributes:
        buttons: index of its first line of buttons.
        title: index of the line of its title.
        authors: index of the line of its authors, or -1.
    """

    buttons: int
    title: int
    authors: int


class AclAnthology:
    """The ACL Anthology's lists of papers."""

    name = "ACL Anthology"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of papers at four lines each, if most of them have authors."""
        found = list(_papers(lines))
        named = sum(paper.authors >= 0 for paper in found)
        return min(1.0, 4 * len(found) / len(lines)) if found and 2 * named >= len(found) else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every paper; the volume named above papers is where they are published."""
        result = ListingResult(source.name)
        found = list(_papers(lines))
        volume = _read_volume(lines[: found[0].buttons], result, "")
        for paper, end in zip(found, [*(other.buttons for other in found[1:]), len(lines)], strict=True):
            if result.full:
                break
            on_line(lines[paper.buttons].number)
            below = _add(paper, lines, end, volume, result)
            volume = _read_volume(below, result, volume)
        return result.result()


def _papers(lines: Sequence[SourceLine]) -> Iterator[_Found]:
    index = 0
    while index < len(lines):
        if not _BUTTONS.match(lines[index].text):
            index += 1
            continue
        start = index
        count = 0
        while index < len(lines) and _MORE_BUTTONS.match(lines[index].text):
            count += len(re.findall(rf"\b{_BUTTON}\b", lines[index].text, re.IGNORECASE))
            index += 1
        if count < 2 or index == len(lines) or len(lines[index].text) > _LONGEST_TITLE:
            continue
        authors = index + 1
        named = authors < len(lines) and is_author_list(lines[authors].text)
        yield _Found(start, index, authors if named else -1)
        index += 1 + named


def _read_volume(lines: Sequence[SourceLine], result: ListingResult, volume: str) -> str:
    """Consume the heading of a volume among lines, with what stands around it; returns the volume."""
    for line in lines:
        if _VOLUME.match(line.text):
            volume = line.text
        elif not (_FURNITURE.match(line.text) or _EDITORS.match(line.text)):
            continue
        result.consume(line)
    return volume


def _add(
    paper: _Found, lines: Sequence[SourceLine], end: int, volume: str, result: ListingResult
) -> Sequence[SourceLine]:
    """Add a paper; returns the lines after its abstract."""
    title = lines[paper.title]
    result.consume(*lines[paper.buttons : paper.title + 1])
    first = paper.title + 1
    names: tuple[str, ...] = ()
    truncated = False
    if paper.authors >= 0:
        names, truncated = split_listed_authors(lines[paper.authors].text)
        result.consume(lines[paper.authors])
        first = paper.authors + 1
    last = first
    while last < end and not (_VOLUME.match(lines[last].text) and last > first) and not _is_around(lines[last].text):
        last += 1
    abstract = lines[first:last]
    edited = paper.authors >= 0 and _EDITORS.match(lines[paper.authors].text)
    if edited or (_VOLUME.fullmatch(title.text) and not abstract and (not names or title.text == volume)):
        return lines[paper.title : end]  # the whole volume as one file
    year = _YEAR.search(volume)
    places = {"authors": [lines[paper.authors]] if names else [], "abstract": abstract}
    result.consume(*abstract)
    result.add(
        ListedPaper(
            title.number,
            title=title.text,
            authors=names,
            truncated=truncated,
            date=PartialDate(int(year[1])) if year else None,
            abstract=join_paragraphs(abstract),
            publication=venue(volume, "paper-conference"),
            lines={name: found[0].number for name, found in places.items() if found},
        )
    )
    return lines[last:end]


def _is_around(text: str) -> bool:
    return bool(_FURNITURE.match(text) or _EDITORS.match(text))
