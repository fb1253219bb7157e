"""What speaks against two records being of one work, whatever else they share, and what an identifier alone decides.

Evidence against a merge wins: a merge that was not made is offered to a person, one that was made is not noticed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.paper_ids import title_key
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

# A preprint and the published version lie so many years apart at the most.
PUBLISHED_WITHIN = 5
_TITLES_ALIKE = 0.5
_VERSION = re.compile(r"v\d+\Z")
# Names of groups end alike: the ATLAS Collaboration is not the CMS Collaboration.
_GROUPS = frozenset(
    """
    association center centre collaboration collaborators committee community consortium council department group
    initiative institute investigators laboratory network organisation organization panel project society team
    university workshop
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)


class MergeEvidence(NamedTuple):
    """What a record says that can tell it from another one with the same title or text.

    Attributes:
        doi: in lower case.
        eprint: arXiv identifier without version.
        year: or None.
        details: where it was published.
        pinned: id of the paper that the user says the record is of, or None.
        place: tells records apart that say the same in one file under a title that tells nothing.
    """

    doi: str = ""
    eprint: str = ""
    year: int | None = None
    details: PublicationDetails = NO_DETAILS
    pinned: str = ""
    place: int = 0

    @property
    def is_preprint(self) -> bool:
        """Whether it is the version of a server of preprints."""
        return self.details.is_preprint or bool(self.eprint and not self.doi and not self.details.container)

    @property
    def order(self) -> tuple[str | int, ...]:
        """Sorts evidence by what it says."""
        details = self.details
        isbns = " ".join(sorted(details.isbns))
        where = (details.container, details.volume, details.number, details.pages, isbns, details.pmid)
        return (self.doi, self.eprint, self.year or 0, *where, details.part_of_book, self.pinned, self.place)


def evidence_of(draft: Record, pinned: str = "", place: int = 0) -> MergeEvidence:
    """The evidence of a record; without the citation key, by which it only may have got its place."""
    year = draft.date.year if draft.date else None
    eprint = _VERSION.sub("", draft.eprint.lower()) if draft.eprint else ""
    details = draft.details._replace(key="") if draft.details.key else draft.details
    return MergeEvidence((draft.doi or "").lower(), eprint, year, details, pinned, place)


def identifiers_differ(one: MergeEvidence, other: MergeEvidence) -> bool:
    """Whether an identifier, or the user, says that two records are of two works."""
    if one.pinned and other.pinned:
        return one.pinned != other.pinned
    pairs = ((one.doi, other.doi), (one.eprint, other.eprint), (one.details.pmid, other.details.pmid))
    if any(left and right and left != right for left, right in pairs):
        return True
    left, right = one.details.isbns, other.details.isbns
    return bool(left and right and left.isdisjoint(right))


def titles_contradict(one: str, other: str) -> bool:
    """Whether two folded titles are of two works: two parts of a series, or a paper and the reply to it."""
    return one != other and (title_role(one) != title_role(other) or not is_same_part(one, other))


def same_identifier_holds(
    one: MergeEvidence, other: MergeEvidence, titles: tuple[str | None, str | None], alike: float
) -> bool:
    """Whether two records that share an identifier are of one work.

    Chapters may carry the DOI of their book, a correction that of the paper it corrects.

    Args:
        one: a record.
        other: another one.
        titles: their folded titles.
        alike: share of the words that the titles have in common.
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
        or (apart and alike < _TITLES_ALIKE)
    ):
        return False
    return alike >= _TITLES_ALIKE or is_same_part(left, right)


def years_apart(one: MergeEvidence, other: MergeEvidence) -> int:
    """The number of years between two records; 0 where one of them has none."""
    return abs(one.year - other.year) if one.year and other.year else 0


def may_be_versions(one: MergeEvidence, other: MergeEvidence) -> bool:
    """Whether one may be the preprint of the other by when and where they were published."""
    return one.is_preprint != other.is_preprint and years_apart(one, other) <= PUBLISHED_WITHIN


def same_place(one: MergeEvidence, other: MergeEvidence) -> bool:
    """Whether two records name the same pages, or the same book by its ISBN."""
    if published_together(one.details, other.details):
        return True
    chapter = one.details.part_of_book or other.details.part_of_book
    return bool(one.details.isbns & other.details.isbns) and not chapter


def published_elsewhere(one: MergeEvidence, other: MergeEvidence) -> bool:
    """Whether two records were published in two places, neither of them a server of preprints."""
    if one.is_preprint or other.is_preprint:
        return False
    return published_apart(one.details, other.details) or containers_differ(one.details, other.details)


@lru_cache(maxsize=65_536)
def person_key(name: str) -> tuple[str, str]:
    """Family name, and first letter of the given name, of a name as printed; a group's name is a family name."""
    words = fold(name).replace(".", " ").split()
    if not words or words[-1] in _GROUPS:
        return " ".join(words), ""
    return words[-1], words[0][:1] if len(words) > 1 else ""


def authors_agree(one: Sequence[str], other: Sequence[str]) -> bool | None:
    """Whether at least half of the shorter list of authors is in the other one; None where a list is empty."""
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


def places_of(drafts: Sequence[Record]) -> list[int]:
    """For records of one file that say the same under a title that tells nothing: the first, the second, …

    Two files may hold the same record; one file that holds it under two citation keys means two works.
    """
    seen: dict[tuple[object, ...], dict[object, int]] = {}
    places: list[int] = []
    for draft in drafts:
        key = title_key(draft.title or "")
        if not key or not is_generic(key) or draft.doi or draft.eprint or draft.details.pmid:
            places.append(0)
            continue
        evidence = evidence_of(draft)
        name = draft.id or draft.details.key or ("", draft.source.line)
        same = seen.setdefault((draft.source.page, key, draft.authors, draft.abstract, evidence.order), {})
        places.append(same.setdefault(name, len(same)))
    return places
