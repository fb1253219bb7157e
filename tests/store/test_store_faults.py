"""Every call to the operating system fails, once and for good, and every one is the last before the process dies.

After notmuch's and SQLite's way of testing: not at random times, but at each call in turn until the operation comes
through. Whatever happens, the store is as it was or as it should be, in memory and on disk, and the next edit works.
"""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.support.earlier import convert_to_earlier_format
from tui.errors import StoreDamagedError, WriteError
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.store import disk
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Case = tuple[Callable[[], Path], Callable[[Store], None]]
    State = tuple[object, ...]

    class System(Protocol):
        """The fixture of that name in conftest.py."""

        calls: list[str]

        def watch(self, fault: Callable[[int, str], int | None]) -> None: ...
        def recover(self) -> None: ...
        def end_process(self) -> None: ...


AT = "2026-11-20T12:00:00Z"
ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EMFILE, errno.EINTR)


def begin(data: Path) -> None:
    """A store with something in every file; the journal ends in an interrupted save."""
    store = Store.open(data)
    store.catalogue.replace([Paper("a", title="A")], {})
    edit(store)
    store.compact()
    store.history.commit("second", lambda _: {"b": Mark(note="second")}, at=AT)
    store.close()


def edit(store: Store) -> None:
    store.history.commit("edit", lambda mark: {"a": Mark(note=mark("a").note + "x", tags=("t",))}, at=AT)


def undo(store: Store) -> None:
    store.history.undo(at=AT)


def intake(store: Store) -> None:
    store.catalogue.replace([Paper("a", title="A"), Paper("c", title="C")], {"n": 1})


def compact(store: Store) -> None:
    store.compact()


def state(store: Store) -> State:
    marks = {paper: store.marks.get(paper) for paper in sorted(store.marks.ids())}
    return (tuple(marks.items()), store.history.changes(), store.catalogue.papers(), store.sources.names())


class Killed(BaseException):
    """The process ends here: it executes nothing more."""


OPERATIONS: dict[str, Callable[[Store], None]] = {"edit": edit, "undo": undo, "intake": intake, "compact": compact}


