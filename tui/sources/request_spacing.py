"""The time between requests to a service, kept by all processes together, and when it may be asked again.

arXiv asks for one request every three seconds from all of a user's programs. The file holds, for each host, the next
free moment; a process reserves it under a lock and then waits.
"""

from __future__ import annotations

import fcntl
import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = {"export.arxiv.org": 3.0, "rss.arxiv.org": 3.0}
_OTHERS = 1.0
_LONGEST_BLOCK = 86_400.0


class RequestSpacing:
    """Spaces requests.

    Args:
        path: the file; created on first use.
        clock: returns the time in seconds, the same for all processes.
        sleep: waits for seconds.
    """

    def __init__(self, path: Path, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._path = path
        self._clock = clock
        self._sleep = sleep
        self._own: dict[str, Any] = {}

    def wait(self, host: str) -> None:
        """Wait until the next request to a host may be sent, and reserve that moment."""
        now = self._clock()

        def reserve(times: dict[str, Any]) -> float:
            gap = SECONDS.get(host, _OTHERS)
            # A clock that was set back must not block for ever.
            moment = min(max(_number(times.get(host)), now), now + 100 * gap)
            times[host] = moment + gap
            return moment

        moment = self._update(reserve)
        if moment > now:
            self._sleep(moment - now)

    def pause(self, host: str, seconds: float) -> None:
        """Wait as long as a host asked for, and reserve the moment after it."""
        until = self._clock() + seconds
        self._set(host, until)
        self.wait(host)

    def blocked(self, host: str) -> float:
        """Seconds for which a host must not be asked; 0 if it may be."""
        until = self._update(lambda times: _number(times.get(f"blocked {host}")))
        left = until - self._clock()
        return left if 0 < left <= _LONGEST_BLOCK else 0.0

    def block(self, host: str, seconds: float) -> None:
        """Do not ask a host for some seconds, in any process."""
        until = self._clock() + min(seconds, _LONGEST_BLOCK)
        self._set(f"blocked {host}", until)

    def _set(self, name: str, moment: float) -> None:
        def store(times: dict[str, Any]) -> float:
            times[name] = moment
            return moment

        self._update(store)

    def _update(self, change: Callable[[dict[str, Any]], float]) -> float:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:  # a folder that cannot be written: this process alone keeps the time
            return change(self._own)
        with os.fdopen(handle, "r+", encoding="utf-8", errors="replace") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                times = json.loads(file.read(100_000))
            except ValueError:
                times = {}
            times = times if isinstance(times, dict) else {}
            before = dict(times)
            result = change(times)
            if times != before:
                file.seek(0)
                file.truncate()
                file.write(json.dumps(times))
            return result


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
