"""Parser of PubMed's lists: its files in the formats Summary and Abstract, and its pages of results."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.listed_paper import ListedPaper, ListingResult, beginning_of_abstract, join_lines
from tui.ingest.printed_venue import pubmed_citation
from tui.ingest.tagged_authors import tagged_names
from tui.model.publication import NO_PUBLICATION, changed_publication

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile

    Paragraph = Sequence[SourceLine]

_CITATION = re.compile(
    r"(?:\d+[.:]\s+)?(?P<journal>[^\W\d_][^;,\"“”|()]{1,150}?(?:\s?\([^()]{1,60}\))?(?: ?\[[^\[\]]{1,40}\])?)\.\s"
    r"(?P<date>(?:1[89]|20)\d\d\b[^;:.]{0,40})(?P<rest>[;:.].*)?\Z",
    re.DOTALL,
)
_NUMBERED = re.compile(r"\d+[.:]\s+\S")
_ENTRY = re.compile(r"\d+[.:]\s*(?=[^\W\d]|[\"“”'‘\[(])")
# In files that PubMed writes page by page, the first record of a page follows on the last line of the page before.
_GLUED = re.compile(r"(?<=[.\])])\d+\. (?=[^\W\d_])(?!(?:Epub|eCollection|Print|doi|pii|Pub[Mm]ed|PMID)\b)")
# In pages without styles, the words beside the id follow it directly: ``PMID: 27172445Free PMC article.``
_PMID = re.compile(r"(?:.*\s)?PMID:?\s?(?P<pmid>\d{3,9})(?!\d)")
_PMID_LINE = re.compile(r"PMID:?\s?(?P<pmid>\d{3,9})(?!\d)")
_DOI = re.compile(r"\bdoi:?\s*(?:https?://doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\d+\b")
_LEADING = re.compile(r"\A\d+[.:]\s+")
_IDS = re.compile(r"(?:DOI|PMCID|PMID|PII|ISSN|ISBN)(?:\(.*?\))?:\s*\S")
_DAY = re.compile(r"(\d{4})(?:\s+([A-Z][a-z]+)(?:[-–/][A-Z][a-z]+)?(?:\s+(\d{1,2}))?)?")
_NAME = r"[^\W\d_](?:[\w'’.-]|\s(?!\d))*?\s[^\W\d_a-z]{1,4}(?:\s(?:Jr|Sr|2nd|3rd|4th|II|III|IV))?"
_PERSON = re.compile(_NAME)
_GROUP = re.compile(
    r"et al|[^.]*\b(?:Group|Collaborat\w+|Consorti\w+|Committee|Investigators?|Network|Team|Initiative|Institute"
    r"|Society|Study|Trial|Project|Programm?e?|Cohort|Register|Registry|Association|signatories)\b[^.]*",
    re.IGNORECASE,
)
_NAMED_SHARE = 0.6  # of the pieces of a list of authors, in which some have one name only
_SENTENCE_END = re.compile(r"[.?!\]][\"”'’]?\s+")
_WORD_OF_JOURNAL = re.compile(r"[A-Z]\w{0,4}")
_FOOTNOTE = re.compile(r"\((?:#?\d+|[a-z#*†‡])\)(?:\(#?\d+\))*")
_BESIDE = re.compile(
    r"(?:Author information|Collaborators|Comment (?:in|on)|Erratum (?:in|for)|Update (?:in|of)|Republished (?:in"
    r"|from)"
    r"|Retraction (?:in|of)|Expression of concern|Summary for patients in|Conflict of interest statement"
    r"|Copyright\b|©|\([cC]\) |Published by |Crown Copyright"
    r"|Publisher|\[Article in |\(\d+\)|Free (?:PMC )?[Aa]rticle|Plain Language Summary|Trial [Rr]egistration: "
    r"|Dataset use"
    r"|Original report in|Cited in)"
)
_FURNITURE = re.compile(
    r"(?:\d+|Cite(?: ?Share)?|Share|Save|Email|Send to|Display options.*|Format|Abstract|PubMed|PMID|[\W_]+|Actions"
    r"|Free (?:PMC )?article"
    r"|Free (?:PMC )?article\.(?: \w.{0,80})?|Review\.|Clinical Trial\.|Meta-Analysis\.|No abstract available\.?|Page"
    r"|of [\d,]+|[\d,]+ results?|Sorted by:.*|Best match|My NCBI Filters|Results by year|Item in Clipboard|Show more"
    r"|(?:Clinical|Randomized|Systematic|Observational|Case|Practice|Comparative|Multicenter|Editorial|Letter"
    r"|News|Preprint)"
    r"[\w ,-]*\.|Similar articles|Cited by \d* ?articles?|References|Full text links|Create (?:alert|RSS).*"
    r"|Advanced.*"
    r"|User Guide|Expand/collapse.*|Next page|Previous page|First page|Last page|Text availability"
    r"|Article (?:attribute|type)"
    r"|Publication date|Additional filters|Reset all filters|\[?Online ahead of print\.?|NCBI.*|.*NLM.*)\Z",
)
_PREVIEW_END = "…"


class _Paper(NamedTuple):
    """The lines of one paper.

    Attributes:
        citation: the lines with journal and date.
        title: the lines of the title.
        authors: the lines of the authors.
        identifiers: the lines with the PubMed id.
        abstract: the paragraphs of the abstract.
        others: lines that are part of the record, but of no field.
        preview: an excerpt of the abstract, if a page shows only that.
    """

    citation: Paragraph
    title: Paragraph
    authors: Paragraph
    identifiers: Paragraph
    abstract: Sequence[Paragraph] = ()
    others: Paragraph = ()
    preview: Paragraph = ()


class PubmedList:
    """PubMed's lists of papers as text."""

    name = "PubMed list"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of papers with a citation and a PubMed id, at five lines each."""
        return min(1.0, 5 * sum(1 for _ in _papers(lines)) / len(lines)) if lines else 0.0

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every paper, and consume buttons."""
        result = ListingResult(source.name)
        for paper in _papers(lines):
            if result.full:
                break
            on_line(paper.citation[0].number)
            _add(paper, result)
        result.consume(*(line for line in lines if _FURNITURE.match(line.text)))
        return result.result()


