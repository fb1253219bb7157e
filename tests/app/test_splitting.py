"""Splitting wrongly merged papers, and the preview of an import that changes a marked paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.app.screens.import_dialog import ImportDialog
from tui.app.screens.picker import Picker
from tui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

BIB = """\
@misc{moor1, title={Forty cores of the western moors}, author={Moor, Ann}, eprint={1203.00001}, year=2012}
@misc{moor2, title={Forty cores of the western moors}, author={Moor, A.}, year=2012, annote={of the second}}
@misc{bells, title={Bells of nine parishes}, author={Fen, Rob}, year=2001}
"""
LATER = "@article{q, title={Forty cores of the western moors}, author={Moor, Ann}, eprint={1203.00001}, year=2013}\n"


@pytest.fixture
def merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    seeds = tmp_path / "merged"
    seeds.mkdir()
    (seeds / "page.txt").write_text(BIB, encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    (work / "refs.bib").write_text(LATER, encoding="utf-8")
    monkeypatch.chdir(work)
    return Paths(data=tmp_path / "data", seeds=seeds)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_record_is_split_off_and_restored(open_app: OpenApp, merged: Paths, size: tuple[int, int]) -> None:
    async with open_app(size, at=merged) as driver:
        assert len(driver.titles) == 2
        await driver.press("percent_sign")
        await driver.until(lambda: isinstance(driver.app.screen, Picker))
        await driver.rest()
        assert "Which record belongs to another paper?" in driver.screen_text
        assert "2  2012  key moor2  Forty" in driver.screen_text
        await driver.press("enter")
        await driver.until(lambda: len(driver.titles) == 3)
        assert driver.news.startswith("split a paper: Forty cores")
        assert driver.entry("Forty cores").mark.records
        await driver.press("u")
        await driver.until(lambda: len(driver.titles) == 2)


async def test_a_paper_with_a_single_record_cannot_be_split(open_app: OpenApp, merged: Paths) -> None:
    async with open_app((80, 24), at=merged) as driver:
        await driver.press("j", "percent_sign")
        assert driver.news == "nothing to split: this paper has only one record"


@pytest.mark.parametrize(("key", "year"), [("y", "2013"), ("k", "2012")])
async def test_changes_to_a_marked_paper_are_shown_before_the_import(
    open_app: OpenApp, merged: Paths, key: str, year: str
) -> None:
    async with open_app((120, 40), at=merged) as driver:
        await driver.press("b", "X", *"ref", "tab", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
        await driver.rest()
        assert "Forty cores of the western moors: date 2012 becomes 2013" in driver.screen_text
        assert "k keeps marked papers unchanged" in driver.screen_text
        assert "1 paper merged from several records:" in driver.screen_text
        await driver.press(key)
        await driver.until(lambda: not isinstance(driver.app.screen, ImportDialog))
        await driver.rest()
        assert str(driver.entry("Forty cores").paper.date) == year
        assert "merged: Forty cores" in driver.news
