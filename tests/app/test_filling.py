"""Papers completed from the screen: a preview with ticks, one step, and Esc that keeps what was found."""

from __future__ import annotations

import json
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key

from tui.app.screens.fill_dialog import FillDialog, FillRows
from tui.app.screens.prompt import Prompt
from tui.session import fills
from tui.session.fill_files import read_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

RADIANCE = "We reconstruct radiance fields (NeRF) from one photograph each, with a network that learns shape priors."
TOKENS = "Segmentation into subword units hurts languages with rich morphology; we measure by how much."
RECORDS = [
    {
        "id": "2310.00001", "title": "Radiance Fields from Single Views", "categories": "cs.CV", "abstract": RADIANCE, "versions": [],
        "authors_parsed": [["Babu", "Sudarshan", ""], ["Liu", "Richard", ""], ["Zhou", "Avery", ""], ["Maire", "[red]Michael[/]", ""]],
    },
    {
        "id": "2205.00001", "title": "Tokens Are Not Words", "categories": "cs.CL", "abstract": TOKENS, "versions": [],
        "authors_parsed": [["Stranger", "A.", ""]],
    },
]  # fmt: skip


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "arxiv.json"
    path.write_text("".join(json.dumps(each) + "\n" for each in RECORDS), encoding="utf-8")
    return path


async def looked_up(desk: Driver) -> None:
    await desk.press("ampersand", *"arx", "tab", "enter")
    await desk.until(
        lambda: isinstance(desk.app.screen, FillDialog) and desk.app.screen.query_one(FillRows).count > 0
    )
    await desk.rest()


def papers(desk: Driver) -> dict[str, Any]:
    session = desk.desk.workspace.session
    return {entry.paper.display_title: entry.paper for entry in map(session.entry, session.ids())}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_ticked_is_filled_as_one_step_and_undone(
    open_desk: OpenDesk, snapshot: Path, size: tuple[int, int]
) -> None:
    assert snapshot.exists()
    async with open_desk(size) as desk:
        before = papers(desk)
        await looked_up(desk)
        for shown in ("1 to fill · 1 doubtful", "[x] Radiance Fields", "[ ] Tokens", "→ 2310.00001", "Enter fills"):
            assert shown in desk.screen_text
        await desk.press("enter")
        await desk.until(lambda: "1 paper filled" in desk.news)
        assert papers(desk)["Radiance Fields from Single Views"].eprint == "2310.00001"
        assert len(papers(desk)["Radiance Fields from Single Views"].authors) == 4
        assert papers(desk)["Tokens Are Not Words"].eprint is None
        await desk.press("u")
        await desk.until(lambda: "undid" in desk.news)
        assert papers(desk) == before


async def test_the_details_fit_the_dialog(open_desk: OpenDesk, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_desk((120, 40)) as desk:
        await looked_up(desk)
        assert "Richard Liu; Avery Zhou" in desk.screen_text
        await desk.resize(45, 24)
        assert "Richard Liu; Avery Zhou" not in desk.screen_text
        await desk.resize(120, 40)
        assert "Richard Liu; Avery Zhou" in desk.screen_text


async def test_ticks_and_refusals(open_desk: OpenDesk, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_desk((120, 40)) as desk:
        await looked_up(desk)
        await desk.press("space", "j", "y", "n")
        assert "[ ] Radiance" in desk.screen_text
        assert "no Tokens" in desk.screen_text
        assert "no author in common" in desk.screen_text
        await desk.press("enter")
        await desk.until(lambda: "1 record will not be offered again" in desk.news)
        await looked_up(desk)
        assert "1 to fill · 0 doubtful" in desk.screen_text
        await desk.press("escape")
        assert papers(desk)["Radiance Fields from Single Views"].eprint is None


async def test_records_are_filtered_by_typing_and_ticked(open_desk: OpenDesk, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_desk((120, 40)) as desk:
        await looked_up(desk)
        await desk.press(*"tok")
        assert "] Radiance" not in desk.screen_text
        await desk.press("n")
        assert desk.app.screen.query_one(FillRows).count == 0, "letters are text in a filter"
        await desk.press("backspace", "enter")
        assert "[x] Tokens" in desk.screen_text
        assert "[x] Radiance" in desk.screen_text, "the filter is gone, and other ticks stay"
        await desk.press("z", "slash", *"rad", "space", "ctrl+u")
        assert "[ ] Radiance" in desk.screen_text
        await desk.press("escape")
        assert "unsaved changes" in desk.screen_text
        await desk.press("enter")
        await desk.until(lambda: "1 paper filled" in desk.news)
        assert papers(desk)["Tokens Are Not Words"].eprint == "2205.00001"


async def test_a_click_ticks(open_desk: OpenDesk, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_desk((120, 40)) as desk:
        await looked_up(desk)
        rows = desk.app.screen.query_one(FillRows).region
        await desk.pilot.click(offset=(rows.x + 5, rows.y + 1))
        await desk.rest()
        assert "[x] Tokens" in desk.screen_text
        assert "2205.00001" in desk.screen_text, "what it would fill is shown"


async def test_esc_stops_looking_and_keeps_what_was_found(
    open_desk: OpenDesk, snapshot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert snapshot.exists()
    stopped, real = Event(), read_files

    def slow(files: Any, wanted: Any, progress: Any, is_stopped: Callable[[], bool]) -> Any:  # noqa: ANN401
        assert stopped.wait(20)
        assert is_stopped()
        return [result._replace(complete=False) for result in real(files, wanted, progress, lambda: False)]

    monkeypatch.setattr(fills, "read_files", slow)
    async with open_desk((120, 40)) as desk:
        await desk.press("ampersand", *"arx", "tab")
        await desk.app.on_event(Key("enter", None))
        await desk.until(lambda: isinstance(desk.app.screen, FillDialog) and desk.app.screen.is_active)
        dialog = desk.app.screen
        assert isinstance(dialog, FillDialog)
        for key in ("enter", "j", "escape"):  # not by the pilot, which waits for the work
            await desk.app.on_event(Key(key, None))
        await desk.until(dialog.is_stopped)
        stopped.set()
        await desk.until(lambda: dialog.query_one(FillRows).count > 0)
        await desk.rest()
        assert "stopped early" in desk.screen_text
        await desk.press("enter")
        await desk.until(lambda: "1 paper filled" in desk.news)


async def test_only_the_selected_papers_are_filled(open_desk: OpenDesk, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_desk((120, 40)) as desk:
        await desk.press("j", "space")
        await desk.press("ampersand")
        await desk.until(lambda: isinstance(desk.app.screen, Prompt))
        assert "Fill 1 paper from a file" in desk.screen_text


async def test_a_file_that_cannot_be_used_is_reported_and_the_dialog_closes(
    open_desk: OpenDesk, snapshot: Path
) -> None:
    snapshot.write_text("nothing of use", encoding="utf-8")
    async with open_desk((120, 40)) as desk:
        await desk.press("ampersand", *"arx", "tab", "enter")
        await desk.until(lambda: "arxiv.json cannot be used" in desk.news)
        await desk.rest()
        assert len(desk.app.screen_stack) == 1
