"""Hostile text in every field, on every screen: shown as letters, and nothing of it steers anything.

The wall below the sinks is taken away here, so that every sink stands for itself.
"""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App
from textual.screen import Screen
from textual.widgets import Input

import tui.app
from tests.support.hostile import HARMFUL, STRINGS, make_home
from tests.support.screen_driver import shown_lines
from tui.app.actions.bulk_confirmation import carry_out
from tui.app.clipboard import pasteable
from tui.app.screens.busy import BusyDialog
from tui.app.screens.export_warnings import ExportWarningsDialog
from tui.app.screens.fill_dialog import FillDialog
from tui.app.screens.import_dialog import ImportDialog
from tui.app.screens.keyword_picker import KeywordPicker
from tui.app.screens.note import NoteEditor
from tui.app.screens.pdf_dialog import PdfDialog
from tui.app.screens.picker import Picker
from tui.app.screens.prompt import Prompt
from tui.app.screens.source_dialog import SourceDialog
from tui.app.screens.tag_picker import TagPicker
from tui.app.terminal.hardened_app import HardenedApp
from tui.app.ui import Option
from tui.commands import COMMANDS
from tui.ingest.source_file import Diagnostic
from tui.model.edit import Edit
from tui.session.exports import ExportWarning
from tui.session.import_plan import ImportResult
from tui.session.import_preview import ImportPreview, PaperPreview
from tui.session.source_removal import RemovedSource, SourceInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

# They end the program, need a terminal to give away, or start other programs.
MAIN_SCREEN = {command.id for command in COMMANDS if command.on_main_screen}
NOT_HERE = {"app.quit", "app.back_or_quit", "app.suspend", "mark.editor", "out.open"}


@pytest.fixture(autouse=True)
def _no_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HardenedApp, "get_line_filters", App.get_line_filters)


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """One paper a string, with the string in every field of the paper and of its mark."""
    return make_home(tmp_path_factory.mktemp("hostile"))


def lines(driver: Driver) -> Iterator[str]:
    """What is on the screen, but for the lines that hold what a person types; those are the wall's business."""
    typed = [widget.region for widget in driver.app.screen.query("Input, TextArea") if widget.region]
    for y, strip in enumerate(shown_lines(driver.app)):
        text = strip.text
        for region in typed:
            if region.y <= y < region.bottom:
                text = strip.crop(0, region.x).text + strip.crop(region.right).text
        yield text


def check(driver: Driver) -> str:
    shown = list(lines(driver))
    assert not [ascii(line) for line in shown if HARMFUL.search(line)]
    return "\n".join(shown)


async def test_every_paper_in_list_and_detail(open_app: OpenApp, hostile_home: Paths) -> None:
    async with open_app((150, 50), at=hostile_home) as driver:
        seen = ""
        for _ in STRINGS:
            seen += check(driver)
            await driver.press("j")
        for literal in ("[/]", "[/bold]", '[a="b]', "[link=https://example.org/x]", "[@click=app.quit()]quit[/]",
                        "[red]red[/red]", "[0] and [int]", "[ImageNet]", "␛[31mred", "␛]0;title␇"):  # fmt: skip
            assert literal in seen
        assert driver.app.is_running


async def test_every_facet(open_app: OpenApp, hostile_home: Paths) -> None:
    async with open_app((300, 400), at=hostile_home) as driver:
        await driver.press("f")
        shown = check(driver)
        assert "[@click=app.quit()]quit[/]" in shown
        for _ in range(0, driver.main_screen.filters.count, 29):
            driver.main_screen.filters.move(29)
            await driver.press("plus")
            check(driver)
            await driver.press("plus")


@pytest.mark.parametrize("step", [37, pytest.param(1, marks=pytest.mark.slow)])
async def test_every_command(step: int, open_app: OpenApp, hostile_home: Paths) -> None:
    seen: set[type[Any]] = {type(dialog) for dialog in dialogs("")}
    async with open_app((120, 40), at=hostile_home) as driver:
        # Triage first: other commands leave it no unread papers.
        commands = sorted(MAIN_SCREEN - NOT_HERE, key=lambda command: (command != "mark.triage", command))
        for number, command in enumerate(commands):
            for paper in range(number % step, len(STRINGS), step):
                driver.main_screen.workspace.papers.cursor = paper
                driver.main_screen.run_command(command)
                await driver.rest()
                check(driver)
                seen.add(type(driver.app.screen))
                for _ in range(4):
                    if len(driver.app.screen_stack) > 1:
                        await driver.press("escape")
                driver.main_screen.workspace.query.put("")
                check(driver)
            assert len(driver.app.screen_stack) == 1, command
    assert {screen.__name__ for screen in screens() - seen} == set()


