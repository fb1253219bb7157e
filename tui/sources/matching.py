"""Decides whether somebody else's record is of a paper of the list, with the evidence in words.

A record is taken without a question only if an identifier is equal and the title fits, or if the title is equal, the
abstract agrees and an author is the same where both have authors, and no other record could be meant as well.
Anything else is only suggested.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from tui.sources.external_record import family_names, letters
from tui.sources.shared_words import SharedWords
from tui.text.similarity import TextSimilarity
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tui.model.paper import Paper
    from tui.sources.external_record import ExternalRecord

# Of 132,943 papers harvested twice, 5 % of those with a revised abstract are below this; of 3,000 papers without a
# record none has a namesake above it.
_ABSTRACT_AGREES = 0.35
_RETITLED = 0.80
_SIMILAR_TITLE = 0.60
_TITLES_ALIKE = 0.5
_MENTIONED = 0.15
_SHORTEST_ABSTRACT = 8  # words; fewer are no evidence
_TITLE_START, _ABSTRACT_START = 24, 32
# Of more papers that begin alike, only those that share something else with a record are compared with it.
_MANY = 50


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper of the list to find records of.

    Attributes:
        id: its id.
        title: empty if it has none.
        abstract: empty if it has none.
        authors: as printed.
        eprint: arXiv id; empty if it has none.
        doi: empty if it has none.
        links: its web addresses.
        letters: its title, see ``letters``.
        words: its abstract, normalised.
        families: the family names of its authors.
        refused: keys of records that the user refused for this paper.
    """

    id: str
    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    eprint: str = ""
    doi: str = ""
    links: tuple[str, ...] = ()
    letters: str = ""
    words: str = ""
    families: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()


def wanted_paper(paper: Paper, refused: Iterable[str] = ()) -> WantedPaper:
    """What is needed of a paper to find records of it."""
    return WantedPaper(
        paper.id,
        paper.title or "",
        paper.abstract or "",
        paper.authors,
        (paper.eprint or "").lower(),
        (paper.doi or "").lower(),
        paper.links,
        letters(paper.title or ""),
        normalise_words(paper.abstract or ""),
        family_names(paper.authors),
        frozenset(refused),
    )


@dataclass(frozen=True, slots=True)
class RecordMatch:
    """A record that may be of a paper.

    Attributes:
        paper_id: the paper.
        record: the record.
        sure: whether the evidence suffices without a question.
        evidence: what speaks for and against it, in words.
        identifier: name of the identifier that both have; empty if none.
        agreement: similarity of the abstracts, 0 to 1; None if they cannot be compared.
    """

    paper_id: str
    record: ExternalRecord
    sure: bool
    evidence: tuple[str, ...]
    identifier: str = ""
    agreement: float | None = None

    @property
    def key(self) -> str:
        """Names the record when the user refuses it."""
        return record_key(self.record)


def record_key(record: ExternalRecord) -> str:
    """The name of a record: its identifier, or else its title and authors."""
    if record.eprint:
        return f"arXiv:{record.eprint}"
    if record.doi:
        return f"doi:{record.doi.lower()}"
    return f"{letters(record.title)[:80]} {' '.join(sorted(family_names(record.authors)))[:80]}"


def judge(paper: WantedPaper, record: ExternalRecord) -> RecordMatch | None:
    """Compare a paper with a record; None if nothing speaks for it, or if the user refused it."""
    if paper.refused and record_key(record) in paper.refused:
        return None
    identifier, conflict = _identifiers(paper, record)
    same_title = bool(paper.letters) and paper.letters == letters(record.title)
    words = normalise_words(record.abstract)
    agreement = _agreement(paper.words, words)
    families = family_names(record.authors)
    shared = paper.families & families
    strangers = bool(paper.families and families and not shared)
    if not identifier and not _worth_showing(paper, record, agreement, same_title=same_title, shared=bool(shared)):
        return None
    fits = same_title if paper.letters else not paper.words
    if identifier:
        fits = fits or _alike(paper.title, record.title) or (agreement or 0.0) >= _ABSTRACT_AGREES
        sure = fits and not conflict
    else:
        sure = same_title and agreement is not None and agreement >= _ABSTRACT_AGREES and not conflict
    sure = sure and not strangers and not record.withdrawn
    evidence = [
        *([f"same {identifier}"] if identifier else []),
        *_title_evidence(paper, record, same_title=same_title),
        _abstract_evidence(paper, agreement),
        *(["an author in common"] if shared else ["no authors in common"] if strangers else []),
        *([f"different {conflict}"] if conflict else []),
        *(["withdrawn by its authors"] if record.withdrawn else []),
    ]
    return RecordMatch(paper.id, record, sure, tuple(filter(None, evidence)), identifier, agreement)


