"""Papers with one title by different authors: each keeps its id and marks, whatever is imported or undone."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tui.ingest.corrections import CuratedCorrections
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source
from tui.model.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.pipeline import IngestResult

    Reader = Callable[..., IngestResult]

TEXT = "This one has an abstract that says a few words about the mills and weirs of the north."
NAMESAKES = (
    "@article{a, title={Introduction}, author={Bo Li}, year=2001}",
    "@article{b, title={Introduction}, author={Cy Poe}, year=2005}",
    f"@article{{c, title={{Introduction}}, author={{Ed Ray}}, year=2009, abstract={{{TEXT}}}}}",
    "@book{d, title={Old Mills}, author={Bo Li and Cy Poe}}",
    "@book{e, title={Old Mills}, author={Ed Ray}}",
)
OTHER = "@article{z, title={Quite Another}, author={Flo Zed}, year=1999}"
LATER = "2027-05-05T00:00:00Z"


def ids(intake: IngestResult) -> dict[tuple[str | None, tuple[str, ...]], str]:
    return {(paper.title, paper.authors): paper.id for paper in intake.papers}


@pytest.mark.parametrize("order", [*permutations(range(5))][::17])
def test_another_source_changes_no_id(read: Reader, order: tuple[int, ...]) -> None:
    first = read("\n".join(NAMESAKES))
    assert len(ids(first)) == len({paper.id for paper in first.papers}) == 5
    pages = [NAMESAKES[place] for place in order]
    again = read("\n".join(pages), OTHER, previous=first.papers, marked=ids(first).values(), at=LATER)
    assert ids(first).items() <= ids(again).items()
    assert again.merged_ids == ()
    back = read(*pages, previous=again.papers, marked=ids(first).values(), at=LATER)
    assert ids(back) == ids(first)


def test_an_id_is_not_reassigned_when_its_source_is_removed(read: Reader) -> None:
    both = read(NAMESAKES[0], NAMESAKES[1])
    li, poe = (ids(both)["Introduction", (name,)] for name in ("Bo Li", "Cy Poe"))
    assert [paper.id for paper in read(NAMESAKES[1], previous=both.papers, at=LATER).papers] == [poe]
    for marked in ([li], [li, poe]):
        kept = read(NAMESAKES[1], previous=both.papers, marked=marked, at=LATER)
        assert {paper.id: paper.authors for paper in kept.papers} == {li: ("Bo Li",), poe: ("Cy Poe",)}
        assert kept.merged_ids == ()
        rest = [paper for paper in kept.papers if paper.id != li]
        memory = [Paper(li, title="Introduction")]
        later = ingest(
            [decode_source("page0.txt", text.encode()) for text in (NAMESAKES[1], OTHER)],
            corrections=CuratedCorrections(), previous=rest, marked=frozenset(marked), remembered=memory, at=LATER,
        )  # fmt: skip
        assert {paper.id for paper in later.papers if paper.title == "Introduction"} == {li, poe}
        assert later.merged_ids == ()


def test_corrected_names_do_not_create_another_paper(read: Reader) -> None:
    before = read(NAMESAKES[0])
    after = read(NAMESAKES[0].replace("Bo Li", "Bodil Lind"), previous=before.papers, at=LATER)
    assert [paper.id for paper in after.papers] == [paper.id for paper in before.papers]
    assert [paper.added for paper in after.papers] == [paper.added for paper in before.papers]


def test_ids_with_only_marks_left_are_matched_again(read: Reader) -> None:
    first = read("\n".join(NAMESAKES))
    again = read("\n".join(NAMESAKES), OTHER, marked=ids(first).values(), at=LATER)
    assert ids(first).items() <= ids(again).items()
    grown = read(OTHER, "\n".join(NAMESAKES), previous=read(OTHER).papers, marked=ids(first).values(), at=LATER)
    assert ids(first).items() <= ids(grown).items()
