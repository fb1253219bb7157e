"""A researcher's day on the command line, every step in a process of its own, over the pages as they were given."""

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
    """What a process came to."""

    status: int
    out: str
    err: str


class Desk:
    """A folder for the store, and the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def readlist(self, *words: str, **env: str) -> Result:
        settings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "READLIST_DATA": str(self.data)}
        done = subprocess.run(
            [sys.executable, "-m", "tui", *words],
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
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


def test_a_day(desk: Desk) -> None:
    papers = desk.papers()
    assert len(papers) == 261
    assert len({paper["id"] for paper in papers}) == 261
    assert all(paper["status"] == "unread" for paper in papers)
    untouched = desk.readlist("list", "--json").out

    nerf = desk.papers("title:nerf")
    assert len(nerf) > 3
    out = desk.readlist("mark", "--status", "queued", "title:nerf").out
    assert out == f"marked {len(nerf)} papers queued\n"
    assert desk.readlist("tag", "--add", "thesis/nerf", "is:queued").out == f"tagged {len(nerf)} papers thesis/nerf\n"
    first = nerf[0]["id"]
    assert desk.readlist("note", "--set", "Compare with *ours*.", first).status == 0
    assert desk.readlist("star", first[:8]).status == 0

    tagged = desk.papers("tag:thesis")
    assert [paper["id"] for paper in tagged] == [paper["id"] for paper in desk.papers("is:queued")]
    assert {paper["id"] for paper in tagged} == {paper["id"] for paper in nerf}
    assert [paper["note"] for paper in tagged if paper["starred"]] == ["Compare with *ours*."]

    bibliography = desk.readlist("export", "--format", "bibtex", "tag:thesis").out
    assert bibliography.count("@") >= len(nerf)
    assert desk.readlist("export", "--format", "bibtex", "-o", "thesis.bib", "tag:thesis").status == 0
    assert (desk.folder / "thesis.bib").read_text(encoding="utf-8") == bibliography
    assert desk.readlist("export", "--format", "bibtex", "-o", "thesis.bib", "tag:thesis").status == 2

    marked = desk.papers()
    assert desk.readlist("undo", "--steps", "4").status == 0
    untouched_papers = json.loads(untouched)
    assert _without_keys(desk.papers()) == _without_keys(untouched_papers)
    assert desk.readlist("undo").status == 1
    assert desk.readlist("redo", "--steps", "4").status == 0
    assert desk.papers() == marked

    assert [step["kind"] for step in json.loads(desk.readlist("history", "--json").out)].count("edit") == 4
    assert desk.readlist("check").status in {0, 3}
    assert json.loads(desk.readlist("stats", "--json").out)["statuses"]["queued"] == len(nerf)


def _without_keys(papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the citation keys: those that an export pinned stay pinned."""
    return [{name: value for name, value in paper.items() if name != "citation_key"} for paper in papers]


def test_exit_statuses(desk: Desk) -> None:
    assert desk.readlist("list", "xylophone-and-zither").status == 1
    assert desk.readlist("list", "colour:red").status == 2
    assert desk.readlist("mark", "--status", "read").status == 2
    assert desk.readlist("import", "absent.bib").status == 3
    empty = {"READLIST_SEEDS": str(desk.folder / "absent"), "READLIST_DATA": str(desk.folder / "new")}
    assert desk.readlist("list", **empty).status == 3


def test_the_list_is_plain_whatever_the_surroundings(desk: Desk) -> None:
    plain = desk.readlist("list").out
    assert plain.count("\n") == 261
    assert not {letter for letter in plain if unicodedata.category(letter) in {"Cc", "Cf", "Cs"}} - {"\n", "\u200d"}
    assert desk.readlist("list", NO_COLOR="1").out == plain
    assert desk.readlist("list", LC_ALL="C").out == plain
    assert desk.readlist(TERM="dumb").out == plain
    narrow = desk.readlist("list", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert narrow.status == 0
    assert narrow.out.isascii()


def test_deleting_the_papers_file_loses_nothing(desk: Desk) -> None:
    before = desk.papers()
    (desk.data / "papers.json").unlink()
    after = desk.papers()
    assert after == before
