"""Stories of files taken in from the screen."""

from __future__ import annotations

import re
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key
from textual.widgets import Static

from tests.support.fast_pilot import until_idle
from tui.app import polling, ui
from tui.app.screens.busy import BusyDialog
from tui.app.screens.import_dialog import ImportDialog
from tui.app.screens.keyword_picker import KeywordPicker
from tui.app.screens.prompt import Prompt
from tui.model.edit import Edit
from tui.session.imports import Imports
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver
    from tui.paths import Paths
    from tui.session.import_plan import ImportPlan, ImportResult

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

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


async def looked_at(driver: Driver) -> None:
    await driver.press("X", *"ref", "tab", "enter")
    await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
    await driver.rest()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_file_is_previewed_then_imported_then_undone(
    open_app: OpenApp, bib: Path, size: tuple[int, int]
) -> None:
    assert bib.exists()
    async with open_app(size) as driver:
        await looked_at(driver)
        words = " ".join(re.sub(r"[\u2500-\u259f]", " ", driver.screen_text).split())
        expected = (
            "Import refs.bib?",
            "2 records read, 1 refused: 1 new, 1 updated, 1 repaired",
            "t chooses which keywords become tags: subwords, morphology, mills",
            'line 2: record "mills" repaired',
            'line 3: record "none" skipped',
            "y imports",
        )
        places = [words.find(each) for each in expected]
        assert -1 not in places, expected[places.index(-1)]
        assert places == sorted(places), "not in this order"
        assert len(driver.titles) == 6
        await driver.press("t")
        assert "Which keywords become tags?" in driver.screen_text
        assert driver.screen_text.count("[ ]") == 3, "none is ticked"
        await driver.press("space", "down", "space", "enter")
        await driver.until(lambda: len(driver.titles) == 7)
        assert driver.news.startswith("1 paper imported, 1 updated")
        assert driver.entry("Tokens").mark.tags == ("subwords", "morphology")
        assert driver.entry("On Mills").paper.title == "On Mills and [red]Weirs[/red]"
        await driver.press("u")
        await driver.until(lambda: len(driver.titles) == 6)
        assert driver.entry("Tokens").mark.tags == ()


@pytest.mark.parametrize(
    ("keys", "tags"),
    [
        ("t enter", ()),
        ("t ctrl+a enter", ("subwords", "morphology")),
        ("t ctrl+a ctrl+a enter", ()),
        ("t m o r p h enter enter", ("morphology",)),
        ("t s u b w space escape escape enter", ()),
        ("t space escape escape t space enter", ("subwords",)),
        ("t x x enter enter", None),
    ],
)
async def test_keywords_are_chosen(open_app: OpenApp, bib: Path, keys: str, tags: tuple[str, ...] | None) -> None:
    assert bib.exists()
    async with open_app() as driver:
        await looked_at(driver)
        await driver.press(*keys.split())
        if tags is None:
            assert type(driver.app.screen) is KeywordPicker, "a typed text makes no new tag"
            return
        await driver.until(lambda: len(driver.titles) == 7)
        assert driver.entry("Tokens").mark.tags == tags


async def test_an_import_without_tags_or_cancelled(open_app: OpenApp, bib: Path) -> None:
    async with open_app() as driver:
        await looked_at(driver)
        await driver.press("escape")
        assert (len(driver.titles), driver.main_screen.workspace.session.edits.history(1)) == (6, ())
        await looked_at(driver)
        await driver.press("y")
        await driver.until(lambda: len(driver.titles) == 7)
        assert driver.entry("Tokens").mark.tags == ()
        await looked_at(driver)
        assert f"{bib.name} was already imported" in driver.screen_text


async def test_a_key_shows_the_papers_just_imported(open_app: OpenApp, bib: Path) -> None:
    assert bib.exists()
    async with open_app() as driver:
        await driver.press("slash", *"maire", "enter")
        await looked_at(driver)
        await driver.press("y")
        await driver.until(lambda: "imported" in driver.news)
        assert driver.news.startswith("1 paper imported, 1 updated (B shows the new one)")
        await driver.press("B")
        assert driver.titles == ["On Mills and [red]Weirs[/red]"]
        await driver.press("ctrl+o")
        assert driver.main_screen.workspace.query.text == "maire"


async def test_no_key_is_named_if_papers_are_only_updated(open_app: OpenApp, bib: Path) -> None:
    bib.write_text(BIB.splitlines()[0], encoding="utf-8")
    async with open_app() as driver:
        await looked_at(driver)
        await driver.press("y")
        await driver.until(lambda: "updated" in driver.news)
        assert driver.news.startswith("0 papers imported, 1 updated")
        assert "shows" not in driver.news


