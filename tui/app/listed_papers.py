"""The papers of the list, and the cursor on one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.change_signal import Aspect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.change_signal import ChangeSignal


class ListedPapers:
    """The list that the query gave.

    Args:
        signal: is told when it changes.

    Attributes:
        ids: the papers, in order.
        terms: folded terms to highlight.
        stale: papers that no longer match the query; they stay in the list until it is rerun.
        jump_origin: the paper under the cursor before the last jump.
    """

    def __init__(self, signal: ChangeSignal) -> None:
        self._signal = signal
        self._cursor = 0
        self._after_move: Callable[[], None] = lambda: None
        self.ids: Sequence[str] = ()
        self.terms: tuple[str, ...] = ()
        self.stale: frozenset[str] = frozenset()
        self.jump_origin: str | None = None

    @property
    def count(self) -> int:
        """Number of papers in the list."""
        return len(self.ids)

    @property
    def cursor(self) -> int:
        """The row of the cursor, from 0; 0 in an empty list."""
        return self._cursor

    @cursor.setter
    def cursor(self, row: int) -> None:
        row = self._bounded(row)
        if row != self._cursor:
            self._cursor = row
            self._signal.add(Aspect.CURSOR)
            self._after_move()

    @property
    def current(self) -> str | None:
        """The id under the cursor, or None in an empty list."""
        return self.ids[self._cursor] if self.ids else None

    def after_move(self, call: Callable[[], None]) -> None:
        """Call a function whenever the cursor moved to another row."""
        self._after_move = call

    def show(self, ids: Sequence[str], terms: Sequence[str], keep: str | None, *, from_top: bool) -> None:
        """Replace the list.

        Args:
            ids: the papers, in order.
            terms: folded terms to highlight.
            keep: the paper to put the cursor on.
            from_top: whether to go to the first row if that paper is not among them, instead of keeping the row.
        """
        self.ids, self.terms, self.stale = ids, tuple(terms), frozenset()
        row = self.row_of(keep) if keep is not None else None
        default = 0 if from_top else self._cursor
        self._cursor = self._bounded(default if row is None else row)
        self._signal.add(Aspect.RESULT)

    def set_stale(self, stale: frozenset[str]) -> None:
        """Say which papers no longer match the query."""
        if stale != self.stale:
            changed = self.stale ^ stale
            self.stale = stale
            self._signal.add(Aspect.ENTRIES, changed)

    def row_of(self, paper_id: str) -> int | None:
        """The row of a paper, or None if it is not in the list."""
        if paper_id in self.ids[self._cursor : self._cursor + 1]:  # nearly always, and the list may be long
            return self._cursor
        try:
            return self.ids.index(paper_id)
        except ValueError:
            return None

    def go_to(self, paper_id: str) -> None:
        """Put the cursor on a paper, if it is in the list."""
        row = self.row_of(paper_id)
        if row is not None:
            self.cursor = row

    def move(self, rows: int) -> None:
        """Move the cursor by some rows, down where positive, and stop at the ends."""
        self.cursor = self._cursor + rows

    def remember_jump(self) -> None:
        """Remember the paper under the cursor as the place where a jump starts."""
        self.jump_origin = self.current

    def _bounded(self, row: int) -> int:
        return max(0, min(row, len(self.ids) - 1))
