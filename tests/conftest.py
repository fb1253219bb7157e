"""What holds for all tests: property tests try the same examples every time, and programs are compiled once.

``pytest --hypothesis-profile=fresh`` tries others, to look for what nobody has found yet.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

# Each process would rewrite the assertions of Hypothesis, of the plugins and of all tests, which takes it longer than the
# rest of its start. The next one, a worker or a program that a test starts, finds them done and compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from hypothesis import settings  # noqa: E402 - only now are its assertions kept

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("fresh", deadline=None)
settings.load_profile("same")

_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
_ROOM = 2 << 30  # bytes, several times what the tests write


def _has_room(folder: Path) -> bool:
    """Whether tests can write to a folder, and run what they wrote."""
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > _ROOM and not found.f_flag & os.ST_NOEXEC


# Most waits of tests are for a disk: every edit is synced. Where it matters what a disk has, a test pretends to be one.
if sys.platform == "linux" and _has_room(_MEMORY):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """Two workers for each processor: about half of the time of a test is spent waiting, for programs and disks."""
    return 2 * len(os.sched_getaffinity(0)) if sys.platform == "linux" else 2 * (os.cpu_count() or 1)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end: ten thousand tests, and all that they import.

    Let it look less often at the rest, too; most of what a test makes is gone without it.
    """
    gc.freeze()
    gc.set_threshold(10_000)
