"""Results besides their papers: order, words to highlight, explanation, and what they read."""

from __future__ import annotations

from datetime import date
from time import process_time
from typing import TYPE_CHECKING

import pytest

from tui.errors import QueryError
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper

if TYPE_CHECKING:
    from tests.query.conftest import Shelf
    from tui.query.search import QueryResult

TODAY = date(2026, 11, 20)


def ask(shelf: Shelf, text: str, sort: str | None = None) -> QueryResult:
    return shelf.search.find(text, sort=sort, today=TODAY)


def test_the_empty_query_reads_no_paper(shelf: Shelf) -> None:
    assert ask(shelf, "").ids == ("aa01", "aa02", "bb03", "bb04", "bb05")
    assert shelf.read == []


BY_MARK = (
    "tag:ml", "-tag:ml", "tag:=ml", "status:read,queued", "read:2026-11", "is:unread", "is:starred", "-is:snoozed",
    "has:note", "no:tag", "tag:mlops OR is:skipped",
)  # fmt: skip


@pytest.mark.parametrize("query", BY_MARK)
def test_a_query_on_marks_reads_no_paper(shelf: Shelf, query: str) -> None:
    found = shelf.find(query)
    assert shelf.read == []
    shelf.search.reset()
    assert shelf.search.prebuild(60_000)
    assert shelf.find(query) == found


@pytest.mark.parametrize("query", ["efficient tag:mlops", "year:1926 -no:tag is:skipped"])
def test_only_papers_that_match_by_mark_are_read(shelf: Shelf, query: str) -> None:
    (found,) = shelf.find(query)
    assert set(shelf.read) == {found}


def test_a_mark_changed_before_any_query_reads_no_paper(shelf: Shelf) -> None:
    shelf.set_mark("aa01", Mark())
    assert shelf.read == []


@pytest.mark.parametrize(
    ("text", "sort", "in_force"),
    [
        ("", None, "catalogue"),
        ("is:read", None, "catalogue"),
        ("nerf", None, "relevance"),
        ("nerf", "year-desc", "year"),
        ("nerf sort:title", "year-desc", "title"),
        ("", "year-desc,title-asc", "year,title"),
        ("title:nerf", None, "catalogue"),
        ("-nerf", None, "catalogue"),
    ],
)
def test_the_order_used(shelf: Shelf, text: str, sort: str | None, in_force: str) -> None:
    assert ask(shelf, text, sort).sort == in_force


def test_an_unknown_sort_key_is_an_error(shelf: Shelf) -> None:
    with pytest.raises(QueryError, match='unknown sort key "yaer"'):
        ask(shelf, "", "yaer")


def test_many_hits_are_not_ranked(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.query.engine.MAX_RANKED", 1)
    assert ask(shelf, "nerf").sort == "catalogue"
    assert ask(shelf, "mildenhall").sort == "relevance"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("NeRF  Schrödinger", ("nerf", "schrodinger")),
        ('"of  Matter" wave*', ("of matter", "wave")),
        ("title:Nerf author:liu -abstract:we", ("nerf", "liu")),
        ("NOT nerf", ()),
        ("tag:ml cat:cs is:read year:2020", ()),
        ("nerf OR nerf", ("nerf",)),
        ("~difusion", ("diffusion",)),
    ],
)
def test_words_to_highlight(shelf: Shelf, text: str, terms: tuple[str, ...]) -> None:
    assert ask(shelf, text).terms == terms


def test_a_mistyped_word_is_replaced_by_the_nearest(shelf: Shelf) -> None:
    listing = ask(shelf, "difusion")
    assert listing.explanation.whole == 'no matches for "difusion"; showing "diffusion"'
    assert listing.ids == ("bb03", "bb05")
    assert listing.terms == ("diffusion",)
    assert listing.query.text == "difusion"


def test_of_equally_similar_words_the_one_with_more_matches_is_used(shelf: Shelf) -> None:
    texts = ["a wavy line", "a wavx line", "wavx again"]
    shelf.entries = {str(place): Entry(Paper(str(place), title=text), Mark()) for place, text in enumerate(texts)}
    shelf.search.reset()
    assert ask(shelf, "wavz").explanation.whole == 'no matches for "wavz"; showing "wavx"'


