"""Walking the history: what ``undo`` and ``redo`` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.argument_parser import number
from tui.errors import NothingMatchedError, UsageError
from tui.model.change import timeline
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.change import Change
    from tui.session.session import Session

_UNASKED = 3  # steps that are taken without a question


def declare_steps(parser: SubcommandParser, steps: str, to: str) -> None:
    """Declare how far to go; a bare number is refused, as it could be either."""
    parser.add_argument("--steps", type=number, metavar="N", help=steps)
    parser.add_argument("--to", type=number, metavar="N", help=to)
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask, however many steps it is")
    parser.add_argument("bare", nargs="*", metavar="", help="")
    parser.declared.pop()  # nothing to complete


def run_steps(call: CommandContext, *, back: bool) -> int:
    """Go back or forth as far as the call asks for.

    Raises:
        UsageError: the options are wrong.
        NothingMatchedError: there is not a single step to take, or the one named is not to be reached.
    """
    options, verb = call.options, "undo" if back else "redo"
    if options.bare:
        word = options.bare[0]
        hint = f"`readlist {verb} --steps {word}` for so many steps, `readlist {verb} --to {word}` up to that step"
        raise UsageError(
            f"{word} could be a number of steps or a step" if word.isdecimal() else f"{verb} takes no {word!r}",
            hint if word.isdecimal() else f"`readlist {verb} --help` has examples",
        )
    if options.steps is not None and options.to is not None:
        raise UsageError("--steps and --to exclude each other", "leave one of them out")
    if options.steps is not None and options.steps < 1:
        raise UsageError(f"{options.steps} is not a number of steps", "give a number of at least 1")
    with call.session() as session:
        way = _way(session, options.to, back=back) if options.to is not None else _next(session, back=back)
        wanted = len(way) if options.to is not None else options.steps or 1
        if not way:
            raise NothingMatchedError(f"there is nothing to {verb}", "`readlist history` lists the steps")
        way = way[:wanted]
        if len(way) > _UNASKED and not options.yes and not _agreed(call, way, verb):
            call.output.warn("nothing was changed")
            return 0
        for change in [session.undo() if back else session.redo() for _ in way]:
            if change is not None:
                call.output.line(f"{'undid' if back else 'redid'}: {change.label}")
        if len(way) < wanted:
            call.output.warn(f"there is nothing to {verb} any more after {pluralise(len(way), 'step')}")
    return 0


def _next(session: Session, *, back: bool) -> Sequence[Change]:
    """The steps that can be taken, the one that is taken first in front."""
    steps = [change for change, stands in timeline(reversed(session.history())) if stands is back]
    return steps if back else steps[::-1]


def _way(session: Session, to: int, *, back: bool) -> Sequence[Change]:
    """The steps up to one of the history: those after it are taken back, or those up to it are done again.

    Raises:
        NothingMatchedError: it is no step, or cannot be reached this way.
    """
    steps = _next(session, back=back)
    if back and to == 0:
        return steps
    stands = [change.number for change, stands in timeline(reversed(session.history())) if stands]
    if to in ([change.number for change in steps] if not back else stands):
        return [change for change in steps if (change.number > to if back else change.number <= to)]
    if to not in {change.number for change in session.history()}:
        raise NothingMatchedError(f"there is no step {to}", "`readlist history` lists the steps")
    raise NothingMatchedError(
        f"step {to} {'was taken back, or is no change itself' if back else 'was not taken back'}",
        "`readlist history` lists the steps",
    )


def _agreed(call: CommandContext, way: Sequence[Change], verb: str) -> bool:
    """Show the steps on a terminal, and ask; where there is nobody to ask, the call is meant as it stands."""
    if not call.output.can_ask:
        return True
    for change in way:
        call.output.hint(f"{change.number:>5}  {change.at}  {len(change.ids):>5}  {change.label}")
    return call.output.confirm(f"{verb} these {len(way)} steps?")
