"""Actions: the query, its history, the filter pane and the sort order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import theme_menu
from tui.app.actions import insights
from tui.app.open_picker import Option, choose
from tui.app.query_history import QueryHistoryStep
from tui.app.widgets.filter_pane import FilterPane
from tui.app.widgets.query_line import QueryLine
from tui.query.sort_key import parse_sort_key, reversed_key

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen
    from tui.query.facet_edit import FacetState
    from tui.session.session import Session


HISTORY_KEY = "queries"  # of the store: the query history
FOLDED_GROUPS_KEY = "shut groups"  # of the store: the folded groups of the filter pane

_KEYS = {
    "title": "t", "year": "y", "date": "d", "added": "a", "read": "r", "status": "s", "category": "c", "author": "u",
    "tags": "g", "priority": "!", "due": "b", "random": "x", "foryou": "f", "relevance": "v", "catalogue": "p",
}  # fmt: skip


def folded_groups(session: Session) -> frozenset[str]:
    """Fields of the groups of the filter pane that were folded at the last exit."""
    stored = session.get_value(FOLDED_GROUPS_KEY)
    return frozenset(filter(None, map(str, stored))) if isinstance(stored, list) else frozenset()


def current_step(screen: MainScreen) -> QueryHistoryStep:
    """The current query and paper."""
    return QueryHistoryStep(screen.result.query.text, screen.papers.current)


def query(screen: MainScreen) -> None:
    """Focus the query line; Esc there restores the current query and paper."""
    screen.previous_step = QueryHistoryStep(screen.query_text, screen.papers.current)
    line = screen.query_one(QueryLine)
    line.begin(screen.query_history.texts())
    screen.set_focus(line)


def show_all(screen: MainScreen) -> None:
    """Clear the query."""
    screen.put_query("")


def back(screen: MainScreen) -> None:
    """Return to the previous query and its cursor."""
    _go_to_step(screen, screen.query_history.back(current_step(screen)), "no previous query")


def forward(screen: MainScreen) -> None:
    """Go to the next query."""
    _go_to_step(screen, screen.query_history.forward(current_step(screen)), "no next query")


def sort(screen: MainScreen) -> None:
    """Choose the sort order; choosing the current one reverses it."""
    current = _current_order(screen)
    options = [
        Option(name, f"{name}{_current_mark(current, name)}", help_, _KEYS[name])
        for name, help_ in screen.session.sorts().items()
    ]

    choose(
        screen,
        "Sort by",
        options,
        lambda name: _sort_or_reverse(screen, name),
        current=parse_sort_key(current).name,
        typing=False,
        hint="choose again to reverse",
    )


def sort_by_column(screen: MainScreen, column: str) -> None:
    """Sort by a column, or reverse the order if it is sorted by it."""
    if column in screen.session.sorts():
        _sort_or_reverse(screen, column)
    else:
        screen.notify_status(f"cannot sort by {column}")


def reverse(screen: MainScreen) -> None:
    """Reverse the sort order."""
    current = _current_order(screen)
    sort_by(screen, reversed_key(current))


def refresh(screen: MainScreen) -> None:
    """Rerun the query."""
    screen.run_query()


def include(screen: MainScreen) -> None:
    """Show only papers with the value under the cursor."""
    screen.filters.pick("include")


def exclude(screen: MainScreen) -> None:
    """Exclude papers with the value under the cursor."""
    screen.filters.pick("exclude")


def pick_facet(screen: MainScreen) -> None:
    """Choose a value of the filter pane by typing, and filter by it; an active filter is removed."""
    lines = {
        f"{facet.field}:{line.value}": (facet, line)
        for facet in screen.session.search.facets(screen.result)
        for line in facet.values
        if line.count or line.state != "ignore" or line.count is None
    }
    glyphs = {"include": screen.glyphs.include, "exclude": screen.glyphs.exclude}
    options = [
        Option(
            name,
            f"{glyphs.get(line.state, ' ')} {line.label}".strip(),
            f"{facet.title}   {'' if line.count is None else line.count}",
        )
        for name, (facet, line) in lines.items()
    ]

    def on_choice(name: str) -> None:
        facet, line = lines[name]
        state: FacetState = "ignore" if line.state == "include" else "include"
        screen.post_message(FilterPane.Picked(facet.field, line.value, state))

    choose(screen, "Filter by", options, on_choice)


def _sort_or_reverse(screen: MainScreen, name: str) -> None:
    sort_by(screen, reversed_key(name) if _current_order(screen) == name else name)


def _go_to_step(screen: MainScreen, step: QueryHistoryStep | None, message: str) -> None:
    if step is None:
        screen.notify_status(message)
    else:
        screen.go_to_query(*step)


def _current_order(screen: MainScreen) -> str:
    """The first key of the current sort order."""
    return screen.result.sort.partition(",")[0]


def _current_mark(current: str, name: str) -> str:
    if current == name:
        return " (current)"
    return " (current, reversed)" if current == reversed_key(name) else ""


def sort_by(screen: MainScreen, order: str) -> None:
    """Sort the list, also for the next queries."""
    if order.startswith("foryou"):
        insights.when_prepared(screen, lambda: _apply_order(screen, order))
    else:
        _apply_order(screen, order)


def _apply_order(screen: MainScreen, order: str) -> None:
    # None for the default order, which depends on whether the query has words.
    screen.sort = None if order == screen.session.find(screen.query_text).sort else order
    screen.run_query()
    if screen.result.query.sort:
        screen.notify_status(f"the query sets sort:{screen.result.sort}")


def theme(screen: MainScreen) -> None:
    """Choose a theme."""
    theme_menu.open_menu(screen)
