"""Search against a naive evaluation of the same trees, over random papers and random queries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.errors import QueryError
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import Paper, SourceLocation
from tui.model.partial_date import PartialDate
from tui.query.match_all import MatchAll
from tui.query.query_parser import parse
from tui.query.query_value import Query
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
    Word,
    to_text,
)
from tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.query.conftest import Shelf
    from tui.query.facet_counts import Facet

    ShelfOf = Callable[[Iterable[Entry]], Shelf]
    Naive = Callable[[Node, Iterable[Entry]], list[str]]

TODAY = date(2026, 11, 20)

STEMS = ["nerf", "NeRF", "Nérf", "diffusion", "dif", "ffus", "müller", "muller", "a", "ml", "straße"]
SENTENCES = st.lists(st.sampled_from([*STEMS, "–", "x-ray", "it's", "$k$", "\n", "  "]), max_size=6).map(" ".join)
TAGS = st.lists(st.sampled_from(["ml", "ml/vision", "ML/Vision/3d", "mlops", "todo"]), max_size=3, unique=True)
DATES = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(2022, 2024)),
    st.builds(PartialDate, st.integers(2022, 2024), st.integers(1, 3)),
    st.builds(PartialDate, st.integers(2022, 2024), st.integers(1, 3), st.integers(27, 28)),
    st.just(PartialDate(None, 6, 2)),
)
papers = st.builds(
    Paper("")._replace,
    id=st.just(""),
    title=st.one_of(st.none(), SENTENCES.filter(str.strip)),
    authors=st.lists(st.sampled_from(["Ann Müller", "Bo de la Cruz", "nerf"]), max_size=2, unique=True).map(tuple),
    abstract=st.one_of(st.none(), SENTENCES),
    date=DATES,
    category=st.sampled_from([None, "cs.CV", "cs.LG", "stat.ML", "quant-ph"]),
    has_code=st.booleans(),
    links=st.sampled_from([(), ("https://example.org",)]),
    sources=st.lists(
        st.builds(SourceLocation, st.sampled_from(["a.txt", "b c.txt"]), st.integers(1, 3)), max_size=2
    ).map(tuple),
    added=st.sampled_from(["2026-11-20T12:00:00Z", "2026-11-13T12:00:00Z", "2025-01-01T12:00:00Z"]),
)
marks = st.builds(
    UNTOUCHED._replace,
    status=st.sampled_from(list(Status)),
    starred=st.booleans(),
    tags=TAGS.map(tuple),
    note=SENTENCES,
    snoozed_until=st.sampled_from([None, "2026-11-20", "2026-11-21"]),
    priority=st.sampled_from([None, "high", "low"]),
    due=st.sampled_from([None, "2026-11-20", "2026-11-25"]),
    read_at=st.sampled_from([None, "2026-11-19T12:00:00Z"]),
)


def numbered(entries: list[Entry]) -> list[Entry]:
    return [Entry(entry.paper._replace(id=f"{place:010x}"), entry.mark) for place, entry in enumerate(entries)]


shelves = st.lists(st.builds(Entry, papers, marks), max_size=6).map(numbered)

WORDS = st.one_of(st.sampled_from([*STEMS, "nerfx", "diffusin", "Bohr", "'s"]))
word_values = st.one_of(
    st.builds(Word, WORDS),
    st.builds(Phrase, st.sampled_from(["nerf dif", "de la", "a  a", "ml/vision", "nerf nerf"])),
    st.builds(Prefix, WORDS),
    st.builds(Fuzzy, WORDS),
    st.builds(Exact, st.sampled_from(["nerf", "Ann Muller", "ml", "cs.cv", "a.txt"])),
    st.builds(Regex, st.sampled_from(["^nerf", "u?s", r"\bml\b", "é"])),
)
moments = st.one_of(
    st.sampled_from([PartialDate(2023), PartialDate(2023, 2), PartialDate(2022, 1, 27)]),
    st.builds(RelativeDate, st.integers(1, 30), st.sampled_from("dwmy")),
    st.just(RelativeDate(0, "d")),
)
date_values = st.one_of(
    st.builds(OnDate, moments),
    st.builds(Compare, st.sampled_from([">", ">=", "<", "<="]), moments),
    st.builds(Range, moments, st.one_of(st.none(), moments)),
    st.builds(Range, st.none(), moments),
)
fields = st.one_of(
    st.builds(Field, st.sampled_from(["title", "author", "abstract", "note", "any", "tag"]), st.tuples(word_values)),
    st.builds(Field, st.sampled_from(["title", "tag"]), st.tuples(word_values, word_values)),
    st.builds(Field, st.just("cat"), st.tuples(st.builds(Word, st.sampled_from(["cs", "CV", "ml", "stat.ML", "c"])))),
    st.builds(Field, st.just("source"), st.tuples(word_values)),
    st.builds(
        Field, st.just("id"), st.tuples(st.builds(Word, st.sampled_from(["0", "00000000", "0000000002", "2"])))
    ),
    st.builds(Field, st.just("status"), st.tuples(st.builds(Word, st.sampled_from([s.value for s in Status])))),
    st.builds(Field, st.sampled_from(["date", "added", "read"]), st.tuples(date_values)),
    st.builds(Field, st.just("year"), st.tuples(st.just(OnDate(PartialDate(2023))))),
    st.builds(Field, st.just("is"), st.tuples(st.builds(Word, st.sampled_from(["read", "starred", "snoozed"])))),
    st.builds(
        Field, st.sampled_from(["has", "no"]), st.tuples(st.builds(Word, st.sampled_from(["note", "tag", "date"])))
    ),
)
trees = st.recursive(
    st.one_of(st.builds(Word, WORDS), word_values.filter(lambda value: not isinstance(value, Exact)), fields),
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(And, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(parts, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=5,
).filter(lambda where: to_text(where).count("id:") < 2)  # several in one query are alternatives

# ---- the properties ----------------------------------------------------------------------------------------------


def found(shelf: Shelf, text: str, sort: str | None = "catalogue") -> list[str]:
    """The result, or nothing if a mistyped word was corrected."""
    listing = shelf.search.find(text, sort=sort, today=TODAY)
    return [] if "showing" in listing.explanation.text else list(listing.ids)


@examples(250)
@given(shelves, trees)
def test_search_finds_what_a_naive_evaluation_finds(
    shelf_of: ShelfOf, naive: Naive, entries: list[Entry], where: Node
) -> None:
    assert found(shelf_of(entries), to_text(where)) == naive(where, entries)


@examples(80)
@given(shelves, st.lists(trees, min_size=1, max_size=4))
def test_a_query_typed_character_by_character_finds_what_a_fresh_search_finds(
    shelf_of: ShelfOf, naive: Naive, entries: list[Entry], parts: list[Node]
) -> None:
    shelf = shelf_of(entries)
    whole = " ".join(f"({to_text(part)})" if isinstance(part, Or | And) else to_text(part) for part in parts)
    for end in range(1, len(whole) + 1):
        try:
            query = parse(whole[:end])
        except QueryError:
            continue
        assert found(shelf, whole[:end]) == naive(query.where, entries)


GESTURES = st.lists(st.tuples(st.integers(0, 5), marks), min_size=1, max_size=3)


@examples(60)
@given(shelves.filter(bool), trees, GESTURES)
def test_after_a_changed_mark_results_and_facets_equal_those_of_a_fresh_search(
    shelf_of: ShelfOf, entries: list[Entry], where: Node, gestures: list[tuple[int, Mark]]
) -> None:
    shelf = shelf_of(entries)
    text = to_text(where)
    shelf.search.facets(shelf.search.find(text, today=TODAY))
    for place, mark in gestures:
        shelf.set_mark(entries[place % len(entries)].id, mark)
    anew = shelf_of(shelf.entries.values())
    listing, fresh = (each.search.find(text, today=TODAY) for each in (shelf, anew))
    assert listing == fresh
    assert counted(shelf.search.facets(listing)) == counted(anew.search.facets(fresh))


def counted(facets: tuple[Facet, ...]) -> dict[tuple[str, str], tuple[int | None, str]]:
    """Counts and states by folded value: which spelling of a tag came first depends on what was there before."""
    return {(facet.field, fold(line.value)): (line.count, line.state) for facet in facets for line in facet.values}


@examples(100)
@given(shelves, shelves, trees)
def test_after_a_changed_catalogue_results_equal_those_of_a_fresh_search(
    shelf_of: ShelfOf, naive: Naive, before: list[Entry], after: list[Entry], where: Node
) -> None:
    shelf = shelf_of(before)
    shelf.search.find(to_text(where), today=TODAY)
    shelf.entries = {entry.id: entry for entry in after}
    shelf.search.reset()
    assert found(shelf, to_text(where)) == naive(where, after)


ONE_PAGE = [Entry(Paper("0", sources=(SourceLocation("a.txt", 1),)), Mark())]


@examples(80)
@example(ONE_PAGE, Field("source", (Fuzzy("a"),)))
@given(shelves, trees)
def test_a_facet_counts_the_papers_that_its_term_would_match(
    shelf_of: ShelfOf, naive: Naive, entries: list[Entry], where: Node
) -> None:
    shelf = shelf_of(entries)
    text = f"({to_text(where)} *)"
    listing = shelf.search.find(text, today=TODAY)
    for facet in shelf.search.facets(listing):
        for line in facet.values:
            assert line.state == "ignore"
            term = parse(f"{facet.field}:{line.value}").where
            assert line.count == len(naive(And((listing.executed_query, term)), entries))


@examples(100)
@given(
    shelves,
    st.lists(st.tuples(st.sampled_from(sorted(SORTS)), st.sampled_from(["", "-desc"])), min_size=1, max_size=3),
)
def test_every_order_keeps_all_papers_and_is_the_same_twice(
    shelf_of: ShelfOf, entries: list[Entry], keys: list[tuple[str, str]]
) -> None:
    order = ",".join(map("".join, keys))
    once = found(shelf_of(entries), "", order)
    assert sorted(once) == [entry.id for entry in entries]
    assert once == found(shelf_of(entries), f"sort:{order}", None)
    assert Query(MatchAll()) == parse("")
