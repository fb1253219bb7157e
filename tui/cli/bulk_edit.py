"""Shared flow of subcommands that edit papers: choose them, preview or confirm, change and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.cli.columns import field_line
from tui.cli.paper_args import target_ids
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from tui.cli.context import CommandContext
    from tui.model.edit import Edit
    from tui.session.session import Session

    Resolve = Callable[[Session, Namespace], Sequence[str]]


_UNCONFIRMED = 100  # papers that are changed without a question


class Messages(NamedTuple):
    """How a change is reported; ``{}`` is replaced by the number of papers.

    Attributes:
        done: ``marked {} read``.
        planned: ``would mark {} read``.
    """

    done: str
    planned: str


def run_edit(context: CommandContext, edit: Edit, messages: Messages, resolve: Resolve = target_ids) -> int:
    """Apply an edit to the papers the arguments name, and report the result.

    Args:
        context: the options and the output.
        edit: the edit.
        messages: how it is reported.
        resolve: returns the ids of the papers that the arguments name.

    Raises:
        ReadlistError: wrong usage, nothing matched, or nothing could be written; nothing has changed.
    """
    with context.session() as session:
        ids = resolve(session, context.options)
        if context.options.dry_run:
            changing = [paper_id for paper_id in ids if session.edits.preview([paper_id], edit)]
            context.output.line(messages.planned.format(pluralise(len(changing))))
            for paper_id in changing:
                context.output.line("  " + field_line(session.entry(paper_id)))
            return 0
        if not is_confirmed(context, session.edits.preview(ids, edit)):
            return 0
        change = session.edits.mark(ids, edit)
        changed = change.ids if change is not None else ()
        report = messages.done.format(pluralise(len(changed)))
        if len(changed) == 1:
            context.output.line(f"{report}: {session.entry(changed[0]).paper.display_title}")
        else:
            unchanged = len(ids) - len(changed)
            context.output.line(report + (f" ({unchanged} unchanged)" if unchanged else ""))
        return 0


def is_confirmed(context: CommandContext, number: int) -> bool:
    """Whether to change this many papers: on a terminal, more than a hundred need confirmation."""
    if number <= _UNCONFIRMED or context.options.yes or not context.output.can_ask:
        return True
    if context.output.confirm(f"Change {pluralise(number)}?"):
        return True
    context.output.warn("nothing changed")
    return False
