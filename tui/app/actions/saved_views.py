"""Actions: open, save and manage saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.open_picker import Option, choose
from tui.app.status_text import UNDO_HINT, KeyHint
from tui.errors import ReadlistError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.app.screens.main_screen import MainScreen


def open_numbered(screen: MainScreen) -> None:
    """Open the view whose number was pressed; from the palette, choose one."""
    if screen.pressed_key:
        open_at(screen, screen.keys.key_index("find.view", screen.pressed_key))
    else:
        manage(screen)


def open_at(screen: MainScreen, number: int) -> None:
    """Open a view by its number, from 0; -1 shows all papers."""
    names = list(screen.session.views())
    if number < 0:
        screen.put_query("")
    elif number < len(names):
        _open(screen, names[number])
    else:
        screen.notify_status(f"no view {number + 1}, {_save_hint(screen)}")


def save(screen: MainScreen) -> None:
    """Save the query as a view."""
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    query = _query_with_sort(screen)
    if not query:
        screen.notify_status(f"no query to save, {screen.keys.key('find.query')} starts a search")
        return
    views = screen.session.views()
    existing = next((name for name, text in views.items() if text == query), "")

    def on_close(name: str | None) -> None:
        if name:
            screen.guarded(lambda: _save(screen, name, query, views))

    screen.app.push_screen(Prompt(f"Save {query} as view", value=existing, suggestions=tuple(views)), on_close)


def manage(screen: MainScreen) -> None:
    """Choose a view, then what to do with it."""
    views = screen.session.views()
    if not views:
        screen.notify_status(f"no saved views yet, {_save_hint(screen)}")
        return
    counts = {name: _count(screen, name) for name in views}
    options = [
        Option(name, f"{number}  {name}", f"{query}   {counts[name]}")
        for number, (name, query) in enumerate(views.items(), start=1)
    ]
    choose(screen, "Saved views", options, lambda name: _manage(screen, name))


def _manage(screen: MainScreen, name: str) -> None:
    position = list(screen.session.views()).index(name) + 1
    saved = screen.session.saved_views
    actions: dict[str, Callable[[], None]] = {
        "open": lambda: _open(screen, name),
        "edit": lambda: screen.put_query(screen.session.views()[name]),
        "rename": lambda: _rename(screen, name),
        "up": lambda: _change(screen, lambda: saved.move(name, position - 1), f"@{name} moved up"),
        "down": lambda: _change(screen, lambda: saved.move(name, position + 1), f"@{name} moved down"),
        "delete": lambda: _delete(screen, name),
    }
    options = [
        Option("open", "open", "o", "o"),
        Option("edit", "edit its query, then save it again", "e", "e"),
        Option("rename", "rename, also in other views", "r", "r"),
        Option("up", "move up", "u", "u", "" if position > 1 else "already first"),
        Option("down", "move down", "d", "d", "" if position < len(screen.session.views()) else "already last"),
        Option("delete", "delete the view (its papers are kept)", "x", "x"),
    ]
    choose(screen, f"{position}  @{name}", options, lambda action: actions[action](), typing=False)


def _open(screen: MainScreen, name: str) -> None:
    screen.put_query(screen.session.saved_views.reference(name))


def _save(screen: MainScreen, name: str, query: str, known: Mapping[str, str]) -> None:
    before = screen.session.views()
    replaced = screen.session.saved_views.save(name, query, known)
    views = screen.session.views()
    new = (n for n, key in enumerate(views, start=1) if before.get(key) != views[key] == query)
    position = next(new, len(views))
    screen.side_panels.refresh_counts()
    saved = list(views)[position - 1]
    if not replaced and saved.casefold() != name.strip().removeprefix("@").strip().casefold():
        hint = KeyHint("find.views", "show both")
        screen.notify_status(f"view @{name} was also saved by another program, yours is @{saved}", hint=hint)
        return
    screen.notify_status(
        f"view {position} is now {query}" if replaced else f"saved as view {position}: @{saved}", hint=UNDO_HINT
    )


def _rename(screen: MainScreen, name: str) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    def on_close(new: str | None) -> None:
        if new:
            stale = screen.session.saved_views.stale_references(name)
            message = ", ".join(filter(None, (f"renamed @{name} to @{new}", stale)))
            _change(screen, lambda: screen.session.saved_views.rename(name, new), message)

    screen.app.push_screen(Prompt(f"Rename view {name} to", value=name), on_close)


def _delete(screen: MainScreen, name: str) -> None:
    query = screen.session.views()[name]
    stale = screen.session.saved_views.stale_references(name)
    message = ", ".join(filter(None, (f"deleted @{name} ({query})", stale)))
    _change(screen, lambda: screen.session.saved_views.delete(name, query), message)


def _change(screen: MainScreen, change: Callable[[], None], message: str) -> None:
    def apply() -> None:
        change()
        screen.side_panels.refresh_counts()
        screen.notify_status(message, hint=UNDO_HINT)

    screen.guarded(apply)


def _save_hint(screen: MainScreen) -> str:
    return f"{screen.keys.key('find.save_view')} saves the query as a view"


def _query_with_sort(screen: MainScreen) -> str:
    """The query, with the sort order that was chosen separately."""
    query = screen.query_text.strip()
    chosen = screen.sort if not screen.result.query.sort else None
    return " ".join(filter(None, (query, f"sort:{chosen}" if chosen else "")))


def _count(screen: MainScreen, name: str) -> str:
    try:
        papers = len(screen.session.find(screen.session.saved_views.reference(name)).ids)
    except ReadlistError:
        return "invalid query"
    return pluralise(papers)
