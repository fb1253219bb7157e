"""Input from the terminal that is not a key: pastes, replies, rubbish."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.reliability.conftest import TITLES

if TYPE_CHECKING:
    from tests.reliability.conftest import Starter, Terminal

PIECES = [
    b"\x1b", b"\x1b[", b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b\\", b"\x07", b";", b"?", b"M", b"m", b"<", b"u", b"~",
    b"$y", b"t", b"R", b"c", b"0", b"1", b"48", b"2026", b"2048", b"9" * 30, b"\x9b", b"\xff", b"\xc3", b"\xe2\x82",
    b"\x00", b"\x7f", b"52;c;", b"-1", b":", b"=", b">", b"\x1b[<", b"\x1b[M", b"\x1b[201~", b"4294967296",
    b"1114112",
    b"\x1b[48;99999;99999;0;0t", b"\x1b[?2048;1$y", b"\x1b[55296u", b"\x1b[1;1:9u", b"\x1b[" + b"1;2" * 15,
]  # fmt: skip


def rubbish(chance: Random, number: int) -> bytes:
    return b"".join(chance.choice(PIECES) for _ in range(number))


def check_still_responds(terminal: Terminal) -> None:
    """Check that the program handles keys in any state that the rubbish left, follows the size, and exits cleanly."""
    terminal.type("\x1b\\\x1b[201~\x07")
    terminal.resize(90, 28)
    for _ in range(9):
        terminal.type("\x1b")
        terminal.rest(0.3)  # what follows an escape at once counts as one key with it
        terminal.type("\x1bOP")  # F1 is help, also in the middle of a query
        terminal.rest(0.2)
        if "what do you want to do?" in terminal.screen():
            break
    terminal.shows("what do you want to do?")
    terminal.type("\x11")
    assert terminal.end() == 0
    assert terminal.left_on() == []


def test_bytes_that_are_not_text_do_no_harm(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("/")
    terminal.rest()
    terminal.type(b"caf\xe9\xff\xc3")
    terminal.shows("caf")
    terminal.rest()
    check_still_responds(terminal)


def fuzz(terminal: Terminal, seed: int, number: int) -> None:
    chance = Random(seed)  # noqa: S311 - reproducible on purpose
    terminal.type("/")  # so that letters in the rubbish go to the query and run no commands
    terminal.rest()
    for _ in range(number):
        terminal.type(rubbish(chance, 6))
        terminal.pump(0.002)
    check_still_responds(terminal)


def test_rubbish_from_the_terminal_is_ignored(start: Starter) -> None:
    fuzz(start.open_screen(), 1, 30)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_fifteen_thousand_pieces_of_rubbish(seed: int, start: Starter) -> None:
    fuzz(start.open_screen(), 100 + seed, 250)


UNFINISHED, LONG = "without an end", "the clipboard"
REPLIES = {
    "OSC 11": b"\x1b]11;rgb:1b1b/2b2b/rrrr\x1b\\",
    "OSC 4, BEL": b"\x1b]4;7;rgb:bb/bb/bb\x07",
    "DCS, a setting": b"\x1bP1$r0;1;38:2:1:2:3m\x1b\\",
    "DCS, the name": b"\x1bP>|WezTerm 20240203\x1b\\",
    "DCS, a capability": b"\x1bP1+r524742=382f382f38\x1b\\",
    "APC, graphics": b"\x1b_Gi=77;OK\x1b\\",
    "PM and SOS": b"\x1b^rbtV\x1b\\\x1bXrbtV\x1b\\",
    "one in another": b"\x1bPtmux;\x1b\x1b]10;rgb:b/b/b\x1b\x1b\\rbV\x1b\\",
    "single bytes": b"\x9d11;rgb:b/b/b\x9c",
    "CSI": b"\x1b[?64;1;9c\x1b[>0;276;0c\x1b[?7u\x1b[0n\x1b[8;30;100t\x1b[?997;2n",
    LONG: b"\x1b]52;c;" + b"cmJ0Vg==" * 2000 + b"\x1b\\",
    UNFINISHED: b"\x1b]11;rgb:bbrt",
}


def test_replies_of_the_terminal_are_not_keys(start: Starter) -> None:
    terminal = start()
    # Before the program has begun to read; a terminal keeps no more than some thousand bytes for it.
    terminal.type(b"".join(reply for name, reply in REPLIES.items() if name not in {UNFINISHED, LONG}) + b"j")
    terminal.shows(f"2 of {len(TITLES)}")
    shown = 2
    for name, reply in REPLIES.items():
        if name == UNFINISHED:
            continue
        in_pieces = [reply[at : at + 7] if at < 56 else reply[at:] for at in range(0, min(len(reply), 63), 7)]
        for pieces in ([reply], in_pieces):
            for piece in pieces:
                terminal.type(piece)
                terminal.pump(0.001)
            shown += 1
            terminal.type("j")
            terminal.shows(f"{shown} of {len(TITLES)}")
            assert "★" not in terminal.screen(), name
    terminal.type("q")
    assert terminal.end() == 0
    assert start.kept() == (TITLES[shown - 1], 0)
    assert start.steps() == 0


def test_a_reply_without_an_end_is_given_up(start: Starter) -> None:
    terminal = start()

    def takes_keys(before: str) -> bool:
        terminal.rest(1.1)  # a second of silence ends it; each key begins it anew
        terminal.type("j")
        terminal.rest()
        return terminal.position() != before

    terminal.type(REPLIES[LONG])  # its end finds no room
    terminal.shows(f" of {len(TITLES)}")
    terminal.until(lambda: takes_keys("1 of 30"))
    before = terminal.position()
    terminal.type(REPLIES[UNFINISHED])
    terminal.until(lambda: takes_keys(before))
    assert "★" not in terminal.screen()
    terminal.type("q")
    assert terminal.end() == 0
    assert start.steps() == 0


def test_a_paste_without_brackets_runs_no_command(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("Vrb: Robust Tagging of Videos\rby Bo Li\rrrb" + "\rtext" * 2000 + "\rrb")
    terminal.shows("pasted text not imported")
    terminal.rest()
    assert terminal.position() == "1 of 30"
    assert "★" not in terminal.screen()
    terminal.type("/")
    terminal.rest()
    terminal.type("Sparse\rGrasping at Scale")
    terminal.shows("1 of 1")
    terminal.type("\r")
    terminal.shows("Space select")
    terminal.type("Q")
    assert terminal.end() == 0
    assert start.steps() == 0


def test_keys_and_a_paste_in_one_read(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("jb/\x1b[200~Causal\r\nPlanning\x1b[201~\rr")
    terminal.shows("Causal Planning")
    terminal.shows("1 of 1")
    terminal.until(lambda: "29 unread" in terminal.screen())
    terminal.type("\x11")
    assert terminal.end() == 0
    assert start.steps() == 2


def test_a_paste_on_the_main_screen_runs_no_command(start: Starter) -> None:
    terminal = start.open_screen()
    terminal.type("\x1b[200~brqt\r\nV\x1b[201~")
    terminal.shows("pasted text not imported")
    assert "★" not in terminal.screen()
    assert "1 of 30" in terminal.screen()
    terminal.type("\x1b[200~a\x1b[31m\x1bVb\x1bbr\x1b[201~")  # as tmux pastes it
    terminal.rest()
    assert "★" not in terminal.screen()
    assert "1 of 30" in terminal.screen()
    terminal.type("/")
    terminal.rest()
    terminal.type("\x1b[200~Sparse\r\nGrasping" + "\x07" * 100_000 + "\x1b[201~")
    terminal.shows("Sparse Grasping")
    terminal.rest()
    check_still_responds(terminal)
