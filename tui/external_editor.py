"""A note in the user's editor: a private file, a process, and what was written kept whatever goes wrong."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tui.errors import BadInputError, UsageError
from tui.paths import editor

if TYPE_CHECKING:
    from types import TracebackType


class EditorFile:
    """A note as a file while it is edited; the file goes with the block unless the text in it would be lost.

    Args:
        note: the note as it is.
    """

    def __init__(self, note: str) -> None:
        self._before = f"{note}\n" if note else ""
        handle, name = tempfile.mkstemp(prefix="readlist-note-", suffix=".md")
        self._path = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(self._before)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._path.exists() and self._unchanged():
            self.discard()

    def edit(self) -> str:
        """Let the user edit the file, and return the note without line breaks at its end.

        Raises:
            UsageError: there is no such editor, or it ended with a fault.
            BadInputError: it left something that is no text.
        """
        command = editor()
        try:
            words = shlex.split(command)
            status = _run([*words, str(self._path)])
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise UsageError(
                f"the editor {command!r} cannot be started: {reason}", "set $VISUAL or $EDITOR"
            ) from None
        if status:
            raise UsageError(
                f"the editor {command!r} ended with status {status}; the note is as it was", self.recovery_hint()
            )
        try:
            return self._path.read_bytes().decode().rstrip("\n")
        except (OSError, UnicodeDecodeError):
            raise BadInputError(
                "the editor left no readable text; the note is as it was", self.recovery_hint()
            ) from None

    def recovery_hint(self) -> str:
        """A sentence on where the text is, for a fault after which it would be lost otherwise; empty if it is not."""
        return "" if self._unchanged() else f"what you wrote is kept in {self._path}"

    def discard(self) -> None:
        """Remove the file: its text is in the store."""
        self._path.unlink(missing_ok=True)

    def _unchanged(self) -> bool:
        return not self._path.exists() or self._path.read_bytes() == self._before.encode()


def _run(words: list[str]) -> int:
    # Ctrl-C belongs to the editor while it runs. A handler, unlike SIG_IGN, is not passed on to it.
    previous = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        return subprocess.run(words, check=False).returncode  # noqa: S603 - an argument list, no shell
    finally:
        signal.signal(signal.SIGINT, previous)
