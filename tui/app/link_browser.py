"""The browser that opens links: find it, start it in its own session, report whether it failed."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from tui.paths import browsers

_OPENERS = ("xdg-open", "open", "wslview")
_POLLS = 100  # polls; a program that still runs after them works
_PAUSE = 0.1  # seconds between polls


class Browser(NamedTuple):
    """A program that opens links.

    Attributes:
        command: the command line; the URL replaces ``%s`` in it, or is appended.
    """

    command: tuple[str, ...]

    @classmethod
    def find(cls) -> Browser | None:
        """The first installed program of ``$BROWSER`` and the openers of the system."""
        for command in (*browsers(), *_OPENERS):
            try:
                name, *words = shlex.split(command)
            except ValueError:  # only spaces, or an unclosed quotation mark
                continue
            if path := shutil.which(name):
                return cls((path, *words))
        return None

    @property
    def name(self) -> str:
        """The name of the program."""
        return Path(self.command[0]).name

    def start(self, url: str) -> subprocess.Popen[bytes]:
        """Start it with a URL, as one argument; raises OSError if it cannot be started."""
        words = [word.replace("%s", url) for word in self.command]
        return subprocess.Popen(  # noqa: S603 - an argument list, no shell
            words if any("%s" in word for word in self.command) else [*words, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


async def wait_for_failure(running: subprocess.Popen[bytes]) -> str:
    """How a program failed within the first seconds: ``exited with status 5``; empty if it did not."""
    for _ in range(_POLLS):
        status = running.poll()
        if status is not None:
            return (
                f"exited with status {status}" if status > 0 else f"was killed by signal {-status}" if status else ""
            )
        await asyncio.sleep(_PAUSE)
    return ""
