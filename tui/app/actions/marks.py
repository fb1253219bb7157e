"""Actions: status, star and tags. Each builds an edit for the screen to carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import insights, selection
from tui.app.open_picker import Option, choose
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.model.tags import validate_tag
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.app.screens.tag_picker import TagEdit
    from tui.model.mark import Mark

_RECENT = 40  # changes


def read(screen: MainScreen) -> None:
    """Mark read, or unread if all are read, and move to the next paper."""
    all_done = all(mark.status is Status.READ for mark in _marks(screen))
    screen.carry_out(Edit(status=Status.UNREAD if all_done else Status.READ), advance=True)


def status(screen: MainScreen) -> None:
    """Choose the status."""
    keys = {
        Status.UNREAD: "u",
        Status.QUEUED: "q",
        Status.READING: "g",
        Status.READ: "r",
        Status.SKIPPED: "s",
    }
    options = [
        Option(str(name), str(name), key, key) for name, key in keys.items() if name in screen.settings.statuses
    ]

    targets = selection.targets(screen)

    def on_choice(name: str) -> None:
        screen.carry_out(Edit(status=Status(name)), targets=targets)

    choose(
        screen,
        selection.title_with_count(screen, "Status", "of"),
        options,
        on_choice,
        current=str(_marks(screen)[0].status),
        typing=False,
    )


def all_read(screen: MainScreen) -> None:
    """Mark all listed papers read, after confirmation."""
    ids = tuple(screen.papers.ids)
    edit = Edit(status=Status.READ)
    count = screen.session.preview_edit(ids, edit)
    if not count:
        screen.notify_status("all listed papers are already read")
        return

    def on_answer(answer: str) -> None:
        if answer == "yes":
            screen.carry_out(edit, targets=ids, is_confirmed=True)

    papers = pluralise(count)
    options = [Option("yes", f"yes, mark {papers} read", "y", "y"), Option("no", "no", "n", "n")]
    choose(screen, "Mark all listed papers read?", options, on_answer, typing=False)


def star(screen: MainScreen) -> None:
    """Add the star, or remove it if all have one."""
    screen.carry_out(Edit(starred=not all(mark.starred for mark in _marks(screen))))


def tags(screen: MainScreen) -> None:
    """Edit tags: present on all, some or none of the papers."""
    from tui.app.screens.tag_picker import TagPicker  # noqa: PLC0415 - not needed at start-up

    targets, marks = selection.targets(screen), _marks(screen)
    carried = [{tag.casefold() for tag in mark.tags} for mark in marks]
    state = {tag: all(tag in each for each in carried) or None for tag in set().union(*carried)}

    def on_close(picked: TagEdit | None) -> None:
        if picked is not None and (picked.add or picked.remove):
            screen.carry_out(Edit(add_tags=picked.add, remove_tags=picked.remove), targets=targets)

    picker = TagPicker(len(marks), _recent_first(screen), state)
    screen.app.push_screen(picker, on_close)
    if len(marks) == 1 and screen.session.tags():
        insights.when_prepared(
            screen, lambda: picker.suggest(screen.session.insights.suggested_tags(targets[0])), show_progress=False
        )


def _recent_first(screen: MainScreen) -> list[tuple[str, int]]:
    """All tags with their counts, recently added ones first, then by count."""
    recent: dict[str, None] = {}
    for change in screen.session.history(_RECENT):
        for field in change.marks[0][1] if change.marks else ():
            if field.field == "tags" and isinstance(field.new, tuple) and isinstance(field.old, tuple):
                recent |= {str(tag).casefold(): None for tag in field.new if tag not in field.old}
    ranks = {tag: rank for rank, tag in enumerate(recent)}
    return sorted(screen.session.tags(), key=lambda pair: ranks.get(pair[0].casefold(), len(ranks)))


def add_tag(screen: MainScreen) -> None:
    """Type a tag to add."""
    known = [tag for tag, _ in screen.session.tags()]
    _ask_tag(
        screen,
        selection.title_with_count(screen, "Add tag", "to"),
        known,
        lambda tag: Edit(add_tags=(tag,)),
    )


def remove_tag(screen: MainScreen) -> None:
    """Type a tag to remove."""
    carried = sorted({tag for mark in _marks(screen) for tag in mark.tags}, key=str.casefold)
    if not carried:
        screen.notify_status("no tags to remove")
        return
    title = selection.title_with_count(screen, "Remove tag", "from")
    _ask_tag(screen, f"{title} ({', '.join(carried)})", carried, lambda tag: Edit(remove_tags=(tag,)))


def repeat(screen: MainScreen) -> None:
    """Repeat the last edit on this paper."""
    edit = screen.last_edit
    if edit is None:
        return
    if edit.note:  # append, so that this paper's own note is kept
        edit = edit._replace(note=None, append_note=edit.note)
    screen.carry_out(edit)


def _marks(screen: MainScreen) -> list[Mark]:
    return [screen.session.entry(paper_id).mark for paper_id in selection.targets(screen)]


def _ask_tag(screen: MainScreen, title: str, known: list[str], edit: Callable[[str], Edit]) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    targets = selection.targets(screen)

    def on_close(text: str | None) -> None:
        if text is not None:
            screen.carry_out(edit(validate_tag(text)), targets=targets)

    screen.app.push_screen(Prompt(title, suggestions=known, check=_check_tag), on_close)


def _check_tag(text: str) -> str:
    try:
        validate_tag(text)
    except ValueError as error:
        return str(error)
    return ""
