"""Commands of the user's own: arguments without a shell, records on standard input, one sentence for what fails."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ARGUMENTS = "import json, sys; print(json.dumps(sys.argv[1:]))"
TITLES = "import json, sys; print(sorted(each['title'][:5] for each in json.load(sys.stdin)))"
# Starts a program that keeps the output open, as browsers do.
DAEMON = (
    "import subprocess, sys; "
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True); print('started')"
)
NOTE = "import sys; print(open(sys.argv[1]).read())"


@pytest.fixture
def run_own(run: Run, data: Path) -> Run:
    commands = {
        "args": [sys.executable, "-c", ARGUMENTS, "{title}", "at {id}", "$HOME; `date`"],
        "titles": [sys.executable, "-c", TITLES],
        "note": [sys.executable, "-c", NOTE, "{note}"],
        "doi": [sys.executable, "-c", ARGUMENTS, "{doi}"],
        "fails": [sys.executable, "-c", "import sys; print('almost'); sys.exit(5)"],
        "absent": ["/no/such/program"],
        "pdf": [sys.executable, "-c", ARGUMENTS, "{pdf}", "{{pdf} {pdf"],
        "daemon": [sys.executable, "-c", DAEMON],
    }
    text = "\n".join(f"[commands.{name}]\nrun = {json.dumps(words)}" for name, words in commands.items())
    (data.parent / "config.toml").write_text(text, encoding="utf-8")
    return run


def test_arguments_are_passed_as_they_are_written_once_for_each_paper(run_own: Run) -> None:
    result = run_own("run", "args", "cat:CV")
    assert result.status == 0
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert [line[0][:8] for line in lines] == ["Neural R", "Gaussian"]
    assert {line[2] for line in lines} == {"$HOME; `date`"}
    assert lines[0][1].startswith("at ")


def test_without_placeholders_it_runs_once_with_all_records(run_own: Run) -> None:
    assert run_own("run", "titles", "cat:CV").out == "['Gauss', 'Neura']\n"


def test_a_note_is_a_file(run_own: Run) -> None:
    run_own("note", "--set", "read $1", "splatting")
    assert run_own("run", "note", "splatting").out == "read $1\n"


def test_a_pdf_is_its_path_and_braces_of_values_stay(run_own: Run, tmp_path: Path) -> None:
    path = tmp_path / "{title}.pdf"
    path.write_bytes(b"%PDF-1.4")
    run_own("attach", str(path), "splatting")
    assert json.loads(run_own("run", "pdf", "splatting").out) == [str(path), f"{{{path} {{pdf"]


def test_what_a_program_starts_in_the_background_is_not_waited_for(run_own: Run) -> None:
    result = run_own("run", "daemon", "splatting")
    assert (result.status, result.out) == (0, "started\n")


def test_a_title_that_looks_like_an_option_is_refused(run_own: Run) -> None:
    run_own("correct", "--title", "--exec rm", "splatting")
    result = run_own("run", "args", "title:exec")
    assert (result.status, result.out) == (2, "")
    assert "would be mistaken for an option" in result.err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("nope", "splatting"), 2, "there is no command 'nope' in the settings"),
        (("titels", "splatting"), 2, "did you mean titles?"),
        (("titles",), 2, "no papers specified"),
        (("titles", "nosuchpaper"), 1, "no paper matches"),
        (("doi", "splatting"), 1, "has no doi"),
        (("pdf", "splatting"), 1, "has no PDF that exists"),
        (("absent", "splatting"), 2, "cannot run /no/such/program: no such file or directory"),
        (("fails", "splatting"), 2, "command fails exited with status 5"),
    ],
)
def test_what_cannot_be_run_is_one_sentence(
    arguments: tuple[str, ...], status: int, message: str, run_own: Run
) -> None:
    result = run_own("run", *arguments)
    assert result.status == status
    assert message in result.err


def test_without_a_name_the_commands_are_listed(run_own: Run) -> None:
    assert [line.split()[0] for line in run_own("run").out.splitlines()] == [
        "args", "titles", "note", "doi", "fails", "absent", "pdf", "daemon",
    ]  # fmt: skip
