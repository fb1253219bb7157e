"""Hostile text in every field and in every word of the command line: no verb lets it out raw, and none ends in a bug."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.hostile import HARMFUL, STRINGS, make_home
from tui.cli.main import main
from tui.cli.subcommands import SUBCOMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.paths import Paths

    Run = Callable[..., tuple[int, str]]

STATUSES = {0, 1, 2, 3}
TEXT = "T"  # stands for the string in the words below
# What each verb is asked over all papers, and with a string in its words. Two lists end in none.
OVER_ALL: dict[str, list[list[str]]] = {
    "list": [["title:end"], ["--json"], ["--sort", "author", "@all"]],
    "show": [["--json", "tag:=x"]],
    "mark": [["--status", "read", "--dry-run", "title:end"]],
    "star": [["--dry-run", "title:end"]],
    "tag": [["--add", "new", "--dry-run", "title:end"]],
    "tags": [["list"], ["list", "--json"]],
    "views": [["list"], ["list", "--json"]],
    "note": [["--print", "title:end", "limit:1"], ["--append", "more", "title:end", "limit:1"]],
    "correct": [["title:end", "limit:1"]],
    "duplicates": [[], ["--json"]],
    "merge": [["title:end"]],
    "not-duplicates": [["title:end"]],
    "split": [["title:end"]],
    "export": [["--format", name, "title:end"] for name in ("bibtex", "ris", "csl-json", "markdown", "html", "csv", "json")],
    "import": [],
    "check": [[], ["--json"]],
    "undo": [[]],
    "redo": [[]],
    "history": [[], ["--json"]],
    "stats": [[], ["--json"]],
    "related": [["title:end", "limit:1"]],
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
    "duplicates": [[TEXT]],
    "merge": [[TEXT, TEXT]],
    "not-duplicates": [[TEXT, TEXT]],
    "split": [[TEXT]],
    "export": [["--format", TEXT], ["--format", "bibtex", "-o", f"{TEXT}/x/y", "limit:1"], [f"@{TEXT}"]],
    "import": [[TEXT]],
    "check": [["--repair", "--backup", TEXT]],
    "undo": [[TEXT]],
    "redo": [[TEXT]],
    "history": [[TEXT]],
    "stats": [[TEXT]],
    "related": [[TEXT]],
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
    """The command line on a copy of the hostile list; says what it printed, line breaks and tabs taken out."""
    shutil.copytree(hostile_home.data, tmp_path / "data")
    monkeypatch.setenv("READLIST_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        folders = ["--data", str(tmp_path / "data"), "--seeds", str(hostile_home.seeds)]
        status = main([*folders, *words], open_screen=lambda *_: 99)
        said = "".join(capsys.readouterr())
        return status, said.replace("\r\n", "").replace("\n", "").replace("\t", "")

    return call


def test_every_verb_is_tried() -> None:
    verbs = {verb.name for verb in SUBCOMMANDS} - ELSEWHERE
    assert set(OVER_ALL) == verbs
    assert set(WITH_TEXT) - {TEXT} == verbs


@pytest.mark.parametrize("verb", OVER_ALL)
def test_what_papers_hold_leaves_no_verb_raw(verb: str, run: Run) -> None:
    for words in OVER_ALL[verb]:
        status, said = run(verb, *words)
        assert status in STATUSES, said
        assert not HARMFUL.search(said), ascii(HARMFUL.search(said))


def test_every_paper_can_be_shown(run: Run) -> None:
    for number, text in enumerate(STRINGS.values()):
        status, said = run("show", f"title:{number}", "title:end", "limit:1")
        assert status in STATUSES, text
        assert not HARMFUL.search(said), ascii(said)


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("verb", WITH_TEXT)
def test_what_is_typed_leaves_no_verb_raw(verb: str, step: int, run: Run) -> None:
    # A system hands bytes that are no text over as half surrogates of its own.
    texts = [os.fsdecode(text.encode(errors="surrogatepass")) for text in STRINGS.values()]
    for text in texts[len(verb) % step :: step]:
        for words in WITH_TEXT[verb]:
            status, said = run(*(word.replace(TEXT, text) for word in (verb, *words)))
            assert status in STATUSES | {6}, said
            assert not HARMFUL.search(said), ascii(said)
