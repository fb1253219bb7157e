"""The selected papers, and the range that is being selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.change_signal import Aspect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.app.change_signal import ChangeSignal
    from tui.app.listed_papers import ListedPapers


class PaperSelection:
    """The selection, which outlives the query that listed its papers.

    Args:
        signal: is told when it changes.
        papers: the list; moving its cursor extends a range.
    """

    def __init__(self, signal: ChangeSignal, papers: ListedPapers) -> None:
        self._signal = signal
        self._papers = papers
        self._ids: frozenset[str] = frozenset()
        self._range_start: str | None = None
        papers.after_move(self._extend_range)

    @property
    def ids(self) -> frozenset[str]:
        """The selected papers."""
        return self._ids

    @property
    def has_range(self) -> bool:
        """Whether moving the cursor extends a range."""
        return self._range_start is not None

    @property
    def unseen(self) -> int:
        """Number of selected papers that are not in the list."""
        return len(self._ids.difference(self._papers.ids)) if self._ids else 0

    def put(self, ids: Iterable[str]) -> None:
        """Select just these papers."""
        self._ids = frozenset(ids)
        self._signal.add(Aspect.SELECTION)

    def start_range(self) -> None:
        """Start a range at the cursor."""
        self._range_start = self._papers.current
        self._extend_range()
        self._signal.add(Aspect.SELECTION)

    def end_range(self) -> None:
        """End the range; the selection stays."""
        if self._range_start is not None:
            self._range_start = None
            self._signal.add(Aspect.SELECTION)

    def in_order(self) -> tuple[str, ...]:
        """The selected papers in list order, those not in the list last."""
        if not self._ids:
            return ()
        listed = [paper_id for paper_id in self._papers.ids if paper_id in self._ids]
        return (*listed, *sorted(self._ids.difference(listed)))

    def title(self, title: str, preposition: str) -> str:
        """A title with the number of selected papers: ``Status of 12 papers``; unchanged without a selection."""
        count = len(self._ids)
        return f"{title} {preposition} {count} paper{'' if count == 1 else 's'}" if count else title

    def _extend_range(self) -> None:
        start = self._papers.row_of(self._range_start) if self._range_start is not None else None
        if start is not None:
            low, high = sorted((start, self._papers.cursor))
            self.put(self._ids.union(self._papers.ids[low : high + 1]))
