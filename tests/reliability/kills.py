"""Kill a program that is saving, and see what is left: everything acknowledged, and at most one gesture more."""

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


def kill_again_and_again(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill so many programs at random times; count what was found."""
    chance = Random(seed)  # noqa: S311  (reproducible on purpose)
    counts = Counter(kills=0, acknowledged=0, in_flight=0, torn=0, unreadable=0, lost=0)
    for first in range(0, kills, _KILLS_PER_STORE):
        data = folder / f"store{first}"
        model, number = Model(), 0
        for _ in range(min(_KILLS_PER_STORE, kills - first)):
            acknowledged = _one_life(data, seed + first, number, *_moment_of_death(chance))
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
    """After how many gestures, and how many seconds later; a quarter of the programs die while they start."""
    if chance.random() < 0.25:
        return 0, chance.uniform(0, 0.03)
    return chance.randrange(1, 40), chance.uniform(0, 0.005)


def _one_life(data: Path, seed: int, number: int, gestures: int, seconds: float) -> int:
    """Let a program work through the series from ``number`` on, kill it; return how much it has acknowledged."""
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
        raise RuntimeError("the program under test ended by itself: see its traceback above")
    return acknowledged


def _work(data: Path, seed: int, number: int, writing: int) -> None:
    try:
        library = Store.open(data)
        while True:
            perform(library, gesture(seed, number), number)
            os.write(writing, b".")
            number += 1
    finally:
        # The child must never come back into its parent's code.
        traceback.print_exc()
        os._exit(1)


def _verdict(data: Path, model: Model, seed: int, number: int) -> tuple[str, int]:
    # A long store spares what is in memory from the collector, and so the library before it, which was not closed:
    # this process is to stay small, because every life begins as a copy of it.
    gc.collect()
    try:
        library = Store.open(data)
    except ReadlistError as fault:
        sys.stdout.write(f"unreadable: {fault}\n")
        return "unreadable", 0
    difference = model.differs_from(library)
    if not difference:
        return "as acknowledged", 0
    one_more = deepcopy(model)
    one_more.follow(gesture(seed, number), number)
    if one_more.differs_from(library):
        sys.stdout.write(f"lost at gesture {number} of series {seed}: {difference}\n")
        return "lost", 0
    model.follow(gesture(seed, number), number)
    return "in_flight", 1
