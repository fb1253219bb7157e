"""Kill the program while it starts a list, removes a source or papers, or attaches files: all or nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIB = "\n".join(f"@misc{{k{number}, title={{Paper {number} on Weirs}}, author={{Lee, Ann}}}}" for number in range(20))
KILLS = 12


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    folders = ["--data", str(folder / "data"), "--seeds", str(folder / "seeds")]
    return subprocess.Popen(
        [sys.executable, "-m", "tui", *folders, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    process = start(folder, *arguments)
    out, err = process.communicate(timeout=60)
    assert process.returncode in {0, 1}, err
    return process.returncode, out


def kill_during(folder: Path, seconds: float, *arguments: str) -> bool:
    """Kill a command after some time; returns whether it had ended and acknowledged before."""
    process = start(folder, *arguments)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_a_list_exists_whole_or_not_at_all(folder: Path) -> None:
    chance = Random(1)  # noqa: S311 - reproducible on purpose
    for number in range(KILLS):
        name = f"list{number}"
        done = kill_during(folder, chance.uniform(0.02, 0.5), "new", name, str(folder / "refs.bib"))
        exists = name in run(folder, "lists", "--names")[1].split()
        assert exists or not done
        if exists:
            status, out = run(folder, "-l", name, "list", "--json")
            assert len(json.loads(out) if status == 0 else []) in ({20} if done else {0, 20})
        else:
            assert run(folder, "new", name)[0] == 0


def attached(folder: Path) -> set[str]:
    [paper] = json.loads(run(folder, "list", "--json", 'title:"Paper 7"')[1])
    return set(paper["publication"].get("files", ()))


def attach_and_kill(folder: Path, rounds: int) -> None:
    """Attach files, alone and by searches, and kill the program: whole steps, as acknowledged, no file touched."""
    chance = Random(3)  # noqa: S311 - reproducible on purpose
    run(folder, "import", str(folder / "refs.bib"))
    (folder / "papers").mkdir()
    search = ("--search", "--accept-doubtful", "--yes", "--folder", str(folder / "papers"))
    before: set[str] = set()
    for number in range(rounds):
        pdf = folder / "papers" / f"k7 ({number}).pdf"
        pdf.write_bytes(b"%PDF-1.4")
        after = {str(file) for file in pdf.parent.iterdir()} if number % 2 else before | {str(pdf)}
        do = search if number % 2 else (str(pdf),)
        done = kill_during(folder, chance.uniform(0.05, 0.6), "attach", *do, 'title:"Paper 7"')
        found = attached(folder)
        assert found == after or (found == before and not done)
        assert pdf.read_bytes() == b"%PDF-1.4"
        assert run(folder, "check")[0] == 0
        before = found
    for _ in range(rounds):
        if attached(folder):
            assert run(folder, "undo")[0] == 0
    assert attached(folder) == set()


def test_attaching_is_all_or_nothing_in_a_few_rounds(folder: Path) -> None:
    attach_and_kill(folder, 2)


@pytest.mark.slow
def test_attaching_is_all_or_nothing(folder: Path) -> None:
    attach_and_kill(folder, KILLS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("do", "restore", "left"),
    [
        (("sources", "remove", "refs.bib"), ("undo",), 0),
        (("remove", "weirs"), ("restore", "--all"), 0),
    ],
)
def test_removing_is_all_or_nothing(folder: Path, do: tuple[str, ...], restore: tuple[str, ...], left: int) -> None:
    chance = Random(2)  # noqa: S311 - reproducible on purpose
    run(folder, "import", str(folder / "refs.bib"))
    for _ in range(KILLS):
        done = kill_during(folder, chance.uniform(0.05, 0.6), *do)
        status, out = run(folder, "list", "--json")
        papers = len(json.loads(out)) if status == 0 else 0
        assert papers in ({left} if done else {left, 20})
        assert run(folder, "check")[0] == 0
        if papers == left:
            run(folder, *restore)
            assert len(json.loads(run(folder, "list", "--json")[1])) == 20
