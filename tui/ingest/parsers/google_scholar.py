"""Parser of Google Scholar's results and alert e-mails, as they are copied.

A paper is a title, then a line such as ``E Low, F High… - Journal of Tides, 2026 - example.org``, then an excerpt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.listed_authors import is_person, split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult, beginning_of_abstract, join_lines
from tui.ingest.mail_text import MAIL_HEADER
from tui.ingest.printed_venue import venue
from tui.model.partial_date import PartialDate
from tui.model.publication import NO_PUBLICATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile

_BYLINE = re.compile(
    r"(?P<names>[^\d:;]{3,200}?…?)\s*(?:(?<=\s)|(?<=…))[-–]\s(?P<rest>.*?(?P<year>\b(?:1[6-9]|20)\d\d)\b)"
    r"(?:\s[-–]\s(?P<site>\S.{1,60}))?\Z"
)
_UNDATED = re.compile(
    r"(?P<names>[^\d:;]{3,200}?…?)\s*[-–]\s(?:(?P<rest>[^\d]{2,150}?)\s[-–]\s)?(?P<site>(?:[\w-]+\.)+[a-z]{2,}|Elsevier|Springer)\Z"
)
# The year is cut off with the end of the journal's name.
_CUT = re.compile(r"(?P<names>[^\d:;]{3,200}?…?)\s*(?:(?<=\s)|(?<=…))[-–]\s(?P<rest>\S[^;:]{2,120}…)\Z")
_INITIALS = re.compile(r"[^\W\d_a-z]{1,4}\s[^\W\d_a-z][^\W\d_]")
_KIND = re.compile(
    r"(?:\[(?:PDF|HTML|BOOK|B|CITATION|C|ZITATION|CITAS|LIBRO|BUCH|LIVRE|DOC|PS|TXT|CITATIONS?)\]\s*)+", re.IGNORECASE
)
_KIND_OF_SITE = re.compile(r"\[(?:PDF|HTML|DOC|PS|TXT)\]\s*(?:[\w-]+\.)+[a-z]{2,}\Z", re.IGNORECASE)
_SIGN = re.compile(
    r".*(?:\b(?:Cited by|Zitiert von|Citado por|Cité|Citato da|Geciteerd door|Цитируется|被引用次数|引用元)\W{0,2}\d"
    r"|\b(?:Related articles|Ähnliche Artikel|Artículos relacionados|Autres articles|Articoli correlati|相关文章)\b"
    r"|\bAll \d+ versions\b|\bAlle \d+ Versionen\b|\bSave\W+Cite\b|\bSpeichern\W+Zitieren\b"
    r"|\bGoogle Scholar (?:sends|sent|alert)|\bsent by Google Scholar\b)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:[☆★✩]?\s*(?:Save|Saved|Cite|More|Fewer|Speichern|Zitieren|Guardar|Citar|Enregistrer|Citer|Twitter|LinkedIn"
    r"|Facebook|X|Email|Library Search|View as HTML|Full View|Cached|Cache|Import into \w+|Create alert|Articles"
    r"|Any time"
    r"|Since \d{4}|Custom range\.*|Sort by (?:relevance|date)|Any type|Review articles|include (?:patents|citations)"
    r"|Help|Privacy|Terms|My profile|My library|Labs|Case law|Profiles|Advanced search|Settings|Sign in|About Scholar"
    r"|Metrics|Scholar|Google Scholar|Loading\.*|The system can't perform the operation now.*|Web of Science:? ?\d*"
    r"|See more|See all|List (?:my )?alerts|Cancel alert|Unsubscribe|Showing the best result.*|Related searches"
    r"|Search"
    r"|Find(?: it)? ?(?:@|at ).*|\[\w+\]|Free from Publisher|Get it.*|Full-Text.*|Available versions?"
    r"|Get this by Library Loan)"
    r"|(?:About )?[\d,.]+ results?.*|Page \d+.*|\d+(?: \d+)*(?: Next)?|[\W_]+|»|«|.* - new (?:articles"
    r"|related research|results|citations)"
    r"|(?:\[?new )?(?:articles|results|citations)\b.{0,80}|This (?:message|alert) was .*|You(?:'"
    r"|’)?re? (?:are )?(?:following|receiv).*"
    r"|.*because you(?:'|’)re following.*|https?://scholar\.google\S*|<https?://\S*>?|.*Google Scholar.*)\Z",
    re.IGNORECASE,
)
_SITE_OF_ARXIV = re.compile(r"arXiv preprint arXiv:(\S+?),?\s", re.IGNORECASE)
_LONGEST_TITLE = 400


class _Found(NamedTuple):
    """A paper among the lines.

    Attributes:
        title: indices of the lines of its title.
        byline: index of the line with authors, journal and year.
        match: its match.
    """

    title: range
    byline: int
    match: re.Match[str]


class GoogleScholar:
    """Google Scholar's results and alerts."""

    name = "Google Scholar"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of papers at three lines each; without a button of the site, at least two papers are needed."""
        found = list(_papers(lines))
        sure = sum(_INITIALS.match(paper.match["names"]) is not None for paper in found)
        signs = sum(_is_sign(line.text) for line in lines)
        if not found or not sure or (not signs and sure < 2) or 30 * len(found) < len(lines):
            return 0.0
        return min(1.0, 3 * len(found) / len(lines))

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every paper; it is unsure whether a text without any button of the site is from it."""
        result = ListingResult(source.name)
        found = list(_papers(lines))
        result.consume(*(line for line in lines[: found[0].title.start] if _is_around(line.text)))
        ends = [*(paper.title.start for paper in found[1:]), len(lines)]
        for paper, end in zip(found, ends, strict=True):
            if result.full:
                break
            on_line(lines[paper.byline].number)
            _add(paper, lines, lines[paper.byline + 1 : end], result)
        return result.result(unsure=not any(_is_sign(line.text) for line in lines))


