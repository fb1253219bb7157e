"""Key sequences and counts: two keys in a row, a number before a key, a character after one.

A digit that is bound to no command is part of a count: ``5j``, ``12G``, ``3r``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import display_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.workspace import Workspace

_MAX_COUNT = 100_000


class KeySequences:
    """The state of an unfinished key sequence or count.

    Args:
        workspace: the workspace.
        run: runs a command by its id and the key pressed.
    """

    def __init__(self, workspace: Workspace, run: Callable[[str, str], None]) -> None:
        self._workspace = workspace
        self._run_command = run
        self._sequences = {key: id_ for key, id_ in workspace.keys.bindings_for("").items() if " " in key}
        self._first = frozenset(key.split()[0] for key in self._sequences)
        self._count = self._prefix = ""
        self._then: Callable[[str], object] | None = None

    def is_part(self, key: str) -> bool:
        """Whether a key starts or continues a sequence."""
        return key in self._first or bool(self._prefix) or self._then is not None

    def read_key(self, prompt: str, then: Callable[[str], object]) -> None:
        """Read the next key as an argument instead of running its command.

        Args:
            prompt: shown in the status line meanwhile.
            then: called with the key; not called on Esc.
        """
        self._then = then
        self._workspace.show_message(prompt)

    def handle(self, key: str, command: str, pressed_at: float) -> None:
        """Handle a key as one gesture.

        Args:
            key: Textual's name of the key.
            command: the command of the key alone; empty if it has none.
            pressed_at: when it was pressed, in seconds of the monotonic clock.
        """
        with self._workspace.gesture():
            self._handle(key, command, pressed_at)

    def _handle(self, key: str, command: str, pressed_at: float) -> None:
        if self._then is not None:
            then, self._then = self._then, None
            self._workspace.show_message("")
            if key != "escape":
                self._workspace.guarded(lambda: then(key))
        elif self._prefix:
            sequence, self._prefix = f"{self._prefix} {key}", ""
            self._workspace.show_message("")
            self._run(sequence, self._sequences.get(sequence, ""), pressed_at)
        elif len(key) == 1 and key.isdecimal() and (self._count or not command):
            self._count = (self._count + key).lstrip("0")
            self._workspace.show_message(f"count: {self._count}" if self._count else "")
        elif key in self._first:
            self._prefix = key
            self._workspace.show_message(f"{self._count}{display_key(key)} …")
        elif self._count and key == "escape":
            self._count = ""
            self._workspace.show_message("")
        else:
            self._run(key, command, pressed_at)

    def _run(self, key: str, command: str, pressed_at: float) -> None:
        count, self._count = min(int(self._count[:9] or 0), _MAX_COUNT), ""
        workspace = self._workspace
        if not command:
            workspace.show_message(self._unbound_message(key))
            return
        workspace.messages.clear_old(pressed_at)
        effect = workspace.keys.command(command).with_count if count else ""
        if effect == "row":
            workspace.papers.cursor = count - 1
        elif effect in {"papers", "selected papers"} and not workspace.selection.ids and workspace.papers.count:
            self._run_on(count, command, key, keeps_selection=effect == "selected papers")
        else:
            for _ in range(count if effect == "repeat" else 1):
                self._run_command(command, key)

    def _run_on(self, count: int, command: str, key: str, *, keeps_selection: bool) -> None:
        """Run a command on ``count`` papers from the cursor on, selecting them meanwhile."""
        papers, selection = self._workspace.papers, self._workspace.selection
        selection.put(papers.ids[papers.cursor : papers.cursor + count])
        self._run_command(command, key)
        if not keeps_selection:
            selection.put(())
            papers.move(count if command == "mark.read" else 0)

    def _unbound_message(self, key: str) -> str:
        keys = self._workspace.keys.key
        expected = (command for command in self._workspace.keys.commands if key in command.expected_keys)
        hint = next((f"{keys(command.id)}: {command.title}, " for command in expected), "")
        return f"{display_key(key)} is not bound ({hint}{keys('app.help')}: all keys)"
