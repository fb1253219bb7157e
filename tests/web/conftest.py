"""A running server process with a list of two papers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
FOUND_LINK = "https://papers.example/2031"
RECORDS = [
    {
        "title": "Rivers Under Glass",
        "abstract": "We watch rivers " * 9,
        "authors": ["Ida Moor"],
        "links": [FOUND_LINK],
    },
    {"title": "Harbours at Night", "abstract": "We count harbours " * 9, "authors": ["Jon Pike"]},
]

pytest.importorskip("aiohttp", reason="the extra web is not installed")


class Running:
    """A server process and its folders."""

    def __init__(
        self, folder: Path, *options: str, inside: Path | None = None, first: tuple[str, ...] = (), **environ: str
    ) -> None:
        self.paths = Paths(folder / "data", folder / "seeds", folder / "config.toml")
        names = {"PATH", "HOME", "LANG", "TMPDIR"}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tui", *first, "serve", "--port", "0", *options],
            env={
                **{name: value for name, value in os.environ.items() if name in names},
                "READLIST_DATA": str(self.paths.data),
                "READLIST_SEEDS": str(self.paths.seeds),
                "READLIST_CONFIG": str(self.paths.config),
                "PYTHONPATH": str(ROOT),
                **environ,
            },
            cwd=inside or folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.first_line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", self.first_line)
        assert found is not None, self.process.communicate()
        self.address, self.port, self.token = found[0], int(found[1]), found[2]
        self.origin = f"http://127.0.0.1:{self.port}"

    def stop(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """Stop the server; returns its exit status and standard error."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        errors = self.process.communicate(timeout=30)[1]
        return self.process.returncode, errors


def opened_before(folder: Path) -> Path:
    """The folder, with a list that was opened and closed."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "page.txt").write_text(json.dumps(RECORDS), encoding="utf-8")
    Session.open(Paths(folder / "data", folder / "seeds")).close()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return opened_before(tmp_path)


@pytest.fixture
def serve(folder: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def start(*options: str, inside: Path | None = None, first: tuple[str, ...] = (), **environ: str) -> Running:
        started.append(Running(folder, *options, inside=inside, first=first, **environ))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def server(serve: Callable[..., Running]) -> Running:
    return serve()


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests of a module that leave it as it was."""
    server = Running(opened_before(tmp_path_factory.mktemp("shared")))
    yield server
    server.stop()
