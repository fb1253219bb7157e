"""The browser that opens links: found, started apart from the terminal, and asked whether it failed."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from tui.paths import browsers

_OPENERS = ("xdg-open", "open", "wslview")
_LOOKS = 100  # at whether it has ended; one that then still runs is a browser at work
_PAUSE = 0.1  # seconds between them


class Browser(NamedTuple):
    """A program that opens links.

    Attributes:
        words: the command line; ``%s`` in it stands for the address, which else comes last.
    """

    command: tuple[str, ...]

    @classmethod
    def find(cls) -> Browser | None:
        """The first of the programs in ``$BROWSER`` and those of the system that is there."""
        for command in (*browsers(), *_OPENERS):
            try:
                name, *words = shlex.split(command)
            except ValueError:  # blanks alone, or quotation marks that are not closed
                continue
            if path := shutil.which(name):
                return cls((path, *words))
        return None

    @property
    def name(self) -> str:
        """What the program is called."""
        return Path(self.command[0]).name

    def start(self, address: str) -> subprocess.Popen[bytes]:
        """Start it with an address, as one word; raises OSError where that cannot be."""
        words = [word.replace("%s", address) for word in self.command]
        return subprocess.Popen(  # noqa: S603 - an argument list, no shell
            words if any("%s" in word for word in self.command) else [*words, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


async def wait_for_failure(running: subprocess.Popen[bytes]) -> str:
    """How a program ended that failed within some seconds: ``ended with status 5``; empty where it did not."""
    for _ in range(_LOOKS):
        status = running.poll()
        if status is not None:
            return f"ended with status {status}" if status > 0 else f"was ended by signal {-status}" if status else ""
        await asyncio.sleep(_PAUSE)
    return ""
