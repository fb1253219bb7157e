"""Characters of unusual widths on a real terminal: a row stays one row, and the next pane is not shifted."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

# By code point: from right to left, marks in piles, invisible characters, reversed directions, tags, soft hyphens,
# noncharacters, surrogates, wide characters, scripts that are full of marks.
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


def rows(terminal: Terminal) -> list[str]:
    """The rows of the list, each up to the next pane."""
    return [line for line in terminal.screen().splitlines() if "year" not in line and BORDERS & set(line)]


@pytest.mark.parametrize("number", [60, pytest.param(2_000, marks=pytest.mark.slow)])
def test_no_row_is_shifted(number: int, start: Starter) -> None:
    seeds = start.home / "seeds"
    records = [
        {"title": f"{place} {title}", "authors": [title[:9]], "abstract": f"study{place} " * 20}
        for place, title in enumerate(odd_titles(number))
    ]
    (seeds / "page.txt").write_text(json.dumps(records), encoding="utf-8")
    terminal = start(size=(160, 40))
    terminal.shows(f"1 of {number}")  # not the progress of reading
    terminal.rest()
    seen = 0
    while seen < number:
        places = {column_of(terminal, y) for y in range(2, 36)}
        assert len(places) == 1, terminal.screen()
        seen += 30
        terminal.type("\x1b[6~")
        terminal.rest(0.1)
    terminal.type("\x11")
    assert terminal.end() == 0


def column_of(terminal: Terminal, y: int) -> int:
    """The column of the border of the detail pane in a line, in cells."""
    terminal.screen()
    line = terminal._model.buffer[y]
    return [x for x in range(terminal.columns) if line[x].data in BORDERS][1]  # after that of the filter pane
