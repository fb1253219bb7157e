"""Actions: status, star and tags. Each builds an edit for the screen to carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import insights
from tui.app.actions.bulk_confirmation import carry_out
from tui.app.ui import Option
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.model.tags import validate_tag
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.tag_picker import TagEdit
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.model.mark import Mark

_RECENT = 40  # changes


def read(workspace: Workspace, ui: Ui) -> None:
    """Mark read, or unread if all are read, and move to the next paper."""
    all_done = all(mark.status is Status.READ for mark in _marks(workspace))
    carry_out(workspace, ui, Edit(status=Status.UNREAD if all_done else Status.READ), advance=True)


def status(workspace: Workspace, ui: Ui) -> None:
    """Choose the status."""
    keys = {
        Status.UNREAD: "u",
        Status.QUEUED: "q",
        Status.READING: "g",
        Status.READ: "r",
        Status.SKIPPED: "s",
    }
    options = [
        Option(str(name), str(name), key, key) for name, key in keys.items() if name in workspace.settings.statuses
    ]

    targets = workspace.targets()

    def on_choice(name: str) -> None:
        carry_out(workspace, ui, Edit(status=Status(name)), targets=targets)

    ui.choose(
        workspace.selection.title("Status", "of"),
        options,
        on_choice,
        current=str(_marks(workspace)[0].status),
    )


def all_read(workspace: Workspace, ui: Ui) -> None:
    """Mark all listed papers as read, after confirmation."""
    ids = tuple(workspace.papers.ids)
    edit = Edit(status=Status.READ)
    count = workspace.session.edits.preview(ids, edit)
    if not count:
        workspace.show_message("all listed papers are already read")
        return

    def on_answer(answer: str) -> None:
        if answer == "yes":
            carry_out(workspace, ui, edit, targets=ids, is_confirmed=True)

    papers = pluralise(count)
    options = [Option("yes", f"yes, mark {papers} as read", "y", "y"), Option("no", "no", "n", "n")]
    ui.choose("Mark all listed papers as read?", options, on_answer)


def star(workspace: Workspace, ui: Ui) -> None:
    """Add the star, or remove it if all have one."""
    carry_out(workspace, ui, Edit(starred=not all(mark.starred for mark in _marks(workspace))))


def tags(workspace: Workspace, ui: Ui) -> None:
    """Edit tags: present on all, some or none of the papers."""
    from tui.app.screens.tag_picker import TagPicker  # noqa: PLC0415 - not needed at start-up

    targets, marks = workspace.targets(), _marks(workspace)
    carried = [{tag.casefold() for tag in mark.tags} for mark in marks]
    state = {tag: all(tag in each for each in carried) or None for tag in set().union(*carried)}

    def on_close(picked: TagEdit | None) -> None:
        if picked is not None and (picked.add or picked.remove):
            carry_out(workspace, ui, Edit(add_tags=picked.add, remove_tags=picked.remove), targets=targets)

    picker = TagPicker(len(marks), _recent_first(workspace), state)
    ui.open(picker, on_close)
    if len(marks) == 1 and workspace.session.totals.tags():
        insights.when_prepared(
            workspace,
            ui,
            lambda: picker.suggest(workspace.session.insights.suggested_tags(targets[0])),
            show_progress=False,
        )


def _recent_first(workspace: Workspace) -> list[tuple[str, int]]:
    """All tags with their counts, recently added ones first, then by count."""
    recent: dict[str, None] = {}
    for change in workspace.session.edits.history(_RECENT):
        for field in change.marks[0][1] if change.marks else ():
            if field.field == "tags" and isinstance(field.new, tuple) and isinstance(field.old, tuple):
                recent |= {str(tag).casefold(): None for tag in field.new if tag not in field.old}
    ranks = {tag: rank for rank, tag in enumerate(recent)}
    return sorted(workspace.session.totals.tags(), key=lambda pair: ranks.get(pair[0].casefold(), len(ranks)))


def add_tag(workspace: Workspace, ui: Ui) -> None:
    """Type a tag to add."""
    known = [tag for tag, _ in workspace.session.totals.tags()]
    _ask_tag(
        workspace,
        ui,
        workspace.selection.title("Add tag", "to"),
        known,
        lambda tag: Edit(add_tags=(tag,)),
    )


def remove_tag(workspace: Workspace, ui: Ui) -> None:
    """Type a tag to remove."""
    carried = sorted({tag for mark in _marks(workspace) for tag in mark.tags}, key=str.casefold)
    if not carried:
        workspace.show_message("no tags to remove")
        return
    title = workspace.selection.title("Remove tag", "from")
    _ask_tag(workspace, ui, f"{title} ({', '.join(carried)})", carried, lambda tag: Edit(remove_tags=(tag,)))


def repeat(workspace: Workspace, ui: Ui) -> None:
    """Repeat the last edit on this paper."""
    edit = workspace.edits.last
    if edit is None:
        return
    if edit.note:  # append, so that this paper's own note is kept
        edit = edit._replace(note=None, append_note=edit.note)
    carry_out(workspace, ui, edit)


def _marks(workspace: Workspace) -> list[Mark]:
    return [workspace.session.entry(paper_id).mark for paper_id in workspace.targets()]


def _ask_tag(workspace: Workspace, ui: Ui, title: str, known: list[str], edit: Callable[[str], Edit]) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    targets = workspace.targets()

    def on_close(text: str | None) -> None:
        if text is not None:
            carry_out(workspace, ui, edit(validate_tag(text)), targets=targets)

    ui.open(Prompt(title, suggestions=known, check=_check_tag), on_close)


def _check_tag(text: str) -> str:
    try:
        validate_tag(text)
    except ValueError as error:
        return str(error)
    return ""
