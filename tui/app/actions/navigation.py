"""Moving the cursor of the focused pane, and jumping to what is unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import saved_views
from tui.commands import display_key
from tui.model.mark import Status

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen
    from tui.app.widgets.virtual_list import VirtualList

_BOOKMARKS = "bookmarks"  # the fact that keeps them


def down(desk: MainScreen) -> None:
    """Next row of the focused pane."""
    _move(desk, 1)


def up(desk: MainScreen) -> None:
    """Row before."""
    _move(desk, -1)


def top(desk: MainScreen) -> None:
    """First row."""
    _leave(desk)
    _move(desk, -_far(desk))


def bottom(desk: MainScreen) -> None:
    """Last row."""
    _leave(desk)
    _move(desk, _far(desk))


def half_down(desk: MainScreen) -> None:
    """Half a screen down."""
    _move(desk, _page(desk) // 2)


def half_up(desk: MainScreen) -> None:
    """Half a screen up."""
    _move(desk, -(_page(desk) // 2))


def page_down(desk: MainScreen) -> None:
    """A screen down."""
    _move(desk, _page(desk))


def page_up(desk: MainScreen) -> None:
    """A screen up."""
    _move(desk, -_page(desk))


def centre(desk: MainScreen) -> None:
    """Scroll so that the cursor stands in the middle."""
    rows = _rows(desk)
    rows.scroll_to(y=rows.cursor - rows.page // 2, animate=False, immediate=True)


def read_on(desk: MainScreen) -> None:
    """A screen further down the paper; from its end, go to the next one."""
    if not desk.detail.is_at_end:
        page_down(desk)
    elif desk.papers.cursor + 1 < desk.papers.count:
        desk.papers.move(1)
    else:
        desk.notify_status("that was the last paper of the list")


def bookmark(desk: MainScreen) -> None:
    """Remember the paper under the cursor under a letter."""
    paper_id = desk.papers.current

    def lettered(letter: str) -> None:
        kept = _bookmarks(desk)
        desk.session.set_value(_BOOKMARKS, kept | {letter: paper_id})
        desk.notify_status(
            f"bookmarked: {desk.keys.key('move.to_bookmark')} and {display_key(letter)} come back here"
        )

    desk.strokes.read_key("bookmark this paper under which letter?", lettered)


def to_bookmark(desk: MainScreen) -> None:
    """Go to the paper of a letter, to the view of a digit, or back to where the last jump began."""
    again = [key for key, command in desk.keys.bindings_for("").items() if command == "move.to_bookmark"]

    def lettered(letter: str) -> None:
        wanted = desk.strokes.came_from if letter in again else _bookmarks(desk).get(letter)
        if len(letter) == 1 and letter.isdecimal():
            saved_views.open_at(desk, int(letter) - 1)
        elif wanted is None:
            desk.notify_status(
                "there is no way back yet" if letter in again else f"nothing is bookmarked as {display_key(letter)}"
            )
        else:
            go_to(desk, wanted)

    letters = " ".join(map(display_key, sorted(_bookmarks(desk)))) or "none yet"
    desk.strokes.read_key(f"to which bookmark? ({letters})", lettered)


def go_to(desk: MainScreen, paper_id: str) -> None:
    """Go to a paper; where the query leaves it out, the query goes."""
    _leave(desk)
    if paper_id in desk.papers.ids:
        desk.papers.go_to(paper_id)
    elif paper_id in desk.session.ids():
        desk.put_query("", paper_id)
    else:
        desk.notify_status("that paper is not in the list any more")


def next_one(desk: MainScreen) -> None:
    """The next match, going round at the end; without a query, the next unread paper."""
    _go_to_next(desk, 1)


def previous_one(desk: MainScreen) -> None:
    """The one before, going round at the start."""
    _go_to_next(desk, -1)


def _bookmarks(desk: MainScreen) -> dict[str, str]:
    kept = desk.session.get_value(_BOOKMARKS)
    return {str(letter): str(paper) for letter, paper in kept.items()} if isinstance(kept, dict) else {}


def _leave(desk: MainScreen) -> None:
    """Remember where a jump begins."""
    if desk.focused is desk.papers:
        desk.strokes.came_from = desk.papers.current


def _rows(desk: MainScreen) -> VirtualList:
    return desk.filters if desk.focused is desk.filters else desk.papers


def _page(desk: MainScreen) -> int:
    """Rows or lines in sight in the focused pane."""
    return desk.detail.size.height if desk.focused is desk.detail else _rows(desk).page


def _far(desk: MainScreen) -> int:
    """More rows or lines than there are."""
    return max(_rows(desk).count, desk.detail.virtual_size.height, 1)


def _move(desk: MainScreen, rows: int) -> None:
    if desk.focused is desk.detail:
        desk.detail.scroll_lines(rows)
    else:
        _rows(desk).move(rows)


def _go_to_next(desk: MainScreen, step: int) -> None:
    asked = bool(desk.result.query.text.strip())
    papers = desk.papers
    start, count = papers.cursor, papers.count
    for distance in range(1, count):
        index = (start + step * distance) % count
        paper_id = papers.ids[index]
        if paper_id not in papers.stale if asked else desk.session.entry(paper_id).mark.status is Status.UNREAD:
            _leave(desk)
            papers.cursor = index
            if (index - start) * step < 0:
                desk.notify_status("from the top again" if step > 0 else "from the end again")
            if asked:
                desk.show_page()
                desk.detail.show_match()
            return
    desk.notify_status("no other paper answers the query" if asked else "no other unread paper in this list")