def _papers(lines: Sequence[SourceLine]) -> Iterator[_Paper]:
    paragraphs = list(_paragraphs(lines))
    summaries = [paper for paragraph in paragraphs if (paper := _summary(paragraph)) is not None]
    if summaries:
        yield from summaries
        return
    abstracts = list(_abstracts(paragraphs))
    yield from abstracts or _results(lines)


def _paragraphs(lines: Sequence[SourceLine]) -> Iterator[Paragraph]:
    """Groups of lines without an empty line between them, with those split that the file runs together."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].number > lines[index - 1].number + 1:
            if index > start:
                yield from _split(lines[start:index])
            start = index


def _split(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Split before a citation that follows another record on its line, and before ids that follow an abstract."""
    for index, line in enumerate(paragraph):
        for glued in _GLUED.finditer(line.text):
            if "/" in line.text[: glued.start()].rsplit(maxsplit=1)[-1]:
                continue  # the end of a DOI
            rest = [line._replace(text=line.text[glued.start() :]), *paragraph[index + 1 :]]
            if _is_numbered_citation(rest):
                yield from _split([*paragraph[:index], line._replace(text=line.text[: glued.start()])])
                yield rest
                return
    ids = len(paragraph)
    while ids and _IDS.match(paragraph[ids - 1].text):
        ids -= 1
    if 0 < ids < len(paragraph) and _has_pmid(paragraph[ids:]) and not any(map(_is_entry, paragraph[:2])):
        yield paragraph[:ids]
        yield paragraph[ids:]
    else:
        yield paragraph


def _is_entry(line: SourceLine) -> bool:
    return _ENTRY.match(line.text) is not None


