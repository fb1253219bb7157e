"""Fields of a publication: each is declared once, and stored, typed, corrected and merged by its declaration."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from tui.ingest.publication_fields import entry_type
from tui.model.correction import FIELDS, apply_corrections, field_text, validate
from tui.model.merge_publications import merge_publications
from tui.model.page_range import normalise_pages
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate
from tui.model.publication import (
    NO_PUBLICATION,
    PUBLICATION_FIELDS,
    Publication,
    decode_publication,
    encode_publication,
)
from tui.model.publication_types import TYPES, type_named
from tui.model.value_kind import CONTRIBUTORS, EXTRAS, TEXTS, TYPE, Contributor, ExtraField
from tui.model.venue_line import other_fields, venue_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.model.publication import PublicationField

    Records = Sequence[tuple[Publication, PartialDate | None]]


def a_value(row: PublicationField) -> object:
    if row.kind is TYPE:
        return "book"
    if row.kind is CONTRIBUTORS:
        return (Contributor("illustrator", "Bo Li"), Contributor("director", "Ann Lee"))
    if row.kind is EXTRAS:
        return (ExtraField("bibtex", "mrnumber", "{12}"),)
    return ("one", "two") if row.kind is TEXTS else f"a {row.label}"


_VALUES: dict[str, Any] = {row.name: a_value(row) for row in PUBLICATION_FIELDS}
FULL = Publication(**_VALUES)


def test_every_field_is_stored_and_read_back() -> None:
    assert set(encode_publication(FULL)) == set(Publication._fields)
    assert decode_publication(encode_publication(FULL)) == FULL
    assert encode_publication(NO_PUBLICATION) == {}


@pytest.mark.parametrize(
    "document",
    [{"volume": 3}, {"isbn": "1"}, {"colour": "red"}, {"extra": [["bibtex", "x"]]}, {"contributors": [1]}, ["a"]],
)
def test_a_document_of_another_form_is_refused(document: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        decode_publication(document)


@pytest.mark.parametrize("row", PUBLICATION_FIELDS, ids=lambda row: row.name)
def test_every_field_but_the_verbatim_ones_can_be_corrected_and_cleared(row: PublicationField) -> None:
    paper = Paper("0123456789", publication=FULL)
    if row.kind is EXTRAS:
        assert row.name not in FIELDS
        return
    text = field_text(paper, row.name)
    assert validate(row.name, text) == text
    assert apply_corrections(Paper("0123456789"), [(row.name, text)]).publication == NO_PUBLICATION._replace(
        **{row.name: getattr(FULL, row.name)}
    )
    cleared = apply_corrections(
        Paper("a", publication=NO_PUBLICATION._replace(**{row.name: _VALUES[row.name]})), [(row.name, "")]
    )
    assert cleared.publication is NO_PUBLICATION


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("book", "book"),
        ("Journal article", "article-journal"),
        ("phdthesis", "thesis"),
        ("@x", None),
        ("misc", "document"),
    ],
)
def test_a_type_is_known_by_its_names(typed: str, name: str | None) -> None:
    assert type_named(typed) == name


def test_each_type_is_known_by_its_own_name_and_label() -> None:
    assert {type_named(row.name) for row in TYPES.values()} == set(TYPES)
    assert {type_named(row.label) for row in TYPES.values()} == set(TYPES)


JOURNAL = Publication(type="article-journal", container_title="Journal of Graphics", volume="12", pages="45-67")
CORR = Publication(type="article-journal", container_title="CoRR", volume="abs/2310.07240", issue="3")


def merged_publication(*publications: Publication) -> Publication:
    return merge_publications([(each, None) for each in publications]).publication


@pytest.mark.parametrize("given", [(JOURNAL, CORR), (CORR, JOURNAL)])
def test_the_venue_of_the_published_version_is_preferred_whole(given: tuple[Publication, ...]) -> None:
    assert merged_publication(*given) == JOURNAL


def test_a_record_of_the_same_venue_completes_it() -> None:
    short = Publication(container_title="J. Graphics", issue="3", pages="45", publisher="ACME")
    merged = merged_publication(short, JOURNAL)
    assert merged == JOURNAL._replace(issue="3", publisher="ACME")


def test_a_record_of_another_venue_gives_no_pages() -> None:
    talk = Publication(type="paper-conference", container_title="Symposium on Light", pages="1-2", keywords=("a",))
    other = Publication(type="article-journal", container_title="Light", volume="3", issue="2", pages="7-9")
    merged = merged_publication(talk._replace(pages=None), other)
    assert merged == other._replace(keywords=("a",))


def test_a_venue_of_one_word_that_the_other_does_not_have_is_another_venue() -> None:
    without_pages = JOURNAL._replace(pages=None)
    science = Publication(type="article-journal", container_title="Science", pages="7-9")
    assert merged_publication(without_pages, science) == without_pages


def test_every_record_gives_its_keywords_files_and_verbatim_fields() -> None:
    one = JOURNAL._replace(keywords=("a", "b"), files=("x.pdf",), extra=(ExtraField("bibtex", "m", "1"),))
    two = CORR._replace(keywords=("b", "c"), extra=(ExtraField("ris", "AN", "2"), ExtraField("bibtex", "m", "1")))
    merged = merged_publication(one, two)
    assert merged.keywords == ("a", "b", "c")
    assert merged.files == ("x.pdf",)
    assert merged.extra == (ExtraField("bibtex", "m", "1"), ExtraField("ris", "AN", "2"))


def test_records_without_a_publication_merge_to_the_shared_default() -> None:
    assert merged_publication(NO_PUBLICATION, NO_PUBLICATION) is NO_PUBLICATION
    assert merged_publication(NO_PUBLICATION, CORR) is CORR


TALK = Publication(type="paper-conference", container_title="Symposium on Light", pages="1-2", publisher="ACME")
PRINTED = [
    (NO_PUBLICATION, PartialDate(2022, 3, 4)),
    (TALK, PartialDate(2023)),
    (JOURNAL._replace(issue="3"), PartialDate(2024)),
]


@pytest.mark.parametrize("records", list(permutations(PRINTED)))
def test_year_and_venue_are_those_of_the_most_complete_publication(records: Records) -> None:
    assert merge_publications(records) == (JOURNAL._replace(issue="3"), 2024)
    assert merge_publications([each for each in records if each[0] != PRINTED[2][0]]) == (TALK, 2023)


@pytest.mark.parametrize(
    "records", list(permutations([*PRINTED[:2], (JOURNAL._replace(volume=None, pages=None), None)]))
)
def test_a_venue_without_numbers_and_year_is_no_better_than_one_with_both(records: Records) -> None:
    assert merge_publications(records) == (TALK, 2023)


@pytest.mark.parametrize(
    ("of", "volume", "publisher"),
    [
        ((2024, 2024), "12", "ACME"),
        ((2024, None), "12", "ACME"),
        ((2024, 2023), "12", None),  # printed a year before: another version, or an error
    ],
)
def test_gaps_are_filled_only_from_records_of_the_same_year(
    of: tuple[int | None, int | None], volume: str, publisher: str | None
) -> None:
    first, second = (PartialDate(year) if year else None for year in of)
    other = Publication(container_title=JOURNAL.container_title, publisher="ACME")
    publication, year = merge_publications([(other, second), (JOURNAL, first)])
    assert (publication.volume, publication.publisher, year) == (volume, publisher, 2024)


@pytest.mark.parametrize("records", list(permutations(range(3))))
def test_a_venue_without_a_year_is_completed_by_records_of_one_year_only(records: tuple[int, ...]) -> None:
    journal = Publication(type="article-journal", container_title="Moss", issn=("1",))
    given = [
        (journal._replace(volume="4", pages="1-9"), None),
        (journal._replace(publisher="ACME"), PartialDate(2023)),
        (journal._replace(place="Porto"), PartialDate(2024)),
    ]
    publication, year = merge_publications([given[index] for index in records])
    assert (publication.publisher, publication.place, year) in (("ACME", None, 2023), (None, "Porto", 2024))


def test_the_year_is_not_that_of_a_preprint_or_of_a_record_that_names_no_venue() -> None:
    comment = Publication(note="12 pages", version="v2")
    assert merge_publications([(comment, PartialDate(2022)), (TALK, None)]).year is None
    assert merge_publications([(CORR, PartialDate(2022))]).year is None
    assert merge_publications([(CORR, PartialDate(2022)), (comment, PartialDate(2021))]).year is None


@pytest.mark.parametrize("turned", [False, True])
def test_verbatim_fields_of_another_publication_change_neither_type_nor_date(*, turned: bool) -> None:
    kept = (ExtraField("bibtex", "month", "Spring"), ExtraField("bibtex", "mrnumber", "1"))
    other = (
        entry_type("bibtex", "conference"),
        ExtraField("bibtex", "year", "2023/2024"),
        ExtraField("bibtex", "q", "2"),
    )
    given = [
        (JOURNAL._replace(issue="3", extra=kept), PartialDate(2024)),
        (TALK._replace(extra=other), PartialDate(2023)),
    ]
    publication = merge_publications(given[::-1] if turned else given).publication
    assert set(publication.extra) == {*kept, other[2]}


@pytest.mark.parametrize(
    ("publication", "line"),
    [
        (JOURNAL._replace(issue="3"), "Journal of Graphics 12(3), 45-67, 2020"),
        (JOURNAL._replace(pages=None, article_number="e7"), "Journal of Graphics 12, e7, 2020"),
        (Publication(container_title="Proc. of Sand", series="LNCS", volume="7", pages="1"), "Proc. of Sand, LNCS 7, 1, 2020"),
        (Publication(type="book", publisher="ACME", edition="2"), "edition 2, ACME, 2020"),
        (Publication(type="book", publisher="ACME", edition="Second"), "Second edition, ACME, 2020"),
        (Publication(type="thesis", genre="PhD thesis", institution="MIT"), "PhD thesis, MIT, 2020"),
        (Publication(type="report", genre="Memo", number="TR-7", institution="MIT"), "Memo TR-7, MIT, 2020"),
        (Publication(type="book", isbn=("1",)), ""),
        (NO_PUBLICATION, ""),
    ],
)  # fmt: skip
def test_the_venue_on_one_line(publication: Publication, line: str) -> None:
    assert venue_line(Paper("a", date=PartialDate(2020), publication=publication)) == line


def test_the_other_fields_are_listed_with_their_labels() -> None:
    publication = JOURNAL._replace(issn=("1234-5678",), extra=(ExtraField("bibtex", "mrnumber", "{1}"),))
    assert list(other_fields(publication)) == [
        ("type", "journal article"), ("ISSN", "1234-5678"), ("mrnumber (bibtex)", "{1}"),
    ]  # fmt: skip


def test_a_file_field_is_not_listed_beside_the_files_and_what_follows_it_is() -> None:
    extra = (ExtraField("bibtex", "file", "Tides:tides.pdf:PDF"), ExtraField("bibtex", "mrnumber", "1"))
    publication = Publication(files=("tides.pdf",), extra=extra)
    assert list(other_fields(publication))[-1] == ("mrnumber (bibtex)", "1")
    assert "file (bibtex)" not in dict(other_fields(publication))
    assert ("file (bibtex)", "Tides:tides.pdf:PDF") in other_fields(publication._replace(files=()))


@pytest.mark.parametrize(
    ("typed", "pages"),
    [("45-67", "45–67"), ("45--67", "45–67"), ("45 - 67, 70", "45–67, 70"), ("A-1--A-9", "A-1–A-9"), ("A-1", "A-1"), ("12", "12"),
     ("e7", "e7"), ("S12-S15", "S12–S15"), ("123-4567-8", "123-4567-8")],
)  # fmt: skip
def test_page_ranges_have_a_dash(typed: str, pages: str) -> None:
    assert normalise_pages(typed) == pages
    assert normalise_pages(pages) == pages
