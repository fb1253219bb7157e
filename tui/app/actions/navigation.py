"""Actions: move the cursor of the focused pane, bookmarks, next and previous match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import saved_views
from tui.commands import display_key
from tui.model.mark import Status

if TYPE_CHECKING:
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace

_BOOKMARKS = "bookmarks"  # key in the store


def down(workspace: Workspace, ui: Ui) -> None:
    """Next row of the focused pane."""
    ui.panes.move(1)


def up(workspace: Workspace, ui: Ui) -> None:
    """Previous row."""
    ui.panes.move(-1)


def top(workspace: Workspace, ui: Ui) -> None:
    """First row."""
    _remember_position(workspace, ui)
    ui.panes.move(-ui.panes.length)


def bottom(workspace: Workspace, ui: Ui) -> None:
    """Last row."""
    _remember_position(workspace, ui)
    ui.panes.move(ui.panes.length)


def half_down(workspace: Workspace, ui: Ui) -> None:
    """Half a page down."""
    ui.panes.move(ui.panes.page // 2)


def half_up(workspace: Workspace, ui: Ui) -> None:
    """Half a page up."""
    ui.panes.move(-(ui.panes.page // 2))


def page_down(workspace: Workspace, ui: Ui) -> None:
    """One page down."""
    ui.panes.move(ui.panes.page)


def page_up(workspace: Workspace, ui: Ui) -> None:
    """One page up."""
    ui.panes.move(-ui.panes.page)


def centre(workspace: Workspace, ui: Ui) -> None:
    """Scroll the cursor to the middle."""
    ui.panes.centre()


def read_on(workspace: Workspace, ui: Ui) -> None:
    """Next page of the paper; at its end, the next paper."""
    if not ui.panes.is_at_end:
        page_down(workspace, ui)
    elif workspace.papers.cursor + 1 < workspace.papers.count:
        workspace.papers.move(1)
    else:
        workspace.show_message("end of the list")


def bookmark(workspace: Workspace, ui: Ui) -> None:
    """Bookmark the paper under the cursor; the next key is its letter."""
    paper_id = workspace.papers.current

    def on_key(letter: str) -> None:
        workspace.session.values.set(_BOOKMARKS, _bookmarks(workspace) | {letter: paper_id})
        name, key = display_key(letter), workspace.keys.key("move.to_bookmark")
        workspace.show_message(f"bookmarked as {name}; return with {key} {name}")

    ui.read_key("bookmark under which letter?", on_key)


def to_bookmark(workspace: Workspace, ui: Ui) -> None:
    """Go to a bookmark by its letter, to a view by its digit, or back to where the last jump started."""
    same_keys = [key for key, command in workspace.keys.bindings_for("").items() if command == "move.to_bookmark"]

    def on_key(letter: str) -> None:
        target = workspace.papers.jump_origin if letter in same_keys else _bookmarks(workspace).get(letter)
        if len(letter) == 1 and letter.isdecimal():
            saved_views.open_at(workspace, ui, int(letter) - 1)
        elif target is None:
            workspace.show_message(
                "no earlier position" if letter in same_keys else f"no bookmark {display_key(letter)}"
            )
        else:
            go_to(workspace, ui, target)

    letters = " ".join(map(display_key, sorted(_bookmarks(workspace)))) or "none yet"
    ui.read_key(f"go to which bookmark? ({letters})", on_key)


def go_to(workspace: Workspace, ui: Ui, paper_id: str) -> None:
    """Go to a paper; clears the query if it does not match."""
    _remember_position(workspace, ui)
    if paper_id in workspace.papers.ids:
        workspace.papers.go_to(paper_id)
    elif paper_id in workspace.session.ids():
        workspace.query.put("", paper_id)
    else:
        workspace.show_message("that paper is no longer in the list")


def next_match(workspace: Workspace, ui: Ui) -> None:
    """The next match, wrapping at the end; without a query, the next unread paper."""
    _go_to_next(workspace, ui, 1)


def previous_match(workspace: Workspace, ui: Ui) -> None:
    """The previous match, wrapping at the start; without a query, the previous unread paper."""
    _go_to_next(workspace, ui, -1)


def _bookmarks(workspace: Workspace) -> dict[str, str]:
    stored = workspace.session.values.get(_BOOKMARKS)
    return {str(letter): str(paper) for letter, paper in stored.items()} if isinstance(stored, dict) else {}


def _remember_position(workspace: Workspace, ui: Ui) -> None:
    """Remember where a jump starts."""
    if ui.panes.focused == "list":
        workspace.papers.remember_jump()


def _go_to_next(workspace: Workspace, ui: Ui, step: int) -> None:
    has_query = bool(workspace.query.result.query.text.strip())
    papers = workspace.papers
    start, count = papers.cursor, papers.count
    for distance in range(1, count):
        index = (start + step * distance) % count
        paper_id = papers.ids[index]
        if (
            paper_id not in papers.stale
            if has_query
            else workspace.session.entry(paper_id).mark.status is Status.UNREAD
        ):
            _remember_position(workspace, ui)
            papers.cursor = index
            if (index - start) * step < 0:
                workspace.show_message("wrapped to the top" if step > 0 else "wrapped to the bottom")
            if has_query:
                ui.panes.show_match()
            return
    workspace.show_message("no other matches" if has_query else "no other unread papers")
