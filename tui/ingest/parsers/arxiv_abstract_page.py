"""Parser of arXiv's abstract page of one paper, as it is copied from the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.listed_authors import is_author_list, split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, break_before, join_lines, join_paragraphs
from tui.ingest.parsers.arxiv_fields import ARXIV_ID, arxiv_publication, categories_in, printed_day, without_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile

_HEAD = re.compile(rf"arXiv:\s?({ARXIV_ID})(?:v\d+)?\s*\([a-z-]+(?:\.[A-Za-z-]+)?\)\Z", re.IGNORECASE)
_CITE_AS = re.compile(rf"Cite as:\s*(?:arXiv:\s?({ARXIV_ID})(?:v\d+)?.*)?\Z", re.IGNORECASE)
_CITED = re.compile(rf"arXiv:\s?({ARXIV_ID})(?:v\d+)?\s*\[[\w.-]+\]\Z", re.IGNORECASE)
_SUBMITTED = re.compile(r"[\[(]Submitted on (\d{1,2} [A-Z][a-z]+ \d{4})(?P<rest>.*)\Z")
_VERSION = re.compile(r"this version, (v\d+)")
_FIELD = re.compile(
    r"(?P<label>title|authors?|abstract|comments?|subjects?|cite as|journal reference|related doi|report number"
    r"|doi|msc classes|acm classes)\s?:\s*",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"(?:#+ )?Abstract\Z", re.IGNORECASE)
_BUTTONS = re.compile(
    r"(?:View (?:a )?PDF|Download(?: a)? PDF|HTML \(experimental\)|TeX Source|Other Formats|View license|PDF"
    r"|PostScript"
    r"|Download:?|Full-text links:|Access Paper:|View a PDF of the paper titled .*"
    r"|Download a PDF of the paper titled .*"
    r"|\(or arXiv:.*for this version\)|Focus to learn more.*|arXiv-issued DOI via DataCite.*|https?://doi\.org/\S+"
    r"|license icon)(?: (?:PDF|HTML \(experimental\)|TeX Source|Other Formats))*\Z",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:Submission history|From: .*\[view email\]|\[v\d+\]\s.*|Full-text links:|Access Paper:"
    r"|Current browse context:.*"
    r"|References & Citations|Export BibTeX Citation|Bookmark|Bibliographic(?: and Citation)? Tools"
    r"|Recommenders and .*"
    r"|Which authors of this paper are endorsers.*|Change to browse by:|< ?prev.*|next ?>?|new \| recent.*)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"[A-Z][A-Za-z -]+ > [A-Z][\w ,()/-]+\Z")
_BREAK = re.compile(
    rf"arXiv:\s?{ARXIV_ID}(?:v\d+)?\s\([a-z-]+(?:\.[A-Za-z-]+)?\)|\[Submitted on "
    rf"|(?<=\s)(?:View a PDF of the paper titled"
    r"|View PDF|Download PDF|Submission history|Bibliographic (?:and Citation )?Tools)|\(or arXiv:"
    r"|(?:(?<=\s)|(?<=\)))(?:Title|Authors|Abstract|Comments|Subjects|Cite as|Journal reference|Related DOI"
    r"|Report number|MSC classes|ACM classes):"
)
_NO_SPACE = re.compile(r"(?<=View PDF HTML \(experimental\))(?=Abstract:)")
_LINK = re.compile(r"https?://doi\.org/")
_BEFORE = 60  # lines of menus above the heading
_SHORT = 100


class ArxivAbstractPage:
    """arXiv's page of one paper."""

    name = "arXiv abstract page"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """1 if the identifier, the day of submission and the subjects or ``Cite as`` are there."""
        lines = break_before(lines, _BREAK)
        heads = sum(_identifier(line.text) != "" for line in lines)
        submitted = [index for index, line in enumerate(lines) if _SUBMITTED.match(line.text)]
        found = {match["label"].lower() for line in lines if (match := _FIELD.match(line.text))}
        # A list of several papers, or notes about one, is something else.
        alone = len(submitted) == 1 and len({_identifier(line.text) for line in lines} - {""}) == 1
        return 1.0 if heads and alone and found & {"subjects", "subject", "cite as"} else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:  # noqa: ARG002, the protocol's
        """Parse the paper; menus above it and the history of its versions below it are consumed."""
        lines = break_before(lines, _BREAK)
        result = ListingResult(source.name)
        start = next(index for index, line in enumerate(lines) if _SUBMITTED.match(line.text))
        identifier = next(filter(None, (_identifier(line.text) for line in lines)))
        above, submitted = lines[:start], lines[start]
        result.consume(submitted, *(line for line in above if _HEADING.match(line.text) or _identifier(line.text)))
        result.consume(*(line for line in above[-_BEFORE:] if len(line.text) < _SHORT))
        fields = _read_fields(lines[start:], result)
        title, authors = _title_and_authors(fields)
        names, truncated = split_listed_authors(join_lines(authors))
        categories = categories_in(join_lines(fields.get("subjects", [])))
        places = {"title": title, "authors": authors, "abstract": fields.get("abstract", [])}
        found = _SUBMITTED.match(submitted.text)
        result.add(
            ListedPaper(
                next((line.number for line in above if _identifier(line.text)), submitted.number),
                title=join_lines(title),
                authors=names,
                truncated=truncated,
                date=printed_day(found[1]) if found else None,
                abstract=join_paragraphs(fields.get("abstract", [])),
                eprint=identifier,
                doi=join_lines(fields.get("related doi", []) or fields.get("doi", [])),
                category=categories[0] if categories else "",
                keywords=without_first(categories),
                links=(f"https://arxiv.org/abs/{identifier}",),
                publication=arxiv_publication(
                    join_lines(fields.get("journal reference", [])),
                    join_lines(fields.get("comments", [])),
                    join_lines(fields.get("report number", [])),
                    this[1] if (this := _VERSION.search(submitted.text)) else "",
                ),
                lines={name: found[0].number for name, found in places.items() if found} | {"date": submitted.number},
            )
        )
        return result.result()


