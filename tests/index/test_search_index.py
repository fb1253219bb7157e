from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from tui.index.search_index import SearchIndex
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest


class Papers:
    def __init__(self, count: int) -> None:
        titles = ["Waves of matter", "Radiance fields", "Diffusion"]
        self.entries = {
            f"{place:03}": Entry(Paper(f"{place:03}", title=titles[place % 3]), Mark()) for place in range(count)
        }
        self.read: list[str] = []
        self.marks_read: list[str] = []

    def ids(self) -> Sequence[str]:
        return list(self.entries)

    def entry(self, id: str) -> Entry:  # noqa: A002
        self.read.append(id)
        return self.entries[id]

    def mark(self, id: str) -> Mark:  # noqa: A002
        self.marks_read.append(id)
        return self.entries[id].mark

    def marked_ids(self) -> Sequence[str]:
        return [paper for paper, entry in self.entries.items() if entry.mark != Mark()]

    def note(self, paper: str, text: str) -> None:
        self.entries[paper] = self.entries[paper]._replace(mark=Mark(note=text))


def test_nothing_is_read_before_it_is_needed() -> None:
    papers = Papers(100)
    rows = SearchIndex(papers)
    assert rows.ids == tuple(papers.entries)
    assert rows.row_of("042") == 42
    assert rows.row_of("nobody") is None
    assert rows.update_mark("042") is None
    assert papers.read == []


def test_prebuilding_continues_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = Papers(100)
    rows = SearchIndex(papers)
    now = iter(range(10_000))
    monkeypatch.setattr("tui.index.time_budget.perf_counter", lambda: next(now))
    slices = 0
    while not rows.prebuild(next(now) + 2):
        slices += 1
        assert slices < 100
    assert slices > 5
    assert papers.read == list(papers.entries)
    assert [text.partition("\f")[0] for text in rows.texts[:2]] == ["waves of matter", "radiance fields"]
    assert rows.similar_words("radianse") == {"radiance": 1}
    assert papers.read == list(papers.entries)


def test_a_changed_mark_reads_its_paper_only() -> None:
    papers = Papers(5)
    rows = SearchIndex(papers)
    assert rows.prebuild(perf_counter() + 60)
    papers.read.clear()
    papers.note("003", "quaternions")
    updated = rows.update_mark("003")
    assert updated == (3, papers.entries["003"])
    assert papers.read == ["003"]
    assert "quaternions" in rows.texts[3]
    assert rows.similar_words("quaternion") == {"quaternions": 1}


def test_an_abstract_survives_folding_marking_and_correcting() -> None:
    papers = Papers(2)
    printed = {"000": "We show NeRF at work. It is GOOD.", "001": "Über\u00adall  NeRF"}
    for id_, text in printed.items():
        papers.entries[id_] = Entry(Paper(id_, title="T", abstract=text), Mark())
    rows = SearchIndex(papers)
    assert rows.prebuild(perf_counter() + 60)
    papers.note("000", "see NeRF")
    rows.update_mark("000")
    assert {entry.id: entry.paper.abstract for entry in rows.entries} == printed
    old = papers.entries["000"].paper
    papers.entries["000"] = Entry(old._replace(abstract="We show more."), Mark(), old)
    rows.update_mark("000")
    rows.reset()
    assert rows.prebuild(perf_counter() + 60)
    assert (rows.entries[0].paper.abstract, old.abstract) == ("We show more.", printed["000"])


def test_words_of_a_deleted_note_are_not_suggested() -> None:
    papers = Papers(5)
    rows = SearchIndex(papers)
    for paper in ("003", "004"):
        papers.note(paper, "quaternions and waves")
    assert rows.similar_words("quaternion")
    papers.note("003", "")
    rows.update_mark("003")
    assert rows.similar_words("quaternion") == {"quaternions": 1}
    papers.note("004", "")
    rows.update_mark("004")
    assert rows.similar_words("quaternion") == {}
    assert rows.similar_words("wavess") == {"waves": 1}


def test_a_new_catalogue_keeps_the_folded_text_of_papers_that_stay() -> None:
    papers = Papers(6)
    rows = SearchIndex(papers)
    before = list(rows.texts)
    first, *rest = papers.entries.items()
    papers.entries = dict([*rest, ("new", Entry(Paper("new", title="Another"), Mark()))])
    papers.entries["002"] = Entry(Paper("002", title="Changed"), Mark())
    papers.note("003", "hello")
    rows.reset()
    assert rows.ids == ("001", "002", "003", "004", "005", "new")
    assert rows.texts[0] is before[1]
    assert [text.split("\f")[0] for text in rows.texts][1] == "changed"
    assert "hello" in rows.texts[2]
    assert rows.texts[5].startswith("another")
    assert rows.row_of(first[0]) is None


def test_only_marks_that_exist_are_read_for_a_field_of_the_mark() -> None:
    papers = Papers(100)
    papers.note("042", "waves")
    entries = SearchIndex(papers).mark_entries_of(range(100))
    assert [row for row in range(100) if entries[row].mark.note] == [42]
    assert papers.marks_read == ["042"]
    assert papers.read == []
