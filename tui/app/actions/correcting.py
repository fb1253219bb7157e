"""Correcting: the fields of the paper under the cursor, where the pages have them wrong or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk


def fields(desk: Desk) -> None:
    """Show the fields as a form, and keep what was set right."""
    from tui.app.screens.correct import Correct  # noqa: PLC0415 - a screen that a start-up does not need

    entry = desk.current_entry()
    if entry is None:
        return

    def written(texts: dict[str, str] | None) -> None:
        if texts:
            desk.guarded(lambda: _keep(desk, entry.id, texts))

    desk.app.push_screen(Correct(entry), written)


def _keep(desk: Desk, paper_id: str, texts: dict[str, str]) -> None:
    change = desk.session.correct(paper_id, texts)
    if change is None:
        desk.tell("it is so already")
    else:
        desk.show_change(change, change.label)
