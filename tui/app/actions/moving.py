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


def next_one(desk: Desk) -> None:
    """The next match, going round at the end; without a query, the next unread paper."""
    _go_to_next(desk, 1)


def previous_one(desk: Desk) -> None:
    """The one before, going round at the start."""
    _go_to_next(desk, -1)


def _rows(desk: Desk) -> Rows:
    return desk.filters if desk.focused is desk.filters else desk.papers


def _page(desk: Desk) -> int:
    """Rows or lines in sight in the focused pane."""
    return desk.detail.size.height if desk.focused is desk.detail else _rows(desk).page


def _far(desk: Desk) -> int:
    """More rows or lines than there are."""
    return max(_rows(desk).count, desk.detail.virtual_size.height, 1)


def _move(desk: Desk, rows: int) -> None:
    if desk.focused is desk.detail:
        desk.detail.scroll_lines(rows)
    else:
        _rows(desk).move(rows)


def _go_to_next(desk: Desk, step: int) -> None:
    asked = bool(desk.listing.query.text.strip())
    papers = desk.papers
    start, count = papers.cursor, papers.count
    for distance in range(1, count):
        index = (start + step * distance) % count
        paper_id = papers.ids[index]
        if paper_id not in papers.stale if asked else desk.session.entry(paper_id).mark.status is Status.UNREAD:
            papers.cursor = index
            if (index - start) * step < 0:
                desk.tell("from the top again" if step > 0 else "from the end again")
            if asked:
                desk.show_page()
                desk.detail.show_match()
            return
    desk.tell("no other paper answers the query" if asked else "no other unread paper in this list")
