"""Evidence against merging two records, and merges decided by an identifier alone.

Evidence against a merge wins: a missed merge is suggested to the user, a wrong one would go unnoticed.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.paper_ids import identifier_id
from tui.ingest.publication_details import (
    NO_DETAILS,
    PublicationDetails,
    containers_differ,
    published_apart,
    published_together,
)
from tui.text.fold import fold
from tui.text.generic_titles import is_generic, is_same_part, title_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.record import Record

# Most years between a preprint and the published version.
PUBLISHED_WITHIN = 5
_TITLES_ALIKE = 0.5
_VERSION = re.compile(r"v\d+\Z")
# Last words of names of groups, which do not distinguish them: the ATLAS Collaboration is not the CMS Collaboration.
_GROUPS = frozenset(
    """
    association center centre collaboration collaborators committee community consortium council department group
    initiative institute investigators laboratory network organisation organization panel project society team
    university workshop
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)


class MergeEvidence(NamedTuple):
    """Fields of a record that distinguish it from another one with the same title or text.

    Attributes:
        doi: in lower case.
        eprint: arXiv id without version.
        year: or None.
        details: publication details.
        pinned: id of the paper to which the user pinned the record, or empty.
        ordinal: distinguishes equal records with a generic title in one source.
        has_category: whether it has an arXiv category, as in listings that show no arXiv id.
    """

    doi: str = ""
    eprint: str = ""
    year: int | None = None
    details: PublicationDetails = NO_DETAILS
    pinned: str = ""
    ordinal: int = 0
    has_category: bool = False

    @property
    def is_preprint(self) -> bool:
        """Whether it is a preprint."""
        is_on_arxiv = bool(self.eprint) or self.has_category
        return self.details.is_preprint or (is_on_arxiv and not self.doi and not self.details.container)

    @property
    def order(self) -> tuple[str | int, ...]:
        """Sort key of its contents."""
        details = self.details
        isbns = " ".join(sorted(details.isbns))
        where = (details.container, details.volume, details.number, details.pages, isbns, details.pmid)
        own = (details.part_of_book, self.pinned, self.ordinal, self.has_category)
        return (self.doi, self.eprint, self.year or 0, *where, *own)


def evidence_of(record: Record, pinned: str = "", ordinal: int = 0) -> MergeEvidence:
    """The evidence of a record, without the citation key, which only determines the ordinal."""
    year = record.date.year if record.date else None
    eprint = _VERSION.sub("", record.eprint.lower()) if record.eprint else ""
    details = record.details._replace(key="") if record.details.key else record.details
    doi, has_category = (record.doi or "").lower(), record.category is not None
    return MergeEvidence(doi, eprint, year, details, pinned, ordinal, has_category)


def identifier_of(record: Record) -> str:
    """What names a record of which neither title nor abstract is known: its arXiv id, DOI or first link."""
    return record.eprint or record.doi or next(iter(record.links), "")


def identifiers_differ(one: MergeEvidence, other: MergeEvidence) -> bool:
    """Whether identifiers or the user's pins show that two records are two works."""
    if one.pinned and other.pinned:
        return one.pinned != other.pinned
    pairs = ((one.doi, other.doi), (one.eprint, other.eprint), (one.details.pmid, other.details.pmid))
    if any(left and right and left != right for left, right in pairs):
        return True
    left, right = one.details.isbns, other.details.isbns
    return bool(left and right and left.isdisjoint(right))


def titles_contradict(one: str, other: str) -> bool:
    """Whether two folded titles belong to two works: two parts of a series, or a paper and its reply."""
    return one != other and (title_role(one) != title_role(other) or not is_same_part(one, other))


