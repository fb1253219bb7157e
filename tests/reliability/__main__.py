"""``python -m tests.reliability``: kill, crowd, refuse, spoil and mutate, and print what was counted.

With ``--keep`` the counts go to ``counts.json``, from which the table in the README is made.
``--short`` is about what the default test run does; ``--full`` takes hours, and can be done in parts with ``--only``.
Ends with 1 if anything acknowledged was lost, or anything read was unsound.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.reliability.counts import keep
from tests.reliability.damaged import spoil_again_and_again
from tests.reliability.documents import mutate_again_and_again
from tests.reliability.faults import fail_at_every_call, kill_at_every_call
from tests.reliability.kills import kill_again_and_again
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
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  (what is tried there dies in other ways than by losing power)


class Size(NamedTuple):
    """How much of each part is done.

    Attributes:
        kills: of the library, of command lines, of screens, and of each of five ways to write.
        thorough: real processes die at each call, and each call is refused with each error.
    """

    kills: tuple[int, int, int, int]
    relapses: int
    thorough: bool
    stride: int
    writers: tuple[int, int]
    pages: int
    damaged: int
    documents: int


_SHORT = Size((15, 5, 2, 4), 1, thorough=False, stride=5, writers=(4, 25), pages=500, damaged=40, documents=2_000)
_FULL = Size(
    (8_100, 300, 100, 300), 3, thorough=True, stride=1, writers=(32, 500), pages=5_000, damaged=1_000,
    documents=100_000,
)  # fmt: skip
_AT_RANDOM = (
    "an import", "an export", "a compaction with its backup", "opening after a torn save", "a repair from a backup",
)  # fmt: skip
PARTS = ("kills", "points", "faults", "writers", "pages", "damaged", "documents")


def main() -> int:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 kills, every error at every call, and so on")
    parser.add_argument("--short", action="store_true", help="a minute of everything; the default")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone; may be repeated")
    parser.add_argument("-n", type=int, help="so many kills, states, files or documents instead")
    parser.add_argument("--keep", action="store_true", help="keep the counts for the README")
    parser.add_argument("--seed", type=int, default=1, help="seed of all choices; another one for another run")
    asked = parser.parse_args()
    size = _FULL if asked.full else _SHORT
    bad = 0
    for part in asked.only or PARTS:
        for name, trial in _trials(part, size, asked.n, asked.seed):
            in_memory = part in ("points", "faults", "pages", "damaged", "documents") and _IN_MEMORY.is_dir()
            with tempfile.TemporaryDirectory(dir=_IN_MEMORY if in_memory else None) as folder:
                began = time.monotonic()
                counts = trial(Path(folder) / "room")
                bad += _report(name, counts, began)
                if asked.keep:
                    keep(name, counts)
    return 1 if bad else 0


def _trials(part: str, size: Size, number: int | None, seed: int) -> Iterator[tuple[str, Trial]]:
    library, commands, screens, each = size.kills if number is None else (number,) * 4
    match part:
        case "kills":
            yield "kills of the library", lambda room: kill_again_and_again(room, library, seed)
            yield "kills of command lines", lambda room: kill_commands(room, commands, seed)
            yield "kills of screens", lambda room: kill_screens(room, screens, seed)
            for name in _AT_RANDOM:
                yield f"kills of {name}", lambda room, name=name: kill_at_random(room, name, each, seed)  # type: ignore[misc]
        case "points":
            yield (
                "kills at every call",
                lambda room: kill_at_every_call(room, size.relapses, size.stride, seed, fork=size.thorough),
            )
        case "faults":
            yield (
                "refused calls",
                lambda room: fail_at_every_call(room, every_error=size.thorough, stride=size.stride),
            )
        case "writers":
            yield "writers at once", lambda room: write_together(room, *size.writers)
        case "pages":
            yield "power lost", lambda room: lose_power(room, number or size.pages, seed)
        case "damaged":
            yield "damaged files", lambda room: spoil_again_and_again(room, number or size.damaged, seed)
        case "documents":
            yield "mutated documents", lambda room: mutate_again_and_again(room, number or size.documents, seed)


def _report(name: str, counts: Counter[str], began: float) -> int:
    found = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in counts.items())
    sys.stdout.write(f"{name}: {found} ({time.monotonic() - began:.1f} s)\n")
    sys.stdout.flush()
    few = [kind for kind, count in counts.items() if kind.startswith("at ") and count < _FEWEST_POINTS]
    return sum(counts[kind] for kind in _WORST) + len(few)


if __name__ == "__main__":
    sys.exit(main())