def decide(candidates: Sequence[RecordMatch]) -> list[RecordMatch]:
    """The candidates of one paper in their order, the best first; several that exclude each other are all unsure."""
    best: dict[object, RecordMatch] = {}
    for candidate in sorted(candidates, key=_order):
        record = candidate.record
        best.setdefault((candidate.key, str(record.publication), record.date, record.authors), candidate)
    found = list(best.values())
    sure = [candidate for candidate in found if candidate.sure]
    rivals = [
        other for candidate in sure for other in found if other is not candidate and _is_rival(candidate, other)
    ]
    if sure and rivals:
        number = len(sure) + len([other for other in rivals if not other.sure])
        note = "two records match" if number <= 2 else f"{number} records match"
        involved = [*sure, *rivals]
        found = [
            replace(candidate, sure=False, evidence=(*candidate.evidence, note))
            if candidate in involved
            else candidate
            for candidate in found
        ]
    return sorted(found, key=_order)


def _order(candidate: RecordMatch) -> tuple[object, ...]:
    """The sure ones first, then those with more to offer; by content, so that no order of files matters."""
    record = candidate.record
    return (
        not candidate.sure,
        candidate.identifier != "arXiv id",
        not record.abstract,
        not record.eprint,
        not record.doi,
        -sum(map(bool, record.publication)),
        -len(record.authors),
        candidate.key,
        record.authors,
        str(record.publication),
        str(record.date or ""),
        record.origin,
    )


def _is_rival(chosen: RecordMatch, other: RecordMatch) -> bool:
    """Whether the other record could be meant instead of the chosen one."""
    one, two = chosen.record, other.record
    if one.eprint and two.eprint:
        different = one.eprint != two.eprint
    elif one.doi and two.doi and one.doi.lower() == two.doi.lower():
        different = False
    else:
        left, right = family_names(one.authors), family_names(two.authors)
        different = bool(left and right) and left.isdisjoint(right)
    if not different:
        return False
    if chosen.identifier:
        return bool(other.identifier)
    # A namesake whose abstract differs is another paper.
    namesake = letters(one.title) == letters(two.title)
    return namesake and (other.agreement is None or other.agreement >= _ABSTRACT_AGREES)


def _identifiers(paper: WantedPaper, record: ExternalRecord) -> tuple[str, str]:
    """The name of an identifier that is equal, and the name of one that differs."""
    same, other = "", ""
    for name, ours, theirs in (("arXiv id", paper.eprint, record.eprint), ("DOI", paper.doi, record.doi.lower())):
        if ours and theirs:
            same, other = (same or name, other) if ours == theirs else (same, f"{name} ({theirs})")
    if not same and record.links and not set(record.links).isdisjoint(paper.links):
        same = "link"
    # A preprint and its published version may have different DOIs.
    return same, "" if same == "arXiv id" and other.startswith("DOI") else other


def _worth_showing(
    paper: WantedPaper, record: ExternalRecord, agreement: float | None, *, same_title: bool, shared: bool
) -> bool:
    if same_title:
        return agreement is None or agreement >= _MENTIONED or shared
    if agreement is None:
        return False
    return agreement >= (_SIMILAR_TITLE if _alike(paper.title, record.title) else _RETITLED)


def _agreement(one: str, other: str) -> float | None:
    """Similarity of two normalised abstracts, 0 to 1; None if one is missing or too short."""
    if min(one.count(" "), other.count(" ")) < _SHORTEST_ABSTRACT - 1:
        return None
    if one.startswith(other) or other.startswith(one):
        return 1.0
    return TextSimilarity(sorted((one, other))).cosine(0, 1)


