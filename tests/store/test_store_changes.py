"""The store in one process: marks, history, undo, imported sources, values, papers."""

from __future__ import annotations

import os
import random
import stat
from typing import TYPE_CHECKING

import pytest

from tui.errors import StoreBusyError
from tui.model.change import Change, ChangeKind, FieldChange
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import Paper
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

AT = "2026-11-20T12:00:00Z"


def to(**marks: Mark) -> Callable[[Callable[[str], Mark]], Mapping[str, Mark]]:
    return lambda _: marks


def set_mark(store: Store, paper: str, mark: Mark) -> Change | None:
    return store.history.commit(f"set {paper}", to(**{paper: mark}), at=AT)


@pytest.mark.parametrize(("count", "kept"), [(0, 0), (1, 1), (19, 19), (21, 20), (300, 20)])
def test_a_marked_paper_is_remembered_with_the_first_twenty_words_of_its_abstract(
    data: Path, count: int, kept: int
) -> None:
    words = [f"word{number}" for number in range(count)]
    store = Store.open(data)
    store.catalogue.replace([Paper("a", title="Tides", abstract=" ".join(words) or None), Paper("b")], {})
    set_mark(store, "a", Mark(Status.READ))
    (remembered,) = store.catalogue.digested_papers()
    text = f"{' '.join(words[:kept])} …" if kept == 20 else " ".join(words) or None
    assert (remembered.id, remembered.title, remembered.abstract) == ("a", "Tides", text)


def test_a_missing_folder_is_an_empty_store_and_is_not_created(data: Path) -> None:
    store = Store.open(data)
    assert store.catalogue.ids() == ()
    assert store.marks.ids() == frozenset()
    assert store.history.changes() == ()
    assert store.marks.get("a") is UNTOUCHED
    assert (store.history.undo(at=AT), store.history.redo(at=AT)) == (None, None)
    store.close()
    assert not list(data.glob("marks*"))


def test_reading_creates_no_folder(data: Path) -> None:
    Store.open(data).close()
    assert not data.exists()


def test_files_are_for_their_owner_only(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(starred=True))
    store.catalogue.replace([Paper("a")], {})
    store.compact()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir() if path.is_file()}
    assert modes == dict.fromkeys(("papers.json", "marks.json", "marks.journal", ".lock"), 0o600)


def test_a_mark_is_there_after_reopening(data: Path) -> None:
    mark = Mark(Status.READ, True, ("ml", "Größe"), "a note\nof two lines", "2027-01-01", "key2023", AT)
    change = set_mark(Store.open(data), "a", mark)
    store = Store.open(data)
    assert store.marks.get("a") == mark
    assert store.marks.ids() == {"a"}
    assert store.history.changes() == (change,)
    assert store.history.undoable() == change


def test_a_change_lists_the_fields_that_it_changed(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(tags=("x",)))
    change = store.history.commit("both", to(a=Mark(tags=("x",), starred=True), b=Mark(note="n")), at=AT)
    assert change is not None
    assert change.number == 2
    assert change.label == "both"
    assert change.marks == (
        ("a", (FieldChange("starred", False, True),)),
        ("b", (FieldChange("note", "", "n"),)),
    )


def test_without_changes_nothing_is_written(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(starred=True))
    before = (data / "marks.journal").read_bytes()
    assert set_mark(store, "a", Mark(starred=True)) is None
    assert store.history.commit("empty", to(), at=AT) is None
    assert (data / "marks.journal").read_bytes() == before


def test_a_mark_reset_to_untouched_leaves_no_document(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(starred=True))
    set_mark(store, "a", UNTOUCHED)
    assert store.marks.ids() == frozenset()
    assert Store.open(data).marks.ids() == frozenset()


def test_the_plan_reads_the_current_marks(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(tags=("x",)))
    store.history.commit("tag", lambda mark: {"a": mark("a")._replace(tags=(*mark("a").tags, "y"))}, at=AT)
    assert store.marks.get("a").tags == ("x", "y")


def test_a_plan_that_raises_changes_nothing(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(starred=True))

    def plan(mark: Callable[[str], Mark]) -> Mapping[str, Mark]:
        raise LookupError(mark("a"))

    with pytest.raises(LookupError):
        store.history.commit("fails", plan, at=AT)
    assert set_mark(store, "b", Mark(starred=True)) is not None
    assert Store.open(data).marks.ids() == {"a", "b"}


