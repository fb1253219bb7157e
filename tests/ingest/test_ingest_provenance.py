"""What each source says of each field of a merged paper, also where it is not the paper's value."""

from __future__ import annotations

from tui.ingest.merge_records import merge_records
from tui.ingest.record import Record
from tui.model.paper import FieldVariant, SourceLocation, locations_by_field
from tui.model.partial_date import PartialDate

LISTING, REFS = SourceLocation("listing.txt", 4), SourceLocation("refs.bib", 12)


def record(at: SourceLocation, **fields: object) -> Record:
    made = Record(at, **fields)  # type: ignore[arg-type]
    return made.with_positions(dict.fromkeys(fields, at.line))


def test_a_source_that_says_the_same_is_named_and_one_that_differs_is_a_variant() -> None:
    paper = merge_records(
        [
            record(LISTING, title="On Mills", date=PartialDate(2021), abstract="We mill."),
            record(REFS, title="On mills", authors=("Ann Lee", "Bo Li"), date=PartialDate(2022, 5), doi="10.5555/a"),
        ],
        "aa",
        (),
        "now",
    )
    assert paper.date == PartialDate(2022, 5)
    assert paper.variants == (FieldVariant("date", "2021", LISTING),)
    assert locations_by_field(paper)["title"] == [LISTING, REFS]
    assert locations_by_field(paper)["date"] == [REFS]
    assert locations_by_field(paper)["authors"] == [REFS]


def test_every_differing_value_is_kept_with_its_place() -> None:
    paper = merge_records(
        [
            record(LISTING, title="On Mills", authors=("Ann Lee", "Bo Li"), category="cs.CV", affiliation="MIT"),
            record(REFS, title="On Mills and Weirs", authors=("Cy Dee",), category="cs.LG", affiliation="ETH"),
        ],
        "aa",
        (),
        "now",
    )
    values = {variant.field: (variant.value, variant.location) for variant in paper.variants}
    assert values["title"] in {("On Mills and Weirs", REFS), ("On Mills", LISTING)}
    assert values["authors"] == ("Cy Dee", REFS)
    assert set(values) == {"title", "authors", "category", "affiliation"}


def test_a_paper_of_one_record_has_no_variants() -> None:
    assert merge_records([record(LISTING, title="On Mills")], "aa", (), "now").variants == ()