def _alike(one: str, other: str) -> bool:
    """Whether two titles have half of the words of the shorter one in common."""
    left, right = set(normalise_words(one).split()), set(normalise_words(other).split())
    return bool(left and right) and len(left & right) >= _TITLES_ALIKE * min(len(left), len(right))


def _title_evidence(paper: WantedPaper, record: ExternalRecord, *, same_title: bool) -> list[str]:
    if same_title or not paper.letters:
        return ["same title"] if same_title else []
    return [f"different title: {record.title}"] if record.title else ["no title"]


def _abstract_evidence(paper: WantedPaper, agreement: float | None) -> str:
    if agreement is None:
        return "no abstract to compare" if paper.letters else ""
    share = f"{round(100 * agreement)}%"
    return f"abstracts match ({share})" if agreement >= _ABSTRACT_AGREES else f"abstracts do not match ({share})"


@dataclass(frozen=True)
class WantedIndex:
    """The wanted papers by everything a record may share with them.

    Attributes:
        papers: by id.
        by_letters, by_title_start, by_abstract_start, by_identifier: ids of papers.
    """

    papers: Mapping[str, WantedPaper]
    by_letters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by_title_start: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by_abstract_start: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by_identifier: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """The identifiers and links of the papers."""
        return frozenset(self.by_identifier)

    @cached_property
    def _alike_by_words(self) -> SharedWords:
        """The words of the papers of which many begin alike."""
        tables = (self.by_letters, self.by_title_start, self.by_abstract_start)
        alike = {paper_id for table in tables for ids in table.values() if len(ids) > _MANY for paper_id in ids}
        papers = (self.papers[paper_id] for paper_id in self.papers if paper_id in alike)
        return SharedWords((paper.id, paper.words, paper.families) for paper in papers)

    @classmethod
    def of(cls, papers: Iterable[WantedPaper]) -> WantedIndex:
        """Index papers."""
        found = {paper.id: paper for paper in papers}
        tables: tuple[dict[str, list[str]], ...] = tuple(defaultdict(list) for _ in range(4))
        for paper in found.values():
            keys = (
                (paper.letters,),
                (paper.letters[:_TITLE_START],),
                (_abstract_start(paper.words),),
                (paper.eprint, paper.doi, *paper.links),
            )
            for table, names in zip(tables, keys, strict=True):
                for name in filter(None, names):
                    table[name].append(paper.id)
        return cls(found, *tables)

    def may_have_title(self, title: str) -> bool:
        """Whether a wanted paper has this title, or one that begins alike."""
        found = letters(title)
        return found in self.by_letters or found[:_TITLE_START] in self.by_title_start

    def may_have_abstract(self, abstract: str) -> bool:
        """Whether the abstract of a wanted paper begins alike."""
        return _abstract_start(normalise_words(abstract[: 4 * _ABSTRACT_START])) in self.by_abstract_start

    def candidates(self, record: ExternalRecord) -> list[RecordMatch]:
        """What the record may be of, with the evidence."""
        title = letters(record.title)
        words = normalise_words(record.abstract)
        begins = (
            (self.by_letters, title),
            (self.by_title_start, title[:_TITLE_START]),
            (self.by_abstract_start, _abstract_start(words)),
        )
        many: list[Sequence[str]] = []
        few: list[Sequence[str]] = []
        for table, beginning in begins:
            alike = table.get(beginning, ())
            (many if len(alike) > _MANY else few).append(alike)
        ids = dict.fromkeys(chain.from_iterable(few))
        for name in (record.eprint, record.doi.lower(), *record.links):
            ids.update(dict.fromkeys(self.by_identifier.get(name, ())))
        if many:
            ids.update(dict.fromkeys(self._alike_by_words.closest(words, family_names(record.authors))))
        judged = (judge(self.papers[paper_id], record) for paper_id in ids)
        return [candidate for candidate in judged if candidate is not None]


@lru_cache(maxsize=16)
def _abstract_start(words: str) -> str:
    return words.replace(" ", "")[:_ABSTRACT_START]
