"""Restore the terminal for the shell, whatever state it is in."""

from __future__ import annotations

import os
import termios
import time
from contextlib import suppress
from typing import Any

from tui import first_frame

# Each turns off a mode that the screen sets or may find set; a terminal ignores those already off. The string
# terminator comes first, to end a truncated sequence.
RESET_SEQUENCES = "".join(
    (
        "\x1b\\",
        "\x1b[?2026l",  # synchronised output
        "\x1b[?2048l",  # size reports
        *(f"\x1b[?{mode}l" for mode in (1000, 1002, 1003, 1005, 1006, 1015, 1016)),  # mouse
        "\x1b[?1004l",  # focus events
        "\x1b[?2004l",  # bracketed paste
        "\x1b[<9u",  # kitty keyboard protocol; before leaving the alternate screen, which has its own state
        "\x1b[?1049l",  # alternate screen
        "\x1b[?7h",  # line wrapping
        "\x1b[?25h",  # show the cursor
        "\x1b[0m",
    )
)
_STEP = 0.02  # seconds between attempts to write

Attributes = list[Any]


def attributes() -> Attributes | None:
    """The attributes of the terminal on standard input, before anything was shown; None if it is not a terminal."""
    if (before := first_frame.attributes_before()) is not None:
        return before
    with suppress(termios.error, OSError):
        return termios.tcgetattr(0)
    return None


def open_nonblocking_tty(stream: int) -> int | None:
    """Open a private, non-blocking descriptor of a terminal; None if that is impossible.

    Flags of the given descriptor itself are shared with the shell.

    Args:
        stream: a file descriptor of a terminal.
    """
    flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK
    with suppress(OSError):
        return os.open(os.ttyname(stream), flags)
    with suppress(OSError):
        return os.open("/dev/tty", flags)
    return None


def restore_terminal(before: Attributes | None, timeout: float) -> None:
    """Turn off all modes and restore the attributes, without waiting for a terminal that does not read.

    Args:
        before: the attributes to restore.
        timeout: seconds after which a terminal that does not read is left as it is.
    """
    with suppress(termios.error, OSError):
        if before is not None:
            termios.tcsetattr(0, termios.TCSANOW, before)
    terminal = open_nonblocking_tty(2)
    if terminal is None:
        return
    rest = RESET_SEQUENCES.encode()
    end = time.monotonic() + timeout
    with suppress(termios.error, OSError):
        while rest and time.monotonic() < end:
            try:
                rest = rest[os.write(terminal, rest) :]
            except BlockingIOError:
                # Its buffer holds a frame that nobody will see.
                termios.tcflush(terminal, termios.TCOFLUSH)
                time.sleep(_STEP)
    with suppress(OSError):
        os.close(terminal)


def reset_to_sane(stream: int) -> None:
    """Set the attributes a shell expects: line mode, echo, signal keys.

    Args:
        stream: a file descriptor of a terminal.

    Raises:
        termios.error: it is not a terminal.
    """
    settings = termios.tcgetattr(stream)
    settings[0] = settings[0] & ~(termios.INLCR | termios.IGNCR | termios.ISTRIP) | termios.ICRNL | termios.IXON
    settings[1] |= termios.OPOST | termios.ONLCR
    settings[3] |= termios.ISIG | termios.ICANON | termios.IEXTEN | termios.ECHO | termios.ECHOE | termios.ECHOK
    settings[3] &= ~(termios.ECHONL | termios.NOFLSH)
    settings[6] = _default_keys(settings[6])
    termios.tcsetattr(stream, termios.TCSANOW, settings)


def _default_keys(keys: list[Any]) -> list[Any]:
    default = {
        termios.VINTR: b"\x03", termios.VQUIT: b"\x1c", termios.VERASE: b"\x7f", termios.VKILL: b"\x15",
        termios.VEOF: b"\x04", termios.VSTART: b"\x11", termios.VSTOP: b"\x13", termios.VSUSP: b"\x1a",
    }  # fmt: skip
    return [default.get(index, key) for index, key in enumerate(keys)]
