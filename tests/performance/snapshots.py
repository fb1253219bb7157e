"""Cost of finding records in a snapshot of arXiv's metadata, next to parsing all of its lines."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.performance.clock import Row
from tests.performance.corpus import ROOT
from tests.sources.generated_snapshot import write_snapshot
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.paths import Paths

_RECORDS = 300_000
_ALL_RECORDS = 2_800_000
_RATIO_AIM = 1.3
_MEMORY_AIM = 80.0  # MB
_FILL = """
import sys, time
from pathlib import Path
from tui.paths import Paths
from tui.session.session import Session
data, seeds, snapshot = map(Path, sys.argv[1:])
session = Session.open(Paths(data, seeds))
fills = session.fills
start = time.process_time()
fills.plan(session.ids(), [snapshot])
took = time.process_time() - start
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(took, peak)
"""
_PARSE = """
import orjson, sys, time
start = time.process_time()
with open(sys.argv[1], "rb") as file:
    for line in file:
        orjson.loads(line)
print(time.process_time() - start)
"""


def snapshots(home: Paths, runs: int) -> list[Row]:
    """Find the records of a list in a generated snapshot."""
    session = Session.open(home)
    papers = [session.entry(paper_id).paper for paper_id in session.ids()]
    session.close()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.json"
        write_snapshot(path, papers, _RECORDS)
        size = path.stat().st_size / 1e6
        ours: list[float] = []
        theirs: list[float] = []
        memory = 0.0
        for _ in range(runs):
            took, peak = _output(_FILL, str(home.data), str(home.seeds), str(path))
            ours.append(took)
            memory = peak / 1024
            theirs.append(_output(_PARSE, str(path))[0])
    ratios = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    took = sorted(ours)[runs // 2]
    what = f"fill from {_RECORDS} records ({size:.0f} MB, {size / took:.0f} MB/s)"
    baseline, other = "orjson, the lines", sorted(theirs)[runs // 2] * 1000
    return [
        Row(what, took * 1000, "ms", baseline, other, ratios[runs // 2], _RATIO_AIM),
        Row(f"fill from {_ALL_RECORDS} records, estimated", took * 1000 * _ALL_RECORDS / _RECORDS, "ms"),
        Row("fill: memory", memory, "MB", aim=_MEMORY_AIM),
    ]


def _output(script: str, *arguments: str) -> list[float]:
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return list(map(float, done.stdout.split()))
