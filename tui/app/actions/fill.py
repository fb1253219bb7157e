"""Action: complete papers from other people's records, after a preview with ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.typed_path import check_file, typed_path
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from pathlib import Path

    from tui.app.screens.fill_dialog import FillChoice
    from tui.app.ui import Progress, Ui
    from tui.app.workspace import Workspace
    from tui.model.change import Change
    from tui.session.fills import FillPlan

_SUFFIXES = frozenset((".bib", ".json", ".jsonl", ".gz", ".zip", ".ris"))
_HINT = "arXiv's metadata snapshot, BibTeX, CSL-JSON or RIS"
_ONLINE = "online"


def fill_papers(workspace: Workspace, ui: Ui) -> None:
    """Complete the selected papers, or all that are listed, from a file or from services."""
    from tui.app.screens.path_prompt import PathPrompt  # noqa: PLC0415 - not needed at start-up

    ids = tuple(sorted(workspace.selection.ids)) or tuple(workspace.papers.ids)
    allowed = workspace.session.settings.network.allow
    note = f'{_HINT}; or type "{_ONLINE}" to ask arXiv, DataCite and Crossref' if allowed else _HINT

    def check(text: str) -> str:
        return "" if allowed and text.strip() == _ONLINE else check_file(text)

    def on_close(text: str | None) -> None:
        if text and text.strip():
            _look(workspace, ui, ids, None if allowed and text.strip() == _ONLINE else typed_path(text))

    title = f"Fill {pluralise(len(ids))} from a file"
    ui.open(PathPrompt(title, suffixes=_SUFFIXES, check=check, note=note), on_close)


def _look(workspace: Workspace, ui: Ui, ids: tuple[str, ...], path: Path | None) -> None:
    """Look for records while the dialog is open, which shows them when they are found."""
    from tui.app.screens.fill_dialog import FillDialog  # noqa: PLC0415 - not needed at start-up

    fills, contact = workspace.session.fills, workspace.session.settings.network.contact
    source = path.name if path else "arXiv, DataCite and Crossref"
    dialog = FillDialog(len(ids), source)

    def work(progress: Progress) -> FillPlan:
        if path is not None:
            return fills.plan(ids, [path], progress, dialog.is_stopped)
        return fills.plan_online(ids, fills.connect(), contact, progress, dialog.is_stopped)

    def on_close(choice: FillChoice | None) -> None:
        if choice is not None and (choice.taken or choice.refused):
            _write(workspace, ui, choice)

    def show(plan: FillPlan) -> None:
        workspace.show_message("")
        dialog.show_plan(plan)

    ui.open(dialog, on_close)
    ui.run_in_background(
        "fill", work, show, progress_label=f"reading {source}", on_error=lambda: dialog.dismiss(None)
    )


def _write(workspace: Workspace, ui: Ui, choice: FillChoice) -> None:
    papers = pluralise(len({proposal.paper_id for proposal in choice.taken}))

    def report(change: Change | None) -> None:
        if change is None:
            workspace.show_message("nothing to fill")
            return
        workspace.query.run()
        refused = pluralise(len(choice.refused), "record")
        parts = [f"{papers} filled"] if choice.taken else []
        parts += [f"{refused} will not be offered again"] if choice.refused else []
        workspace.edits.show(change, ", ".join(parts))

    ui.run_blocking(
        "Filling papers",
        f"Filling {papers} …",
        lambda progress: workspace.session.fills.write(choice.taken, choice.refused, progress),
        report,
        progress_label="reading the sources",
    )
