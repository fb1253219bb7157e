"""What one program sees of the library: marks, history, undo, pages, facts, papers."""

from __future__ import annotations

import os
import random
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tui.errors import StoreBusyError
from tui.model.change import ChangeKind, FieldChange
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.model.paper import Paper
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tui.model.change import Change

AT = "2026-11-20T12:00:00Z"


def to(**marks: Mark) -> Callable[[Callable[[str], Mark]], Mapping[str, Mark]]:
    return lambda _: marks


def set_mark(library: Store, paper: str, mark: Mark) -> Change | None:
    return library.commit(f"set {paper}", to(**{paper: mark}), at=AT)


def test_a_folder_that_never_was_is_an_empty_store_and_stays_unmade(data: Path) -> None:
    library = Store.open(data)
    assert library.ids() == ()
    assert library.marked() == frozenset()
    assert library.history() == ()
    assert library.mark("a") is UNTOUCHED
    assert (library.undo(at=AT), library.redo(at=AT)) == (None, None)
    library.close()
    assert not list(data.glob("marks*"))


def test_looking_makes_no_folder(data: Path) -> None:
    Store.open(data).close()
    assert not data.exists()


def test_files_are_for_their_owner_only(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(starred=True))
    library.replace_catalogue([Paper("a")], {})
    library.compact()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir() if path.is_file()}
    assert modes == dict.fromkeys(("papers.json", "marks.json", "marks.journal", ".lock"), 0o600)


def test_a_mark_is_there_after_reopening(data: Path) -> None:
    mark = Mark(Status.READ, True, ("ml", "Größe"), "a note\nof two lines", "2027-01-01", "key2023", AT)
    change = set_mark(Store.open(data), "a", mark)
    library = Store.open(data)
    assert library.mark("a") == mark
    assert library.marked() == {"a"}
    assert library.history() == (change,)
    assert library.undoable() == change


def test_a_change_says_what_it_changed(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(tags=("x",)))
    change = library.commit("both", to(a=Mark(tags=("x",), starred=True), b=Mark(note="n")), at=AT)
    assert change is not None
    assert change.number == 2
    assert change.label == "both"
    assert change.marks == (
        ("a", (FieldChange("starred", False, True),)),
        ("b", (FieldChange("note", "", "n"),)),
    )


def test_nothing_changed_is_nothing_written(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(starred=True))
    before = (data / "marks.journal").read_bytes()
    assert set_mark(library, "a", Mark(starred=True)) is None
    assert library.commit("empty", to(), at=AT) is None
    assert (data / "marks.journal").read_bytes() == before


def test_a_mark_back_at_untouched_leaves_no_document(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(starred=True))
    set_mark(library, "a", UNTOUCHED)
    assert library.marked() == frozenset()
    assert Store.open(data).marked() == frozenset()


def test_the_plan_sees_the_marks_as_they_are(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(tags=("x",)))
    library.commit("tag", lambda mark: {"a": replace(mark("a"), tags=(*mark("a").tags, "y"))}, at=AT)
    assert library.mark("a").tags == ("x", "y")


def test_a_plan_that_fails_changes_nothing(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(starred=True))

    def plan(mark: Callable[[str], Mark]) -> Mapping[str, Mark]:
        raise LookupError(mark("a"))

    with pytest.raises(LookupError):
        library.commit("fails", plan, at=AT)
    assert set_mark(library, "b", Mark(starred=True)) is not None
    assert Store.open(data).marked() == {"a", "b"}


def test_undo_and_redo_work_across_restarts(data: Path) -> None:
    set_mark(Store.open(data), "a", Mark(starred=True))
    set_mark(Store.open(data), "a", Mark(starred=True, note="n"))
    undone = Store.open(data).undo(at=AT)
    assert undone is not None
    assert (undone.kind, undone.undoes, undone.number) == (ChangeKind.UNDO, 2, 3)
    assert Store.open(data).mark("a") == Mark(starred=True)
    redone = Store.open(data).redo(at=AT)
    assert redone is not None
    assert (redone.kind, redone.undoes, redone.number) == (ChangeKind.REDO, 2, 4)
    library = Store.open(data)
    assert library.mark("a") == Mark(starred=True, note="n")
    assert [change.number for change in library.history()] == [4, 3, 2, 1]
    assert [change.number for change in library.history(2)] == [4, 3]


