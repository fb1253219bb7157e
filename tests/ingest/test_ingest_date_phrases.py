"""Dates of bibliographies as words, ranges and timestamps: the right part of them, or a warning."""

from __future__ import annotations

import pytest

from tui.ingest.free_form_dates import month_of
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source


def dated(fields: str) -> tuple[str, str]:
    """The date of an entry with these fields, and its diagnostics."""
    reading = parse_source(decode_source("x.bib", f"@misc{{k, title = {{Dunes}}, {fields}}}".encode()))
    (draft,) = reading.records
    return str(draft.date), " ".join(problem.reason for problem in reading.diagnostics)


@pytest.mark.parametrize(
    ("month", "date"),
    [
        # the day at either end, with the macro at the other
        ('"17~" # mar', "2011-03-17"), ('mar # "~17"', "2011-03-17"), ('mar # "~17."', "2011-03-17"),
        ('"22nd " # may', "2011-05-22"), ('aug # " " # 5', "2011-08-05"), ('{30 # "~" # jan}', "2011-01-30"),
        # in words
        ("{April 3,}", "2011-04-03"), ("{3. April}", "2011-04-03"), ("{21st of October}", "2011-10-21"),
        ("{Sept.}", "2011-09"), ("{NOVEMBER}", "2011-11"), ("{Febuary}", "2011-02"), ("{Tuesday, 8 March}", "2011-03-08"),
        # ranges yield their start
        ("{30 June--4 July}", "2011-06-30"), ("{30 June -- 4 July}", "2011-06-30"), ("{June 27--30}", "2011-06-27"),
        ("{27-30 June}", "2011-06-27"), ("{27 to 30 June}", "2011-06-27"), ("{4, 5 and 6 July}", "2011-07-04"),
        ("{March/April}", "2011-03"), ('nov # "/" # dec', "2011-11"), (r'jun # "\slash " # jul', "2011-06"),
        ("{May 2011 - June}", "2011-05"), ("{Nov. 30 -- Dec. 2}", "2011-11-30"),
        ("{sepoct}", "2011-09"), ("{26-29aug}", "2011-08-26"), ("{oct \"2--5\"}", "2011-10-02"), ("{-}", "2011"), ("{??}", "2011"),
        # numbers
        ("7", "2011-07"), ("{07}", "2011-07"), ("{2011-07}", "2011-07"), ("{2011-07-19}", "2011-07-19"),
        ("{19/7}", "2011-07-19"), ("{7/19}", "2011-07-19"), ("{VII}", "2011-07"), ("{IX-X}", "2011-09"),
        # other languages
        ("{Mai}", "2011-05"), ("{août}", "2011-08"), ("{ao{\\^u}t}", "2011-08"), ("{juil.}", "2011-07"),
        ("{12 de diciembre}", "2011-12-12"), ("{Dez.}", "2011-12"), ("{giugno}", "2011-06"), ("{outubro}", "2011-10"),
        ("{2 mei}", "2011-05-02"), ("{października}", "2011-10"), ("{мая}", "2011-05"), ("{9 февраля}", "2011-02-09"),
        ("{8月}", "2011-08"), ("{8月15日}", "2011-08-15"), ("{十一月}", "2011-11"), ("{5월}", "2011-05"),
    ],
)  # fmt: skip
def test_a_month_may_be_written_in_any_way(month: str, date: str) -> None:
    assert dated(f"year = 2011, month = {month}") == (date, "")


