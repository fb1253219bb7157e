"""Hints for somebody new: one at a start, in the status line, until the next key.

Each names a command that was never used so far; it goes away for good once it was, or was shown often enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen

_FACT = "hints"  # the fact that keeps how often each was shown
_OFTEN_ENOUGH = 3
_FIRST = ("move.down", "mark.read", "mark.tags", "mark.note", "mark.undo", "mark.triage", "app.help")
# In the order in which they help most.
_LATER = (
    "mark.triage", "find.query", "mark.tags", "mark.note", "select.toggle", "out.export", "find.filter",
    "mark.repeat", "find.save_view", "mark.history", "view.related", "app.palette", "app.manual",
)  # fmt: skip


class Hints:
    """The hints of one desk.

    Args:
        desk: shows them.
    """

    def __init__(self, desk: MainScreen) -> None:
        self._desk = desk
        self._shown: dict[str, int] = {}
        self._are_new = False

    def begin(self) -> None:
        """Show the hint of this start, where there is one left and nothing else is told."""
        desk = self._desk
        kept = desk.session.get_value(_FACT)
        self._shown = {str(name): int(times) for name, times in kept.items()} if isinstance(kept, dict) else {}
        if not desk.settings.hints or desk.session.read_only or desk.message:
            return
        if kept is None and not desk.session.history(1):
            self._are_new = True
            keys = desk.keys
            desk.notify_status(" · ".join(f"{keys.key(each)} {keys.title(each).casefold()}" for each in _FIRST))
            return
        left = (each for each in _LATER if self._shown.get(each, 0) < _OFTEN_ENOUGH)
        hint = next(left, None)
        if hint is not None:
            self._note(hint, self._shown.get(hint, 0) + 1)
            desk.notify_status(f"{desk.keys.key(hint)}: {next(c.help for c in desk.keys.commands if c.id == hint)}")

    def mark_used(self, command: str) -> None:
        """A command was used: nobody need be told of it any more."""
        if command in _LATER and self._shown.get(command, 0) < _OFTEN_ENOUGH:
            self._note(command, _OFTEN_ENOUGH)

    def save(self) -> None:
        """Keep what was shown and used, for the next start."""
        if self._are_new and self._desk.settings.hints:
            self._desk.session.set_value(_FACT, self._shown)

    def _note(self, command: str, times: int) -> None:
        self._shown[command] = times
        self._are_new = True
