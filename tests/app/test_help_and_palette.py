"""What tells a person how it works: hints at the start, help, the manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.manual import ManualData, manual, mentioned_commands
from tui.app.theming import UNICODE
from tui.app.widgets.status_bars import KeyBar
from tui.commands import COMMANDS
from tui.keymap import DEFAULT_KEYS
from tui.settings.schema import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.app.conftest import Driver
    from tui.paths import Paths

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

KNOWN = ManualData(
    DEFAULT_KEYS,
    UNICODE,
    [("tag", "a tag", "tag:ml")],
    [("year", "the newest first")],
    [("ris", "Reference Manager")],
)


async def test_hints_come_one_a_start_and_go_away_when_they_are_used(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        assert desk.news.startswith("j down · r read / unread · ")
        await desk.press("j", "b")
        assert "star" in desk.news
        await desk.press("q")
    for _ in range(3):
        async with open_desk() as desk:
            assert desk.news == "T: Decide on the unread papers, one by one."
            await desk.press("q")
    async with open_desk() as desk:
        assert desk.news.startswith("/: ")
        await desk.press("slash", *"maire", "enter", "0", "q")
    async with open_desk() as desk:
        assert desk.news.startswith("t: ")
        await desk.press("q")


async def test_hints_can_be_switched_off(open_desk: OpenDesk, home: Paths) -> None:
    config = home.seeds.parent / "config.toml"
    config.write_text("hints = false\n", encoding="utf-8")
    async with open_desk(at=home._replace(config=config)) as desk:
        assert desk.news == ""


async def test_the_manual_is_searched_by_typing_and_tab_turns_to_the_keys(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        await desk.press("f2")
        assert "In short" in desk.screen_text
        await desk.type("pandoc")
        assert "says nothing of that" in desk.screen_text
        await desk.press("ctrl+u", *"sort year")
        assert "a number for a row" in " ".join(desk.screen_text.split("▌"))
        await desk.press("ctrl+u", *"undo", "tab")
        assert "Take back the last change" in desk.screen_text
        await desk.press("escape", "j")
        assert desk.desk.papers.cursor == 1


def test_the_manual_names_commands_and_tables() -> None:
    assert mentioned_commands() <= {command.id for command in COMMANDS}
    text = manual("", KNOWN, 80).plain
    assert "{" not in text
    for said in ("tag:ml", "the newest first", "Reference Manager", "✎", *(each.name for each in SETTINGS)):
        assert said in text
    assert max(map(len, text.splitlines()[-8:])) <= 80


def test_the_manual_narrows_to_the_paragraphs_that_hold_the_words() -> None:
    text = manual("take back session", KNOWN, 80).plain
    assert text.startswith("Triage")
    assert "In short" not in text


async def test_the_foot_says_no_key_of_the_desk_while_a_dialog_takes_the_keys(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        keys = desk.desk.query_one(KeyBar)
        before = keys._shown
        assert before is not None
        assert "tag" in before.plain
        await desk.press("t")
        assert keys._shown is not None
        assert keys._shown.plain == ""
        await desk.press("escape")
        assert keys._shown == before
        await desk.press("slash", *"zzzz", "enter")
        assert keys._shown.plain.startswith("/ search   Esc everything")
