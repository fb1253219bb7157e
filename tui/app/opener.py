"""Programs that open links and PDFs: find them, start one in its own session, report whether it failed."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.paths import browsers

if TYPE_CHECKING:
    from collections.abc import Sequence

_SYSTEM = ("xdg-open", "open", "wslview")
_POLLS = 100  # polls; a program that still runs after them works
_PAUSE = 0.1  # seconds between polls


class Opener(NamedTuple):
    """A program that opens links or files.

    Attributes:
        command: the program and its arguments.
        placeholder: what the link or the path replaces in the arguments; it is appended to those that lack it.
    """

    command: tuple[str, ...]
    placeholder: str = "%s"

    @classmethod
    def for_links(cls) -> Opener | None:
        """The first installed program of ``$BROWSER`` and the openers of the system."""
        for command in (*browsers(), *_SYSTEM):
            try:
                name, *words = shlex.split(command)
            except ValueError:  # only spaces, or an unclosed quotation mark
                continue
            if path := shutil.which(name):
                return cls((path, *words))
        return None

    @classmethod
    def for_pdfs(cls, viewer: Sequence[str]) -> Opener | None:
        """The program of the settings, or else of the system; None if it is not installed.

        Args:
            viewer: the program of the settings and its arguments; empty for that of the system.
        """
        name, *words = viewer or (next(filter(shutil.which, _SYSTEM), _SYSTEM[0]),)
        path = shutil.which(name)
        return cls((path, *words), "{pdf}") if path else None

    @property
    def name(self) -> str:
        """The name of the program."""
        return Path(self.command[0]).name

    def start(self, target: str) -> subprocess.Popen[bytes]:
        """Start it with a link or a path, as one argument; raises OSError if it cannot be started."""
        words = [word.replace(self.placeholder, target) for word in self.command]
        return subprocess.Popen(  # noqa: S603 - an argument list, no shell
            words if any(self.placeholder in word for word in self.command) else [*words, target],
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
