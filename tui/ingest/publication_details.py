"""Publication details of a record, used only as evidence for and against a merge.

An empty value contradicts nothing. Stored in the record, not in the paper.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_ISBN = re.compile(r"(?<![\dX-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dX-])")
_PMID = re.compile(r"\bPMID:?\s*(\d{3,9})\b", re.IGNORECASE)
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_WORDS = re.compile(r"\w+")
_SMALL = frozenset(
    ("the", "of", "and", "on", "in", "for", "a", "an", "de", "la", "der", "fur", "proceedings", "proc")
)
_PREPRINT = re.compile(r"arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|preprint|corr\b|eprint|e print|research square")
# Types of parts of a book in BibTeX, RIS and CSL. Their ISBN, and often their DOI, is that of the book.
_PARTS_OF_BOOKS = frozenset(
    ("inbook", "incollection", "chapter", "chap", "book section", "suppbook", "inreference", "echap", "bookinbook")
)


class PublicationDetails(NamedTuple):
    """Where a record was published.

    Attributes:
        part_of_book: whether it is a chapter.
        container: journal, book or proceedings, folded.
        volume: folded.
        number: folded.
        pages: folded, the first page only.
        isbns: with 13 digits.
        pmid: PubMed id.
        key: citation key, which is meaningful only within one source.
    """

    part_of_book: bool = False
    container: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    isbns: frozenset[str] = frozenset()
    pmid: str = ""
    key: str = ""

    @property
    def is_preprint(self) -> bool:
        """Whether it was published on a preprint server."""
        return bool(_PREPRINT.search(self.container))


NO_DETAILS = PublicationDetails()


def details_of(
    kind: str = "",
    *,
    container: str = "",
    volume: str = "",
    number: str = "",
    pages: str = "",
    isbn: Iterable[str] = (),
    pmid: str = "",
    key: str = "",
    named: Iterable[str] = (),
) -> PublicationDetails:
    """Normalise the details of a record.

    Args:
        kind: the record's type, in the words of its format.
        container: journal, book or proceedings.
        volume: as printed.
        number: as printed.
        pages: as printed.
        isbn: texts that may be an ISBN.
        pmid: PubMed id.
        key: citation key.
        named: texts that may contain a PubMed id.
    """
    named_pmid = next((found[1] for text in named if text and (found := _PMID.search(text))), "")
    pmid = pmid.strip() if pmid.strip().isdecimal() else named_pmid
    return PublicationDetails(
        kind.strip().lower() in _PARTS_OF_BOOKS,
        _folded_container(container) if container else "",
        _NOT_ALNUM.sub("", fold(volume)) if volume else "",
        _NOT_ALNUM.sub("", fold(number)) if number else "",
        _first_page(pages) if pages else "",
        frozenset(isbn13 for text in isbn if text for isbn13 in _isbns(text)),
        pmid.lstrip("0"),
        key,
    )


@lru_cache(maxsize=4096)
def _folded_container(text: str) -> str:
    """Cached, since there are few journals for many records."""
    return " ".join(_WORDS.findall(fold(text)))


def containers_differ(one: PublicationDetails, other: PublicationDetails) -> bool:
    """Whether two records have different journals, books or proceedings; abbreviations are recognised."""
    if not one.container or not other.container:
        return False
    left = [word for word in one.container.split() if word not in _SMALL and not word.isdigit()]
    right = [word for word in other.container.split() if word not in _SMALL and not word.isdigit()]
    short, whole = sorted((left, right), key=lambda words: (len(words), sum(map(len, words))))
    if not short or not whole:
        return False
    abbreviated = "".join(word[0] for word in whole)
    if len(short) == 1 and (abbreviated.startswith(short[0]) or short[0] in whole):
        return False
    rest = iter(whole)
    return not all(any(_abbreviates(word, longer) for longer in rest) for word in short)


def published_apart(one: PublicationDetails, other: PublicationDetails) -> bool:
    """Whether two records are at different volumes, issues or pages of the same publication."""
    if containers_differ(one, other) or one.is_preprint or other.is_preprint:
        return False
    pairs = ((one.volume, other.volume), (one.pages, other.pages))
    if any(left and right and left != right for left, right in pairs):
        return True
    same_pages = bool(one.pages) and one.pages == other.pages
    return bool(one.number and other.number) and one.number != other.number and not same_pages


def published_together(one: PublicationDetails, other: PublicationDetails) -> bool:
    """Whether two records have the same pages of the same volume or issue."""
    if not one.pages or one.pages != other.pages or containers_differ(one, other) or not one.container:
        return False
    same_volume = bool(one.volume) and one.volume == other.volume
    same_number = bool(one.number) and one.number == other.number
    same_book = not one.isbns.isdisjoint(other.isbns)
    return bool(other.container) and (same_volume or same_number or same_book) and not published_apart(one, other)


def _abbreviates(short: str, word: str) -> bool:
    """Whether one is a prefix of the other, or ``short`` leaves out letters of ``word``."""
    if word.startswith(short) or short.startswith(word):
        return True
    letters = iter(word)
    return short[0] == word[0] and len(short) >= 3 and all(letter in letters for letter in short)


def _first_page(text: str) -> str:
    pages = re.split(r"[-\u2010-\u2015\u2212,;+]", fold(text).removeprefix("pp").removeprefix("."), maxsplit=1)[0]
    return _NOT_ALNUM.sub("", pages)


def _isbns(text: str) -> Iterable[str]:
    for found in _ISBN.finditer(text.upper()):
        digits = found[0].replace("-", "").replace(" ", "")
        if len(digits) == 10:
            core = "978" + digits[:9]
            check = -sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(core)) % 10
            yield f"{core}{check}"
        elif digits.isdecimal():
            yield digits
