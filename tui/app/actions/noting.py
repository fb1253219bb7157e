"""Notes: written in place, or in the user's editor with the terminal handed over meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.paper.edit import Edit

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk
    from tui.paper.entry import Entry


def in_place(desk: Desk) -> None:
    """Write the note of the paper under the cursor."""
    from tui.app.screens.note import NoteEditor  # noqa: PLC0415 - the text area costs a start-up its import

    entry = desk.current_entry()
    if entry is None:
        return

    def written(text: str | None) -> None:
        if text is not None:
            _keep(desk, entry, text)

    desk.app.push_screen(NoteEditor(entry.paper.heading, entry.mark.note), written)


def in_editor(desk: Desk) -> None:
    """Write it in ``$VISUAL`` or ``$EDITOR``."""
    from tui.editor import Draft  # noqa: PLC0415 - needs processes and temporary files

    entry = desk.current_entry()
    if entry is None:
        return
    with Draft(entry.mark.note) as draft:
        fault: Exception | None = None
        # An exception that leaves the suspended block would leave the terminal suspended for good.
        with desk.app.suspend():
            try:
                text = draft.edited()
            except Exception as raised:  # noqa: BLE001 - raised again as soon as the screen is back
                fault = raised
        desk.refresh(repaint=True, layout=True)
        if fault is not None:
            raise fault
        if _keep(desk, entry, text):
            draft.discard()


def _keep(desk: Desk, entry: Entry, text: str) -> bool:
    """Keep a note; says whether it is in the store."""
    text = text.strip("\n")
    return text == entry.mark.note or desk.carry_out(Edit(note=text), targets=(entry.id,))
