"""Stepping through the history: back, forth, and to any step that undo and redo can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import blocking_task
from tui.app.choose import Option, choose
from tui.app.status_text import RETRY_HINT, UNDO_HINT
from tui.model.change import ChangeKind, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.screens.main_screen import MainScreen
    from tui.model.change import Change, FieldChange

_START = "0"


def undo(desk: MainScreen) -> None:
    """Take back the latest change."""
    _step(desk, back=True)


def redo(desk: MainScreen) -> None:
    """Do it again."""
    _step(desk, back=False)


def history(desk: MainScreen) -> None:
    """Show the steps, and go to how things were right after one of them."""
    steps = timeline(reversed(desk.session.history()))
    if not steps:
        desk.notify_status("nothing was changed yet")
        return
    options = [
        Option(str(change.number), change.label, _when(change) if stands else f"taken back · {_when(change)}")
        for change, stands in steps
    ]
    options.append(Option(_START, "before all of these"))
    current = next((str(change.number) for change, stands in steps if stands), _START)
    choose(desk, "Go to how it was after …", options, lambda number: _go_to(desk, int(number)), current=current)


def paper_history(desk: MainScreen) -> None:
    """Show what was done to the paper under the cursor, and take it alone back to one of the steps."""
    entry = desk.current_entry()
    if entry is None:
        return
    steps = [(change, fields) for change in desk.session.history() for paper_id, fields in change.marks
             if paper_id == entry.id]  # fmt: skip
    if not steps:
        desk.notify_status("nothing was done to this paper yet")
        return
    options = [Option(str(change.number), _what(change, fields), _when(change)) for change, fields in steps]
    options.append(Option(_START, "before all of these"))

    def take_back(number: str) -> None:
        later = [change.number for change, _ in steps if change.number > int(number)]
        label = f"take {len(later)} step{'' if len(later) == 1 else 's'} back: {entry.paper.display_title}"
        change = desk.session.revert_change(later, label, (entry.id,))
        if change is None:
            desk.notify_status("it is so already")
        else:
            desk.show_change(change, change.label)

    def chosen(number: str) -> None:
        desk.guarded(lambda: take_back(number))

    title = f"Take this paper back to how it was after … · {entry.paper.display_title}"
    choose(desk, title, options, chosen)


def _what(change: Change, fields: Sequence[FieldChange]) -> str:
    """What a step did to one paper: ``status unread → read, tags +nerf``."""
    done = {ChangeKind.UNDO: "taken back: ", ChangeKind.REDO: "done again: "}.get(change.kind, "")
    return done + ", ".join(f"{field.field.replace('_', ' ')} {_from_to(field)}" for field in fields)


def _from_to(field: FieldChange) -> str:
    old, new = field.old, field.new
    if isinstance(old, tuple) and isinstance(new, tuple):
        return " ".join([*(f"+{_said(each)}" for each in new if each not in old),
                         *(f"-{_said(each)}" for each in old if each not in new)])  # fmt: skip
    if field.field == "note":
        return "written" if not old else "changed" if new else "removed"
    return f"{_said(old)} → {_said(new)}"


def _said(value: object) -> str:
    """A value in words."""
    if isinstance(value, tuple):
        return " ".join(map(_said, value))
    return {None: "none", "": "none", True: "on", False: "off"}.get(value, str(value))  # type: ignore[call-overload, no-any-return]


def _go_to(desk: MainScreen, number: int) -> None:
    """Take as many steps as it needs, beside the screen where long pages are to be read for them."""
    session = desk.session
    steps = timeline(reversed(session.history()))
    back = not number or any(stands and change.number == number for change, stands in steps)
    way = [change for change, stands in steps if stands is back and (change.number > number) is back]

    def tell(taken: int) -> None:
        desk.run_query()
        desk.notify_status(f"went {taken} step{'' if taken == 1 else 's'} through the history")

    if len(session.ids()) <= blocking_task.SHORT or not any(change.rereads for change in way):
        tell(_walk(session.undo if back else session.redo, len(way)))
        return
    blocking_task.run_blocking(
        desk,
        "Going through the history",
        "Reading the pages …",
        lambda progress: _walk(lambda: session.imports.undo_or_redo(back=back, progress=progress), len(way)),
        tell,
        says="reading the pages",
    )


def _walk(step: Callable[[], Change | None], most: int) -> int:
    """Take steps as long as there are any; returns how many."""
    return next((taken for taken in range(most) if step() is None), most)


def _when(change: Change) -> str:
    return change.at[:16].replace("T", " ")


def _step(desk: MainScreen, *, back: bool) -> None:
    """Take a step, beside the screen where long pages are to be read for it."""
    session = desk.session
    if len(session.ids()) <= blocking_task.SHORT or not session.imports.changes_sources(back=back):
        _show(desk, session.undo() if back else session.redo(), back=back)
        return
    blocking_task.run_blocking(
        desk,
        "Taking an import back" if back else "Importing once more",
        "Reading the pages …",
        lambda progress: session.imports.undo_or_redo(back=back, progress=progress),
        lambda change: _show(desk, change, back=back),
        says="reading the pages",
    )


def _show(desk: MainScreen, change: Change | None, *, back: bool) -> None:
    """Show a step that was taken, and go to the paper it was about."""
    if change is None:
        desk.notify_status("nothing to undo" if back else "nothing to redo")
        return
    desk.show_change(
        change, f"{'took back' if back else 'did again'}: {change.label}", RETRY_HINT if back else UNDO_HINT
    )
    if len(change.ids) == 1:
        desk.papers.go_to(change.ids[0])