def same_identifier_holds(
    one: MergeEvidence, other: MergeEvidence, titles: tuple[str | None, str | None], overlap: float
) -> bool:
    """Whether two records with a common identifier are one work.

    Chapters may have the DOI of their book, a correction that of the corrected paper.

    Args:
        one: a record.
        other: another one.
        titles: their folded titles.
        overlap: share of the words that the titles have in common.
    """
    if identifiers_differ(one, other):
        return False
    left, right = titles
    apart = published_apart(one.details, other.details)
    chapter = one.details.part_of_book or other.details.part_of_book
    if left is None or right is None or left == right:
        return not (apart and (chapter or is_generic(left or right or "")))
    if (one.eprint and one.eprint == other.eprint) or (one.details.pmid and one.details.pmid == other.details.pmid):
        return True
    if (
        len({title_role(left), title_role(right)} - {"retraction"}) > 1
        or chapter
        or (apart and overlap < _TITLES_ALIKE)
    ):
        return False
    return overlap >= _TITLES_ALIKE or is_same_part(left, right)


def years_apart(one: MergeEvidence, other: MergeEvidence) -> int:
    """The number of years between two records; 0 if a year is missing."""
    return abs(one.year - other.year) if one.year and other.year else 0


def may_be_versions(one: MergeEvidence, other: MergeEvidence) -> bool:
    """Whether one may be the preprint of the other, by year and place of publication."""
    return one.is_preprint != other.is_preprint and years_apart(one, other) <= PUBLISHED_WITHIN


def same_place(one: MergeEvidence, other: MergeEvidence) -> bool:
    """Whether two records give the same pages, or the ISBN of the same book."""
    if published_together(one.details, other.details):
        return True
    chapter = one.details.part_of_book or other.details.part_of_book
    return bool(one.details.isbns & other.details.isbns) and not chapter


def published_elsewhere(one: MergeEvidence, other: MergeEvidence) -> bool:
    """Whether two records were published in two places, neither of them a preprint server."""
    if one.is_preprint or other.is_preprint:
        return False
    return published_apart(one.details, other.details) or containers_differ(one.details, other.details)


@lru_cache(maxsize=65_536)
def person_key(name: str) -> tuple[str, str]:
    """Family name and first initial of a printed name; the name of a group is a family name."""
    words = fold(name).replace(".", " ").split()
    if not words or words[-1] in _GROUPS:
        return " ".join(words), ""
    return words[-1], words[0][:1] if len(words) > 1 else ""


def family_names(authors: Sequence[str]) -> tuple[str, ...]:
    """The folded last words of the names, which distinguish authors well enough in any format."""
    return tuple(fold(name.split()[-1]) for name in authors if name.split())


def authors_agree(one: Sequence[str], other: Sequence[str]) -> bool | None:
    """Whether at least half of the shorter author list is in the other one; None if a list is empty."""
    if not one or not other:
        return None
    left, right = sorted((list(map(person_key, one)), list(map(person_key, other))), key=len)
    known: dict[str, set[str]] = {}
    for family, initial in right:
        known.setdefault(family, set()).add(initial)
    found = sum(
        family in known and (not initial or "" in known[family] or initial in known[family])
        for family, initial in left
    )
    return 2 * found >= len(left)


def ordinals_of(records: Sequence[Record], titles: Sequence[str]) -> list[int]:
    """Number equal records with a generic title in one source: 0, 1, …

    Two sources may contain the same record; one source that contains it under two citation keys means two works. A
    record of which only a link is known has a number made from the link.

    Args:
        records: the records.
        titles: their titles as ``title_key`` returns them.
    """
    frequency = Counter(titles)
    seen: dict[tuple[object, ...], dict[object, int]] = {}
    ordinals: list[int] = []
    for record, key in zip(records, titles, strict=True):
        if not key and not record.abstract and record.links:
            ordinals.append(int(identifier_id(identifier_of(record)), 16))
            continue
        # Whether a title is generic is the slowest question of these, and most titles occur once.
        is_single = not key or frequency[key] == 1
        if is_single or record.doi or record.eprint or record.details.pmid or not is_generic(key):
            ordinals.append(0)
            continue
        evidence = evidence_of(record)
        name = record.id or record.details.key or ("", record.source.line)
        same = seen.setdefault((record.source.page, key, record.authors, record.abstract, evidence.order), {})
        ordinals.append(same.setdefault(name, len(same)))
    return ordinals
