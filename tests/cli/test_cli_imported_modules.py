"""Modules imported at start-up: counted rather than timed, so that the result is the same on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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


WATCH = """
import signal, sys
class Watch:
    def find_spec(self, name, path, target=None):
        if name == "orjson":
            print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()), file=sys.stderr)
sys.meta_path.insert(0, Watch())
from tui.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "words", [["list"], ["export", "--format", "json"], ["check"], ["stats"], ["import", "page.txt"]]
)
def test_an_interrupt_waits_for_the_initialisation_of_orjson(
    run: Run, seeds: Path, data: Path, words: list[str]
) -> None:
    """Otherwise it crashes the interpreter, without a message."""
    assert run("list").status == 0
    (seeds.parent / "page.txt").write_text('[{"title": "Rivers", "abstract": "We watch rivers freeze."}]')
    command = [sys.executable, "-c", WATCH, "--data", str(data), "--seeds", str(seeds), *words]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=seeds.parent, timeout=60, env=environ, check=False
    )
    assert done.stderr.splitlines()[:1] == ["True"]
