"""Letters of odd widths on a real terminal: a row stays a row, and what stands beside it stays where it is."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

# By code point: from right to left, marks in piles, invisible letters, turned directions, tags, soft hyphens,
# noncharacters, surrogates, wide letters, scripts that are full of marks.
KINDS = {
    "right to left": "אבגדהוזחט ابتثجحخد עִבְרִית",
    "marks": "a\u0301\u0302\u0303\u0304\u0305\u0306\u20dd\u0488",
    "invisible": "x\u200b\u200c\u2060\u00ad\ufeff\u180e\u2063",
    "turned": "x\u202e\u202d\u2066\u2067\u2069\u200e\u200f\u061c",
    "tags": "x" + "".join(map(chr, range(0xE0041, 0xE0060))),
    "no characters": "x\ufdd0\ufffe\uffff\U0001ffff\ud800\udfff\ufff9",
    "controls": "x\x00\x07\x08\x0b\x1b\x7f\x80\x9b\u2028",
    "full of marks": "नमस्ते स्वास्थ्य ภาษาไทยน้ำ བསྒྲུབས",
    "wide": "日本語のニューラル場薛定谔ｆｕｌｌ",
}
BORDERS = frozenset("│┃║")


def odd_titles(number: int) -> list[str]:
    chance = Random(number)  # noqa: S311 - reproducible on purpose
    titles = ["a" + "\u0301" * 300 + "b"]
    while len(titles) < number:
        kinds = chance.sample(sorted(KINDS.values()), 3)
        titles.append(" ".join("".join(chance.choices(kind, k=chance.randrange(1, 30))) for kind in kinds))
    return titles


def rows(desk: Terminal) -> list[str]:
    """The rows of the list, as far as each is cut off by what stands beside it."""
    return [line for line in desk.screen().splitlines() if "year" not in line and BORDERS & set(line)]


@pytest.mark.parametrize("number", [60, pytest.param(2_000, marks=pytest.mark.slow)])
def test_no_row_is_shifted(number: int, start: Starter) -> None:
    seeds = start.home / "seeds"
    records = [
        {"title": f"{place} {title}", "authors": [title[:9]], "abstract": f"study{place} " * 20}
        for place, title in enumerate(odd_titles(number))
    ]
    (seeds / "page.txt").write_text(json.dumps(records), encoding="utf-8")
    desk = start(size=(140, 40))
    desk.shows(f" of {number}")
    desk.rest()
    seen = 0
    while seen < number:
        places = {column_of(desk, y) for y in range(2, 36)}
        assert len(places) == 1, desk.screen()
        seen += 30
        desk.type("\x1b[6~")
        desk.rest(0.1)
    desk.type("\x11")
    assert desk.end() == 0


def column_of(desk: Terminal, y: int) -> int:
    """Where the border of the detail pane stands in a line, in cells."""
    desk.screen()
    line = desk._model.buffer[y]
    return [x for x in range(desk.columns) if line[x].data in BORDERS][1]  # behind that of the filter pane
