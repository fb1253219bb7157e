"""The one place where the command line prints.

Every text passes the sanitiser here, except an export that goes to a pipe, which must keep its bytes. Colour is
Rich's and only for a terminal; a pipe gets plain lines. Knows no paper.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.errors import WriteError
from tui.paths import no_colour
from tui.text.sanitise import sanitise_block, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from tui.errors import ReadlistError

# Longer than any line a person reads, and short enough that no page can flood a terminal.
_LINE_LIMIT = 20_000
_BLOCK_LIMIT = 1_000_000
_AROUND = 60  # characters on either side of a place in a query that are shown with it


class StyledSpan(NamedTuple):
    """A piece of a line in one style (a Rich style definition; empty for the terminal's own)."""

    text: str
    style: str = ""


class Output:
    """Standard output and standard error of one run.

    Attributes:
        terminal: standard output is a terminal.
        width: cells in a line of it.
        unicode: it can show letters beyond ASCII.
    """

    def __init__(self) -> None:
        self._out = _made_tolerant(sys.stdout)
        self._err = _made_tolerant(sys.stderr)
        self.terminal = self._out is not None and self._out.isatty()
        self.width = shutil.get_terminal_size().columns if self.terminal else 0
        self._is_watched = self._err is not None and self._err.isatty()
        self._share = -1
        self.unicode = self._out is not None and self._out.encoding.lower().startswith("utf")

    def line(self, text: str = "") -> None:
        """Print one line."""
        self._write(sanitise_line(text, _LINE_LIMIT) + "\n")

    def block(self, text: str) -> None:
        """Print lines, ended by a line break."""
        self._write(sanitise_block(text, _BLOCK_LIMIT) + "\n")

    def styled(self, lines: Iterable[Iterable[StyledSpan]]) -> None:
        """Print lines with colours where those are wanted, never broken."""
        if not self.terminal or no_colour():
            for spans in lines:
                self.line("".join(span.text for span in spans).rstrip())
            return
        # Only a terminal pays for Rich.
        from rich.console import Console  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        text = Text(end="")
        for spans in lines:
            for span in spans:
                text.append(sanitise_line(span.text, _LINE_LIMIT), span.style)
            text.append("\n")
        Console(file=self._out, width=self.width).print(text, soft_wrap=True, highlight=False, end="")

    def json(self, value: object) -> None:
        """Print a value as JSON: a list with one item a line, anything else in one piece."""
        import json  # noqa: PLC0415 - only `--json` needs it

        def dumped(item: object) -> str:
            text = json.dumps(item, ensure_ascii=not self.unicode)
            if not text.isascii():
                for unsafe in _unsafe_in_json():
                    text = unsafe.sub(escaped, text)
            return text.replace("\x7f", "\\u007f")

        def escaped(found: re.Match[str]) -> str:
            return json.dumps(found[0])[1:-1]

        if isinstance(value, (list, tuple)):
            self._write("[" + ",".join(f"\n{dumped(item)}" for item in value) + "\n]\n")
        else:
            self._write(dumped(value) + "\n")

    def document(self, text: str) -> None:
        """Print an export: its very bytes in UTF-8 to a pipe or a file, made harmless to a terminal."""
        if self.terminal:
            self._write(sanitise_block(text, len(text)))
        elif self._out is not None:
            with _output_faults():
                self._out.flush()
                self._out.buffer.write(text.encode())

    def warn(self, text: str) -> None:
        """Say something beside the answer, on standard error."""
        self._say(f"readlist: {sanitise_line(text)}")

    def error(self, error: ReadlistError) -> None:
        """Say what went wrong, and what to do, on standard error."""
        self.warn(error.message)
        if error.hint:
            self.hint(error.hint)

    def hint(self, text: str) -> None:
        """Say more on the notice before, on standard error."""
        self._say(f"  {sanitise_line(text)}")

    def progress(self, done: int, total: int) -> None:
        """Show on standard error how far a long piece of work is; where that is no terminal, nothing."""
        if not self._is_watched:
            return
        share = 100 * done // max(total, 1)
        if share != self._share:
            self._share = share
            with suppress(OSError):
                print(f"\r{share:3} %" if share < 100 else "\r     \r", end="", file=self._err, flush=True)

    @property
    def can_ask(self) -> bool:
        """Whether there is a person to ask."""
        return all(stream is not None and stream.isatty() for stream in (sys.stdin, self._err))

    def confirm(self, question: str) -> bool:
        """Ask a person on the terminal; where there is none to ask, the answer is no."""
        if not self.can_ask:
            return False
        print(f"{sanitise_line(question)} [y/N] ", end="", file=self._err, flush=True)
        return sys.stdin.buffer.readline().strip().lower() in (b"y", b"yes")

    def caret(self, text: str, position: int) -> None:
        """Show a place in a text, on standard error: what stands around it, and a caret under the place."""
        start, end = max(position - _AROUND, 0), position + _AROUND
        before = ("…" if start else "") + sanitise_line(text[start:position], _LINE_LIMIT)
        self.hint(before + sanitise_line(text[position:end], _LINE_LIMIT) + ("…" if text[end:] else ""))
        self._say(f"  {' ' * cells(before)}^")

    def flush(self) -> None:
        """Make sure that everything printed has left the process.

        Raises:
            BrokenPipeError: the reader went away.
            CannotWriteError: standard output did not take all of it.
        """
        if self._out is not None:
            with _output_faults():
                self._out.flush()

    def discard(self) -> None:
        """Send what is still buffered nowhere, so that nothing fails on it when the interpreter ends."""
        if self._out is not None:
            with suppress(OSError), Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), self._out.fileno())

    def _write(self, text: str) -> None:
        if self._out is not None:
            with _output_faults():
                self._out.write(text)

    def _say(self, text: str) -> None:
        if self._err is not None:
            with suppress(OSError):  # nobody listens, and there is no third place to complain at
                print(text, file=self._err)


@contextmanager
def _output_faults() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise WriteError(f"the output cannot be written: {fault.strerror}", "print to another place") from None


def cells(text: str) -> int:
    """Width of a text on a terminal, in cells."""
    if text.isascii():
        return len(text)
    return sum(_letter_cells(letter) for letter in text)


def _letter_cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _made_tolerant(stream: TextIO | None) -> TextIO | None:
    """A stream that replaces what its encoding lacks; a narrow locale must not end a run."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return stream


@cache
def _unsafe_in_json() -> tuple[re.Pattern[str], ...]:
    """What JSON may hold unescaped, but a terminal, a reader or an encoder must not meet.

    C1 controls, marks of direction, invisible letters, lone surrogates, noncharacters; and the fifth mark on a letter
    and all behind it. U+200D stays, emoji are joined by it. Most runs print no JSON, and none is to wait for this.
    """
    planes = "".join(chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    return (
        re.compile(
            "[\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff"
            f"\ufff9-\ufffb\U000e0000-\U000e007f{planes}]"
        ),
        re.compile("(?<=[\u0300-\u036f\u20d0-\u20ff]{4})[\u0300-\u036f\u20d0-\u20ff]+"),
    )
