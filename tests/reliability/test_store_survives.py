"""A short run of the reliability harness; ``python -m tests.reliability --full`` is the long one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def counts(*arguments: str) -> dict[str, int]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.reliability", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return {kind.strip(): int(count) for kind, count in re.findall(r"([a-z ]+) (\d+)[,) ]", run.stdout)}


def test_kills_lose_nothing_acknowledged() -> None:
    found = counts("--kills", "15", "--writers", "0")
    assert found["kills"] == 15
    assert found["acknowledged"] > 15
    assert (found["lost"], found["unreadable"]) == (0, 0)


def test_writers_at_once_lose_nothing() -> None:
    found = counts("--kills", "0", "--writers", "4", "--edits", "25")
    assert found["edits"] == 100
    assert (found["lost"], found["miscounted"], found["bad readings"]) == (0, 0, 0)
    assert found["readings"] > 0


@pytest.mark.slow
def test_a_thousand_kills_and_sixteen_writers_lose_nothing() -> None:
    found = counts("--full")
    assert found["kills"] == 1_000
    assert found["edits"] == 1_600
