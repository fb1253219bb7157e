"""Marking: status, star, tags. Each is an edit that the desk carries out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import insights, selection
from tui.app.choose import Option, choose
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.model.tags import validate_tag
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.app.screens.tag_picker import TagEdit
    from tui.model.mark import Mark

_LATELY = 40  # steps of the history


def read(desk: MainScreen) -> None:
    """Read, or unread where all are read, and go on."""
    done = all(mark.status is Status.READ for mark in _marks(desk))
    desk.carry_out(Edit(status=Status.UNREAD if done else Status.READ), advance=True)


def status(desk: MainScreen) -> None:
    """Choose the status."""
    letters = {
        Status.UNREAD: "u",
        Status.QUEUED: "q",
        Status.READING: "g",
        Status.READ: "r",
        Status.SKIPPED: "s",
    }
    options = [
        Option(str(name), str(name), letter, letter)
        for name, letter in letters.items()
        if name in desk.settings.statuses
    ]

    targets = selection.targets(desk)

    def chosen(name: str) -> None:
        desk.carry_out(Edit(status=Status(name)), targets=targets)

    choose(
        desk,
        selection.titled(desk, "Status", "of"),
        options,
        chosen,
        current=str(_marks(desk)[0].status),
        typing=False,
    )


def all_read(desk: MainScreen) -> None:
    """Mark every paper of the list read, after asking: it may be many."""
    ids = tuple(desk.papers.ids)
    edit = Edit(status=Status.READ)
    count = desk.session.preview_edit(ids, edit)
    if not count:
        desk.notify_status("every paper of the list is read already")
        return

    def chosen(answer: str) -> None:
        if answer == "yes":
            desk.carry_out(edit, targets=ids, is_meant=True)

    papers = pluralise(count)
    options = [Option("yes", f"yes, mark {papers} read", "y", "y"), Option("no", "no", "n", "n")]
    choose(desk, "Mark every paper of the list read?", options, chosen, typing=False)


def star(desk: MainScreen) -> None:
    """Star, or no star where all have one."""
    desk.carry_out(Edit(starred=not all(mark.starred for mark in _marks(desk))))


def tags(desk: MainScreen) -> None:
    """Pick tags in three states."""
    from tui.app.screens.tag_picker import TagPicker  # noqa: PLC0415 - a screen that a start-up does not need

    targets, marks = selection.targets(desk), _marks(desk)
    carried = [{tag.casefold() for tag in mark.tags} for mark in marks]
    state = {tag: all(tag in each for each in carried) or None for tag in set().union(*carried)}

    def chosen(picked: TagEdit | None) -> None:
        if picked is not None and (picked.add or picked.remove):
            desk.carry_out(Edit(add_tags=picked.add, remove_tags=picked.remove), targets=targets)

    picker = TagPicker(len(marks), _latest_first(desk), state)
    desk.app.push_screen(picker, chosen)
    if len(marks) == 1 and desk.session.tags():
        insights.when_prepared(
            desk, lambda: picker.suggest(desk.session.insights.suggested_tags(targets[0])), aloud=False
        )


def _latest_first(desk: MainScreen) -> list[tuple[str, int]]:
    """The tags in use, those given lately before the others, which come by how often they are used."""
    given: dict[str, None] = {}
    for change in desk.session.history(_LATELY):
        for field in change.marks[0][1] if change.marks else ():
            if field.field == "tags" and isinstance(field.new, tuple) and isinstance(field.old, tuple):
                given |= {str(tag).casefold(): None for tag in field.new if tag not in field.old}
    places = {tag: place for place, tag in enumerate(given)}
    return sorted(desk.session.tags(), key=lambda pair: places.get(pair[0].casefold(), len(places)))


def add_tag(desk: MainScreen) -> None:
    """Type a tag to add."""
    known = [tag for tag, _ in desk.session.tags()]
    _ask_tag(
        desk,
        selection.titled(desk, "Add a tag", "to"),
        known,
        lambda tag: Edit(add_tags=(tag,)),
    )


def remove_tag(desk: MainScreen) -> None:
    """Type a tag to take away."""
    carried = sorted({tag for mark in _marks(desk) for tag in mark.tags}, key=str.casefold)
    if not carried:
        desk.notify_status("no tag to take away here")
        return
    title = selection.titled(desk, "Remove a tag", "from")
    _ask_tag(desk, f"{title} ({', '.join(carried)})", carried, lambda tag: Edit(remove_tags=(tag,)))


def repeat(desk: MainScreen) -> None:
    """Do the latest edit to this paper, too."""
    edit = desk.last_edit
    if edit is None:
        return
    if edit.note:  # a note of this paper's own is not to be lost by it
        edit = edit._replace(note=None, append_note=edit.note)
    desk.carry_out(edit)


def _marks(desk: MainScreen) -> list[Mark]:
    return [desk.session.entry(paper_id).mark for paper_id in selection.targets(desk)]


def _ask_tag(desk: MainScreen, title: str, known: list[str], edit: Callable[[str], Edit]) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

    targets = selection.targets(desk)

    def typed(text: str | None) -> None:
        if text is not None:
            desk.carry_out(edit(validate_tag(text)), targets=targets)

    desk.app.push_screen(Prompt(title, suggestions=known, fault=_tag_fault), typed)


def _tag_fault(text: str) -> str:
    try:
        validate_tag(text)
    except ValueError as fault:
        return str(fault)
    return ""
