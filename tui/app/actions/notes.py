"""Notes: written in place, or in the user's editor with the terminal handed over meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import polling
from tui.app.actions import selection
from tui.app.status_text import KeyHint
from tui.model.edit import Edit
from tui.session.note_drafts import NoteDraft, NoteDrafts

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen
    from tui.model.change import Change
    from tui.model.entry import Entry

_BOTH = KeyHint("mark.note", "shows both")
_UNCHANGED = "the note is as it was"
_MOST = 200_000  # characters; the text area takes seconds to set more


def in_place(desk: MainScreen) -> None:
    """Write the note of the paper under the cursor; with a selection, a paragraph behind the note of each."""
    if desk.selected:
        _add_to_each(desk)
        return
    from tui.app.screens.note import NoteEditor  # noqa: PLC0415 - the text area costs a start-up its import

    entry = desk.current_entry()
    if entry is None:
        return

    drafts = NoteDrafts(desk.session)
    draft = drafts.unfinished().get(entry.id, NoteDraft(entry.id, entry.mark.note, entry.mark.note))
    note = desk.saving.pending_text(_name(entry)) or draft.text
    before = _before(desk, entry, draft)

    def written(text: str | None) -> None:
        if text is None or _is_kept(desk, entry, text, before):
            drafts.discard(entry.id)

    def keep_draft(text: str) -> None:
        drafts.keep(NoteDraft(entry.id, text, before))

    if len(note) > _MOST:
        desk.notify_status(
            f"the note is too long to write here: {desk.keys.key('mark.editor')} writes it in your editor", fault=True
        )
        return
    desk.app.push_screen(NoteEditor(entry.paper.display_title, note, keep_draft, written), written)


def _add_to_each(desk: MainScreen) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

    targets = selection.targets(desk)

    def written(text: str | None) -> None:
        if text:
            desk.carry_out(Edit(append_note=text), targets=targets)

    desk.app.push_screen(Prompt(selection.titled(desk, "Add to the notes", "of"), keeps=True), written)


def in_editor(desk: MainScreen) -> None:
    """Write it in ``$VISUAL`` or ``$EDITOR``."""
    from tui.external_editor import EditorFile as File  # noqa: PLC0415 - needs processes and temporary files

    entry = desk.current_entry()
    if entry is None:
        return
    before = _before(desk, entry, NoteDraft(entry.id, entry.mark.note, entry.mark.note))
    with File(desk.saving.pending_text(_name(entry)) or entry.mark.note) as file:
        fault: Exception | None = None
        # An exception that leaves the suspended block would leave the terminal suspended for good.
        with desk.app.suspend():
            try:
                text = file.edited()
            except Exception as raised:  # noqa: BLE001 - raised again as soon as the screen is back
                fault = raised
        desk.refresh(repaint=True, layout=True)
        if fault is not None:
            raise fault
        # Nobody looked at what other programs did meanwhile.
        desk.guarded(lambda: polling.poll_store(desk))
        if text.strip("\n") == entry.mark.note:
            desk.notify_status(_UNCHANGED)
        if _is_kept(desk, entry, text, before):
            file.discard()


def _name(entry: Entry) -> tuple[str, str]:
    return "note", entry.id


def _before(desk: MainScreen, entry: Entry, draft: NoteDraft) -> str:
    """The note that the text to edit was written from."""
    waiting = desk.saving.before_of(_name(entry))
    if waiting is not None:
        return waiting
    return entry.mark.note if draft.before is None else draft.before


def _is_kept(desk: MainScreen, entry: Entry, text: str, before: str) -> bool:
    """Keep a note; says whether it is in the store."""
    note = text.strip("\n")

    def keep() -> None:
        change = desk.session.mark((entry.id,), Edit(note=note, note_before=before))
        desk.last_edit = Edit(note=note)
        _show(desk, entry, note, change)
        NoteDrafts(desk.session).discard(entry.id)

    waits = desk.saving.pending_text(_name(entry)) is not None
    return (note == before == entry.mark.note and not waits) or desk.saving.submit(_name(entry), keep, note, before)


def _show(desk: MainScreen, entry: Entry, note: str, change: Change | None) -> None:
    """Show a note that was saved, and say where it is not where, or not what, it was written."""
    if change is None:
        theirs = desk.session.entry(entry.id).mark.note != note
        desk.notify_status("another program changed the note meanwhile; it was left so" if theirs else _UNCHANGED)
        return
    ((paper_id, fields),) = change.marks
    kept = next((field.new for field in fields if field.field == "note"), note)
    if paper_id != entry.id:
        notes = "both notes are" if kept != note else "the note is"
        desk.show_change(change, f"merged meanwhile: {notes} now with {_heading(desk, paper_id)}")
    elif kept != note:
        desk.show_change(change, "another program changed the note meanwhile; both texts are kept", _BOTH)
    else:
        desk.show_change(change, change.label)


def _heading(desk: MainScreen, paper_id: str) -> str:
    return desk.session.entry(paper_id).paper.display_title
