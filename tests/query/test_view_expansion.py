"""Saved views that name saved views: what is the same is shared, and all of it has bounds."""

from __future__ import annotations

import pytest

from tui.errors import QueryError
from tui.query.query_parser import parse
from tui.query.syntax_tree import And, Node, Not, Or, View
from tui.query.view_expansion import expand_views


def chain(length: int, form: str) -> dict[str, str]:
    """Views of which each names the one before."""
    return {"v0": "cats"} | {f"v{number}": form.format(f"@v{number - 1}") for number in range(1, length)}


def size(node: Node) -> int:
    match node:
        case And(parts) | Or(parts):
            return 1 + sum(map(size, parts))
        case Not(part) | View(_, part):
            return 1 + size(part)
        case _:
            return 1


@pytest.mark.parametrize("form", ["{0} {0}", "{0} | {0}", "{0} {0} {0} dogs", "({0} | {0}) ({0} | {0})"])
def test_a_view_repeated_in_one_group_counts_once(form: str) -> None:
    views = chain(8, "{0} {0}") | {"last": form.format("@v7")}
    where = expand_views(parse("@last"), views).where
    assert size(where) < 40
    assert where == expand_views(parse("@last"), views).where


@pytest.mark.parametrize("form", ["({0} dogs) | ({0} fish)", "{0} -{0}", "({0} | a) ({0} | b) ({0} | c)"])
def test_views_with_too_many_parts_are_refused(form: str) -> None:
    with pytest.raises(QueryError, match=r"the query has more than 2000 parts") as refused:
        expand_views(parse("birds @v18"), chain(19, form))
    assert refused.value.position == 6


def test_the_limit_of_parts_is_exact() -> None:
    most = 2000 - 2  # the view, and the group of its words
    assert size(expand_views(parse("@v"), {"v": " ".join(["a"] * most)}).where) == 2000
    with pytest.raises(QueryError, match="more than 2000 parts"):
        expand_views(parse("@v"), {"v": " ".join(["a"] * (most + 1))})


@pytest.mark.parametrize("length", [22, 500, 5000])
def test_views_nested_too_deeply_are_refused(length: int) -> None:
    with pytest.raises(QueryError, match="more than 20 levels deep"):
        expand_views(parse(f"@v{length - 1}"), chain(length, "{0} dogs"))


def test_typical_saved_views_are_expanded() -> None:
    views = chain(12, "{0} dogs") | {"both": "@v3 | @v4 -@v5"}
    where = expand_views(parse("@both @v11"), views).where
    assert size(where) > 30
    with pytest.raises(QueryError, match=r"@a refers to itself|@b refers to itself"):
        expand_views(parse("@a"), {"a": "@b dogs", "b": "fish @a"})


@pytest.mark.parametrize("digits", ["9" * 10, "9" * 5000, "0" * 5000, "1" + "0" * 4400])
def test_a_limit_with_too_many_digits_is_an_error(digits: str) -> None:
    with pytest.raises(QueryError, match="limit: needs a number"):
        parse(f"cats limit:{digits}")
