"""Corrections as typed texts: which are accepted, which are refused and why, and how they change a paper."""

from __future__ import annotations

import pytest

from tui.model.correction import FIELDS, apply_corrections, edit_for, field_text, validate
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

PAPER = Paper(
    "aa00000000",
    title="Growing Networks",
    authors=("Xin Yuan", "Michael Maire"),
    authors_truncated=True,
    affiliation="stanford",
    date=PartialDate(None, 6, 22),
    category="cs.LG",
    links=("https://arxiv.org/abs/2106.11111", "https://x.y/code"),
    abstract="Training cost falls.",
    eprint="2106.11111",
)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("title", "  On\n Mills ", "On Mills"),
        ("title", "", ""),
        ("authors", "Ann Lee;Bo Li ; et al", "Ann Lee; Bo Li; et al."),
        ("date", "XXXX-06-22", "XXXX-06-22"),
        ("category", "CV", "cs.CV"),
        ("category", "Quant-Ph", "quant-ph"),
        ("eprint", "arXiv:2405.21074v2", "2405.21074"),
        ("eprint", "https://arxiv.org/pdf/hep-th/9901001", "hep-th/9901001"),
        ("doi", "https://doi.org/10.1145/3292500", "10.1145/3292500"),
        ("links", "https://a.b/c  http://d.e https://a.b/c", "https://a.b/c http://d.e"),
    ],
)
def test_a_typed_text_is_normalised(field: str, typed: str, kept: str) -> None:
    assert validate(field, typed) == kept
    assert validate(field, kept) == kept


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("date", "soon", "examples: 2023"),
        ("date", "2023-02-30", "has no day 30"),
        ("authors", " ; ", "no name"),
        ("category", "cs.XX", "not an arXiv category"),
        ("eprint", "12.3", "not an arXiv id"),
        ("doi", "10.1/x", "not a DOI"),
        ("links", "javascript:alert(1)", "start with http"),
        ("title", "x" * 100_001, "the maximum is"),
    ],
)
def test_a_text_that_is_invalid_for_its_field_is_refused(field: str, typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        validate(field, typed)


def test_correcting_a_paper_with_its_own_values_changes_nothing() -> None:
    texts = [(field, validate(field, field_text(PAPER, field))) for field in FIELDS]
    assert apply_corrections(PAPER, texts) == PAPER


def test_empty_texts_empty_the_fields() -> None:
    empty = apply_corrections(PAPER, [(field, "") for field in FIELDS])
    assert empty == Paper("aa00000000")


def test_links_follow_the_corrected_identifiers() -> None:
    assert apply_corrections(PAPER, [("eprint", "2405.21074"), ("doi", "10.1145/1")]).links == (
        "https://arxiv.org/abs/2405.21074",
        "https://doi.org/10.1145/1",
        "https://x.y/code",
    )


def test_only_a_value_that_differs_from_the_sources_is_a_correction() -> None:
    entry = Entry(PAPER, UNTOUCHED)
    assert edit_for(entry, {"title": "Growing  Networks", "date": "2021"}).correct == (("date", "2021"),)
    marked = Entry(apply_corrections(PAPER, [("date", "2021")]), Mark(corrected=(("date", "2021"),)), PAPER)
    assert edit_for(marked, {"date": "2021"}).correct == ()
    assert edit_for(marked, {"date": "XXXX-06-22", "title": None}).correct == (("date", None),)
    assert edit_for(marked, {"date": None}).apply(marked.mark, "now") == UNTOUCHED


def test_a_citation_key_is_set_and_left_to_the_program_again() -> None:
    entry = Entry(PAPER, Mark(citation_key="yuan2021"))
    assert edit_for(entry, {"key": "growing"}).apply(entry.mark, "now").citation_key == "growing"
    assert edit_for(entry, {"key": "yuan2021"}).apply(entry.mark, "now") == entry.mark
    for text in (None, ""):
        assert not edit_for(entry, {"key": text}).apply(entry.mark, "now").citation_key


def test_the_label_of_an_edit_names_the_fields() -> None:
    edit = edit_for(Entry(PAPER, Mark(corrected=(("doi", "10.1145/1"),))), {"title": "T", "doi": None})
    assert edit.label == "correct title and revert doi"
