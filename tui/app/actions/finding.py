"""Finding: the query, the filter pane, the order of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import themes
from tui.app.actions import advising
from tui.app.choices import Option, choose
from tui.app.trail import Step
from tui.app.widgets.filter_pane import FilterPane
from tui.app.widgets.query_line import QueryLine

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk
    from tui.query.facet_edit import FacetState
    from tui.session.session import Session


TRAIL = "queries"  # the fact that keeps the way through the queries
SHUT = "shut groups"  # the fact that keeps which groups of the filter pane are shut

_LETTERS = {
    "title": "t", "year": "y", "date": "d", "added": "a", "read": "r", "status": "s", "category": "c", "author": "u",
    "tags": "g", "random": "x", "foryou": "f", "relevance": "v", "catalogue": "p",
}  # fmt: skip


def shut_groups(session: Session) -> frozenset[str]:
    """Fields of the groups that were shut when the screen was left."""
    kept = session.get_value(SHUT)
    return frozenset(filter(None, map(str, kept))) if isinstance(kept, list) else frozenset()


def here(desk: Desk) -> Step:
    """Where the desk is on its way through the queries."""
    return Step(desk.listing.query.text, desk.papers.current)


def query(desk: Desk) -> None:
    """Go to the query line; Esc there comes back to the query and the paper of now."""
    desk.kept = Step(desk.query_text, desk.papers.current)
    line = desk.query_one(QueryLine)
    line.begin(desk.trail.texts())
    desk.set_focus(line)


def everything(desk: Desk) -> None:
    """Drop the query."""
    desk.put_query("")


def back(desk: Desk) -> None:
    """The query before this one, with its cursor."""
    _go(desk, desk.trail.back(here(desk)), "there is no earlier query")


def forward(desk: Desk) -> None:
    """The query after this one."""
    _go(desk, desk.trail.forward(here(desk)), "there is no later query")


def sort(desk: Desk) -> None:
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


def sort_by_column(desk: Desk, column: str) -> None:
    """Sort by what stands in a column, and turn that round where it is so already."""
    if column in desk.session.sorts():
        _sort_or_turn(desk, column)
    else:
        desk.tell(f"the list cannot be sorted by {column}")


def reverse(desk: Desk) -> None:
    """Turn the order round."""
    now = _order(desk)
    sort_by(desk, now.removesuffix("-desc") if now.endswith("-desc") else f"{now}-desc")


def refresh(desk: Desk) -> None:
    """Ask the query again."""
    desk.ask()


def include(desk: Desk) -> None:
    """Keep papers with the value under the cursor."""
    desk.filters.pick("include")


def exclude(desk: Desk) -> None:
    """Leave them out."""
    desk.filters.pick("exclude")


def value(desk: Desk) -> None:
    """Find a value of the filter pane by typing, and include it; one that is picked already is ignored again."""
    lines = {
        f"{facet.field}:{line.value}": (facet, line)
        for facet in desk.session.search.facets(desk.listing)
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


def _sort_or_turn(desk: Desk, name: str) -> None:
    sort_by(desk, f"{name}-desc" if _order(desk) == name else name)


def _go(desk: Desk, step: Step | None, nowhere: str) -> None:
    if step is None:
        desk.tell(nowhere)
    else:
        desk.go_to_query(*step)


def _order(desk: Desk) -> str:
    """The first key of the order in force."""
    return desk.listing.sort.partition(",")[0]


def _mark(now: str, name: str) -> str:
    if now == name:
        return " (now)"
    return " (now, turned round)" if now == f"{name}-desc" else ""


def sort_by(desk: Desk, order: str) -> None:
    """Put the list in an order, from now on."""
    if order.startswith("foryou"):
        advising.prepared(desk, lambda: _order_by(desk, order))
    else:
        _order_by(desk, order)


def _order_by(desk: Desk, order: str) -> None:
    # Where neither the query nor the user says how, the list decides, by whether words are asked for.
    desk.sort = None if order == desk.session.find(desk.query_text).sort else order
    desk.ask()
    if desk.listing.query.sort:
        desk.tell(f"the query itself says sort:{desk.listing.sort}")


def theme(desk: Desk) -> None:
    """Choose the theme."""
    themes.menu(desk)
