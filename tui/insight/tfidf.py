"""Tf-idf vectors of papers, for similarity, suggestions and the preference model.

Weights are tf-idf with sublinear term frequency, vectors of length one, compared by cosine (Salton and
Buckley, "Term-weighting approaches in automatic text retrieval", 1988). Words lose their plural s (Harman's S
stemmer, 1991), and only the heaviest words of a paper are kept (static pruning, Carmel and others, 2001), so that
similarity to all papers is fast.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict, deque
from heapq import nlargest
from math import log, sqrt
from typing import TYPE_CHECKING

from tui.text.similarity import document_frequencies
from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.model.paper import Paper

    Progress = Callable[[int, int], None]

_MAX_WORDS = 40  # of a paper
_TITLE_WEIGHT = 2  # occurrences that a word of the title counts as
_COMMON = 0.1  # words in a larger share of English abstracts are ignored
_BACKGROUND = 50  # papers that the background word frequencies weigh as much as
_REPORT_EVERY = 100
# Words of scientific prose, which do not characterise the topic.
_PROSE = frozenset(
    """
    able absolute accordingly additional additionally address adopt advance advancement advantage after against
    aim allow almost already alternative although among amount analyze another any application apply appropriate
    approximate argue around aspect assume attempt author aware away base basic become been before begin behavior
    being benefit best between beyond bring broad call cannot careful carefully case cause certain challenge
    change choice choose claim clear clearly close closely combination combine come common commonly complete
    completely component comprehensive concept conduct confirm consequently consider considerable consist
    consistent consistently construct contain contrast contribute contribution conventional correspond
    corresponding create crucial current currently deal define demand demonstrate depend derive describe
    desirable desire desired despite detail determine develop development differ difference difficult difficulty
    direct directly discuss discussion done drive due during each easily easy effective effectively effort either
    elaborate eliminate emerge empirical empirically employ enable encounter end enhance enough entire equal
    especially essential essentially establish even every evidence exact examine example exceed excellent except
    exhibit exist expect explain exploit explore extend extension extensive extent extremely face facilitate fact
    fail fall far few final finally first five focus follow following form former forward four full fully
    fundamental further furthermore future gain general generally give given go goal good great greatly grow hand
    hard heavily hence here highlight highly hope how idea ideal illustrate impact implement implementation
    importance important impose impressive include incorporate increase indeed indicate individual inherent
    initial insight instance instead integrate interest investigate involve issue itself joint jointly just keep
    kind know known lack largely last late later lead least leave less let level leverage lie like likely limit
    limitation list little long look lot made main mainly maintain major majority make manner mean meanwhile
    mention merely might mitigate moreover motivate motivated much must name namely natural naturally nature
    nearly necessary need never nevertheless next no none nor notable notably note nothing notion now numerous
    observation observe obtain obvious occur off offer old once opportunity order ordinary original otherwise out
    overall overcome own part particular particularly people perform perhaps perspective pick place play point
    pose possible possibly potential practical practice precisely present prevent previous previously primarily
    primary principle problematic proceed produce prohibitive promising promote proper properly prove publicly
    purpose put quantify quickly quite raise range rapid rapidly rather reach readily realize really reason
    reasonable recently recognize regard relate relative relatively rely remain remarkable remarkably remove
    render replace report require requirement respect respective respectively result resulting reveal right rise
    role roughly run satisfy say second seek seem select separate separately serious serve setting seven several
    severe shall share short should show significant similar similarly simple simply simultaneously since six
    small solely some sometimes soon special specifically specify start step still strong strongly study subject
    subsequent subsequently substantial substantially success successful successfully such suffer sufficient
    suggest suitable superior support sure surpass surprisingly take target tend term thereby therefore thing
    think third those though three thus time together too tool top toward towards traditional treat true try turn
    typical typically under underlie underlying understand unfortunately unique unlike until upon usage useful
    usual usually utilize valid validate valuable variety verify version very vital want way well whenever where
    whereas whether whole whose why wide widely will within without worse worth would year yet yield you
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)


