"""A process that is killed while it fills papers leaves the list as it was, or filled as a whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources.generated_snapshot import write_snapshot
from tui.paths import Paths
from tui.session.session import Session

ROOT = Path(__file__).resolve().parents[2]
# Kills itself at the n-th call of a function that writes or syncs, which is later than no moment that matters.
KILLED = """
import os, signal, sys
moment, *arguments = sys.argv[1:]
left = [int(moment)]
def killing(function):
    def call(*args, **named):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **named)
    return call
for name in ("fsync", "replace", "rename", "write"):
    setattr(os, name, killing(getattr(os, name)))
from tui.cli.main import main
sys.exit(main(arguments, open_screen=lambda paths, ascii_only: 99))
"""


@pytest.mark.slow
def test_a_kill_at_any_write_leaves_the_list_whole(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    listing = sorted((ROOT / "seeds").glob("*.txt"), key=lambda path: path.stat().st_size)[-2]
    (seeds / listing.name).write_bytes(listing.read_bytes())
    session = Session.open(Paths(tmp_path / "first", seeds))
    papers = [session.entry(paper_id).paper for paper_id in session.ids()]
    session.close()
    snapshot = tmp_path / "snapshot.json"
    assert write_snapshot(snapshot, papers, 200).equal

    def listed(data: Path) -> list[tuple[str, str | None]]:
        session = Session.open(Paths(data, seeds))
        found = [(paper_id, session.entry(paper_id).paper.eprint) for paper_id in session.ids()]
        session.close()
        return found

    before = listed(tmp_path / "first")
    outcomes: set[str] = set()
    for moment in range(1, 40):
        data = tmp_path / f"data{moment}"
        listed(data)
        arguments = ["--data", str(data), "--seeds", str(seeds), "fill", "--yes", "--from", str(snapshot)]
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(moment), *arguments],
            env=os.environ | {"PYTHONPATH": str(ROOT), "READLIST_CONFIG": str(tmp_path / "none.toml")},
            capture_output=True,
            timeout=120,
            check=False,
        )
        after = listed(data)
        assert [paper_id for paper_id, _ in after] == [paper_id for paper_id, _ in before]
        if done.returncode == 0:
            outcomes.add("done")
            break
        assert done.returncode == -signal.SIGKILL, json.dumps(done.stderr.decode())
        outcomes.add("as it was" if after == before else "filled")
    assert outcomes == {"as it was", "filled", "done"}
