"""A layer between the program and the operating system that counts every call on the files of one folder, and can
replace a call by a fault. It patches ``os`` itself, so that no write in that folder escapes it.
"""

from __future__ import annotations

import io
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.store import storage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from typing_extensions import Buffer

_BY_PATH = ("open", "mkdir", "unlink", "replace", "rename")
_BY_HANDLE = ("read", "write", "pwrite", "fsync", "ftruncate", "fchmod", "close")


@contextmanager
def without_waiting() -> Iterator[None]:
    """Do not wait for the disk in a sync, nor in a reader for a writer.

    A process that dies loses nothing that it has passed to the kernel, and here no other process writes.
    """
    real, pause = os.fsync, storage._PAUSE
    setattr(os, "fsync", lambda _: None)  # noqa: B010 - the stub's parameter has another name
    storage._PAUSE = 0.0
    try:
        yield
    finally:
        os.fsync, storage._PAUSE = real, pause


class OsCall(NamedTuple):
    """One call on a file of the folder.

    Attributes:
        number: number of earlier calls.
        name: the function of ``os``.
        path: the file; the target of a renaming.
        arguments: its arguments.
    """

    number: int
    name: str
    path: str
    arguments: tuple[Any, ...]


class Shim:
    """Counts the calls on the files below a folder.

    Args:
        root: the folder.
        before: called before each call; may raise, end the process, or return how many bytes to write.
        after: called after each call that succeeded, with its result.
        sync: whether a sync really waits for the disk.

    Attributes:
        count: number of calls.
    """

    def __init__(
        self,
        root: Path,
        before: Callable[[OsCall], int | None] | None = None,
        after: Callable[[OsCall, Any], None] | None = None,
        *,
        sync: bool = False,
    ) -> None:
        self.count = 0
        self._root = os.path.realpath(root)
        self._before = before
        self._after = after
        self._sync = sync
        self._handles: dict[int, str] = {}
        self._real = {name: getattr(os, name) for name in (*_BY_PATH, *_BY_HANDLE, "fdopen")}

    @contextmanager
    def installed(self) -> Iterator[Shim]:
        """Replace the functions of ``os``, and restore them afterwards."""
        self.install()
        try:
            yield self
        finally:
            for name, real in self._real.items():
                setattr(os, name, real)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Inject no faults inside."""
        before, after, self._before, self._after = self._before, self._after, None, None
        try:
            yield
        finally:
            self._before, self._after = before, after

    def install(self) -> None:
        """Replace the functions of ``os`` permanently."""
        for name in _BY_PATH:
            setattr(os, name, self._by_path(name))
        for name in _BY_HANDLE:
            setattr(os, name, self._by_handle(name))
        setattr(os, "fdopen", self._fdopen)  # noqa: B010 - one overload of four is enough

    def close_handles(self) -> None:
        """Close what a dead process had open."""
        for handle in self._handles:
            with suppress(OSError):
                self._real["close"](handle)
        self._handles.clear()

    def _by_path(self, name: str) -> Callable[..., Any]:
        def call(path: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401  (it replaces many functions)
            watched_path = self._inside(arguments[0] if name in ("replace", "rename") and arguments else path)
            if watched_path is None:
                return self._real[name](path, *arguments, **options)
            done = self._carry_out(name, watched_path, (path, *arguments), options)
            if name == "open":
                self._handles[done] = watched_path
            return done

        return call

    def _by_handle(self, name: str) -> Callable[..., Any]:
        def call(handle: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
            watched_path = self._handles.get(handle)
            if watched_path is None:
                return self._real[name](handle, *arguments, **options)
            return self._carry_out(name, watched_path, (handle, *arguments), options)

        return call

    def _carry_out(self, name: str, watched_path: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:  # noqa: ANN401
        call = OsCall(self.count, name, watched_path, arguments)
        self.count += 1
        limit = self._before(call) if self._before else None
        if limit is not None and name == "write":
            arguments = (arguments[0], bytes(arguments[1])[: max(limit, 1)])
        done = None if name == "fsync" and not self._sync else self._real[name](*arguments, **options)
        if name == "close":
            self._handles.pop(arguments[0], None)
        if self._after:
            self._after(call._replace(arguments=arguments), done)
        return done

    def _inside(self, path: Any) -> str | None:  # noqa: ANN401
        if isinstance(path, int):
            return self._handles.get(path)
        full = os.path.normpath(os.path.join(os.getcwd(), os.fsdecode(path)))  # noqa: PTH118, PTH109 (pathlib is watched)
        return full if full == self._root or full.startswith(self._root + os.sep) else None

    def _fdopen(self, handle: int, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        if handle in self._handles and "w" in (arguments or ("r",))[0]:
            return io.BufferedWriter(_Raw(handle))
        return self._real["fdopen"](handle, *arguments, **options)


class _Raw(io.RawIOBase):
    """A file whose writes go through ``os.write``, where they are counted."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._handle

    def write(self, data: Buffer) -> int:
        return os.write(self._handle, data)

    def close(self) -> None:
        if not self.closed:
            super().close()
            os.close(self._handle)
