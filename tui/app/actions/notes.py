"""Actions: edit notes on the screen, or in the user's editor, which gets the terminal meanwhile."""

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

_BOTH = KeyHint("mark.note", "show both")
_UNCHANGED = "note unchanged"
_MAX_LENGTH = 200_000  # characters; the text area takes seconds to load more


def edit_note(screen: MainScreen) -> None:
    """Edit the note of the paper under the cursor; with a selection, append a paragraph to each note."""
    if screen.selected:
        _append_to_each(screen)
        return
    from tui.app.screens.note import NoteEditor  # noqa: PLC0415 - not needed at start-up

    entry = screen.current_entry()
    if entry is None:
        return

    drafts = NoteDrafts(screen.session)
    draft = drafts.unfinished().get(entry.id, NoteDraft(entry.id, entry.mark.note, entry.mark.note))
    note = screen.retry_queue.pending_text(_key(entry)) or draft.text
    before = _before(screen, entry, draft)

    def on_close(text: str | None) -> None:
        if text is None or _save(screen, entry, text, before):
            drafts.discard(entry.id)

    def save_draft(text: str) -> None:
        drafts.keep(NoteDraft(entry.id, text, before))

    if len(note) > _MAX_LENGTH:
        screen.notify_status(
            f"the note is too long to edit here, use {screen.keys.key('mark.editor')} to open it in your editor",
            error=True,
        )
        return
    screen.app.push_screen(NoteEditor(entry.paper.display_title, note, save_draft, on_close), on_close)


def _append_to_each(screen: MainScreen) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    targets = selection.targets(screen)

    def on_close(text: str | None) -> None:
        if text:
            screen.carry_out(Edit(append_note=text), targets=targets)

    screen.app.push_screen(Prompt(selection.title_with_count(screen, "Add to the notes", "on"), warns=True), on_close)


def edit_note_in_editor(screen: MainScreen) -> None:
    """Edit the note in ``$VISUAL`` or ``$EDITOR``."""
    from tui.external_editor import EditorFile as File  # noqa: PLC0415 - not needed at start-up

    entry = screen.current_entry()
    if entry is None:
        return
    before = _before(screen, entry, NoteDraft(entry.id, entry.mark.note, entry.mark.note))
    with File(screen.retry_queue.pending_text(_key(entry)) or entry.mark.note) as file:
        error: Exception | None = None
        # An exception raised inside the suspended block would leave the terminal suspended.
        with screen.app.suspend():
            try:
                text = file.edit()
            except Exception as raised:  # noqa: BLE001 - raised again once the screen is restored
                error = raised
        screen.refresh(repaint=True, layout=True)
        if error is not None:
            raise error
        # The store was not polled while the editor was open.
        screen.guarded(lambda: polling.poll_store(screen))
        if text.strip("\n") == entry.mark.note:
            screen.notify_status(_UNCHANGED)
        if _save(screen, entry, text, before):
            file.discard()


def _key(entry: Entry) -> tuple[str, str]:
    """The key of a note in the retry queue."""
    return "note", entry.id


def _before(screen: MainScreen, entry: Entry, draft: NoteDraft) -> str:
    """The stored note that the text is an edit of."""
    pending = screen.retry_queue.text_before(_key(entry))
    if pending is not None:
        return pending
    return entry.mark.note if draft.before is None else draft.before


def _save(screen: MainScreen, entry: Entry, text: str, before: str) -> bool:
    """Save a note; returns whether it is in the store."""
    note = text.strip("\n")

    def save() -> None:
        change = screen.session.mark((entry.id,), Edit(note=note, note_before=before))
        screen.last_edit = Edit(note=note)
        _show(screen, entry, note, change)
        NoteDrafts(screen.session).discard(entry.id)

    is_pending = screen.retry_queue.pending_text(_key(entry)) is not None
    return (note == before == entry.mark.note and not is_pending) or screen.retry_queue.submit(
        _key(entry), save, note, before
    )


def _show(screen: MainScreen, entry: Entry, note: str, change: Change | None) -> None:
    """Report a saved note, also if it was merged with another program's note or is on another paper now."""
    if change is None:
        is_changed = screen.session.entry(entry.id).mark.note != note
        screen.notify_status("another program changed this note, its version was kept" if is_changed else _UNCHANGED)
        return
    ((paper_id, fields),) = change.marks
    saved = next((field.new for field in fields if field.field == "note"), note)
    if paper_id != entry.id:
        notes = "both notes are" if saved != note else "the note is"
        screen.show_change(change, f"the paper was merged, {notes} now on {_title(screen, paper_id)}")
    elif saved != note:
        screen.show_change(change, "another program also changed this note, both versions were kept", _BOTH)
    else:
        screen.show_change(change, change.label)


def _title(screen: MainScreen, paper_id: str) -> str:
    return screen.session.entry(paper_id).paper.display_title
