"""Finding: the query, the filter pane, the order of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import theme_menu
from tui.app.actions import insights
from tui.app.choose import Option, choose
from tui.app.query_history import QueryHistoryStep
from tui.app.widgets.filter_pane import FilterPane
from tui.app.widgets.query_line import QueryLine

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen
    from tui.query.facet_edit import FacetState
    from tui.session.session import Session


HISTORY_KEY = "queries"  # the fact that keeps the way through the queries
FOLDED_GROUPS_KEY = "shut groups"  # the fact that keeps which groups of the filter pane are shut

_LETTERS = {
    "title": "t", "year": "y", "date": "d", "added": "a", "read": "r", "status": "s", "category": "c", "author": "u",
    "tags": "g", "random": "x", "foryou": "f", "relevance": "v", "catalogue": "p",
}  # fmt: skip


def shut_groups(session: Session) -> frozenset[str]:
    """Fields of the groups that were shut when the screen was left."""
    kept = session.get_value(FOLDED_GROUPS_KEY)
    return frozenset(filter(None, map(str, kept))) if isinstance(kept, list) else frozenset()


def here(desk: MainScreen) -> QueryHistoryStep:
    """Where the desk is on its way through the queries."""
    return QueryHistoryStep(desk.result.query.text, desk.papers.current)


def query(desk: MainScreen) -> None:
    """Go to the query line; Esc there comes back to the query and the paper of now."""
    desk.kept = QueryHistoryStep(desk.query_text, desk.papers.current)
    line = desk.query_one(QueryLine)
    line.begin(desk.trail.texts())
    desk.set_focus(line)


def everything(desk: MainScreen) -> None:
    """Drop the query."""
    desk.put_query("")


def back(desk: MainScreen) -> None:
    """The query before this one, with its cursor."""
    _go(desk, desk.trail.back(here(desk)), "there is no earlier query")


def forward(desk: MainScreen) -> None:
    """The query after this one."""
    _go(desk, desk.trail.forward(here(desk)), "there is no later query")


def sort(desk: MainScreen) -> None:
    """Choose the order; the one there is already is turned round."""
    now = _order(desk)
    options = [
        Option(name, f"{name}{_mark(now, name)}", about, _LETTERS[name])
        for name, about in desk.session.sorts().items()
    ]

    remark = "the same order again turns it round"
    choose(
        desk,
        "Sort by",
        options,
        lambda name: _sort_or_turn(desk, name),
        current=now.removesuffix("-desc"),
        typing=False,
        remark=remark,
    )


def sort_by_column(desk: MainScreen, column: str) -> None:
    """Sort by what stands in a column, and turn that round where it is so already."""
    if column in desk.session.sorts():
        _sort_or_turn(desk, column)
    else:
        desk.notify_status(f"the list cannot be sorted by {column}")


def reverse(desk: MainScreen) -> None:
    """Turn the order round."""
    now = _order(desk)
    sort_by(desk, now.removesuffix("-desc") if now.endswith("-desc") else f"{now}-desc")


def refresh(desk: MainScreen) -> None:
    """Ask the query again."""
    desk.run_query()


def include(desk: MainScreen) -> None:
    """Keep papers with the value under the cursor."""
    desk.filters.pick("include")


def exclude(desk: MainScreen) -> None:
    """Leave them out."""
    desk.filters.pick("exclude")


def pick_facet(desk: MainScreen) -> None:
    """Find a value of the filter pane by typing, and include it; one that is picked already is ignored again."""
    lines = {
        f"{facet.field}:{line.value}": (facet, line)
        for facet in desk.session.search.facets(desk.result)
        for line in facet.values
        if line.count or line.state != "ignore" or line.count is None
    }
    signs = {"include": desk.glyphs.include, "exclude": desk.glyphs.exclude}
    options = [
        Option(
            name,
            f"{signs.get(line.state, ' ')} {line.label}".strip(),
            f"{facet.title}   {'' if line.count is None else line.count}",
        )
        for name, (facet, line) in lines.items()
    ]

    def chosen(name: str) -> None:
        facet, line = lines[name]
        wanted: FacetState = "ignore" if line.state == "include" else "include"
        desk.post_message(FilterPane.Picked(facet.field, line.value, wanted))

    choose(desk, "Keep papers with", options, chosen)


def _sort_or_turn(desk: MainScreen, name: str) -> None:
    sort_by(desk, f"{name}-desc" if _order(desk) == name else name)


def _go(desk: MainScreen, step: QueryHistoryStep | None, nowhere: str) -> None:
    if step is None:
        desk.notify_status(nowhere)
    else:
        desk.go_to_query(*step)


def _order(desk: MainScreen) -> str:
    """The first key of the order in force."""
    return desk.result.sort.partition(",")[0]


def _mark(now: str, name: str) -> str:
    if now == name:
        return " (now)"
    return " (now, turned round)" if now == f"{name}-desc" else ""


def sort_by(desk: MainScreen, order: str) -> None:
    """Put the list in an order, from now on."""
    if order.startswith("foryou"):
        insights.when_prepared(desk, lambda: _order_by(desk, order))
    else:
        _order_by(desk, order)


def _order_by(desk: MainScreen, order: str) -> None:
    # Where neither the query nor the user says how, the list decides, by whether words are asked for.
    desk.sort = None if order == desk.session.find(desk.query_text).sort else order
    desk.run_query()
    if desk.result.query.sort:
        desk.notify_status(f"the query itself says sort:{desk.result.sort}")


def theme(desk: MainScreen) -> None:
    """Choose the theme."""
    theme_menu.open_menu(desk)
