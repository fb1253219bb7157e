"""Programs on pseudo-terminals."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import termios
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


def attributes_of_new_terminals() -> list[Any]:
    """The attributes that every terminal of ``start_on_terminal`` has until its program changes them."""
    terminal, its_end = os.openpty()
    try:
        return termios.tcgetattr(terminal)
    finally:
        os.close(its_end)
        os.close(terminal)


def start_on_terminal(command: Sequence[str], environ: Mapping[str, str], columns: int, rows: int) -> tuple[int, int]:
    """Start a program on a new pseudo-terminal, which is its controlling terminal.

    The program is spawned, not forked. A fork copies the page tables of this process, which takes longer than the
    start of a small program once a long list was read here, and would be counted as the program's own time; and a
    signal sent before the program runs would be caught by the copy of this process, and lost.

    Args:
        command: the program and its arguments.
        environ: its environment.
        columns: width of the terminal.
        rows: its height.

    Raises:
        OSError: the program cannot be started.

    Returns:
        The id of the process, and the other end of the terminal.
    """
    terminal, its_end = os.openpty()
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        # The first terminal that the leader of a session opens becomes its controlling terminal.
        streams = [
            (os.POSIX_SPAWN_OPEN, 0, os.ttyname(its_end), os.O_RDWR, 0),
            (os.POSIX_SPAWN_DUP2, 0, 1),
            (os.POSIX_SPAWN_DUP2, 0, 2),
        ]
        # A shell without job control has its background jobs, and all that they start, ignore these signals.
        from_keys = [signal.SIGINT, signal.SIGQUIT]
        pid = os.posix_spawnp(
            command[0], list(command), dict(environ), file_actions=streams, setsid=True, setsigdef=from_keys
        )
    except OSError:
        os.close(terminal)
        raise
    finally:
        os.close(its_end)
    return pid, terminal