def test_undo_and_redo_work_across_restarts(data: Path) -> None:
    set_mark(Store.open(data), "a", Mark(starred=True))
    set_mark(Store.open(data), "a", Mark(starred=True, note="n"))
    undone = Store.open(data).history.undo(at=AT)
    assert undone is not None
    assert (undone.kind, undone.undoes, undone.number) == (ChangeKind.UNDO, 2, 3)
    assert Store.open(data).marks.get("a") == Mark(starred=True)
    redone = Store.open(data).history.redo(at=AT)
    assert redone is not None
    assert (redone.kind, redone.undoes, redone.number) == (ChangeKind.REDO, 2, 4)
    store = Store.open(data)
    assert store.marks.get("a") == Mark(starred=True, note="n")
    assert [change.number for change in store.history.changes()] == [4, 3, 2, 1]
    assert [change.number for change in store.history.changes(2)] == [4, 3]


def test_a_new_edit_clears_the_redo_stack(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(starred=True))
    store.history.undo(at=AT)
    assert store.history.redoable() is not None
    set_mark(store, "b", Mark(starred=True))
    assert store.history.redoable() is None
    assert store.history.redo(at=AT) is None
    store.history.undo(at=AT)
    assert store.marks.ids() == frozenset()
    assert store.history.undoable() is None


def test_a_bulk_change_is_one_step(data: Path) -> None:
    store = Store.open(data)
    ids = [f"p{number}" for number in range(300)]
    store.history.commit("all read", to(**dict.fromkeys(ids, Mark(Status.READ))), at=AT)
    assert len(store.marks.ids()) == 300
    assert (data / "marks.journal").read_bytes().count(b"\n") == 1
    store.history.undo(at=AT)
    assert store.marks.ids() == frozenset()


def test_a_change_that_is_not_undoable_is_not_in_the_history(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(starred=True))
    store.history.undo(at=AT)
    pinned = store.history.commit("pin", to(a=Mark(citation_key="a2023")), at=AT, undoable=False)
    assert pinned is not None
    assert pinned.number == 0
    assert len(store.history.changes()) == 2
    store.history.redo(at=AT)
    assert Store.open(data).marks.get("a") == Mark(starred=True, citation_key="a2023")


def test_undo_and_redo_remove_and_restore_imported_sources(data: Path) -> None:
    store = Store.open(data)
    store.history.commit("import", to(a=Mark(tags=("x",))), at=AT, imported={"one.bib": b"1", "two.ris": b"2"})
    assert store.sources.names() == ("one.bib", "two.ris")
    undone = store.history.undo(at=AT)
    assert undone is not None
    assert undone.pages == (("one.bib", False), ("two.ris", False))
    assert store.sources.names() == ()
    assert store.sources.all_names() == {"one.bib", "two.ris"}
    store.history.redo(at=AT)
    assert Store.open(data).sources.names() == ("one.bib", "two.ris")


def test_an_imported_source_is_kept_byte_for_byte(data: Path) -> None:
    store = Store.open(data)
    store.history.commit("import", to(), at=AT, imported={"one.bib": b"@misc{\xff}\n"})
    assert store.sources.path("one.bib").read_bytes() == b"@misc{\xff}\n"


