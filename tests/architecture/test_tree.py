"""The repository: its top level, the version, and the unchanged sample sources."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

import tui

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {"pyproject.toml", "README.md", "tui", "seeds", "data", "tests"}
SOURCES = {
    "000_2b9522da0f2d88a1.txt": "07c994033921808dc222e79954e768053b70abf4dcb1b16856ed2d027e94e8cd",
    "001_fa7def7ade082b96.txt": "64654184cc0936e69ccc259f830bd392621455320b9c6402d5f7d6f4800bfce6",
    "002_a049e850807c9590.txt": "07b793a1b74a32d71c41eb37f2c1dc1b4ee4f85ce55307331aa3d9e5423eb0df",
    "003_41a32cd143f51d43.txt": "a1d94277bc6f9049efbafac1c8c307e4951d638825d99dfbfc1eb5ac7c3a17a7",
}


def test_the_top_level_contains_only_the_agreed_names() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: the files of the repository cannot be listed")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    shown = {name.split("/")[0] for name in listing.split("\0") if name}
    assert {name for name in shown if not name.startswith(".")} <= TOP_LEVEL
    assert {name for name in listing.split("\0") if name.startswith("data/")} == {"data/.gitignore"}


def test_the_sample_sources_are_unchanged() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").glob("*.txt")}
    assert found == SOURCES


def test_the_version_is_valid() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?", tui.__version__)
