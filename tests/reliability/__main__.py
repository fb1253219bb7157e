"""``python -m tests.reliability``: inject faults of many kinds, and print the counts of their outcomes.

With ``--keep`` the counts are saved in ``counts.json``, from which the table in tui/docs/safety.md is made. ``--short`` is
about what the default test run does; ``--full`` takes hours, and can be run in parts with ``--only``. The exit status
is 1 if acknowledged changes were lost, or anything unsound was read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.reliability.counts import keep
from tests.reliability.damaged import damage_repeatedly
from tests.reliability.documents import mutate_repeatedly
from tests.reliability.faults import fail_at_every_call, kill_at_every_call
from tests.reliability.kills import kill_repeatedly
from tests.reliability.processes import kill_at_random, kill_commands, kill_screens
from tests.reliability.torn_pages import lose_power
from tests.reliability.writers import write_together

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    Trial = Callable[[Path], Counter[str]]

_WORST = (
    "wrong", "unreadable", "lost", "miscounted", "numbered_wrongly", "bad_readings", "failed_programs", "slow",
    "taken_for_sound", "overwritten", "traceback", "not_mended",
)  # fmt: skip
_FEWEST_POINTS = 11
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  (these trials do not simulate a power loss)


class Size(NamedTuple):
    """The size of each part.

    Attributes:
        kills: of the store, of command lines, of screens, and of each of five write operations.
        thorough: whether real processes are killed at each call, and each call is refused with each error.
        strides: kill at every this many calls, and refuse every this many.
    """

    kills: tuple[int, int, int, int]
    relapses: int
    thorough: bool
    strides: tuple[int, int]
    writers: tuple[int, int]
    pages: int
    damaged: int
    documents: int


_SHORT = Size(
    (15, 5, 2, 4), 1, thorough=False, strides=(3, 10), writers=(4, 25), pages=500, damaged=40, documents=500
)
_FULL = Size(
    (8_100, 300, 100, 300), 3, thorough=True, strides=(1, 1), writers=(32, 500), pages=5_000, damaged=1_000,
    documents=100_000,
)  # fmt: skip
_AT_RANDOM = (
    "an import", "an export", "a compaction with its backup", "opening after a torn save", "a repair from a backup",
)  # fmt: skip
PARTS = ("kills", "points", "faults", "writers", "pages", "damaged", "documents")


def main() -> int:
    """Run the parts that the arguments choose; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 kills, every error at every call, and so on")
    parser.add_argument("--short", action="store_true", help="a short run of all parts (default)")
    parser.add_argument("--only", choices=PARTS, action="append", help="run only this part (repeatable)")
    parser.add_argument(
        "-n",
        type=int,
        help="number of kills, states, files, documents, or edits of each writer; of points and faults: only every n-th",
    )
    parser.add_argument("--keep", action="store_true", help="save the counts for the documentation")
    parser.add_argument("--seed", type=int, default=1, help="seed of all random choices (default: 1)")
    options = parser.parse_args()
    size = _FULL if options.full else _SHORT
    bad = 0
    for part in options.only or PARTS:
        for name, trial in _trials(part, size, options.n, options.seed):
            in_memory = part in ("points", "faults", "pages", "damaged", "documents") and _IN_MEMORY.is_dir()
            with tempfile.TemporaryDirectory(dir=_IN_MEMORY if in_memory else None) as temporary:
                started = time.monotonic()
                counts = trial(Path(temporary) / "trial")
                bad += _report(name, counts, started, options.n or size.strides[0])
                if options.keep:
                    keep(name, counts)
    return 1 if bad else 0


def _trials(part: str, size: Size, number: int | None, seed: int) -> Iterator[tuple[str, Trial]]:
    store, commands, screens, each = size.kills if number is None else (number,) * 4
    match part:
        case "kills":
            yield "kills of the library", lambda folder: kill_repeatedly(folder, store, seed)
            yield "kills of command lines", lambda folder: kill_commands(folder, commands, seed)
            yield "kills of screens", lambda folder: kill_screens(folder, screens, seed)
            for name in _AT_RANDOM:
                yield f"kills of {name}", lambda folder, name=name: kill_at_random(folder, name, each, seed)  # type: ignore[misc]
        case "points":
            stride = number or size.strides[0]
            yield (
                "kills at every call",
                lambda folder: kill_at_every_call(
                    folder, size.relapses, 1 if size.thorough else 2, stride, seed, fork=size.thorough
                ),
            )
        case "faults":
            stride = number or size.strides[1]
            yield (
                "refused calls",
                lambda folder: fail_at_every_call(folder, every_error=size.thorough, stride=stride),
            )
        case "writers":
            yield "writers at once", lambda folder: write_together(folder, size.writers[0], number or size.writers[1])
        case "pages":
            yield "power lost", lambda folder: lose_power(folder, number or size.pages, seed)
        case "damaged":
            yield "damaged files", lambda folder: damage_repeatedly(folder, number or size.damaged, seed)
        case "documents":
            yield "mutated documents", lambda folder: mutate_repeatedly(folder, number or size.documents, seed)


def _report(name: str, counts: Counter[str], started: float, stride: int) -> int:
    outcomes = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in counts.items())
    sys.stdout.write(f"{name}: {outcomes} ({time.monotonic() - started:.1f} s)\n")
    sys.stdout.flush()
    few = [kind for kind, count in counts.items() if kind.startswith("at ") and count < _FEWEST_POINTS // stride]
    return sum(counts[kind] for kind in _WORST) + len(few)


if __name__ == "__main__":
    sys.exit(main())
