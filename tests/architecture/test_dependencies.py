"""Dependencies: no version with a known vulnerability, no untested version, no package name of somebody else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["web"]]
# The first versions without known security advisories.
SAFE = {"orjson": (3, 11, 6), "aiohttp": (3, 14, 1), "jinja2": (3, 1, 6)}


def bound(requirement: str, operator: str) -> tuple[int, ...] | None:
    found = re.search(rf"{operator}([\d.]+)", requirement)
    return None if found is None else tuple(map(int, found[1].split(".")))


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_every_dependency_has_a_lower_and_an_upper_bound(requirement: str) -> None:
    name = re.split("[<>=]", requirement)[0]
    lowest, limit = bound(requirement, ">="), bound(requirement, "<")
    assert lowest is not None
    assert limit is not None
    assert SAFE.get(name, ()) <= lowest < limit


@pytest.mark.parametrize("name", ["textual", "tinydb"])
def test_packages_with_private_names_in_use_are_pinned_to_a_minor_version(name: str) -> None:
    (requirement,) = (each for each in REQUIREMENTS if each.startswith(f"{name}>"))
    lowest, limit = bound(requirement, ">="), bound(requirement, "<")
    assert lowest is not None
    assert limit == (lowest[0], lowest[1] + 1)


def test_no_text_tells_users_to_install_readlist_from_an_index() -> None:
    texts = [ROOT / "README.md", *(ROOT / "tui").rglob("*.py")]
    command = re.compile(r"(?:pip|pipx|uv|uvx|tool) (?:install|run|add) (?:-\S+ )*[\"']?readlist\b")
    assert command.search("pip install 'readlist[web]'")
    assert [path.name for path in texts if command.search(path.read_text(encoding="utf-8"))] == []
