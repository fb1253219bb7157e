"""Find papers similar to a paper, and suggest tags, each with reasons."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.insight.tfidf import TfidfVectors
    from tui.model.entry import Entry

# Measured on 261 papers: below this, most pairs share nothing but style.
_MIN_SCORE = 0.07
_MAX_REASONS = 4
_TAG_BONUS = 0.08  # added to the score for each common tag
_MAX_BONUS_TAGS = 3
_NEIGHBOURS = 12
_MIN_VOTE_SHARE = 0.25  # of the neighbours' total score


class Related(NamedTuple):
    """A paper similar to another one.

    Attributes:
        id: its id.
        score: similarity, 0 to 1.
        reasons: common tags and words, the strongest first; tags begin with ``#``.
    """

    id: str
    score: float
    reasons: tuple[str, ...]


class TagSuggestion(NamedTuple):
    """A suggested tag.

    Attributes:
        tag: the tag.
        reasons: words that support it.
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
    """The papers most similar to one.

    Args:
        vectors: the vectors of all papers.
        entry: returns the entry of an id.
        paper_id: the paper.
        limit: the maximum number of papers.
        among: restricts the result to these ids; None means all.
    """
    vector = vectors.vector(paper_id)
    scores = vectors.similarities(vector)
    scores.pop(paper_id, None)
    if among is not None:
        wanted = set(among)
        scores = {other: score for other, score in scores.items() if other in wanted}
    # Tags add little to the score, so only those of the most similar papers are read.
    most_similar = nlargest(4 * limit, scores.items(), key=lambda item: (item[1], item[0]))
    own = _tags(entry(paper_id))
    found: list[Related] = []
    for other, cosine in most_similar:
        common = [tag for folded, tag in _tags(entry(other)).items() if folded in own]
        score = min(1.0, cosine + _TAG_BONUS * min(len(common), _MAX_BONUS_TAGS))
        if score >= _MIN_SCORE:
            shared = vectors.shared_terms(vector, other, _MAX_REASONS)
            found.append(Related(other, round(score, 2), (*(f"#{tag}" for tag in common), *shared)[:_MAX_REASONS]))
    return tuple(sorted(found, key=lambda each: (-each.score, each.id))[:limit])


def suggest_tags(
    vectors: TfidfVectors, entry: Callable[[str], Entry], paper_id: str, tagged: Sequence[str], limit: int
) -> tuple[TagSuggestion, ...]:
    """Tags of similar papers that a paper does not have, and tags in use whose words occur in it.

    The nearest neighbours vote, weighted by similarity (Dudani, "The distance-weighted k-nearest-neighbor rule",
    1976).

    Args:
        vectors: the vectors of all papers.
        entry: returns the entry of an id.
        paper_id: the paper.
        tagged: the papers with tags.
        limit: the maximum number of tags.
    """
    own = entry(paper_id)
    own_tags = _tags(own)
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
    votes = {folded: vote / total for folded, vote in votes.items() if vote / total >= _MIN_VOTE_SHARE}
    words = set(tokenize(f"{own.paper.title or ''} {own.paper.abstract or ''}"))
    # Each tag once: most of them occur on many papers.
    in_use = dict.fromkeys(tag for other in tagged for tag in entry(other).mark.tags)
    for tag in in_use:
        folded = tag.casefold()
        tag_words = tokenize(folded.rpartition("/")[2].replace("-", " "))
        if tag_words and words.issuperset(tag_words):
            spelling.setdefault(folded, tag)
            votes[folded] = votes.get(folded, 0.0) or 0.5
            reasons.setdefault(folded, tuple(tag_words))
    candidates = [(vote, folded) for folded, vote in votes.items() if folded not in own_tags]
    best = sorted(candidates, key=lambda item: (-item[0], item[1]))[:limit]
    return tuple(TagSuggestion(spelling[folded], reasons[folded]) for _, folded in best)


def _tags(entry: Entry) -> dict[str, str]:
    return {tag.casefold(): tag for tag in entry.mark.tags}
