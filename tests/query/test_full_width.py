"""Full-width punctuation and curly quotes are query syntax, but stay unchanged inside words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import QueryError
from tui.query.full_width import with_ascii_punctuation
from tui.query.query_completion import CompletionData, complete
from tui.query.query_parser import parse


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("“glass surfaces”", '"glass surfaces"'),
        ("„glass surfaces“ robots", '"glass surfaces" robots'),
        ("«glass surfaces»", '"glass surfaces"'),
        ("＂glass surfaces＂", '"glass surfaces"'),
        ("「玻璃 表面」", '"玻璃 表面"'),
        ('"glass surfaces”', '"glass surfaces"'),
        ("author：durand", "author:durand"),
        ("title：“glass surfaces”，robots", 'title:"glass surfaces",robots'),
        ("year：＞＝2021　tag：nerf，robots", "year:>=2021 tag:nerf,robots"),
        ("－tag：seen ！is：read", "-tag:seen !is:read"),
        ("（author：durand OR author：chen） glass", "(author:durand OR author:chen) glass"),
        ("author：durand ｜ tag：＝nerf", "author:durand | tag:=nerf"),
        ("～grapsing glass＊", "~grapsing glass*"),
        ("sort：year-desc limit：5", "sort:year-desc limit:5"),
    ],
)
def test_full_width_syntax_means_the_same_as_ascii(typed: str, meant: str) -> None:
    assert (parse(typed).where, parse(typed).sort, parse(typed).limit) == (
        parse(meant).where, parse(meant).sort, parse(meant).limit
    )  # fmt: skip
    assert parse(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("glass)|author：durand", "glass)|author:durand"),
        ("f(a)|author：durand", "f(a)|author:durand"),
        ("f(a|author：durand)", "f(a|author：durand)"),
        ("f(a))|author：durand", "f(a))|author:durand"),
        ("(f(a)|author：durand)｜tag：b", "(f(a)|author:durand)|tag:b"),
    ],
)
def test_brackets_of_a_word_are_part_of_it_and_others_end_it(typed: str, meant: str) -> None:
    assert with_ascii_punctuation(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        '"she wrote “glass”"',
        "/“[a-z]+”|：/",
        "玻璃：表面",
        "BERT：预训练",
        "O（n）",
        "don”t",
        '“says "so"”',
        "学习，方法",
    ],
)
def test_characters_that_are_not_syntax_stay(text: str) -> None:
    assert with_ascii_punctuation(text) == text


def test_an_unclosed_quotation_is_reported() -> None:
    with pytest.raises(QueryError, match="the quotation mark is not closed"):
        parse("robots “glass")


def test_values_are_completed_after_a_full_width_colon() -> None:
    assert [each.text for each in complete("tag：ne", 6, CompletionData(tags=("nerf", "ml")))] == ["nerf"]


SIGNS = [*'ab /\\"“”„«»：，－！～＠＞＝（）｜＊()|,:-!@', "tag", "author："]


@given(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
def test_offsets_stay_the_same(text: str) -> None:
    assert len(with_ascii_punctuation(text)) == len(text)


@given(st.lists(st.sampled_from("ab1 /\\\".:,-!@()|<>=~*'&é"), max_size=30).map("".join))
def test_ascii_stays_unchanged(text: str) -> None:
    assert with_ascii_punctuation(text + " “x”")[: len(text)] == text
