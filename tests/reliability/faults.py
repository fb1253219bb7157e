"""Faults at every system call of every write operation: the process is killed there, or the call is refused.

As in the tests of notmuch and SQLite: not at random times, but at each call in turn until the operation completes. In
every case, a new run finds the state from before or after, and continues from there.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import traceback
from collections import Counter
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from tests.reliability.paths import DAMAGED, WRITE_PATHS, Ground
from tests.reliability.shim import Shim, without_waiting
from tui.errors import ReadlistError
from tui.model.edit import Edit
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.reliability.paths import World, WritePath
    from tests.reliability.shim import OsCall

ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EMFILE, errno.EINTR)
_KILLED = 137
_CHANGES_THE_DISK = frozenset(
    ("open", "write", "pwrite", "fsync", "replace", "ftruncate", "mkdir", "unlink", "fchmod")
)


@without_waiting()
def kill_at_every_call(
    folder: Path, relapses: int = 1, every: int = 1, stride: int = 1, seed: int = 1, *, fork: bool
) -> Counter[str]:
    """Kill the process before each call that changes the disk, and in the middle of each write.

    Args:
        folder: for the files of the trial.
        relapses: how many of the following runs are killed as well, at random calls.
        every: do that only after every this many kills.
        stride: kill only at every this many calls, which are others in each operation.
        seed: of the choice of those calls.
        fork: whether to kill a real process at each point, instead of refusing all further calls.
    """
    counts = Counter[str](points=0, wrong=0, relapses=0)
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    for order, (name, path) in enumerate(WRITE_PATHS.items()):
        operation_folder = folder / name.replace(" ", "-")
        ground = Ground(operation_folder, path)
        points = 0
        for half in (False, True):
            for number in count(order % stride, stride):
                world = ground.fresh()
                if not _dies(path.run, world, number, half=half, fork=fork):
                    break
                points += 1
                for _ in range(0 if points % every else relapses):
                    counts["relapses"] += _dies(_open, world, chance.randrange(12), half=False, fork=fork)
                counts["wrong"] += not _is_right(world, ground, path, f"{name}, killed at call {number}")
                shutil.rmtree(world.folder)
        counts["points"] += points
        counts[f"at {name}"] = points
        shutil.rmtree(operation_folder)
    return counts


@without_waiting()
def fail_at_every_call(folder: Path, *, every_error: bool = False, stride: int = 1) -> Counter[str]:
    """Refuse each call, once and permanently, and let each write accept only a part.

    Args:
        folder: for the files of the trial.
        every_error: whether to refuse each call with every error in turn, not with one of them.
        stride: test only every this many calls.
    """
    counts = Counter[str](points=0, refused=0, wrong=0, short_writes=0)
    for name, path in WRITE_PATHS.items():
        operation_folder = folder / name.replace(" ", "-")
        ground = Ground(operation_folder, path)
        for is_permanent in (False, True):
            number, going_on = int(is_permanent) % stride, True
            while going_on:
                errors = ERRORS if every_error else (ERRORS[number % len(ERRORS)],)
                for error in errors:
                    # No kernel interrupts a call for ever, and Python rightly tries again each time.
                    if is_permanent and error == errno.EINTR:
                        continue
                    going_on = _fails(path, ground, number, error, counts, is_permanent=is_permanent, name=name)
                number += stride
        for limit in (1, 7, 100):
            world = ground.fresh()
            short = 0

            def limited(call: OsCall, limit: int = limit) -> int | None:
                nonlocal short
                if call.name == "write" and len(call.arguments[1]) > limit and short < 50:
                    short += 1
                    return limit
                return None

            with Shim(world.folder, limited).installed():
                path.run(world)
            counts["short_writes"] += short
            counts["wrong"] += world.read_state() != ground.after
        shutil.rmtree(operation_folder)
    return counts


def _fails(
    path: WritePath, ground: Ground, number: int, error: int, counts: Counter[str], *, is_permanent: bool, name: str
) -> bool:
    """Refuse a call; return whether the operation reached it."""
    world = ground.fresh()
    reached = False

    def refuse(call: OsCall) -> None:
        nonlocal reached
        if call.number == number or (is_permanent and call.number > number):
            reached = True
            if call.name != "close":
                raise OSError(error, os.strerror(error))

    shim = Shim(world.folder, refuse)
    message: str | None = None
    with shim.installed():
        try:
            path.run(world)
        except ReadlistError as refusal:
            message = refusal.message
        except Exception:  # noqa: BLE001  (any exception is a finding)
            sys.stdout.write(f"{name}, call {number} refused with {os.strerror(error)}:\n{traceback.format_exc()}")
            counts["wrong"] += 1
    shim.close_handles()
    if reached:
        counts["points"] += 1
        counts["refused"] += message is not None
        case = f"{name}, call {number} refused with {os.strerror(error)}{' permanently' if is_permanent else ''}"
        if message is None and not is_permanent and not path.partly and world.read_state() != ground.after:
            sys.stdout.write(f"{case}: no error was reported, but it is not done\n")
            counts["wrong"] += 1
        counts["wrong"] += not _is_right(world, ground, path, case)
    shutil.rmtree(world.folder)
    return reached


class _DeadError(BaseException):
    """The process ends here: it executes nothing more."""


def _dies(run: Callable[[World], None], world: World, number: int, *, half: bool, fork: bool) -> bool:
    """Run, and die at the ``number``-th call that changes the disk; return whether it was reached."""
    if not fork:
        return _simulate_death(run, world, number, half=half)
    child = os.fork()
    if not child:
        _run_and_exit(run, world, number, half=half)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, _KILLED):
        raise RuntimeError(f"the process under test ended with {code}: see its traceback above")
    return code == _KILLED


def _simulate_death(run: Callable[[World], None], world: World, number: int, *, half: bool) -> bool:
    """Simulate the death in this process, which is much faster: all further calls are refused."""

    def die() -> None:
        raise _DeadError

    shim = Shim(world.folder, _Killer(number, half=half, die=die))
    try:
        with shim.installed():
            run(world)
    except _DeadError:
        return True
    except ReadlistError:
        # The run after a kill may find a store that has not been repaired yet.
        return False
    finally:
        shim.close_handles()
    return False


def _run_and_exit(run: Callable[[World], None], world: World, number: int, *, half: bool) -> None:
    status = 70
    try:
        Shim(world.folder, _Killer(number, half=half, die=lambda: os._exit(_KILLED))).install()
        run(world)
        status = 0
    except ReadlistError:
        status = 0  # see _simulate_death
    finally:
        if status:
            traceback.print_exc()
        os._exit(status)


class _Killer:
    """Dies at the ``number``-th call that changes the disk, or in the middle of the ``number``-th write."""

    def __init__(self, number: int, *, half: bool, die: Callable[[], None]) -> None:
        self._number = number
        self._half = half
        self._die = die
        self._count = 0
        self._write = os.write
        self._dead = False

    def __call__(self, call: OsCall) -> None:
        if not self._dead:
            if not (call.name == "write" if self._half else call.name in _CHANGES_THE_DISK):
                return
            self._count += 1
            if self._count <= self._number:
                return
            if self._half:
                data = bytes(call.arguments[1])
                self._write(call.arguments[0], data[: len(data) // 2])
            self._dead = True
        self._die()


def _open(world: World) -> None:
    Session.open(world.home).close()


def _is_right(world: World, ground: Ground, path: WritePath, case: str) -> bool:
    """Whether a new run finds an allowed state, can finish a repair, and can continue."""
    found = world.read_state()
    if found not in ground.allowed:
        sys.stdout.write(f"{case}: a new run finds {found!r}\n")
        return False
    if found == DAMAGED:
        path.run(world)
        if world.read_state() != ground.after:
            sys.stdout.write(f"{case}: a second repair leads to {world.read_state()!r}\n")
            return False
    session = Session.open(world.home)
    session.edits.mark(session.ids(), Edit(append_note="continued"))
    session.close()
    again = Session.open(world.home)
    sound = (
        all(again.entry(paper).mark.note.endswith("continued") for paper in again.ids())
        and again.maintenance.inspect()[0] == ()
    )
    again.close()
    if not sound:
        sys.stdout.write(f"{case}: the next edit is not there\n")
    return sound
