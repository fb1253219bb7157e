r"""Parser of arXiv's e-mail digests: blocks of fields and an abstract between lines of ``\\``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.listed_authors import split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, join_lines, plain_text
from tui.ingest.mail_text import MAIL_HEADER
from tui.ingest.parsers.arxiv_fields import (
    ARXIV_ID,
    announced_on,
    arxiv_publication,
    categories_in,
    printed_day,
    without_first,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile

_HEAD = re.compile(
    rf"(?:arXiv|Paper(?: \(\*cross-listing\*\))?):\s*(?P<id>{ARXIV_ID})(?:v\d+)?(?:\s*\(.*\))?\Z", re.IGNORECASE
)
_FIELD = re.compile(
    r"(?P<label>date(?: \([^)]*\))?|title|authors?|categories|subj-class|comments?|journal-ref|doi|report-no"
    r"|msc-class"
    r"|acm-class|license|proxy|from|replaced with revised version|replaced by|note)(?::\s*|\s+(?=\w{3}, \d))",
    re.IGNORECASE,
)
_SWITCH = re.compile(r"\\\\(?:\s*\(\s*(?P<link>\S+)\s*,.*)?\s*\Z")
_RULE = re.compile(r"(?:-{5,}|={5,}|(?:%-?){4,}.*|(?:%%--)+.*)\Z")
_FURNITURE = re.compile(
    r"(?:Send any comments regarding submissions.*|Archives at https?:.*|To unsubscribe, e-?mail.*|Submissions to:.*"
    r"|received from .*|For general information on .*|For subscribe options.*|Use a single `?get'? .*|.*arXiv\.org.*"
    r"|For more about .*|.*e-mail message.*|.*to learn about .*|.*(?:cross-lists|replacements).*|,? ?\d+kb\)"
    r"|.*help/.*"
    r"|----+.*|[\W_]+|.*subscri(?:be|ption).*|.*submitter.*|Subject: .*)\Z",
    re.IGNORECASE,
)
_LOOKAHEAD = 12
_MOST_ABOVE = 60


class ArxivMail:
    """arXiv's daily e-mails."""

    name = "arXiv e-mail"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of blocks with identifier, title and authors, at ten lines each."""
        return min(1.0, 10 * len(list(_heads(lines))) / len(lines)) if lines else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every block; the lines of the e-mail around them are consumed."""
        heads = list(_heads(lines))
        result = ListingResult(source.name)
        for line in lines[: heads[0]][:_MOST_ABOVE]:
            if _is_furniture(line.text) or MAIL_HEADER.match(line.text):
                result.consume(line)
        _consume_subjects(lines[: heads[0]], result)
        for index, end in zip(heads, [*heads[1:], len(lines)], strict=True):
            if result.full:
                break
            on_line(lines[index].number)
            _read_block(lines[index:end], result)
        return result.result()


def _heads(lines: Sequence[SourceLine]) -> Iterator[int]:
    r"""The indices of the lines with an identifier that title and authors or categories follow.

    A copy may end before these; then the line of ``\\`` before the identifier and the date show what it is.
    """
    for index, line in enumerate(lines):
        if not _HEAD.match(line.text):
            continue
        labels: set[str] = set()
        for other in lines[index + 1 : index + 1 + _LOOKAHEAD]:
            if _HEAD.match(other.text):
                break
            if found := _FIELD.match(other.text):
                labels.add(found["label"].lower().split()[0])
        evidence = labels & {"date", "categories", "from", "replaced", "subj-class"}
        framed = any(_SWITCH.match(other.text) for other in lines[max(0, index - 1) : index + 1 + _LOOKAHEAD])
        is_cut = index > 0 and _SWITCH.match(lines[index - 1].text) is not None and "date" in labels
        is_whole = bool(labels & {"author", "authors", "categories"}) and bool(framed or evidence)
        if "title" in labels and (is_whole or is_cut):
            yield index


def _consume_subjects(lines: Sequence[SourceLine], result: ListingResult) -> None:
    """Consume the names of the archives between ``Submissions to:`` and ``received from``."""
    inside = False
    for line in lines:
        if line.text.lower().startswith("submissions to:"):
            inside = True
        elif line.text.lower().startswith("received from") or _RULE.match(line.text):
            inside = False
        elif inside:
            result.consume(line)


def _is_furniture(text: str) -> bool:
    return bool(_RULE.match(text) or _FURNITURE.match(text) or _SWITCH.match(text))


def _read_block(lines: Sequence[SourceLine], result: ListingResult) -> None:
    head = _HEAD.match(lines[0].text)
    fields: dict[str, list[SourceLine]] = {"abstract": []}
    replaced = False
    link = ""
    current = "head"
    result.consume(lines[0])
    for line in lines[1:]:
        switch = _SWITCH.match(line.text)
        found = _FIELD.match(line.text) if current not in ("abstract", "footer") else None
        if _RULE.match(line.text):
            current = "footer" if current != "head" else current
        elif switch:
            link = switch["link"] or link
            current = "footer" if current in ("abstract", "footer") or switch["link"] else "abstract"
        elif found:
            current = found["label"].lower()
            replaced |= current.startswith("replaced")
            fields.setdefault(current, []).append(line._replace(text=line.text[found.end() :]))
        elif current == "footer":
            if not _is_furniture(line.text):
                continue
        elif current != "head":
            fields.setdefault(current, []).append(line)
        result.consume(line)
    if head is not None:
        _add(head["id"].lower(), lines[0].number, fields, link, result, replaced=replaced)


def _add(
    identifier: str,
    start: int,
    fields: dict[str, list[SourceLine]],
    link: str,
    result: ListingResult,
    *,
    replaced: bool,
) -> None:
    title, authors = fields.get("title", []), fields.get("authors", []) or fields.get("author", [])
    names, truncated = split_listed_authors(plain_text(join_lines(authors)))
    categories = categories_in(join_lines(fields.get("categories", []) or fields.get("subj-class", [])))
    dates = [line for label, found in fields.items() if label.startswith("date") for line in found]
    day = printed_day(dates[0].text) if dates else None
    places = {"title": title, "authors": authors, "abstract": fields["abstract"], "date": dates}
    result.add(
        ListedPaper(
            start,
            title=plain_text(join_lines(title)),
            authors=names,
            truncated=truncated,
            date=day or announced_on(identifier, None, replaced=replaced),
            abstract=plain_text(join_lines(fields["abstract"])),
            eprint=identifier,
            doi=join_lines(fields.get("doi", [])),
            category=categories[0] if categories else "",
            keywords=without_first(categories),
            publication=arxiv_publication(
                plain_text(join_lines(fields.get("journal-ref", []))),
                plain_text(join_lines(fields.get("comments", []) or fields.get("comment", []))),
                join_lines(fields.get("report-no", [])),
                "",
            ),
            links=(link if link.startswith("http") else f"https://arxiv.org/abs/{identifier}",),
            lines={name: found[0].number for name, found in places.items() if found},
        )
    )
