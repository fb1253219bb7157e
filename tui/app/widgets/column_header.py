"""The header line of the list: the column titles and the sort order. Clicking a title sorts by that column."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from textual.message import Message

from tui.app.row_render import COLUMN_TITLES, GUTTER, column_widths
from tui.app.safe_display import SPACE, Content
from tui.app.terminal.hardened_app import HardenedApp
from tui.app.widgets.status_bars import Bar
from tui.query.sort_key import parse_sort_key
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from textual import events

    from tui.app.theming import Glyphs

_SORTED = "bold $primary"


class ColumnHeader(Bar):
    """The titles of the columns.

    Args:
        glyphs: the characters to draw with.
        columns: the columns, from left to right.
    """

    class Clicked(Message):
        """Posted to sort the list by a column."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, *, glyphs: Glyphs, columns: tuple[str, ...], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._glyphs = glyphs
        self._columns = columns
        self._order = ""
        self._is_lit = False

    def show(self, order: str, *, is_lit: bool) -> None:
        """Show the sort order, as written in the query language.

        Args:
            order: the sort order.
            is_lit: whether the list has the focus.
        """
        if (order, is_lit) != (self._order, self._is_lit):
            self._order, self._is_lit = order, is_lit
            self._draw()

    def on_resize(self) -> None:
        """Show the columns that fit the width."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Sort by the column under the pointer."""
        event.stop()
        widths = column_widths(self.size.width, self._columns)
        starts = accumulate((width + 1 for _, width in widths), initial=GUTTER)
        started = [name for (name, _), start in zip(widths, starts, strict=False) if start - 1 <= event.x]
        if started:
            self.post_message(self.Clicked(started[-1]))

    def _draw(self) -> None:
        key = parse_sort_key(self._order.partition(",")[0])
        arrow = self._glyphs.falling if key.descending else self._glyphs.rising
        titles = [Content(SPACE * (GUTTER - 1))]
        for column, width in column_widths(self.size.width, self._columns):
            title = COLUMN_TITLES[column][:width].ljust(width)
            # The arrow replaces the space before the title, so that no column moves.
            titles.append(
                Content.styled(sanitise_line(f"{arrow}{title}"), _SORTED)
                if column == key.name
                else Content(sanitise_line(f" {title}"))
            )
        content = Content("").join(titles)
        if self._is_lit:
            few = isinstance(self.app, HardenedApp) and self.app.few_colours
            style = "bold reverse $foreground" if few else "bold $foreground on $cursor-ground"
            content = content.pad_right(max(self.size.width - content.cell_length, 0)).stylize(style)
        self.put(content)
