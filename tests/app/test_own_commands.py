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

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]

# Waits until the test opens the pipe, and prints what it gets.
HANGS = "import sys; print('heard', open(sys.argv[1]).read())"


async def test_the_screen_works_while_a_program_hangs(open_desk: OpenDesk, home: Paths) -> None:
    pipe, config = home.data.parent / "pipe", home.data.parent / "config.toml"
    os.mkfifo(pipe)
    words = json.dumps([sys.executable, "-c", HANGS, str(pipe)])
    config.write_text(f'[commands.hang]\nrun = {words}\nkey = "ctrl+o"', encoding="utf-8")
    async with open_desk(at=home._replace(config=config)) as desk:
        await desk.press("colon")
        await desk.type("hang")
        assert "Ctrl-o" in desk.screen_text
        await desk.press("escape")
        for command in ("own.hang", "move.down", "mark.star"):
            desk.desk.run_command(command)
        assert desk.current.mark.starred
        await desk.until(lambda: desk.news == "hang is running …")
        pipe.write_text("hello", encoding="utf-8")  # returns only when the program reads it
        await desk.until(lambda: desk.news == "hang: heard hello")


async def test_quitting_leaves_a_hanging_program_alone(
    open_desk: OpenDesk, home: Paths, monkeypatch: pytest.MonkeyPatch
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
    async with open_desk(at=home._replace(config=config)) as desk:
        desk.desk.run_command("own.hang")
        await desk.until(lambda: bool(started))
        desk.desk.run_command("app.quit")
    assert desk.app.return_code == 0
    pipe.write_text("hello", encoding="utf-8")  # returns only when the program reads it
    assert started[0].wait() == Finished(0, "heard hello\n")


async def test_triage_runs_a_command_on_its_paper(open_desk: OpenDesk, home: Paths) -> None:
    config = home.data.parent / "config.toml"
    words = json.dumps([sys.executable, "-c", "import sys; print('about', sys.argv[1])", "{title}"])
    config.write_text(f"[commands.tell]\nrun = {words}", encoding="utf-8")
    async with open_desk(at=home._replace(config=config)) as desk:
        await desk.press("T", "space", "backslash")
        assert "Run" in desk.screen_text
        await desk.press("enter")
        title = desk.entries[1].paper.title
        await desk.until(lambda: desk.news == f"tell: about {title}")
        await desk.rest()
        assert isinstance(desk.app.screen, TriageScreen)
        assert "tell: about" in desk.screen_text
