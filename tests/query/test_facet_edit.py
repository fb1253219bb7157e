"""Toggling facet values edits the query text, and their states follow from the text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.errors import QueryError
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper, SourceLocation
from tui.model.partial_date import PartialDate
from tui.query.facet_edit import toggle_facet
from tui.query.query_parser import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.query.conftest import Shelf
    from tui.query.facet_counts import FacetValue
    from tui.query.facet_edit import FacetState

    ShelfOf = Callable[[Iterable[Entry], dict[str, str]], Shelf]

TODAY = date(2026, 11, 20)

TERMS = st.sampled_from(
    [
        *("nerf", "*", "(a OR tag:ml)", "Title: of", "sort:year", "limit:3"),
        *("is:read", "is:read,queued", "-is:read", "!is:read", "is:starred", "-is:starred"),
        *("tag:ml", "-tag:ml", "NOT tag:ml", "(tag:ml)", "tag:ml,todo", "tag:=ml", "tag:nowhere"),
        *("cat:cs.CV", "cat:CV", "cat:cs", "-cat:LG,cs.CV", "year:2023", "year:2022,2023", "year:>=2022"),
        *("has:code", "no:code", "-has:note", "no:title", "is:untitled", 'source:="b c.txt"'),
        *("@mine", "-@Mine", '@"the others"', 'author:="Ann Müller"', "-author:=bo", "author:ann"),
    ]
)
LINES = st.sampled_from(
    [
        *("is:read", "is:unread", "is:starred", "tag:ml", "tag:ml/vision", "cat:cs.CV", "cat:cs.LG", "cat:quant-ph"),
        *("year:2023", "has:code", "no:title", 'source:="b c.txt"', "@:mine", 'author:="Ann Müller"'),
    ]
)
OTHERS = ["is:queued", "is:starred", "tag:todo", "cat:cs.LG", "year:2023", "has:note", "no:title", '@:"the others"']
VIEWS = {"mine": "is:read", "the others": "-@mine"}
STATES: st.SearchStrategy[FacetState] = st.sampled_from(["include", "exclude", "ignore"])


def is_query(text: str) -> bool:
    try:
        parse(text)
    except QueryError:
        return False
    return True


typed = st.builds(
    lambda parts, sign: sign.join(parts), st.lists(TERMS, max_size=4), st.sampled_from([" ", " AND ", "  ", " OR "])
).filter(is_query)


def pick(text: str, line: str, state: FacetState) -> str:
    field, _, value = line.partition(":")
    return toggle_facet(text, field, value, state)


def lines(shelf: Shelf, text: str) -> dict[str, FacetValue]:
    facets = shelf.search.facets(shelf.search.find(text, today=TODAY))
    return {f"{facet.field}:{line.value}": line for facet in facets for line in facet.values}


PAPERS_WITH_ALL = [
    Entry(Paper("0", authors=("Ann Müller", "Bo")), Mark()),
    Entry(
        Paper("1", title="a", authors=("Ann Müller",), category="cs.CV", date=PartialDate(2023), has_code=True),
        Mark(tags=("ml/vision",)),
    ),
    Entry(Paper("2", category="cs.LG"), Mark(tags=("todo",))),
    Entry(Paper("3", category="quant-ph", sources=(SourceLocation("b c.txt", 1),)), Mark()),
]


@examples(300)
@given(typed, LINES, STATES)
def test_toggling_a_value_sets_its_state_and_no_other(
    shelf_of: ShelfOf, text: str, line: str, wanted: FacetState
) -> None:
    shelf = shelf_of(PAPERS_WITH_ALL, VIEWS)
    before = lines(shelf, text)
    after = pick(text, line, wanted)
    now = lines(shelf, after)
    assert now[line].state == wanted
    for other in OTHERS:
        if other != line:
            assert now[other].state == before[other].state
    assert (parse(after).sort, parse(after).limit) == (parse(text).sort, parse(text).limit)
    assert pick(after, line, wanted).split() == after.split()


@examples(200)
@given(typed, LINES, STATES)
def test_ignoring_a_value_removes_it_from_the_query(text: str, line: str, wanted: FacetState) -> None:
    cleared = pick(text, line, "ignore")
    again = pick(pick(cleared, line, wanted), line, "ignore")
    assert parse(again).where == parse(cleared).where


@pytest.mark.parametrize(
    ("text", "line", "wanted", "after"),
    [
        ("", "tag:ml", "include", "tag:ml"),
        ("nerf", "tag:ml", "include", "nerf tag:ml"),
        ("nerf", "tag:ml", "exclude", "nerf -tag:ml"),
        ("nerf tag:ml wave", "tag:ml", "ignore", "nerf wave"),
        ("nerf AND tag:ml AND wave", "tag:ml", "ignore", "nerf AND wave"),
        ("tag:ml AND wave", "tag:ml", "ignore", "wave"),
        ("nerf tag:ml  wave", "tag:ml", "exclude", "nerf  wave -tag:ml"),
        ("tag:ml", "tag:todo", "include", "tag:ml tag:todo"),
        ("tag:ml,todo", "tag:ml", "ignore", "tag:todo"),
        ("is:read", "is:queued", "include", "is:read,queued"),
        ("(is:read)", "is:queued", "include", "is:read,queued"),
        ("status:read nerf", "is:queued", "include", "status:read,queued nerf"),
        ("is:read,starred", "is:queued", "include", "is:read,starred is:queued"),
        ("is:read", "is:starred", "include", "is:read is:starred"),
        ("cat:CV", "cat:cs.CV", "exclude", "-cat:cs.CV"),
        ("cat:cs.LG -cat:CV", "cat:cs.CV", "include", "cat:cs.LG,cs.CV"),
        ("a OR b", "tag:ml", "include", "(a OR b) tag:ml"),
        ("(a OR b) tag:ml", "tag:ml", "ignore", "(a OR b)"),
        ("nerf sort:year", "tag:ml", "include", "nerf sort:year tag:ml"),
        ("tag:ml sort:year nerf", "tag:ml", "ignore", "sort:year nerf"),
        ("no:title", "has:title", "include", "has:title"),
        ("is:untitled", "no:title", "ignore", ""),
        ("NeRF: tag:ml", "tag:ml", "ignore", "NeRF: "),
        ("", 'source:="b c.txt"', "include", 'source:="b c.txt"'),
        ("nerf", "@:mine", "include", "nerf @mine"),
        ("@Mine nerf", "@:mine", "exclude", "nerf -@mine"),
        ("nerf -@mine", "@:mine", "ignore", "nerf"),
        ("", '@:"the others"', "include", '@"the others"'),
        ('author:="Ann Müller"', 'author:="Bo"', "include", 'author:="Ann Müller" author:="Bo"'),
    ],
)
def test_the_text_after_toggling(text: str, line: str, wanted: FacetState, after: str) -> None:
    assert pick(text, line, wanted) == after


def test_toggling_in_an_invalid_query_raises_its_error() -> None:
    with pytest.raises(QueryError):
        toggle_facet("(nerf", "tag", "ml", "include")


def test_a_field_without_a_facet_cannot_be_toggled() -> None:
    with pytest.raises(ValueError, match="not a facet term"):
        toggle_facet("", "title", "nerf", "include")
