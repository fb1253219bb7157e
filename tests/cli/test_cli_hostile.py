"""Hostile text in every field and argument is printed sanitised and causes no internal error."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.hostile import HARMFUL, STRINGS, make_home
from tui.cli.main import main
from tui.cli.subcommands import SUBCOMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.paths import Paths

    Run = Callable[..., tuple[int, str]]

STATUSES = {0, 1, 2, 3}
TEXT = "T"  # placeholder for the string in the arguments below
# Arguments of each subcommand, over all papers and with a hostile string in them.
OVER_ALL: dict[str, list[list[str]]] = {
    "list": [["title:end"], ["--json"], ["--sort", "author", "@all"]],
    "show": [["--json", "tag:=x"]],
    "mark": [["--status", "read", "--dry-run", "title:end"]],
    "star": [["--dry-run", "title:end"]],
    "tag": [["--add", "new", "--dry-run", "title:end"]],
    "tags": [["list"], ["list", "--json"]],
    "where": [[], ["--json"]],
    "complete": [["readlist list tag:"], ["readlist show id:"], ["readlist tags rename "]],
    "views": [["list"], ["list", "--json"]],
    "note": [["--print", "title:end", "limit:1"], ["--append", "more", "title:end", "limit:1"]],
    "correct": [["title:end", "limit:1"]],
    "duplicates": [[], ["--json"]],
    "attach": [["/nowhere", "title:end"], ["--search", "--folder", "/nowhere"]],
    "detach": [["/nowhere", "title:end", "limit:1"]],
    "remove": [["--dry-run", "title:end"]],
    "restore": [["--dry-run", "--all"]],
    "merge": [["title:end"]],
    "not-duplicates": [["title:end"]],
    "split": [["title:end"]],
    "export": [["--format", name, "title:end"] for name in ("bibtex", "ris", "csl-json", "markdown", "html", "csv", "json")],
    "add": [["--title", "On Mills"], ["2310.12345"], ["2310.12345", "--json"]],
    "import": [],
    "fetch": [[], ["--from", "/nowhere"]],
    "sources": [[], ["--json"], ["remove", "--dry-run", "page.txt"]],
    "new": [["thesis"]],
    "lists": [[], ["--json"], ["--names"]],
    "fill": [["title:end"], ["--from", "/nowhere"]],
    "check": [[], ["--json"]],
    "undo": [[]],
    "redo": [[]],
    "history": [[], ["--json"]],
    "stats": [[], ["--json"]],
    "related": [["title:end", "limit:1"]],
    "run": [[]],
    "keys": [[]],
    "config": [[]],
    "completion": [["bash"]],
}  # fmt: skip
WITH_TEXT: dict[str, list[list[str]]] = {
    "list": [[TEXT], [f"tag:{TEXT}"], [f"zz:{TEXT}"], ["--sort", TEXT], [f'"{TEXT}" (']],
    "show": [[TEXT]],
    "mark": [["--status", TEXT, "title:end"]],
    "star": [[f"title:{TEXT}"]],
    "tag": [["--add", TEXT, "limit:2"], ["--remove", TEXT, "limit:2"]],
    "tags": [["rename", TEXT, "other"], ["delete", TEXT], ["merge", TEXT, "b", TEXT]],
    "views": [["save", TEXT, TEXT], ["rename", TEXT, f"{TEXT}2"], ["delete", TEXT]],
    "note": [["--set", TEXT, "limit:1"], ["--file", TEXT, "limit:1"]],
    "correct": [["--title", TEXT, "limit:1"], ["--date", TEXT, "limit:1"], ["--doi", TEXT, "limit:1"]],
    "where": [[TEXT]],
    "complete": [[f"readlist {TEXT}"], [f"readlist list tag:{TEXT}"], [f"readlist tag +{TEXT}"]],
    "duplicates": [[TEXT]],
    "attach": [[TEXT, "limit:1"], [TEXT, TEXT], ["--search", "--folder", TEXT, TEXT]],
    "detach": [[TEXT, "limit:1"], [TEXT, TEXT]],
    "remove": [[f"title:{TEXT}"]],
    "restore": [[f"title:{TEXT}"]],
    "merge": [[TEXT, TEXT]],
    "not-duplicates": [[TEXT, TEXT]],
    "split": [[TEXT]],
    "export": [["--format", TEXT], ["--format", "bibtex", "-o", f"{TEXT}/x/y", "limit:1"], [f"@{TEXT}"]],
    "add": [
        [TEXT],
        [f"https://arxiv.org/{TEXT}"],
        ["--title", TEXT, "--author", TEXT, "--tag", TEXT],
        ["--title", f"On {TEXT}", "--abstract", TEXT],
    ],
    "import": [[TEXT]],
    "fetch": [[TEXT], [TEXT, "--from", "/nowhere"], ["--from", TEXT]],
    "sources": [[TEXT], ["remove", TEXT], ["restore", TEXT]],
    "new": [[TEXT], ["thesis", TEXT]],
    "lists": [[TEXT], ["--list", TEXT]],
    "fill": [["--from", TEXT], [TEXT, "--from", "/nowhere"]],
    "check": [["--repair", "--backup", TEXT]],
    "undo": [[TEXT]],
    "redo": [[TEXT]],
    "history": [[TEXT]],
    "stats": [[TEXT]],
    "related": [[TEXT]],
    "run": [[TEXT], [TEXT, TEXT]],
    "keys": [[TEXT]],
    "config": [[TEXT]],
    "completion": [[TEXT]],
    TEXT: [[]],
}
ELSEWHERE = {"serve", "reset-terminal"}  # one starts a server, the other writes to a terminal on purpose


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return make_home(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def run(
    hostile_home: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """The command line on a copy of the hostile list; returns what it printed, without line breaks and tabs."""
    shutil.copytree(hostile_home.data, tmp_path / "data")
    monkeypatch.setenv("READLIST_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        folders = ["--data", str(tmp_path / "data"), "--seeds", str(hostile_home.seeds)]
        status = main([*folders, *arguments], open_screen=lambda *_: 99)
        printed = "".join(capsys.readouterr())
        return status, printed.replace("\r\n", "").replace("\n", "").replace("\t", "")

    return call


def test_every_subcommand_is_tested() -> None:
    subcommands = {subcommand.name for subcommand in SUBCOMMANDS} - ELSEWHERE
    assert set(OVER_ALL) == subcommands
    assert set(WITH_TEXT) - {TEXT} == subcommands


@pytest.mark.parametrize("subcommand", OVER_ALL)
def test_hostile_papers_are_printed_sanitised(subcommand: str, run: Run) -> None:
    for arguments in OVER_ALL[subcommand]:
        status, message = run(subcommand, *arguments)
        assert status in STATUSES, message
        assert not HARMFUL.search(message), ascii(HARMFUL.search(message))


def test_every_hostile_paper_can_be_shown(run: Run) -> None:
    for number, text in enumerate(STRINGS.values()):
        status, message = run("show", f"title:{number}", "title:end", "limit:1")
        assert status in STATUSES, text
        assert not HARMFUL.search(message), ascii(message)


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("subcommand", WITH_TEXT)
def test_hostile_arguments_are_printed_sanitised(subcommand: str, step: int, run: Run) -> None:
    # The operating system passes bytes that are not UTF-8 as lone surrogates.
    # It passes no null characters.
    texts = [os.fsdecode(text.replace("\0", "").encode(errors="surrogatepass")) for text in STRINGS.values()]
    for text in texts[len(subcommand) % step :: step]:
        for arguments in WITH_TEXT[subcommand]:
            status, message = run(*(word.replace(TEXT, text) for word in (subcommand, *arguments)))
            assert status in STATUSES | {6}, message
            assert not HARMFUL.search(message), ascii(message)
