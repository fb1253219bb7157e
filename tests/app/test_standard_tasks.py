"""The ten standard tasks, from the list with the cursor on the first paper, in no more keys than they may take.

A task is given as keys, one each; letters that are typed count as keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import opened_with
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

WORDS = ("Radiance", "Queues", "Grammar", "Lenses", "Forests", "Harbours", "Engines", "Glaciers")
NOTE = "seen it"


@pytest.fixture(scope="module")
def opened_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty papers; the first one and the twelfth carry the tag ``nerf``, and two more tags are in use."""
    page = "".join(
        f"CVOct {1 + number % 28}, {2020 + number % 5}\n"
        f"{WORDS[number % 8]} of the {number}th Measurement CampaignAda Larsen, Bo Li\n"
        f"We measure {WORDS[number % 8].lower()} in campaign {number} and compare them with those of year {number}.\n"
        for number in range(40)
    )
    return opened_with(tmp_path_factory.mktemp("opened"), page)


async def do(driver: Driver, keys: str, most: int) -> None:
    """Press the keys, one at a time; names of keys stand in angles."""
    pressed: list[str] = []
    names = {" ": "space", ":": "colon", "/": "slash", "-": "minus"}
    for piece in keys.replace("<", "\n<").replace(">", "\n").split("\n"):
        pressed += [piece[1:]] if piece.startswith("<") else [names.get(letter, letter) for letter in piece]
    for key in pressed:
        await driver.press(key)
    assert len(pressed) <= most, pressed


async def tagged(driver: Driver) -> None:
    """Give the first and the twelfth paper the tag ``nerf``, and go back to the first."""
    papers = driver.main_screen.papers
    await driver.press("plus", *"other", "enter")
    for row in (0, 11):
        papers.cursor = row
        await driver.press("plus", *"nerf", "enter")
    await driver.press("g")


async def test_marks_ten_in_a_row_read_and_takes_one_back(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await do(driver, "r" * 10, 10)
        assert [entry.mark.status for entry in driver.entries[:11]] == [Status.READ] * 10 + [Status.UNREAD]
        await do(driver, "u", 1)
        assert driver.entries[9].mark.status is Status.UNREAD
        await driver.press("g")
        await do(driver, "n", 1)
        assert driver.main_screen.workspace.papers.cursor == 9


async def test_tags_ten_in_a_row(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await tagged(driver)
        await do(driver, "<space>" * 10 + "tne<enter>", 14)
        assert all("nerf" in entry.mark.tags for entry in driver.entries[:10])
        assert "nerf" not in driver.entries[10].mark.tags


async def test_shows_the_unread_papers_of_a_tag_and_a_year(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await tagged(driver)
        await do(driver, "/is:u<tab> tag:n<tab> y<tab>2020", 20)
        assert driver.query == "is:unread tag:nerf year:2020"
        assert len(driver.titles) == 1


async def test_shows_them_by_the_filter_pane(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await tagged(driver)
        await do(driver, "Fn<enter>F21<enter>Fu<enter>", 10)
        assert driver.query == "tag:nerf year:2021 is:unread"
        assert len(driver.titles) == 1


async def test_writes_a_note_in_one_line(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await do(driver, f"e{NOTE}<escape>", 2 + len(NOTE))
        assert driver.current.mark.note == NOTE


async def test_exports_the_papers_of_a_tag(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app() as driver:
        await tagged(driver)
        await do(driver, "Mn<enter>fx<enter><enter>", 7)
        assert (tmp_path / "readlist.bib").read_text(encoding="utf-8").count("@") == 2


async def test_triages_thirty(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await do(driver, "T" + "ynn" * 10, 31)
        statuses = [entry.mark.status for entry in driver.entries[:31]]
        assert statuses.count(Status.QUEUED) == 10
        assert statuses.count(Status.SKIPPED) == 20
        assert statuses[30] is Status.UNREAD


async def test_renames_a_tag_everywhere(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await tagged(driver)
        await do(driver, "M<enter>r<ctrl+u>fields<enter>", 5 + len("fields"))
        assert [row for row, entry in enumerate(driver.entries) if "fields" in entry.mark.tags] == [0, 11]


async def test_copies_the_bibtex_of_one_paper(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await do(driver, "yb", 2)
        assert driver.app.clipboard.startswith("@")
