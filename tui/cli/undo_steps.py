"""Shared by ``undo`` and ``redo``: options, choice and confirmation of the changes, and the report."""

from __future__ import annotations

from argparse import SUPPRESS
from typing import TYPE_CHECKING

from tui.cli.argument_parser import parse_number
from tui.errors import NothingMatchedError, UsageError
from tui.model.change import timeline
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.model.change import Change
    from tui.session.session import Session

_UNCONFIRMED = 3  # changes that are undone or redone without a question


def declare_steps(parser: SubcommandParser, steps: str, to: str) -> None:
    """Declare how far to go; a bare number is refused, as it could mean either option."""
    parser.add_argument("--steps", type=parse_number, metavar="N", help=steps)
    parser.add_argument("--to", type=parse_number, metavar="N", help=to)
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask for confirmation")
    parser.add_argument("bare", nargs="*", help=SUPPRESS)
    parser.declared.pop()  # nothing to complete


def run_steps(context: CommandContext, *, back: bool) -> int:
    """Undo or redo as many changes as the options ask for.

    Raises:
        UsageError: the options are wrong.
        NothingMatchedError: there is nothing to undo or redo, or the named change cannot be reached.
    """
    options, action = context.options, "undo" if back else "redo"
    _check_options(options, action)
    with context.session() as session:
        if options.to is None:
            changes = _available(session, back=back)
            wanted = options.steps or 1
        else:
            changes = _changes_to(session, options.to, back=back)
            wanted = len(changes)
        if not changes:
            raise NothingMatchedError(f"nothing to {action}", "`readlist history` lists the changes")
        changes = changes[:wanted]
        if len(changes) > _UNCONFIRMED and not options.yes and not _is_confirmed(context, changes, action):
            context.output.warn("nothing changed")
            return 0
        for change in [session.edits.undo() if back else session.edits.redo() for _ in changes]:
            if change is not None:
                context.output.line(f"{'undid' if back else 'redid'}: {change.label}")
        if len(changes) < wanted:
            context.output.warn(f"nothing more to {action} after {pluralise(len(changes), 'change')}")
    return 0


def _check_options(options: Namespace, action: str) -> None:
    """Check the options of ``undo`` or ``redo``.

    Raises:
        UsageError: they are wrong.
    """
    if options.bare:
        argument = options.bare[0]
        if argument.isdecimal():
            raise UsageError(
                f"{argument} is ambiguous: a count of changes, or the number of a change?",
                f"use `readlist {action} --steps {argument}` or `readlist {action} --to {argument}`",
            )
        raise UsageError(f"unexpected argument {argument!r}", f"`readlist {action} --help` has examples")
    if options.steps is not None and options.to is not None:
        raise UsageError("--steps cannot be used with --to", "omit one of them")
    if options.steps is not None and options.steps < 1:
        raise UsageError(f"--steps must be at least 1, not {options.steps}", "omit it for a single change")


def _available(session: Session, *, back: bool) -> Sequence[Change]:
    """The changes that can be undone or redone, the next one first."""
    changes = [change for change, is_applied in timeline(reversed(session.edits.history())) if is_applied is back]
    return changes if back else changes[::-1]


def _changes_to(session: Session, number: int, *, back: bool) -> Sequence[Change]:
    """The changes after the numbered one, to be undone, or those up to it, to be redone.

    Raises:
        NothingMatchedError: there is no such change, or it cannot be reached this way.
    """
    changes = _available(session, back=back)
    if back and number == 0:
        return changes
    applied = [change.number for change, is_applied in timeline(reversed(session.edits.history())) if is_applied]
    if number in (applied if back else [change.number for change in changes]):
        return [change for change in changes if (change.number > number if back else change.number <= number)]
    hint = "`readlist history` lists the changes"
    if number not in {change.number for change in session.edits.history()}:
        raise NothingMatchedError(f"no change {number} in the history", hint)
    reason = "has been undone, or is itself an undo or redo" if back else "has not been undone"
    raise NothingMatchedError(f"change {number} {reason}", hint)


def _is_confirmed(context: CommandContext, changes: Sequence[Change], action: str) -> bool:
    """List the changes on a terminal and ask; without a terminal, proceed."""
    if not context.output.can_ask:
        return True
    for change in changes:
        context.output.hint(f"{change.number:>5}  {change.at}  {len(change.ids):>5}  {change.label}")
    return context.output.confirm(f"{action.capitalize()} these {len(changes)} changes?")
