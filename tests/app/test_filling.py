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

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

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


async def looked_up(driver: Driver) -> None:
    await driver.press("ampersand", *"arx", "tab", "enter")
    await driver.until(
        lambda: isinstance(driver.app.screen, FillDialog) and driver.app.screen.query_one(FillRows).count > 0
    )
    await driver.rest()


def papers(driver: Driver) -> dict[str, Any]:
    session = driver.main_screen.workspace.session
    return {entry.paper.display_title: entry.paper for entry in map(session.entry, session.ids())}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_ticked_is_filled_as_one_step_and_undone(
    open_app: OpenApp, snapshot: Path, size: tuple[int, int]
) -> None:
    assert snapshot.exists()
    async with open_app(size) as driver:
        before = papers(driver)
        await looked_up(driver)
        for shown in ("1 to fill · 1 doubtful", "[x] Radiance Fields", "[ ] Tokens", "→ 2310.00001", "Enter fills"):
            assert shown in driver.screen_text
        await driver.press("enter")
        await driver.until(lambda: "1 paper filled" in driver.news)
        assert papers(driver)["Radiance Fields from Single Views"].eprint == "2310.00001"
        assert len(papers(driver)["Radiance Fields from Single Views"].authors) == 4
        assert papers(driver)["Tokens Are Not Words"].eprint is None
        await driver.press("u")
        await driver.until(lambda: "undid" in driver.news)
        assert papers(driver) == before


async def test_the_details_fit_the_dialog(open_app: OpenApp, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_app((120, 40)) as driver:
        await looked_up(driver)
        assert "Richard Liu; Avery Zhou" in driver.screen_text
        await driver.resize(45, 24)
        assert "Richard Liu; Avery Zhou" not in driver.screen_text
        await driver.resize(120, 40)
        assert "Richard Liu; Avery Zhou" in driver.screen_text


async def test_ticks_and_refusals(open_app: OpenApp, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_app((120, 40)) as driver:
        await looked_up(driver)
        await driver.press("space", "j", "y", "n")
        assert "[ ] Radiance" in driver.screen_text
        assert "no Tokens" in driver.screen_text
        assert "no authors in common" in driver.screen_text
        await driver.press("enter")
        await driver.until(lambda: "1 record will not be offered again" in driver.news)
        await looked_up(driver)
        assert "1 to fill · 0 doubtful" in driver.screen_text
        await driver.press("escape")
        assert papers(driver)["Radiance Fields from Single Views"].eprint is None


async def test_records_are_filtered_by_typing_and_ticked(open_app: OpenApp, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_app((120, 40)) as driver:
        await looked_up(driver)
        await driver.press(*"tok")
        assert "] Radiance" not in driver.screen_text
        await driver.press("n")
        assert driver.app.screen.query_one(FillRows).count == 0, "letters are text in a filter"
        await driver.press("backspace", "enter")
        assert "[x] Tokens" in driver.screen_text
        assert "[x] Radiance" in driver.screen_text, "the filter is gone, and other ticks stay"
        await driver.press("z", "slash", *"rad", "space", "ctrl+u")
        assert "[ ] Radiance" in driver.screen_text
        await driver.press("escape")
        assert "unsaved changes" in driver.screen_text
        await driver.press("enter")
        await driver.until(lambda: "1 paper filled" in driver.news)
        assert papers(driver)["Tokens Are Not Words"].eprint == "2205.00001"


async def test_a_click_ticks(open_app: OpenApp, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_app((120, 40)) as driver:
        await looked_up(driver)
        rows = driver.app.screen.query_one(FillRows).region
        await driver.pilot.click(offset=(rows.x + 5, rows.y + 1))
        await driver.rest()
        assert "[x] Tokens" in driver.screen_text
        assert "2205.00001" in driver.screen_text, "what it would fill is shown"


async def test_esc_stops_looking_and_keeps_what_was_found(
    open_app: OpenApp, snapshot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert snapshot.exists()
    stopped, real = Event(), read_files

    def slow(files: Any, wanted: Any, progress: Any, is_stopped: Callable[[], bool]) -> Any:  # noqa: ANN401
        assert stopped.wait(20)
        assert is_stopped()
        return [result._replace(complete=False) for result in real(files, wanted, progress, lambda: False)]

    monkeypatch.setattr(fills, "read_files", slow)
    async with open_app((120, 40)) as driver:
        await driver.press("ampersand", *"arx", "tab")
        await driver.app.on_event(Key("enter", None))
        await driver.until(lambda: isinstance(driver.app.screen, FillDialog) and driver.app.screen.is_active)
        dialog = driver.app.screen
        assert isinstance(dialog, FillDialog)
        for key in ("enter", "j", "escape"):  # not by the pilot, which waits for the work
            await driver.app.on_event(Key(key, None))
        await driver.until(dialog.is_stopped)
        stopped.set()
        await driver.until(lambda: dialog.query_one(FillRows).count > 0)
        await driver.rest()
        assert "stopped early" in driver.screen_text
        await driver.press("enter")
        await driver.until(lambda: "1 paper filled" in driver.news)


async def test_only_the_selected_papers_are_filled(open_app: OpenApp, snapshot: Path) -> None:
    assert snapshot.exists()
    async with open_app((120, 40)) as driver:
        await driver.press("j", "space")
        await driver.press("ampersand")
        await driver.until(lambda: isinstance(driver.app.screen, Prompt))
        assert "Fill 1 paper from a file" in driver.screen_text


async def test_a_file_that_cannot_be_used_is_reported_and_the_dialog_closes(
    open_app: OpenApp, snapshot: Path
) -> None:
    snapshot.write_text("nothing of use", encoding="utf-8")
    async with open_app((120, 40)) as driver:
        await driver.press("ampersand", *"arx", "tab", "enter")
        await driver.until(lambda: "arxiv.json cannot be used" in driver.news)
        await driver.rest()
        assert len(driver.app.screen_stack) == 1
