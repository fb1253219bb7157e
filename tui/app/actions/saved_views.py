"""Actions: open, save and manage saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.change_signal import Aspect
from tui.app.message_text import UNDO_HINT, KeyHint
from tui.app.ui import Option
from tui.errors import ReadlistError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace


def open_numbered(workspace: Workspace, ui: Ui) -> None:
    """Open the view whose number was pressed; from the palette, choose one."""
    if ui.pressed_key:
        open_at(workspace, ui, workspace.keys.key_index("find.view", ui.pressed_key))
    else:
        manage(workspace, ui)


def open_at(workspace: Workspace, ui: Ui, number: int) -> None:
    """Open a view by its number, from 0; -1 shows all papers."""
    names = list(workspace.session.views())
    if number < 0:
        workspace.query.put("")
    elif number < len(names):
        _open(workspace, names[number])
    else:
        workspace.show_message(f"no view {number + 1}; {_save_hint(workspace)}")


def save(workspace: Workspace, ui: Ui) -> None:
    """Save the query as a view."""
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    query = _query_with_sort(workspace)
    if not query:
        workspace.show_message(f"no query to save; {workspace.keys.key('find.query')} starts a search")
        return
    views = workspace.session.views()
    existing = next((name for name, text in views.items() if text == query), "")

    def on_close(name: str | None) -> None:
        if name:
            workspace.guarded(lambda: _save(workspace, name, query, views))

    ui.open(Prompt(f"Save {query} as a view", value=existing, suggestions=tuple(views)), on_close)


def manage(workspace: Workspace, ui: Ui) -> None:
    """Choose a view, then what to do with it."""
    views = workspace.session.views()
    if not views:
        workspace.show_message(f"no saved views yet; {_save_hint(workspace)}")
        return
    counts = {name: _count(workspace, name) for name in views}
    options = [
        Option(name, f"{number}  {name}", f"{query}   {counts[name]}")
        for number, (name, query) in enumerate(views.items(), start=1)
    ]
    ui.choose("Saved views", options, lambda name: _manage(workspace, ui, name))


def _manage(workspace: Workspace, ui: Ui, name: str) -> None:
    position = list(workspace.session.views()).index(name) + 1
    saved = workspace.session.saved_views
    actions: dict[str, Callable[[], None]] = {
        "open": lambda: _open(workspace, name),
        "edit": lambda: workspace.query.put(workspace.session.views()[name]),
        "rename": lambda: _rename(workspace, ui, name),
        "up": lambda: _change(workspace, lambda: saved.move(name, position - 1), f"@{name} moved up"),
        "down": lambda: _change(workspace, lambda: saved.move(name, position + 1), f"@{name} moved down"),
        "delete": lambda: _delete(workspace, name),
    }
    options = [
        Option("open", "open", "o", "o"),
        Option("edit", "edit its query, then save it again", "e", "e"),
        Option("rename", "rename (also in views that use it)", "r", "r"),
        Option("up", "move up", "u", "u", "" if position > 1 else "already first"),
        Option("down", "move down", "d", "d", "" if position < len(workspace.session.views()) else "already last"),
        Option("delete", "delete the view (its papers are kept)", "x", "x"),
    ]
    ui.choose(f"{position}  @{name}", options, lambda action: actions[action]())


def _open(workspace: Workspace, name: str) -> None:
    workspace.query.put(workspace.session.saved_views.reference(name))


def _save(workspace: Workspace, name: str, query: str, known: Mapping[str, str]) -> None:
    before = workspace.session.views()
    replaced = workspace.session.saved_views.save(name, query, known)
    views = workspace.session.views()
    new = (n for n, key in enumerate(views, start=1) if before.get(key) != views[key] == query)
    position = next(new, len(views))
    workspace.changed(Aspect.VIEWS)
    saved = list(views)[position - 1]
    if not replaced and saved.casefold() != name.strip().removeprefix("@").strip().casefold():
        hint = KeyHint("find.views", "show both")
        workspace.show_message(f"view @{name} was also saved by another program; yours is @{saved}", hint=hint)
        return
    workspace.show_message(
        f"view {position} is now {query}" if replaced else f"saved as view {position}: @{saved}", hint=UNDO_HINT
    )


def _rename(workspace: Workspace, ui: Ui, name: str) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    def on_close(new: str | None) -> None:
        if new:
            stale = workspace.session.saved_views.stale_references(name)
            message = ", ".join(filter(None, (f"renamed @{name} to @{new}", stale)))
            _change(workspace, lambda: workspace.session.saved_views.rename(name, new), message)

    ui.open(Prompt(f"Rename view {name} to", value=name), on_close)


def _delete(workspace: Workspace, name: str) -> None:
    query = workspace.session.views()[name]
    stale = workspace.session.saved_views.stale_references(name)
    message = ", ".join(filter(None, (f"deleted @{name} ({query})", stale)))
    _change(workspace, lambda: workspace.session.saved_views.delete(name, query), message)


def _change(workspace: Workspace, change: Callable[[], None], message: str) -> None:
    def apply() -> None:
        change()
        workspace.changed(Aspect.VIEWS)
        workspace.show_message(message, hint=UNDO_HINT)

    workspace.guarded(apply)


def _save_hint(workspace: Workspace) -> str:
    return f"{workspace.keys.key('find.save_view')} saves the query as a view"


def _query_with_sort(workspace: Workspace) -> str:
    """The query, with the sort order that was chosen separately."""
    query = workspace.query.text.strip()
    chosen = workspace.query.sort if not workspace.query.result.query.sort else None
    return " ".join(filter(None, (query, f"sort:{chosen}" if chosen else "")))


def _count(workspace: Workspace, name: str) -> str:
    try:
        papers = len(workspace.session.find(workspace.session.saved_views.reference(name)).ids)
    except ReadlistError:
        return "invalid query"
    return pluralise(papers)
