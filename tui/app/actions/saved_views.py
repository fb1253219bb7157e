"""Saved views: opening, saving, and putting them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.choose import Option, choose
from tui.app.status_text import UNDO_HINT, KeyHint
from tui.errors import ReadlistError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.app.screens.main_screen import MainScreen


def open_numbered(desk: MainScreen) -> None:
    """Open the view whose number was pressed; from the palette, where none was, choose one."""
    if desk.pressed_key:
        open_at(desk, desk.keys.key_index("find.view", desk.pressed_key))
    else:
        manage(desk)


def open_at(desk: MainScreen, number: int) -> None:
    """Open the view of a number, counted from 0; -1 is every paper."""
    names = list(desk.session.views())
    if number < 0:
        desk.put_query("")
    elif number < len(names):
        _open(desk, names[number])
    else:
        desk.notify_status(f"there is no view {number + 1}: {_saver(desk)}")


def save(desk: MainScreen) -> None:
    """Give the query a name."""
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

    query = _as_shown(desk)
    if not query:
        desk.notify_status(f"there is no query to save: {desk.keys.key('find.query')} asks one")
        return
    views = desk.session.views()
    named = next((name for name, text in views.items() if text == query), "")

    def typed(name: str | None) -> None:
        if name:
            desk.guarded(lambda: _save(desk, name, query, views))

    desk.app.push_screen(Prompt(f"Save {query} as the view", value=named, suggestions=tuple(views)), typed)


def manage(desk: MainScreen) -> None:
    """Choose a view, then what shall become of it."""
    views = desk.session.views()
    if not views:
        desk.notify_status(f"there are no views yet: {_saver(desk)}")
        return
    counts = {name: _count(desk, name) for name in views}
    options = [
        Option(name, f"{number}  {name}", f"{query}   {counts[name]}")
        for number, (name, query) in enumerate(views.items(), start=1)
    ]
    choose(desk, "Saved views", options, lambda name: _manage(desk, name))


def _manage(desk: MainScreen, name: str) -> None:
    place = list(desk.session.views()).index(name) + 1
    saved = desk.session.saved_views
    verbs: dict[str, Callable[[], None]] = {
        "open": lambda: _open(desk, name),
        "edit": lambda: desk.put_query(desk.session.views()[name]),
        "rename": lambda: _rename(desk, name),
        "up": lambda: _change(desk, lambda: saved.move(name, place - 1), f"@{name} moved up"),
        "down": lambda: _change(desk, lambda: saved.move(name, place + 1), f"@{name} moved down"),
        "delete": lambda: _delete(desk, name),
    }
    options = [
        Option("open", "show its papers", "o", "o"),
        Option("edit", "put its query into the line, to change it and save it again", "e", "e"),
        Option("rename", "give it another name, in other views too", "r", "r"),
        Option("up", "move it up", "u", "u", "" if place > 1 else "it is the first"),
        Option("down", "move it down", "d", "d", "" if place < len(desk.session.views()) else "it is the last"),
        Option("delete", "delete it; its papers stay as they are", "x", "x"),
    ]
    choose(desk, f"{place}  @{name}", options, lambda verb: verbs[verb](), typing=False)


def _open(desk: MainScreen, name: str) -> None:
    desk.put_query(desk.session.saved_views.reference(name))


def _save(desk: MainScreen, name: str, query: str, seen: Mapping[str, str]) -> None:
    before = desk.session.views()
    replaced = desk.session.saved_views.save(name, query, seen)
    views = desk.session.views()
    new = (n for n, key in enumerate(views, start=1) if before.get(key) != views[key] == query)
    place = next(new, len(views))
    desk.sides.refresh_counts()
    kept = list(views)[place - 1]
    if not replaced and kept.casefold() != name.strip().removeprefix("@").strip().casefold():
        hint = KeyHint("find.views", "shows both")
        desk.notify_status(f"another program saved the view @{name} meanwhile; yours is @{kept}", hint=hint)
        return
    desk.notify_status(
        f"view {place} is now {query}" if replaced else f"saved as view {place}: @{kept}", hint=UNDO_HINT
    )


def _rename(desk: MainScreen, name: str) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

    def typed(new: str | None) -> None:
        if new:
            left = desk.session.saved_views.stale_references(name)
            news = "; ".join(filter(None, (f"@{name} is called @{new} now", left)))
            _change(desk, lambda: desk.session.saved_views.rename(name, new), news)

    desk.app.push_screen(Prompt(f"Rename the view {name} to", value=name), typed)


def _delete(desk: MainScreen, name: str) -> None:
    query = desk.session.views()[name]
    left = desk.session.saved_views.stale_references(name)
    news = "; ".join(filter(None, (f"deleted the view @{name}; its query was {query}", left)))
    _change(desk, lambda: desk.session.saved_views.delete(name, query), news)


def _change(desk: MainScreen, change: Callable[[], None], news: str) -> None:
    def work() -> None:
        change()
        desk.sides.refresh_counts()
        desk.notify_status(news, hint=UNDO_HINT)

    desk.guarded(work)


def _saver(desk: MainScreen) -> str:
    return f"{desk.keys.key('find.save_view')} saves the query as one"


def _as_shown(desk: MainScreen) -> str:
    """The query, with the order that was chosen beside it."""
    query = desk.query_text.strip()
    chosen = desk.sort if not desk.result.query.sort else None
    return " ".join(filter(None, (query, f"sort:{chosen}" if chosen else "")))


def _count(desk: MainScreen, name: str) -> str:
    try:
        papers = len(desk.session.find(desk.session.saved_views.reference(name)).ids)
    except ReadlistError:
        return "not a query any more"
    return pluralise(papers)
