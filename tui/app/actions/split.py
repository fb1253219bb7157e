"""Action: split a wrongly merged paper, by choosing the record that belongs to another paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.ui import Option, is_short_update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.model.change import Change
    from tui.session.split_papers import PaperRecord

_SINGLE_RECORD = "nothing to split: this paper has only one record"


def split(workspace: Workspace, ui: Ui) -> None:
    """Read the records of the paper under the cursor, and ask which one belongs to another paper."""
    entry = workspace.current_entry()
    if entry is None:
        return
    paper_id = entry.id
    if len(entry.paper.sources) < 2:
        workspace.show_message(_SINGLE_RECORD)
        return
    workspace.show_message("reading the records …")
    splits = workspace.session.imports.splits
    ui.run_in_background(
        "split", lambda _: splits.records(paper_id), lambda found: _ask(workspace, ui, paper_id, found)
    )


def _ask(workspace: Workspace, ui: Ui, paper_id: str, records: Sequence[PaperRecord]) -> None:
    if not ui.is_on_top:
        return
    if len(records) < 2:
        workspace.show_message(_SINGLE_RECORD)
        return
    workspace.show_message("")
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
    suggested = " ".join(map(str, sorted(workspace.session.imports.splits.suggested_records(records))))

    def on_choice(numbers: str) -> None:
        _split(workspace, ui, paper_id, frozenset(map(int, numbers.split())))

    ui.choose("Which record belongs to another paper?", options, on_choice, current=suggested)


def _split(workspace: Workspace, ui: Ui, paper_id: str, numbers: frozenset[int]) -> None:
    """Split records off; in the background if the list is long, as the sources must be read again."""
    splits = workspace.session.imports.splits
    if is_short_update(len(workspace.session.ids())):
        workspace.guarded(lambda: _show(workspace, splits.split(paper_id, numbers)))
        return
    ui.run_blocking(
        "Splitting a paper",
        "Reading the sources …",
        lambda _: splits.write(paper_id, numbers),
        lambda found: _show(workspace, found),
        progress_label="reading the sources",
    )


def _show(workspace: Workspace, found: tuple[Change | None, str]) -> None:
    change, other = found
    if change is not None:
        workspace.query.run()
        workspace.edits.show(change, change.label)
        workspace.papers.go_to(other)
