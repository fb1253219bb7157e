"""Actions: move the cursor of the focused pane, bookmarks, next and previous match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import saved_views
from tui.commands import display_key
from tui.model.mark import Status

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen
    from tui.app.widgets.virtual_list import VirtualList

_BOOKMARKS = "bookmarks"  # key in the store


def down(screen: MainScreen) -> None:
    """Next row of the focused pane."""
    _move(screen, 1)


def up(screen: MainScreen) -> None:
    """Previous row."""
    _move(screen, -1)


def top(screen: MainScreen) -> None:
    """First row."""
    _remember_position(screen)
    _move(screen, -_maximum(screen))


def bottom(screen: MainScreen) -> None:
    """Last row."""
    _remember_position(screen)
    _move(screen, _maximum(screen))


def half_down(screen: MainScreen) -> None:
    """Half a page down."""
    _move(screen, _page(screen) // 2)


def half_up(screen: MainScreen) -> None:
    """Half a page up."""
    _move(screen, -(_page(screen) // 2))


def page_down(screen: MainScreen) -> None:
    """One page down."""
    _move(screen, _page(screen))


def page_up(screen: MainScreen) -> None:
    """One page up."""
    _move(screen, -_page(screen))


def centre(screen: MainScreen) -> None:
    """Scroll the cursor to the middle."""
    rows = _rows(screen)
    rows.scroll_to(y=rows.cursor - rows.page // 2, animate=False, immediate=True)


def read_on(screen: MainScreen) -> None:
    """Next page of the paper; at its end, the next paper."""
    if not screen.detail.is_at_end:
        page_down(screen)
    elif screen.papers.cursor + 1 < screen.papers.count:
        screen.papers.move(1)
    else:
        screen.notify_status("end of the list")


def bookmark(screen: MainScreen) -> None:
    """Bookmark the paper under the cursor; the next key is its letter."""
    paper_id = screen.papers.current

    def on_key(letter: str) -> None:
        screen.session.set_value(_BOOKMARKS, _bookmarks(screen) | {letter: paper_id})
        name, key = display_key(letter), screen.keys.key("move.to_bookmark")
        screen.notify_status(f"bookmarked as {name}, return with {key} {name}")

    screen.key_sequences.read_key("bookmark under which letter?", on_key)


def to_bookmark(screen: MainScreen) -> None:
    """Go to a bookmark by its letter, to a view by its digit, or back to where the last jump started."""
    same_keys = [key for key, command in screen.keys.bindings_for("").items() if command == "move.to_bookmark"]

    def on_key(letter: str) -> None:
        target = screen.key_sequences.jump_origin if letter in same_keys else _bookmarks(screen).get(letter)
        if len(letter) == 1 and letter.isdecimal():
            saved_views.open_at(screen, int(letter) - 1)
        elif target is None:
            screen.notify_status(
                "no earlier position" if letter in same_keys else f"no bookmark {display_key(letter)}"
            )
        else:
            go_to(screen, target)

    letters = " ".join(map(display_key, sorted(_bookmarks(screen)))) or "none yet"
    screen.key_sequences.read_key(f"go to which bookmark? ({letters})", on_key)


def go_to(screen: MainScreen, paper_id: str) -> None:
    """Go to a paper; clears the query if it does not match."""
    _remember_position(screen)
    if paper_id in screen.papers.ids:
        screen.papers.go_to(paper_id)
    elif paper_id in screen.session.ids():
        screen.put_query("", paper_id)
    else:
        screen.notify_status("that paper is no longer in the list")


def next_match(screen: MainScreen) -> None:
    """The next match, wrapping at the end; without a query, the next unread paper."""
    _go_to_next(screen, 1)


def previous_match(screen: MainScreen) -> None:
    """The previous match, wrapping at the start; without a query, the previous unread paper."""
    _go_to_next(screen, -1)


def _bookmarks(screen: MainScreen) -> dict[str, str]:
    stored = screen.session.get_value(_BOOKMARKS)
    return {str(letter): str(paper) for letter, paper in stored.items()} if isinstance(stored, dict) else {}


def _remember_position(screen: MainScreen) -> None:
    """Remember where a jump starts."""
    if screen.focused is screen.papers:
        screen.key_sequences.jump_origin = screen.papers.current


def _rows(screen: MainScreen) -> VirtualList:
    return screen.filters if screen.focused is screen.filters else screen.papers


def _page(screen: MainScreen) -> int:
    """Visible rows or lines of the focused pane."""
    return screen.detail.size.height if screen.focused is screen.detail else _rows(screen).page


def _maximum(screen: MainScreen) -> int:
    """More rows or lines than there are."""
    return max(_rows(screen).count, screen.detail.virtual_size.height, 1)


def _move(screen: MainScreen, rows: int) -> None:
    if screen.focused is screen.detail:
        screen.detail.scroll_lines(rows)
    else:
        _rows(screen).move(rows)


def _go_to_next(screen: MainScreen, step: int) -> None:
    has_query = bool(screen.result.query.text.strip())
    papers = screen.papers
    start, count = papers.cursor, papers.count
    for distance in range(1, count):
        index = (start + step * distance) % count
        paper_id = papers.ids[index]
        if paper_id not in papers.stale if has_query else screen.session.entry(paper_id).mark.status is Status.UNREAD:
            _remember_position(screen)
            papers.cursor = index
            if (index - start) * step < 0:
                screen.notify_status("wrapped to the top" if step > 0 else "wrapped to the end")
            if has_query:
                screen.show_detail()
                screen.detail.show_match()
            return
    screen.notify_status("no other matches" if has_query else "no other unread papers")
