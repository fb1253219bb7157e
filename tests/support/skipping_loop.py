"""An event loop that does not wait: when nothing is left to do but to wait for a timer, its clock skips the wait.

Timers end in the same order as on a real clock, but at once, so that tests need neither sleep nor look into timers and
queues: what would be done within a second is done after ``asyncio.sleep(1)``. While a function runs in another thread,
the clock is the real one.
"""

from __future__ import annotations

import asyncio
import selectors
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Executor

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


class _SkippingSelector(selectors.DefaultSelector):
    """A selector that skips its timeout instead of waiting.

    Attributes:
        skipped: the seconds skipped so far.
        is_real: whether waits are real.
    """

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0
        self.is_real: Callable[[], bool] = lambda: False

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0 or self.is_real():
            return super().select(timeout)
        if not (ready := super().select(0)):
            self.skipped += timeout
        return ready


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock skips waits, unless a thread of its executors works."""

    def __init__(self) -> None:
        self._skipping = _SkippingSelector()
        self._in_threads = 0
        self._skipping.is_real = lambda: self._in_threads > 0
        super().__init__(self._skipping)

    def time(self) -> float:
        """The clock in seconds: the monotonic one, plus what was skipped."""
        return super().time() + self._skipping.skipped

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Arguments]], Result], *args: *Arguments
    ) -> asyncio.Future[Result]:
        """Run a function in a thread; waits are real until it returns."""
        self._in_threads += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._left_thread)
        return future

    def _left_thread(self, _: asyncio.Future[Any]) -> None:
        self._in_threads -= 1


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine on a loop of its own."""
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        return runner.run(work)
