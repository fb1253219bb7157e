"""The road every verb takes that changes papers: choose them, or say what would happen, then change and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.cli.columns import field_line
from tui.cli.paper_args import target_ids
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.cli.context import CommandContext
    from tui.model.edit import Edit


_UNASKED = 100  # papers that are changed without a question


class Messages(NamedTuple):
    """How a change is reported; ``{}`` stands for the papers.

    Attributes:
        done: ``marked {} read``.
        planned: ``would mark {} read``.
    """

    done: str
    planned: str


def run_edit(call: CommandContext, edit: Edit, wording: Messages) -> int:
    """Apply an edit to the papers a call names, and say what it did to how many.

    Raises:
        ReadlistError: the call is wrong, nothing matched, or nothing could be written; then nothing was changed.
    """
    with call.session() as session:
        ids = target_ids(session, call.options)
        if call.options.dry_run:
            changing = [paper_id for paper_id in ids if session.preview_edit([paper_id], edit)]
            call.output.line(wording.planned.format(pluralise(len(changing))))
            for paper_id in changing:
                call.output.line("  " + field_line(session.entry(paper_id)))
            return 0
        if not is_meant(call, session.preview_edit(ids, edit)):
            return 0
        change = session.mark(ids, edit)
        changed = change.ids if change is not None else ()
        if len(changed) == 1:
            heading = session.entry(changed[0]).paper.display_title
            call.output.line(f"{wording.done.format(pluralise(1))}: {heading}")
        else:
            call.output.line(wording.done.format(pluralise(len(changed))) + _already(len(ids) - len(changed)))
        return 0


def is_meant(call: CommandContext, number: int) -> bool:
    """Whether so many papers shall change: on a terminal, more than a hundred are asked about."""
    if number <= _UNASKED or call.options.yes or not call.output.can_ask:
        return True
    if call.output.confirm(f"change {pluralise(number)}?"):
        return True
    call.output.warn("nothing was changed")
    return False


def _already(number: int) -> str:
    if not number:
        return ""
    return f" ({number} {'was' if number == 1 else 'were'} that way already)"
