"""Actions: undo, redo, and going to any change in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.message_text import REDO_HINT, UNDO_HINT
from tui.app.ui import Option, is_short_update
from tui.model.change import ChangeKind, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.model.change import Change, FieldChange

_ORIGINAL = "0"  # in place of the number of a change


def undo(workspace: Workspace, ui: Ui) -> None:
    """Undo the last change."""
    _undo_or_redo(workspace, ui, back=True)


def redo(workspace: Workspace, ui: Ui) -> None:
    """Redo the last undone change."""
    _undo_or_redo(workspace, ui, back=False)


def history(workspace: Workspace, ui: Ui) -> None:
    """List all changes, and undo or redo up to the one chosen."""
    steps = timeline(reversed(workspace.session.edits.history()))
    if not steps:
        workspace.show_message("no changes yet")
        return
    options = [
        Option(str(change.number), change.label, _when(change) if is_done else f"undone · {_when(change)}")
        for change, is_done in steps
    ]
    options.append(Option(_ORIGINAL, "original state"))
    current = next((str(change.number) for change, is_done in steps if is_done), _ORIGINAL)
    ui.choose(
        "Restore the list to its state after …",
        options,
        lambda number: _go_to(workspace, ui, int(number)),
        current=current,
    )


def paper_history(workspace: Workspace, ui: Ui) -> None:
    """List the changes of the paper under the cursor, and restore it to the state after the one chosen."""
    entry = workspace.current_entry()
    if entry is None:
        return
    steps = [(change, fields) for change in workspace.session.edits.history() for paper_id, fields in change.marks
             if paper_id == entry.id]  # fmt: skip
    if not steps:
        workspace.show_message("no changes to this paper yet")
        return
    options = [Option(str(change.number), _describe(change, fields), _when(change)) for change, fields in steps]
    options.append(Option(_ORIGINAL, "original state"))

    def restore(number: str) -> None:
        later = [change.number for change, _ in steps if change.number > int(number)]
        label = f"restore an earlier state: {entry.paper.display_title}"
        change = workspace.session.edits.revert(later, label, (entry.id,))
        if change is None:
            workspace.show_message("no change")
        else:
            workspace.edits.show(change, change.label)

    def on_choice(number: str) -> None:
        workspace.guarded(lambda: restore(number))

    title = f"Restore this paper to its state after … · {entry.paper.display_title}"
    ui.choose(title, options, on_choice)


def _describe(change: Change, fields: Sequence[FieldChange]) -> str:
    """What a change did to one paper: ``status unread → read, tags +nerf``."""
    prefix = {ChangeKind.UNDO: "undone: ", ChangeKind.REDO: "redone: "}.get(change.kind, "")
    return prefix + ", ".join(f"{field.field.replace('_', ' ')} {_describe_field(field)}" for field in fields)


def _describe_field(field: FieldChange) -> str:
    old, new = field.old, field.new
    if isinstance(old, tuple) and isinstance(new, tuple):
        return " ".join([*(f"+{_format_value(each)}" for each in new if each not in old),
                         *(f"-{_format_value(each)}" for each in old if each not in new)])  # fmt: skip
    if field.field == "note":
        return "written" if not old else "changed" if new else "removed"
    return f"{_format_value(old)} → {_format_value(new)}"


def _format_value(value: object) -> str:
    """A value for display."""
    if isinstance(value, tuple):
        return " ".join(map(_format_value, value))
    return {None: "none", "": "none", True: "on", False: "off"}.get(value, str(value))  # type: ignore[call-overload, no-any-return]


def _go_to(workspace: Workspace, ui: Ui, number: int) -> None:
    """Undo or redo up to a change; in the background if long sources must be read again."""
    session = workspace.session
    steps = timeline(reversed(session.edits.history()))
    back = not number or any(is_done and change.number == number for change, is_done in steps)
    pending = [change for change, is_done in steps if is_done is back and (change.number > number) is back]

    def on_finish(count: int) -> None:
        workspace.query.run()
        workspace.show_message(f"{'undid' if back else 'redid'} {count} change{'' if count == 1 else 's'}")

    if is_short_update(len(session.ids())) or not any(change.rereads for change in pending):
        on_finish(_repeat(session.edits.undo if back else session.edits.redo, len(pending)))
        return
    ui.run_blocking(
        "Undoing changes" if back else "Redoing changes",
        "Reading the sources …",
        lambda progress: _repeat(lambda: session.imports.undo_or_redo(back=back, progress=progress), len(pending)),
        on_finish,
        progress_label="reading the sources",
    )


def _repeat(step: Callable[[], Change | None], limit: int) -> int:
    """Call ``step`` until it returns None, at most ``limit`` times; returns how often it succeeded."""
    return next((count for count in range(limit) if step() is None), limit)


def _when(change: Change) -> str:
    return change.at[:16].replace("T", " ")


def _undo_or_redo(workspace: Workspace, ui: Ui, *, back: bool) -> None:
    """Undo or redo a change; in the background if long sources must be read again."""
    session = workspace.session
    if is_short_update(len(session.ids())) or not session.imports.changes_sources(back=back):
        _show(workspace, session.edits.undo() if back else session.edits.redo(), back=back)
        return
    ui.run_blocking(
        "Undoing an import" if back else "Redoing an import",
        "Reading the sources …",
        lambda progress: session.imports.undo_or_redo(back=back, progress=progress),
        lambda change: _show(workspace, change, back=back),
        progress_label="reading the sources",
    )


def _show(workspace: Workspace, change: Change | None, *, back: bool) -> None:
    """Report an undone or redone change, and go to its paper."""
    if change is None:
        workspace.show_message("nothing to undo" if back else "nothing to redo")
        return
    workspace.edits.show(change, f"{'undid' if back else 'redid'}: {change.label}", REDO_HINT if back else UNDO_HINT)
    if len(change.ids) == 1:
        workspace.papers.go_to(change.ids[0])
