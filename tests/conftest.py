"""What holds for all tests: property tests try the same examples every time, and programs are compiled once.

``pytest --hypothesis-profile=fresh`` tries others, to look for what nobody has found yet.
"""

from __future__ import annotations

import gc
import sys
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
