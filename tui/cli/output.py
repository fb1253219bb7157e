"""Output of the command line: the only module that prints.

Every text is sanitised here, except an export to a pipe, which must keep its bytes. Colours are Rich's and only for a
terminal; a pipe gets plain lines.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import contextmanager, suppress
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.environment import shows_unicode
from tui.errors import WriteError
from tui.paths import no_colour
from tui.text.cells import cell_width
from tui.text.sanitise import sanitise_block, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from tui.errors import ReadlistError

# Longer than any line a person reads, and short enough that no source can flood a terminal.
_LINE_LIMIT = 20_000
_MIN_TEXT_WIDTH = 20  # cells beside a prefix
_BLOCK_LIMIT = 1_000_000
_CARET_CONTEXT = 60  # characters shown on either side of an error in a query


class StyledSpan(NamedTuple):
    """A piece of a line in one style (a Rich style definition; empty for the terminal's own)."""

    text: str
    style: str = ""


class Output:
    """Standard output and standard error of one run.

    Attributes:
        terminal: standard output is a terminal.
        width: its width in cells; 0 if it is not a terminal.
        unicode: it can show characters beyond ASCII.
        shows_progress: standard error is a terminal, on which progress is shown.
    """

    def __init__(self) -> None:
        self._out = _tolerate_encoding(sys.stdout)
        self._err = _tolerate_encoding(sys.stderr)
        self.terminal = self._out is not None and self._out.isatty()
        self.width = shutil.get_terminal_size().columns if self.terminal else 0
        self.shows_progress = self._err is not None and self._err.isatty()
        self._percentage = -1
        encoding = self._out.encoding if self._out is not None else ""
        self.unicode = shows_unicode(encoding) if self.terminal else encoding.lower().startswith("utf")
        if self.terminal and not self.unicode and isinstance(self._out, TextIOWrapper):
            self._out.reconfigure(encoding="ascii", errors="replace")

    def line(self, text: str = "") -> None:
        """Print one line."""
        self._write(sanitise_line(text, _LINE_LIMIT) + "\n")

    def hanging(self, prefix: str, text: str) -> None:
        """Print a line; on a terminal it is wrapped at words, under the end of the prefix."""
        if not self.terminal:
            self.line(prefix + text)
            return
        from textwrap import fill  # noqa: PLC0415 - only for a terminal

        text = sanitise_line(text, _LINE_LIMIT)
        width = max(self.width, len(prefix) + _MIN_TEXT_WIDTH)
        self.block(fill(text, width, initial_indent=prefix, subsequent_indent=" " * len(prefix)) or prefix)

    def block(self, text: str) -> None:
        """Print lines, ended by a line break."""
        self._write(sanitise_block(text, _BLOCK_LIMIT) + "\n")

    def styled(self, lines: Iterable[Iterable[StyledSpan]]) -> None:
        """Print lines without wrapping, with colours where they are wanted."""
        if not self.terminal or no_colour():
            for spans in lines:
                self.line("".join(span.text for span in spans).rstrip())
            return
        self._end_progress()
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
        """Print a value as JSON: a list with one item per line, anything else on one line."""
        import json  # noqa: PLC0415 - only `--json` needs it

        def dump(item: object) -> str:
            text = json.dumps(item, ensure_ascii=not self.unicode)
            if not text.isascii():
                for unsafe in _unsafe_in_json():
                    text = unsafe.sub(escape, text)
            return text.replace("\x7f", "\\u007f")

        def escape(found: re.Match[str]) -> str:
            return json.dumps(found[0])[1:-1]

        if isinstance(value, (list, tuple)):
            self._write("[" + ",".join(f"\n{dump(item)}" for item in value) + "\n]\n")
        else:
            self._write(dump(value) + "\n")

    def document(self, text: str) -> None:
        """Print an export: unchanged in UTF-8 to a pipe or a file, sanitised to a terminal."""
        if self.terminal:
            self._write(sanitise_block(text, len(text)))
        elif self._out is not None:
            self._end_progress()
            with _translate_errors():
                self._out.flush()
                self._out.buffer.write(text.encode())

    def warn(self, text: str) -> None:
        """Print a warning on standard error."""
        self._print_error(f"readlist: {sanitise_line(text)}")

    def error(self, error: ReadlistError) -> None:
        """Print an error and its hint on standard error."""
        self.warn(error.message)
        if error.hint:
            self.hint(error.hint)

    def hint(self, text: str) -> None:
        """Print an indented line below a warning on standard error."""
        self._print_error(f"  {sanitise_line(text)}")

    def progress(self, done: int, total: int) -> None:
        """Show the progress of a long task on standard error, if that is a terminal."""
        if not self.shows_progress:
            return
        percentage = 100 * done // max(total, 1)
        if percentage >= 100:
            self._end_progress()
        elif percentage != self._percentage:
            self._percentage = percentage
            with suppress(OSError):
                print(f"\r{percentage:3} %", end="", file=self._err, flush=True)

    def _end_progress(self) -> None:
        """Clear the progress, which ends below 100 % if the task was stopped or counts each part as it begins."""
        if self._percentage >= 0:
            self._percentage = -1
            with suppress(OSError):
                print("\r     \r", end="", file=self._err, flush=True)

    @property
    def can_ask(self) -> bool:
        """Whether there is a terminal to ask on."""
        return all(stream is not None and stream.isatty() for stream in (sys.stdin, self._err))

    def confirm(self, question: str) -> bool:
        """Ask a question on the terminal; without a terminal the answer is no."""
        if not self.can_ask:
            return False
        self._end_progress()
        print(f"{sanitise_line(question)} [y/N] ", end="", file=self._err, flush=True)
        return sys.stdin.buffer.readline().strip().lower() in (b"y", b"yes")

    def agreed(self, question: str, offer: str, hint: str, *, yes: bool) -> bool:
        """Whether to carry out what was found; if not, it is said that nothing changed.

        Args:
            question: asked on a terminal.
            offer: what could be done, and ``hint``, how: printed where nobody can be asked.
            hint: see ``offer``.
            yes: whether the user agreed beforehand.
        """
        if yes:
            return True
        if not self.can_ask:
            self.warn(f"nothing changed; {offer}")
            self.hint(hint)
            return False
        if self.confirm(question):
            return True
        self.warn("nothing changed")
        return False

    def caret(self, text: str, position: int) -> None:
        """Show a position in a text on standard error: its surroundings, with a caret below."""
        start, end = max(position - _CARET_CONTEXT, 0), position + _CARET_CONTEXT
        before = ("…" if start else "") + sanitise_line(text[start:position], _LINE_LIMIT)
        self.hint(before + sanitise_line(text[position:end], _LINE_LIMIT) + ("…" if text[end:] else ""))
        self._print_error(f"  {' ' * cell_width(before)}^")

    def flush(self) -> None:
        """Write out everything that was printed.

        Raises:
            BrokenPipeError: the reader has closed the pipe.
            WriteError: standard output cannot be written.
        """
        if self._out is not None:
            with _translate_errors():
                self._out.flush()

    def discard(self) -> None:
        """Discard buffered output, so that the interpreter does not fail on it at exit."""
        if self._out is not None:
            with suppress(OSError), Path(os.devnull).open("w") as devnull:
                os.dup2(devnull.fileno(), self._out.fileno())

    def _write(self, text: str) -> None:
        self._end_progress()
        if self._out is not None:
            with _translate_errors():
                self._out.write(text)

    def _print_error(self, text: str) -> None:
        self._end_progress()
        if self._err is not None:
            with suppress(OSError):  # there is no other place to report to
                print(text, file=self._err)


@contextmanager
def _translate_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(
            f"cannot write the output: {(error.strerror or str(error)).lower()}", "write to another file or disk"
        ) from None


def _tolerate_encoding(stream: TextIO | None) -> TextIO | None:
    """Let a stream replace characters that its encoding lacks; a narrow locale must not cause an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return stream


@cache
def _unsafe_in_json() -> tuple[re.Pattern[str], ...]:
    """Characters that JSON allows unescaped, but that can harm a terminal, a reader or an encoder.

    C1 controls, direction marks, invisible characters, lone surrogates, noncharacters; and the fifth and later
    combining marks on a letter. U+200D is kept, because it joins emoji. Compiled on first use.
    """
    planes = "".join(chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    return (
        re.compile(
            "[\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff"
            f"\ufff9-\ufffb\U000e0000-\U000e007f{planes}]"
        ),
        re.compile("(?<=[\u0300-\u036f\u20d0-\u20ff]{4})[\u0300-\u036f\u20d0-\u20ff]+"),
    )
