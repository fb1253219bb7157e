"""Stepping through the history: back, forth, and to any step that undo and redo can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.choices import Option, choose
from tui.app.status import DO_AGAIN, TAKE_BACK
from tui.paper.change import timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.desk import Desk
    from tui.app.status import Hint
    from tui.paper.change import Change

_START = "0"


def undo(desk: Desk) -> None:
    """Take back the latest change."""
    _step(desk, desk.session.undo, "nothing to undo", "took back", DO_AGAIN)


def redo(desk: Desk) -> None:
    """Do it again."""
    _step(desk, desk.session.redo, "nothing to redo", "did again", TAKE_BACK)


def history(desk: Desk) -> None:
    """Show the steps, and go to how things were right after one of them."""
    steps = timeline(reversed(desk.session.history()))
    if not steps:
        desk.tell("nothing was changed yet")
        return
    options = [
        Option(str(change.number), change.label, _when(change) if stands else f"taken back · {_when(change)}")
        for change, stands in steps
    ]
    options.append(Option(_START, "before all of these"))
    current = next((str(change.number) for change, stands in steps if stands), _START)
    choose(desk, "Go to how it was after …", options, lambda number: _go_to(desk, int(number)), current=current)


def _go_to(desk: Desk, number: int) -> None:
    standing = [change.number for change, stands in timeline(reversed(desk.session.history())) if stands]
    steps = 0
    if number and number not in standing:
        while (change := desk.session.redo()) is not None:
            steps += 1
            if change.of == number:
                break
    else:
        later = sum(made > number for made in standing)
        while steps < later and desk.session.undo() is not None:
            steps += 1
    desk.ask()
    desk.tell(f"went {steps} step{'' if steps == 1 else 's'} through the history")


def _when(change: Change) -> str:
    return change.at[:16].replace("T", " ")


def _step(desk: Desk, take: Callable[[], Change | None], nothing: str, done: str, hint: Hint) -> None:
    """Take a step, and go to the paper it was about."""
    change = take()
    if change is None:
        desk.tell(nothing)
        return
    desk.show_change(change, f"{done}: {change.label}", hint)
    if len(change.ids) == 1:
        desk.papers.go_to(change.ids[0])
