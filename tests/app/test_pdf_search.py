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

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


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


async def test_what_is_ticked_is_attached_as_one_step_and_undone(open_desk: OpenDesk, with_folder: Paths) -> None:
    async with open_desk((80, 24), at=with_folder) as desk:
        await desk.press("circumflex_accent")
        assert "Find PDFs of 6 papers by" in desk.screen_text
        await desk.press("n")
        await desk.until(lambda: "4 PDFs: 1 to attach, 1 doubtful, 2 not matched" in desk.screen_text)
        for shown in ("[x] Queues That", "[ ] Queues That", "doubtful", "title in the file name", "Larsen - Queues"):
            assert shown in desk.screen_text
        await desk.press("j", "space", "k", "space", "enter")
        assert "attach 1 PDF" in desk.news
        assert [entry.mark.files for entry in desk.entries if entry.mark.files] == [
            (f"{with_folder.data.parent}/papers/Queues That Forget Old Packets (1).pdf",)
        ]
        await desk.press("u")
        assert not any(entry.mark.files for entry in desk.entries)


async def test_files_without_a_match_are_named_and_have_no_tick(open_desk: OpenDesk, with_folder: Paths) -> None:
    folder = with_folder.data.parent / "papers"
    async with open_desk((80, 24), at=with_folder) as desk:
        await desk.press("circumflex_accent", "n")
        await desk.until(lambda: "2 not matched" in desk.screen_text)
        names = [line for line in desk.screen_text.splitlines() if re.search(r"\.pdf +not matched", line)]
        assert ["broken.pdf" in names[0], "scan.pdf" in names[1], len(names)] == [True, True, 2]
        await desk.press("j", "j", "space")
        assert "no paper of the search matches" in desk.screen_text
        await desk.press("escape")
        assert isinstance(desk.app.screen, MainScreen), "nothing was changed"
        for name in ("Larsen - Queues that forget old packets.pdf", "Queues That Forget Old Packets (1).pdf"):
            (folder / name).unlink()
        await desk.press("circumflex_accent", "n")
        await desk.until(lambda: "2 PDFs: 0 to attach" in desk.screen_text)
        assert "scan.pdf" in desk.screen_text
        await desk.press("j", "space", "enter")
        assert isinstance(desk.app.screen, MainScreen)


async def test_changed_ticks_are_not_discarded_without_a_warning(open_desk: OpenDesk, with_folder: Paths) -> None:
    async with open_desk((80, 24), at=with_folder) as desk:
        await desk.press("circumflex_accent", "n")
        await desk.until(lambda: "1 to attach" in desk.screen_text)
        await desk.press("space", "escape")
        assert "unsaved changes" in desk.screen_text
        await desk.press("j", "space", "escape")
        assert "Find PDFs" in desk.screen_text, "changed again after the warning"
        await desk.press("escape")
        assert desk.app.screen is desk.desk
        assert not any(entry.mark.files for entry in desk.entries)


async def test_first_pages_are_read_and_what_cannot_be_read_is_named(open_desk: OpenDesk, with_folder: Paths) -> None:
    pytest.importorskip("pypdf")
    async with open_desk((120, 40), at=with_folder) as desk:
        await desk.press("circumflex_accent", "p")
        await desk.until(lambda: "2 to attach" in desk.screen_text)
        assert "[x] Growing Networks" in desk.screen_text
        assert "broken.pdf: damaged" in desk.screen_text
        await desk.press("j", "j", "j")
        assert "damaged" in desk.screen_text.rpartition("not matched")[2], "the reason, below the rows"
        await desk.press("escape")
        assert not any(entry.mark.files for entry in desk.entries)


async def test_escape_stops_and_keeps_what_was_found(
    open_desk: OpenDesk, with_folder: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, stopped = Event(), Event()

    class Slow(PaperMatcher):
        def by_name(self, stem: str) -> list[Evidence]:
            if started.is_set():
                assert stopped.wait(30)
            started.set()
            return super().by_name(stem)

    monkeypatch.setattr(pdf_search, "PaperMatcher", Slow)
    async with open_desk((80, 24), at=with_folder) as desk:
        await desk.press("circumflex_accent")
        await desk.app.on_event(Key("n", None))  # not by the pilot, which waits for the work
        await desk.until(lambda: isinstance(desk.app.screen, PdfDialog) and desk.app.screen.is_active)
        dialog = desk.app.screen
        assert isinstance(dialog, PdfDialog)
        await desk.until(started.is_set)
        await desk.app.on_event(Key("escape", None))
        await desk.until(dialog.is_stopped)
        stopped.set()
        await desk.until(lambda: dialog.query_one(PdfRows).count > 0)
        await desk.rest()
        assert "stopped early" in desk.screen_text
        await desk.press("escape")
        assert isinstance(desk.app.screen, MainScreen)


async def test_without_folders_the_settings_are_named(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("circumflex_accent")
        assert "No folders with PDFs are set" in desk.news
