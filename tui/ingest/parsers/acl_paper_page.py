"""Parser of the ACL Anthology's pages of single papers, as they are copied from the browser.

Title, authors and abstract stand above a table of fields, which begins with ``Anthology ID:``. Its citations repeat
title and authors, for copies that begin below these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.listed_authors import is_author_list, split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, break_before, join_lines, join_paragraphs
from tui.model.page_range import normalise_pages
from tui.model.publication import NO_PUBLICATION, Publication, changed_publication
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile

_LABEL = re.compile(
    r"(?P<label>Anthology ID|Original|Volume|Month|Year|Address|Editors?|Venues?|SIGs?|Publisher|Note|Pages|Language"
    r"|URL|DOI|Bibkey|Award|Cite \(ACL\)|Cite \(Informal\)|Copy Citation|PDF|Code|Data|Video|Software|Dataset"
    r"|Checklist|Presentation|Poster|Attachment|Revisions?|Errat(?:um|a)|Supplementary .{1,20}|Optional .{1,30}) ?:"
    r"\s*"
)
_ID = re.compile(r"(?:\d{4}\.[a-z0-9]+-\w+\.\d+|[A-Z]\d\d-\d{4})\Z")
_ABSTRACT = re.compile(r"Abstract(?::\s*|(?=[A-Z])|\Z)")  # a heading, which some browsers copy without its line break
_FORM = re.compile(r"Correct Metadata for\b")  # between authors and abstract, hidden in the browser
_EXPORT = re.compile(r"Export citation\Z")  # begins the citations in all formats
_FURNITURE = re.compile(
    r"(?:.* - )?ACL Anthology\Z|(?:News|FAQ|Corrections|Submissions|GitHub)(?: ?\(current\))?\Z|Search(?:\.\.\.|…)?\Z"
    r"|(?:PDF|Cite|Search|Code|Data|Video|Checklist|Software|Dataset|Poster|Fix data|Bib|\W)+\Z"
    r"|(?:Creative Commons License\s*)?ACL materials are Copyright .*|The ACL Anthology is managed and built by .*"
    r"|Site last built on .*|(?:BibTeX|Markdown|MODS XML|Endnote|Preformatted|More|options…?|Close|\s)+\Z"
    r"|Copy Citation\Z|Toggle .*",
    re.IGNORECASE,
)
_INFORMAL = re.compile(r"(?P<title>.+) \([^()]*(?:\([^()]*\)[^()]*)*\)\Z")
_CITED = re.compile(r"(?P<authors>.+?)\. (?:19|20)\d\d\. ")
_ISSUE = re.compile(
    r"(?P<title>.+), Volume (?P<volume>\d+)(?:, (?:Issue|Number) (?P<issue>\d+(?:[-–]\d+)?))?(?: ?[-–,] .*)?\Z"
)
_LONGEST_TITLE = 400
_FIRST = "Anthology ID"  # the label of the first field
_NEAR = 8  # lines from the id to the volume
# The last fields, whose value is one line.
_FILES = frozenset(("PDF", "Code", "Data", "Video", "Software", "Dataset", "Checklist", "Presentation", "Poster"))


class AclPaperPage:
    """The ACL Anthology's pages of single papers."""

    name = "ACL Anthology paper"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """Certain if the id of a paper is followed by other fields of the table."""
        return float(bool(_tables(_with_own_lines(lines))))

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse the paper of every page; one without a title is reported."""
        result = ListingResult(source.name)
        lines = _with_own_lines(lines)
        free = 0
        for start in _tables(lines):
            if result.full:
                break
            on_line(lines[start].number)
            fields, end = _read_table(lines, start)
            result.consume(*lines[start:end])
            _add(lines[free:start], lines[start].number, fields, result)
            free = end
        _consume_around(lines[free:], result)
        return result.result()


def _with_own_lines(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, with every field on its own where the whole table is one line."""
    return [
        piece
        for line in lines
        for piece in (break_before([line], _LABEL) if line.text.startswith(_FIRST) else (line,))
    ]


def _tables(lines: Sequence[SourceLine]) -> list[int]:
    """The index of the first line of every table of fields."""
    return [
        index
        for index, line in enumerate(lines)
        if line.text.startswith(_FIRST)
        and any(_ID.match(_LABEL.sub("", near.text).lstrip(": ")) for near in lines[index : index + 2])
        and any(near.text.startswith("Volume") for near in lines[index + 1 : index + _NEAR])
    ]


