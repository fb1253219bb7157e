"""What holds for all tests: property tests try the same examples every time, and programs are compiled once.

``pytest --hypothesis-profile=fresh`` tries others, to look for what nobody has found yet.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("fresh", deadline=None)
settings.load_profile("same")

# Rewriting the assertions of all tests takes each worker longer than the rest of its start. The next run finds them done.
sys.dont_write_bytecode = False

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
    """Spare the garbage collector what stays until the end: five thousand tests, and all that they import.

    Let it look less often at the rest, too; most of what a test makes is gone without it.
    """
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(autouse=True, scope="session")
def _programs_compiled_once() -> Iterator[None]:
    """Let each program that a test starts read the byte code of the one before it, as it does where people run it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield
