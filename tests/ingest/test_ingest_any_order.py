"""The same records give the same papers in any order and in any number of sources."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.ingest.corrections import CuratedCorrections
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source
from tui.ingest.wordlist import parse_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper

    Reader = Callable[..., IngestResult]

FIELDS = (
    "id", "title", "authors", "authors_truncated", "affiliation", "date", "category", "has_code", "links", "abstract",
    "earlier_abstracts", "eprint", "doi", "aliases",
)  # fmt: skip


def content(papers: Sequence[Paper]) -> set[tuple[object, ...]]:
    """The contents of papers, without their locations."""
    return {tuple(getattr(paper, field) for field in FIELDS) for paper in papers}


@pytest.fixture(scope="module")
def pages(seed_pages: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    """The seed sources, the long one cut to a size at which every order can be tested."""
    return tuple(decode_source(page.name, "\n".join(page.lines[:60]).encode("utf-8")) for page in seed_pages)


@pytest.mark.slow
def test_whole_seed_sources_in_every_order(
    read: Reader, seed_pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections, seeds: IngestResult
) -> None:
    for order in permutations(seed_pages):
        assert read(*order, corrections=seed_corrections) == seeds


EVERY = [5, pytest.param(1, marks=pytest.mark.slow)]  # of the orders; any two sources are in both orders


@pytest.mark.parametrize("every", EVERY)
def test_sources_in_every_order(
    read: Reader, pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections, every: int
) -> None:
    first = read(*pages, corrections=seed_corrections)
    assert len(first.papers) == 50  # of 69 records: the pages share some
    orders = [*permutations(pages)][::every]
    assert {pair for order in orders for pair in combinations(order, 2)} == {*permutations(pages, 2)}
    for order in orders:
        assert read(*order, corrections=seed_corrections) == first


def test_renamed_sources(read: Reader, pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections) -> None:
    first = read(*pages, corrections=seed_corrections)
    renamed = [decode_source(f"{9 - number}.txt", page.text.encode("utf-8")) for number, page in enumerate(pages)]
    assert content(read(*renamed, corrections=seed_corrections).papers) == content(first.papers)


@pytest.mark.parametrize("every", EVERY)
def test_all_sources_in_one_file_in_every_order(
    read: Reader, pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections, every: int
) -> None:
    first = read(*pages, corrections=seed_corrections)
    for order in [*permutations(pages)][::every]:
        found = read("\n".join(page.text for page in order), corrections=seed_corrections)
        assert found.diagnostics == ()
        assert content(found.papers) == content(first.papers)


@pytest.mark.parametrize("size", [3, 7, 50])
def test_seed_sources_split_into_small_ones(
    read: Reader,
    seed_pages: tuple[SourceFile, ...],
    seed_corrections: CuratedCorrections,
    seeds: IngestResult,
    size: int,
) -> None:
    parts: list[str] = []
    for page in seed_pages:
        first = page.lines[0]
        head = 2 if first.startswith("Get") else 0
        step = 1 if first.startswith("Abstract:") else 2 if head else 3
        body = page.lines[head:]
        parts += ["\n".join(body[at : at + size * step]) for at in range(0, len(body), size * step)]
    found = read(*parts[::-1], corrections=seed_corrections)
    assert found.diagnostics == ()
    assert content(found.papers) == content(seeds.papers)


def test_importing_a_source_twice_only_adds_locations(
    read: Reader, seed_pages: tuple[SourceFile, ...], seed_corrections: CuratedCorrections, seeds: IngestResult
) -> None:
    again = [decode_source(f"again-{page.name}", page.text.encode("utf-8")) for page in seed_pages]
    assert content(read(*seed_pages, *again, corrections=seed_corrections).papers) == content(seeds.papers)


TITLES = ["Introduction", "Granular Gases", "Granular Gases, Part II", "On Mills and Weirs in Charters", ""]
WORDS = sorted(
    parse_words("shear kinetic density river charter custom mill lordship grain cluster monk weir phase town")
)

abstracts = st.builds(
    lambda words, cut: ("We study " + " and ".join(words) + ".")[: 400 if cut is None else cut],
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=25),
    st.one_of(st.none(), st.integers(20, 60)),
)


@st.composite
def records(draw: st.DrawFn) -> str:
    title, abstract = draw(st.sampled_from(TITLES)), draw(abstracts)
    if not title:
        return f"Abstract:{abstract}"
    if draw(st.booleans()):
        return f"CVOct {draw(st.integers(1, 40))}, 2023\n{title}Anna Berg, Bo Li et al.\n{abstract}"
    return f"{title}\n{abstract}"


@given(st.lists(records(), min_size=2, max_size=7), st.randoms(use_true_random=False))
@examples(120, suppress_health_check=[HealthCheck.too_slow])
def test_order_and_repetition_never_matter(texts: list[str], chance: object) -> None:
    def taken(order: Sequence[str], previous: Sequence[Paper] = ()) -> IngestResult:
        pages = [decode_source(f"{number}.txt", text.encode()) for number, text in enumerate(order)]
        return ingest(pages, corrections=CuratedCorrections(), previous=previous, at="now")

    first = taken(texts)
    shuffled = list(texts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert content(taken(shuffled).papers) == content(first.papers)
    assert content(taken([*texts, shuffled[0]]).papers) == content(first.papers)
    assert taken(texts, first.papers).papers == first.papers
    names = [name for paper in first.papers for name in (paper.id, *paper.aliases)]
    assert len(names) == len(set(names))


@given(st.lists(records(), min_size=2, max_size=6))
@examples(80, suppress_health_check=[HealthCheck.too_slow])
def test_importing_sources_one_by_one_keeps_ids(texts: list[str]) -> None:
    known: tuple[Paper, ...] = ()
    for count in range(1, len(texts) + 1):
        pages = [decode_source(f"{number}.txt", text.encode()) for number, text in enumerate(texts[:count])]
        found = ingest(pages, corrections=CuratedCorrections(), previous=known, at=f"{count}")
        gone = {paper.id for paper in known} - {paper.id for paper in found.papers}
        assert gone == {one for one, _ in found.merged_ids}
        assert {paper.added for paper in found.papers} <= {str(number) for number in range(1, count + 1)}
        known = found.papers
