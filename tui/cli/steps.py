"""Walking the history: what ``undo`` and ``redo`` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.call import counted
from tui.errors import NothingMatchedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.cli.call import Call
    from tui.cli.parser import VerbParser
    from tui.paper.change import Change


def declare_steps(parser: VerbParser, purpose: str) -> None:
    """Declare the number of steps."""
    parser.add_argument("steps", nargs="?", type=int, default=1, metavar="N", help=purpose)


def take_steps(call: Call, step: Callable[[], Change | None], done: str, none_left: str) -> int:
    """Walk as many steps as the call asks for, or as there are.

    Raises:
        UsageError: the number is not positive.
        NothingMatchedError: there is not a single step to take.
    """
    wanted = call.options.steps
    if wanted < 1:
        raise UsageError(f"{wanted} is not a number of steps", "give a number of at least 1")
    for taken in range(wanted):
        change = step()
        if change is None:
            if not taken:
                raise NothingMatchedError(none_left, "`readlist history` lists the steps")
            call.output.notice(f"{none_left} any more after {counted(taken, 'step')}")
            break
        call.output.line(f"{done}: {change.label}")
    return 0
