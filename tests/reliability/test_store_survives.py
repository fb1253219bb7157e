"""A short run of the reliability harness; ``python -m tests.reliability --full`` is the long one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def counts(*arguments: str, timeout: float = 600) -> dict[str, dict[str, int]]:
    """Run the harness without findings, and return its counts by trial."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.reliability", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    lines = [line.partition(": ") for line in run.stdout.splitlines()]
    return {
        name: {kind.strip(): int(count) for kind, count in re.findall(r"([a-z ]+) (\d+)(?=[,\s])", found)}
        for name, _, found in lines
    }


def test_kills_lose_nothing_acknowledged() -> None:
    found = counts("--only", "kills")
    assert found["kills of the library"]["kills"] == 15
    assert found["kills of the library"]["acknowledged"] > 15
    assert found["kills of command lines"]["kills"] > 0
    assert found["kills of screens"]["kills"] == 2
    assert {"kills of an import", "kills of an export", "kills of a compaction with its backup"} <= found.keys()


@pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_a_kill_at_every_call_loses_nothing(stride: int) -> None:
    found = counts("--only", "points", "-n", f"{stride}")["kills at every call"]
    points = {kind: count for kind, count in found.items() if kind.startswith("at ")}
    assert len(points) == 20
    assert min(points.values()) >= 11 // stride
    assert found["points"] == sum(points.values())
    assert found["relapses"] > 50


@pytest.mark.parametrize("stride", [10, pytest.param(5, marks=pytest.mark.slow)])
def test_refusing_some_calls_loses_nothing(stride: int) -> None:
    found = counts("--only", "faults", "-n", f"{stride}")["refused calls"]
    assert found["points"] > 1500 // stride
    assert found["refused"] > 1000 // stride
    assert found["short writes"] > 1_000


def test_a_power_loss_at_any_moment_loses_nothing() -> None:
    found = counts("--only", "pages")["power lost"]
    assert found["states"] == found["before"] + found["after"] == 500
    assert found["noticed on a lying disk"] > 0


def test_damaged_files_are_refused_and_repaired() -> None:
    assert counts("--only", "damaged")["damaged files"]["damaged"] == 40


def test_concurrent_writers_lose_nothing() -> None:
    found = counts("--only", "writers")["writers at once"]
    assert found["edits"] == 100
    assert found["readings"] > 0


@pytest.mark.parametrize("documents", [500, pytest.param(2_000, marks=pytest.mark.slow)])
def test_mutated_documents_are_read_or_reported(documents: int) -> None:
    found = counts("--only", "documents", "-n", f"{documents}")["mutated documents"]
    assert found["documents"] == documents
    assert found["records"] > documents
    assert found["through the store"] == documents // 25


@pytest.mark.slow
def test_the_full_run() -> None:
    found = counts("--full", timeout=12 * 60 * 60)
    assert sum(trial.get("kills", 0) + trial.get("finished", 0) for trial in found.values()) >= 9_500
    assert found["refused calls"]["points"] >= 1_000
    assert found["writers at once"]["edits"] == 16_000
    assert found["mutated documents"]["documents"] == 100_000
