"""Hints for new users: one at each start, in the status line, until the next key.

Each is about a command that was not used yet. It is not shown again once the command was used, or after some starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.paths import has_sample_papers

if TYPE_CHECKING:
    from tui.app.workspace import Workspace
    from tui.commands import Command

_KEY = "hints"  # of the store: how often each was shown
_MAX_SHOWN = 3
_OWN_LIST = "own list"  # the hint at the sample papers, shown once


class Hints:
    """Shows hints, and counts how often each was shown.

    Args:
        workspace: the workspace, whose status message they are.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._shown: dict[str, int] = {}
        self._is_changed = False

    def begin(self) -> None:
        """Show the hint of this start, if one is left and the status line is free."""
        workspace, keys = self._workspace, self._workspace.keys
        stored = workspace.session.values.get(_KEY)
        self._shown = {str(name): int(times) for name, times in stored.items()} if isinstance(stored, dict) else {}
        if not workspace.settings.hints or workspace.session.read_only or workspace.messages.current.text:
            return
        if not workspace.session.ids():
            return  # the text in place of the list says what to do
        if stored is None and not workspace.session.edits.latest:
            self._is_changed = True
            basics = [command for command in keys.commands if command.is_basic]
            workspace.show_message(" · ".join(f"{keys.key(each.id)} {each.title.casefold()}" for each in basics))
            return
        hint, message = self.next_hint()
        if hint:
            self._record(hint, self._shown.get(hint, 0) + 1)
            workspace.show_message(message)

    def next_hint(self) -> tuple[str, str]:
        """The name of the hint that is shown next, and its message; both empty if no hint is left."""
        keys = self._workspace.keys
        tips = sorted((each for each in keys.commands if each.tip), key=lambda each: each.tip)
        command = next((each for each in tips if self._shown.get(each.id, 0) < _MAX_SHOWN), None)
        if not self._workspace.settings.hints:
            return "", ""
        if _OWN_LIST not in self._shown and has_sample_papers(self._workspace.session.paths):
            return _OWN_LIST, f"these are sample papers ({keys.key('app.lists')}: start your own list)"
        if command is None:
            return "", ""
        return command.id, f"{keys.key(command.id)}: {command.help}"

    def mark_used(self, command: Command) -> None:
        """Record that a command was used, which ends its hint."""
        if command.tip and self._shown.get(command.id, 0) < _MAX_SHOWN:
            self._record(command.id, _MAX_SHOWN)

    def save(self) -> None:
        """Store the counts for the next start, if they changed."""
        if self._is_changed and self._workspace.settings.hints:
            self._workspace.session.values.set(_KEY, self._shown)

    def _record(self, command: str, times: int) -> None:
        self._shown[command] = times
        self._is_changed = True
