"""Keys that take more than one stroke: two keys in a row, a number before a key, a letter behind one.

A digit that is the key of no command counts: ``5j``, ``12G``, ``3r``. Knows the screen, and no widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.terminal.hardened_app import HardenedApp
from tui.commands import display_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen

_MOST = 100_000  # times
# What a number does to a command: do it so often, go to that row, or do it to so many papers.
_OFTEN = frozenset(
    {"move.down", "move.up", "move.half_down", "move.half_up", "move.page_down", "move.page_up", "move.next",
     "move.previous", "view.scroll_down", "view.scroll_up", "select.toggle", "select.down", "select.up", "mark.undo",
     "mark.redo", "find.back", "find.forward", "view.larger", "view.smaller"}
)  # fmt: skip
_TO_ROW = frozenset({"move.top", "move.bottom"})
_AT_ONCE = frozenset({"mark.read", "mark.star", "mark.repeat"})
_TO_PAPERS = frozenset(
    {"mark.status", "mark.tags", "mark.add_tag", "mark.remove_tag", "mark.note", "out.copy", "out.export"}
)
# Keys that are free here, and what whoever presses them may be looking for.
_MEANT = {"d": "mark.status", "O": "out.open", "Y": "out.copy", "L": "app.manual"}


class KeySequences:
    """What was pressed so far of a key of several strokes.

    Args:
        screen: runs the commands.

    Attributes:
        came_from: the paper that the latest jump began at.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._sequences = {key: id_ for key, id_ in screen.keys.bindings_for("").items() if " " in key}
        self._first = frozenset(key.split()[0] for key in self._sequences)
        self._count = self._prefix = ""
        self.jump_origin: str | None = None
        self._then: Callable[[str], None] | None = None

    def is_part(self, key: str) -> bool:
        """Whether a key that is no letter has a part in one of several strokes now."""
        return key in self._first or bool(self._prefix) or self._then is not None

    def read_key(self, what: str, then: Callable[[str], None]) -> None:
        """Take the next key for something else than its command.

        Args:
            what: what the key is for, in the status line.
            then: told the key; Esc is none.
        """
        self._then = then
        self._screen.notify_status(what)

    def handle(self, key: str, command: str) -> None:
        """Take a key.

        Args:
            key: by the name Textual gives it.
            command: what it does by itself; empty where it does nothing.
        """
        if self._then is not None:
            then, self._then = self._then, None
            self._screen.notify_status("")
            if key != "escape":
                self._screen.guarded(lambda: then(key))
        elif self._prefix:
            whole, self._prefix = f"{self._prefix} {key}", ""
            self._screen.notify_status("")
            self._run(whole, self._sequences.get(whole, ""))
        elif len(key) == 1 and key.isdecimal() and (self._count or not command):
            self._count = (self._count + key).lstrip("0")
            self._screen.notify_status(f"{self._count} times …" if self._count else "")
        elif key in self._first:
            self._prefix = key
            self._screen.notify_status(f"{self._count}{display_key(key)} …")
        elif self._count and key == "escape":
            self._count = ""
            self._screen.notify_status("")
        else:
            self._run(key, command)

    def _run(self, key: str, command: str) -> None:
        count, self._count = min(int(self._count[:9] or 0), _MOST), ""
        screen = self._screen
        if not command:
            screen.notify_status(self._unbound_message(key))
            return
        screen.pressed_key = key
        screen.foot.clear_old_message(screen.app.key_time if isinstance(screen.app, HardenedApp) else 0.0)
        if count and command in _TO_ROW:
            screen.papers.cursor = count - 1
        elif count and command in _AT_ONCE | _TO_PAPERS and not screen.selected and screen.papers.count:
            self._run_on(count, command)
        else:
            for _ in range(count if count and command in _OFTEN else 1):
                screen.run_command(command)

    def _run_on(self, count: int, command: str) -> None:
        """Run a command on so many papers from the cursor on; a dialog leaves them selected."""
        screen = self._screen
        here = screen.papers.cursor
        screen.put_selection(frozenset(screen.papers.ids[here : here + count]))
        screen.run_command(command)
        if command in _AT_ONCE:
            screen.put_selection(frozenset())
            screen.papers.move(count if command == "mark.read" else 0)

    def _unbound_message(self, key: str) -> str:
        keys = self._screen.keys.key
        meant = _MEANT.get(key)
        other = f"{keys(meant)} is {self._screen.keys.title(meant)}, " if meant else ""
        return f"{display_key(key)} is no key here: {other}{keys('app.help')} finds every key"