def _papers(lines: Sequence[SourceLine]) -> Iterator[_Found]:
    """Every byline with the title above it."""
    free = 0
    for index, line in enumerate(lines):
        found = _match_byline(line.text) if index > free - 1 and index else None
        if found is None:
            continue
        title = _title_above(lines, index, free)
        if title is not None:
            yield _Found(title, index, found)
            free = index + 1


def _title_above(lines: Sequence[SourceLine], index: int, free: int) -> range | None:
    """The lines of the title above a byline: one, or two if the first of a wrapped title names the kind of file."""
    start = index - 1
    if start < free or _is_around(lines[start].text):
        return None
    wrapped = start > free and _KIND.match(lines[start - 1].text) and not _KIND_OF_SITE.match(lines[start - 1].text)
    if wrapped and not _KIND.match(lines[start].text) and lines[start - 1].number + 1 == lines[start].number:
        start -= 1
    text = _KIND.sub("", join_lines(lines[start:index]), 1)
    return range(start, index) if 0 < len(text) <= _LONGEST_TITLE and any(map(str.isalpha, text)) else None


def _match_byline(text: str) -> re.Match[str] | None:
    found = _BYLINE.match(text) or _UNDATED.match(text)
    if found is None:
        found = _CUT.match(text)
        if found is None or not _INITIALS.match(found["names"]):
            return None
    names, _ = split_listed_authors(found["names"])
    return found if names and all(map(is_person, names)) and all(" " in name for name in names) else None


def _is_sign(text: str) -> bool:
    return bool(_SIGN.match(text) or _KIND.match(text))


def _is_around(text: str) -> bool:
    """Whether a line is a button or another part of the page or e-mail."""
    return bool(
        _SIGN.match(text) or _FURNITURE.match(text) or _KIND_OF_SITE.match(text) or MAIL_HEADER.fullmatch(text)
    )


def _add(paper: _Found, lines: Sequence[SourceLine], below: Sequence[SourceLine], result: ListingResult) -> None:
    title = [lines[index] for index in paper.title]
    byline = lines[paper.byline]
    excerpt: list[SourceLine] = []
    for line in below:
        if _is_around(line.text):
            result.consume(line)
        else:
            excerpt.append(line)
    names, truncated = split_listed_authors(paper.match["names"])
    groups = paper.match.groupdict()
    where = (groups.get("rest") or "").removesuffix(groups.get("year") or "").rstrip(" ,")
    arxiv = _SITE_OF_ARXIV.search(f"{where}, ")
    text = join_lines(excerpt)
    # What is not cut off is a summary by a machine, which the site shows in place of an excerpt.
    abstract = beginning_of_abstract(text) if text.endswith(("…", "...")) else ""
    if excerpt and not abstract:
        result.leave_out_excerpt(excerpt[0])
    result.consume(*title, byline, *excerpt)
    result.add(
        ListedPaper(
            title[0].number,
            title=_KIND.sub("", join_lines(title), 1),
            authors=names,
            truncated=truncated,
            date=PartialDate(int(groups["year"])) if groups.get("year") else None,
            abstract=abstract,
            eprint=arxiv[1] if arxiv else "",
            publication=NO_PUBLICATION if arxiv or "…" in where else venue(where),
            lines={"authors": byline.number, "date": byline.number}
            | ({"abstract": excerpt[0].number} if excerpt else {}),
        )
    )
