"""Stories of listings that wait for consent, of pastes on the list, and of the look before an import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Paste

from tui.app import polling
from tui.app.screens.import_dialog import ImportDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

UNSURE = (
    "Summary\nThe paper proposes a method for rendering harbours. The authors show that results improve.\n"
    "Weaknesses\nI would like to see an evaluation on the standard dataset, which is missing here.\n"
)
BIB = "@misc{moor, title = {Harbours at Night}, author = {Moor, Eva}}\n"


async def test_a_doubtful_listing_waits_until_it_was_previewed(
    open_app: OpenApp, home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "POLL_SOURCES_EVERY", 0.1)
    async with open_app((120, 40)) as driver:
        await driver.press("L")
        assert "no imports to review" in driver.news
        (home.seeds / "review.txt").write_text(UNSURE, encoding="utf-8")
        await driver.until(lambda: "review.txt might not be a list of papers (L: review)" in driver.news)
        await driver.rest()
        assert "1 import to review L" in driver.screen_text
        assert len(driver.titles) == 6
        await driver.press("L")
        await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
        await driver.rest()
        for words in ("review.txt might not be a list of papers", "+ Summary", "+ Weaknesses", "no authors"):
            assert words in driver.screen_text
        await driver.press("escape")
        assert len(driver.titles) == 6
        assert "1 import to review" in driver.screen_text
        await driver.press("L")
        await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
        await driver.press("y")
        await driver.until(lambda: len(driver.titles) == 8)
        await driver.rest()
        assert "to review" not in driver.screen_text
        await driver.press("u")
        await driver.until(lambda: len(driver.titles) == 6)
        await driver.rest()
        assert "1 import to review" in driver.screen_text


async def test_one_of_several_listings_is_chosen(open_app: OpenApp, home: Paths) -> None:
    (home.seeds / "one.txt").write_text(UNSURE, encoding="utf-8")
    (home.seeds / "two.txt").write_text(UNSURE.replace("harbours", "glaciers"), encoding="utf-8")
    async with open_app((120, 40)) as driver:
        assert "2 imports to review L" in driver.screen_text
        await driver.press("L", *"two", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
        await driver.rest()
        assert "Import two.txt?" in driver.screen_text


async def test_pasted_papers_are_previewed_then_imported(open_app: OpenApp) -> None:
    async with open_app() as driver:
        driver.main_screen.post_message(Paste(BIB))
        await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
        await driver.rest()
        assert "+ Harbours at Night" in driver.screen_text
        assert len(driver.titles) == 6
        await driver.press("y")
        await driver.until(lambda: "Harbours at Night" in driver.titles)
        driver.main_screen.post_message(Paste(BIB))
        await driver.until(lambda: "already imported" in driver.news)
        await driver.press("u")
        assert "Harbours at Night" not in driver.titles


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title,author,year\nHarbours,Moor,2020\nReeds,Reed,2021\n", "this looks like a table (CSV or TSV)"),
        ("jjj", "not imported: neither a bibliography nor a listing"),
        ("def study(model):\n    import os\n    return os.path.join(model)\n", "source code"),
    ],
)
async def test_a_paste_without_papers_is_reported_and_does_nothing(open_app: OpenApp, text: str, words: str) -> None:
    async with open_app((160, 40)) as driver:
        at = driver.main_screen.workspace.papers.cursor
        driver.main_screen.post_message(Paste(text))
        await driver.until(lambda: words in driver.news)
        await driver.rest()
        assert driver.app.screen is driver.main_screen
        assert (
            len(driver.titles),
            driver.main_screen.workspace.papers.cursor,
            driver.main_screen.workspace.session.edits.history(1),
        ) == (
            6,
            at,
            (),
        )


async def test_the_preview_names_fifty_papers_and_counts_the_rest(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    entries = [f"@misc{{k{number}, title = {{Harbour Number {number} at Night}}}}\n" for number in range(57)]
    (tmp_path / "many.bib").write_text("".join(entries), encoding="utf-8")
    async with open_app() as driver:
        await driver.press("X", *"many", "tab", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
        await driver.rest()
        assert "most papers have no authors and no abstract" in driver.screen_text
        assert "+ Harbour Number 0 at Night" in driver.screen_text
        for _ in range(8):
            await driver.press("pagedown")
        assert "+ Harbour Number 49 at Night" in driver.screen_text
        assert "and 7 more" in driver.screen_text