def test_a_new_edit_leaves_nothing_to_redo(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(starred=True))
    library.undo(at=AT)
    assert library.redoable() is not None
    set_mark(library, "b", Mark(starred=True))
    assert library.redoable() is None
    assert library.redo(at=AT) is None
    library.undo(at=AT)
    assert library.marked() == frozenset()
    assert library.undoable() is None


def test_a_bulk_change_is_one_step(data: Path) -> None:
    library = Store.open(data)
    ids = [f"p{number}" for number in range(300)]
    library.commit("all read", to(**dict.fromkeys(ids, Mark(Status.READ))), at=AT)
    assert len(library.marked()) == 300
    assert (data / "marks.journal").read_bytes().count(b"\n") == 1
    library.undo(at=AT)
    assert library.marked() == frozenset()


def test_an_unremembered_change_is_no_step(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(starred=True))
    library.undo(at=AT)
    pinned = library.commit("pin", to(a=Mark(citation_key="a2023")), at=AT, undoable=False)
    assert pinned is not None
    assert pinned.number == 0
    assert len(library.history()) == 2
    library.redo(at=AT)
    assert Store.open(data).mark("a") == Mark(starred=True, citation_key="a2023")


def test_pages_follow_their_change(data: Path) -> None:
    library = Store.open(data)
    library.commit("import", to(a=Mark(tags=("x",))), at=AT, imported={"one.bib": b"1", "two.ris": b"2"})
    assert library.source_names() == ("one.bib", "two.ris")
    undone = library.undo(at=AT)
    assert undone is not None
    assert undone.pages == (("one.bib", False), ("two.ris", False))
    assert library.source_names() == ()
    assert library.all_source_names() == {"one.bib", "two.ris"}
    library.redo(at=AT)
    assert Store.open(data).source_names() == ("one.bib", "two.ris")


def test_a_page_taken_in_is_kept_byte_for_byte(data: Path) -> None:
    library = Store.open(data)
    library.commit("import", to(), at=AT, imported={"one.bib": b"@misc{\xff}\n"})
    assert library.source_path("one.bib").read_bytes() == b"@misc{\xff}\n"


