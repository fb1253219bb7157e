"""Dates for biblatex: what a field of BibTeX says of months, days and years is one date, range or season."""

from __future__ import annotations

import pytest

from tests.export.test_return_of_real_entries import paper_of, returned
from tui.bibtex.tolerant_parser import parse_bibtex
from tui.export.formats import FORMATS
from tui.model.correction import apply_corrections
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 1990, month = {9-13 July}", "1990-07-09/1990-07-13"),
        ("year = 1990, month = jul # {~9--13}", "1990-07-09/1990-07-13"),
        ("year = 1990, month = {September 11 to 14}", "1990-09-11/1990-09-14"),
        (r"year = 1990, month = {may \# '' 30 - '' \# jun \# '' 2''}", "1990-05-30/1990-06-02"),
        (r"year = 1990, month = {oct{\textendash}nov}", "1990-10/1990-11"),
        ("year = 1990, month = {March and April}", "1990-03/1990-04"),
        ("year = 1990, month = {Sept./Oct.}", "1990-09/1990-10"),
        ("year = {16--19 May 1995}", "1995-05-16/1995-05-19"),
        ("year = {1972/73}", "1972/1973"),
        ("year = {1998--2001}", "1998/2001"),
        ("year = 1990, month = {Summer}", "1990-22"),
        ("year = {Fall 1990}", "1990-23"),
        ("year = 1990, month = {Spring/Summer}", "1990-21/1990-22"),
        ("year = 1990, month = jul, day = {9--13}", "1990-07-09/1990-07-13"),
        ("year = 1990, month = {Sept.}, day = {29 - October 2}", "1990-09-29/1990-10-02"),
        ("date = {9-13 July, 1990}", "1990-07-09/1990-07-13"),
        ("date = {July 9--13, 1990}", "1990-07-09/1990-07-13"),
        ("date = {Spring 1990}", "1990-21"),
        ("date = {1990-21}", "1990-21"),
        ("date = {1990-03-02/1990-03-06}", "1990-03-02/1990-03-06"),
        # Neither a range nor a season: the part that is a date.
        ("date = {9 July, 1990}", "1990-07-09"),
        ("year = 1990, month = jul, day = {9, 11}", "1990-07-09"),
        ("year = 1990, day = {9--13}", "1990"),
        ("year = 1990, month = {6 May}", "1990-05-06"),
        ("year = 1990, month = {Michaelmas}", "1990"),
        ("year = {1990 (to appear)}", "1990"),
        ("year = 1990, month = {dec--jan}", "1990"),
        ("year = 1990, month = {feb 28-30}", "1990-02-28"),
        ("year = 1990, month = {may 6-2}", "1990-05-06"),
        ("year = {1998--2001}, month = mar", "1998-03"),
        ("year = {1972--71}", "1972"),
        ("year = 1990, month = {May, Spring}", "1990-05"),
    ],
)
def test_a_range_or_a_season_is_a_date_of_biblatex(fields: str, date: str) -> None:
    text = f"@article{{k, title = {{Moss}}, author = {{Fen, Bo}}, journal = {{Moss Letters}}, {fields}}}"
    exported, again = returned(text, "biblatex")
    assert exported.fields["date"] == date
    assert not {"year", "month", "day"} & exported.fields.keys()
    assert again.date is not None
    assert (again.date.year, again.date.month) == (
        int(date[:4]),
        int(date[5:7]) if date[4:5] == "-" and int(date[5:7]) <= 12 else None,
    )
    assert returned(f"@article{{k, title = {{Moss}}, date = {{{date}}}}}", "biblatex")[0].fields["date"] == date


def test_a_year_in_words_is_kept() -> None:
    exported, _ = returned("@article{k, title = {Moss}, year = {in press}, month = {soon}}", "biblatex")
    assert exported.fields["year"] == "in press"
    assert not {"date", "month"} & exported.fields.keys()


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    "date", ["year = {2004/2005}", "year = 2004, month = {Spring}", "date = {2004-03-02/2004-03-06}"]
)
def test_a_corrected_date_is_written_alone(dialect: str, date: str) -> None:
    source = paper_of(f"@conference{{k, title = {{Moss}}, {date}, mrnumber = 7}}")
    paper = apply_corrections(source, [("date", "2006-07"), ("type", "book")])
    text = "".join(FORMATS[dialect].write([Entry(paper, UNTOUCHED)], {paper.id: "key"}))
    (exported,) = parse_bibtex(text).entries
    written = {name: exported.fields.get(name) for name in ("date", "year", "month", "mrnumber")}
    expected = {"year": "2006", "month": "jul"} if dialect == "bibtex" else {"date": "2006-07"}
    assert {name: value for name, value in written.items() if value} == {**expected, "mrnumber": "7"}
    assert exported.kind == "book"
    assert apply_corrections(source, [("date", str(source.date))]).publication == source.publication
