"""Merge what several records of one paper say about its publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS, MergeRule, Publication
from tui.model.value_kind import DATE_FIELDS, ENTRY_TYPE, EXTRAS, GENRE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.model.partial_date import PartialDate
    from tui.model.value_kind import ExtraField

_PREPRINT = re.compile(
    r"arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|preprint|\bcorr\b|computing research repository|research square",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_SMALL = frozenset(
    ("the", "of", "and", "on", "in", "for", "a", "an", "de", "la", "der", "fur", "proceedings", "proc")
)
_VENUE = tuple(row.name for row in PUBLICATION_FIELDS if row.merge is MergeRule.VENUE)
# What places a paper in its venue; the record that has more of it is the more complete one.
_PLACING = (
    "container_title", "volume", "issue", "pages", "article_number", "number", "publisher", "institution", "editors",
    "isbn",
)  # fmt: skip
# Of several records with the same venue, the longer value is kept. Names are the same here except for abbreviation.
_COMPLETED = ("container_title", "pages")

_OF_TYPE = frozenset((ENTRY_TYPE, GENRE))
# Verbatim fields of BibTeX that describe one publication, as its venue does.
_OF_ONE_ISSUE = frozenset(
    (
        *DATE_FIELDS, *_OF_TYPE, "journal", "journaltitle", "booktitle", "journalsubtitle", "booksubtitle", "volume",
        "number", "issue", "pages",
    )
)  # fmt: skip


def is_preprint(publication: Publication) -> bool:
    """Whether it is a preprint, or was published on a preprint server."""
    venue = publication.container_title or publication.publisher or ""
    return publication.type == "article" or bool(_PREPRINT.search(venue))


class MergedPublication(NamedTuple):
    """The result of a merge.

    Attributes:
        publication: the publication.
        year: the year in which it was published; None if no record says so, or if it is a preprint.
    """

    publication: Publication
    year: int | None


def merge_publications(records: Sequence[tuple[Publication, PartialDate | None]]) -> MergedPublication:
    """Merge publications, each with its date, the preferred one first.

    The venue is that of a published version before that of a preprint, and else of the most complete record. What it
    does not say comes from records with the same venue and year, so that no volume of a journal meets the year of a
    conference.
    """
    known = [each for each in dict.fromkeys(records) if each[0] is not NO_PUBLICATION]
    if not known:
        return MergedPublication(NO_PUBLICATION, None)
    alike: list[tuple[Publication, PartialDate | None]] = []
    for each in sorted(known, key=_rank) if len(known) > 1 else known:
        if all(_same_issue(chosen, each) for chosen in alike):
            alike.append(each)
    best = alike[0][0]
    is_issued = _is_named(best) and not is_preprint(best)
    years = (date.year for each, date in alike if date is not None and _is_named(each))
    year = next(filter(None, years), None) if is_issued else None
    return MergedPublication(_merged([each for each, _ in known], [each for each, _ in alike]), year)


def most_complete_date(dates: Iterable[PartialDate | None], year: int | None) -> PartialDate | None:
    """The most complete date, the first if several are equally complete.

    Args:
        dates: the dates of the records of a paper.
        year: the year of its publication, which no other date replaces; None if it is unknown.
    """
    found = [date for date in dates if date is not None]
    issued = [date for date in found if year is not None and date.year == year]
    return max(issued or found, key=lambda date: (date.year is not None, date.completeness), default=None)


def _merged(known: Sequence[Publication], alike: Sequence[Publication]) -> Publication:
    """The values of all publications, those of a venue only from the publications that are alike, the best first."""
    if len(set(known)) == 1:
        return known[0]
    values: dict[str, Any] = {}
    for row in PUBLICATION_FIELDS:
        if row.kind is EXTRAS:
            values[row.name] = tuple(dict.fromkeys(_extra_fields(known, alike)))
        elif row.merge is MergeRule.ALL:
            given = (value for each in known for value in getattr(each, row.name))
            values[row.name] = tuple(dict.fromkeys(given))
        else:
            of = alike if row.merge is MergeRule.VENUE else known
            values[row.name] = next(filter(None, (getattr(each, row.name) for each in of)), row.kind.empty)
    for each in alike[1:]:
        values |= {name: text for name in _COMPLETED if (text := _completed(values[name], getattr(each, name)))}
    return Publication(**values)


def _extra_fields(known: Sequence[Publication], alike: Sequence[Publication]) -> Iterator[ExtraField]:
    """The verbatim fields of all publications; those about venue, date and type only from the ones that are kept."""
    for each in known:
        for field in each.extra:
            is_kept = each in alike and (field.name not in _OF_TYPE or each.type == alike[0].type)
            if is_kept or field.name not in _OF_ONE_ISSUE:
                yield field


def _completed(text: str | None, other: str | None) -> str | None:
    """The other text, if it is the same range of pages with its end, or the same name with its words in full."""
    if not text or not other or len(other) <= len(text):
        return None
    words, longer = _WORDS.findall(text.casefold()), _WORDS.findall(other.casefold())
    return other if words == longer[: len(words)] or not set(words) <= set(longer) else None


def _rank(record: tuple[Publication, PartialDate | None]) -> tuple[Any, ...]:
    """Sort key, the preferred venue first; equal ones keep their order."""
    publication, date = record
    placed = sum(bool(getattr(publication, name)) for name in _PLACING)
    known = any(getattr(publication, name) for name in _VENUE)
    is_dated = date is not None and date.year is not None
    return (
        not known,
        is_preprint(publication) or not (placed or publication.type),
        not _is_named(publication),
        -placed,
        not is_dated,
    )


def _is_named(publication: Publication) -> bool:
    return bool(publication.container_title or publication.publisher or publication.institution)


def _same_issue(best: tuple[Publication, PartialDate | None], other: tuple[Publication, PartialDate | None]) -> bool:
    """Whether what the other record says about its venue may complete the best one: venue and year are the same."""
    years = {date.year for _, date in (best, other) if date is not None and date.year is not None}
    return len(years) < 2 and _same_venue(best[0], other[0])


def _same_venue(best: Publication, other: Publication) -> bool:
    """Whether two publications are of the same venue, as far as both name it."""
    if is_preprint(best) != is_preprint(other):
        return False
    if best.type and other.type and best.type != other.type and "document" not in (best.type, other.type):
        return False
    numbers = ("volume", "issue", "pages", "article_number", "number", "edition")
    if any(getattr(best, name) and getattr(other, name) and not _alike(best, other, name) for name in numbers):
        return False
    return not _differ(best.container_title or best.container_short, other.container_title or other.container_short)


def _alike(best: Publication, other: Publication, name: str) -> bool:
    """Whether two numbers are equal, or one is the beginning of a range of pages."""
    one, two = (_WORDS.findall(getattr(each, name).casefold()) for each in (best, other))
    return one[: len(two)] == two or two[: len(one)] == one


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two names are of different venues; abbreviations are recognised by their letters."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return False
    short, whole = sorted((left, right), key=lambda words: (len(words), sum(map(len, words))))
    initials = "".join(word[0] for word in whole)
    if len(short) == 1 and (initials.startswith(short[0]) or short[0] in whole):
        return False
    rest = iter(whole)
    return not all(any(longer.startswith(word) for longer in rest) for word in short)


def _words(name: str | None) -> list[str]:
    words: Iterable[str] = _WORDS.findall((name or "").casefold())
    return [word for word in words if word not in _SMALL and not word.isdigit()]