def _identifier(text: str) -> str:
    found = _HEAD.match(text) or _CITE_AS.match(text) or _CITED.match(text)
    return (found[1] or "").lower() if found else ""


def _read_fields(lines: Sequence[SourceLine], result: ListingResult) -> dict[str, list[SourceLine]]:
    """The lines of every field; those between the day and the abstract without a label are ``head``."""
    fields: dict[str, list[SourceLine]] = {}
    current = "head"
    for line in lines[1:]:
        text = line.text
        if _FOOTER.match(text):
            current = "footer"
        elif current == "footer":
            if len(text) > _SHORT:
                continue
        elif _BUTTONS.match(text) and not (current == "related doi" and _LINK.match(text)):
            current = "abstract" if current in ("head", "title", "authors") else current
        elif found := _FIELD.match(text):
            current = found["label"].lower()
            current = {"author": "authors", "subject": "subjects", "comment": "comments"}.get(current, current)
            fields.setdefault(current, [])
            if rest := text[found.end() :]:
                fields[current].append(line._replace(text=rest))
        elif _ABSTRACT.match(text):
            current = "abstract"
        else:
            fields.setdefault(current, []).append(line)
        result.consume(line)
    return fields


def _title_and_authors(fields: dict[str, list[SourceLine]]) -> tuple[list[SourceLine], list[SourceLine]]:
    title, authors = fields.get("title", []), fields.get("authors", [])
    if title and authors:
        return title, authors
    lines = title or fields.get("head", [])
    if authors:
        return lines, authors
    start = len(lines)
    while start > 1 and is_author_list(join_lines(lines[start - 1 :])):
        start -= 1
    if start == len(lines) > 1:
        start = 1
    return list(lines[:start]), list(lines[start:])