def test_a_name_that_another_program_has_just_imported_is_refused(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    one.history.commit("import", to(), at=AT, imported={"one.bib": b"1"})
    one.history.undo(at=AT)
    with pytest.raises(StoreBusyError, match=r"one\.bib"):
        two.history.commit("import", to(b=Mark(starred=True)), at=AT, imported={"one.bib": b"2"})
    assert one.sources.path("one.bib").read_bytes() == b"1"
    assert two.marks.ids() == frozenset()


def test_the_copies_of_an_interrupted_import_are_set_aside_by_the_next(data: Path) -> None:
    store = Store.open(data)
    store.history.commit("import", to(), at=AT, imported={"kept.bib": b"kept"})
    store.history.undo(at=AT)
    for name in ("stray.bib", "again.bib", "same.bib"):
        store.sources.path(name).write_bytes(name.encode())
    assert sum("interrupted import" in sentence for sentence in store.check()[1]) == 3
    store.history.commit("import", to(), at=AT, imported={"again.bib": b"other", "same.bib": b"same.bib"})
    assert {path.name: path.read_bytes() for path in (data / "pages").iterdir()} == {
        "kept.bib": b"kept",
        "again.bib": b"other",
        "same.bib": b"same.bib",
    }
    assert {path.name for path in data.glob("*.stray-*")} == {"stray.bib.stray-1", "again.bib.stray-1"}
    assert store.check()[0] == ()


def test_values_are_durable_and_copied(data: Path) -> None:
    store = Store.open(data)
    assert store.values.get("place") is None
    place = {"query": "is:unread", "rows": [1, 2]}
    store.values.set("place", place)
    place["rows"] = []
    store.values.get("place")["rows"].append(3)
    assert store.values.get("place") == Store.open(data).values.get("place") == {"query": "is:unread", "rows": [1, 2]}
    before = (data / "marks.journal").read_bytes()
    store.values.set("place", {"query": "is:unread", "rows": [1, 2]})
    assert (data / "marks.journal").read_bytes() == before
    store.values.set("place", None)
    assert Store.open(data).values.get("place") is None
    assert store.history.changes() == ()


def test_lone_surrogates_are_kept_as_visible_escapes(data: Path) -> None:
    store = Store.open(data)
    change = store.history.commit("l\udcff", to(a=Mark(note="x\udcffy \ud83d\ude00", tags=("t\ud800",))), at=AT)
    assert store.marks.get("a") == Mark(note="x\\udcffy 😀", tags=("t\\ud800",))
    again = Store.open(data)
    assert again.marks.get("a") == store.marks.get("a")
    assert again.history.changes() == (change,)
    store.values.set("place", "\udcff")
    assert Store.open(data).values.get("place") == "\\udcff"
    store.catalogue.replace([Paper("b", title="\udcff")], {"k\udcff": "\udcff"})
    assert Store.open(data).catalogue.paper("b").title == store.catalogue.paper("b").title == "\\udcff"


@pytest.mark.parametrize("seed", [5, 8, 25])
def test_papers_are_read_in_any_order(data: Path, seed: int) -> None:
    papers = [Paper(f"{number:010x}", title=f"{number} " * (number % 40)) for number in range(100)]
    Store.open(data).catalogue.replace(papers, {})
    store = Store.open(data)
    shuffled = random.Random(seed).sample(papers, len(papers))  # noqa: S311 - reproducible on purpose
    assert [store.catalogue.paper(paper.id) for paper in shuffled] == shuffled
    assert store.catalogue.papers() == tuple(papers)


def test_the_catalogue_is_replaced_as_a_whole_and_in_order(data: Path) -> None:
    store = Store.open(data)
    store.catalogue.replace([Paper("b", title="B"), Paper("a", title="A")], {"stamp": [1, 2]})
    again = Store.open(data)
    assert again.catalogue.ids() == ("b", "a")
    assert again.catalogue.papers() == (Paper("b", title="B"), Paper("a", title="A"))
    assert again.catalogue.paper("a") is again.catalogue.paper("a")
    assert dict(again.catalogue.meta) == {"stamp": [1, 2]}
    assert "a" in again.catalogue
    assert "c" not in again.catalogue
    with pytest.raises(KeyError):
        again.catalogue.paper("c")
    store.catalogue.replace([Paper("c")], {})
    assert store.catalogue.ids() == ("c",)
    assert store.catalogue.meta == {}


def test_marks_are_kept_without_their_papers(data: Path) -> None:
    store = Store.open(data)
    store.catalogue.replace([Paper("a")], {})
    set_mark(store, "a", Mark(note="mine"))
    store.catalogue.replace([Paper("b")], {})
    store.compact()
    (data / "papers.json").unlink()
    again = Store.open(data)
    assert again.catalogue.ids() == ()
    assert again.marks.get("a") == Mark(note="mine")


def test_a_clock_set_back_does_not_change_the_order(data: Path) -> None:
    """The order is that of the numbers: in the history, for undo, for other processes, and for backups."""
    follower = Store.open(data)
    store = Store.open(data)
    for number in range(1, 4):
        at = f"20{30 - number}-01-01T00:00:00Z"
        store.history.commit(f"step {number}", to(a=Mark(note=f"{number}")), at=at)
        os.utime(data / "marks.journal", ns=(0, 10**18 - number))
        assert follower.poll() == {"a"}
        store.compact()
        os.utime(data / "marks.json", ns=(0, 10**18 - number))
    follower.poll()
    for each in (store, follower, Store.open(data)):
        assert [change.number for change in each.history.changes()] == [3, 2, 1]
        assert each.marks.get("a").note == "3"
    undone = follower.history.undo(at="2001-01-01T00:00:00Z")
    assert undone is not None
    assert undone.undoes == 3
    store.poll()
    assert store.marks.get("a").note == "2"
    (data / "marks.json").write_bytes(b"")
    Store.repair(data)
    assert Store.open(data).marks.get("a").note == "2"


def test_undo_finds_a_paper_that_was_merged_into_another(data: Path) -> None:
    store = Store.open(data)
    store.catalogue.replace([Paper("a"), Paper("b")], {})
    set_mark(store, "a", Mark(tags=("x",)))
    set_mark(store, "b", Mark(tags=("y",)))
    store.catalogue.replace([Paper("b", aliases=("a",))], {})
    store.history.commit("join", to(a=UNTOUCHED, b=Mark(tags=("y", "x"))), at=AT, undoable=False)
    store.history.undo(at=AT)
    assert store.marks.get("b").tags == ("x",)
    store.history.undo(at=AT)
    assert store.marks.ids() == frozenset()
    store.catalogue.replace([Paper("c", aliases=("a", "b"))], {})
    store.history.redo(at=AT)
    assert store.marks.ids() == {"c"}


def test_compaction_keeps_everything(data: Path) -> None:
    store = Store.open(data)
    for number in range(20):
        set_mark(store, f"p{number % 3}", Mark(note=str(number)))
    store.history.undo(at=AT)
    store.values.set("place", 1)
    before = store.history.changes()
    store.compact()
    assert (data / "marks.journal").read_bytes() == b""
    revision = store.revision
    assert store.poll() == frozenset()
    assert store.revision == revision
    again = Store.open(data)
    for each in (store, again):
        assert each.history.changes() == before
        assert each.values.get("place") == 1
        assert [each.marks.get(f"p{number}").note for number in range(3)] == ["18", "16", "17"]
    assert again.history.redo(at=AT) is not None
    assert again.marks.get("p1").note == "19"


def test_closing_compacts_a_long_journal_and_not_a_short_one(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(note="n"))
    store.close()
    assert (data / "marks.journal").stat().st_size > 0
    store = Store.open(data)
    set_mark(store, "b", Mark(note="n" * (5 << 20)))
    store.close()
    assert (data / "marks.journal").stat().st_size == 0
    assert len(list((data / "backups").iterdir())) == 1
    assert len(Store.open(data).marks.get("b").note) == 5 << 20


def test_the_oldest_backups_are_removed(data: Path) -> None:
    store = Store.open(data)
    for number in range(13):
        set_mark(store, "a", Mark(note=str(number)))
        store.compact()
    names = sorted(path.name for path in (data / "backups").iterdir())
    assert names == [f"marks-{number:012d}.json" for number in range(4, 14)]
    assert (data / "backups" / names[-1]).read_bytes() == (data / "marks.json").read_bytes()
    assert store.check() == ((), ())


def test_closing_compacts_after_a_day_without_a_backup(data: Path) -> None:
    store = Store.open(data)
    set_mark(store, "a", Mark(note="1"))
    store.close()
    assert not (data / "backups").exists()
    os.utime(data / "marks.json", (1, 1))
    Store.open(data).close()
    assert [path.name for path in (data / "backups").iterdir()] == ["marks-000000000001.json"]
    os.utime(data / "marks.json", (1, 1))
    before = (data / "marks.json").stat().st_ino
    Store.open(data).close()
    assert (data / "marks.json").stat().st_ino == before


def test_the_revision_grows_with_every_change(data: Path) -> None:
    store = Store.open(data)
    seen = [store.revision]
    set_mark(store, "a", Mark(note="n"))
    seen.append(store.revision)
    store.history.undo(at=AT)
    seen.append(store.revision)
    assert seen == sorted(set(seen))


def test_the_cost_of_an_undo_is_linear(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a change splits papers needs a look at all of its papers: 10,000 papers once took 18 seconds."""
    store = Store.open(data)
    ids = [f"p{number}" for number in range(200)]
    store.history.commit("tag", lambda _: {id_: Mark(tags=("x",)) for id_ in ids}, at=AT)
    looked: list[Change] = []

    def splits(change: Change) -> bool:
        looked.append(change)
        return False

    monkeypatch.setattr(Change, "splits", property(splits))
    store.history.undo(at=AT)
    store.history.redo(at=AT)
    assert 1 <= len(looked) <= 4
    assert store.marks.ids() == set(ids)
