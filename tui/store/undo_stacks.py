"""What can be undone and redone: two stacks read off the changes, which only ever grow in number.

Linear undo: an undo takes the newest change not taken back, a redo the newest taken back, and a new edit leaves
nothing to redo. Must not know what the changes change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.model.change import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class UndoStacks:
    """The numbers of the changes that undo and redo would take up next.

    Attributes:
        latest: number of the newest change; 0 where there is none.
    """

    def __init__(self) -> None:
        self.latest = 0
        self._done: list[int] = []
        self._undone: list[int] = []

    @property
    def undoable(self) -> int | None:
        """The change that an undo takes back."""
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> int | None:
        """The change that a redo does again."""
        return self._undone[-1] if self._undone else None

    def add(self, number: int, document: Mapping[str, Any]) -> None:
        """Follow one more change."""
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
