"""Kill a process that is saving: all acknowledged changes must be there, and at most one more."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
import traceback
from collections import Counter
from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING

from tests.reliability.series import Model, gesture, perform
from tui.errors import ReadlistError
from tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

_KILLS_PER_STORE = 25


def kill_repeatedly(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill processes at random times; count the outcomes."""
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    counts = Counter(kills=0, acknowledged=0, in_flight=0, torn=0, unreadable=0, lost=0)
    for first in range(0, kills, _KILLS_PER_STORE):
        data = folder / f"store{first}"
        model, number = Model(), 0
        for _ in range(min(_KILLS_PER_STORE, kills - first)):
            acknowledged = _run_until_killed(data, seed + first, number, *_moment_of_death(chance))
            for done in range(number, number + acknowledged):
                model.follow(gesture(seed + first, done), done)
            number += acknowledged
            counts["kills"] += 1
            counts["acknowledged"] += acknowledged
            verdict, more = _verdict(data, model, seed + first, number)
            counts[verdict] += 1
            number += more
            if verdict in ("unreadable", "lost"):
                break
        counts["torn"] += len(list(data.glob("*.torn-*")))
    return counts


def _moment_of_death(chance: Random) -> tuple[int, float]:
    """After how many gestures, and how many seconds later. A quarter of the processes die while they start."""
    if chance.random() < 0.25:
        return 0, chance.uniform(0, 0.03)
    return chance.randrange(1, 40), chance.uniform(0, 0.005)


def _run_until_killed(data: Path, seed: int, number: int, gestures: int, seconds: float) -> int:
    """Carry out the series from ``number`` on in a process and kill it; return how many steps it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _work(data, seed, number, writing)
    os.close(writing)
    acknowledged = 0
    while acknowledged < gestures and (part := os.read(reading, gestures - acknowledged)):
        acknowledged += len(part)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while part := os.read(reading, 1 << 16):
        acknowledged += len(part)
    os.close(reading)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the process under test ended by itself: see its traceback above")
    return acknowledged


def _work(data: Path, seed: int, number: int, writing: int) -> None:
    try:
        store = Store.open(data)
        while True:
            perform(store, gesture(seed, number), number)
            os.write(writing, b".")
            number += 1
    finally:
        # The child must never return to the code of its parent.
        traceback.print_exc()
        os._exit(1)


def _verdict(data: Path, model: Model, seed: int, number: int) -> tuple[str, int]:
    # Opening a long store excludes all objects in memory from collection, also those of the last store, which was not
    # closed. This process must stay small, because every child begins as a copy of it.
    gc.collect()
    try:
        store = Store.open(data)
    except ReadlistError as error:
        sys.stdout.write(f"unreadable: {error}\n")
        return "unreadable", 0
    difference = model.differs_from(store)
    if not difference:
        return "as acknowledged", 0
    one_more = deepcopy(model)
    one_more.follow(gesture(seed, number), number)
    if one_more.differs_from(store):
        sys.stdout.write(f"lost at gesture {number} of series {seed}: {difference}\n")
        return "lost", 0
    model.follow(gesture(seed, number), number)
    return "in_flight", 1
