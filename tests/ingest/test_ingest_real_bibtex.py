"""BibTeX and RIS as real files have them: names in labelled parts, ``{Others}``, formulas with spaces, invalid years."""

from __future__ import annotations

import pytest

from tui.ingest.bibtex_authors import parse_authors
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.latex.decode import decode_latex
from tui.latex.display import latex_to_unicode


@pytest.mark.parametrize(
    ("field", "printed"),
    [
        ("family=Vries, given=Jan, prefix=de, useprefix=true", "Jan de Vries"),
        ("given={{Ph}}ilip, given-i={{Ph}}, family=Berg", "Philip Berg"),
        ('"family={Berg Mill}, given=Bo"', "Berg Mill, Bo"),
        ("given=Ann, family=Berg, suffix=Jr., prefix={von der}", "Ann von der Berg Jr."),
        ("family={M{\\\"u}hle}, given=Bo", "Bo Mühle"), ("family=Plato", "Plato"),
        ("E=mc, Team", "E=mc, Team"),
    ],
)  # fmt: skip
def test_the_parts_of_a_name_may_be_labelled(field: str, printed: str) -> None:
    assert parse_authors(field) == ([printed], False)
    assert parse_authors(f"Bo Li and {field} and Cy Poe") == (["Bo Li", printed, "Cy Poe"], False)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (r"Pe\~{n}a, Jo\~{a}o", "João Peña"), (r"Jo\~{a}o Pe\~{n}a", "João Peña"), (r"Bo~{Li}", "Bo Li"),
        (r"J.~M.~{Van Berg}", "J. M. Van Berg"),
    ],
)  # fmt: skip
def test_a_tie_is_a_space_and_a_tilde_an_accent(name: str, printed: str) -> None:
    assert parse_authors(name) == ([printed], False)


@pytest.mark.parametrize(
    "others", ["others", "{Others}", "{others}", "et al.", "{et al.}", "al, Et", "{al.}, et", r"\etal"]
)
def test_others_is_not_an_author(others: str) -> None:
    assert parse_authors(f"Bo Li and {others}") == (["Bo Li"], True)
    assert parse_authors("Bo Al and Ed Others") == (["Bo Al", "Ed Others"], False)


def test_the_subtitle_of_a_book_is_not_inherited() -> None:
    text = "@book{b, title={Mills}, subtitle={A History}, year=2001}\n@inbook{c, title={Weirs}, crossref={b}}"
    whole, part = parse_source(decode_source("x.bib", text.encode())).records
    assert (whole.title, part.title, str(part.date)) == ("Mills: A History", "Weirs", "2001")


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("date = {1}, year = {1986}, month = {May}", "1986-05"), ("date = {May 3}, year = {1986}", "1986"),
        ("date = {1999-02}, year = {1986}", "1999-02"), ("date = {/2004}, year = {1986}", "1986"),
        ("date = {12/06/2018}", "2018"), ("date = {2018-06/2019}", "2018-06"),
    ],
)  # fmt: skip
def test_a_date_without_a_year_does_not_replace_the_year(fields: str, date: str) -> None:
    (draft,) = parse_source(decode_source("x.bib", f"@book{{a, title = {{A}}, {fields}}}".encode())).records
    assert str(draft.date) == date


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("@book{a, title = {A}, year = {forthcoming}}", "its date 'forthcoming' is not a valid date"),
        ("@book{a, title = {A}, year = {85}, month = may}", "its date '85' is not a valid date"),
        ("TY  - BOOK\nTI  - A\nPY  - in press\nER  - \n", "its date 'in press' is not a valid date"),
        (
            '[{"type": "book", "title": "A", "issued": {"date-parts": [["soon"]]}}]',
            "its date 'soon' is not a valid date",
        ),
    ],
)
def test_an_invalid_year_is_reported(record: str, said: str) -> None:
    reading = parse_source(decode_source("x.any", record.encode()))
    assert [draft.date for draft in reading.records] == [None]
    assert [(problem.repaired, said in problem.reason) for problem in reading.diagnostics] == [(True, True)]


@pytest.mark.parametrize(
    "record",
    [
        "@book{a, title = {A}, year = {}}", "@book{a, title = {A}, year = {0000}}", "TY  - BOOK\nTI  - A\nPY  - ///\nER  - \n",
        '[{"type": "book", "title": "A", "issued": {"date-parts": [[null]]}}]',
        '[{"type": "book", "title": "A", "issued": {"date-parts": [[0]]}}]',
    ],
)  # fmt: skip
def test_an_empty_year_is_not_an_error(record: str) -> None:
    reading = parse_source(decode_source("x.any", record.encode()))
    assert [draft.date for draft in reading.records] == [None]
    assert reading.diagnostics == ()


@pytest.mark.parametrize(
    ("latex", "text", "shown"),
    [
        (r"The $ \Omega $ {P}roject", r"The $\Omega$ Project", "The Ω Project"),
        (r"A 3$\times$3 {G}rid", r"A 3\(\times\)3 Grid", "A 3×3 Grid"),
        (r"$\pm$0.1\% {A}ccuracy in mm$^2$", r"\(\pm\)0.1% Accuracy in mm$^2$", "±0.1% Accuracy in mm²"),
        (r"From $5 to $10 {M}ills", "From $5 to $10 Mills", "From $5 to $10 Mills"),
        (r"$ 5 and $ 6 {M}ills", "$ 5 and $ 6 Mills", "$ 5 and $ 6 Mills"),
        (r"$ \, \ $", r"$ $", "$ $"),
    ],
)
def test_formulas_are_recognised_as_in_latex(latex: str, text: str, shown: str) -> None:
    assert decode_latex(latex) == text
    assert latex_to_unicode(text) == shown
