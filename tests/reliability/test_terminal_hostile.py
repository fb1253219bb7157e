"""Hostile text on a real terminal: every byte that leaves is of a grammar, and none of the text's making."""

from __future__ import annotations

import base64
import re
import signal
from typing import TYPE_CHECKING

import pytest

from tests.hostile import STRINGS, make_home

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

# What Textual writes: colours and the like, moves of the cursor, the modes it sets and asks for, the kitty keyboard,
# a shape of the pointer; and what gives the terminal back.
MODES = "7|25|1000|1002|1003|1004|1005|1006|1015|1016|1049|2004|2026|2048"
GRAMMAR = re.compile(
    rf"\x1b\[[\d;]*m|\x1b\[\d+;\d+H|\x1b\[\d*[ABCDG]|\x1b\[\?(?:{MODES})[hl]|\x1b\[\?(?:2026|2048)\$p"
    r"|\x1b\[>\d+u|\x1b\[<\d*u|\x1b\]22;[a-z-]+\x07|\x1b\\"
)
COPY = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
HARMFUL = re.compile(
    "[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]|[\u0300-\u036f]{5}"
)
STEERING = [text for text in STRINGS.values() if re.search("[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)]


def faults(text: str) -> list[str]:
    """What in a recorded stream is of no grammar, or of a hostile string's making."""
    rest = GRAMMAR.sub("", COPY.sub("", text))
    found = [ascii(rest[max(match.start() - 40, 0) : match.end() + 40]) for match in HARMFUL.finditer(rest)]
    return found + [ascii(hostile) for hostile in STEERING if hostile in text]


def press(desk: Terminal, *keys: str) -> None:
    for key in keys:
        desk.type(key)
        desk.rest(0.2 if key == "\x1b" else 0.05)  # what follows an escape at once is taken for one key with it


def walk(desk: Terminal, papers: int, every: int) -> None:
    """Look at papers, and open every dialog on some of them."""
    for number in range(papers):
        press(desk, "j")
        if number % every == every - 1:
            press(desk, "e", "\x1b", "t", "\x1b", "-", "\x1b", "y", "t", "x", "\x1b", "?", "\x1b")


@pytest.mark.parametrize("every", [16, pytest.param(1, marks=pytest.mark.slow)])
def test_every_byte_is_of_the_grammar(every: int, start: Starter) -> None:
    (start.home / "seeds" / "page.txt").unlink()
    make_home(start.home)
    desk = start(size=(140, 45))
    desk.shows(f" of {len(STRINGS)}")
    desk.rest()
    walk(desk, len(STRINGS), every)
    for text in list(STRINGS.values())[::every]:
        press(desk, "/")
        desk.type(b"\x1b[200~" + text.replace("\x1b", "").encode(errors="replace") + b"\x1b[201~")
        desk.rest(0.06)
        desk.type(text.encode(errors="replace"))
        desk.rest(0.2)
        press(desk, "\x1b", "\x1b")
    desk.send(signal.SIGTERM)
    assert desk.end() == 143
    assert desk.left_on() == []
    text = bytes(desk.output).decode()  # strictly
    assert faults(text) == []
    copied = [base64.b64decode(payload).decode() for payload in COPY.findall(text)]
    assert copied
    assert not [text for text in copied if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)]


@pytest.mark.parametrize("text", STEERING)
def test_a_string_that_leaked_would_be_found(text: str) -> None:
    assert faults(f"\x1b[1m{text}\x1b[0m")
