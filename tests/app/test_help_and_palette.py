"""Hints at the start, the help and the manual."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tui.app.manual import ManualData, manual, mentioned_commands
from tui.app.screens.import_dialog import ImportDialog
from tui.app.screens.picker import OptionRows, matching
from tui.app.theming import UNICODE
from tui.app.ui import Option
from tui.app.widgets.status_bars import KeyBar
from tui.cli.subcommands import SUBCOMMANDS
from tui.commands import COMMANDS
from tui.keymap import DEFAULT_KEYS
from tui.model.mark import Status
from tui.settings.schema import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

TABLES = ManualData(
    DEFAULT_KEYS,
    UNICODE,
    [("tag", "a tag", "tag:ml")],
    [("year", "newest first")],
    [("ris", "Reference Manager")],
)


async def test_each_start_shows_one_hint_until_its_command_was_used(open_app: OpenApp) -> None:
    async with open_app() as driver:
        assert driver.news.startswith("j down · r read / unread · ")
        await driver.press("j", "b")
        assert "star" in driver.news
        await driver.press("q")
    for _ in range(3):
        async with open_app() as driver:
            assert driver.news == "T: Decide on unread papers one by one"
            await driver.press("q")
    async with open_app() as driver:
        assert driver.news.startswith("/: ")
        await driver.press("slash", *"maire", "enter", "0", "q")
    async with open_app() as driver:
        assert driver.news.startswith("t: ")
        await driver.press("q")


async def test_hints_can_be_turned_off(open_app: OpenApp, home: Paths) -> None:
    config = home.seeds.parent / "config.toml"
    config.write_text("hints = false\n", encoding="utf-8")
    async with open_app(at=home._replace(config=config)) as driver:
        assert driver.news == ""


async def test_typing_searches_the_manual_and_tab_shows_the_keys(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        await driver.press("f2")
        assert "Overview" in driver.screen_text
        await driver.type("pandoc")
        assert "No matches in the manual." in driver.screen_text
        await driver.press("ctrl+u", *"sort year")
        assert "a number to go to that row" in " ".join(re.sub(r"[\u2500-\u259f]", " ", driver.screen_text).split())
        await driver.press("ctrl+u", *"undo", "tab")
        assert "Undo the last change" in driver.screen_text
        await driver.press("escape", "j")
        assert driver.main_screen.workspace.papers.cursor == 1


def test_the_manual_mentions_known_commands_and_includes_the_tables() -> None:
    assert mentioned_commands() <= {command.id for command in COMMANDS}
    text = manual("", TABLES, 80).plain
    assert not re.search(r"\{\w+\.\w+\}", text), "every key is filled in"
    for text_part in ("tag:ml", "newest first", "Reference Manager", "✎", *(each.name for each in SETTINGS)):
        assert text_part in text
    assert max(map(len, text.splitlines()[-8:])) <= 80


def test_a_search_of_the_manual_shows_the_paragraphs_that_contain_all_words() -> None:
    text = manual("undoes session", TABLES, 80).plain
    assert text.startswith("Triage")
    assert "Overview" not in text


def test_the_manual_begins_with_the_users_own_papers() -> None:
    text = manual("", TABLES, 80).plain
    assert text.startswith("Your own papers")
    assert "readlist new NAME FILE…" in text.split("Overview")[0]


@pytest.mark.parametrize("chapter", ["Import", "Lists", "Removing papers", "Quitting"])
def test_the_manual_has_a_chapter_on_each_task(chapter: str) -> None:
    assert chapter in manual("", TABLES, 80).plain.splitlines()


def test_the_manual_names_only_commands_of_the_shell_that_exist() -> None:
    text = " ".join(manual("", TABLES, 80).plain.split())
    named = set(re.findall(r"\breadlist ([a-z]+)", text)) - {"reopens", "says"}
    assert {"new", "add", "fill", "import", "fetch", "sources", "remove", "restore", "lists"} <= named
    assert named <= {each.name for each in SUBCOMMANDS}


async def test_the_key_bar_is_empty_while_a_dialog_is_open(open_app: OpenApp) -> None:
    async with open_app() as driver:
        keys = driver.main_screen.query_one(KeyBar)
        before = str(keys.render())
        assert "tag" in before
        await driver.press("t")
        assert str(keys.render()) == ""
        await driver.press("escape")
        assert str(keys.render()) == before
        await driver.press("slash", *"zzzz", "enter")
        assert str(keys.render()).startswith("/ search   Esc all papers")


def test_an_exact_title_comes_before_another_name() -> None:
    options = [Option("in", "Import", names=("read",)), Option("on", "Read on"), Option("r", "Read")]
    assert [each.value for each in matching(options, "read")] == ["r", "in", "on"]
    assert [each.value for each in matching(options, " READ ")] == ["r", "in", "on"]


async def test_the_palette_begins_with_what_people_look_for(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+p")
        labels = [each.label for each in driver.app.screen.query_one(OptionRows).options]
        first = ["Search", "Import", "Export", "Tags", "Note", "Triage", "Undo", "Sort", "Help", "Quit"]
        assert labels[:10] == first
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("typed", ["reading", "mark reading"])
async def test_the_palette_marks_a_status(open_app: OpenApp, typed: str) -> None:
    async with open_app() as driver:
        await driver.press("ctrl+p")
        await driver.type(typed)
        await driver.press("enter")
        assert driver.current.mark.status is Status.READING


@pytest.mark.parametrize("name", ["refs.bib", "my refs = old.bib"])
async def test_the_palette_imports_a_named_file(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text("@article{a, title={Rivers Under Glass}, author={Lee, Ann}}", encoding="utf-8")
    async with open_app() as driver:
        await driver.press("colon")
        await driver.type(f"import {name}")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, ImportDialog))
        await driver.rest()
        assert "+ Rivers Under Glass" in driver.screen_text
        await driver.press("escape", "colon")
        await driver.type("import nowhere.bib")
        await driver.press("enter")
        assert driver.news == "file not found: nowhere.bib"
