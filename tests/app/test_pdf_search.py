"""Finding PDFs on the screen: searched in the background, shown with ticks, attached as one step; Esc stops."""

from __future__ import annotations

import re
from threading import Event
from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from tests.pdf.pdf_files import pdf_with
from tui.app.screens.main_screen import MainScreen
from tui.app.screens.pdf_dialog import PdfDialog, PdfRows
from tui.pdf.matching import PaperMatcher
from tui.session import pdf_search

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver
    from tui.paths import Paths
    from tui.pdf.matching import Evidence

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def with_folder(home: Paths, tmp_path: Path) -> Paths:
    """A list whose settings name a folder with three PDFs and a broken one."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "Larsen - Queues that forget old packets.pdf").write_bytes(pdf_with("x"))
    (folder / "Queues That Forget Old Packets (1).pdf").write_bytes(pdf_with("x"))
    (folder / "scan.pdf").write_bytes(pdf_with("Growing Networks with", "Variance Transfer"))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4")
    config = tmp_path / "config.toml"
    config.write_text(f'[pdf]\nfolders = ["{folder}"]', encoding="utf-8")
    return home._replace(config=config)


async def test_what_is_ticked_is_attached_as_one_step_and_undone(open_app: OpenApp, with_folder: Paths) -> None:
    async with open_app((80, 24), at=with_folder) as driver:
        await driver.press("circumflex_accent")
        assert "Find PDFs of 6 papers by" in driver.screen_text
        await driver.press("n")
        await driver.until(lambda: "4 PDFs: 1 to attach, 1 doubtful, 2 not matched" in driver.screen_text)
        for shown in ("[x] Queues That", "[ ] Queues That", "doubtful", "title in the file name", "Larsen - Queues"):
            assert shown in driver.screen_text
        await driver.press("j", "space", "k", "space", "enter")
        assert "attach 1 PDF" in driver.news
        assert [entry.mark.files for entry in driver.entries if entry.mark.files] == [
            (f"{with_folder.data.parent}/papers/Queues That Forget Old Packets (1).pdf",)
        ]
        await driver.press("u")
        assert not any(entry.mark.files for entry in driver.entries)


async def test_files_without_a_match_are_named_and_have_no_tick(open_app: OpenApp, with_folder: Paths) -> None:
    folder = with_folder.data.parent / "papers"
    async with open_app((80, 24), at=with_folder) as driver:
        await driver.press("circumflex_accent", "n")
        await driver.until(lambda: "2 not matched" in driver.screen_text)
        names = [line for line in driver.screen_text.splitlines() if re.search(r"\.pdf +not matched", line)]
        assert ["broken.pdf" in names[0], "scan.pdf" in names[1], len(names)] == [True, True, 2]
        await driver.press("j", "j", "space")
        assert "no matching paper" in driver.screen_text
        await driver.press("escape")
        assert isinstance(driver.app.screen, MainScreen), "nothing was changed"
        for name in ("Larsen - Queues that forget old packets.pdf", "Queues That Forget Old Packets (1).pdf"):
            (folder / name).unlink()
        await driver.press("circumflex_accent", "n")
        await driver.until(lambda: "2 PDFs: 0 to attach" in driver.screen_text)
        assert "scan.pdf" in driver.screen_text
        await driver.press("j", "space", "enter")
        assert isinstance(driver.app.screen, MainScreen)


async def test_changed_ticks_are_not_discarded_without_a_warning(open_app: OpenApp, with_folder: Paths) -> None:
    async with open_app((80, 24), at=with_folder) as driver:
        await driver.press("circumflex_accent", "n")
        await driver.until(lambda: "1 to attach" in driver.screen_text)
        await driver.press("space", "escape")
        assert "unsaved changes" in driver.screen_text
        await driver.press("j", "space", "escape")
        assert "Find PDFs" in driver.screen_text, "changed again after the warning"
        await driver.press("escape")
        assert driver.app.screen is driver.main_screen
        assert not any(entry.mark.files for entry in driver.entries)


async def test_first_pages_are_read_and_what_cannot_be_read_is_named(open_app: OpenApp, with_folder: Paths) -> None:
    pytest.importorskip("pypdf")
    async with open_app((120, 40), at=with_folder) as driver:
        await driver.press("circumflex_accent", "p")
        await driver.until(lambda: "2 to attach" in driver.screen_text)
        assert "[x] Growing Networks" in driver.screen_text
        assert "broken.pdf: damaged" in driver.screen_text
        await driver.press("j", "j", "j")
        assert "damaged" in driver.screen_text.rpartition("not matched")[2], "the reason, below the rows"
        await driver.press("escape")
        assert not any(entry.mark.files for entry in driver.entries)


async def test_escape_stops_and_keeps_what_was_found(
    open_app: OpenApp, with_folder: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, stopped = Event(), Event()

    class Slow(PaperMatcher):
        def by_name(self, stem: str) -> list[Evidence]:
            if started.is_set():
                assert stopped.wait(30)
            started.set()
            return super().by_name(stem)

    monkeypatch.setattr(pdf_search, "PaperMatcher", Slow)
    async with open_app((80, 24), at=with_folder) as driver:
        await driver.press("circumflex_accent")
        await driver.app.on_event(Key("n", None))  # not by the pilot, which waits for the work
        await driver.until(lambda: isinstance(driver.app.screen, PdfDialog) and driver.app.screen.is_active)
        dialog = driver.app.screen
        assert isinstance(dialog, PdfDialog)
        await driver.until(started.is_set)
        await driver.app.on_event(Key("escape", None))
        await driver.until(dialog.is_stopped)
        stopped.set()
        await driver.until(lambda: dialog.query_one(PdfRows).count > 0)
        await driver.rest()
        assert "stopped early" in driver.screen_text
        await driver.press("escape")
        assert isinstance(driver.app.screen, MainScreen)


async def test_without_folders_the_settings_are_named(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("circumflex_accent")
        assert "No PDF folders are set" in driver.news
