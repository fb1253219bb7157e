"""The line above the list: what stands in which column, and what the list is sorted by. A click sorts by a column."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from tui.app.row_render import COLUMN_TITLES, GUTTER, column_widths
from tui.app.widgets.status_bars import Bar
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from textual import events

    from tui.app.theming import Glyphs

_SORTED = "$foreground"
_DESCENDING = "-desc"


class ColumnHeader(Bar):
    """The names of the columns.

    Args:
        glyphs: the signs to draw with.
        columns: which columns, from left to right.
    """

    class Picked(Message):
        """The list is to be sorted by a column."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, *, glyphs: Glyphs, columns: tuple[str, ...], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._glyphs = glyphs
        self._columns = columns
        self._order = ""

    def show(self, order: str) -> None:
        """Show what the list is sorted by, as the query language says it."""
        if order != self._order:
            self._order = order
            self._draw()

    def on_resize(self) -> None:
        """Another width has other columns."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Sort by the column under the pointer."""
        event.stop()
        shape = column_widths(self.size.width, self._columns)
        ends = accumulate((room + 1 for _, room in shape), initial=GUTTER)
        under = [name for (name, _), end in zip(shape, ends, strict=False) if end - 1 <= event.x]
        if under:
            self.post_message(self.Picked(under[-1]))

    def _draw(self) -> None:
        first = self._order.partition(",")[0]
        name, sign = first.removesuffix(_DESCENDING), self._glyphs.rising
        if first.endswith(_DESCENDING):
            sign = self._glyphs.falling
        heads = [Content(" " * (GUTTER - 1))]
        for column, room in column_widths(self.size.width, self._columns):
            head = COLUMN_TITLES[column][:room].ljust(room)
            # The sign stands in the blank before the head, so that no column moves by it.
            heads.append(
                Content.styled(sanitise_line(f"{sign}{head}"), _SORTED)
                if column == name
                else Content(sanitise_line(f" {head}"))
            )
        self.put(Content("").join(heads))