def test_either_all_mistyped_words_are_replaced_or_none(shelf: Shelf) -> None:
    assert ask(shelf, "difusion efficent").explanation.whole == (
        'no matches for "difusion"; showing "diffusion"; no matches for "efficent"; showing "efficient"'
    )
    assert ask(shelf, "difusion qwertyuiop").explanation.whole == (
        "difusion leaves no papers; each term alone: difusion 0, qwertyuiop 0"
    )


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ("nerf", ""),
        ("xyz", "no paper matches xyz"),
        ("title:difusion", 'no matches for "difusion"; showing "diffusion"'),
        ("author:midlenhall", 'no matches for "midlenhall"; showing "mildenhall"'),
        ("title:midlenhall", "no paper matches title:midlenhall"),
        ('"raidance feilds"', 'no matches for "raidance feilds"; showing "radiance fields"'),
        ("difusion* OR qqqqqq", 'no matches for "difusion"; showing "diffusion"'),
        ("unread", 'no matches for "unread"; showing is:unread'),
        ("nerf #ml", 'no matches for "#ml"; showing tag:ml'),
        ("nerf #xyz", "#xyz leaves no papers (2 without it); each term alone: nerf 2, #xyz 0"),
        ("-nerf difusion", 'no matches for "difusion"; showing "diffusion"'),
        (
            "nerf -tag:nowhere xyzzy",
            "xyzzy leaves no papers (2 without it); each term alone: nerf 2, -tag:nowhere 5, xyzzy 0",
        ),
        ("tag:nowhere", "no paper matches tag:nowhere"),
        ("nerf OR mildenhall tag:nowhere", ""),
        ("xyz OR tag:nowhere", "no paper matches xyz OR tag:nowhere"),
        ("nerf is:queued", "is:queued leaves no papers (2 without it); each term alone: nerf 2, is:queued 1"),
        (
            "nerf year:2020 is:skipped tag:ml",
            "is:skipped leaves no papers (1 without it); each term alone: nerf 2, year:2020 1, is:skipped 1, tag:ml 2",
        ),
        ("nerf -nerf", "-nerf leaves no papers (2 without it); each term alone: nerf 2, -nerf 3"),
    ],
)
def test_an_empty_result_is_explained(shelf: Shelf, text: str, explanation: str) -> None:
    assert ask(shelf, text).explanation.whole == explanation


@pytest.mark.parametrize(
    ("text", "counts", "is_correction"),
    [
        ("nerf", "", False),
        ("xyz", "", False),
        ("difusion", "", True),
        ("difusion sort:foryou", "", True),
        ("nerf sort:foryou", "", False),
        ("nerf xyz", "each term alone: nerf 2, xyz 0", False),
    ],
)
def test_what_is_explained_is_not_only_in_the_text(shelf: Shelf, text: str, counts: str, is_correction: bool) -> None:
    found = ask(shelf, text).explanation
    assert (found.counts, found.is_correction) == (counts, is_correction)


def test_a_list_without_papers_needs_no_explanation(shelf: Shelf) -> None:
    shelf.entries = {}
    shelf.search.reset()
    assert ask(shelf, "nerf").explanation.whole == ""


@pytest.mark.parametrize(
    ("views", "text", "position", "message"),
    [
        ({}, "nerf @mine", 5, 'there is no saved view "mine"'),
        ({"a": "@b", "b": "nerf @c", "c": "@a"}, "-@a", 1, "the saved view @a refers to itself: @a → @b → @c → @a"),
        ({"a": "@a"}, "@a", 0, "the saved view @a refers to itself: @a → @a"),
        ({"a": "(nerf"}, "x @a", 2, "in the saved view @a: the parenthesis is not closed"),
        ({"a": "@b", "b": "(nerf"}, "@a", 0, "in the saved view @b: the parenthesis is not closed"),
        ({"a": "@b"}, "@a", 0, 'in the saved view @a: there is no saved view "b"'),
    ],
)
def test_errors_in_a_view(shelf: Shelf, views: dict[str, str], text: str, position: int, message: str) -> None:
    shelf.saved = views
    with pytest.raises(QueryError) as caught:
        ask(shelf, text)
    assert caught.value.message == message
    assert caught.value.position == position


