"""Key sequences and counts: two keys in a row, a number before a key, a character after one.

A digit that is bound to no command is part of a count: ``5j``, ``12G``, ``3r``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.terminal.hardened_app import HardenedApp
from tui.commands import display_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen

_MAX_COUNT = 100_000


class KeySequences:
    """The state of an unfinished key sequence or count.

    Args:
        screen: runs the commands.

    Attributes:
        jump_origin: the paper under the cursor before the last jump.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._sequences = {key: id_ for key, id_ in screen.keys.bindings_for("").items() if " " in key}
        self._first = frozenset(key.split()[0] for key in self._sequences)
        self._count = self._prefix = ""
        self.jump_origin: str | None = None
        self._then: Callable[[str], None] | None = None

    def is_part(self, key: str) -> bool:
        """Whether a key starts or continues a sequence."""
        return key in self._first or bool(self._prefix) or self._then is not None

    def read_key(self, prompt: str, then: Callable[[str], None]) -> None:
        """Read the next key as an argument instead of running its command.

        Args:
            prompt: shown in the status line meanwhile.
            then: called with the key; not called on Esc.
        """
        self._then = then
        self._screen.notify_status(prompt)

    def handle(self, key: str, command: str) -> None:
        """Handle a key.

        Args:
            key: Textual's name of the key.
            command: the command of the key alone; empty if it has none.
        """
        if self._then is not None:
            then, self._then = self._then, None
            self._screen.notify_status("")
            if key != "escape":
                self._screen.guarded(lambda: then(key))
        elif self._prefix:
            sequence, self._prefix = f"{self._prefix} {key}", ""
            self._screen.notify_status("")
            self._run(sequence, self._sequences.get(sequence, ""))
        elif len(key) == 1 and key.isdecimal() and (self._count or not command):
            self._count = (self._count + key).lstrip("0")
            self._screen.notify_status(f"count: {self._count}" if self._count else "")
        elif key in self._first:
            self._prefix = key
            self._screen.notify_status(f"{self._count}{display_key(key)} …")
        elif self._count and key == "escape":
            self._count = ""
            self._screen.notify_status("")
        else:
            self._run(key, command)

    def _run(self, key: str, command: str) -> None:
        count, self._count = min(int(self._count[:9] or 0), _MAX_COUNT), ""
        screen = self._screen
        if not command:
            screen.notify_status(self._unbound_message(key))
            return
        screen.pressed_key = key
        screen.status.clear_old_message(screen.app.key_time if isinstance(screen.app, HardenedApp) else 0.0)
        effect = screen.keys.command(command).with_count if count else ""
        if effect == "row":
            screen.papers.cursor = count - 1
        elif effect in {"papers", "selected papers"} and not screen.selected and screen.papers.count:
            self._run_on(count, command, keeps_selection=effect == "selected papers")
        else:
            for _ in range(count if effect == "repeat" else 1):
                screen.run_command(command)

    def _run_on(self, count: int, command: str, *, keeps_selection: bool) -> None:
        """Run a command on ``count`` papers from the cursor on, selecting them meanwhile."""
        screen = self._screen
        start = screen.papers.cursor
        screen.put_selection(frozenset(screen.papers.ids[start : start + count]))
        screen.run_command(command)
        if not keeps_selection:
            screen.put_selection(frozenset())
            screen.papers.move(count if command == "mark.read" else 0)

    def _unbound_message(self, key: str) -> str:
        keys = self._screen.keys.key
        expected = (command for command in self._screen.keys.commands if key in command.expected_keys)
        hint = next((f"{keys(command.id)}: {command.title}, " for command in expected), "")
        return f"{display_key(key)} is not bound ({hint}{keys('app.help')}: all keys)"
