"""Compare two records by title, abstract and other evidence to decide whether they are one paper.

Similar texts are evidence for it; any evidence for two works takes precedence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.merge_evidence import (
    PUBLISHED_WITHIN,
    MergeEvidence,
    authors_agree,
    family_names,
    identifiers_differ,
    may_be_versions,
    published_elsewhere,
    same_place,
    titles_contradict,
    years_apart,
)
from tui.text.generic_titles import is_generic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.text.similarity import TextSimilarity

# Measured on 265 abstracts: at least 0.574 for versions of one paper, at most 0.345 for different papers.
SAME_WORK_THRESHOLD = 0.50
# A shared prefix of at least so many words marks a truncated copy of an abstract.
MIN_PREFIX_WORDS = 12
# If the titles differ, the abstracts must be nearly the same, or somewhat less so with the same first author.
_RETITLED = 0.80
_RETITLED_BY_SAME_AUTHOR = 0.60
_TITLES_ALIKE = 0.5
# Minimum share of common phrases of two versions; texts that only share a vocabulary have almost none.
_SAME_PHRASES = 0.15
_SAME_PHRASES_WITHOUT_TITLE = 0.07
_SAME_PHRASES_WITH_TITLE = 0.03
_PHRASE = 4
# For equal titles: similarity below which the abstracts contradict, by the number of words in the title.
_SAME_TITLE = ((2, 0.40), (5, 0.25), (1_000_000, 0.12))
# Minimum similarity of texts published in two places, or in two years.
_SAME_TITLE_ELSEWHERE = 0.75
_SAME_TITLE_LATER = 0.35
_DISTINCT_TITLE = 16
_LONG_TEXT = 30
# The strength of a pair that only shares the title.
BY_TITLE = 1.5


class RecordNode(NamedTuple):
    """Equal records: the same folded titles and abstracts.

    Attributes:
        title: folded, or None.
        text: index of the abstract among the distinct abstracts, or None.
        authors: as printed, in order.
        evidence: other fields that distinguish papers.
        members: indices of the records.
    """

    title: str | None
    text: int | None
    authors: tuple[str, ...]
    evidence: MergeEvidence
    members: tuple[int, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """Folded family names of the authors, in order."""
        return family_names(self.authors)


class RecordComparison:
    """Compares records by title, abstract and other evidence.

    Args:
        texts: the distinct abstracts, normalised.
        similarity: their pairwise similarity.
    """

    def __init__(self, texts: Sequence[str], similarity: TextSimilarity) -> None:
        self._texts = texts
        self._similarity = similarity

    def strength(self, left: RecordNode, right: RecordNode) -> float:
        """Strength of the evidence that two nodes are one paper; 0 if they are not, or if one is a bare title."""
        if (left.text is None) != (right.text is None) or not self.one_paper(left, right):
            return 0.0
        if left.text is not None and left.text == right.text:
            return 3.0
        same = left.title is not None and left.title == right.title
        return (BY_TITLE if same else 0.5) + self.cosine(left, right)

    def one_paper(self, left: RecordNode, right: RecordNode) -> bool:
        """Whether there is evidence that two nodes are one paper, and none against it."""
        if identifiers_differ(left.evidence, right.evidence):
            return False
        if left.title is None or right.title is None:
            return self._same_text(left, right)
        if left.title == right.title:
            return self._same_title(left, right)
        return self._retitled(left, right)

    def _same_text(self, left: RecordNode, right: RecordNode) -> bool:
        if left.text == right.text:
            return left.text is not None
        if self._is_prefix(left, right):
            return True
        return self.cosine(left, right) >= SAME_WORK_THRESHOLD and self._same_phrases(
            left, right, _SAME_PHRASES_WITHOUT_TITLE
        )

    def _same_title(self, left: RecordNode, right: RecordNode) -> bool:
        """Whether two records with the same title are one paper, unless something contradicts."""
        title = left.title or ""
        if is_generic(title):
            return self._same_generic(left, right)
        if same_place(left.evidence, right.evidence):
            return authors_agree(left.authors, right.authors) is not False
        if left.text is None or right.text is None:
            return self._same_bare_title(left, right)
        own, others = left.families, right.families
        shared = set(own) & set(others)
        disjoint = bool(own and others and not shared)
        if published_elsewhere(left.evidence, right.evidence):
            return not disjoint and self.cosine(left, right) >= _SAME_TITLE_ELSEWHERE
        if left.text == right.text or self._is_prefix(left, right, least=4):
            return not disjoint or self._length(left) >= _LONG_TEXT
        needed = next(least for words, least in _SAME_TITLE if len(title.split()) <= words)
        needed *= 0.5 if shared else 1.5 if disjoint else 1.0
        if years_apart(left.evidence, right.evidence) and not may_be_versions(left.evidence, right.evidence):
            needed = max(needed, _SAME_TITLE_LATER)
        if self._similarity.cosine(left.text, right.text) < needed:
            return False
        return self._same_phrases(left, right, _SAME_PHRASES_WITH_TITLE)

    def _same_generic(self, left: RecordNode, right: RecordNode) -> bool:
        """Whether two records with a generic title are one work: only by fields unique to a work."""
        one, other = left.evidence, right.evidence
        if (
            years_apart(one, other)
            or published_elsewhere(one, other)
            or authors_agree(left.authors, right.authors) is False
        ):
            return False
        if same_place(one, other):
            return True
        if one._replace(pinned="") == other._replace(pinned="") and left.authors == right.authors:
            return left.text == right.text
        if left.text is None or right.text is None or min(self._length(left), self._length(right)) < _LONG_TEXT:
            return False
        if left.text == right.text or self._is_prefix(left, right):
            return one.ordinal == other.ordinal
        return self.cosine(left, right) >= SAME_WORK_THRESHOLD and self._same_phrases(left, right)

    def _same_bare_title(self, left: RecordNode, right: RecordNode) -> bool:
        """Whether two records with the same title, at least one without abstract, are one paper."""
        agree = authors_agree(left.authors, right.authors)
        if agree is False or published_elsewhere(left.evidence, right.evidence):
            return False
        if years_apart(left.evidence, right.evidence) and not may_be_versions(left.evidence, right.evidence):
            return False
        title = left.title or ""
        return bool(agree) or " " in title or len(title) >= _DISTINCT_TITLE

    def _retitled(self, left: RecordNode, right: RecordNode) -> bool:
        """Whether two records with different titles are one paper that was retitled."""
        titles = left.title or "", right.title or ""
        if left.text is None or right.text is None or min(self._length(left), self._length(right)) < _LONG_TEXT:
            return False
        if titles_contradict(*titles) or any(map(is_generic, titles)) or self._publications_contradict(left, right):
            return False
        if left.text == right.text:
            return True
        cosine = self.cosine(left, right)
        own, others = left.families, right.families
        by_same = bool(own and others) and own[0] == others[0]
        least = _RETITLED_BY_SAME_AUTHOR if by_same and overlap(*titles) >= _TITLES_ALIKE else _RETITLED
        return cosine >= least and self._same_phrases(left, right)

    @staticmethod
    def _publications_contradict(left: RecordNode, right: RecordNode) -> bool:
        """Whether authors, years or places show that two titles are two works."""
        one, other = left.evidence, right.evidence
        if one.details.part_of_book or other.details.part_of_book or published_elsewhere(one, other):
            return True
        return years_apart(one, other) > PUBLISHED_WITHIN or authors_agree(left.authors, right.authors) is False

    def _same_phrases(self, left: RecordNode, right: RecordNode, least: float = _SAME_PHRASES) -> bool:
        """Whether two abstracts share phrases, not only words."""
        if left.text is None or right.text is None:
            return False
        own, others = (_phrases(self._texts[text]) for text in (left.text, right.text))
        return len(own & others) >= least * min(len(own), len(others))

    def _is_prefix(self, left: RecordNode, right: RecordNode, least: int = MIN_PREFIX_WORDS) -> bool:
        """Whether one abstract is a prefix of the other."""
        if left.text is None or right.text is None or min(self._length(left), self._length(right)) < least:
            return False
        one, other = sorted((self._texts[left.text], self._texts[right.text]), key=len)
        return other.startswith(one)

    def _length(self, node: RecordNode) -> int:
        """The number of words in the abstract."""
        return 0 if node.text is None else self._texts[node.text].count(" ") + 1

    def cosine(self, left: RecordNode, right: RecordNode) -> float:
        """Similarity of two abstracts, 0 to 1; 0 if they share too few words, or one is missing."""
        if left.text is None or right.text is None:
            return 0.0
        return 1.0 if left.text == right.text else self._similarity.supported_cosine(left.text, right.text)


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    """The phrases of a text."""
    words = text.split()
    return frozenset(zip(*(words[start:] for start in range(_PHRASE)), strict=False))


def overlap(one: str, other: str) -> float:
    """The share of the shorter title's words that are also in the longer one."""
    left, right = set(one.split()), set(other.split())
    return len(left & right) / max(1, min(len(left), len(right)))
