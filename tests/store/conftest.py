"""A data folder, and a stand-in for the operating system whose calls can be made to fail or to end the process."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tui.store import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OPEN_FILES = Path("/proc/self/fd")


@pytest.fixture(autouse=True)
def _files_of_abandoned_stores_are_closed() -> Iterator[None]:
    """Close what a test leaves open as if its process had died; a worker may have only 1,024 files open."""
    before = _open_files()
    yield
    if _open_files() - before:
        gc.collect(1)  # files that belong to objects are closed with these; those that live longer stay in use
    for handle, _ in _open_files() - before:
        os.close(handle)


def _open_files() -> set[tuple[int, str]]:
    """The handles of this process whose files have a path, where the system lists them."""
    found = set()
    for entry in _OPEN_FILES.iterdir() if _OPEN_FILES.is_dir() else ():
        with suppress(OSError):  # the handle of the listing itself
            path = str(entry.readlink()).removesuffix(" (deleted)")
            if path.startswith("/") and not path.startswith("/dev/null"):
                found.add((int(entry.name), path))
    return found


class System:
    """``os`` with a counter on every call that changes the disk.

    Attributes:
        calls: names of the calls made while there was a fault.
        fault: given the number of a call (from 0) and its name, raises or returns; for a ``write`` it may return the
            number of bytes to write.
    """

    WATCHED = frozenset(
        ("open", "write", "fsync", "replace", "ftruncate", "mkdir", "unlink", "fchmod", "close", "pwrite")
    )

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.fault: Callable[[int, str], int | None] | None = None
        self._handles: set[int] = set()

    def watch(self, fault: Callable[[int, str], int | None]) -> None:
        """Inject this fault, and count the calls from 0."""
        self.calls = []
        self.fault = fault

    def recover(self) -> None:
        """Stop injecting faults."""
        self.fault = None

    def end_process(self) -> None:
        """Stop injecting faults, and close what the dead process had open, as the kernel would."""
        self.fault = None
        for handle in self._handles:
            with suppress(OSError):
                os.close(handle)
        self._handles.clear()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (it stands for a module)
        real = getattr(os, name)
        if name not in self.WATCHED:
            return real

        def watched(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401
            # Files opened for reading cannot damage anything.
            reading = name == "open" and not arguments[1] & (os.O_WRONLY | os.O_RDWR)
            if not reading and self.fault is not None:
                self.calls.append(name)
                short = self.fault(len(self.calls) - 1, name)
                if short is not None and name == "write":
                    return real(arguments[0], arguments[1][:short])
            if name == "fsync":
                # These tests do not simulate a power loss, and syncs are slow.
                return None
            result = real(*arguments, **options)
            if name == "open":
                self._handles.add(result)
            elif name == "close":
                self._handles.discard(arguments[0])
            return result

        return watched


@pytest.fixture(autouse=True)
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    watched = System()
    monkeypatch.setattr(disk, "os", watched)
    return watched


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"