def screens() -> set[type[Any]]:
    """Every screen of the program that can be opened, found where screens are: a new one cannot be forgotten."""
    modules = [import_module(found.name) for found in walk_packages(tui.app.__path__, "tui.app.")]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    ours = {kind for kind in kinds if issubclass(kind, Screen) and kind.__module__.startswith("tui.app.")}
    return {kind for kind in ours if not any(kind in other.__bases__ for other in ours)}


def dialogs(text: str) -> list[Screen[Any]]:
    """Every dialog, with the text wherever it takes one."""

    def fault(_: str) -> str:
        return text

    return [
        Picker(text, [Option("v", text, text), Option("w", text, text, disabled_reason=text)]),
        Picker(text, [Option("v", text, text, "v")]),
        Prompt(text, value=text, suggestions=[f"x{text}"], check=fault),
        TagPicker(1, [(text, 3), (f"{text}/below", 0)], {text: None}),
        KeywordPicker([(text, 2)]),
        NoteEditor(text, text, lambda _: None, lambda _: None),
        ExportWarningsDialog(text, (ExportWarning(text, {"a": text}),), lambda _: text),
        ImportDialog(
            text,
            ImportResult(("a",), ("b",), (Diagnostic(text, 1, text, text),), None, 2, (text,), (text,), (text,)),
            ImportPreview((PaperPreview(text, True, (text,)),), 1, (text,)),
            [(text, 2)],
        ),
        BusyDialog(text, text),
        FillDialog(1, text),
        PdfDialog(text),
        SourceDialog(
            SourceInfo(text, text, 1, text, is_linked=True), RemovedSource(text, (text,), 1), is_read_only=False
        ),
    ]


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
async def test_every_dialog(step: int, open_app: OpenApp) -> None:
    async with open_app() as driver:
        for text in list(STRINGS.values())[::step]:
            for dialog in dialogs(text):
                driver.app.push_screen(dialog)
                await driver.rest()
                check(driver)
                for line in dialog.query(Input):
                    line.post_message(Input.Submitted(line, text))
                    await driver.rest()
                    check(driver)
                driver.app.pop_screen()
        assert len(driver.app.screen_stack) == 1


async def test_messages_errors_and_queries(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for text in STRINGS.values():
            driver.main_screen.workspace.show_message(text)
            await driver.rest()
            check(driver)
            for query in (f'tag:{text} "{text}" (', f"zzz:{text}"):
                driver.main_screen.workspace.query.put(query)
                await driver.rest()
                check(driver)
        assert driver.app.is_running


async def test_a_note_that_was_only_viewed_is_unchanged(open_app: OpenApp) -> None:
    async with open_app() as driver:
        note = "one\rtwo\u2028three\x0bfour\x1b[31m"
        carry_out(driver.main_screen.workspace, driver.main_screen.ui, Edit(note=note))
        await driver.press("e")
        await driver.press("escape")
        assert driver.current.mark.note == note


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_copied_text_has_no_control_characters(text: str) -> None:
    copied = pasteable(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", copied)


def test_copied_text_has_a_limit() -> None:
    assert len(pasteable("é" * 1_000_000).encode()) == 100_000


async def test_texts_of_ten_million_characters_are_truncated(open_app: OpenApp) -> None:
    vast = "wide " * 2_000_000
    async with open_app() as driver:
        carry_out(driver.main_screen.workspace, driver.main_screen.ui, Edit(note=vast, add_tags=("x" * 10_000_000,)))
        await driver.rest()
        check(driver)
        driver.main_screen.workspace.show_message(vast)
        driver.main_screen.workspace.query.put(vast[:100_000])
        await driver.rest()
        check(driver)
        driver.main_screen.workspace.query.put("")
        await driver.press("e")
        check(driver)
        assert len(driver.app.screen_stack) == 1
        assert "too long" in driver.news
