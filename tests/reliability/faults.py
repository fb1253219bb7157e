"""Every call to the operating system on every way to write: the last one of the process, or refused.

After notmuch's and SQLite's way of testing: not at random times, but at each call in turn until the operation comes
through. Whatever happens, a new run finds the state from before or after, and goes on from there.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import traceback
from collections import Counter
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
def kill_at_every_call(folder: Path, relapses: int = 1, every: int = 1, seed: int = 1, *, fork: bool) -> Counter[str]:
    """Let the process die before each call that changes the disk, and in the middle of each write.

    Args:
        folder: room for the worlds.
        relapses: how often the run after that is killed as well, at some call of its own.
        every: let that happen after each so-manieth kill.
        seed: of the choice of those calls.
        fork: let a process die at each point, instead of refusing everything from there on.
    """
    counts = Counter[str](points=0, wrong=0, relapses=0)
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    for name, path in WRITE_PATHS.items():
        room = folder / name.replace(" ", "-")
        ground = Ground(room, path)
        points = 0
        for half in (False, True):
            number = 0
            while True:
                world = ground.fresh()
                if not _dies(path.run, world, number, half=half, fork=fork):
                    break
                points += 1
                number += 1
                for _ in range(0 if points % every else relapses):
                    counts["relapses"] += _dies(_open, world, chance.randrange(12), half=False, fork=fork)
                counts["wrong"] += not _is_right(world, ground, path, f"{name}, killed at call {number - 1}")
                shutil.rmtree(world.folder)
        counts["points"] += points
        counts[f"at {name}"] = points
        shutil.rmtree(room)
    return counts


@without_waiting()
def fail_at_every_call(folder: Path, *, every_error: bool = False, stride: int = 1) -> Counter[str]:
    """Refuse each call, once and for good, and let each write take only a part.

    Args:
        folder: room for the worlds.
        every_error: refuse each call with every error in turn, not with one of them.
        stride: leave out all but every so many calls.
    """
    counts = Counter[str](points=0, refused=0, wrong=0, short_writes=0)
    for name, path in WRITE_PATHS.items():
        room = folder / name.replace(" ", "-")
        ground = Ground(room, path)
        for for_good in (False, True):
            number, going_on = int(for_good) % stride, True
            while going_on:
                errors = ERRORS if every_error else (ERRORS[number % len(ERRORS)],)
                for error in errors:
                    # No kernel interrupts a call for ever; Python would try again for ever, which is right.
                    if for_good and error == errno.EINTR:
                        continue
                    going_on = _fails(path, ground, number, error, counts, for_good=for_good, name=name)
                number += stride
        for bite in (1, 7, 100):
            world = ground.fresh()
            short = 0

            def limited(call: OsCall, bite: int = bite) -> int | None:
                nonlocal short
                if call.name == "write" and len(call.arguments[1]) > bite and short < 50:
                    short += 1
                    return bite
                return None

            with Shim(world.folder, limited).installed():
                path.run(world)
            counts["short_writes"] += short
            counts["wrong"] += world.look() != ground.after
        shutil.rmtree(room)
    return counts


def _fails(
    path: WritePath, ground: Ground, number: int, error: int, counts: Counter[str], *, for_good: bool, name: str
) -> bool:
    """Whether the operation came as far as that call."""
    world = ground.fresh()
    reached = False

    def refuse(call: OsCall) -> None:
        nonlocal reached
        if call.number == number or (for_good and call.number > number):
            reached = True
            if call.name != "close":
                raise OSError(error, os.strerror(error))

    shim = Shim(world.folder, refuse)
    told: str | None = None
    with shim.installed():
        try:
            path.run(world)
        except ReadlistError as refusal:
            told = refusal.message
        except Exception:  # noqa: BLE001  (that is what is looked for)
            sys.stdout.write(f"{name}, call {number} refused with {os.strerror(error)}:\n{traceback.format_exc()}")
            counts["wrong"] += 1
    shim.bury()
    if reached:
        counts["points"] += 1
        counts["refused"] += told is not None
        case = f"{name}, call {number} refused with {os.strerror(error)}{' for good' if for_good else ''}"
        if told is None and not for_good and not path.partly and world.look() != ground.after:
            sys.stdout.write(f"{case}: nothing was said, and it is not done\n")
            counts["wrong"] += 1
        counts["wrong"] += not _is_right(world, ground, path, case)
    shutil.rmtree(world.folder)
    return reached


class _DeadError(BaseException):
    """The process ends here: nothing it would still do takes place."""


def _dies(run: Callable[[World], None], world: World, number: int, *, half: bool, fork: bool) -> bool:
    """Run, and die at the ``number``-th call that changes the disk; say whether it came so far."""
    if not fork:
        return _feigns_death(run, world, number, half=half)
    child = os.fork()
    if not child:
        _live(run, world, number, half=half)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, _KILLED):
        raise RuntimeError(f"the process under test ended with {code}: see its traceback above")
    return code == _KILLED


def _feigns_death(run: Callable[[World], None], world: World, number: int, *, half: bool) -> bool:
    """In this process, which is much quicker: whatever the dead would still do is refused."""

    def die() -> None:
        raise _DeadError

    shim = Shim(world.folder, _Fate(number, half=half, die=die))
    try:
        with shim.installed():
            run(world)
    except _DeadError:
        return True
    except ReadlistError:
        # The run after a kill may find a store that is still to be repaired.
        return False
    finally:
        shim.bury()
    return False


def _live(run: Callable[[World], None], world: World, number: int, *, half: bool) -> None:
    status = 70
    try:
        Shim(world.folder, _Fate(number, half=half, die=lambda: os._exit(_KILLED))).install()
        run(world)
        status = 0
    except ReadlistError:
        status = 0  # see _feigns_death
    finally:
        if status:
            traceback.print_exc()
        os._exit(status)


class _Fate:
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
    """Whether a new run finds an allowed state, can finish what was begun, and can go on."""
    found = world.look()
    if found not in ground.allowed:
        sys.stdout.write(f"{case}: a new run finds {found!r}\n")
        return False
    if found == DAMAGED:
        path.run(world)
        if world.look() != ground.after:
            sys.stdout.write(f"{case}: a second repair leads to {world.look()!r}\n")
            return False
    session = Session.open(world.home)
    session.mark(session.ids(), Edit(append_note="and on"))
    session.close()
    again = Session.open(world.home)
    sound = all(again.entry(paper).mark.note.endswith("and on") for paper in again.ids()) and again.inspect()[0] == ()
    again.close()
    if not sound:
        sys.stdout.write(f"{case}: the next edit is not there\n")
    return sound
