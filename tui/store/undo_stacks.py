"""The undo and redo stacks, derived from the history of changes.

Linear undo: undo reverts the newest change that is not undone, redo reapplies the newest that is, and a new edit
clears the redo stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.model.change import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class UndoStacks:
    """The numbers of the changes that can be undone and redone.

    Attributes:
        latest: number of the newest change; 0 if there is none.
    """

    def __init__(self) -> None:
        self.latest = 0
        self._done: list[int] = []
        self._undone: list[int] = []

    @property
    def undoable(self) -> int | None:
        """The change that the next undo reverts."""
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> int | None:
        """The change that the next redo applies again."""
        return self._undone[-1] if self._undone else None

    def add(self, number: int, document: Mapping[str, Any]) -> None:
        """Update the stacks for the next change of the history."""
        self.latest = max(self.latest, number)
        kind = document.get("kind", ChangeKind.EDIT)
        if kind == ChangeKind.EDIT:
            self._done.append(number)
            self._undone.clear()
        elif kind == ChangeKind.UNDO:
            self._move(self._done, self._undone, document.get("of"))
        else:
            self._move(self._undone, self._done, document.get("of"))

    def _move(self, source: list[int], target: list[int], number: int | None) -> None:
        # A repaired history may lack the change itself.
        if number is not None and number in source[-1:]:
            source.pop()
            target.append(number)
