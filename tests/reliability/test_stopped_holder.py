"""A process that is suspended while it holds the lock, and one that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import os, signal, sys
from pathlib import Path
from tui.store.lock import Lock
with Lock(Path(sys.argv[1]) / ".lock").held():
    print("held", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
"""


def readlist(home: Path, *words: str) -> tuple[int, str, float]:
    folders = {"READLIST_DATA": str(home / "data"), "READLIST_SEEDS": str(home / "seeds"), "PYTHONPATH": str(ROOT)}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        env={"PATH": os.environ["PATH"], **folders},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr, time.monotonic() - began


def test_a_suspended_lock_holder_is_named_and_a_killed_one_blocks_nobody(home: Path) -> None:
    assert readlist(home, "star", "title:Sparse", "title:Retrieval")[0] == 0
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home / "data")],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        assert readlist(home, "list")[0] == 0
        status, errors, seconds = readlist(home, "star", "title:Dense", "title:Retrieval")
        assert status == 5
        assert f"process {holder.pid}," in errors
        assert seconds > 4.5
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        holder.stdout.close()
    status, errors, seconds = readlist(home, "star", "title:Dense", "title:Retrieval")
    assert (status, errors) == (0, "")
    assert seconds < 4.5
