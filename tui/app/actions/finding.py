"""Finding: the query, the filter pane, the order, help and palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.available import refusal
from tui.app.choices import Option, choose
from tui.app.widgets.query_line import QueryLine
from tui.commands import COMMANDS, written

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk


def query(desk: Desk) -> None:
    """Go to the query line; Esc there comes back to the query and the paper of now."""
    desk.kept_query, desk.kept_paper = desk.query_text, desk.papers.current
    desk.set_focus(desk.query_one(QueryLine))


def everything(desk: Desk) -> None:
    """Drop the query."""
    desk.put_query("")


def sort(desk: Desk) -> None:
    """Choose the order."""
    options = [Option(name, name) for name in desk.session.sorts()]

    def chosen(name: str) -> None:
        desk.sort = name
        desk.ask()

    choose(desk, "Sort by", options, chosen, current=(desk.sort or "").partition("-")[0])


def reverse(desk: Desk) -> None:
    """Turn the order round."""
    name, _, direction = (desk.sort or desk.listing.sort or "added").partition("-")
    desk.sort = name if direction == "desc" else f"{name}-desc"
    desk.ask()


def refresh(desk: Desk) -> None:
    """Ask the query again."""
    desk.ask()


def include(desk: Desk) -> None:
    """Keep papers with the value under the cursor."""
    desk.filters.pick("include")


def exclude(desk: Desk) -> None:
    """Leave them out."""
    desk.filters.pick("exclude")


def help_keys(desk: Desk) -> None:
    """Every key."""
    from tui.app.screens.help import Help  # noqa: PLC0415 - a screen that a start-up does not need

    desk.app.push_screen(Help())


def palette(desk: Desk) -> None:
    """Every command by name; one that cannot run says why."""
    options = [
        Option(command.id, command.title, ", ".join(map(written, command.keys)), refusal=refusal(desk, command.id))
        for command in COMMANDS
        if command.id != "app.palette" and command.pane in {"", "filter"}
    ]
    choose(desk, "Command", options, desk.run_command)
