"""Carrying out edits. Many papers change only after a confirmation, so that a wrong key cannot change the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.ui import Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.model.edit import Edit

CONFIRM_ABOVE = 100  # papers


def carry_out(
    workspace: Workspace,
    ui: Ui,
    edit: Edit,
    *,
    targets: tuple[str, ...] | None = None,
    advance: bool = False,
    is_confirmed: bool = False,
) -> bool:
    """Apply an edit, asking for confirmation if it changes many papers; returns whether it was stored.

    Args:
        workspace: the workspace.
        ui: asks for confirmation.
        edit: the edit.
        targets: the papers; by default the selection or the current paper.
        advance: whether to go to the next paper afterwards, unless papers are selected.
        is_confirmed: whether to skip the confirmation.
    """
    ids = workspace.targets() if targets is None else targets
    if not is_confirmed:
        count = workspace.session.edits.preview(ids, edit) if len(ids) > CONFIRM_ABOVE else 0
        if count > CONFIRM_ABOVE:
            question = f"Change {count} papers: {edit.label}?"
            confirm(ui, question, lambda: carry_out(workspace, ui, edit, targets=ids, is_confirmed=True))
            return False
    done = workspace.edits.submit(ids, edit)
    if done and advance and not workspace.selection.ids:
        workspace.papers.move(1)
    return done


def confirm(ui: Ui, question: str, proceed: Callable[[], object]) -> None:
    """Ask a yes/no question, and proceed on yes."""

    def on_answer(answer: str) -> None:
        if answer == "yes":
            proceed()

    options = [Option("yes", "yes", "y", "y"), Option("no", "no", "n", "n")]
    ui.choose(question, options, on_answer)