def test_a_changed_view_changes_the_result(shelf: Shelf) -> None:
    shelf.saved = {"mine": "nerf"}
    assert set(ask(shelf, "@mine").ids) == {"aa01", "aa02"}
    shelf.saved = {"mine": "wave"}
    assert ask(shelf, "@mine").ids == ("aa02",)


def test_relative_dates_refer_to_the_date_given(shelf: Shelf) -> None:
    assert ask(shelf, "added:today").ids == ("bb04", "bb05")
    assert shelf.search.find("added:today", today=date(2026, 11, 19)).ids == ("aa01", "aa02")
    assert ask(shelf, "is:snoozed").ids == ("bb03",)
    assert shelf.search.find("is:snoozed", today=date(2026, 12, 1)).ids == ()


def test_a_pattern_that_takes_too_long_is_stopped(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.query.match._PATTERN_SECONDS", -1.0)
    with pytest.raises(QueryError, match="takes too long"):
        ask(shelf, "/wave/")


@pytest.mark.parametrize("query", ["/(a|a)*$/", "title:/(a|a)*$/", "tag:/(a|a)*$/", "-/(a|a)*$/"])
def test_a_hostile_pattern_is_stopped_in_any_field(shelf: Shelf, query: str) -> None:
    title = "a" * 60 + "b"
    for number in range(50):
        paper = Paper(f"p{number:03}", title=title)
        shelf.entries[paper.id] = Entry(paper, Mark(tags=(f"{title}{number}",)))
    shelf.search.reset()
    start = process_time()
    with pytest.raises(QueryError) as caught:
        ask(shelf, query)
    assert process_time() - start < 2
    assert caught.value.message == "the pattern /(a|a)*$/ takes too long"
    assert ask(shelf, "nerf").ids


def test_a_pattern_searches_the_whole_of_a_long_text(shelf: Shelf) -> None:
    paper = shelf.entries["aa01"].paper._replace(abstract="x" * 20_000 + "needle")
    shelf.entries["aa01"] = Entry(paper, Mark())
    assert ask(shelf, "/needle/").ids == ("aa01",)


def test_prebuilding_in_slices_ends_and_changes_no_result(shelf: Shelf) -> None:
    before = ask(shelf, "nerf").ids
    shelf.search.reset()
    assert shelf.search.prebuild(0) is False
    assert shelf.search.prebuild(10_000) is True
    shelf.read.clear()
    assert ask(shelf, "nerf").ids == before
    assert ask(shelf, "difusion").ids
    assert shelf.read == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title:nerf", ["aa01"]),
        ("-title:nerf", ["aa02", "bb03", "bb04", "bb05"]),
        ("author:schrodinger", ["aa02"]),
        ('note:"bohr about the"', ["aa02"]),
        ("abstract:dif*", ["bb03"]),
        ("abstract:difusion~", ["bb03"]),
    ],
)
def test_a_field_finds_the_same_before_its_texts_are_indexed_and_after(
    shelf: Shelf, query: str, found: list[str]
) -> None:
    assert sorted(ask(shelf, query).ids) == found
    shelf.search.reset()
    assert shelf.search.prebuild(60_000)
    assert sorted(ask(shelf, query).ids) == found


def test_another_source_of_duplicates_may_be_given(shelf: Shelf) -> None:
    from tui.query.search import Search

    assert Search(shelf, dict, duplicates=lambda: {"aa01"}).find("is:duplicate", today=TODAY).ids == ("aa01",)


def test_the_effect_of_each_term_of_an_empty_result(shelf: Shelf) -> None:
    def terms(text: str) -> list[tuple[str, int, int, str | None]]:
        return [(it.text, it.alone, it.without, it.rest) for it in shelf.search.explain_terms(ask(shelf, text))]

    assert terms("nerf AND is:queued sort:year") == [
        ("nerf", 2, 1, "is:queued sort:year"),
        ("is:queued", 1, 2, "nerf sort:year"),
    ]
    assert terms("(nerf is:queued)") == [("nerf", 2, 1, None), ("is:queued", 1, 2, None)]
