"""A researcher's day on the command line, each command in its own process, on the bundled listings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Result(NamedTuple):
    """Exit status and output of a process."""

    status: int
    out: str
    err: str


class Workspace:
    """A folder for the store, and the program running on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def readlist(self, *arguments: str, **env: str) -> Result:
        settings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "READLIST_DATA": str(self.data)}
        done = subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            env=settings | {"READLIST_SEEDS": str(ROOT / "seeds"), "HOME": str(self.folder)} | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=self.folder,
            timeout=120,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def papers(self, *query: str) -> list[dict[str, Any]]:
        found = json.loads(self.readlist("list", "--json", *query).out)
        assert isinstance(found, list)
        return found


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("workspace"))


def test_a_day_on_the_command_line(workspace: Workspace) -> None:
    papers = workspace.papers()
    assert len(papers) == 261
    assert len({paper["id"] for paper in papers}) == 261
    assert all(paper["status"] == "unread" for paper in papers)
    untouched = workspace.readlist("list", "--json").out

    nerf = workspace.papers("title:nerf")
    assert len(nerf) > 3
    out = workspace.readlist("mark", "--status", "queued", "title:nerf").out
    assert out == f"marked {len(nerf)} papers queued\n"
    assert (
        workspace.readlist("tag", "--add", "thesis/nerf", "is:queued").out
        == f"tagged {len(nerf)} papers with thesis/nerf\n"
    )
    first = nerf[0]["id"]
    assert workspace.readlist("note", "--set", "Compare with *ours*.", first).status == 0
    assert workspace.readlist("star", first[:8]).status == 0

    tagged = workspace.papers("tag:thesis")
    assert [paper["id"] for paper in tagged] == [paper["id"] for paper in workspace.papers("is:queued")]
    assert {paper["id"] for paper in tagged} == {paper["id"] for paper in nerf}
    assert [paper["note"] for paper in tagged if paper["starred"]] == ["Compare with *ours*."]

    bibliography = workspace.readlist("export", "--format", "bibtex", "tag:thesis").out
    assert bibliography.count("@") >= len(nerf)
    assert workspace.readlist("export", "--format", "bibtex", "-o", "thesis.bib", "tag:thesis").status == 0
    assert (workspace.folder / "thesis.bib").read_text(encoding="utf-8") == bibliography
    assert workspace.readlist("export", "--format", "bibtex", "-o", "thesis.bib", "tag:thesis").status == 2

    marked = workspace.papers()
    assert workspace.readlist("undo", "--steps", "4").status == 0
    untouched_papers = json.loads(untouched)
    assert _without_keys(workspace.papers()) == _without_keys(untouched_papers)
    assert workspace.readlist("undo").status == 1
    assert workspace.readlist("redo", "--steps", "4").status == 0
    assert workspace.papers() == marked

    assert [step["kind"] for step in json.loads(workspace.readlist("history", "--json").out)].count("edit") == 4
    assert workspace.readlist("check").status in {0, 3}
    assert json.loads(workspace.readlist("stats", "--json").out)["statuses"]["queued"] == len(nerf)


def _without_keys(papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without citation keys: undo does not unpin those of an export."""
    return [{name: value for name, value in paper.items() if name != "citation_key"} for paper in papers]


def test_exit_statuses(workspace: Workspace) -> None:
    assert workspace.readlist("list", "xylophone-and-zither").status == 1
    assert workspace.readlist("list", "colour:red").status == 2
    assert workspace.readlist("mark", "--status", "read").status == 2
    assert workspace.readlist("import", "absent.bib").status == 3
    empty = {"READLIST_SEEDS": str(workspace.folder / "absent"), "READLIST_DATA": str(workspace.folder / "new")}
    assert workspace.readlist("list", **empty).status == 3


def test_the_list_in_a_pipe_is_plain_in_every_environment(workspace: Workspace) -> None:
    plain = workspace.readlist("list").out
    assert plain.count("\n") == 261
    assert not {character for character in plain if unicodedata.category(character) in {"Cc", "Cf", "Cs"}} - {
        "\n",
        "\u200d",
    }
    assert workspace.readlist("list", NO_COLOR="1").out == plain
    assert workspace.readlist("list", LC_ALL="C").out == plain
    assert workspace.readlist(TERM="dumb").out == plain
    narrow = workspace.readlist("list", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert narrow.status == 0
    assert narrow.out.isascii()


def test_deleting_the_papers_file_loses_nothing(workspace: Workspace) -> None:
    before = workspace.papers()
    (workspace.data / "papers.json").unlink()
    after = workspace.papers()
    assert after == before
