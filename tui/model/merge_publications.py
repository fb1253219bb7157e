"""Merge what several records of one paper say about its publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS, MergeRule, Publication

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def is_preprint(publication: Publication) -> bool:
    """Whether it is a preprint, or was published on a preprint server."""
    venue = publication.container_title or publication.publisher or ""
    return publication.type == "article" or bool(_PREPRINT.search(venue))


def merge_publications(publications: Sequence[Publication]) -> Publication:
    """Merge publications, the preferred one first.

    The venue is that of a published version before that of a preprint, and else of the most complete record. What it
    does not say comes from records with the same venue.
    """
    if len(publications) == 1:
        return publications[0]
    known = list(dict.fromkeys(each for each in publications if each is not NO_PUBLICATION))
    if len(known) < 2:
        return known[0] if known else NO_PUBLICATION
    ranked = sorted(known, key=_rank)
    best = ranked[0]
    alike = [each for each in ranked if _same_venue(best, each)]
    values: dict[str, Any] = {}
    for row in PUBLICATION_FIELDS:
        if row.merge is MergeRule.ALL:
            given = (value for each in known for value in getattr(each, row.name))
            values[row.name] = tuple(dict.fromkeys(given))
        else:
            of = alike if row.merge is MergeRule.VENUE else known
            values[row.name] = next(filter(None, (getattr(each, row.name) for each in of)), row.kind.empty)
    for each in alike[1:]:
        values |= {name: text for name in _COMPLETED if (text := _completed(values[name], getattr(each, name)))}
    return Publication(**values)


def _completed(text: str | None, other: str | None) -> str | None:
    """The other text, if it is the same range of pages with its end, or the same name with its words in full."""
    if not text or not other or len(other) <= len(text):
        return None
    words, longer = _WORDS.findall(text.casefold()), _WORDS.findall(other.casefold())
    return other if words == longer[: len(words)] or not set(words) <= set(longer) else None


def _rank(publication: Publication) -> tuple[Any, ...]:
    """Sort key, the preferred venue first; equal ones keep their order."""
    placed = sum(bool(getattr(publication, name)) for name in _PLACING)
    is_named = bool(publication.container_title or publication.publisher or publication.institution)
    known = any(getattr(publication, name) for name in _VENUE)
    return (not known, is_preprint(publication) or not (placed or publication.type), not is_named, -placed)


def _same_venue(best: Publication, other: Publication) -> bool:
    """Whether what the other record says about its venue may complete the best one."""
    if best is other:
        return True
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
