"""CSL-JSON as in real files: containers of items, suffixes in given names, spaces inside markup, slashes."""

from __future__ import annotations

import json

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

ONE = {"id": "a", "type": "book", "title": "First", "author": [{"family": "Li", "given": "Bo"}]}
TWO = {"id": "b", "type": "book", "title": "Second", "issued": {"date-parts": [[2001]]}}


def test_an_object_of_items_by_id_gives_items_with_lines() -> None:
    text = json.dumps({"http://x.org/a": ONE, 'doe:"2001"': TWO}, indent=1)
    reading = parse_source(decode_source("x.json", text.encode()))
    assert [(draft.title, draft.source.line) for draft in reading.records] == [("First", 2), ("Second", 13)]
    assert reading.diagnostics == ()


@pytest.mark.parametrize(
    "shape",
    [
        {"items": {"a": ONE, "b": TWO}}, {"references": [ONE, TWO]},
        {"status": "ok", "message-type": "work-list", "message": {"total-results": 2, "items": [ONE, TWO]}},
    ],
)  # fmt: skip
def test_an_object_may_contain_the_items(shape: dict[str, object]) -> None:
    reading = parse_source(decode_source("x.json", json.dumps(shape).encode()))
    assert [draft.title for draft in reading.records] == ["First", "Second"]
    assert reading.diagnostics == ()


def test_a_crossref_response_contains_one_item() -> None:
    work = {"indexed": {"date-parts": [[2022, 1, 2]]}, "title": ["A <i>work</i>"], "author": ONE["author"]}
    answer = {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": work}
    for in_order, line in ((False, 5), (True, 2)):
        text = json.dumps(answer, indent=1, sort_keys=in_order)
        reading = parse_source(decode_source("x.json", text.encode()))
        (draft,) = reading.records
        assert (draft.title, draft.authors, draft.source.line) == ("A work", ("Bo Li",), line)
        assert reading.diagnostics == ()


@pytest.mark.parametrize("rest", ['{"c": 1}', "end"])
def test_text_after_items_by_id_is_reported(rest: str) -> None:
    reading = parse_source(decode_source("x.json", (json.dumps({"a": ONE}) + rest).encode()))
    assert [draft.title for draft in reading.records] == ["First"]
    assert [problem.reason for problem in reading.diagnostics] == ["unexpected text after the end of the object"]


def test_an_item_may_contain_nested_items() -> None:
    text = json.dumps(ONE | {"custom": {"items": {"x": TWO}}}) + "\n" + json.dumps(TWO)
    reading = parse_source(decode_source("x.json", text.encode()))
    assert [draft.title for draft in reading.records] == ["First", "Second"]
    assert reading.diagnostics == ()


def test_an_object_of_dates_is_one_empty_record() -> None:
    text = '[{"issued": {"date-parts": [[2001]]}, "accessed": {"date-parts": [[2002]]}}]'
    reading = parse_source(decode_source("x.json", text.encode()))
    assert reading.records == ()
    assert ["neither a title nor an abstract" in problem.reason for problem in reading.diagnostics] == [True]


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Review of <i> Old Mills </i> by Li", "Review of Old Mills by Li"), (" <b> Mills</b>", "Mills"),
        ("Mills <em>in situ</em> and <strong>CO<sub>2</sub></strong>", "Mills in situ and CO2"),
        ("<scp>DNA</scp> for x<y and y>z", "DNA for x<y and y>z"),
    ],
)  # fmt: skip
def test_markup_is_replaced_by_one_space(title: str, bare: str) -> None:
    (draft,) = parse_source(decode_source("x.json", json.dumps([ONE | {"title": title}]).encode())).records
    assert draft.title == bare


@pytest.mark.parametrize(
    ("person", "printed"),
    [
        ({"family": "Miller", "given": "Walter O., III"}, "Walter O. Miller III"),
        ({"family": "Berg", "given": "Jan, Jr.", "non-dropping-particle": "van der"}, "Jan van der Berg Jr."),
        ({"family": "Miller", "given": "Walter O., III", "suffix": "Jr."}, "Miller, Jr., Walter O., III"),
        ({"family": "Miller", "given": "Walter, Dean"}, "Miller, Walter, Dean"),
    ],
)
def test_a_suffix_may_follow_the_given_names(person: dict[str, str], printed: str) -> None:
    (draft,) = parse_source(decode_source("x.json", json.dumps([ONE | {"author": [person]}]).encode())).records
    assert draft.authors == (printed,)


@pytest.mark.parametrize(
    "person", [{"literal": "others"}, {"literal": "et al."}, {"family": "al.", "given": "Et"}, {"family": "Others"}]
)
def test_others_is_not_an_author(person: dict[str, str]) -> None:
    item = ONE | {"author": [{"family": "Li", "given": "Bo"}, person]}
    (draft,) = parse_source(decode_source("x.json", json.dumps([item]).encode())).records
    assert (draft.authors, draft.authors_truncated) == (("Bo Li",), True)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2004-05/2006", "2004-05"), ("2004/", "2004"), ("2018/06/12", "2018-06-12"), ("2015/ed", "2015"),
        ("06/12/2018", "2018"), ("Tue, 06/12/2018 - 12:00", "2018"), ("October/November 2005", "2005-10"),
        ("../2004", "None"), ("unknown/2006", "None"), ("/2006", "None"),
    ],
)  # fmt: skip
def test_only_a_slash_between_years_is_a_range(written: str, date: str) -> None:
    for issued in ({"raw": written}, {"literal": written}, written):
        (draft,) = parse_source(decode_source("x.json", json.dumps([ONE | {"issued": issued}]).encode())).records
        assert str(draft.date) == date


def test_a_doi_ends_at_a_quotation_mark() -> None:
    item = ONE | {"DOI": '<a href="https://doi.org/10.1000/(ab)1:2<3::c>4">10.1000/x</a>'}
    (draft,) = parse_source(decode_source("x.json", json.dumps([item]).encode())).records
    assert draft.doi == "10.1000/(ab)1:2<3::c>4"
