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

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

UNSURE = (
    "Summary\nThe paper proposes a method for rendering harbours. The authors show that results improve.\n"
    "Weaknesses\nI would like to see an evaluation on the standard dataset, which is missing here.\n"
)
BIB = "@misc{moor, title = {Harbours at Night}, author = {Moor, Eva}}\n"


async def test_a_doubtful_listing_waits_until_it_was_previewed(
    open_desk: OpenDesk, home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "POLL_SOURCES_EVERY", 0.1)
    async with open_desk((120, 40)) as desk:
        await desk.press("L")
        assert "no imports to review" in desk.news
        (home.seeds / "review.txt").write_text(UNSURE, encoding="utf-8")
        await desk.until(lambda: "review.txt might not be a list of papers (L: review)" in desk.news)
        await desk.rest()
        assert "1 import to review L" in desk.screen_text
        assert len(desk.titles) == 6
        await desk.press("L")
        await desk.until(lambda: isinstance(desk.app.screen, ImportDialog))
        await desk.rest()
        for words in ("review.txt might not be a list of papers", "+ Summary", "+ Weaknesses", "no authors"):
            assert words in desk.screen_text
        await desk.press("escape")
        assert len(desk.titles) == 6
        assert "1 import to review" in desk.screen_text
        await desk.press("L")
        await desk.until(lambda: isinstance(desk.app.screen, ImportDialog))
        await desk.press("y")
        await desk.until(lambda: len(desk.titles) == 8)
        await desk.rest()
        assert "to review" not in desk.screen_text
        await desk.press("u")
        await desk.until(lambda: len(desk.titles) == 6)
        await desk.rest()
        assert "1 import to review" in desk.screen_text


async def test_one_of_several_listings_is_chosen(open_desk: OpenDesk, home: Paths) -> None:
    (home.seeds / "one.txt").write_text(UNSURE, encoding="utf-8")
    (home.seeds / "two.txt").write_text(UNSURE.replace("harbours", "glaciers"), encoding="utf-8")
    async with open_desk((120, 40)) as desk:
        assert "2 imports to review L" in desk.screen_text
        await desk.press("L", *"two", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, ImportDialog))
        await desk.rest()
        assert "Import two.txt?" in desk.screen_text


async def test_pasted_papers_are_previewed_then_imported(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        desk.desk.post_message(Paste(BIB))
        await desk.until(lambda: isinstance(desk.app.screen, ImportDialog))
        await desk.rest()
        assert "+ Harbours at Night" in desk.screen_text
        assert len(desk.titles) == 6
        await desk.press("y")
        await desk.until(lambda: "Harbours at Night" in desk.titles)
        desk.desk.post_message(Paste(BIB))
        await desk.until(lambda: "already imported" in desk.news)
        await desk.press("u")
        assert "Harbours at Night" not in desk.titles


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title,author,year\nHarbours,Moor,2020\nReeds,Reed,2021\n", "this looks like a table (CSV or TSV)"),
        ("jjj", "not imported: neither a bibliography nor a listing"),
        ("def study(model):\n    import os\n    return os.path.join(model)\n", "source code"),
    ],
)
async def test_a_paste_without_papers_is_reported_and_does_nothing(
    open_desk: OpenDesk, text: str, words: str
) -> None:
    async with open_desk((160, 40)) as desk:
        at = desk.desk.workspace.papers.cursor
        desk.desk.post_message(Paste(text))
        await desk.until(lambda: words in desk.news)
        await desk.rest()
        assert desk.app.screen is desk.desk
        assert (
            len(desk.titles),
            desk.desk.workspace.papers.cursor,
            desk.desk.workspace.session.edits.history(1),
        ) == (
            6,
            at,
            (),
        )


async def test_the_preview_names_fifty_papers_and_counts_the_rest(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    entries = [f"@misc{{k{number}, title = {{Harbour Number {number} at Night}}}}\n" for number in range(57)]
    (tmp_path / "many.bib").write_text("".join(entries), encoding="utf-8")
    async with open_desk() as desk:
        await desk.press("X", *"many", "tab", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, ImportDialog))
        await desk.rest()
        assert "most papers have no authors and no abstract" in desk.screen_text
        assert "+ Harbour Number 0 at Night" in desk.screen_text
        for _ in range(8):
            await desk.press("pagedown")
        assert "+ Harbour Number 49 at Night" in desk.screen_text
        assert "and 7 more" in desk.screen_text
