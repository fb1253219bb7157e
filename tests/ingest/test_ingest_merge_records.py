"""The most complete value of every field, and its locations."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tui.ingest.merge_records import merge_records
from tui.ingest.record import Record
from tui.model.paper import FieldVariant, SourceLocation
from tui.model.partial_date import PartialDate
from tui.model.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.pipeline import IngestResult
    from tui.model.paper import Paper

    Reader = Callable[..., IngestResult]

OLD = "An early version of the text, with a few words that were changed afterwards."
NEW = "The late version of the text, with other words in the place of those that were changed."


def draft(line: int, **fields: object) -> Record:
    made = Record(SourceLocation("p.txt", line), **fields)  # type: ignore[arg-type]
    return made.with_positions(dict.fromkeys(fields, line))


def merged(*drafts: Record) -> Paper:
    made = {merge_records(order, "0" * 10, (), "now") for order in permutations(drafts)}
    assert len(made) == 1
    return made.pop()


def test_the_record_with_title_and_date_has_the_latest_abstract() -> None:
    paper = merged(
        draft(1, abstract=OLD),
        draft(2, title="T", abstract=NEW, date=PartialDate(2023, 5)),
        draft(3, title="T", abstract=OLD),
    )
    assert (paper.abstract, paper.earlier_abstracts) == (NEW, (OLD,))


def test_the_later_date_has_the_latest_abstract() -> None:
    paper = merged(
        draft(1, title="T", abstract=OLD, date=PartialDate(2022, 5, 1)),
        draft(2, title="T", abstract=NEW, date=PartialDate(2023, 5, 1)),
    )
    assert (paper.abstract, paper.earlier_abstracts, str(paper.date)) == (NEW, (OLD,), "2023-05-01")


def test_the_whole_abstract_replaces_a_truncated_one() -> None:
    paper = merged(draft(1, title="T", abstract=NEW[:40]), draft(2, abstract=NEW))
    assert (paper.abstract, paper.earlier_abstracts) == (NEW, ())


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ((("A", "B"), True), (("A", "B", "C"), True), ("A", "B", "C")),
        ((("A", "B", "C"), True), (("A", "B"), False), ("A", "B")),
        ((("A",), False), (("A", "B"), False), ("A", "B")),
        (((), False), (("A",), True), ("A",)),
    ],
)
def test_a_complete_author_list_wins_then_the_longest(
    one: tuple[tuple[str, ...], bool], other: tuple[tuple[str, ...], bool], kept: tuple[str, ...]
) -> None:
    lists = [
        draft(line, title="T", authors=names, authors_truncated=cut)
        for line, (names, cut) in enumerate((one, other), 1)
    ]
    paper = merged(*lists)
    assert paper.authors == kept
    assert paper.authors_truncated == next(cut for names, cut in (one, other) if names == kept)


def test_a_full_date_wins_over_a_partial_one() -> None:
    dates = PartialDate(None, 6, 2), PartialDate(2023), PartialDate(2023, 6, 2)
    assert merged(*(draft(line, title="T", date=date) for line, date in enumerate(dates))).date == dates[2]
    assert merged(draft(1, title="T", date=dates[0]), draft(2, abstract=OLD, date=dates[1])).date == dates[1]


def test_flags_links_and_sources_are_merged() -> None:
    paper = merged(
        draft(3, title="T", links=("http://a", "http://b")), draft(1, title="T", has_code=True, links=("http://a",))
    )
    assert paper.has_code
    assert set(paper.links) == {"http://a", "http://b"}
    assert paper.sources == (SourceLocation("p.txt", 1), SourceLocation("p.txt", 3))


def test_identifiers_lead_the_links() -> None:
    paper = merged(draft(1, title="T", links=("http://a",)), draft(2, title="T", eprint="2301.00001", doi="10.1/x"))
    assert paper.links == ("https://arxiv.org/abs/2301.00001", "https://doi.org/10.1/x", "http://a")
    assert ("links", SourceLocation("p.txt", 2)) in paper.provenance


def test_a_curated_title_wins() -> None:
    paper = merged(draft(1, title="Printed", date=PartialDate(2023, 1, 1)), draft(2, title="Curated", curated=True))
    assert paper.title == "Curated"


def test_provenance_names_exactly_the_locations_that_give_the_value() -> None:
    paper = merged(
        draft(1, abstract=OLD),
        draft(2, title="The Title", abstract=NEW, date=PartialDate(2023, 5, 1), authors=("A", "B")),
        draft(3, title="the title", date=PartialDate(None, 5, 1), authors=("A",), authors_truncated=True),
        draft(4, title="Another Title", date=PartialDate(2022, 1, 1), authors=("Z",), authors_truncated=True),
    )
    places = [(field, source.line) for field, source in paper.provenance]
    assert places == [
        ("title", 2), ("title", 3), ("authors", 2), ("authors", 3), ("date", 2), ("date", 3), ("abstract", 2),
        ("earlier_abstracts", 1),
    ]  # fmt: skip


def test_every_field_that_is_set_has_a_location(read: Reader) -> None:
    lines = "CVOct 26, 2023Code\nOn NeRFs from TextAnna Berg et al. · stanford\nWe study NeRFs. See https://x.org/y."
    (paper,) = read(f"{lines}\nhttps://arxiv.org/abs/2310.00001\nhttps://doi.org/10.1145/5.6").papers
    assert {field for field, _ in paper.provenance} == {
        "title", "authors", "authors_truncated", "affiliation", "date", "category", "has_code", "links", "abstract",
        "eprint", "doi",
    }  # fmt: skip
    assert dict(paper.provenance)["date"].line == 1
    assert dict(paper.provenance)["authors"].line == 2
    assert dict(paper.provenance)["abstract"].line == 3
    assert dict(paper.provenance)["eprint"].line == 4


@pytest.mark.parametrize(
    ("venue", "year", "date"),
    [
        ("Conference on Tides", 2024, "2024"),
        ("Conference on Tides", 2023, "2023-12-11"),  # the same year: the whole date says more
        ("Conference on Tides", None, "2023-12-11"),
        ("CoRR", 2024, "2023-12-11"),  # a preprint, too
    ],
)
def test_a_published_paper_has_the_year_of_its_publication(venue: str, year: int | None, date: str) -> None:
    paper = merged(
        draft(1, title="T", eprint="2312.00001", date=PartialDate(2023, 12, 11)),
        draft(
            2,
            title="T",
            date=PartialDate(year) if year else None,
            publication=Publication(type="paper-conference", container_title=venue),
        ),
    )
    assert str(paper.date) == date
    if year == 2024 and venue != "CoRR":
        assert FieldVariant("date", "2023-12-11", SourceLocation("p.txt", 1)) in paper.variants


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_venue_and_year_are_of_one_record_in_every_order(order: tuple[int, ...]) -> None:
    talk = Publication(type="paper-conference", container_title="Conference on Tides", pages="1-9", publisher="Sea")
    journal = Publication(
        type="article-journal", container_title="Tide Letters", volume="4", issue="2", pages="30-41"
    )
    records = [
        draft(1, title="T", eprint="2212.00001", date=PartialDate(2022, 12, 11)),
        draft(2, title="T", date=PartialDate(2023, 6), publication=talk),
        draft(3, title="T", date=PartialDate(2024), publication=journal),
    ]
    paper = merged(*(records[index] for index in order))
    assert (paper.publication, str(paper.date)) == (journal, "2024")
    given = {name: at.line for name, at in paper.provenance if name in ("date", "container_title", "volume", "pages")}
    assert given == {"date": 3, "container_title": 3, "volume": 3, "pages": 3}
    dates = {(variant.value, variant.location.line) for variant in paper.variants if variant.field == "date"}
    assert dates == {("2022-12-11", 1), ("2023-06", 2)}
