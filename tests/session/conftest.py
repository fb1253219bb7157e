"""A short list in a session of its own; three papers, of which each lacks something."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORDS: list[dict[str, object]] = [
    {
        "title": "Rivers Under Glass",
        "abstract": "We watch rivers freeze. " * 9,
        "category": "cs.CV",
        "authors": ["Ida Moor"],
    },
    {
        "title": "Harbours at Night",
        "abstract": "We count harbours and lamps. " * 9,
        "links": ["https://papers.example/2"],
    },
    {"title": "Mills of the North", "abstract": "We measure mills in wind. " * 9, "date": "2023-09-30"},
]


@pytest.fixture
def home(tmp_path: Path) -> Paths:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(json.dumps(RECORDS), encoding="utf-8")
    return Paths(data=tmp_path / "data", seeds=tmp_path / "seeds")


@pytest.fixture
def session(home: Paths) -> Iterator[Session]:
    with closing(Session.open(home)) as opened:
        yield opened
