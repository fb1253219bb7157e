"""A program that hangs does not stop the screen: keys work, and its output is shown when it ends."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from tui.app.screens.triage import TriageScreen
from tui.session.user_commands import Finished, Program, ProgramCall

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    import pytest

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

# Waits until the test opens the pipe, and prints what it gets.
HANGS = "import sys; print('heard', open(sys.argv[1]).read())"


async def test_the_screen_works_while_a_program_hangs(open_app: OpenApp, home: Paths) -> None:
    pipe, config = home.data.parent / "pipe", home.data.parent / "config.toml"
    os.mkfifo(pipe)
    words = json.dumps([sys.executable, "-c", HANGS, str(pipe)])
    config.write_text(f'[commands.hang]\nrun = {words}\nkey = "ctrl+o"', encoding="utf-8")
    async with open_app(at=home._replace(config=config)) as driver:
        await driver.press("colon")
        await driver.type("hang")
        assert "Ctrl-o" in driver.screen_text
        await driver.press("escape")
        for command in ("own.hang", "move.down", "mark.star"):
            driver.main_screen.run_command(command)
        assert driver.current.mark.starred
        await driver.until(lambda: driver.news == "hang is running …")
        pipe.write_text("hello", encoding="utf-8")  # returns only when the program reads it
        await driver.until(lambda: driver.news == "hang: heard hello")


async def test_quitting_leaves_a_hanging_program_alone(
    open_app: OpenApp, home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Program] = []

    def start(call: ProgramCall, *, apart: bool) -> Program:
        started.append(Program(call, apart=apart))
        return started[-1]

    monkeypatch.setattr("tui.app.actions.own_commands.Program", start)
    pipe, config = home.data.parent / "pipe", home.data.parent / "config.toml"
    os.mkfifo(pipe)
    words = json.dumps([sys.executable, "-c", HANGS, str(pipe)])
    config.write_text(f"[commands.hang]\nrun = {words}", encoding="utf-8")
    async with open_app(at=home._replace(config=config)) as driver:
        driver.main_screen.run_command("own.hang")
        await driver.until(lambda: bool(started))
        driver.main_screen.run_command("app.quit")
    assert driver.app.return_code == 0
    pipe.write_text("hello", encoding="utf-8")  # returns only when the program reads it
    assert started[0].wait() == Finished(0, "heard hello\n")


async def test_triage_runs_a_command_on_its_paper(open_app: OpenApp, home: Paths) -> None:
    config = home.data.parent / "config.toml"
    words = json.dumps([sys.executable, "-c", "import sys; print('about', sys.argv[1])", "{title}"])
    config.write_text(f"[commands.tell]\nrun = {words}", encoding="utf-8")
    async with open_app(at=home._replace(config=config)) as driver:
        await driver.press("T", "space", "backslash")
        assert "Run" in driver.screen_text
        await driver.press("enter")
        title = driver.entries[1].paper.title
        await driver.until(lambda: driver.news == f"tell: about {title}")
        await driver.rest()
        assert isinstance(driver.app.screen, TriageScreen)
        assert "tell: about" in driver.screen_text
