"""Report which records were merged, and what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.merge_evidence import authors_agree, evidence_of
from tui.ingest.paper_ids import title_key
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tui.ingest.record import Record
    from tui.model.paper import Paper, SourceLocation


class ReportedMerge(NamedTuple):
    """Several records merged into one paper.

    Attributes:
        id: the paper's id.
        title: its title, or the start of its abstract.
        sources: locations of the records.
        reasons: what they have in common, the most certain first.
    """

    id: str
    title: str
    sources: tuple[SourceLocation, ...]
    reasons: tuple[str, ...]

    @property
    def line(self) -> str:
        """The merge on one line."""
        locations = ", ".join(f"{source.page}:{source.line}" for source in self.sources)
        return f"{self.title} ({locations}; {', '.join(self.reasons)})"


def report_merges(
    records: Sequence[Record],
    groups: Sequence[Sequence[int]],
    papers: Sequence[Paper],
    sources: Collection[str],
) -> Iterator[ReportedMerge]:
    """The papers of several records, at least one of them from the given sources.

    Args:
        records: all records.
        groups: the indices of the records of each paper.
        papers: the papers, in the order of the groups.
        sources: names of sources.
    """
    for group, paper in zip(groups, papers, strict=True):
        if len(group) > 1 and any(records[index].source.page in sources for index in group):
            some = [records[index] for index in group]
            yield ReportedMerge(
                paper.id, paper.display_title, tuple(sorted(record.source for record in some)), tuple(_reasons(some))
            )


def _reasons(records: Sequence[Record]) -> Iterator[str]:
    first, *others = records
    evidence = evidence_of(first)
    same = {
        "same DOI": evidence.doi and all(evidence_of(record).doi == evidence.doi for record in others),
        "same arXiv id": evidence.eprint and all(evidence_of(record).eprint == evidence.eprint for record in others),
        "same PubMed id": evidence.details.pmid
        and all(evidence_of(record).details.pmid == evidence.details.pmid for record in others),
    }
    found = [words for words, holds in same.items() if holds]
    # Listings have records without title, and without authors, which others say nothing about.
    titles = [key for record in records if (key := title_key(record.title or ""))]
    if len(titles) > 1 and len(set(titles)) == 1:
        found.append("same title")
    authors = [record.authors for record in records if record.authors]
    if len(authors) > 1 and all(authors_agree(authors[0], others) for others in authors[1:]):
        found.append("same authors")
    texts = {normalise_words(record.abstract) for record in records if record.abstract}
    if len(texts) == 1 and all(record.abstract for record in records):
        found.append("same abstract")
    elif len(texts) > 1:
        found.append("similar abstracts")
    yield from found or ["merged by you or by a correction"]
