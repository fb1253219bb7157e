from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tui.query.fields import FIELDS
from tui.query.query_completion import CompletionData, complete
from tui.query.query_parser import parse

if TYPE_CHECKING:
    from tests.query.conftest import Shelf

DATA = CompletionData(
    tags=("ml", "ml/vision", "todo"),
    categories=("cs.CV", "cs.LG", "stat.ML"),
    authors=("Wei Liu", "Anna Müller"),
    sources=("first.txt", "other page.txt"),
    years=("2023", "2022"),
    views=("inbox", "to read"),
)


def candidates(text: str, cursor: int | None = None) -> list[str]:
    return [candidate.text for candidate in complete(text, len(text) if cursor is None else cursor, DATA)]


def accept_first(text: str) -> str:
    """The text after the first candidate is accepted."""
    first = complete(text, len(text), DATA)[0]
    return text[: first.start] + first.text + text[first.end :]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tit", "title:"),
        ("nerf ye", "nerf year:"),
        ("-ta", "-tag:"),
        ("!(ta", "!(tag:"),
        ("(a OR ta", "(a OR tag:"),
        ("a|ta", "a|tag:"),
        ("tag:vis", "tag:ml/vision"),
        ("tag:=to", "tag:=todo"),
        ("-tag:ml,to", "-tag:ml,todo"),
        ("cat:lg", "cat:cs.LG"),
        ("author:mul", 'author:"Anna Müller"'),
        ('author:"wei l', 'author:"Wei Liu"'),
        ("source:other", 'source:"other page.txt"'),
        ("status:qu", "status:queued"),
        ("is:sta", "is:starred"),
        ("no:ta", "no:tag"),
        ("added:to", "added:today"),
        ("year:22", "year:2022"),
        ("sort:rel", "sort:relevance"),
        ("sort:year,ti", "sort:year,title"),
        ("sort:year-", "sort:year-asc"),
        ("year:2022..", "year:2022..2023"),
        ("year:>=22", "year:>=2022"),
        ("date:20", "date:2023"),
        ("added:7d..y", "added:7d..yesterday"),
        ("is:unread,", "is:unread,queued"),
        ('author:"Wei Liu",', 'author:"Wei Liu","Anna Müller"'),
        ("O(n ta", "O(n tag:"),
        ("@in", "@inbox"),
        ("@read", '@"to read"'),
        ('"a b" is:un', '"a b" is:unread'),
    ],
)
def test_the_first_candidate(text: str, first: str) -> None:
    assert accept_first(text) == first
    if not first.endswith(":") and "(" not in first:
        parse(first)


def test_prefix_matches_come_before_other_matches() -> None:
    assert candidates("tag:") == ["ml", "ml/vision", "todo"]
    assert candidates("cat:ml") == ["stat.ML"]
    assert candidates("a")[:3] == ["author:", "abstract:", "any:"]


def test_text_after_the_cursor_stays() -> None:
    (candidate,) = complete("tag:to nerf", 6, DATA)
    assert (candidate.text, candidate.start, candidate.end) == ("todo", 4, 6)


@pytest.mark.parametrize("text", ["", "nerf ", "xyzzy", "xyzzy:a", "tag:xyzzy", '"tag:'])
def test_no_candidates_without_a_match(text: str) -> None:
    assert candidates(text) == []


def test_every_field_is_offered_with_its_help() -> None:
    for spec in FIELDS:
        (own,) = (each for each in complete(spec.name, len(spec.name), DATA) if each.label == spec.name)
        assert own.help == spec.help


def test_completion_data_lists_the_most_frequent_values_first(shelf: Shelf) -> None:
    shelf.saved = {"b": "x", "a": "y"}
    shelf.search.find("", today=date(2026, 11, 20))
    data = shelf.search.completion_data()
    assert data.tags == ("ml", "Classic", "ml/vision", "mlops")
    assert data.categories == ("cs.CV", "cs.LG", "quant-ph", "stat.ML")
    assert data.sources == ("first.txt", "other page.txt", "third.txt")
    assert data.authors[0] == "Ben Mildenhall"
    assert data.views == ("b", "a"), "in the order that the user gave them"
