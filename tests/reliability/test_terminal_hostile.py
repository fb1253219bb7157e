"""Hostile text on a real terminal: every byte sent belongs to a known sequence, and none comes from the text."""

from __future__ import annotations

import base64
import re
import signal
from typing import TYPE_CHECKING

import pytest

from tests.support.hostile import STRINGS, make_home

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

# The sequences that Textual writes: styles, cursor movements, modes, the kitty keyboard, the shape of the pointer; and
# those that restore the terminal.
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
    """The parts of a recorded stream that belong to no known sequence, or come from a hostile string."""
    rest = GRAMMAR.sub("", COPY.sub("", text))
    found = [ascii(rest[max(match.start() - 40, 0) : match.end() + 40]) for match in HARMFUL.finditer(rest)]
    return found + [ascii(hostile) for hostile in STEERING if hostile in text]


def press(terminal: Terminal, *keys: str) -> None:
    for key in keys:
        terminal.type(key)
        terminal.rest(0.2 if key == "\x1b" else 0.05)  # what follows an escape at once counts as one key with it


def walk(terminal: Terminal, papers: int, every: int) -> None:
    """Show papers, and open every dialog on some of them."""
    for number in range(papers):
        press(terminal, "j")
        if number % every == every - 1:
            press(terminal, "e", "\x1b", "t", "\x1b", "-", "\x1b", "y", "t", "x", "\x1b", "?", "\x1b")


@pytest.mark.parametrize("every", [16, pytest.param(1, marks=pytest.mark.slow)])
def test_every_byte_sent_belongs_to_a_known_sequence(every: int, start: Starter) -> None:
    (start.home / "seeds" / "page.txt").unlink()
    make_home(start.home)
    terminal = start(size=(140, 45))
    terminal.shows(f" of {len(STRINGS)}")
    terminal.rest()
    walk(terminal, len(STRINGS), every)
    for text in list(STRINGS.values())[::every]:
        press(terminal, "/")
        terminal.type(b"\x1b[200~" + text.replace("\x1b", "").encode(errors="replace") + b"\x1b[201~")
        terminal.rest(0.06)
        terminal.type(text.encode(errors="replace"))
        terminal.rest(0.2)
        press(terminal, "\x1b", "\x1b")
    terminal.send(signal.SIGTERM)
    assert terminal.end() == 143
    assert terminal.left_on() == []
    text = bytes(terminal.output).decode()  # strictly
    assert faults(text) == []
    copied = [base64.b64decode(payload).decode() for payload in COPY.findall(text)]
    assert copied
    assert not [text for text in copied if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)]


@pytest.mark.parametrize("text", STEERING)
def test_a_leaked_string_would_be_found(text: str) -> None:
    assert faults(f"\x1b[1m{text}\x1b[0m")
