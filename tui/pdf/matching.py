"""Which paper a PDF contains: evidence in the name of the file, and in the text of its first page."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORTEST_TITLE = 20  # letters and digits; shorter ones are found by chance
_SHORTEST_NAMED = 8  # letters and digits of a title that is a whole part of a file name
_TITLE_BEGIN = 12  # letters and digits by which titles are looked up
_SHORTEST_KEY = 6  # characters of a citation key that more text follows
_SHORTEST_SUFFIX = 8  # letters and digits of the part of a DOI after the slash
_HEAD = 600  # letters and digits on a first page before which its title stands
_PAGE = 6_000  # letters and digits of a page that are looked through for titles
_COPY = re.compile(r"(?:[ _-]*\(\d+\)|[ _-]+copy(?: \d+)?)\Z", re.IGNORECASE)
_ARXIV = re.compile(r"(?<![\d.])(\d{4}\.\d{4,5})(?:v\d+)?(?!\d)")
_OLD_ARXIV = re.compile(r"(?<![a-z])([a-z]{2,8}(?:-[a-z]{2,4})?)[/_ -]?(\d{7})(?:v\d+)?(?!\d)", re.IGNORECASE)
# arXiv's stamp has the category behind the identifier, which references to other papers rarely have.
_STAMP = re.compile(r"arXiv:\s?(\S+?)(?:v\d+)?\s*\[[\w.-]+\]")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_DOI_END = re.compile(r"[.,;:)\]}]+\Z")
_DASH = re.compile(r"\s+[-–—]+\s+")  # between author, year and title in a file name
_NO_LETTER = re.compile(r"[\W_]+")


class PaperNames(NamedTuple):
    """What is known of a paper that may be in the name or the text of its PDF.

    Attributes:
        id: its id.
        title: its title; empty for none.
        key: its citation key.
        eprint: its arXiv id without version; empty for none.
        doi: its DOI; empty for none.
    """

    id: str
    title: str = ""
    key: str = ""
    eprint: str = ""
    doi: str = ""


class Evidence(NamedTuple):
    """Why a PDF may contain a paper.

    Attributes:
        paper_id: the paper.
        reason: ``arXiv id in the file name``.
        is_sure: whether it is enough on its own.
    """

    paper_id: str
    reason: str
    is_sure: bool


class PaperMatcher:
    """Finds papers by names and pages.

    Args:
        papers: the papers that PDFs are looked for.
    """

    def __init__(self, papers: Iterable[PaperNames]) -> None:
        self._eprints: dict[str, list[str]] = defaultdict(list)
        self._dois: dict[str, list[str]] = defaultdict(list)
        self._suffixes: dict[str, list[str]] = defaultdict(list)
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._titles: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._short_titles: dict[str, list[str]] = defaultdict(list)
        for paper in papers:
            if paper.eprint:
                self._eprints[_compact(paper.eprint)].append(paper.id)
            if paper.doi:
                self._dois[_compact(paper.doi)].append(paper.id)
                suffix = _compact(paper.doi.partition("/")[2])
                if len(suffix) >= _SHORTEST_SUFFIX and any(map(str.isdigit, suffix)):
                    self._suffixes[suffix].append(paper.id)
            if paper.key:
                self._keys[_compact(paper.key)].append(paper.id)
            title = _compact(paper.title)
            if len(title) >= _SHORTEST_TITLE:
                self._titles[title[:_TITLE_BEGIN]].append((title, paper.id))
            elif len(title) >= _SHORTEST_NAMED:
                self._short_titles[title].append(paper.id)

    def by_name(self, stem: str) -> list[Evidence]:
        """Evidence in the name of a file without its suffix; the first of each paper is the strongest."""
        name = _COPY.sub("", unquote(stem))
        return _agreed(
            [
                *self._identified_by_name(name),
                *self._keyed(name),
                *self._titled(name, "title in the file name"),
                *self._shortly_titled(name),
            ]
        )

    def by_page(self, text: str) -> list[Evidence]:
        """Evidence in the text of a first page; the first of each paper is the strongest."""
        stamped = list(self._with_eprints(found[1] for found in _STAMP.finditer(text)))
        named = self._with_eprints(found[1] for found in _ARXIV.finditer(text))
        dois = [_DOI_END.sub("", found[0]) for found in _DOI.finditer(text)]
        known = [paper_id for doi in dois for paper_id in self._dois.get(_compact(doi), ())]
        is_only = len(set(known)) == 1 and len(set(map(_compact, dois))) == 1
        titled = list(self._titled(text, "title on the first page"))
        return _agreed(
            [
                *(Evidence(paper_id, "arXiv stamp", True) for paper_id in stamped),
                *(each for each in titled if each.is_sure),
                *(Evidence(paper_id, "DOI on the first page", is_only) for paper_id in known),
                *(Evidence(each, "arXiv id on the first page", False) for each in named if each not in stamped),
                *(each for each in titled if not each.is_sure),
            ]
        )

    def _with_eprints(self, identifiers: Iterable[str]) -> Iterator[str]:
        """The papers with these arXiv ids."""
        for identifier in identifiers:
            yield from self._eprints.get(_compact(identifier), ())

    def _identified_by_name(self, name: str) -> Iterator[Evidence]:
        identifiers = [found[1] for found in _ARXIV.finditer(name)]
        identifiers += [found[1] + found[2] for found in _OLD_ARXIV.finditer(name)]
        yield from (Evidence(each, "arXiv id in the file name", True) for each in self._with_eprints(identifiers))
        compact = _compact(name)
        found = self._dois.get(compact, []) or self._suffixes.get(compact, [])
        yield from (Evidence(each, "DOI in the file name", True) for each in found)

    def _keyed(self, name: str) -> Iterator[Evidence]:
        """By a citation key that is the name, or begins it."""
        for end in (len(name), *(found.start() for found in re.finditer(r"[^\w]|_", name))):
            key = _compact(name[:end])
            if (key and end == len(name)) or (len(key) >= _SHORTEST_KEY and any(map(str.isdigit, key))):
                yield from (Evidence(each, "citation key in the file name", True) for each in self._keys.get(key, ()))

    def _shortly_titled(self, name: str) -> Iterator[Evidence]:
        """By a short title that is the name, or a part of it between dashes; another work may have it, too."""
        for part in _DASH.split(name):
            for paper_id in self._short_titles.get(_compact(part), ()):
                yield Evidence(paper_id, "title in the file name", False)

    def _titled(self, text: str, reason: str) -> Iterator[Evidence]:
        """By whole titles in a text; of titles that begin at the same place, the longest."""
        compact = _compact(text[: _PAGE * 2])[:_PAGE]
        for start in range(len(compact) - _SHORTEST_TITLE + 1):
            titles = [
                each
                for each in self._titles.get(compact[start : start + _TITLE_BEGIN], ())
                if compact.startswith(each[0], start)
            ]
            longest = max((len(title) for title, _ in titles), default=0)
            for title, paper_id in titles:
                if len(title) == longest:
                    yield Evidence(paper_id, reason, start < _HEAD)


def _compact(text: str) -> str:
    """The folded letters and digits of a text, which survive file names and the extraction of text."""
    return _NO_LETTER.sub("", fold(text))


def _agreed(found: Iterable[Evidence]) -> list[Evidence]:
    """The evidence, none of it sure if several papers have sure evidence."""
    evidence = list(dict.fromkeys(found))
    sure = {each.paper_id for each in evidence if each.is_sure}
    return evidence if len(sure) <= 1 else [each._replace(is_sure=False) for each in evidence]
