"""Pairs of papers that may be one, for a person to judge: what they share, and how much of it.

Coarser than the joining of pages, which joins only what is beyond doubt and has left these. Candidates share a title,
a DOI or an arXiv number; or nearly a title (found by leaving out a word of each, as spelling correctors find near
words by their deletion neighbourhood); or one has the title of the other in its own; or they share many rare words of
their abstracts (cosine of tf-idf vectors). Knows values only.
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

# Among 265 abstracts versions of one paper reach 0.57 and more, a paper and its sequel 0.28 to 0.34, any others less.
_ALIKE = 0.28
_LEAST_WORDS = 3  # of a title that is looked for in others, or compared with a word left out
_MOST_WORDS = 8  # of a title that is looked for in others
_MOST_PAIRS = 1000
_WITHIN = 0.5
_ALL_PAIRS = 30
_SCORES = {"DOI": 1.0, "arXiv number": 1.0, "title": 0.95}


class DuplicatePair(NamedTuple):
    """Two papers that may be one.

    Attributes:
        one: id of a paper.
        other: id of the other.
        score: how sure it is, 0 to 1.
        reasons: what they share, the strongest first, in a few words each.
        against: what speaks against it, the strongest first, in a few words each.
    """

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()

    @property
    def evidence(self) -> str:
        """What speaks for it and against it, on one line."""
        against = f"; but {', '.join(self.against)}" if self.against else ""
        return f"{', '.join(self.reasons)}{against}"


def find_duplicate_pairs(entries: Sequence[Entry], progress: Progress | None = None) -> tuple[DuplicatePair, ...]:
    """The pairs that may be one paper and were not told apart, the surest first; a thousand at the most.

    Args:
        entries: the papers.
        progress: called with the number of papers compared, and their total.
    """
    evidence: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    by_id = {entry.id: entry for entry in entries}
    for reason, one, other, score in _evidence(entries, progress):
        reasons = evidence[min(one, other), max(one, other)]
        reasons[reason] = max(score, reasons.get(reason, 0.0))
    pairs = [_pair(by_id[one], by_id[other], reasons) for (one, other), reasons in evidence.items()]
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))[:_MOST_PAIRS])


def _evidence(entries: Sequence[Entry], progress: Progress | None) -> Iterator[tuple[str, str, str, float]]:
    for name, one, other in pairs_sharing_identifier(entries):
        yield f"same {name}", one.id, other.id, _SCORES[name]
    for one, other, share in _near_titles(entries):
        yield "nearly the same title", one.id, other.id, 0.9 * share
    for one, other in _titles_within(entries):
        yield "one title is part of the other", one.id, other.id, _WITHIN
    for one, other, cosine in _like_abstracts(entries, progress):
        words = "same abstract" if cosine >= 0.995 else f"abstracts {cosine:.0%} alike"
        yield words, one.id, other.id, cosine


def _pair(one: Entry, other: Entry, reasons: dict[str, float]) -> DuplicatePair:
    score = max(reasons.values())
    against: list[str] = []
    for reason, share in contradictions(one.paper, other.paper):
        score *= share
        against.append(reason)
    told = sorted(reasons, key=lambda reason: -reasons[reason])
    return DuplicatePair(one.id, other.id, round(score, 2), tuple(told), tuple(against))


def _near_titles(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry, float]]:
    """Pairs whose titles differ by a word, with the share of the words that both have."""
    holders: defaultdict[frozenset[str], list[tuple[Entry, frozenset[str]]]] = defaultdict(list)
    for entry in entries:
        words = frozenset(normalise_words(entry.paper.title or "").split())
        if len(words) >= _LEAST_WORDS:
            for key in (words, *(words - {word} for word in words)):
                holders[key].append((entry, words))
    for found in holders.values():
        pairs = combinations(found, 2) if len(found) <= _ALL_PAIRS else pairwise(found)
        for (one, left), (other, right) in pairs:
            if left != right and not marked_distinct(one, other):
                yield one, other, len(left & right) / len(left | right)


def _titles_within(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of which one has the whole title of the other in its own."""
    titled = [(entry, normalise_words(entry.paper.title or "").split()) for entry in entries]
    short = {" ".join(words): entry for entry, words in titled if _LEAST_WORDS <= len(words) <= _MOST_WORDS}
    for entry, words in titled:
        for size in range(_LEAST_WORDS, min(_MOST_WORDS, len(words) - 1) + 1):
            for start in range(len(words) - size + 1):
                other = short.get(" ".join(words[start : start + size]))
                if other is not None and not marked_distinct(entry, other):
                    yield entry, other


def _like_abstracts(entries: Iterable[Entry], progress: Progress | None) -> Iterator[tuple[Entry, Entry, float]]:
    """Pairs whose abstracts have much in common, with the cosine."""
    entries = list(entries)
    texts = without_placeholders(
        (normalise_words(entry.paper.title or ""), normalise_words(entry.paper.abstract or "")) for entry in entries
    )
    holders: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry, text in zip(entries, texts, strict=True):
        if text:
            holders[text].append(entry)
    for group in holders.values():
        yield from ((one, other, 1.0) for one, other in pairwise(group) if _may_be_one(one, other))
    texts = sorted(holders)
    total = len(texts)
    report = (lambda done: progress(done, total)) if progress else None
    for left, right, cosine in TextSimilarity(texts).pairs(_ALIKE, report):
        for one, other in ((one, other) for one in holders[texts[left]] for other in holders[texts[right]]):
            if _may_be_one(one, other):
                yield one, other, cosine


def _may_be_one(one: Entry, other: Entry) -> bool:
    """Whether the user did not say that two papers are two, and their title alone does not either."""
    same_title = normalise_words(one.paper.title or "") == normalise_words(other.paper.title or "")
    return not marked_distinct(one, other) and not (same_title and shares_only_generic_title(one.paper, other.paper))
