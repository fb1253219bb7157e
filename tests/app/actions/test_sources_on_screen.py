"""Actions of the sources, without a terminal: list them, show the papers of one, remove it and restore it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.actions import sources as actions
from tui.app.screens.source_dialog import SourceDialog, describe
from tui.session.source_removal import RemovedSource, SourceInfo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.actions.conftest import Run
    from tests.app.recording_ui import RecordingUi
    from tui.app.workspace import Workspace

BIB = """\
@misc{m, title={On Mills and Weirs}, author={Lee, Ann}, year={2023}}
@misc{k, title={Rivers Below Glass Ceilings}, author={Lee, Bo}, year={2023}}
"""


@pytest.fixture(params=["short list", "long list"])
def bib(tmp_path: Path, workspace: Workspace, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of running: at once, and in a thread."""
    monkeypatch.setattr(actions, "is_short_update", lambda _: request.param == "short list")
    file = tmp_path / "refs.bib"
    file.write_text(BIB, encoding="utf-8")
    workspace.session.imports.carry_out(workspace.session.imports.plan([file]), link=True)
    workspace.query.run()
    return file.name


def test_sources_are_listed_with_what_they_are(workspace: Workspace, ui: RecordingUi, run: Run, bib: str) -> None:
    run("in.sources")
    assert ui.title == f"{len(ui.options)} sources"
    shown = {option.value: option.detail for option in ui.options}
    day = workspace.session.sources.removal.all()[-1].imported[:10]
    assert shown[bib] == f"BibTeX · 2 papers · imported {day} · linked"


def test_records_of_fill_have_no_papers_to_show() -> None:
    source = SourceInfo("completed-1.jsonl", "readlist's own JSON", 0, "2026-11-20T09:00:00Z", False, completed=3)
    assert describe(source) == "readlist's own JSON · completed 3 papers · imported 2026-11-20"
    dialog = SourceDialog(source, RemovedSource(source.name, (), 0, 3), is_read_only=False)
    assert dialog._keys() == "d removes it · Esc closes"
    assert "the fields it filled in for 3 papers; the papers stay" in "\n".join(
        line.plain for line in dialog._summary_lines()
    )


def test_the_papers_of_a_source_are_shown(workspace: Workspace, ui: RecordingUi, run: Run, bib: str) -> None:
    run("in.sources")
    ui.pick(bib)
    assert isinstance(ui.dialog, SourceDialog)
    ui.answer("show")
    assert len(workspace.papers.ids) == 2
    assert "refs" in workspace.query.text


def test_a_source_is_removed_in_one_step(workspace: Workspace, ui: RecordingUi, run: Run, bib: str) -> None:
    before = list(workspace.papers.ids)
    run("in.sources")
    ui.pick(bib)
    ui.answer("remove")
    assert len(workspace.papers.ids) == len(before) - 2
    assert workspace.messages.current.text.startswith("removed the source refs.bib and 2 papers")
    run("mark.undo")
    assert list(workspace.papers.ids) == before


def test_a_removed_listing_is_restored(workspace: Workspace, ui: RecordingUi, run: Run, bib: str) -> None:
    before = list(workspace.papers.ids)
    run("in.sources")
    listing = ui.options[0].value
    ui.pick(listing)
    ui.answer("remove")
    assert len(workspace.papers.ids) < len(before)
    run("in.sources")
    assert next(option.detail for option in ui.options if option.value == listing) == "removed"
    ui.pick(listing)
    ui.answer("restore")
    assert sorted(workspace.papers.ids) == sorted(before)
    assert bib in [option.value for option in ui.options]


def test_a_dialog_that_is_closed_changes_nothing(workspace: Workspace, ui: RecordingUi, run: Run, bib: str) -> None:
    before = list(workspace.papers.ids)
    run("in.sources")
    ui.pick(bib)
    ui.answer(None)
    assert list(workspace.papers.ids) == before


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (SourceInfo("a.txt", "", 0, "", is_linked=True, is_removed=True), "removed"),
        (SourceInfo("a.txt", "", 1, "", is_linked=True), "not readable · 1 paper · linked"),
        (
            SourceInfo("a.bib", "BibTeX", 2, "2023-01-02T03:04:05Z", is_linked=False),
            "BibTeX · 2 papers · imported 2023-01-02",
        ),
    ],
)
def test_a_source_is_described_on_one_line(source: SourceInfo, line: str) -> None:
    assert describe(source) == line
