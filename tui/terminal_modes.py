"""The terminal as a device: how it is given back to the shell, whatever state it is in.

Knows escape sequences and terminal attributes; knows neither face.
"""

from __future__ import annotations

import os
import termios
import time
from contextlib import suppress
from typing import Any

# Each undoes a mode that the screen sets, or may find set; a terminal that has it off already ignores it. The string
# terminator comes first, for what was cut off in the middle of a sequence.
RESET_SEQUENCES = "".join(
    (
        "\x1b\\",
        "\x1b[?2026l",  # synchronised output
        "\x1b[?2048l",  # reports of the size
        *(f"\x1b[?{mode}l" for mode in (1000, 1002, 1003, 1005, 1006, 1015, 1016)),  # mouse
        "\x1b[?1004l",  # focus events
        "\x1b[?2004l",  # bracketed paste
        "\x1b[<9u",  # the kitty keyboard; the alternate screen has its own, so this comes before that goes
        "\x1b[?1049l",  # alternate screen
        "\x1b[?7h",  # lines wrap
        "\x1b[?25h",  # the cursor shows
        "\x1b[0m",
    )
)
_STEP = 0.02  # seconds between two tries to write

Attributes = list[Any]


def attributes() -> Attributes | None:
    """The attributes of the terminal on standard input, or None where that is no terminal."""
    with suppress(termios.error, OSError):
        return termios.tcgetattr(0)
    return None


def open_nonblocking_tty(stream: int) -> int | None:
    """A descriptor of the terminal behind another one, of its own and never waiting; None where it cannot be had.

    A flag set on the given descriptor itself would be shared with the shell.

    Args:
        stream: a file descriptor of a terminal.
    """
    flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK
    with suppress(OSError):
        return os.open(os.ttyname(stream), flags)
    with suppress(OSError):
        return os.open("/dev/tty", flags)
    return None


def restore_terminal(before: Attributes | None, patience: float) -> None:
    """Turn every mode off and restore the attributes, without ever waiting for a terminal that does not read.

    Args:
        before: the attributes to restore.
        patience: seconds after which a terminal that takes no byte is left as it is.
    """
    with suppress(termios.error, OSError):
        if before is not None:
            termios.tcsetattr(0, termios.TCSANOW, before)
    terminal = open_nonblocking_tty(2)
    if terminal is None:
        return
    rest = RESET_SEQUENCES.encode()
    end = time.monotonic() + patience
    with suppress(termios.error, OSError):
        while rest and time.monotonic() < end:
            try:
                rest = rest[os.write(terminal, rest) :]
            except BlockingIOError:
                # What lies in its buffer is a frame that nobody will look at.
                termios.tcflush(terminal, termios.TCOFLUSH)
                time.sleep(_STEP)
    with suppress(OSError):
        os.close(terminal)


def reset_to_sane(stream: int) -> None:
    """Set the attributes a shell expects: lines, echo, and keys that interrupt.

    Args:
        stream: a file descriptor of a terminal.

    Raises:
        termios.error: it is none.
    """
    settings = termios.tcgetattr(stream)
    settings[0] = settings[0] & ~(termios.INLCR | termios.IGNCR | termios.ISTRIP) | termios.ICRNL | termios.IXON
    settings[1] |= termios.OPOST | termios.ONLCR
    settings[3] |= termios.ISIG | termios.ICANON | termios.IEXTEN | termios.ECHO | termios.ECHOE | termios.ECHOK
    settings[3] &= ~(termios.ECHONL | termios.NOFLSH)
    settings[6] = _usual_keys(settings[6])
    termios.tcsetattr(stream, termios.TCSANOW, settings)


def _usual_keys(keys: list[Any]) -> list[Any]:
    usual = {
        termios.VINTR: b"\x03", termios.VQUIT: b"\x1c", termios.VERASE: b"\x7f", termios.VKILL: b"\x15",
        termios.VEOF: b"\x04", termios.VSTART: b"\x11", termios.VSTOP: b"\x13", termios.VSUSP: b"\x1a",
    }  # fmt: skip
    return [usual.get(place, key) for place, key in enumerate(keys)]
