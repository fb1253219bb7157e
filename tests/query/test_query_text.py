"""Query text → tree → text is lossless, and every error has a position and a hint."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.errors import QueryError
from tui.index.search_text import fold_text
from tui.model.partial_date import PartialDate
from tui.query.fields import BY_NAME, FIELDS, HAS, IS, FieldKind
from tui.query.match_all import MatchAll
from tui.query.partial_query import parse_partial
from tui.query.query_parser import parse
from tui.query.query_value import Query
from tui.query.sort_key import SortKey, sort_to_text
from tui.query.sorting import SORTS
from tui.query.syntax_tree import (
    And,
    Compare,
    Exact,
    Field,
    Fuzzy,
    Node,
    Not,
    OnDate,
    Or,
    Phrase,
    Prefix,
    Range,
    Regex,
    RelativeDate,
    ViewRef,
    Word,
    to_text,
)

if TYPE_CHECKING:
    from tests.query.conftest import Shelf

LETTERS = "abzäßÉ019.+'&%$#{}\\[]=<>;?_^~@/-!*:\""
INNER = st.text(LETTERS, max_size=6)
FIRST = st.sampled_from("abzäßÉ019+'&%$#{}\\[];?_^.")


BARE = st.builds(lambda first, rest: first + rest.replace(":", ""), FIRST, INNER).filter(
    lambda t: fold_text(t) != "" and not t.endswith("*")
)
WITH_BRACKETS = st.builds(lambda a, b: f"{a}({b})", BARE, BARE)
WORDS = st.one_of(BARE, WITH_BRACKETS)
VALUES = BARE.filter(lambda text: text[0] not in "=<>")
PHRASES = st.text(LETTERS + " ,()|", min_size=1, max_size=8).filter(fold_text)
PATTERNS = st.sampled_from([r"nerf|gauss", r"a/b", r"\d+\.\d", r"a\\/b", "[a-z]{2}", "(?:x y)", r"\bfoo\b"])

word_values = st.one_of(
    st.builds(Word, VALUES),
    st.builds(Phrase, PHRASES),
    st.builds(Prefix, VALUES),
    st.builds(Fuzzy, BARE),
    st.builds(Regex, PATTERNS),
    st.builds(Exact, PHRASES),
)
years = st.builds(PartialDate, st.integers(1, 9999))
days = {
    ahead: st.one_of(
        years,
        st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
        st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)),
        st.builds(RelativeDate, st.integers(1, 9999), st.sampled_from("dwmy"), st.just(ahead)),
        st.just(RelativeDate(0, "d", ahead)),
    )
    for ahead in (False, True)
}
SIGNS = st.sampled_from([">", ">=", "<", "<="])


def dated(
    dates: st.SearchStrategy[PartialDate] | st.SearchStrategy[PartialDate | RelativeDate],
) -> st.SearchStrategy[object]:
    ends = st.one_of(st.none(), dates)
    ranges = st.tuples(ends, ends).filter(any).map(lambda both: Range(*both))
    return st.one_of(st.builds(OnDate, dates), st.builds(Compare, SIGNS, dates), ranges)


def field_values(name: str) -> st.SearchStrategy[object]:
    spec = BY_NAME[name]
    if spec.kind is FieldKind.NUMBER:
        return dated(years)
    if spec.kind is FieldKind.DATE:
        return dated(days[spec.ahead])
    return st.builds(Word, st.sampled_from(spec.choices)) if spec.choices else word_values


fields = st.sampled_from([spec.name for spec in FIELDS if spec.kind is not FieldKind.ORDER]).flatmap(
    lambda name: st.builds(Field, st.just(name), st.lists(field_values(name), min_size=1, max_size=3).map(tuple))
)
leaves = st.one_of(
    st.builds(Word, WORDS),
    st.builds(Phrase, PHRASES),
    st.builds(Prefix, WORDS),
    st.builds(Fuzzy, WORDS),
    st.builds(Regex, PATTERNS),
    st.builds(ViewRef, PHRASES),
    st.just(MatchAll()),
    fields,
)


def grown(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    one_id = several.filter(lambda nodes: sum(isinstance(node, Field) and node.name == "id" for node in nodes) < 2)
    return st.one_of(st.builds(Not, parts), st.builds(And, one_id), st.builds(Or, several))


trees = st.recursive(leaves, grown, max_leaves=8)
orders = st.lists(st.builds(SortKey, st.sampled_from(sorted(SORTS)), st.booleans()), max_size=3).map(tuple)
queries = st.builds(Query, trees, orders, st.one_of(st.none(), st.integers(1, 10**6)))


def query_to_text(query: Query) -> str:
    where = "" if isinstance(query.where, MatchAll) else to_text(query.where)
    sort = f"sort:{sort_to_text(query.sort)}" if query.sort else ""
    limit = "" if query.limit is None else f"limit:{query.limit}"
    return " ".join(filter(None, (where, sort, limit)))


@examples(250)
@given(queries)
def test_parsing_the_text_of_a_query_gives_the_same_query(query: Query) -> None:
    assert parse(query_to_text(query)) == query


@examples(200)
@given(st.text('ab AND OR NOT | -!()":,~@/*=<>. \\tag:year:sort:x{}', max_size=40))
def test_any_text_is_a_query_or_an_error_with_a_position(text: str) -> None:
    raised: QueryError | None = None
    try:
        query = parse(text)
    except QueryError as error:
        raised = error
    if raised is None:
        assert parse(query_to_text(query)) == query
    else:
        assert 0 <= raised.position <= len(text)
        assert raised.message


@examples(150)
@given(queries)
def test_no_beginning_of_a_query_is_an_error(query: Query) -> None:
    text = query_to_text(query)
    for end in range(len(text)):
        whole, missing = parse_partial(text[:end])
        assert whole is not None or missing is not None
        if whole is not None:
            assert whole.startswith(text[:end])
            assert (whole == text[:end]) is (missing is None)
            parse(whole)


@examples(80)
@given(queries)
def test_items_have_their_position_in_the_text(query: Query) -> None:
    text = query_to_text(query)
    for item in parse(text).items:
        if item.node is not None:
            assert parse(text[item.start : item.end]).where == item.node


def test_precedence() -> None:
    a, b, c, d = (Word(letter) for letter in "abcd")
    assert parse("a b OR c -d").where == Or((And((a, b)), And((c, Not(d)))))
    assert parse("a AND b | c AND NOT d").where == Or((And((a, b)), And((c, Not(d)))))
    assert parse("a (b OR c) d").where == And((a, Or((b, c)), d))


def test_several_ids_in_one_and_are_alternatives() -> None:
    assert parse("id:7f nerf id:3a,b1 id:7f").where == parse("id:7f,3a,b1 nerf").where
    assert parse("id:7f OR id:3a").where == Or((parse("id:7f").where, parse("id:3a").where))
    assert parse("id:7f -id:3a").where == And((parse("id:7f").where, Not(parse("id:3a").where)))


def test_lower_case_operators_are_words() -> None:
    assert parse("this and that or not").where == And(tuple(map(Word, ("this", "and", "that", "or", "not"))))


def test_zero_days_weeks_months_or_years_ago_are_today() -> None:
    assert parse("date:0d").where == parse("date:0y").where == parse("date:today").where


def test_sort_and_limit_may_be_anywhere_except_after_a_negation() -> None:
    query = parse("sort:year-desc,title a OR (b limit:20)")
    assert query == Query(Or((Word("a"), Word("b"))), (SortKey("year", descending=True), SortKey("title")), 20)
    assert parse("sort:year-asc").sort == (SortKey("year"),)
    assert parse("sort:year").sort == parse("sort:year-desc").sort


ERRORS = [
    ("titel:x", 0, 'there is no field "titel"', "did you mean title?"),
    ("a titel:x", 2, 'there is no field "titel"', "did you mean title?"),
    ("colour:red", 0, 'there is no field "colour"', "choose one of: title, author"),
    ("qqqqq:x", 0, 'there is no field "qqqqq"', "choose one of: title, author"),
    ("titel:", 0, 'there is no field "titel"', "title"),
    ("from:larsson", 0, 'there is no field "from"', "did you mean author?"),
    ("nerf year=2023", 5, '"year" needs a colon', "year:>=2023"),
    ("tag>x", 0, '"tag" needs a colon', "tag:ml"),
    ("sort:-year", 5, 'unknown sort key "-year"', "year-asc or year-desc"),
    ("sort:year,desc", 10, 'unknown sort key "desc"', "-desc"),
    ("title:", 6, '"title:" needs a value', "for example"),
    ("title: x", 6, '"title:" needs a value', "for example"),
    ("tag:a,", 5, "expected a value after the comma", "write tag:a"),
    ("tag:a,,b", 5, "expected a value after the comma", "write tag:a"),
    ("title:(a b)", 6, '"title:" takes words, not a group', "title:a,b"),
    ("title:>5", 6, "cannot be used with", 'title:">"'),
    ("is:", 3, '"is:" needs a value', "choose one of: unread, queued"),
    ("is:raed", 3, 'unknown value "raed" for is:', "did you mean read?"),
    ("status:done", 7, 'unknown value "done" for status:', "unread, queued"),
    ("has:cod", 4, 'unknown value "cod" for has:', "did you mean code?"),
    ("year:20", 5, '"20" is not a year', "2019..2023"),
    ("year:2023-10", 5, '"2023-10" is not a year', ">=2020"),
    ("date:2023-13", 5, '"2023-13" is not a date', "2023-10-26"),
    ("date:>2023-02-30", 6, '"2023-02-30" is not a date', "today"),
    ("date:2019..20x", 11, '"20x" is not a date', "7d"),
    ("date:XXXX-06-02", 5, '"XXXX-06-02" is not a date', "2023"),
    ("date:..", 5, "the range is empty", "date:2019.."),
    ("date:5000000d", 5, "is not a date", "7d"),
    ('"abc', 0, "the quotation mark is not closed", '"'),
    ('a title:"abc', 8, "the quotation mark is not closed", '"'),
    ('a ""', 2, "nothing between the quotation marks", "word"),
    ("(a b", 0, "the parenthesis is not closed", ")"),
    ("a ((b)", 2, "the parenthesis is not closed", ")"),
    ("O(n", 1, "the parenthesis is not closed", ")"),
    ("a) b", 1, "unmatched closing parenthesis", "quote"),
    ("()", 0, "nothing between the parentheses", "term"),
    ("a OR", 2, "OR needs a term on its right", '"OR"'),
    ("a |", 2, "OR needs a term on its right", '"OR"'),
    ("OR a", 0, "OR needs a term on its left", '"OR"'),
    ("a OR sort:year", 2, "OR needs a term on its right", '"OR"'),
    ("a AND", 2, "AND needs a term on its right", '"AND"'),
    ("AND a", 0, "AND needs a term on its left", '"AND"'),
    ("a AND AND b", 6, "AND needs a term on its left", '"AND"'),
    ("a AND OR b", 2, "AND needs a term on its right", '"AND"'),
    ("a NOT", 2, "NOT needs a term after it", '"NOT"'),
    ("a -", 2, "- needs a term after it", '"-"'),
    ("a - b", 2, "- needs a term after it", '"-"'),
    ("-sort:year", 0, "- cannot precede sort: or limit:", "remove it"),
    ("sort:yaer", 5, 'unknown sort key "yaer"', "did you mean year?"),
    ("sort:foo", 5, 'unknown sort key "foo"', "choose one of: title, year"),
    ("sort:for", 5, 'unknown sort key "for"', "did you mean foryou?"),
    ("sort:+year", 5, 'unknown sort key "+year"', "year-desc"),
    ("sort:yaer-desc", 5, 'unknown sort key "yaer-desc"', "did you mean year?"),
    ("sort:title,", 11, "a sort key is missing", "title"),
    ("sort:year-down", 5, 'unknown sort key "year-down"', "year"),
    ("limit:0", 6, "limit: needs a number", "limit:20"),
    ("limit:many", 6, "limit: needs a number", "limit:20"),
    ("@", 0, "@ needs the name of a saved view", "@"),
    ("~", 0, '"~" needs a word', "~diffusion"),
    ('~"neural field"', 0, '"~" takes one word', "~neural"),
    ("nerf $", 5, 'cannot search for "$"', r"/\$/"),
    ('"{}"', 0, "cannot search for", "pattern"),
    ("tag:=$", 4, "cannot search for", "pattern"),
    ("title:$*", 6, "cannot search for", "pattern"),
    ("/abc", 0, "the pattern is not closed", '"/usr"'),
    ("//", 0, "the pattern is empty", "/nerf|gauss/"),
    ("title:/[/", 6, "not a regular expression", "plain words"),
    ("title:/[/]/x", 9, "unexpected text after the pattern", r"\/"),
    ("title:/(a/", 6, "not a regular expression", "plain words"),
    ("a /x{99999}/", 2, "at most 10,000 repetitions", "plain words"),
    ("/a/b", 3, "unexpected text after the pattern", r"\/"),
    ("x" * 10_001, 10_000, "at most 10000 characters", ""),
    ("(" * 60 + "a" + ")" * 60, 50, "nested too deeply", "50"),
    ("-" * 60 + "a", 50, "nested too deeply", "50"),
]


@pytest.mark.parametrize(("text", "position", "message", "hint"), ERRORS)
def test_every_error_has_a_position_a_message_and_a_hint(text: str, position: int, message: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.position == position
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.name)
def test_the_example_of_every_field_is_a_query(spec: object) -> None:
    from tui.query.fields import FieldSpec

    assert isinstance(spec, FieldSpec)
    query = parse(spec.example)
    if spec.kind is FieldKind.ORDER:
        assert query.sort or query.limit
    else:
        assert isinstance(query.where, Field)
        assert query.where.name == spec.name


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        # what is open is closed
        ('"neural fi', '"neural fi"'),
        ('title:"a', 'title:"a"'),
        ("/ner", "/ner/"),
        ("(nerf OR gau", "(nerf OR gau)"),
        ('((a "b', '((a "b"))'),
        ("O(n", "O(n)"),
        # a word may yet become a field or an operator; what only begins has no meaning yet
        *((text, None) for text in ("y", "ye", "nerf year", "-ta", "(a OR no", "a A", "a AN", "a O", "N")),
        *((text, None) for text in ("a OR", "a AND ", "a |", "-", "a NOT ", "!", "~", "@", '"', "/", "(", "(a OR ")),
        *((text, None) for text in ("year:", "year:2", "year:202", "year:2020.", "year:>", "year:2020..2", "title:")),
        *((text, None) for text in ("date:2023-", "date:2023-1", "date:12", "date:7d.", "added:to", "added:yest")),
        *((text, None) for text in ("is:", "is:unr", "-is:read,", "status:Q", "has:no", "sort:", "sort:ye")),
        *((text, None) for text in ("sort:year-", "sort:year-de", "sort:year,", "limit:", "NeRF:", "yaer:")),
        # whole as they are
        *((text, text) for text in ("nerf", "NeRF", "year ", "reads", '"year"', "note,", "a OR b", "is:read", "or")),
    ],
)
def test_the_searchable_part_of_an_incomplete_query(text: str, whole: str | None) -> None:
    found, missing = parse_partial(text)
    assert found == whole
    assert (missing is None) == (found == text)


def test_a_saved_view_that_is_not_whole_yet_is_said_to_be_missing(shelf: Shelf) -> None:
    shelf.saved["mine"] = "is:read"
    for text, message in (
        ("@min", 'there is no saved view "min"'),
        ('@nosuch "a', "the quotation mark is not closed"),
        ("(@nosuch", "the parenthesis is not closed"),
    ):
        found, missing = shelf.search.find_partial(text, today=date(2026, 11, 20))
        assert found is None
        assert missing is not None
        assert missing.message == message
    found, missing = shelf.search.find_partial("@mine", today=date(2026, 11, 20))
    assert found is not None
    assert (found.ids, missing) == (("aa01",), None)


@pytest.mark.parametrize(("text", "field"), [("tit", "title"), ("nerf ye", "year"), ("tag", "tag"), ("note", "note")])
def test_a_word_that_begins_a_field_names_it(text: str, field: str) -> None:
    _, missing = parse_partial(text)
    assert missing is not None
    assert missing.message == f'"{text.rsplit(maxsplit=1)[-1]}" may become {field}:'


@pytest.mark.parametrize(
    "text",
    [
        *("year:20x", "year:20 ", "is:foo", "is:un a", "sort:foo", "limit:x", "()", "a)", "title:>", "/[/", "- a"),
        *("date:2023-13", "yaer:2", "OR", "a OR OR", "date:99999", '"" "a', "(" * 60, "x" * 10_001),
    ],
)
def test_a_text_that_cannot_become_a_query_is_an_error(text: str) -> None:
    with pytest.raises(QueryError):
        parse_partial(text)


def test_has_and_no_and_is_take_every_flag() -> None:
    for name in HAS:
        assert parse(f"has:{name} no:{name}").where == And((Field("has", (Word(name),)), Field("no", (Word(name),))))
    for name in IS:
        assert parse(f"is:{name.upper()}").where == Field("is", (Word(name),))
