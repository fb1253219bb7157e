"""Modules imported at start-up: counted rather than timed, so that the result is the same on every machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
before = set(sys.modules)
from tui.__main__ import main
status = main()
sys.stdout.flush()
print(status, *sorted(set(sys.modules) - before), file=sys.stderr)
"""


def imported(*arguments: str) -> set[str]:
    """The modules that a successful command imports in addition to those of the interpreter."""
    command = [sys.executable, "-c", SCRIPT, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, cwd=ROOT)
    status, *modules = done.stderr.split()
    assert status == "0"
    return set(modules)


def test_the_version_imports_nothing() -> None:
    assert imported("--version") == {"tui", "tui.__main__", "__future__"}


def test_a_list_on_a_pipe_imports_only_what_it_needs(run: Run, seeds: Path, data: Path) -> None:
    assert run("list").status == 0
    found = imported("--data", str(data), "--seeds", str(seeds), "list")
    assert "tui.cli.subcommands.list_" in found
    assert not {"rich", "textual", "tui.export.formats", "tui.cli.subcommands.export", "tui.ingest.pipeline"} & found
