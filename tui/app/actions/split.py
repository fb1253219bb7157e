"""Action: split a wrongly merged paper, by choosing the record that belongs to another paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app import blocking_task
from tui.app.background import run_in_background
from tui.app.open_picker import Option, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.screens.main_screen import MainScreen
    from tui.model.change import Change
    from tui.session.split_papers import PaperRecord

_SINGLE_RECORD = "nothing to split, this paper has only one record"


def split(screen: MainScreen) -> None:
    """Read the records of the paper under the cursor, and ask which one belongs to another paper."""
    entry = screen.current_entry()
    if entry is None:
        return
    paper_id = entry.id
    if len(entry.paper.sources) < 2:
        screen.notify_status(_SINGLE_RECORD)
        return
    screen.notify_status("reading the records …")
    splits = screen.session.imports.splits
    run_in_background(
        screen, "split", lambda _: splits.records(paper_id), lambda found: _ask(screen, paper_id, found)
    )


def _ask(screen: MainScreen, paper_id: str, records: Sequence[PaperRecord]) -> None:
    if not screen.is_active:
        return
    if len(records) < 2:
        screen.notify_status(_SINGLE_RECORD)
        return
    screen.notify_status("")
    merged = {record.owner for record in records} - {paper_id}
    options = [
        Option(
            " ".join(str(record.number) for record in records if record.owner == owner), f"{title}  (merged by you)"
        )
        for owner in sorted(merged)
        for title in [next(record.line for record in records if record.owner == owner)]
    ]
    own = [record for record in records if record.owner == paper_id]
    options += [Option(str(record.number), record.line) for record in own if len(own) > 1]
    suggested = " ".join(map(str, sorted(screen.session.imports.splits.suggested_records(records))))

    def on_choice(numbers: str) -> None:
        _split(screen, paper_id, frozenset(map(int, numbers.split())))

    choose(screen, "Which record belongs to another paper?", options, on_choice, current=suggested)


def _split(screen: MainScreen, paper_id: str, numbers: frozenset[int]) -> None:
    """Split records off; in the background if the list is long, as the sources must be read again."""
    splits = screen.session.imports.splits
    if len(screen.session.ids()) <= blocking_task.SHORT:
        screen.guarded(lambda: _show(screen, splits.split(paper_id, numbers)))
        return
    blocking_task.run_blocking(
        screen,
        "Splitting a paper",
        "Reading the sources …",
        lambda _: splits.write(paper_id, numbers),
        lambda found: _show(screen, found),
        progress_label="reading the sources",
    )


def _show(screen: MainScreen, found: tuple[Change | None, str]) -> None:
    change, other = found
    if change is not None:
        screen.run_query()
        screen.show_change(change, change.label)
        screen.papers.go_to(other)
