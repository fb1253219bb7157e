"""Records that complete papers: only empty fields, never an influence on which records are one paper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.ingest.completion_records import completed_fields, source_name, without_completions
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import SourceFile
    from tui.model.paper import Paper

BARE = {"title": "Deep Widgets", "abstract": "We study widgets that are deeper than those studied before."}
SOURCE = source_name(1)


@pytest.fixture
def papers(read: Callable[..., IngestResult], page: Callable[[str, str], SourceFile]) -> Callable[..., list[Paper]]:
    def run(
        records: list[dict[str, object]], completing: list[dict[str, object]], previous: list[Paper] | None = None
    ) -> list[Paper]:
        sources = [page("a.json", json.dumps(records))]
        sources += [page(SOURCE, "\n".join(map(json.dumps, completing)))] if completing else []
        return list(read(*sources, previous=previous or ()).papers)

    return run


def filled(paper: Paper, **values: object) -> dict[str, object]:
    return {"completes": paper.id, **values}


def test_empty_fields_are_filled_with_their_location(papers: Callable[..., list[Paper]]) -> None:
    (bare,) = papers([BARE], [])
    record = filled(bare, authors=["A. Bee", "C. Dee"], date="2020-02-03", eprint="2002.00001", doi="10.1000/x")
    (paper,) = papers([BARE], [record])
    assert (paper.id, paper.title, paper.abstract) == (bare.id, bare.title, bare.abstract)
    assert (paper.authors, str(paper.date), paper.eprint) == (("A. Bee", "C. Dee"), "2020-02-03", "2002.00001")
    assert paper.links == ("https://arxiv.org/abs/2002.00001", "https://doi.org/10.1000/x")
    assert ("authors", SourceLocation(SOURCE, 1)) in tuple(paper.provenance)
    assert paper.sources == bare.sources
    assert completed_fields(paper) == {"authors", "date", "eprint", "doi", "links"}
    assert without_completions(paper) == bare


def test_a_source_wins_over_what_was_filled(papers: Callable[..., list[Paper]]) -> None:
    own = BARE | {"authors": ["E. Eff"], "date": "2019"}
    (paper,) = papers([own], [])
    (after,) = papers([own], [filled(paper, title="Other", abstract="Other.", authors=["A. Bee"], date="2020")])
    assert after == paper


def test_whole_authors_replace_incomplete_ones_of_the_same_people(papers: Callable[..., list[Paper]]) -> None:
    own = BARE | {"authors": ["A. Bee"], "authors_truncated": True}
    (paper,) = papers([own], [])
    (whole,) = papers([own], [filled(paper, authors=["Anna Bee", "C. Dee"])])
    assert (whole.authors, whole.authors_truncated) == (("Anna Bee", "C. Dee"), False)
    (other,) = papers([own], [filled(paper, authors=["X. Why", "C. Dee"])])
    assert other == paper
    assert without_completions(whole).authors == ()


def test_a_completed_paper_keeps_its_id_when_sources_are_read_again(papers: Callable[..., list[Paper]]) -> None:
    records = [{"title": "Introduction", "abstract": text} for text in ("About one thing only.", "About another.")]
    first, second = papers(records, [])
    record = filled(second, authors=["A. Bee"], eprint="2002.00001")
    after = papers(records, [record], previous=[first, second])
    assert [paper.id for paper in after] == [first.id, second.id]
    assert [paper.authors for paper in after] == [(), ("A. Bee",)]
    again = papers(records, [record], previous=list(map(without_completions, after)))
    assert again == after
    undone = papers(records, [], previous=list(map(without_completions, after)))
    assert undone == [first, second]


def test_a_record_for_a_paper_that_is_gone_is_ignored(papers: Callable[..., list[Paper]]) -> None:
    (paper,) = papers([BARE], [{"completes": "0123456789", "authors": ["A. Bee"]}])
    assert paper.authors == ()


def test_papers_of_which_only_an_identifier_is_known_stay_apart(papers: Callable[..., list[Paper]]) -> None:
    records: list[dict[str, object]] = [
        {"eprint": "2002.00001"},
        {"eprint": "2002.00002"},
        {"doi": "10.1000/x"},
        {"links": ["https://aclanthology.org/2020.acl-main.1"]},
        {"links": ["https://aclanthology.org/2020.acl-main.2"]},
    ]
    found = papers(records, [])
    assert len({paper.id for paper in found}) == 5
    assert papers(records, [], previous=found) == found
    assert {paper.id for paper in papers(list(reversed(records)), [], previous=found)} == {
        paper.id for paper in found
    }
    assert {paper.id for paper in papers(list(reversed(records)), [])} == {paper.id for paper in found}
    named = [*records, {"eprint": "2002.00001", **BARE}]
    assert len(papers(named, [], previous=found)) == 5
    (whole,) = [paper for paper in papers(named, [], previous=found) if paper.title]
    assert [paper.id for paper in found if paper.eprint == whole.eprint] == [whole.id]
