"""Moving about: the cursor, the panes, the detail, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.paper.mark import Status

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk


def down(desk: Desk) -> None:
    """Next row of the focused pane."""
    desk.move(1)


def up(desk: Desk) -> None:
    """Row before."""
    desk.move(-1)


def top(desk: Desk) -> None:
    """First row."""
    desk.move(-desk.far)


def bottom(desk: Desk) -> None:
    """Last row."""
    desk.move(desk.far)


def half_down(desk: Desk) -> None:
    """Half a screen down."""
    desk.move(desk.page // 2)


def half_up(desk: Desk) -> None:
    """Half a screen up."""
    desk.move(-(desk.page // 2))


def page_down(desk: Desk) -> None:
    """A screen down."""
    desk.move(desk.page)


def page_up(desk: Desk) -> None:
    """A screen up."""
    desk.move(-desk.page)


def next_unread(desk: Desk) -> None:
    """The next unread paper below, going round at the end."""
    _go_to_unread(desk, 1)


def previous_unread(desk: Desk) -> None:
    """The next unread paper above, going round at the start."""
    _go_to_unread(desk, -1)


def scroll_down(desk: Desk) -> None:
    """Three lines of the abstract."""
    desk.detail.scroll_lines(3)


def scroll_up(desk: Desk) -> None:
    """Three lines back."""
    desk.detail.scroll_lines(-3)


def detail(desk: Desk) -> None:
    """The paper on the whole screen, and back."""
    desk.read_at_full_width(not desk.has_class("-reading"))


def next_pane(desk: Desk) -> None:
    """The pane to the right."""
    desk.focus_pane(1)


def previous_pane(desk: Desk) -> None:
    """The pane to the left."""
    desk.focus_pane(-1)


def back(desk: Desk) -> None:
    """One layer back: full width, filter pane, range, selection, query."""
    desk.step_back()


def back_or_quit(desk: Desk) -> None:
    """Close the full-width page or the filter pane; else end the program."""
    if desk.has_class("-reading") or desk.has_class("-filtering"):
        desk.step_back()
    else:
        desk.leave()


def leave(desk: Desk) -> None:
    """End the program."""
    desk.leave()


def _go_to_unread(desk: Desk, step: int) -> None:
    ids = desk.papers.ids
    start = desk.papers.cursor
    for distance in range(1, len(ids) + 1):
        index = (start + step * distance) % len(ids)
        if desk.session.entry(ids[index]).mark.status is Status.UNREAD:
            desk.papers.cursor = index
            return
    desk.tell("no unread paper in this list")
