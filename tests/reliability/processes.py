"""Kill the program as users run it, at random moments: command lines, screens, and write operations."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.reliability.paths import DAMAGED, WRITE_PATHS, Ground, World, build
from tests.support.pseudo_terminal import start_on_terminal
from tui.errors import ReadlistError
from tui.session.session import Session
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOT = Path(__file__).resolve().parents[2]
_TIMEOUT = 30.0
_LIVES_PER_STORE = 20
# Key sequences of single changes on a screen; the parts are sent one by one.
_GESTURES = ((b"r",), (b"b",), (b"u",), (b"+", b"new\r"), (b"+", b"newer\r"), (b"e", b" more", b"\x1b"))


def kill_commands(folder: Path, kills: int, seed: int = 1) -> Counter[str]:
    """Kill processes of ``readlist tag``. Exit status 0 acknowledges the change."""
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    counts = Counter[str](kills=0, acknowledged=0, in_flight=0, lost=0, unreadable=0)
    for first in range(0, kills, _LIVES_PER_STORE):
        world = build(folder / f"world{first}", _opened_once)
        paper = Store.open(world.home.data).catalogue.ids()[0]
        expected: list[str] = []
        for tag in ("first", "second"):
            started = time.monotonic()
            _tag(world, paper, tag).wait()
            usual = time.monotonic() - started
            expected.append(tag)
        for number in range(first, min(first + _LIVES_PER_STORE, kills)):
            process = _tag(world, paper, f"t{number}")
            try:
                process.wait(chance.uniform(0.2, 1.1) * usual)
            except subprocess.TimeoutExpired:
                counts["kills"] += 1
                process.kill()
            done = process.wait() == 0
            counts["acknowledged"] += done
            _compare(world.home.data, paper, expected, f"t{number}", counts, acknowledged=done)
        shutil.rmtree(world.folder)
    return counts


def kill_screens(folder: Path, kills: int, seed: int = 1) -> Counter[str]:
    """Kill screens between two keys or right after one. A change that another process reads is acknowledged."""
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    counts = Counter[str](kills=0, acknowledged=0, in_flight=0, lost=0, unreadable=0)
    world = build(folder / "world", _opened_once)
    for _ in range(kills):
        watcher = Store.open(world.home.data)
        pid, master = start_on_terminal([sys.executable, "-m", "tui"], _environ(world), 100, 30)
        _until_shown(master, b"Radiance")
        unseen = 1  # the change that is being saved when the screen is killed
        for _ in range(chance.randrange(5)):
            before = len(watcher.history.changes())
            for keys in chance.choice(_GESTURES):
                _read_until(master, lambda: False, 0.15)
                os.write(master, keys)
            # A key may have nothing to do (an undo after an undo); then nothing is acknowledged either.
            _read_until(master, lambda watcher=watcher, before=before: _has_grown(watcher, before), 1.0)  # type: ignore[misc]
            grew = len(watcher.history.changes()) > before
            counts["acknowledged"] += grew
            # On a busy machine the change may still come.
            unseen += not grew
        acknowledged = watcher.history.changes()
        os.write(master, b"b")
        _read_until(master, lambda: False, chance.uniform(0, 0.04))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(master)
        counts["kills"] += 1
        try:
            found = Store.open(world.home.data).history.changes()
        except ReadlistError as error:
            sys.stdout.write(f"unreadable: {error}\n")
            counts["unreadable"] += 1
            break
        more = len(found) - len(acknowledged)
        counts["in_flight"] += max(more, 0)
        if found[max(more, 0) :] != acknowledged or not 0 <= more <= unseen:
            sys.stdout.write(f"a screen had {len(acknowledged)} changes acknowledged, {len(found)} are there\n")
            counts["lost"] += 1
    return counts


def kill_at_random(folder: Path, name: str, kills: int, seed: int = 1) -> Counter[str]:
    """Kill one write operation at random moments, each time on a fresh store."""
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    counts = Counter[str](kills=0, finished=0, before=0, after=0, wrong=0)
    path = WRITE_PATHS[name]
    ground = Ground(folder, path)
    usual = min(_fork_and_kill(path.run, ground.fresh(), None) for _ in range(3))
    for _ in range(kills):
        world = ground.fresh()
        lived = _fork_and_kill(path.run, world, chance.uniform(0, 0.95) * usual)
        counts["kills"] += lived > 0
        counts["finished"] += not lived
        if chance.random() < 0.5:
            # Kill the recovering run as well.
            _fork_and_kill(lambda world: Session.open(world.home).close(), world, chance.uniform(0, 0.02))
        found = world.read_state()
        if found == DAMAGED and found in ground.allowed:
            path.run(world)
            found = world.read_state()
        kind = "after" if found == ground.after else "before" if found in ground.allowed else "wrong"
        counts[kind] += 1
        if kind == "wrong":
            sys.stdout.write(f"{name}: a new run finds {found!r}\n")
        shutil.rmtree(world.folder)
    shutil.rmtree(folder)
    return counts


def _opened_once(world: World) -> None:
    Session.open(world.home).close()


def _environ(world: World) -> dict[str, str]:
    folders = {
        "READLIST_DATA": str(world.home.data),
        "READLIST_SEEDS": str(world.home.seeds),
        "HOME": str(world.folder),
    }
    return {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
        **folders,
    }


def _tag(world: World, paper: str, tag: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tui", "tag", "--add", tag, f"id:{paper}"],
        env=_environ(world),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _compare(
    data: Path, paper: str, expected: list[str], tag: str, counts: Counter[str], *, acknowledged: bool
) -> None:
    try:
        store = Store.open(data)
    except ReadlistError as error:
        sys.stdout.write(f"unreadable: {error}\n")
        counts["unreadable"] += 1
        return
    tags = sorted(store.marks.get(paper).tags)
    labels = len(store.history.changes())
    if acknowledged:
        expected.append(tag)
    elif tags == sorted([*expected, tag]):
        counts["in_flight"] += 1
        expected.append(tag)
    if tags != sorted(expected) or labels != len(expected):
        sys.stdout.write(f"tags are {tags}, should be {expected}; the history has {labels} changes\n")
        counts["lost"] += 1


def _until_shown(master: int, text: bytes) -> None:
    shown = b""
    end = time.monotonic() + _TIMEOUT
    while text not in shown:
        if time.monotonic() > end:
            raise RuntimeError(f"the screen never showed {text!r}: {shown[-2000:]!r}")
        if select.select([master], [], [], 0.05)[0]:
            shown += os.read(master, 1 << 16)
    _read_until(master, lambda: False, 0.2)


def _read_until(master: int, condition: Callable[[], bool], seconds: float) -> None:
    """Read the output of the screen, so that it never has to wait."""
    end = time.monotonic() + seconds
    while not condition() and (left := end - time.monotonic()) > 0:
        if select.select([master], [], [], min(left, 0.01))[0]:
            os.read(master, 1 << 16)


def _has_grown(watcher: Store, before: int) -> bool:
    watcher.poll()
    return len(watcher.history.changes()) > before


def _fork_and_kill(run: Callable[[World], None], world: World, after: float | None) -> float:
    """Run in a new process and kill it after a number of seconds.

    Returns:
        How long it ran; 0 if it ended before the kill.
    """
    started = time.monotonic()
    child = os.fork()
    if not child:
        status = 70
        try:
            run(world)
            status = 0
        except ReadlistError:
            # A recovering run may find a store that has not been repaired yet.
            status = 0
        finally:
            if status:
                traceback.print_exc()
            os._exit(status)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the process under test ended with {code}: see its traceback above")
    return time.monotonic() - started if after is None or code else 0.0
