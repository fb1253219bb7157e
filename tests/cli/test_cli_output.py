"""Lines for a terminal: aligned, truncated to its width, coloured only if wanted."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.cli.columns import short_length, table
from tui.environment import shows_unicode
from tui.model.entry import Entry
from tui.model.mark import Mark, Status
from tui.model.paper import Paper
from tui.text.cells import cell_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")

ENTRIES = [
    Entry(Paper("0123456789", title="Short", authors=("Ann Lee",), category="cs.CV"), Mark()),
    Entry(
        Paper("0123456abc", title="深層学習による画像認識" * 9, authors=("山田 太郎", "B"), category="q-bio.NC"),
        Mark(Status.READ, starred=True, tags=("ml/vision", "日本")),
    ),
    Entry(Paper("fedcba9876", abstract="An abstract " * 40), Mark(Status.SKIPPED, tags=("e\u0301te\u0301",))),
]


@pytest.mark.parametrize("width", [20, 40, 49, 50, 60, 75, 76, 80, 120, 200])
@pytest.mark.parametrize("unicode", [True, False])
def test_every_line_has_the_width_of_the_terminal(width: int, unicode: bool) -> None:
    lines = ["".join(span.text for span in line) for line in table(ENTRIES, width, 8, unicode=unicode)]
    assert {cell_width(line) for line in lines} == {width}


def test_status_is_visible_without_colour() -> None:
    every = [Entry(Paper("0123456789"), Mark(status)) for status in Status]
    for unicode in (True, False):
        marks = ["".join(span.text for span in line)[:3] for line in table(every, 80, 6, unicode=unicode)]
        assert [mark[2] for mark in marks] == ["u", "q", "i", "r", "s"]
        assert len({mark[0] for mark in marks}) == 5
        assert unicode or "".join(marks).isascii()


def test_short_ids_are_long_enough_to_differ() -> None:
    assert short_length([]) == 6
    assert short_length(["0123456789", "fedcba9876"]) == 6
    assert short_length(["0123456789", "fedcba9876", "0123456799"]) == 9


def on_a_terminal(arguments: list[str], env: Mapping[str, str], folders: list[str], status: int = 0) -> str:
    """Output of the program on a terminal with 80 columns."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "tui", *folders, *arguments]
    settings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "80", "TERM": "xterm-256color", **env}
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower, env=settings)
    os.close(follower)
    written = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # the other side is closed
            break
        if not chunk:
            break
        written += chunk
    os.close(leader)
    assert child.wait(timeout=60) == status
    return written.decode()


def test_a_terminal_gets_columns_and_colours_only(run: Run, seeds: Path, data: Path) -> None:
    run("note", "--set", "\x1b]0;mine\x07", "cat:cs.CR")
    folders = ["--data", str(data), "--seeds", str(seeds)]
    coloured = on_a_terminal(["list"], {"LC_ALL": "C.UTF-8"}, folders)
    assert "\x1b[" in coloured
    plain = ESCAPES.sub("", coloured)
    assert "\x1b" not in plain
    assert "\x9b" not in plain
    lines = plain.splitlines()
    assert len(lines) == 5
    assert {cell_width(line) for line in lines} <= {79, 80}
    assert on_a_terminal(["list"], {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}, folders).splitlines() == [
        line.rstrip() for line in lines
    ]
    assert "\x1b" not in on_a_terminal(["list"], {"TERM": "dumb"}, folders)
    for arguments in (
        ["show", "cat:cs.CR"],
        ["export", "--format", "json", "cat:cs.CR"],
        ["note", "--print", "cat:cs.CR"],
    ):
        assert not re.search(r"[\x1b\x07\x9b\u202e]", on_a_terminal(arguments, {"LC_ALL": "C.UTF-8"}, folders))


def test_progress_is_cleared_before_the_result(run: Run, seeds: Path, data: Path, tmp_path: Path) -> None:
    run("list")
    for name in ("one.pdf", "two.pdf", "three.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4")
    folders = ["--data", str(data), "--seeds", str(seeds)]
    shown = on_a_terminal(["attach", "--search", "--folder", str(tmp_path)], {}, folders, status=1)
    progress, cleared, result = shown.rpartition("\r     \r")
    assert "66 %" in progress
    assert cleared
    assert result.strip().splitlines()[-1] == "3 PDFs: 0 to attach, 0 doubtful, 3 not matched"


@pytest.mark.parametrize(
    ("encoding", "environ", "expected"),
    [
        ("utf-8", {}, True),
        ("utf-8", {"LANG": "de_DE.UTF-8"}, True),
        ("utf-8", {"LANG": "de_DE.utf8@euro"}, True),
        ("utf-8", {"LC_CTYPE": "UTF-8"}, True),
        ("utf-8", {"LC_CTYPE": "C.UTF-8", "LANG": "C"}, True),
        ("utf-8", {"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, False),
        ("utf-8", {"LC_ALL": "POSIX"}, False),
        ("utf-8", {"LC_ALL": "de_DE.ISO-8859-1"}, False),
        ("utf-8", {"LC_ALL": "", "LC_CTYPE": "", "LANG": "ja_JP.eucJP"}, False),
        ("utf-8", {"LC_ALL": "C", "PYTHONUTF8": "1"}, True),
        ("ascii", {"LANG": "de_DE.UTF-8"}, False),
        ("", {}, False),
    ],
)
def test_a_locale_without_utf_8_means_ascii(encoding: str, environ: dict[str, str], *, expected: bool) -> None:
    assert shows_unicode(encoding, environ) is expected


def test_the_locale_c_gives_ascii_on_a_terminal_only(run: Run, seeds: Path, data: Path) -> None:
    run("note", "--set", "Étude", "cat:cs.CR")
    folders = ["--data", str(data), "--seeds", str(seeds)]
    assert not on_a_terminal(["list"], {"LC_ALL": "C.UTF-8"}, folders).isascii()
    assert on_a_terminal(["list"], {"LC_ALL": "C"}, folders).isascii()
    assert on_a_terminal(["note", "--print", "cat:cs.CR"], {"LC_ALL": "C"}, folders).strip() == "?tude"
    assert run("note", "--print", "cat:cs.CR").out.strip() == "Étude"
