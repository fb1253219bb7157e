"""Paths that are typed into prompts: completion as in a shell, and what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tui.app.screens.path_prompt import PathPrompt
from tui.app.typed_path import check_file, check_folder, check_target, complete_path, typed_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files, which is also the current folder and the home."""
    for name in (
        "refs.bib",
        "refs-old.bib",
        "referees.txt",
        ".hidden.bib",
        "my papers.ris",
        "Upper.bib",
        "thesis.tex",
    ):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "reading lists").mkdir()
    (tmp_path / "reading lists" / "a.bib").write_text("x", encoding="utf-8")
    (tmp_path / ".config").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "completed", "names"),
    [
        ("refs", "refs", ("refs-old.bib", "refs.bib")),
        ("refe", "referees.txt", ("referees.txt",)),
        ("re", "re", ("reading lists/", "referees.txt", "refs-old.bib", "refs.bib")),
        ("my", "my papers.ris", ("my papers.ris",)),
        ("my p", "my papers.ris", ("my papers.ris",)),
        ("rea", "reading lists/", ("reading lists/",)),
        ("reading lists/", "reading lists/a.bib", ("a.bib",)),
        ("~", "~/", ("~/",)),
        ("~/refs-", "~/refs-old.bib", ("refs-old.bib",)),
        ("./refs-", "./refs-old.bib", ("refs-old.bib",)),
        (".h", ".hidden.bib", (".hidden.bib",)),
        (".", ".", (".config/", ".hidden.bib")),
        ("upp", "Upper.bib", ("Upper.bib",)),
        ("nothing", "nothing", ()),
        ("no/such/folder/", "no/such/folder/", ()),
        ("refs.bib/", "refs.bib/", ()),
        ("~nobody-here/x", "~nobody-here/x", ()),
        ("a\0b/", "a\0b/", ()),
    ],
)
def test_a_path_is_completed_as_in_a_shell(folder: Path, typed: str, completed: str, names: tuple[str, ...]) -> None:
    del folder
    assert complete_path(typed) == (completed, names)


def test_an_absolute_path_and_an_empty_one_are_completed(folder: Path) -> None:
    assert complete_path(f"{folder}/th").text == f"{folder}/thesis.tex"
    assert complete_path("").names == (
        "Upper.bib", "my papers.ris", "reading lists/", "referees.txt", "refs-old.bib", "refs.bib", "thesis.tex",
    )  # fmt: skip


def test_the_files_that_are_meant_come_alone_if_there_are_any(folder: Path) -> None:
    del folder
    assert complete_path("re", {".bib"}).names == ("reading lists/", "refs-old.bib", "refs.bib")
    assert complete_path("t", {".bib"}) == ("thesis.tex", ("thesis.tex",))


def test_names_that_cannot_be_typed_are_left_out(folder: Path) -> None:
    (folder / "odd\nname.bib").write_text("x", encoding="utf-8")
    Path(os.fsdecode(b"odd\xff.bib")).write_text("x", encoding="utf-8")
    (folder / "odd-loop").symlink_to("odd-loop")
    assert complete_path("odd") == ("odd-loop", ("odd-loop",))


def test_names_that_differ_in_case_keep_what_is_typed(folder: Path) -> None:
    for name in ("Report.bib", "REPORT-2.bib"):
        (folder / name).write_text("x", encoding="utf-8")
    assert complete_path("report") == ("report", ("REPORT-2.bib", "Report.bib"))


@pytest.mark.parametrize("text", ["'my papers.ris'", '"my papers.ris"', "my\\ papers.ris", " my papers.ris "])
def test_a_path_is_taken_as_a_terminal_pastes_it(folder: Path, text: str) -> None:
    assert typed_path(text).resolve() == folder / "my papers.ris"
    assert check_file(text) == ""


