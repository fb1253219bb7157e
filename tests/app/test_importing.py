"""Stories of files taken in from the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tui.app.screens.importing import Importing
from tui.app.screens.prompt import Prompt

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.app.conftest import Driver

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

BIB = """\
@article{maire, title = {Tokens Are Not Words}, author = {Durand, Elodie}, keywords = {subwords, morphology}}
@article{mills, title = {On Mills and [red]Weirs[/red]}, author = {Berg, Anna}, year = 1999, keywords = {mills}
@article{none, author = {Li, Bo}}
"""


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "refs.bib"
    file.write_text(BIB, encoding="utf-8")
    return file


async def looked_at(desk: Driver) -> None:
    await desk.press("X", *"ref", "tab", "enter")
    await desk.until(lambda: isinstance(desk.app.screen, Importing))
    await desk.rest()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_file_is_looked_at_then_taken_then_taken_back(
    open_desk: OpenDesk, bib: Path, size: tuple[int, int]
) -> None:
    assert bib.exists()
    async with open_desk(size) as desk:
        await looked_at(desk)
        for said in (
            "Import refs.bib?",
            "2 records: 1 new, 1 joined with known ones, 1 repaired, 1 refused",
            "line 2: The record mills was repaired",
            "y imports",
            "t also makes tags of 3 keywords: subwords, morphology, mills",
        ):
            words = re.sub(r"[\u2500-\u259f]", " ", desk.screen_text)
            assert said in " ".join(words.split()), said
        assert len(desk.titles) == 6
        await desk.press("t")
        await desk.until(lambda: len(desk.titles) == 7)
        assert desk.news.startswith("1 new paper, 1 joined with known ones")
        assert desk.entry("Tokens").mark.tags == ("subwords", "morphology")
        assert desk.entry("On Mills").paper.title == "On Mills and [red]Weirs[/red]"
        await desk.press("u")
        await desk.until(lambda: len(desk.titles) == 6)
        assert desk.entry("Tokens").mark.tags == ()


async def test_without_tags_or_not_at_all(open_desk: OpenDesk, bib: Path) -> None:
    async with open_desk() as desk:
        await looked_at(desk)
        await desk.press("escape")
        assert (len(desk.titles), desk.desk.session.history(1)) == (6, ())
        await looked_at(desk)
        await desk.press("y")
        await desk.until(lambda: len(desk.titles) == 7)
        assert desk.entry("Tokens").mark.tags == ()
        await looked_at(desk)
        assert f"{bib.name} was imported before" in desk.screen_text


async def test_what_is_no_file_is_said_where_it_was_typed(open_desk: OpenDesk, bib: Path) -> None:
    async with open_desk() as desk:
        await desk.press("X", *"nowhere", "enter")
        assert isinstance(desk.app.screen, Prompt)
        assert "there is no file nowhere" in desk.screen_text
        await desk.press("escape")
        bib.with_name("empty.txt").write_text("", encoding="utf-8")
        await desk.press("X", *"empty", "tab", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, Importing))
        await desk.rest()
        assert "0 records" in desk.screen_text
        assert "The page holds no paper." in desk.screen_text
        await desk.press("t", "y")
        assert [type(screen) for screen in desk.app.screen_stack[1:]] == [Importing]
        await desk.press("enter")
        assert desk.app.screen_stack[1:] == []
        assert len(desk.titles) == 6
