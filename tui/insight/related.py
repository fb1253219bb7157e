"""Papers like one paper, and tags that papers like it carry, each with what it is based on. Knows values only."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.insight.tfidf import TfidfVectors
    from tui.model.entry import Entry

# Among 261 papers, most of what lies below shares nothing but a manner of speaking.
_LEAST = 0.07
_REASONS = 4
_A_TAG = 0.08  # what a tag on both papers adds to their likeness
_MOST_TAGS = 3  # that add
_NEIGHBOURS = 12
_LEAST_SHARE = 0.25  # of the neighbours' likeness that must speak for a tag


class Related(NamedTuple):
    """A paper like another one.

    Attributes:
        id: its id.
        score: how alike they are, 0 to 1.
        reasons: the tags and words that both have, the strongest first; tags begin with ``#``.
    """

    id: str
    score: float
    reasons: tuple[str, ...]


class TagSuggestion(NamedTuple):
    """A tag that may suit.

    Attributes:
        tag: the tag.
        reasons: words that speak for it.
    """

    tag: str
    reasons: tuple[str, ...]


def related_papers(
    vectors: TfidfVectors,
    entry: Callable[[str], Entry],
    paper_id: str,
    limit: int,
    among: Iterable[str] | None = None,
) -> tuple[Related, ...]:
    """The papers most like one.

    Args:
        vectors: the vectors of all papers.
        entry: gives the entry of an id.
        paper_id: the paper.
        most: at most so many.
        among: of these only; all when None.
    """
    vector = vectors.vector(paper_id)
    scores = vectors.similarities(vector)
    scores.pop(paper_id, None)
    if among is not None:
        wanted = set(among)
        scores = {other: score for other, score in scores.items() if other in wanted}
    # Tags add little, so that only the likeliest need be asked for theirs.
    likeliest = nlargest(4 * limit, scores.items(), key=lambda item: (item[1], item[0]))
    own = _tags(entry(paper_id))
    found: list[Related] = []
    for other, cosine in likeliest:
        common = [tag for folded, tag in _tags(entry(other)).items() if folded in own]
        score = min(1.0, cosine + _A_TAG * min(len(common), _MOST_TAGS))
        if score >= _LEAST:
            shared = vectors.shared_terms(vector, other, _REASONS)
            found.append(Related(other, round(score, 2), (*(f"#{tag}" for tag in common), *shared)[:_REASONS]))
    return tuple(sorted(found, key=lambda each: (-each.score, each.id))[:limit])


def suggest_tags(
    vectors: TfidfVectors, entry: Callable[[str], Entry], paper_id: str, tagged: Sequence[str], limit: int
) -> tuple[TagSuggestion, ...]:
    """Tags that a paper does not carry and that papers like it do, or that stand in its own words.

    The nearest neighbours vote, each with its likeness (Dudani, "The distance-weighted k-nearest-neighbor rule",
    1976).

    Args:
        vectors: the vectors of all papers.
        entry: gives the entry of an id.
        paper_id: the paper.
        tagged: the papers that carry a tag.
        most: at most so many.
    """
    own = entry(paper_id)
    carried = _tags(own)
    votes: dict[str, float] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    spelling: dict[str, str] = {}
    neighbours = related_papers(vectors, entry, paper_id, _NEIGHBOURS, tagged)
    for neighbour in neighbours:
        for folded, tag in _tags(entry(neighbour.id)).items():
            spelling.setdefault(folded, tag)
            votes[folded] = votes.get(folded, 0.0) + neighbour.score
            words_only = tuple(reason for reason in neighbour.reasons if not reason.startswith("#"))
            reasons.setdefault(folded, words_only)
    total = sum(neighbour.score for neighbour in neighbours)
    votes = {folded: vote / total for folded, vote in votes.items() if vote / total >= _LEAST_SHARE}
    said = set(tokenize(f"{own.paper.title or ''} {own.paper.abstract or ''}"))
    # Of ten thousand tagged papers, nearly all carry tags that others carry too.
    in_use = dict.fromkeys(tag for other in tagged for tag in entry(other).mark.tags)
    for tag in in_use:
        folded = tag.casefold()
        names = tokenize(folded.rpartition("/")[2].replace("-", " "))
        if names and said.issuperset(names):
            spelling.setdefault(folded, tag)
            votes[folded] = votes.get(folded, 0.0) or 0.5
            reasons.setdefault(folded, tuple(names))
    free = [(vote, folded) for folded, vote in votes.items() if folded not in carried]
    best = sorted(free, key=lambda item: (-item[0], item[1]))[:limit]
    return tuple(TagSuggestion(spelling[folded], reasons[folded]) for _, folded in best)


def _tags(entry: Entry) -> dict[str, str]:
    return {tag.casefold(): tag for tag in entry.mark.tags}