@pytest.mark.parametrize(
    ("fields", "date", "said"),
    [
        ("year = 2011, month = {5/6}", "2011", "of its date '5/6 2011', only the year could be used"),
        ("year = 2011, month = {Autumn}", "2011", "of its date 'Autumn 2011', only the year could be used"),
        ("year = 2011, month = {Q3}", "2011", "only the year"),
        ("year = 2011, month = 14", "2011", "only the year"),
        ("year = 2011, month = {jui.}", "2011", "only the year"),  # juin or juillet
        ("year = 2011, month = {December--January}", "2011", "only the year"),
        ("year = 2011, month = {Nov 2010 -- Jan}", "2011", "only the year"),
        ("year = 2011, month = {2012-03}", "2011", "only the year"),
        ("year = 2011, month = {31 September}", "2011-09", "only the year and month"),
        ("year = 2011, month = 2, day = 29", "2011-02", "only the year and month"),
        ("year = 2011, month = {late May}", "2011-05", "only the year and month"),
        ("year = 2011, month = {Jul-12}", "2011-07", "only the year and month"),
        ("year = 2011, month = {May, 14 pages}", "2011-05", "only the year and month"),
        ("year = 2011, month = {May (accessed June 3)}", "2011-05", "only the year and month"),
        ("year = 2011, month = {Last visited: 3 June 2012}", "2011", "only the year"),
        ("year = 2011, month = {-5}", "2011", ""),
        ("date = {201X}", "None", "is not a valid date"),
        ("date = {/2011}", "None", "is not a valid date"),
        ("date = {2011-23}", "2011", "only the year"),
        ("date = {Summer 2011}", "2011", "only the year"),
        ("date = {03/04/2011}", "2011", "only the year"),
        ("year = {1790/1988}", "1790", "only the year"),
        ("year = {3/4/2011}", "2011", "only the year"),
        ("year = {2718}", "2718", "far in the future"),
    ],
)
def test_unused_parts_of_a_date_are_reported(fields: str, date: str, said: str) -> None:
    found, reason = dated(fields)
    assert found == date
    assert said in reason


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("date = {2019-02-28T23:59:59Z}", "2019-02-28"), ("date = {2019-02-28T23:59:59.123-08:00}", "2019-02-28"),
        ("date = {2019-02-28 07:30}", "2019-02-28"), ("date = {Thu, 28 Feb 2019 07:30:00 GMT}", "2019-02-28"),
        ("date = {2019-02-28T07:30/2019-03-01T09:00}", "2019-02-28"), ("date = {20190228}", "2019-02-28"),
        ("date = {2019-02-XX}", "2019-02"), ("date = {28.02.2019}", "2019-02-28"), ("date = {28/2/2019}", "2019-02-28"),
        ("date = {28 February -- 2 March 2019}", "2019-02-28"), ("date = {2019年2月28日}", "2019-02-28"),
        ("date = {2019/February/28}", "2019-02-28"), ("date = {Dec 30, 2018 -- Jan 2, 2019}", "2018-12-30"),
        ("year = {February 2019}", "2019-02"), ("year = {2019-02}", "2019-02"), ("year = {2019-02-28}", "2019-02-28"),
        ("year = {2019-20}", "2019"), ("year = {1998-99}", "1998"), ("year = {\\textcopyright 2019}", "2019"),
        ("year = 2019, month = feb, day = {28--30}", "2019-02-28"), ("year = 2019, month = {0}", "2019"),
    ],
)  # fmt: skip
def test_timestamps_and_dates_in_other_orders(fields: str, date: str) -> None:
    assert dated(fields) == (date, "")


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2018/June", "2018-06"), ("2018/ June", "2018-06"), ("2018-05/2019", "2018-05"), ("2018/Term", "2018"),
        ("2018/06/12", "2018-06-12"),
    ],
)  # fmt: skip
def test_a_slash_between_year_and_month_is_no_range(given: str, date: str) -> None:
    assert dated(f"date = {{{given}}}")[0] == date
    assert dated(f"date = {{{given}}}, year = {{2018}}")[0] == date


def test_words_that_only_start_like_a_month_are_not_months() -> None:
    assert [month_of(word) for word in ("decade", "octal", "mayor", "marathon", "junior", "ma", "jui", "season")] == [
        None
    ] * 8
    assert [month_of(word) for word in ("Mar", "sept", "Decemver", "SRPNA", "haz")] == [3, 9, 12, 8, 6]
