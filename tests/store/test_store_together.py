"""Two programs on one folder: nothing is lost, no ids collide, and each reads the changes of the other."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tui.errors import StoreBusyError, WriteError
from tui.model.mark import UNTOUCHED, Mark
from tui.model.paper import Paper
from tui.store import disk, lock
from tui.store.lock_queue import LockQueue
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

AT = "2026-11-20T12:00:00Z"


def tag(store: Store, paper: str, name: str) -> None:
    def plan(mark: Callable[[str], Mark]) -> Mapping[str, Mark]:
        return {paper: mark(paper)._replace(tags=(*mark(paper).tags, name))}

    store.history.commit(f"tag {name}", plan, at=AT)


def test_edits_of_two_programs_are_merged_and_not_overwritten(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    for number in range(20):
        tag((one, two)[number % 2], "a", f"t{number}")
    tags = tuple(f"t{number}" for number in range(20))
    assert two.marks.get("a").tags == tags
    assert one.poll() == {"a"}
    assert one.marks.get("a").tags == tags == Store.open(data).marks.get("a").tags
    assert [change.number for change in one.history.changes()] == list(range(20, 0, -1))


def test_poll_returns_the_changes_of_others_once(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    assert one.poll() == frozenset()
    tag(two, "a", "x")
    tag(two, "b", "x")
    assert one.poll() == {"a", "b"}
    assert one.poll() == frozenset()
    tag(one, "c", "x")
    assert one.poll() == frozenset()


def test_poll_also_returns_changes_that_a_commit_applied(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    tag(two, "a", "x")
    tag(one, "b", "x")
    assert one.marks.get("a").tags == ("x",)
    assert one.poll() == {"a"}


def test_poll_returns_every_paper_after_the_catalogue_was_replaced(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    two.catalogue.replace([Paper("a"), Paper("b")], {})
    assert one.poll() == {"a", "b"}
    assert one.catalogue.ids() == ("a", "b")
    assert one.poll() == frozenset()


def test_poll_follows_a_compaction(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    tag(one, "a", "x")
    tag(two, "b", "x")
    one.poll()
    two.compact()
    tag(two, "c", "x")
    assert one.poll() == {"c"}
    tag(one, "d", "x")
    assert two.poll() == {"a", "d"}
    assert Store.open(data).marks.ids() == {"a", "b", "c", "d"}


def test_undo_reverts_the_newest_change_of_either_program(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    tag(one, "a", "x")
    tag(two, "a", "y")
    one.history.undo(at=AT)
    assert one.marks.get("a").tags == ("x",)
    tag(two, "b", "z")
    assert one.history.redo(at=AT) is None
    assert two.marks.get("a").tags == ("x",)
    assert two.marks.get("b").tags == ("z",)


def test_a_reader_does_not_wait_for_the_lock(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    tag(one, "a", "x")
    handle = os.open(data / ".lock", os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert two.poll() == {"a"}
        assert Store.open(data).marks.ids() == {"a"}
    finally:
        os.close(handle)


def test_the_error_for_a_held_lock_names_its_holder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(data)
    tag(store, "a", "x")
    handle = os.open(data / ".lock", os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    os.ftruncate(handle, 0)
    os.pwrite(handle, b"4711 2026-11-20T12:00:00+00:00 1\n", 0)
    waited: list[float] = []
    clock = iter(range(100))
    monkeypatch.setattr(lock, "time", SimpleNamespace(monotonic=lambda: float(next(clock)), sleep=waited.append))
    try:
        with pytest.raises(StoreBusyError, match="process 4711, started 2026-11-20") as caught:
            tag(store, "a", "y")
        assert caught.value.exit_code == 5
        assert len(waited) == 5 - 1
        assert store.marks.get("a").tags == ("x",)
    finally:
        os.close(handle)
    tag(store, "a", "z")
    assert store.marks.get("a").tags == ("x", "z")


def test_the_lock_file_names_its_holder_and_is_kept(data: Path) -> None:
    store = Store.open(data)
    tag(store, "a", "x")
    store.close()
    assert re.fullmatch(rf"{os.getpid()} \d{{4}}-\S+ 1\n", (data / ".lock").read_text())


def test_a_deleted_lock_file_excludes_as_before(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    tag(one, "a", "x")
    tag(two, "a", "y")
    (data / ".lock").unlink()
    tag(one, "a", "z")
    tag(two, "a", "w")
    assert (data / ".lock").exists()
    assert Store.open(data).marks.get("a").tags == ("x", "y", "z", "w")


def test_the_next_in_the_queue_for_the_lock_goes_when_the_first_leaves(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    first, second = LockQueue(data), LockQueue(data)
    checks: list[int] = []

    def leave_at_second_check() -> None:
        checks.append(len(checks))
        if len(checks) == 2:
            first.leave()
        assert len(checks) < 100, "it still waits"

    first.wait_turn(lambda: pytest.fail("nobody else is in the queue"))
    second.wait_turn(leave_at_second_check)
    assert len(checks) >= 2
    with pytest.raises(StoreBusyError):
        first.wait_turn(busy)
    second.close()
    first.wait_turn(busy)
    first.close()


def busy() -> None:
    raise StoreBusyError("busy")


def test_a_file_in_place_of_the_folder_is_no_folder_to_queue_in(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(NotADirectoryError):
        disk.open_folder(tmp_path / "data")


def test_a_file_system_without_locks_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(data)
    tag(store, "a", "x")

    def none(_: int) -> bool:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(disk, "try_lock", none)
    with pytest.raises(WriteError, match="No locks available"):
        tag(store, "a", "y")


def test_a_compaction_during_a_read_is_noticed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Store.open(data)
    tag(one, "a", "x")
    read = disk.read
    compacted: list[Path] = []

    def compact_first(path: Path, start: int = 0, limit: int | None = None) -> bytes | None:
        if path.name == "marks.journal" and not compacted:
            compacted.append(path)
            one.compact()
        return read(path, start, limit)

    monkeypatch.setattr(disk, "read", compact_first)
    assert Store.open(data).marks.ids() == {"a"}
    assert compacted


def test_half_a_line_of_a_working_writer_is_ignored(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    tag(one, "a", "x")
    two.poll()
    tag(one, "a", "y")
    path = data / "marks.journal"
    whole = path.read_bytes()
    start = whole[:-1].rindex(b"\n") + 1
    for cut in range(start, len(whole)):
        path.write_bytes(whole[:cut])
        assert two.poll() == frozenset()
        assert two.marks.get("a").tags == ("x",)
    path.write_bytes(whole)
    assert two.poll() == {"a"}
    assert two.marks.get("a").tags == ("x", "y")
    assert two.notices == ()


def test_a_line_rolled_back_and_replaced_by_another_is_noticed(data: Path) -> None:
    """Without the lock a reader may see a line whose sync then fails."""
    one, two = Store.open(data), Store.open(data)
    tag(one, "a", "x")
    path = data / "marks.journal"
    before = path.read_bytes()
    tag(one, "a", "y")
    two.poll()
    path.write_bytes(before)
    # The writer notes the high-water mark only after the sync.
    (data / ".lock").write_bytes(b"")
    three = Store.open(data)
    tag(three, "a", "z")
    tag(three, "b", "z")
    assert two.poll() == {"a", "b"}
    assert two.marks.get("a").tags == ("x", "z")


def test_a_store_replaced_by_another_is_followed(data: Path, tmp_path: Path) -> None:
    one = Store.open(data)
    tag(one, "a", "x")
    one.compact()
    other = tmp_path / "other"
    shutil.copytree(data, other)
    tag(one, "b", "x")
    elsewhere = Store.open(other)
    tag(elsewhere, "c", "x")
    elsewhere.compact()
    for path in other.iterdir():
        if path.is_file() and path.name != ".lock":
            os.replace(path, data / path.name)  # noqa: PTH105  (as mv does)
    assert one.poll() == {"b", "c"}
    tag(one, "d", "x")
    assert Store.open(data).marks.ids() == {"a", "c", "d"}


def test_the_first_edit_of_two_programs(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    tag(one, "a", "x")
    tag(two, "b", "x")
    assert two.marks.ids() == {"a", "b"}
    assert one.poll() == {"b"}


def test_a_mark_that_another_program_removes_is_untouched(data: Path) -> None:
    one, two = Store.open(data), Store.open(data)
    tag(one, "a", "x")
    two.poll()
    one.history.undo(at=AT)
    assert two.poll() == {"a"}
    assert two.marks.get("a") is UNTOUCHED
