"""Actions: edit notes on the screen, or in the user's editor, which gets the terminal meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import carry_out
from tui.app.message_text import KeyHint
from tui.model.edit import Edit
from tui.session.note_drafts import NoteDraft, NoteDrafts

if TYPE_CHECKING:
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.model.change import Change
    from tui.model.entry import Entry

_BOTH = KeyHint("mark.note", "show both")
_UNCHANGED = "note unchanged"
_MAX_LENGTH = 200_000  # characters; the text area takes seconds to load more


def edit_note(workspace: Workspace, ui: Ui) -> None:
    """Edit the note of the paper under the cursor; with a selection, append a paragraph to each note."""
    if workspace.selection.ids:
        _append_to_each(workspace, ui)
        return
    from tui.app.screens.note import NoteEditor  # noqa: PLC0415 - not needed at start-up

    entry = workspace.current_entry()
    if entry is None:
        return

    drafts = NoteDrafts(workspace.session)
    draft = drafts.unfinished().get(entry.id, NoteDraft(entry.id, entry.mark.note, entry.mark.note))
    note = workspace.edits.queue.pending_text(_key(entry)) or draft.text
    before = _before(workspace, entry, draft)

    def on_close(text: str | None) -> None:
        if text is None or _save(workspace, entry, text, before):
            drafts.discard(entry.id)

    def save_draft(text: str) -> None:
        drafts.keep(NoteDraft(entry.id, text, before))

    if len(note) > _MAX_LENGTH:
        workspace.show_message(
            f"the note is too long to edit here; use {workspace.keys.key('mark.editor')} to open it in your editor",
            error=True,
        )
        return
    ui.open(NoteEditor(entry.paper.display_title, note, save_draft, on_close), on_close)


def _append_to_each(workspace: Workspace, ui: Ui) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    targets = workspace.targets()

    def on_close(text: str | None) -> None:
        if text:
            carry_out(workspace, ui, Edit(append_note=text), targets=targets)

    ui.open(Prompt(workspace.selection.title("Add to the notes", "on"), warns=True), on_close)


def edit_note_in_editor(workspace: Workspace, ui: Ui) -> None:
    """Edit the note in ``$VISUAL`` or ``$EDITOR``."""
    from tui.external_editor import EditorFile as File  # noqa: PLC0415 - not needed at start-up

    entry = workspace.current_entry()
    if entry is None:
        return
    before = _before(workspace, entry, NoteDraft(entry.id, entry.mark.note, entry.mark.note))
    with File(workspace.edits.queue.pending_text(_key(entry)) or entry.mark.note) as file:
        with ui.host.suspended():
            text = file.edit()
        # The store was not polled while the editor was open.
        workspace.guarded(workspace.poll)
        if text.strip("\n") == entry.mark.note:
            workspace.show_message(_UNCHANGED)
        if _save(workspace, entry, text, before):
            file.discard()


def _key(entry: Entry) -> tuple[str, str]:
    """The key of a note in the retry queue."""
    return "note", entry.id


def _before(workspace: Workspace, entry: Entry, draft: NoteDraft) -> str:
    """The stored note that the text is an edit of."""
    pending = workspace.edits.queue.text_before(_key(entry))
    if pending is not None:
        return pending
    return entry.mark.note if draft.before is None else draft.before


def _save(workspace: Workspace, entry: Entry, text: str, before: str) -> bool:
    """Save a note; returns whether it is in the store."""
    note = text.strip("\n")

    def save() -> None:
        change = workspace.session.edits.mark((entry.id,), Edit(note=note, note_before=before))
        workspace.edits.last = Edit(note=note)
        _show(workspace, entry, note, change)
        NoteDrafts(workspace.session).discard(entry.id)

    is_pending = workspace.edits.queue.pending_text(_key(entry)) is not None
    return (note == before == entry.mark.note and not is_pending) or workspace.edits.queue.submit(
        _key(entry), save, note, before
    )


def _show(workspace: Workspace, entry: Entry, note: str, change: Change | None) -> None:
    """Report a saved note, even if it was merged with another program's note or is on another paper now."""
    if change is None:
        is_changed = workspace.session.entry(entry.id).mark.note != note
        workspace.show_message(
            "another program changed this note; its version was kept" if is_changed else _UNCHANGED
        )
        return
    ((paper_id, fields),) = change.marks
    saved = next((field.new for field in fields if field.field == "note"), note)
    if paper_id != entry.id:
        notes = "both notes are" if saved != note else "the note is"
        workspace.edits.show(change, f"the paper was merged; {notes} now on {_title(workspace, paper_id)}")
    elif saved != note:
        workspace.edits.show(change, "another program also changed this note; both versions were kept", _BOTH)
    else:
        workspace.edits.show(change, change.label)


def _title(workspace: Workspace, paper_id: str) -> str:
    return workspace.session.entry(paper_id).paper.display_title
