"""Two papers side by side, field by field, each in its half of the width."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.visual import Visual

from tui.app.widgets.detail_pane import DetailPane
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.content import Content

    from tui.app.comparison_view import ComparisonRow

_GUTTER = 3  # cells between the halves


class ComparisonPane(DetailPane, can_focus=False):
    """A scrolling comparison.

    Args:
        rule: the sign between the halves.
    """

    def __init__(self, rule: str) -> None:
        super().__init__()
        self._rule = rule
        self._rows: Sequence[ComparisonRow] = ()

    def compare(self, rows: Sequence[ComparisonRow]) -> None:
        """Show another pair, from its top."""
        self._rows = rows
        self._set_page()
        self.scroll_home(animate=False, immediate=True)

    @property
    def half(self) -> int:
        """Cells of a line in the left half; the right one has as many or one more."""
        return max((self._whole - _GUTTER) // 2, 1)

    @property
    def _whole(self) -> int:
        """Cells of a line; it stays clear of the scroll bar."""
        return max(self.line_width - 1, 1)

    def _broken(self) -> Sequence[Strip]:
        if self._lines is None:
            self._lines = [strip for row in self._rows for strip in self._row(row)]
        return self._lines

    def _row(self, row: ComparisonRow) -> Iterator[Strip]:
        if row.right is None:
            yield from self._set(row.left, self._whole)
            return
        base = self.rich_style
        half, rest = self.half, max(self._whole - _GUTTER - self.half, 1)
        rule = Style(color=Color.parse(self.app.theme_variables["ink-faint"]).rich_color)
        gap = Strip([Segment(sanitise_line(f" {self._rule} "), base + rule)], _GUTTER)
        for left, right in zip_longest(self._set(row.left, half), self._set(row.right, rest)):
            yield Strip.join([left or Strip.blank(half, base), gap, right or Strip.blank(rest, base)])

    def _set(self, content: Content, width: int) -> list[Strip]:
        return Visual.to_strips(self, content, width, None, self.visual_style, pad=True)
