"""Evidence against two papers being duplicates, in a few words each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.fold import fold
from tui.text.generic_titles import is_generic, is_same_part, title_role
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.model.paper import Paper

_SIMILAR_TITLES = 0.5


def contradictions(one: Paper, other: Paper) -> Iterator[tuple[str, float]]:
    """Evidence against, the strongest first, each with the factor that it lowers a score by."""
    if _differ(one.doi, other.doi):
        yield "different DOIs", 0.7
    if _differ(one.eprint, other.eprint):
        yield "different arXiv ids", 0.7
    left, right = normalise_words(one.title or ""), normalise_words(other.title or "")
    if left and right and left != right:
        if not is_same_part(left, right):
            yield "numbered differently", 0.7
        elif (kind := title_role(left)) != (other_kind := title_role(right)):
            role = kind or other_kind
            only = f"only one is {'an' if role[0] in 'aeiou' else 'a'} {role}"
            yield f"{kind} and {other_kind}" if kind and other_kind else only, 0.7
        elif _overlap(left, right) < _SIMILAR_TITLES:
            yield "different titles", 0.5
    if one.date and other.date and _differ(one.date.year, other.date.year):
        first, second = sorted((one.date.year or 0, other.date.year or 0))
        yield f"years {first} and {second}", 0.9
    if one.authors and other.authors and family_names(one).isdisjoint(family_names(other)):
        yield "no authors in common", 0.7
    if left and left == right and is_generic(left):
        yield "many papers have this title", 0.7


def shares_only_generic_title(one: Paper, other: Paper) -> bool:
    """Whether two papers share only a generic title and are certainly distinct."""
    if not is_generic(normalise_words(one.title or "-")):
        return False
    identifiers = _differ(one.doi, other.doi) or _differ(one.eprint, other.eprint)
    years = one.date is not None and other.date is not None and _differ(one.date.year, other.date.year)
    return (
        identifiers
        or years
        or bool(one.authors and other.authors and family_names(one).isdisjoint(family_names(other)))
    )


def family_names(paper: Paper) -> frozenset[str]:
    """The folded last words of the authors' names."""
    return frozenset(fold(words[-1]) for name in paper.authors if (words := name.split()))


def _overlap(one: str, other: str) -> float:
    left, right = set(one.split()), set(other.split())
    return len(left & right) / max(1, min(len(left), len(right)))


def _differ(one: str | int | None, other: str | int | None) -> bool:
    return bool(one and other) and str(one).casefold() != str(other).casefold()
