"""Records that complete papers: they fill empty fields, and replace an incomplete list of authors by a whole one.

Title and abstract are filled only where neither is known, in papers that were added by an identifier. A publication
comes with its date: the date of the preprint does not stay beside the venue of a later year.

They are applied after all other records are merged, so that a source that gives a field always wins. Only their DOI
and arXiv id have a say in which records are one paper: a record with the same identifier is of that paper.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from tui.ingest.merge_evidence import person_key
from tui.ingest.paper_ids import record_id
from tui.model.paper import FieldVariant, Paper
from tui.model.provenance import Provenance
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.ingest.record import Record
    from tui.model.paper import SourceLocation
    from tui.model.partial_date import PartialDate

# Names of the sources that hold such records: how the fields of the last import that came from one are recognised.
_NAME = re.compile(r"completed-\d+\.jsonl\Z")
_NEVER = frozenset(
    ("id", "title", "abstract", "earlier_abstracts", "authors", "authors_truncated", "has_code", "links", "sources",
     "provenance", "aliases", "added", "variants", "publication")
)  # fmt: skip
_PUBLICATION = frozenset(row.name for row in PUBLICATION_FIELDS)
COMPLETABLE = tuple(field for field in Paper._fields if field not in _NEVER)


def source_name(number: int) -> str:
    """The name of the source with the records of a number."""
    return f"completed-{number}.jsonl"


def is_completion_source(name: str) -> bool:
    """Whether a source holds records that complete papers."""
    return _NAME.match(name) is not None


def completed_fields(paper: Paper) -> frozenset[str]:
    """The fields of a paper that only such a record gives; its publication is one of them as a whole."""
    given: dict[str, bool] = {}
    for field, location in paper.provenance:
        name = "publication" if field in _PUBLICATION else field
        given[name] = given.get(name, True) and is_completion_source(location.page)
    return frozenset(field for field, completed in given.items() if completed)


def without_completions(paper: Paper) -> Paper:
    """The paper as it was before it was completed, without authors if these were completed."""
    completed = completed_fields(paper)
    if not completed:
        return paper
    blank = Paper("")
    values: dict[str, Any] = {name: getattr(blank, name) for name in completed if hasattr(blank, name)}
    if "eprint" in completed or "doi" in completed:
        own = set(
            _own_links(paper.eprint if "eprint" in completed else None, paper.doi if "doi" in completed else None)
        )
        values["links"] = tuple(link for link in paper.links if link not in own)
    gone = completed | (_PUBLICATION if "publication" in completed else frozenset())
    provenance = [(field, *location) for field, location in paper.provenance if field not in gone]
    return paper._replace(**values, provenance=Provenance(provenance))


def with_completed_identifiers(
    records: Sequence[Record],
    completing: Sequence[Record],
    known: Mapping[str, str],
    previous_ids: Mapping[SourceLocation, str],
) -> list[Record]:
    """The records, with the identifiers that their papers got from records that complete them.

    Args:
        records: the records of all other sources.
        completing: the records that complete papers.
        known: the present id of each paper, by its ids.
        previous_ids: the id of the paper of each record of the last import, by its location.
    """
    given: dict[str, Record] = {}
    for record in completing:
        if record.completes and (record.doi or record.eprint):
            given.setdefault(known.get(record.completes, record.completes), record)
    if not given:
        return list(records)
    # Records on one line share their location, and papers can share their title: these are told apart by both, or
    # not at all.
    own = [record_id(record.title, record.abstract, record.eprint or record.doi) for record in records]
    locations, titles = Counter(record.source for record in records), Counter(own)
    filled: list[Record] = []
    for record, name in zip(records, own, strict=True):
        by_location = previous_ids.get(record.source) if locations[record.source] == 1 else None
        by_title = known.get(name) if titles[name] == 1 else None
        found = given.get(by_location or by_title or "") if not (record.doi or record.eprint) else None
        filled.append(record._replace(doi=found.doi, eprint=found.eprint) if found else record)
    return filled


def complete(papers: Sequence[Paper], records: Sequence[Record], known: Mapping[str, str]) -> list[Paper]:
    """Apply records that complete papers.

    Args:
        papers: the merged papers, with their ids.
        records: the records.
        known: former ids of papers, each with the present one.
    """
    found = {paper.id: index for index, paper in enumerate(papers)}
    named = {alias: index for index, paper in enumerate(papers) for alias in paper.aliases} | found
    whole = list(papers)
    for record in records:
        name = record.completes or ""
        index = named.get(name, named.get(known.get(name, ""), -1))
        if index >= 0:
            whole[index] = _completed(whole[index], record)
    return whole


def replaces_authors(paper: Paper, authors: Sequence[str], *, truncated: bool) -> bool:
    """Whether a list of authors may replace that of a paper: it is empty, or ends early where the new one goes on."""
    if not authors:
        return False
    if not paper.authors:
        return True
    if not paper.authors_truncated or truncated or len(authors) < len(paper.authors):
        return False
    families = [person_key(name)[0] for name in authors]
    return all(person_key(name)[0] in families for name in paper.authors)


def is_of_other_year(date: PartialDate | None, published: PartialDate | None) -> bool:
    """Whether the date of a paper is of another year than its publication, as that of a preprint may be."""
    return date is not None and published is not None and published.year not in (None, date.year)


def _completed(paper: Paper, record: Record) -> Paper:
    positions = dict(record.positions)
    values: dict[str, Any] = {
        name: value
        for name in COMPLETABLE
        if getattr(paper, name) in (None, "", ()) and (value := getattr(record, name, None))
    }
    provenance: list[tuple[str, SourceLocation]] = [(name, positions.get(name, record.source)) for name in values]
    kept = list(paper.provenance)
    if paper.publication == NO_PUBLICATION and record.publication != NO_PUBLICATION:
        # As a whole, so that no volume of one journal meets the pages of another.
        values["publication"] = record.publication
        provenance += [(name, record.source) for name in sorted(_PUBLICATION) if getattr(record.publication, name)]
        if is_of_other_year(paper.date, record.date):
            values["date"] = record.date
            replaced = [pair for pair in kept if pair[0] == "date"]
            kept = [pair for pair in kept if pair[0] != "date"]
            provenance.append(("date", positions.get("date", record.source)))
            values["variants"] = (*paper.variants, *(FieldVariant("date", str(paper.date), at) for _, at in replaced))
    if replaces_authors(paper, record.authors, truncated=record.authors_truncated):
        values |= {"authors": record.authors, "authors_truncated": record.authors_truncated}
        kept = [pair for pair in kept if pair[0] not in ("authors", "authors_truncated")]
        provenance.append(("authors", record.source))
    if not paper.title and not paper.abstract:  # a paper that was added by its identifier
        values |= {name: text for name in ("title", "abstract") if (text := getattr(record, name))}
        provenance += [(name, record.source) for name in ("title", "abstract") if name in values]
    if not values:
        return paper
    own = _own_links(values.get("eprint"), values.get("doi"))
    if new := tuple(link for link in own if link not in paper.links):
        values["links"] = (*new, *paper.links)
        if not paper.links:
            provenance.append(("links", record.source))
    return paper._replace(**values, provenance=Provenance((field, *place) for field, place in (*kept, *provenance)))


def _own_links(eprint: str | None, doi: str | None) -> tuple[str, ...]:
    links = ((f"https://arxiv.org/abs/{eprint}", eprint), (f"https://doi.org/{doi}", doi))
    return tuple(link for link, name in links if name)
