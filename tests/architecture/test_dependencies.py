"""What the program stands on: no version with a known hole, none that is not known yet, no name of somebody else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["web"]]
# The first versions without the advisories that are known of those before.
SAFE = {"orjson": (3, 11, 6), "aiohttp": (3, 14, 1), "jinja2": (3, 1, 6)}


def bound(needed: str, sign: str) -> tuple[int, ...] | None:
    found = re.search(rf"{sign}([\d.]+)", needed)
    return None if found is None else tuple(map(int, found[1].split(".")))


@pytest.mark.parametrize("needed", NEEDED)
def test_every_dependency_has_a_lower_and_an_upper_bound(needed: str) -> None:
    name = re.split("[<>=]", needed)[0]
    lowest, first_beyond = bound(needed, ">="), bound(needed, "<")
    assert lowest is not None
    assert first_beyond is not None
    assert SAFE.get(name, ()) <= lowest < first_beyond


@pytest.mark.parametrize("name", ["textual", "tinydb"])
def test_whose_inner_names_are_used_may_change_by_a_patch_only(name: str) -> None:
    (needed,) = (each for each in NEEDED if each.startswith(f"{name}>"))
    lowest, first_beyond = bound(needed, ">="), bound(needed, "<")
    assert lowest is not None
    assert first_beyond == (lowest[0], lowest[1] + 1)


def test_nobody_is_invited_to_install_a_name_from_an_index() -> None:
    texts = [ROOT / "README.md", *(ROOT / "tui").rglob("*.py")]
    named = re.compile(r"(?:pip|pipx|uv|uvx|tool) (?:install|run|add) (?:-\S+ )*[\"']?readlist\b")
    assert named.search("pip install 'readlist[web]'")
    assert [path.name for path in texts if named.search(path.read_text(encoding="utf-8"))] == []