def _read_table(lines: Sequence[SourceLine], start: int) -> tuple[dict[str, list[SourceLine]], int]:
    """The lines of every field, and the index of the line after the table."""
    fields: dict[str, list[SourceLine]] = {}
    current: list[SourceLine] = []
    is_file = False
    for index, line in enumerate(lines[start:], start):
        if found := _LABEL.match(line.text):
            current = fields.setdefault(found["label"], [])
            is_file = found["label"] in _FILES
        elif (is_file and current) or ("Copy Citation" not in fields and _FURNITURE.match(line.text)):
            return fields, index
        if text := line.text[found.end() if found else 0 :].removeprefix(": "):
            current.append(line._replace(text=text))
    return fields, len(lines)


def _add(
    above: Sequence[SourceLine], number: int, fields: dict[str, list[SourceLine]], result: ListingResult
) -> None:
    """Add the paper whose table begins at a line."""
    heading = next((at for at in reversed(range(len(above))) if _ABSTRACT.match(above[at].text)), len(above))
    form = next((at for at in range(heading) if _FORM.match(above[at].text)), heading)
    cited, informal = _CITED.match(_text(fields, "Cite (ACL)")), _INFORMAL.match(_text(fields, "Cite (Informal)"))
    title, authors = _title_and_authors(above[:form], informal["title"] if informal else "")
    result.consume(*above[form:])
    _consume_around(above[: above.index(title)] if title else above[:form], result)
    if title is None and informal:
        title = fields["Cite (Informal)"][0]._replace(text=informal["title"])
    if title is None:
        hint = "copy the page from the title on, or import its BibTeX"
        result.report(number, "this page of the ACL Anthology has no title", hint)
        return
    result.consume(title, *authors)
    abstract = [line._replace(text=text) for line in above[heading:] if (text := _ABSTRACT.sub("", line.text, 1))]
    names, truncated = split_listed_authors(join_lines(authors) or (cited["authors"] if cited else ""))
    places = {
        "authors": authors or fields.get("Cite (ACL)", []),
        "abstract": abstract,
        "date": fields.get("Year", []),
        "doi": fields.get("DOI", []),
    }
    result.add(
        ListedPaper(
            title.number,
            title=title.text,
            authors=names,
            truncated=truncated,
            date=f"{_text(fields, 'Month')} {_text(fields, 'Year')}".strip() or None,
            abstract=join_paragraphs(abstract),
            doi=_text(fields, "DOI"),
            links=tuple(filter(None, [_text(fields, "URL").strip("<>")])),
            publication=_publication(fields),
            lines={name: lines[0].number for name, lines in places.items() if lines},
        )
    )


def _title_and_authors(lines: Sequence[SourceLine], cited: str) -> tuple[SourceLine | None, Sequence[SourceLine]]:
    """The line of the title, None if it is not there, and the lines of the authors.

    Args:
        lines: the lines above the abstract.
        cited: the title in the citation; empty if there is none.
    """
    below = len(lines)
    while below and _FURNITURE.match(lines[below - 1].text):
        below -= 1
    if cited:
        at = next((at for at in reversed(range(below)) if fold(lines[at].text) == fold(cited)), None)
        return (None, ()) if at is None else (lines[at], lines[at + 1 : below])
    at = below - 1
    # A list of authors may be wrapped: its lines end in a comma.
    while at > 0 and is_author_list(lines[at].text.rstrip(",")) and (at == below - 1 or lines[at].text.endswith(",")):
        at -= 1
    is_title = 0 <= at < below - 1 and len(lines[at].text) <= _LONGEST_TITLE and not _FURNITURE.match(lines[at].text)
    return (lines[at], lines[at + 1 : below]) if is_title else (None, ())


def _publication(fields: dict[str, list[SourceLine]]) -> Publication:
    volume = _text(fields, "Volume")
    journal = _ISSUE.match(volume)
    pages = _text(fields, "Pages")
    values = {
        "type": "article-journal" if journal else "paper-conference",
        "container_title": journal["title"] if journal else volume,
        "volume": journal["volume"] if journal else None,
        "issue": journal["issue"] if journal else None,
        "pages": normalise_pages(pages) if pages else None,
        "publisher": _text(fields, "Publisher") or None,
        "place": _text(fields, "Address") or None,
        "editors": split_listed_authors(_text(fields, "Editors") or _text(fields, "Editor"))[0],
    }
    return changed_publication(NO_PUBLICATION, values)


def _text(fields: dict[str, list[SourceLine]], label: str) -> str:
    return join_lines(fields.get(label, ()))


def _consume_around(lines: Sequence[SourceLine], result: ListingResult) -> None:
    """Consume what stands around a paper: parts of the page, and the same paper in formats for export."""
    exported = next((at for at, line in enumerate(lines) if _EXPORT.match(line.text)), len(lines))
    result.consume(*(line for line in lines[:exported] if _FURNITURE.match(line.text)), *lines[exported:])
