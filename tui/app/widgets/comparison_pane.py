"""The comparison pane: two columns of text, side by side and aligned row by row."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.visual import Visual

from tui.app.safe_display import Content, Segment
from tui.app.widgets.detail_pane import DetailPane
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.app.comparison_view import ComparisonRow

_GUTTER = 3  # cells between the halves


class ComparisonPane(DetailPane, can_focus=False):
    """A scrolling comparison.

    Args:
        rule: the character between the halves.
    """

    def __init__(self, rule: str) -> None:
        super().__init__()
        self._rule = rule
        self._rows: Sequence[ComparisonRow] = ()

    def compare(self, rows: Sequence[ComparisonRow]) -> None:
        """Show other rows, from the top."""
        self._rows = rows
        self._rewrap()
        self.scroll_home(animate=False, immediate=True)

    @property
    def half(self) -> int:
        """Cells of a line in the left half; the right one has as many or one more."""
        return max((self._full_width - _GUTTER) // 2, 1)

    @property
    def _full_width(self) -> int:
        """Cells of a line, without the scroll bar."""
        return max(self.line_width - 1, 1)

    def _wrapped(self) -> Sequence[Strip]:
        if self._lines is None:
            self._lines = [strip for row in self._rows for strip in self._row(row)]
        return self._lines

    def _row(self, row: ComparisonRow) -> Iterator[Strip]:
        if row.right is None:
            yield from self._wrap(row.left, self._full_width)
            return
        base = self.rich_style
        half, rest = self.half, max(self._full_width - _GUTTER - self.half, 1)
        rule = Style(color=Color.parse(self.app.theme_variables["ink-faint"]).rich_color)
        gap = Strip([Segment(sanitise_line(f" {self._rule} "), base + rule)], _GUTTER)
        for left, right in zip_longest(self._wrap(row.left, half), self._wrap(row.right, rest)):
            yield Strip.join([left or Strip.blank(half, base), gap, right or Strip.blank(rest, base)])

    def _wrap(self, content: Content, width: int) -> list[Strip]:
        return Visual.to_strips(self, content, width, None, self.visual_style, pad=True)
