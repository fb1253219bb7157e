"""``readlist attach --search``: find the PDFs of papers in folders, and attach them after a question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.interruption import stop_on_interrupt
from tui.cli.paper_args import strict_ids
from tui.session.pdf_search import PdfSearch
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.context import CommandContext
    from tui.cli.output import Output
    from tui.session.pdf_search import PdfMatch, PdfPlan


def search(context: CommandContext, query: Sequence[str]) -> int:
    """Search, print what was found, attach it if the user agrees, and return the exit status.

    Args:
        context: the options and the output.
        query: the papers; none for all.
    """
    options, output = context.options, context.output
    with context.session() as session:
        folders = PdfSearch(session, [Path(folder) for folder in options.folders or ()])
        ids = strict_ids(session, query)
        with stop_on_interrupt() as stopped:
            plan = folders.plan(ids, output.progress, stopped, pages=options.pages)
        taken = plan.matches if options.accept_doubtful else plan.sure
        _report(plan, taken, output, as_json=options.json)
        status = 3 if plan.skipped or not plan.is_complete else 0 if plan.matches else 1
        if options.dry_run or not taken or not _confirmed(taken, output, yes=options.yes):
            return status
        folders.apply(taken)
        output.warn(f"attached {pluralise(len(taken), 'PDF')}")
        output.hint("`readlist undo` detaches them")
        return status


def _confirmed(taken: Sequence[PdfMatch], output: Output, *, yes: bool) -> bool:
    number = pluralise(len(taken), "PDF")
    hint = "use --yes to attach them without confirmation"
    return output.agreed(f"Attach {number}?", f"{number} can be attached", hint, yes=yes)


def _report(plan: PdfPlan, taken: Sequence[PdfMatch], output: Output, *, as_json: bool) -> None:
    if as_json:
        output.json(_json(plan, taken))
    else:
        paper = ""
        for match in plan.matches:
            if match.paper_id != paper:
                paper = match.paper_id
                output.line(f"{paper[:6]}  {match.title}")
            tick = ("✓" if output.unicode else "+") if match in taken else "?"
            output.line(f"  {tick} {match.path}")
            output.line(f"    {', '.join(match.reasons)}")
        for path in plan.unmatched:
            output.line(f"not matched  {path}")
        output.line(plan.summary)
    for name, reason in plan.skipped:
        output.warn(f"skipped {name}: {reason}")


def _json(plan: PdfPlan, taken: Sequence[PdfMatch]) -> dict[str, object]:
    return {
        "files": plan.files,
        "complete": plan.is_complete,
        "matches": [
            {
                "id": match.paper_id,
                "title": match.title,
                "file": str(match.path),
                "sure": match.is_sure,
                "taken": match in taken,
                "evidence": list(match.reasons),
            }
            for match in plan.matches
        ],
        "unmatched": list(map(str, plan.unmatched)),
        "skipped": [{"file": name, "reason": reason} for name, reason in plan.skipped],
    }
