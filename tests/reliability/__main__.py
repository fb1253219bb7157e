"""``python -m tests.reliability``: kill and crowd the store, and print what was counted.

Ends with 1 if anything acknowledged was lost, or anything read was unsound.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.reliability.kills import kill_again_and_again
from tests.reliability.writers import write_together

if TYPE_CHECKING:
    from collections import Counter

_FULL_KILLS = 1_000
_FULL_WRITERS = (16, 100)
_WORST = ("unreadable", "lost", "miscounted", "numbered_wrongly", "bad_readings", "failed_programs")


def main() -> int:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--kills", type=int, default=15, help="how many programs to kill while they save")
    parser.add_argument("--writers", type=int, default=4, help="how many programs write at once")
    parser.add_argument("--edits", type=int, default=25, help="how many edits each of them makes")
    parser.add_argument("--seed", type=int, default=1, help="seed of the edits and of the moments of death")
    parser.add_argument("--full", action="store_true", help="the long run: 1,000 kills, 16 writers of 100 edits")
    asked = parser.parse_args()
    if asked.full:
        asked.kills, (asked.writers, asked.edits) = _FULL_KILLS, _FULL_WRITERS
    with tempfile.TemporaryDirectory() as folder:
        bad = 0
        if asked.kills:
            began = time.monotonic()
            bad += _report("kills", kill_again_and_again(Path(folder) / "kills", asked.kills, asked.seed), began)
        if asked.writers:
            began = time.monotonic()
            bad += _report("writers", write_together(Path(folder) / "writers", asked.writers, asked.edits), began)
    return 1 if bad else 0


def _report(name: str, counts: Counter[str], began: float) -> int:
    found = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in counts.items())
    sys.stdout.write(f"{name}: {found} ({time.monotonic() - began:.1f} s)\n")
    sys.stdout.flush()
    return sum(counts[kind] for kind in _WORST)


if __name__ == "__main__":
    sys.exit(main())
