"""Parser of DBLP's lists of publications, as they are copied from the browser.

A publication is ``[j5]``, the authors followed by a colon, and ``Title. Journal 12(3): 1-10 (2020)``; the
results of a search have no number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.listed_authors import is_person, split_listed_authors
from tui.ingest.listed_paper import ListedPaper, ListingResult
from tui.ingest.printed_venue import journal_reference
from tui.model.partial_date import PartialDate
from tui.model.publication import changed_publication

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.ingest.parsers.source_parser import OnLine
    from tui.ingest.record import ParseResult, SourceLine
    from tui.ingest.source_file import SourceFile
    from tui.model.publication import Publication

_NUMBER = re.compile(r"\[(?P<kind>[abcdeijoprstw])\d{1,4}\](?:\s+|\Z)")
_AUTHORS = re.compile(
    r"(?:\[[abcdeijoprstw]\d{1,4}\]\s*)?(?P<names>[^:]{3,}?)(?:\s*\((?:eds?\.|editors?)\))?:(?:\s+(?P<rest>\S.*))?\Z",
    re.IGNORECASE,
)
_HOMONYM = re.compile(r"\s0\d{3}(?=\s*(?:,|:|\Z))")
_YEAR_HEADING = re.compile(r"(?P<year>(?:19|20)\d\d)(?:\s*[-–].*)?\Z")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TITLE_END = re.compile(r"[.?!](?:\s+(?=[^\Wa-z_])|\s*\Z)")
_CORR = re.compile(r"\babs/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})")
_FURNITURE = re.compile(
    r"(?:#+ )?(?:view|export record|ask others|share record|persistent URL:?|electronic edition.*"
    r"|references & citations.*|type"
    r"|Journal Articles|Conference and Workshop Papers|Books and Theses|Parts in Books or Collections|Editorship"
    r"|Reference Works|Informal (?:and Other )?Publications|Data and Artifacts|unpaywalled version.*|\d+ references.*"
    r"|(?:19|20)\d\d(?: to (?:now|\d{4})| [–-] .*)?|see FAQ|> Home.*|dblp.*|home|browse|search|about|Refine list"
    r"|showing.*"
    r"|refine by .*|Author search results|Publication search results|Likely matches|Exact matches|[\W_]+|no matches"
    r"|found \d+ (?:records|matches).*|(?:Stop the war!|Остановите войну!|solidarity.*|news from Ukraine.*"
    r"|donate.*|сейчас.*)"
    r"|Person information|Coauthor Index.*|last updated on .*|provenance information|.*all \d+ (?:records|matches).*"
    r"|access:|orcid.*|affiliation.*|details & citations.*|authority control:|dblp key:|ask others"
    r"|Google(?: Scholar)?|PubPeer"
    r"|Semantic Scholar|Internet Archive Scholar|CiteSeerX|share (?:record|bibliography)|Bluesky|Reddit|BibSonomy"
    r"|LinkedIn"
    r"|Twitter|Facebook|Mastodon|https?://dblp\S*|(?:journals|conf|homepages|books|phd|series|reference)/\S+"
    r"|plain text|help us"
    r"|export bibliography|Image:? ?.*|dismiss all constraints|zoomed in on .*|refinements active!"
    r"|view refined list in|How .*\?"
    r"|What .*\?|RSS|ORCID|Wikidata|MathSciNet|Other persons with .*|BibTeX|RIS|RDF.*|XML|Trier 1|zbMATH.*"
    r"|all metadata released .*"
    r"|disambiguation page.*)\Z",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:#+ )?Coauthor Index", re.IGNORECASE)
_IN_INDEX = re.compile(r"\d+\Z|(?:\[[abcdeijoprstw]\d{1,4}\][\s,]*)+\Z")
_PLACE = re.compile(r"(?:[^\W\d_a-z][\w./&'’ -]*?)\s*(?:\d|\(|\b(?:19|20)\d\d).*")
_DATED = re.compile(r"(?:\((?:19|20)\d\d\)|\b(?:19|20)\d\d(?:: ?\w[\w:.-]*)?)\Z")
# Words that DBLP abbreviates in names of journals: a full stop after them does not end the title.
_ABBREVIATION = re.compile(
    r"\b(?:J|Trans|Int|Proc|Comput|Commun|Lett|Sci|Eng|Syst|Inf|Math|Theor|Appl|Softw|Artif|Intell|Mach|Learn|Res"
    r"|Rev|Surv"
    r"|Mag|Netw|Graph|Vis|Process|Recognit|Knowl|Discov|Auton|Ann|Bull|Assoc|Electron|Electr|Med|Biol|Bioinform"
    r"|Am|Eur|Adv"
    r"|Univ|Mob|Wirel|Distrib|Secur|Priv|Cybern|Optim|Stat|Phys|Technol|Manag|Bus|Soc|Hum|Interact|Stud|Libr"
    r"|Digit|Lang"
    r"|Multim|Perform|Eval|Oper|Discret|Log|Found|Symb|Autom|Reason|Archit|Des|Integr|Geosci|Sens|Simul|Model"
    r"|Inform|Cogn"
    r"|Psychol|Educ|Ind|ACM Comput|Vis|Imaging|Syst|Pract|Exp|Conf|Symp|Newsl|Notes|Lect|Combin|Geom|Anal|Numer|Funct"
    r"|Program|Form|Aspects|Environ|Serv|Archiv|Acad|Nat|Chem|Mol|Neurosci|Econ|Financ|Gov|Policy|Perspect|Annu)\Z"
)
_TYPES = {
    "j": "article-journal", "c": "paper-conference", "i": "article", "b": "book", "e": "book", "p": "chapter",
    "r": "entry", "d": "dataset", "t": "thesis", "s": "software",
}  # fmt: skip
_LONGEST = 2_000
_MENU = 45  # lines of menus between number and authors
_LEAST_UNNUMBERED = 2


class _Found(NamedTuple):
    """A publication among the lines.

    Attributes:
        first: index of its first line.
        authors: index of the line with its authors.
        title: index of the line with its title.
        numbered: whether its number is printed.
    """

    first: int
    authors: int
    title: int
    numbered: bool


class DblpPage:
    """DBLP's pages of persons, venues and searches."""

    name = "DBLP"

    def sniff(self, source: SourceFile, lines: Sequence[SourceLine]) -> float:  # noqa: ARG002, the protocol's
        """The share of publications at two lines each; without numbers, at least two are needed."""
        found = list(_publications(lines))
        numbered = sum(paper.numbered for paper in found)
        telling = sum(_FURNITURE.match(line.text) is None for line in lines)
        if len(found) < (1 if numbered else _LEAST_UNNUMBERED) or 8 * len(found) < telling:
            return 0.0
        return min(1.0, 2 * len(found) / len(lines))

    def parse(self, source: SourceFile, lines: Sequence[SourceLine], on_line: OnLine) -> ParseResult:
        """Parse every publication; without any number it is unsure whether they are from this site."""
        result = ListingResult(source.name)
        found = list(_publications(lines))
        year = _read_between(lines[: found[0].first], result, "")
        for paper, end in zip(found, [*(other.first for other in found[1:]), len(lines)], strict=True):
            if result.full:
                break
            on_line(lines[paper.first].number)
            result.consume(*lines[paper.first : paper.title + 1])
            _add(paper, lines, year, result)
            year = _read_between(lines[paper.title + 1 : end], result, year)
        return result.result(unsure=not any(paper.numbered for paper in found))