def _summary(paragraph: Paragraph) -> _Paper | None:
    """A paper in one paragraph: ``1: Low E. Title. J Tides. 2020 Mar;3(1):1-9. PMID: 123.``"""
    first = next((index for index, line in enumerate(paragraph) if _is_entry(line)), None)
    if first is None:
        return None
    paragraph = paragraph[first:]
    text = join_lines(paragraph)
    number = _ENTRY.match(text)
    if number is None or not _PMID.match(text):
        return None
    bare = text[number.end() :]
    names = _leading_names(bare)
    for authors in dict.fromkeys((names, "")):  # a title may look like a name
        rest = bare[len(authors) :].lstrip(" .") if authors else bare
        end = _title_end(rest)
        if end:
            line = paragraph[0]
            return _Paper(
                [line._replace(text=rest[end:])],
                [line._replace(text=rest[:end].rstrip())],
                [line._replace(text=authors)] if authors else [],
                [line._replace(text=text)],
                others=paragraph,
            )
    return None


def _leading_names(text: str) -> str:
    """The authors at the start of a text, up to a full stop; empty if there are none."""
    head, stop, _ = text.partition(". ")
    return head if stop and _all_names(head) else ""


def _title_end(text: str) -> int:
    """The offset of the journal: what follows the last sentence before a date; 0 if there is none."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text))]
    index = next((index for index in range(len(ends) - 1, 0, -1) if _CITATION.match(text[ends[index] :])), 0)
    # An abbreviated journal may have full stops.
    while index > 1 and _WORD_OF_JOURNAL.fullmatch(text[ends[index - 1] : ends[index]].strip(" .")):
        index -= 1
    return ends[index]


def _abstracts(paragraphs: Sequence[Paragraph]) -> Iterator[_Paper]:
    """The papers of a file in the format Abstract: citation, title, authors, abstract and ids, each a paragraph."""
    starts = [index for index, paragraph in enumerate(paragraphs) if _is_numbered_citation(paragraph)]
    for start, end in pairwise([*starts, len(paragraphs)]):
        block = paragraphs[start + 1 : end]
        last = next((index for index, paragraph in enumerate(block) if _has_pmid(paragraph)), None)
        if last is None or not last:
            continue
        title, *middle = block[:last]
        if middle and join_lines(middle[0]).startswith("[Article in "):
            beside: list[SourceLine] = [*middle.pop(0)]
        else:
            beside = []
        authors: Paragraph = ()
        if middle and _all_names(join_lines(middle[0])):
            authors = middle.pop(0)
        abstract: list[Paragraph] = []
        for paragraph in middle:
            if _BESIDE.match(paragraph[0].text):
                beside += paragraph
            else:
                abstract.append(paragraph)
        for paragraph in block[last + 1 :]:
            if _BESIDE.match(paragraph[0].text):
                beside += paragraph
        yield _Paper(paragraphs[start], title, authors, block[last], abstract, beside)


def _is_numbered_citation(paragraph: Paragraph) -> bool:
    text = join_lines(paragraph)
    return len(text) < 1_000 and bool(_NUMBERED.match(text) and _CITATION.match(text))


def _has_pmid(paragraph: Paragraph) -> bool:
    return any(_PMID_LINE.match(line.text) for line in paragraph) and all(
        _IDS.match(line.text) or _PMID_LINE.match(line.text) for line in paragraph
    )


def _results(lines: Sequence[SourceLine]) -> Iterator[_Paper]:
    """The papers of a page of results: title, authors, citation and PubMed id, each a line."""
    free = 0
    anchors = [index for index, line in enumerate(lines) if _is_anchor(lines, index, line.text)]
    for position, index in enumerate(anchors):
        own_line = _CITATION.match(lines[index].text) is None
        citation = index - 1 if own_line else index
        if citation - 1 < free:
            continue
        named = _all_names(lines[citation - 1].text)
        title = citation - 1 - named
        if title < free or _FURNITURE.match(lines[title].text):
            continue
        following = anchors[position + 1] - 2 if position + 1 < len(anchors) else len(lines)
        below = index + 1
        abstract = []
        while below < following and not re.match(r"\d+\Z|Cite(?: ?Share)?\Z", lines[below].text):
            if not _FURNITURE.match(lines[below].text) and not _BESIDE.match(lines[below].text):
                abstract.append(lines[below])
            below += 1
        # The line above the next paper's authors is its title, not an excerpt.
        preview = abstract[:1] if abstract and _PREVIEW_END in abstract[0].text else []
        yield _Paper(
            [lines[citation]],
            [lines[title]],
            [lines[citation - 1]] if named else [],
            [lines[index]],
            preview=preview,
        )
        free = index + 1


def _is_anchor(lines: Sequence[SourceLine], index: int, text: str) -> bool:
    """Whether a line has the PubMed id of a paper whose citation is here or on the line above."""
    if not index or not _PMID.match(text):
        return False
    if _PMID_LINE.match(text):
        return _CITATION.match(lines[index - 1].text) is not None
    return _CITATION.match(text) is not None


def _all_names(text: str) -> bool:
    """Whether a text lists authors: all of them people with initials or groups, or most of a longer list."""
    pieces = re.split(r"[,;]\s+", _FOOTNOTE.sub("", text).strip(" .,;"))
    people = sum(_PERSON.fullmatch(piece) is not None for piece in pieces)
    named = sum(1 for piece in pieces if _PERSON.fullmatch(piece) or _GROUP.fullmatch(piece))
    return (people > 0 and named == len(pieces)) or (len(pieces) > 2 and people >= _NAMED_SHARE * len(pieces))


def _authors(lines: Paragraph) -> tuple[tuple[str, ...], bool]:
    text = _FOOTNOTE.sub("", join_lines(lines)).rstrip(" .")
    pieces = [piece.strip() for piece in re.split(r"[,;]\s", text) if piece.strip()]
    truncated = any(piece.lower() == "et al" for piece in pieces)
    names, more = tagged_names([[piece] for piece in pieces if piece.lower() != "et al"], initials_last_always=True)
    return tuple(names), truncated or more


def _add(paper: _Paper, result: ListingResult) -> None:
    citation = join_lines(paper.citation)
    found = _CITATION.match(citation)
    identifiers = join_lines(paper.identifiers)
    pmid = _PMID.match(identifiers)
    pmcid = _PMCID.search(identifiers)
    doi = _DOI.search(identifiers) or _DOI.search(citation)
    day = _DAY.match(found["date"]) if found else None
    names, truncated = _authors(paper.authors)
    title = join_lines(paper.title).removesuffix(".")
    if title.startswith("[") and title.endswith("]"):
        title = title[1:-1].removesuffix(".")
    result.consume(*paper.citation, *paper.title, *paper.authors, *paper.identifiers, *paper.others)
    abstract = "\n".join(map(join_lines, paper.abstract))
    for paragraph in paper.abstract:
        result.consume(*paragraph)
    for line in paper.preview:
        abstract = beginning_of_abstract(line.text)
        if abstract:
            result.consume(line)
        else:
            result.leave_out_excerpt(line)
    first = min(paper.citation[0].number, paper.title[0].number)
    places = {"title": paper.title, "authors": paper.authors, "date": paper.citation, "doi": paper.identifiers}
    if paper.abstract:
        places["abstract"] = paper.abstract[0]
    result.add(
        ListedPaper(
            first,
            title=title,
            authors=names,
            truncated=truncated,
            date=" ".join(filter(None, day.groups())) if day else None,
            abstract=abstract,
            doi=doi[1].removesuffix("PubMed").rstrip(".,;") if doi else "",
            publication=changed_publication(
                pubmed_citation(_LEADING.sub("", found["journal"]), found["rest"] or "") if found else NO_PUBLICATION,
                {"pmid": pmid["pmid"] if pmid else None, "pmcid": pmcid[0] if pmcid else None},
            ),
            lines={name: found[0].number for name, found in places.items() if found},
        )
    )
