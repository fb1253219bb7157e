"""Fixtures: the command line on a small reading list of five papers, one of them hostile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pytest

from tui.cli.main import main

if TYPE_CHECKING:
    from tui.paths import Paths

ROOT = Path(__file__).resolve().parents[2]

# A title that sets the colours, the clipboard and the text direction of an unprotected terminal.
HOSTILE = "Evil \x1b[31mRed\x1b[0m \x1b]52;c;aGk=\x07 \x9b2J \u202eReversed\u202c Papers"
LISTING = f"""\
CVOct 26, 2023Code
Neural Radiance Fields from Sparse ViewsMaria Garcia, John Smith, Wei Chen et al.
Neural radiance fields need many views. We show that three views suffice once depth is regularised over unseen \
poses, and report results on two benchmarks of indoor scenes.
NIOct 11, 2023
Streaming Key Value Caches for Language ModelsDavid Miller, Anna Schmidt
Language models with long contexts wait for their caches. We compress the cache into a bitstream and stream it, so \
that the first token comes four times sooner.
LGJun 2, 2024Code
Mixture of Experts on Small DevicesPeter Johnson
Experts do not fit into the memory of a telephone. We page them in by predicting the next expert from the last \
layer, with little loss of quality.
CVJan 15, 2024
Gaussian Splatting for Moving PeopleLaura Fischer, Thomas Weber
People move, and splats do not. We attach every splat to a bone of a body model and learn how clothes follow, \
in real time on one graphics card.
CRMar 3, 2024
{HOSTILE}Robert Brown, Emily Davis
We study how terminals treat control characters in titles of papers, and find that most of them obey whatever a page \
tells them to do.
"""


class Result(NamedTuple):
    """Exit status and output of a command."""

    status: int
    out: str
    err: str


class Run(Protocol):
    """Runs a command on the small list."""

    def __call__(self, *arguments: str) -> Result: ...


class Program(Protocol):
    """Runs the program in a new process."""

    def __call__(self, *arguments: str, env: dict[str, str] | None = None, **settings: Any) -> Result: ...  # noqa: ANN401


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "listing.txt").write_text(LISTING, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(seeds: Path, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in this process; standard input and output are not terminals."""

    def no_screen(paths: Paths, ascii_only: bool) -> int:
        raise AssertionError(f"the screen opened on {paths}, {ascii_only}")

    monkeypatch.setenv("READLIST_CONFIG", str(data.parent / "config.toml"))

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        status = main(["--data", str(data), "--seeds", str(seeds), *arguments], open_screen=no_screen)
        return Result(status, *capsys.readouterr())

    return call


@pytest.fixture
def program(seeds: Path, data: Path) -> Program:
    def call(*arguments: str, env: dict[str, str] | None = None, **settings: Any) -> Result:  # noqa: ANN401 - of subprocess
        folders = {"READLIST_DATA": str(data), "READLIST_SEEDS": str(seeds), "PYTHONPATH": str(ROOT)}
        folders["READLIST_CONFIG"] = str(data.parent / "config.toml")
        inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        settings = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | settings
        if "input" in settings:
            del settings["stdin"]
        done = subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            env=inherited | folders | (env or {}),
            timeout=60,
            check=False,
            **settings,
        )
        return Result(done.returncode, os.fsdecode(done.stdout or b""), os.fsdecode(done.stderr or b""))

    return call
