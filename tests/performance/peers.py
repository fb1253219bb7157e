"""The start of other programs with the same papers, next to ours: ``python -m tests.performance --peers``.

Programs that are not installed are skipped. All run on a pseudo-terminal of the same size, and are measured in turns.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.performance.clock import Row, against, until, until_end

_PASS = [sys.executable, "-c", "pass"]
_READLIST = [sys.executable, "-c", "import sys; from tui.__main__ import main; sys.exit(main())"]
_AIM = 2.5  # times `python -c pass`


class _Peer(NamedTuple):
    """A program, how it is started, and the text that shows that it is there."""

    name: str
    command: list[str]
    text: str


def start_rows(size: int, runs: int, environ: dict[str, str]) -> list[Row]:
    """Start to the first title on the screen: our remembered frame, and the peers, against ``python -c pass``."""
    listed = subprocess.run([*_READLIST, "list"], env=environ, check=True, capture_output=True, text=True).stdout
    titles = [line.split("  ")[3].strip() for line in listed.splitlines()]
    first = " ".join(titles[0].split()[:2])
    _leave_once(environ, first)
    rows = [
        against(
            f"start to the remembered first frame, {size}",
            lambda: until(_READLIST, first, environ),
            "python -c pass",
            lambda: until_end(_PASS, environ),
            runs,
            _AIM,
        )
    ]
    with tempfile.TemporaryDirectory() as folder:
        for peer in _peers(Path(folder), titles, environ):
            if shutil.which(peer.command[0]) is None:
                print(f"{peer.name}: not installed, skipped")
                continue
            rows.append(
                against(
                    f"start to the remembered first frame, {size}",
                    lambda: until(_READLIST, first, environ),
                    peer.name,
                    lambda peer=peer: until(peer.command, peer.text, environ),  # type: ignore[misc]
                    runs,
                    1.0,
                )
            )
    return rows


def _leave_once(environ: dict[str, str], text: str) -> None:
    """Open the screen and quit, so that the next start has a frame to show."""
    frame = Path(environ["READLIST_DATA"]) / ".first-frame"
    frame.unlink(missing_ok=True)
    until(_READLIST, text, environ, keys="\x11")
    end = time.monotonic() + 10
    while not frame.exists():
        if time.monotonic() > end:
            raise TimeoutError("no frame was kept")
        time.sleep(0.05)


def _peers(folder: Path, titles: list[str], environ: dict[str, str]) -> list[_Peer]:
    (folder / "titles").write_text("\n".join(titles), encoding="utf-8")
    items = "".join(f"<item><title>{escape(title)}</title><guid>{n}</guid></item>" for n, title in enumerate(titles))
    feed = folder / "feed.xml"
    feed.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Papers</title>{items}</channel></rss>', "utf-8"
    )
    (folder / "urls").write_text(f"file://{feed}\n", encoding="utf-8")
    newsboat = ["newsboat", "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", "/dev/null"]
    if shutil.which("newsboat"):
        subprocess.run(
            [*newsboat, "-x", "reload"], env=environ | {"HOME": str(folder)}, check=False, capture_output=True
        )
    first = " ".join(titles[0].split()[:2])
    return [
        _Peer("fzf, first title", ["sh", "-c", f"exec fzf --layout=reverse < {folder / 'titles'}"], first),
        _Peer("newsboat, list of feeds", newsboat, "Papers"),
    ]
