"""Stories of exports: what a format does not carry, and exports so long that they are written beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import home_with
from tui.app import export_job, screen_ui
from tui.app.screens.export_warnings import ExportWarningsDialog
from tui.app.screens.prompt import Prompt
from tui.model.edit import Edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Every export is a long one; they go to the folder."""
    monkeypatch.setattr(export_job, "_SHORT", 0)
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_what_is_not_carried_is_told_paper_by_paper(open_app: OpenApp, long: Path) -> None:
    async with open_app() as driver:
        await driver.press("b", "x", "enter")
        await driver.until(lambda: "1 paper has a status, star" in " ".join(driver.screen_text.split()))
        starred = driver.main_screen.workspace.papers.current
        assert "^l lists the papers" in driver.screen_text
        await driver.press("ctrl+l")
        assert isinstance(driver.app.screen, ExportWarningsDialog)
        assert (
            driver.main_screen.workspace.session.entry(starred or "").paper.display_title[:30] in driver.screen_text
        )
        assert driver.main_screen.workspace.session.exports.citation_keys()[starred or ""] in driver.screen_text
        await driver.press("j", "end", "escape")
        assert isinstance(driver.app.screen, Prompt)
        await driver.press("enter")
        await driver.until(lambda: "exported" in driver.news)
        assert (long / "readlist.bib").is_file()


async def test_the_names_of_papers_steer_no_screen(
    open_app: OpenApp, long: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = "On [red]Mills[/red] \x1b[31mand [@click=app.quit]Weirs[/]\nWe survey mills and weirs, and show that our model of rivers predicts where both stood.\n"
    assert long.is_dir()
    async with open_app(at=home_with(tmp_path_factory.mktemp("hostile"), page)) as driver:
        await driver.press("b", "x", "enter")
        await driver.until(lambda: "^l lists" in driver.screen_text)
        await driver.press("ctrl+l")
        assert "[red]Mills[/red]" in driver.screen_text
        assert "\x1b" not in driver.screen_text


async def test_a_long_export_can_be_named_before_it_is_written(open_app: OpenApp, long: Path) -> None:
    async with open_app() as driver:
        await driver.press("x", *"bibtex", "enter", "ctrl+u", *"out", "enter")
        await driver.until(lambda: "exported" in driver.news)
        expected = driver.main_screen.workspace.session.exports.export(
            driver.main_screen.workspace.papers.ids, "bibtex"
        ).text
        assert (long / "out").read_text(encoding="utf-8") == expected


async def test_a_long_export_that_is_left_writes_nothing(open_app: OpenApp, long: Path) -> None:
    before = set(long.iterdir())
    async with open_app() as driver:
        await driver.press("x", "enter", "escape")
        await driver.until(lambda: all(worker.is_finished for worker in driver.app.workers))
        await driver.rest()
        assert len(driver.app.screen_stack) == 1
        assert driver.news in ("export cancelled", "")  # Esc may come when it is written already
    assert {path for path in long.iterdir() if path.suffix == ".bib"} <= before


async def test_two_long_exports_are_both_written(open_app: OpenApp, long: Path) -> None:
    async with open_app() as driver:
        await driver.press("x", *"bibtex", "enter", "enter", "x", *"csv", "enter", "enter")
        await driver.until(lambda: (long / "readlist.bib").is_file() and (long / "readlist.csv").is_file())


async def test_an_existing_file_is_asked_about_while_a_long_export_is_written(open_app: OpenApp, long: Path) -> None:
    (long / "readlist.csv").write_text("mine", encoding="utf-8")
    async with open_app() as driver:
        await driver.press("x", *"csv", "enter", "enter", "n")
        await driver.until(lambda: all(worker.is_finished for worker in driver.app.workers))
        assert (long / "readlist.csv").read_text(encoding="utf-8") == "mine"
        await driver.press("x", *"csv", "enter", "enter", "y")
        await driver.until(lambda: "exported" in driver.news)
    assert (long / "readlist.csv").read_text(encoding="utf-8").startswith("id,")


async def test_few_papers_with_long_texts_are_written_beside_the_screen(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    works: list[str] = []
    monkeypatch.setattr(screen_ui, "run_in_background", lambda *told, **_: works.append(told[2]))
    async with open_app() as driver:
        await driver.press("x", "enter", "enter")
        assert works == []
        await driver.press("escape")
        driver.main_screen.workspace.session.edits.mark(
            [driver.main_screen.workspace.papers.ids[0]], Edit(note="why " * 1_000)
        )
        monkeypatch.setattr(export_job, "_SHORT_TEXT", 4_000)
        await driver.press("x", "enter")
        assert len(works) == 1