def test_quotes_that_belong_to_the_name_stay(folder: Path) -> None:
    (folder / "'it'.bib").write_text("x", encoding="utf-8")
    assert typed_path("'it'.bib") == Path("'it'.bib")
    assert typed_path("author's notes.bib") == Path("author's notes.bib")


def test_what_is_wrong_with_a_path_is_said(folder: Path) -> None:
    del folder
    assert check_file("reading lists") == "reading lists is a folder; Tab lists its files"
    assert check_file("refs.bibb") == "file not found: refs.bibb"
    assert check_file("x" * 5000) == "not a valid file name"
    assert check_target("new.bib") == check_target("refs.bib") == check_target("") == ""
    assert check_target("reading lists") == "reading lists is a folder; type a file name after it"
    assert check_target("new/") == "new/ is a folder; type a file name after it"
    assert check_folder("new") == check_folder("reading lists") == ""
    assert check_folder("refs.bib") == "refs.bib is a file, not a folder"
    assert check_folder("x" * 5000) == "not a valid folder name"


async def test_tab_completes_in_every_prompt_for_a_path(open_app: OpenApp, folder: Path) -> None:
    async with open_app() as driver:
        for keys in (("X",), ("ampersand",), ("x", "enter", "ctrl+u")):
            await driver.press(*keys)
            line = driver.app.screen.query_one(Input)
            assert "Tab completes" in driver.screen_text, keys
            await driver.press(*"refs", "tab")
            assert line.value == "refs", keys
            assert "refs-old.bib  refs.bib" in driver.screen_text, keys
            await driver.press("minus")
            assert "refs-old.bib  refs.bib" not in driver.screen_text, keys
            await driver.press("tab")
            assert line.value == "refs-old.bib", keys
            assert line.cursor_position == len(line.value), keys
            await driver.press("ctrl+u", *"zz", "tab")
            assert "no file or folder name begins with this" in driver.screen_text, keys
            while driver.app.screen is not driver.main_screen:
                await driver.press("escape")
        await driver.press("X", *"rea", "tab", "enter")
        assert "is a folder" in driver.screen_text
        assert (folder / "reading lists").is_dir()


async def test_the_palette_completes_the_file_to_import(open_app: OpenApp, folder: Path) -> None:
    (folder / "new.bib").write_text(
        "@article{a, title={A New Paper on Weirs}, author={Ada Larsen}}", encoding="utf-8"
    )
    async with open_app() as driver:
        await driver.press("colon")
        await driver.type("import re")
        for name in ("reading lists/", "refs-old.bib", "refs.bib"):
            assert f"Import {name}" in driver.screen_text
        await driver.press("ctrl+u")
        await driver.type("import ne")
        await driver.press("tab")
        assert "Import new.bib" in driver.screen_text
        await driver.press("enter")
        assert "Import new.bib?" in driver.screen_text
        await driver.press("y")
        assert "A New Paper on Weirs" in driver.titles


async def test_the_palette_completes_the_file_to_export_to(open_app: OpenApp, folder: Path) -> None:
    (folder / "results.RIS").write_text("", encoding="utf-8")
    async with open_app() as driver:
        await driver.press("colon")
        await driver.type("w re")
        for name in ("reading lists/", "refs-old.bib", "refs.bib", "results.RIS"):
            assert f"Export to {name}" in driver.screen_text
        await driver.press("ctrl+u")
        await driver.type("w rea")
        await driver.press("tab")
        await driver.type("new.bib")
        await driver.press("enter", "enter")
        await driver.until((folder / "reading lists" / "new.bib").is_file)
        await driver.press("colon")
        await driver.type("export results.r")
        await driver.press("tab", "enter")
        await driver.press("enter")
        assert "Overwrite results.RIS?" in driver.screen_text


@pytest.mark.usefixtures("folder")
async def test_a_folder_in_the_palette_becomes_the_folder_of_the_suggested_file(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("colon")
        await driver.type("w rea")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, PathPrompt))
        await driver.rest()
        assert driver.app.screen.query_one(Input).value == "reading lists/readlist.bib"
