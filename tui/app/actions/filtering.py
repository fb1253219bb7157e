"""Actions: the query, its history, the filter pane and the sort order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import theme_menu
from tui.app.actions import insights
from tui.app.ui import Option
from tui.query.sort_key import parse_sort_key, reversed_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.app.query_history import QueryHistoryStep
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.query.facet_counts import FacetValue
    from tui.query.facet_edit import FacetState


_KEYS = {
    "title": "t", "year": "y", "date": "d", "added": "a", "read": "r", "status": "s", "category": "c", "author": "u",
    "tags": "g", "priority": "!", "due": "b", "random": "x", "foryou": "f", "relevance": "v", "catalogue": "p",
}  # fmt: skip
NEW = "is:new"


def query(workspace: Workspace, ui: Ui) -> None:
    """Focus the query line; Esc there restores the current query and paper."""
    workspace.query.begin_edit()
    ui.panes.begin_query(workspace.query.history.texts())


def show_all(workspace: Workspace, ui: Ui) -> None:
    """Clear the query."""
    workspace.query.put("")


def show_new(workspace: Workspace, ui: Ui) -> None:
    """Show the unread papers of the latest import."""
    workspace.query.put(NEW)


def back(workspace: Workspace, ui: Ui) -> None:
    """Return to the previous query and its cursor."""
    _go_to_step(workspace, workspace.query.history.back(workspace.query.step), "no previous query")


def forward(workspace: Workspace, ui: Ui) -> None:
    """Go to the next query."""
    _go_to_step(workspace, workspace.query.history.forward(workspace.query.step), "no next query")


def sort(workspace: Workspace, ui: Ui) -> None:
    """Choose the sort order; choosing the current one reverses it."""
    current = _current_order(workspace)
    options = [
        Option(name, f"{name}{_current_mark(current, name)}", help_, _KEYS[name])
        for name, help_ in _sort_orders().items()
    ]

    ui.choose(
        "Sort by",
        options,
        lambda name: _sort_or_reverse(workspace, ui, name),
        current=parse_sort_key(current).name,
        hint="choose the current order again to reverse it",
    )


def sort_by_column(workspace: Workspace, ui: Ui, column: str) -> None:
    """Sort by a column, or reverse the order if it is sorted by it."""
    if column in _sort_orders():
        _sort_or_reverse(workspace, ui, column)
    else:
        workspace.show_message(f"cannot sort by {column}")


def reverse(workspace: Workspace, ui: Ui) -> None:
    """Reverse the sort order."""
    current = _current_order(workspace)
    sort_by(workspace, ui, reversed_key(current))


def refresh(workspace: Workspace, ui: Ui) -> None:
    """Rerun the query."""
    workspace.query.run()


def include(workspace: Workspace, ui: Ui) -> None:
    """Show only papers with the value under the cursor."""
    ui.panes.pick_facet("include")


def exclude(workspace: Workspace, ui: Ui) -> None:
    """Exclude papers with the value under the cursor."""
    ui.panes.pick_facet("exclude")


def pick_facet(workspace: Workspace, ui: Ui) -> None:
    """Choose a value of the filter pane by typing, and filter by it; an active filter is removed."""
    lines = {
        f"{facet.field}:{line.value}": (facet, line)
        for facet in workspace.session.search.facets(workspace.query.result)
        for line in facet.values
        if line.count or line.state != "ignore" or line.count is None
    }
    glyphs = {"include": ui.glyphs.include, "exclude": ui.glyphs.exclude}
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
        _toggle(workspace, facet.field, line)

    ui.choose("Filter by", options, on_choice)


def filter_by(workspace: Workspace, field: str, label: str) -> None:
    """Filter by a tag or category as it is shown with a paper; an active filter is removed."""
    for facet in workspace.session.search.facets(workspace.query.result):
        for line in facet.values:
            if facet.field == field and line.label.casefold() == label.casefold():
                _toggle(workspace, field, line)
                return


def _toggle(workspace: Workspace, field: str, line: FacetValue) -> None:
    state: FacetState = "ignore" if line.state == "include" else "include"
    workspace.query.toggle_facet(field, line.value, state)


def _sort_or_reverse(workspace: Workspace, ui: Ui, name: str) -> None:
    sort_by(workspace, ui, reversed_key(name) if _current_order(workspace) == name else name)


def _go_to_step(workspace: Workspace, step: QueryHistoryStep | None, message: str) -> None:
    if step is None:
        workspace.show_message(message)
    else:
        workspace.query.go_to(*step)


def _current_order(workspace: Workspace) -> str:
    """The first key of the current sort order."""
    return workspace.query.result.sort.partition(",")[0]


def _current_mark(current: str, name: str) -> str:
    if current == name:
        return " (current)"
    return " (current, reversed)" if current == reversed_key(name) else ""


def sort_by(workspace: Workspace, ui: Ui, order: str) -> None:
    """Sort the list, and those of the next queries."""
    if order.startswith("foryou"):
        insights.when_prepared(workspace, ui, lambda: _apply_order(workspace, order))
    else:
        _apply_order(workspace, order)


def _apply_order(workspace: Workspace, order: str) -> None:
    # None for the default order, which depends on whether the query has words.
    workspace.query.sort = None if order == workspace.session.find(workspace.query.text).sort else order
    workspace.query.run()
    if workspace.query.result.query.sort:
        workspace.show_message(f"sort:{workspace.query.result.sort} in the query takes precedence")


def theme(workspace: Workspace, ui: Ui) -> None:
    """Choose a theme."""
    theme_menu.open_menu(workspace, ui)


def _sort_orders() -> Mapping[str, str]:
    from tui.session.choices import sort_orders  # noqa: PLC0415 - the first frame of a long list has no queries

    return sort_orders()