@pytest.fixture(params=[*OPERATIONS, "first edit", "torn", "earlier form"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """Makes a fresh copy of the store, and the operation under test."""
    template = tmp_path / "template"
    template.mkdir()
    if request.param != "first edit":
        begin(template)
    if request.param == "torn":
        with (template / "marks.journal").open("ab") as log:
            log.write(b"0123")
    if request.param == "earlier form":
        convert_to_earlier_format(template)
    copies = iter(range(10**6))

    def fresh() -> Path:
        folder = tmp_path / f"copy{next(copies)}"
        shutil.copytree(template, folder)
        if request.param == "first edit":
            folder.rmdir()
        return folder

    return fresh, OPERATIONS.get(request.param, edit)


def refused(operation: Callable[[Store], None], store: Store) -> WriteError | None:
    try:
        operation(store)
    except WriteError as refusal:
        return refusal
    return None


def killed(operation: Callable[[Store], None], store: Store) -> bool:
    try:
        operation(store)
    except Killed:
        return True
    return False


def before_and_after(fresh: Callable[[], Path], operation: Callable[..., None]) -> tuple[State, State]:
    store = Store.open(fresh())
    before = state(store)
    operation(store)
    after = state(store)
    store.close()
    return before, after


def test_each_failing_call_leaves_the_old_or_the_new_state(case: Case, system: System) -> None:
    fresh, operation = case
    before, after = before_and_after(fresh, operation)
    points = 0
    for for_good in (False, True):
        number = 0
        while True:
            error = ERRORS[points % len(ERRORS)]
            folder = fresh()
            store = Store.open(folder)

            def fault(count: int, _: str, at: int = number, error: int = error, sticky: bool = for_good) -> None:
                if count == at or (sticky and count > at):
                    raise OSError(error, "injected")

            system.watch(fault)
            refusal = refused(operation, store)
            failed = refusal is not None
            assert refusal is None or (str(folder) in refusal.message and refusal.hint)
            reached = len(system.calls) > number
            system.recover()
            if not reached:
                break
            points += 1
            assert state(store) in ((before, after) if operation is compact else (before,) if failed else (after,))
            assert state(Store.open(folder)) in (before, after)
            store.history.commit("next", lambda _: {"z": Mark(note="next")}, at=AT)
            assert store.marks.get("z").note == "next"
            again = Store.open(folder)
            # If only the last sync failed, the new catalogue is on the disk, and is read like any other.
            store.poll()
            assert state(again) == state(store)
            damage, remarks = again.check()
            assert not damage
            assert all("interrupted" in sentence for sentence in remarks)
            store.close()
            number += 1
            shutil.rmtree(folder)
    assert points >= 10


def test_a_crash_at_each_call_leaves_the_old_or_the_new_state(case: Case, system: System) -> None:
    fresh, operation = case
    before, after = before_and_after(fresh, operation)
    points = 0
    for torn in (None, 1, 30):
        number = 0
        while True:
            folder = fresh()
            store = Store.open(folder)

            def fault(count: int, name: str, at: int = number, torn: int | None = torn) -> int | None:
                if torn is not None and count == at - 1 and name == "write":
                    return torn
                if count >= at:
                    raise Killed
                return None

            system.watch(fault)
            died = killed(operation, store)
            system.end_process()
            if not died:
                break
            points += 1
            survivor = Store.open(folder)
            assert state(survivor) in (before, after)
            assert not any("missing" in notice for notice in survivor.notices)
            survivor.history.commit("next", lambda _: {"z": Mark(note="next")}, at=AT)
            survivor.compact()
            assert state(Store.open(folder)) == state(survivor)
            assert not list(folder.rglob("*.tmp"))
            survivor.close()
            number += 1
            shutil.rmtree(folder)
    assert points >= 10


def test_repeated_crashes_during_recovery_lose_nothing(tmp_path: Path, system: System) -> None:
    folder = tmp_path / "data"
    begin(folder)
    store = Store.open(folder)
    before = state(store)
    store.close()
    with (folder / "marks.journal").open("ab") as log:
        log.write(b"0123")
    number = 0
    while True:

        def fault(count: int, _: str, at: int = number) -> None:
            if count >= at:
                raise Killed

        system.watch(fault)
        try:
            Store.open(folder).close()
        except Killed:
            number += 1
        else:
            break
        finally:
            system.end_process()
    assert number >= 5
    assert state(Store.open(folder)) == before


@pytest.mark.parametrize("cut", range(0, 400, 13))
def test_a_write_in_two_calls_is_complete(data: Path, system: System, cut: int) -> None:
    begin(data)
    store = Store.open(data)
    system.watch(lambda count, _: max(cut, 1) if count < 3 else None)
    edit(store)
    system.recover()
    assert state(Store.open(data)) == state(store)


def test_half_a_line_on_a_full_disk_is_rolled_back(data: Path, system: System) -> None:
    begin(data)
    store = Store.open(data)
    before = (data / "marks.journal").read_bytes()
    bites = iter((20,))

    def fault(_: int, name: str) -> int | None:
        if name != "write":
            return None
        bite = next(bites, None)
        if bite is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return bite

    system.watch(fault)
    with pytest.raises(WriteError, match="No space left"):
        edit(store)
    system.recover()
    assert (data / "marks.journal").read_bytes() == before
    edit(store)
    assert Store.open(data).notices == ()


def test_a_failed_sync_is_never_repeated_and_everything_is_rewritten(data: Path, system: System) -> None:
    begin(data)
    store = Store.open(data)
    synced: list[str] = []

    def fault(_: int, name: str) -> None:
        if name == "fsync":
            synced.append(name)
            raise OSError(errno.EIO, "Input/output error")

    system.watch(fault)
    with pytest.raises(WriteError, match="Input/output error"):
        edit(store)
    system.recover()
    assert len(synced) == 1
    old = (data / "marks.json").stat().st_ino
    edit(store)
    assert (data / "marks.json").stat().st_ino != old
    assert (data / "marks.journal").read_bytes().count(b"\n") == 1
    assert state(Store.open(data)) == state(store)


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_temporary_files_of_failed_writes_are_removed(data: Path, system: System, call: str) -> None:
    begin(data)
    store = Store.open(data)

    def fault(_: int, name: str) -> None:
        if name == call:
            raise OSError(errno.EIO, "Input/output error")

    system.watch(fault)
    with pytest.raises(WriteError):
        intake(store)
    with pytest.raises(WriteError):
        compact(store)
    system.recover()
    assert not list(data.rglob("*.tmp"))


def test_a_failed_backup_does_not_fail_the_compaction(data: Path) -> None:
    begin(data)
    shutil.rmtree(data / "backups")
    (data / "backups").write_text("in the way")
    store = Store.open(data)
    before = state(store)
    store.compact()
    assert state(store) == state(Store.open(data)) == before
    assert any("cannot make a backup" in notice for notice in store.notices)


def test_a_backup_that_does_not_read_back_is_reported(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(data)
    store = Store.open(data)
    whole = disk.replace

    def spoil(path: Path, parts: Iterable[bytes], *, follow: bool = False) -> None:
        whole(path, parts if path.parent == data else [b"".join(parts)[:-5]], follow=follow)

    monkeypatch.setattr(disk, "replace", spoil)
    store.compact()
    assert any("differs from what was written" in notice for notice in store.notices)
    assert state(Store.open(data)) == state(store)


def test_closing_on_a_full_disk_loses_nothing_and_raises_nothing(data: Path, system: System) -> None:
    store = Store.open(data)
    store.history.commit("long", lambda _: {"a": Mark(note="n" * (5 << 20))}, at=AT)

    def fault(_: int, name: str) -> None:
        if name == "write":
            raise OSError(errno.ENOSPC, "No space left on device")

    system.watch(fault)
    store.close()
    assert "write" in system.calls
    system.recover()
    assert len(Store.open(data).marks.get("a").note) == 5 << 20


def test_a_read_error_is_reported_as_such(data: Path, system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(data)

    def refuse(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(system, "read", refuse, raising=False)
    with pytest.raises(StoreDamagedError, match="Input/output error"):
        Store.open(data)
