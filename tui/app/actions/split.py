"""A paper that was merged wrongly, split again: its records as a list, and the one that is of another paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import blocking_task
from tui.app.background import run_in_background
from tui.app.choose import Option, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.screens.main_screen import MainScreen
    from tui.model.change import Change
    from tui.session.split_papers import PaperRecord

_ONE = "the paper has only one record, nothing to split"


def split(desk: MainScreen) -> None:
    """Read the records of the paper under the cursor, and ask which of them is of another paper."""
    entry = desk.current_entry()
    if entry is None:
        return
    paper_id = entry.id
    if len(entry.paper.sources) < 2:
        desk.notify_status(_ONE)
        return
    desk.notify_status("reading the records …")
    splits = desk.session.imports.splits
    run_in_background(desk, "split", lambda _: splits.records(paper_id), lambda found: _ask(desk, paper_id, found))


def _ask(desk: MainScreen, paper_id: str, records: Sequence[PaperRecord]) -> None:
    if not desk.is_active:
        return
    if len(records) < 2:
        desk.notify_status(_ONE)
        return
    desk.notify_status("")
    joined = {record.owner for record in records} - {paper_id}
    options = [
        Option(
            " ".join(str(record.number) for record in records if record.owner == owner), f"{heading}  (joined by you)"
        )
        for owner in sorted(joined)
        for heading in [next(record.line for record in records if record.owner == owner)]
    ]
    own = [record for record in records if record.owner == paper_id]
    options += [Option(str(record.number), record.line) for record in own if len(own) > 1]
    suggested = " ".join(map(str, sorted(desk.session.imports.splits.suggested_records(records))))

    def chosen(numbers: str) -> None:
        _split(desk, paper_id, frozenset(map(int, numbers.split())))

    choose(desk, "Which record is of another paper?", options, chosen, current=suggested)


def _split(desk: MainScreen, paper_id: str, numbers: frozenset[int]) -> None:
    """Split them off, beside the screen where many pages are to be read for it."""
    splits = desk.session.imports.splits
    if len(desk.session.ids()) <= blocking_task.SHORT:
        desk.guarded(lambda: _show(desk, splits.split(paper_id, numbers)))
        return
    blocking_task.run_blocking(
        desk,
        "Splitting a paper",
        "Reading the pages …",
        lambda _: splits.write(paper_id, numbers),
        lambda found: _show(desk, found),
        says="reading the pages",
    )


def _show(desk: MainScreen, found: tuple[Change | None, str]) -> None:
    change, other = found
    if change is not None:
        desk.run_query()
        desk.show_change(change, change.label)
        desk.papers.go_to(other)
