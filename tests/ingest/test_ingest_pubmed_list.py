"""PubMed's files as they are: written page by page, with groups among the authors, titles that look like names, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ingest.listing_samples import PUBMED_ABSTRACT
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult


def reading(text: str) -> ParseResult:
    return parse_source(decode_source("x.txt", text.encode()))


@pytest.mark.parametrize(
    ("entry", "title", "authors", "journal"),
    [
        ('Moor E. "Is it the light?" J Ports. 2019 Jul;9:1.', '"Is it the light?"', ("E. Moor",), "J Ports"),
        ("Moss is proud to support Pride in STEM. Moss. 2019 Jul;9:1.", "Moss is proud to support Pride in STEM", (), "Moss"),
        ("A split would raise UK emissions. Moss. 2019 Jul;9:1.", "A split would raise UK emissions", (), "Moss"),
        ("Fen B. U.S. harbours face a storm in Congress. Moss. 2019 Jul;9:1.", "U.S. harbours face a storm in Congress", ("B. Fen",), "Moss"),
        ("Fen B. Structure of MOSS1. Moss. 2019 Jul;9:1.", "Structure of MOSS1", ("B. Fen",), "Moss"),
        ("Fen B. Is moss short? J. Moss. 2019 Jul;9:1.", "Is moss short?", ("B. Fen",), "J. Moss"),
        ("Moor E, Reed IJ, Ink, Fen B. Moss. J Moss (Port). 2019 Jul;9:1.", "Moss", ("E. Moor", "I. J. Reed", "Ink", "B. Fen"), "J Moss (Port)"),
        ("Moor E, Reed IJ, Fen B; 12 signatories. On moss. Moss. 2019 Jul;9:1.", "On moss", ("E. Moor", "I. J. Reed", "B. Fen", "12 signatories"), "Moss"),
    ],
)  # fmt: skip
def test_what_is_title_and_what_is_not(entry: str, title: str, authors: tuple[str, ...], journal: str) -> None:
    result = reading(f"1: {entry} PubMed PMID: 31123456.\n\n2: Low E. Tides. Moss. 2019;9:2. PMID: 31123457.\n")
    (record, other) = result.records
    assert (record.title, record.authors) == (title, authors)
    assert (record.publication.container_title, record.publication.volume, str(record.date)) == (
        journal,
        "9",
        "2019-07",
    )
    assert other.title == "Tides"
    assert result.diagnostics == ()


def test_notes_between_summaries_are_reported_and_no_summary_is_lost() -> None:
    text = """\
# selected
1: Moor E. Harbours. J Ports. 2020 Mar;3(1):1-10. PubMed
PMID: 32123456.

# perhaps
2:Fen B. Moss. Moss Lett. 2019 Nov;9:77. doi: 10.5555/moss.2.PubMed PMID: 31123456
"""
    result = reading(text)
    assert [(record.title, record.doi) for record in result.records] == [
        ("Harbours", None),
        ("Moss", "10.5555/moss.2"),
    ]
    assert [problem.line for problem in result.diagnostics] == [1, 5]


def test_a_record_may_follow_on_the_line_where_the_one_before_ends() -> None:
    first, second = PUBMED_ABSTRACT.split("\n\n\n")
    whole = reading(PUBMED_ABSTRACT)
    record = first.partition("\n\nConflict")[0]
    for end in ("", "\n\nConflict of interest statement: The authors have declared that no competing \ninterests."):
        glued = reading(f"{record}{end}{second}")
        assert [row.title for row in glued.records] == [row.title for row in whole.records]
        assert [row.publication for row in glued.records] == [row.publication for row in whole.records]
        assert glued.diagnostics == ()


@pytest.mark.parametrize(
    "end", ["doi: 10.5555/ports.\n8277. Epub 2020 Jan 2.", "doi: 10.5555/p.8277. eCollection 2020."]
)
def test_the_end_of_a_doi_is_no_number_of_a_record(end: str) -> None:
    text = PUBMED_ABSTRACT.replace("doi: 10.5555/jpm.1. Epub 2020 Jan\n2.", end)
    assert text != PUBMED_ABSTRACT
    assert [row.title for row in reading(text).records] == [row.title for row in reading(PUBMED_ABSTRACT).records]


def test_the_ids_may_follow_the_abstract_without_an_empty_line() -> None:
    text = PUBMED_ABSTRACT.replace("\n\nCopyright © 2020 The Ports.\n\nDOI:", "\nDOI:")
    (record, _) = reading(text).records
    assert record.abstract is not None
    assert record.abstract.endswith("It is the light.")
    assert (record.doi, record.publication.pmcid, record.publication.pmid) == (
        "10.5555/jpm.1",
        "PMC1234567",
        "32123456",
    )


@pytest.mark.parametrize(
    "group",
    ["Reed Initiative on Moss; Port Institute", "NIDDK Moss Genetics\nConsortium,", "GENERATE and IGNITE network", "MOSS Study", "COLORS\nin Moss group investigators"],
)  # fmt: skip
def test_groups_are_authors(group: str) -> None:
    text = PUBMED_ABSTRACT.replace("van der Fen G 3rd.", f"van der Fen G 3rd; {group}, Low E(3).")
    result = reading(text)
    authors = result.records[0].authors
    assert (authors[0], authors[2], authors[-1]) == ("E. Moor", "G. van der Fen 3rd", "E. Low")
    assert len(authors) >= 5
    assert result.diagnostics == ()


def test_a_season_is_named_when_it_is_left_out() -> None:
    result = reading(PUBMED_ABSTRACT.replace("2019 Nov-Dec;9", "2019 Winter;9"))
    assert str(result.records[1].date) == "2019"
    (problem,) = result.diagnostics
    assert "'2019 Winter'" in problem.reason


def test_an_article_number_takes_the_place_of_pages() -> None:
    result = reading(
        "1: Fen B. Moss. Moss Lett. 2019 Jun 28;364(6447). pii: eaat9557. doi: 10.5555/m.1. PMID: 31123456.\n"
    )
    (record,) = result.records
    assert (record.publication.pages, record.publication.article_number) == (None, "eaat9557")
