"""Corrections as typed texts: what is taken, what is refused with which sentence, and what they make of a paper."""

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
def test_a_typed_text_is_kept_in_one_form(field: str, typed: str, kept: str) -> None:
    assert validate(field, typed) == kept
    assert validate(field, kept) == kept


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("date", "soon", "write 2023"),
        ("date", "2023-02-30", "no"),
        ("authors", " ; ", "no name"),
        ("category", "cs.XX", "no arXiv category"),
        ("eprint", "12.3", "no arXiv identifier"),
        ("doi", "10.1/x", "no DOI"),
        ("links", "javascript:alert(1)", "begin with http"),
        ("title", "x" * 100_001, "is the most"),
    ],
)
def test_a_text_that_does_not_suit_its_field_is_refused(field: str, typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        validate(field, typed)


def test_the_texts_of_a_paper_correct_it_to_itself() -> None:
    texts = [(field, validate(field, field_text(PAPER, field))) for field in FIELDS]
    assert apply_corrections(PAPER, texts) == PAPER


def test_empty_texts_empty_the_fields() -> None:
    empty = apply_corrections(PAPER, [(field, "") for field in FIELDS])
    assert empty == Paper("aa00000000")


def test_the_link_to_the_page_of_an_identifier_follows_it() -> None:
    assert apply_corrections(PAPER, [("eprint", "2405.21074"), ("doi", "10.1145/1")]).links == (
        "https://arxiv.org/abs/2405.21074",
        "https://doi.org/10.1145/1",
        "https://x.y/code",
    )


def test_only_what_differs_from_the_pages_is_a_correction() -> None:
    entry = Entry(PAPER, UNTOUCHED)
    assert edit_for(entry, {"title": "Growing  Networks", "date": "2021"}).correct == (("date", "2021"),)
    marked = Entry(apply_corrections(PAPER, [("date", "2021")]), Mark(corrected=(("date", "2021"),)), PAPER)
    assert edit_for(marked, {"date": "2021"}).correct == ()
    assert edit_for(marked, {"date": "XXXX-06-22", "title": None}).correct == (("date", None),)
    assert edit_for(marked, {"date": None}).apply(marked.mark, "now") == UNTOUCHED


def test_the_label_of_an_edit_names_the_fields() -> None:
    edit = edit_for(Entry(PAPER, Mark(corrected=(("doi", "10.1145/1"),))), {"title": "T", "doi": None})
    assert edit.label == "correct title and take back the correction of doi"
