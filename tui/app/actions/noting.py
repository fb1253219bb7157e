"""Notes: written in place, or in the user's editor with the terminal handed over meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import selecting
from tui.paper.edit import Edit

if TYPE_CHECKING:
    from tui.app.screens.desk import Desk
    from tui.paper.entry import Entry
    from tui.session.session import Session

_MOST = 200_000  # characters; the text area takes seconds to set more
_DRAFT = "draft"  # the fact that keeps a half-written note


def in_place(desk: Desk) -> None:
    """Write the note of the paper under the cursor; with a selection, a paragraph behind the note of each."""
    if desk.selected:
        _add_to_each(desk)
        return
    from tui.app.screens.note import NoteEditor  # noqa: PLC0415 - the text area costs a start-up its import

    entry = desk.current_entry()
    if entry is None:
        return

    def written(text: str | None) -> None:
        if text is None or _is_kept(desk, entry, text):
            desk.session.remember(_DRAFT, None)

    def keep_draft(text: str) -> None:
        desk.session.remember(_DRAFT, {"paper": entry.id, "text": text})

    note = desk.saving.text_of(_name(entry)) or unfinished(desk.session).get(entry.id, entry.mark.note)
    if len(note) > _MOST:
        desk.tell(
            f"the note is too long to write here: {desk.keys.key('mark.editor')} writes it in your editor", fault=True
        )
        return
    desk.app.push_screen(NoteEditor(entry.paper.heading, note, keep_draft), written)


def _add_to_each(desk: Desk) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

    targets = selecting.targets(desk)

    def written(text: str | None) -> None:
        if text:
            desk.carry_out(Edit(append_note=text), targets=targets)

    desk.app.push_screen(Prompt(selecting.titled(desk, "Add to the notes", "of")), written)


def unfinished(session: Session) -> dict[str, str]:
    """The note that was being written when the program was killed: paper id and text; empty where there is none."""
    draft = session.fact(_DRAFT)
    return {str(draft["paper"]): str(draft["text"])} if isinstance(draft, dict) else {}


def in_editor(desk: Desk) -> None:
    """Write it in ``$VISUAL`` or ``$EDITOR``."""
    from tui.editor import Draft  # noqa: PLC0415 - needs processes and temporary files

    entry = desk.current_entry()
    if entry is None:
        return
    with Draft(desk.saving.text_of(_name(entry)) or entry.mark.note) as draft:
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
        if text.strip("\n") == entry.mark.note:
            desk.tell("the note is as it was")
        if _is_kept(desk, entry, text):
            draft.discard()


def _name(entry: Entry) -> tuple[str, str]:
    return "note", entry.id


def _is_kept(desk: Desk, entry: Entry, text: str) -> bool:
    """Keep a note; says whether it is in the store."""
    note = text.strip("\n")

    def keep() -> None:
        desk.apply((entry.id,), Edit(note=note))
        desk.session.remember(_DRAFT, None)

    waits = desk.saving.text_of(_name(entry)) is not None
    return (note == entry.mark.note and not waits) or desk.saving.attempt(_name(entry), keep, note)