class TfidfVectors:
    """The vectors of some papers, with an inverted index.

    Args:
        papers: the papers.
        progress: called with the number of papers read, and their total.
    """

    def __init__(self, papers: Sequence[Paper], progress: Progress | None = None) -> None:
        self.ids = tuple(paper.id for paper in papers)
        self._place = {paper_id: place for place, paper_id in enumerate(self.ids)}
        self._number: dict[str, int] = {}
        self._words: list[str] = []
        self._terms: list[array[int]] = []
        self._weights: list[array[float]] = []
        self._postings: list[tuple[array[int], array[float]]] = []
        self._build(papers, progress)

    def vector(self, paper_id: str) -> Mapping[int, float]:
        """The weights of a paper's words by number; empty for an unknown paper."""
        place = self._place.get(paper_id)
        return {} if place is None else dict(zip(self._terms[place], self._weights[place], strict=True))

    def word(self, number: int) -> str:
        """The word of a number, in its first spelling."""
        return self._words[number]

    def similarities(self, vector: Mapping[int, float]) -> dict[str, float]:
        """The cosine of each paper that shares a word with a vector."""
        scores: defaultdict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            places, weights = self._postings[term]
            for place, other in zip(places, weights, strict=True):
                scores[place] += weight * other
        ids = self.ids
        return {ids[place]: score for place, score in scores.items()}

    def shared_terms(self, vector: Mapping[int, float], paper_id: str, limit: int) -> tuple[str, ...]:
        """The words that make a paper similar to a vector, the heaviest first."""
        other = self.vector(paper_id)
        common = {term: weight * other[term] for term, weight in vector.items() if term in other}
        best = nlargest(limit, common.items(), key=lambda item: (item[1], -item[0]))
        return tuple(self._words[term] for term, weight in best if weight > 0)

    def mean(self, ids: Iterable[str]) -> dict[int, float]:
        """The mean vector of some papers."""
        total: dict[int, float] = {}
        count = 0
        for paper_id in ids:
            count += 1
            for term, weight in self.vector(paper_id).items():
                total[term] = total.get(term, 0.0) + weight
        return {term: weight / count for term, weight in total.items()}

    def _build(self, papers: Sequence[Paper], progress: Progress | None) -> None:
        number = self._number
        common = {word for word, share in document_frequencies().items() if share >= _COMMON}
        counted: deque[tuple[array[int], array[int]]] = deque()
        documents: Counter[int] = Counter()
        for done, paper in enumerate(papers, 1):
            counts = Counter(tokenize(paper.abstract or ""))
            for word in tokenize(paper.title or ""):
                counts[word] += _TITLE_WEIGHT
            stems: dict[int, int] = {}
            for word, times in counts.items():
                root = stem(word)
                if word not in common and root not in _PROSE and len(word) > 1 and not word.isdigit():
                    term = number.setdefault(root, len(number))
                    if term == len(self._words):
                        self._words.append(word)
                    stems[term] = stems.get(term, 0) + times
            counted.append((array("I", stems), array("H", (min(times, 65_535) for times in stems.values()))))
            documents.update(stems.keys())
            if progress and not done % _REPORT_EVERY:
                progress(done, len(papers))
        idf = self._idf(documents, len(papers))
        self._postings = [(array("I"), array("f")) for _ in number]
        while counted:  # freed as the vectors are built: together they would take 100 MB for a long list
            terms, counts_of_terms = counted.popleft()
            weighted = [
                ((1.0 + log(times)) * idf[term], term) for term, times in zip(terms, counts_of_terms, strict=True)
            ]
            self._keep(nlargest(_MAX_WORDS, weighted))

    def _idf(self, documents: Mapping[int, int], papers: int) -> Sequence[float]:
        shares = document_frequencies()
        size = papers + _BACKGROUND
        return [
            log((size + 1) / (documents[term] + _BACKGROUND * shares.get(word, 0.0) + 0.5))
            for term, word in enumerate(self._words)
        ]

    def _keep(self, weighted: Sequence[tuple[float, int]]) -> None:
        place = len(self._terms)
        norm = sqrt(sum(weight * weight for weight, _ in weighted)) or 1.0
        self._terms.append(array("I", (term for _, term in weighted)))
        self._weights.append(array("f", (weight / norm for weight, _ in weighted)))
        for weight, term in weighted:
            places, weights = self._postings[term]
            places.append(place)
            weights.append(weight / norm)


def stem(word: str) -> str:
    """A folded word without a plural s."""
    if len(word) > 3 and word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word
