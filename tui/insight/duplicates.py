"""Find pairs of papers that may be duplicates, for the user to review.

Less strict than the linking of records at import, which merges only what is beyond doubt. Candidates have the same
title, DOI or arXiv id; or titles that differ in one word (found by their deletion neighbourhood, as in spelling
correction); or one title contains the other; or their abstracts are similar (cosine of tf-idf vectors).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.index.duplicate_contradictions import contradictions, shares_only_generic_title
from tui.index.exact_duplicates import pairs_sharing_identifier
from tui.model.entry import marked_distinct
from tui.text.placeholder_abstracts import without_placeholders
from tui.text.similarity import TextSimilarity
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.model.entry import Entry

    Progress = Callable[[int, int], None]

# Measured on 265 abstracts: versions of one paper 0.57 or more, a paper and its sequel 0.28 to 0.34, others less.
_MIN_SIMILARITY = 0.28
_MIN_TITLE_WORDS = 3
_MAX_CONTAINED_WORDS = 8  # of a title that is searched in others
_MAX_PAIRS = 1000
_CONTAINED_TITLE_SCORE = 0.5
_MAX_ALL_PAIRS = 30
_SCORES = {"DOI": 1.0, "arXiv id": 1.0, "title": 0.95}


class DuplicatePair(NamedTuple):
    """Two papers that may be duplicates.

    Attributes:
        one: id of a paper.
        other: id of the other.
        score: confidence, 0 to 1.
        reasons: what they share, the strongest first, in a few words each.
        against: evidence against, the strongest first, in a few words each.
    """

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()

    @property
    def evidence(self) -> str:
        """The evidence for and against, on one line."""
        against = f", but {', '.join(self.against)}" if self.against else ""
        return f"{', '.join(self.reasons)}{against}"


def find_duplicate_pairs(entries: Sequence[Entry], progress: Progress | None = None) -> tuple[DuplicatePair, ...]:
    """The pairs that may be duplicates and are not marked otherwise, the most likely first; at most a thousand.

    Args:
        entries: the papers.
        progress: called with the number of abstracts compared, and their total.
    """
    evidence: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    by_id = {entry.id: entry for entry in entries}
    for reason, one, other, score in _evidence(entries, progress):
        reasons = evidence[min(one, other), max(one, other)]
        reasons[reason] = max(score, reasons.get(reason, 0.0))
    pairs = [_pair(by_id[one], by_id[other], reasons) for (one, other), reasons in evidence.items()]
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))[:_MAX_PAIRS])


def _evidence(entries: Sequence[Entry], progress: Progress | None) -> Iterator[tuple[str, str, str, float]]:
    for name, one, other in pairs_sharing_identifier(entries):
        yield f"same {name}", one.id, other.id, _SCORES[name]
    for one, other, share in _near_titles(entries):
        yield "nearly the same title", one.id, other.id, 0.9 * share
    for one, other in _contained_titles(entries):
        yield "one title is part of the other", one.id, other.id, _CONTAINED_TITLE_SCORE
    for one, other, cosine in _similar_abstracts(entries, progress):
        reason = "same abstract" if cosine >= 0.995 else f"abstracts {cosine:.0%} similar"
        yield reason, one.id, other.id, cosine


def _pair(one: Entry, other: Entry, reasons: dict[str, float]) -> DuplicatePair:
    score = max(reasons.values())
    against: list[str] = []
    for reason, share in contradictions(one.paper, other.paper):
        score *= share
        against.append(reason)
    ordered = sorted(reasons, key=lambda reason: -reasons[reason])
    return DuplicatePair(one.id, other.id, round(score, 2), tuple(ordered), tuple(against))


def _near_titles(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry, float]]:
    """Pairs whose titles differ in one word, with the share of common words."""
    holders: defaultdict[frozenset[str], list[tuple[Entry, frozenset[str]]]] = defaultdict(list)
    for entry in entries:
        words = frozenset(normalise_words(entry.paper.title or "").split())
        if len(words) >= _MIN_TITLE_WORDS:
            for key in (words, *(words - {word} for word in words)):
                holders[key].append((entry, words))
    for found in holders.values():
        pairs = combinations(found, 2) if len(found) <= _MAX_ALL_PAIRS else pairwise(found)
        for (one, left), (other, right) in pairs:
            if left != right and not marked_distinct(one, other):
                yield one, other, len(left & right) / len(left | right)


def _contained_titles(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs where one title contains the other."""
    titles = [(entry, normalise_words(entry.paper.title or "").split()) for entry in entries]
    short = {
        " ".join(words): entry for entry, words in titles if _MIN_TITLE_WORDS <= len(words) <= _MAX_CONTAINED_WORDS
    }
    for entry, words in titles:
        for size in range(_MIN_TITLE_WORDS, min(_MAX_CONTAINED_WORDS, len(words) - 1) + 1):
            for start in range(len(words) - size + 1):
                other = short.get(" ".join(words[start : start + size]))
                if other is not None and not marked_distinct(entry, other):
                    yield entry, other


def _similar_abstracts(entries: Iterable[Entry], progress: Progress | None) -> Iterator[tuple[Entry, Entry, float]]:
    """Pairs whose abstracts are similar, with the cosine."""
    entries = list(entries)
    texts = without_placeholders(
        (normalise_words(entry.paper.title or ""), normalise_words(entry.paper.abstract or "")) for entry in entries
    )
    holders: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry, text in zip(entries, texts, strict=True):
        if text:
            holders[text].append(entry)
    for group in holders.values():
        yield from ((one, other, 1.0) for one, other in pairwise(group) if _may_be_duplicates(one, other))
    texts = sorted(holders)
    total = len(texts)
    report = (lambda done: progress(done, total)) if progress else None
    for left, right, cosine in TextSimilarity(texts).pairs(_MIN_SIMILARITY, report):
        for one, other in ((one, other) for one in holders[texts[left]] for other in holders[texts[right]]):
            if _may_be_duplicates(one, other):
                yield one, other, cosine


def _may_be_duplicates(one: Entry, other: Entry) -> bool:
    """Whether the pair is neither marked as not duplicates nor ruled out by its title."""
    same_title = normalise_words(one.paper.title or "") == normalise_words(other.paper.title or "")
    return not marked_distinct(one, other) and not (same_title and shares_only_generic_title(one.paper, other.paper))