def _publications(lines: Sequence[SourceLine]) -> Iterator[_Found]:
    free = 0
    for index in range(len(lines)):
        found = _AUTHORS.match(lines[index].text) if index >= free else None
        if found is None or not _are_names(found["names"]):
            continue
        title = index if found["rest"] else index + 1
        if title >= len(lines) or not _has_place(found["rest"] or lines[title].text):
            continue
        numbered = _NUMBER.match(lines[index].text) is not None
        first = index
        for above in range(index - 1, max(free, index - _MENU) - 1, -1):
            if numbered:
                break
            if _NUMBER.match(lines[above].text):
                numbered, first = True, above
            elif not _FURNITURE.match(lines[above].text):
                break
        if not numbered and (title == index or not _is_dated(lines[title].text)):
            continue
        yield _Found(first, index, title, numbered)
        free = title + 1


def _are_names(text: str) -> bool:
    bare = _HOMONYM.sub("", text)
    names, _ = split_listed_authors(bare)
    return (
        bool(names)
        and all(map(is_person, names))
        and len(names) >= len(bare.split(","))
        and all(" " in n for n in names)
    )


def _has_place(text: str) -> bool:
    """Whether a line is a title, a full stop, and a journal or conference with a year or a volume."""
    title, place = _split_title(text)
    return bool(title) and (not place or _PLACE.match(place) is not None)


def _is_dated(text: str) -> bool:
    """Whether a line ends as those of search results do: ``CVPR 2020: 1-9`` or ``J. Tides 3(1): 1-9 (2020)``."""
    return _DATED.search(_split_title(text)[1]) is not None


def _split_title(text: str) -> tuple[str, str]:
    """Title without its full stop, and the rest; an empty title if there is no full stop."""
    ends = list(_TITLE_END.finditer(text[:_LONGEST]))
    index = len(ends) - 1
    if index > 0 and ends[index].end() == len(text):
        index -= 1  # a full stop at the end of the whole
    while index > 0 and _ABBREVIATION.search(text, ends[index - 1].end(), ends[index].start()):
        index -= 1
    if index < 0:
        return "", ""
    end = ends[index]
    stop = end.start() + (text[end.start()] != ".")
    return text[:stop].strip(), text[end.end() :].strip()


def _read_between(lines: Sequence[SourceLine], result: ListingResult, year: str) -> str:
    """Consume headings, buttons and the index of coauthors; returns the year of the last heading."""
    in_index = False
    for line in lines:
        in_index = in_index or _INDEX.match(line.text) is not None
        if in_index and (_IN_INDEX.match(line.text) or is_person(_HOMONYM.sub("", line.text))):
            pass
        elif found := _YEAR_HEADING.match(line.text):
            year = found["year"]
        elif not _FURNITURE.match(line.text):
            continue
        result.consume(line)
    return year


def _published(place: str, number: re.Match[str] | None) -> Publication:
    """The publication, with the type that the letter of the number says."""
    published = journal_reference(place)
    kind = _TYPES.get(number["kind"]) if number else None
    return changed_publication(published, {"type": kind or published.type})


def _add(paper: _Found, lines: Sequence[SourceLine], heading: str, result: ListingResult) -> None:
    found = _AUTHORS.match(lines[paper.authors].text)
    names, truncated = split_listed_authors(_HOMONYM.sub("", found["names"])) if found else ((), False)
    title, place = _split_title((found["rest"] if found else None) or lines[paper.title].text)
    years = _YEAR.findall(place)
    year = years[-1] if years else heading
    arxiv = _CORR.search(place)
    result.add(
        ListedPaper(
            lines[paper.first].number,
            title=title,
            authors=names,
            truncated=truncated,
            date=PartialDate(int(year)) if year else None,
            eprint=arxiv[1] if arxiv else "",
            publication=_published(place, _NUMBER.match(lines[paper.first].text)),
            lines={"title": lines[paper.title].number, "authors": lines[paper.authors].number},
        )
    )
