"""Moving the cursor of the focused pane, and jumping to what is unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.paper.mark import Status

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk
    from tui.app.widgets.rows import Rows


def down(desk: Desk) -> None:
    """Next row of the focused pane."""
    _move(desk, 1)


def up(desk: Desk) -> None:
    """Row before."""
    _move(desk, -1)


def top(desk: Desk) -> None:
    """First row."""
    _move(desk, -_far(desk))


def bottom(desk: Desk) -> None:
    """Last row."""
    _move(desk, _far(desk))


def half_down(desk: Desk) -> None:
    """Half a screen down."""
    _move(desk, _page(desk) // 2)


def half_up(desk: Desk) -> None:
    """Half a screen up."""
    _move(desk, -(_page(desk) // 2))


def page_down(desk: Desk) -> None:
    """A screen down."""
    _move(desk, _page(desk))


def page_up(desk: Desk) -> None:
    """A screen up."""
    _move(desk, -_page(desk))


def next_unread(desk: Desk) -> None:
    """The next unread paper below, going round at the end."""
    _go_to_unread(desk, 1)


def previous_unread(desk: Desk) -> None:
    """The next unread paper above, going round at the start."""
    _go_to_unread(desk, -1)


def _rows(desk: Desk) -> Rows:
    return desk.filters if desk.filters.has_focus else desk.papers


def _page(desk: Desk) -> int:
    """Rows or lines in sight in the focused pane."""
    return desk.detail.size.height if desk.detail.has_focus else _rows(desk).page


def _far(desk: Desk) -> int:
    """More rows or lines than there are."""
    return max(_rows(desk).count, desk.detail.virtual_size.height, 1)


def _move(desk: Desk, rows: int) -> None:
    if desk.detail.has_focus:
        desk.detail.scroll_lines(rows)
    else:
        _rows(desk).move(rows)


def _go_to_unread(desk: Desk, step: int) -> None:
    ids = desk.papers.ids
    start = desk.papers.cursor
    for distance in range(1, len(ids) + 1):
        index = (start + step * distance) % len(ids)
        if desk.session.entry(ids[index]).mark.status is Status.UNREAD:
            desk.papers.cursor = index
            return
    desk.tell("no unread paper in this list")