async def test_the_preview_lists_the_first_titles_and_how_many_more(open_app: OpenApp, bib: Path) -> None:
    numbers = [
        f"{tens} {ones}"
        for tens in "abcdef"
        for ones in ("elm", "oak", "fir", "yew", "ash", "bay", "fig", "ivy", "box")
    ]
    bib.write_text(
        "".join(f"@article{{k{i}, title={{Trees {each}}}, author={{Lee, Ann}}}}\n" for i, each in enumerate(numbers)),
        encoding="utf-8",
    )
    async with open_app() as driver:
        await looked_at(driver)
        assert "+ Trees a elm" in driver.screen_text
        await driver.press(*["j"] * 60)
        await driver.rest()
        assert "and 4 more" in driver.screen_text


async def test_a_missing_file_is_reported_in_the_prompt(open_app: OpenApp, bib: Path) -> None:
    async with open_app() as driver:
        await driver.press("X", *"nowhere", "enter")
        assert isinstance(driver.app.screen, Prompt)
        assert "file not found: nowhere" in driver.screen_text
        await driver.press("escape")
        bib.with_name("empty.txt").write_text("", encoding="utf-8")
        await driver.press("X", *"empty", "tab", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
        await driver.rest()
        assert "0 records" in driver.screen_text
        assert "the source has no papers" in driver.screen_text
        await driver.press("t", "y")
        assert [type(screen) for screen in driver.app.screen_stack[1:]] == [ImportDialog]
        await driver.press("enter")
        assert driver.app.screen_stack[1:] == []
        assert len(driver.titles) == 6


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every import is a long one."""
    monkeypatch.setattr(ui, "_SHORT_UPDATE", 0)


@pytest.mark.usefixtures("long")
async def test_keys_wait_while_a_long_import_is_written(
    open_app: OpenApp, bib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()
    write = Imports.write

    def slowly(imports: Imports, plan: ImportPlan, **how: Any) -> ImportResult:  # noqa: ANN401 - as it is called
        begun.set()
        assert go_on.wait(30)
        return write(imports, plan, **how)

    monkeypatch.setattr(Imports, "write", slowly)
    async with open_app() as driver:
        await looked_at(driver)
        for key in ("y", "G", "b", "u", "u"):
            await driver.app.on_event(Key(key, key))
        await driver.until(begun.is_set)
        await driver.until(lambda: isinstance(driver.app.screen, BusyDialog))
        await driver.until(lambda: f"Importing {bib.name}" in driver.screen_text)
        assert (len(driver.titles), driver.main_screen.workspace.session.edits.history(9)) == (6, ())
        driver.main_screen.workspace.session.poll()
        go_on.set()
        await until_idle(driver.app)
        assert [change.label.partition(":")[0] for change in driver.main_screen.workspace.session.edits.history(9)] == [
            f"import {bib.name}", "star", "star", f"import {bib.name}",
        ]  # fmt: skip
        assert len(driver.titles) == 6


@pytest.mark.usefixtures("long")
async def test_a_long_import_of_a_file_that_changed_imports_nothing(open_app: OpenApp, bib: Path) -> None:
    async with open_app() as driver:
        await looked_at(driver)
        bib.write_text(BIB + "\n", encoding="utf-8")
        await driver.press("y")
        await driver.until(lambda: "changed while it was being read" in driver.news)
        await driver.press("j")
        assert (
            len(driver.titles),
            driver.main_screen.workspace.session.edits.history(1),
            driver.app.screen_stack[1:],
        ) == (
            6,
            (),
            [],
        )


@pytest.mark.usefixtures("long")
async def test_a_long_import_is_undone_and_redone_in_the_background(open_app: OpenApp, bib: Path) -> None:
    async with open_app() as driver:
        await looked_at(driver)
        await driver.press("y", "G", "b", "u", "u")
        assert (len(driver.titles), driver.news) == (6, f"undid: import {bib.name}")
        await driver.press("ctrl+r", "ctrl+r", "ctrl+r")
        assert (len(driver.titles), driver.news) == (7, "nothing to redo")
        assert driver.entries[-1].mark.starred
        assert driver.app.screen_stack[1:] == []


@pytest.mark.usefixtures("long", "bib")
async def test_the_history_goes_past_a_long_import_and_back(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("b")
        await looked_at(driver)
        await driver.press("y", "G", "b", "U", *"original", "enter")
        assert (len(driver.titles), driver.news) == (6, "undid 3 changes")
        assert not any(entry.mark.starred for entry in driver.entries)
        await driver.press("U", "up", "up", "enter")
        assert (len(driver.titles), driver.news) == (7, "redid 2 changes")
        assert [entry.mark.starred for entry in driver.entries] == [True, *[False] * 6]
        assert driver.app.screen_stack[1:] == []


@pytest.mark.usefixtures("long")
async def test_changed_sources_are_read_in_the_background(
    open_app: OpenApp, home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "POLL_SOURCES_EVERY", 0.1)
    async with open_app() as driver:
        page = home.seeds / "more.txt"
        page.write_text("Abstract: A seventh paper about nothing but tests.\n", encoding="utf-8")
        await driver.until(lambda: len(driver.titles) == 7)
        await driver.until(lambda: "1 new paper" in driver.news)
        (home.seeds / "corrections.toml").write_text("[[paper", encoding="utf-8")
        await driver.until(lambda: "corrections.toml" in driver.news)
        await driver.press("j", "b")
        page.unlink()
        await driver.until(lambda: "corrections.toml" in driver.news)
        (home.seeds / "corrections.toml").unlink()
        await driver.until(lambda: len(driver.titles) == 6)
        assert driver.entries[1].mark.starred


async def test_an_open_screen_follows_a_linked_file(
    open_app: OpenApp, home: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "POLL_SOURCES_EVERY", 0.1)
    library = tmp_path / "library.bib"
    library.write_text("@article{a, title = {Dunes}, author = {Moor, Bea}, year = 2001}", encoding="utf-8")
    session = Session.open(home)
    session.imports.carry_out(session.imports.plan([library]), link=True)
    session.close()
    async with open_app() as driver:
        assert driver.titles[0] == "Dunes"
        await driver.press("r")
        library.write_text("@article{a, title = {High dunes}, author = {Moor, Bea}, year = 2001}", encoding="utf-8")
        await driver.until(lambda: "library.bib changed: 1 paper updated" in driver.news)
        assert driver.titles[0] == "High dunes"
        assert driver.entries[0].mark.status == "read"


async def test_a_preview_says_which_papers_were_removed_and_leaves_them_so(open_app: OpenApp, bib: Path) -> None:
    async with open_app() as driver:
        bib.write_text("@misc{m, title = {Mills and Weirs of the North}, author = {Berg, Anna}}\n", encoding="utf-8")
        await looked_at(driver)
        await driver.press("enter")
        await driver.until(lambda: len(driver.titles) == 7)
        driver.main_screen.workspace.session.edits.mark([driver.entry("Mills").id], Edit(removed=True))
        bib.write_text("@misc{m, title = {Mills and Weirs of the North}, year = 1999}\n", encoding="utf-8")
        await looked_at(driver)
        shown = " ".join(re.sub(r"[\u2500-\u259f]", " ", driver.screen_text).split())
        assert "1 paper was removed from the list earlier and will not be restored" in shown
        await driver.press("enter")
        await driver.until(lambda: "1 removed earlier and not restored" in driver.news)
        assert len(driver.titles) == 6


async def test_an_import_read_under_another_dialog_is_reported(
    open_app: OpenApp, bib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, plan = Event(), Imports.plan

    def slowly(imports: Imports, *what: Any) -> ImportPlan:  # noqa: ANN401 - as it is called
        assert go_on.wait(30)
        return plan(imports, *what)

    monkeypatch.setattr(Imports, "plan", slowly)
    async with open_app() as driver:
        await driver.press("X", *"ref", "tab")
        for key in ("enter", "t"):
            await driver.app.on_event(Key(key, key if key == "t" else None))
        await driver.until(lambda: "Tags of 1 paper" in driver.screen_text)
        go_on.set()
        await driver.rest()
        assert driver.news == f"{bib.name} was not imported: another dialog was open"
        assert "Tags of 1 paper" in driver.screen_text


async def test_the_first_problems_come_before_the_titles_and_the_others_after(open_app: OpenApp, bib: Path) -> None:
    nameless = "".join(f"@article{{none{number}, author = {{Li, Bo}}}}\n" for number in range(5))
    bib.write_text(BIB.partition("@article{none")[0] + nameless, encoding="utf-8")
    async with open_app((120, 40)) as driver:
        await looked_at(driver)
        dialog = driver.app.screen
        assert isinstance(dialog, ImportDialog)
        text = str(dialog.query_one("#import-body Static", Static).render())
        places = [text.find(part) for part in ('"mills"', '"none1"', "= Tokens", "+ On Mills", '"none2"', '"none4"')]
        assert -1 not in places, text
        assert places == sorted(places), text
