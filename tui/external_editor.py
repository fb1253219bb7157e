"""Edit a note in the user's editor, in a temporary file that is kept if its text would be lost."""

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
    """A context manager for the temporary file of a note; the file is removed unless its text would be lost.

    Args:
        note: the note before editing.
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
        """Open the editor; returns the edited note without trailing line breaks.

        Raises:
            UsageError: the editor cannot be started, or failed.
            BadInputError: the file is not valid text afterwards.
        """
        command = editor()
        try:
            words = shlex.split(command)
            status = _run([*words, str(self._path)])
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise UsageError(f"cannot start the editor {command!r}: {reason}", "set $VISUAL or $EDITOR") from None
        if status:
            raise UsageError(
                f"the editor {command!r} exited with status {status}; the note is unchanged", self.recovery_hint()
            )
        try:
            return self._path.read_bytes().decode().rstrip("\n")
        except (OSError, UnicodeDecodeError):
            raise BadInputError(
                "the text saved by the editor is not readable; the note is unchanged", self.recovery_hint()
            ) from None

    def recovery_hint(self) -> str:
        """A hint for an error that names the file with the text; empty if nothing was changed."""
        return "" if self._unchanged() else f"your text is in {self._path}"

    def discard(self) -> None:
        """Remove the file, once its text is in the store."""
        self._path.unlink(missing_ok=True)

    def _unchanged(self) -> bool:
        return not self._path.exists() or self._path.read_bytes() == self._before.encode()


def _run(words: list[str]) -> int:
    # Ctrl-C is for the editor while it runs. A handler, unlike SIG_IGN, is not inherited.
    previous = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        return subprocess.run(words, check=False).returncode  # noqa: S603 - an argument list, no shell
    finally:
        signal.signal(signal.SIGINT, previous)