def test_a_name_that_another_program_has_just_taken_is_refused(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    one.commit("import", to(), at=AT, imported={"one.bib": b"1"})
    one.undo(at=AT)
    with pytest.raises(StoreBusyError, match=r"one\.bib"):
        two.commit("import", to(b=Mark(starred=True)), at=AT, imported={"one.bib": b"2"})
    assert one.source_path("one.bib").read_bytes() == b"1"
    assert two.marked() == frozenset()


def test_the_copies_of_an_interrupted_import_are_set_aside_by_the_next(data: Path) -> None:
    library = Store.open(data)
    library.commit("import", to(), at=AT, imported={"kept.bib": b"kept"})
    library.undo(at=AT)
    for name in ("stray.bib", "again.bib", "same.bib"):
        library.source_path(name).write_bytes(name.encode())
    assert sum("interrupted import" in sentence for sentence in library.check()[1]) == 3
    library.commit("import", to(), at=AT, imported={"again.bib": b"other", "same.bib": b"same.bib"})
    assert {path.name: path.read_bytes() for path in (data / "pages").iterdir()} == {
        "kept.bib": b"kept",
        "again.bib": b"other",
        "same.bib": b"same.bib",
    }
    assert {path.name for path in data.glob("*.stray-*")} == {"stray.bib.stray-1", "again.bib.stray-1"}
    assert library.check()[0] == ()


def test_facts_are_durable_and_detached(data: Path) -> None:
    library = Store.open(data)
    assert library.get_value("place") is None
    place = {"query": "is:unread", "rows": [1, 2]}
    library.set_value("place", place)
    place["rows"] = []
    library.get_value("place")["rows"].append(3)
    assert library.get_value("place") == Store.open(data).get_value("place") == {"query": "is:unread", "rows": [1, 2]}
    before = (data / "marks.journal").read_bytes()
    library.set_value("place", {"query": "is:unread", "rows": [1, 2]})
    assert (data / "marks.journal").read_bytes() == before
    library.set_value("place", None)
    assert Store.open(data).get_value("place") is None
    assert library.history() == ()


def test_lone_surrogates_are_kept_visibly(data: Path) -> None:
    library = Store.open(data)
    change = library.commit("l\udcff", to(a=Mark(note="x\udcffy \ud83d\ude00", tags=("t\ud800",))), at=AT)
    assert library.mark("a") == Mark(note="x\\udcffy 😀", tags=("t\\ud800",))
    again = Store.open(data)
    assert again.mark("a") == library.mark("a")
    assert again.history() == (change,)
    library.set_value("place", "\udcff")
    assert Store.open(data).get_value("place") == "\\udcff"
    library.replace_catalogue([Paper("b", title="\udcff")], {"k\udcff": "\udcff"})
    assert Store.open(data).paper("b").title == library.paper("b").title == "\\udcff"


@pytest.mark.parametrize("bits", [5, 8, 25])
def test_papers_are_read_from_pieces_of_any_size_in_any_order(
    data: Path, monkeypatch: pytest.MonkeyPatch, bits: int
) -> None:
    monkeypatch.setattr("tui.store.catalogue._PIECE_BITS", bits)
    papers = [Paper(f"{number:010x}", title=f"{number} " * (number % 40)) for number in range(100)]
    Store.open(data).replace_catalogue(papers, {})
    library = Store.open(data)
    shuffled = random.Random(bits).sample(papers, len(papers))  # noqa: S311 - to be repeated
    assert [library.paper(paper.id) for paper in shuffled] == shuffled
    assert library.papers() == tuple(papers)


def test_the_catalogue_is_replaced_whole_and_in_order(data: Path) -> None:
    library = Store.open(data)
    library.replace_catalogue([Paper("b", title="B"), Paper("a", title="A")], {"stamp": [1, 2]})
    again = Store.open(data)
    assert again.ids() == ("b", "a")
    assert again.papers() == (Paper("b", title="B"), Paper("a", title="A"))
    assert again.paper("a") is again.paper("a")
    assert dict(again.catalogue_meta) == {"stamp": [1, 2]}
    assert "a" in again
    assert "c" not in again
    with pytest.raises(KeyError):
        again.paper("c")
    library.replace_catalogue([Paper("c")], {})
    assert library.ids() == ("c",)
    assert library.catalogue_meta == {}


def test_marks_outlive_their_papers(data: Path) -> None:
    library = Store.open(data)
    library.replace_catalogue([Paper("a")], {})
    set_mark(library, "a", Mark(note="mine"))
    library.replace_catalogue([Paper("b")], {})
    library.compact()
    (data / "papers.json").unlink()
    again = Store.open(data)
    assert again.ids() == ()
    assert again.mark("a") == Mark(note="mine")


def test_a_clock_that_goes_back_changes_no_order(data: Path) -> None:
    """Order is that of the numbers: in the history, for undo, for who follows the store, and for backups."""
    follower = Store.open(data)
    library = Store.open(data)
    for number in range(1, 4):
        at = f"20{30 - number}-01-01T00:00:00Z"
        library.commit(f"step {number}", to(a=Mark(note=f"{number}")), at=at)
        os.utime(data / "marks.journal", ns=(0, 10**18 - number))
        assert follower.poll() == {"a"}
        library.compact()
        os.utime(data / "marks.json", ns=(0, 10**18 - number))
    follower.poll()
    for each in (library, follower, Store.open(data)):
        assert [change.number for change in each.history()] == [3, 2, 1]
        assert each.mark("a").note == "3"
    undone = follower.undo(at="2001-01-01T00:00:00Z")
    assert undone is not None
    assert undone.undoes == 3
    library.poll()
    assert library.mark("a").note == "2"
    (data / "marks.json").write_bytes(b"")
    Store.repair(data)
    assert Store.open(data).mark("a").note == "2"


def test_undo_finds_a_paper_that_became_part_of_another(data: Path) -> None:
    library = Store.open(data)
    library.replace_catalogue([Paper("a"), Paper("b")], {})
    set_mark(library, "a", Mark(tags=("x",)))
    set_mark(library, "b", Mark(tags=("y",)))
    library.replace_catalogue([Paper("b", aliases=("a",))], {})
    library.commit("join", to(a=UNTOUCHED, b=Mark(tags=("y", "x"))), at=AT, undoable=False)
    library.undo(at=AT)
    assert library.mark("b").tags == ("x",)
    library.undo(at=AT)
    assert library.marked() == frozenset()
    library.replace_catalogue([Paper("c", aliases=("a", "b"))], {})
    library.redo(at=AT)
    assert library.marked() == {"c"}


def test_compaction_keeps_everything(data: Path) -> None:
    library = Store.open(data)
    for number in range(20):
        set_mark(library, f"p{number % 3}", Mark(note=str(number)))
    library.undo(at=AT)
    library.set_value("place", 1)
    before = library.history()
    library.compact()
    assert (data / "marks.journal").read_bytes() == b""
    revision = library.revision
    assert library.poll() == frozenset()
    assert library.revision == revision
    again = Store.open(data)
    for each in (library, again):
        assert each.history() == before
        assert each.get_value("place") == 1
        assert [each.mark(f"p{number}").note for number in range(3)] == ["18", "16", "17"]
    assert again.redo(at=AT) is not None
    assert again.mark("p1").note == "19"


def test_a_long_journal_is_folded_at_closing_and_a_short_one_is_not(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(note="n"))
    library.close()
    assert (data / "marks.journal").stat().st_size > 0
    library = Store.open(data)
    set_mark(library, "b", Mark(note="n" * (5 << 20)))
    library.close()
    assert (data / "marks.journal").stat().st_size == 0
    assert len(list((data / "backups").iterdir())) == 1
    assert len(Store.open(data).mark("b").note) == 5 << 20


def test_backups_roll(data: Path) -> None:
    library = Store.open(data)
    for number in range(13):
        set_mark(library, "a", Mark(note=str(number)))
        library.compact()
    names = sorted(path.name for path in (data / "backups").iterdir())
    assert names == [f"marks-{number:012d}.json" for number in range(4, 14)]
    assert (data / "backups" / names[-1]).read_bytes() == (data / "marks.json").read_bytes()
    assert library.check() == ((), ())


def test_a_day_without_a_backup_is_long_enough(data: Path) -> None:
    library = Store.open(data)
    set_mark(library, "a", Mark(note="1"))
    library.close()
    assert not (data / "backups").exists()
    os.utime(data / "marks.json", (1, 1))
    Store.open(data).close()
    assert [path.name for path in (data / "backups").iterdir()] == ["marks-000000000001.json"]
    os.utime(data / "marks.json", (1, 1))
    before = (data / "marks.json").stat().st_ino
    Store.open(data).close()
    assert (data / "marks.json").stat().st_ino == before


def test_the_revision_grows_with_every_change(data: Path) -> None:
    library = Store.open(data)
    seen = [library.revision]
    set_mark(library, "a", Mark(note="n"))
    seen.append(library.revision)
    library.undo(at=AT)
    seen.append(library.revision)
    assert seen == sorted(set(seen))
