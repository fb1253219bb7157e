"""What a terminal replies is never a key, however it is cut into reads; keys, the mouse and pastes are what they were."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events

from tui.app.terminal.input_messages import InputMessages
from tui.app.terminal.key_bursts import KeyBurst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

ESC, ST = b"\x1b", b"\x1b\\"
INTRODUCERS = [b"]", b"P", b"_", b"^", b"X"]
EIGHT_BIT = [b"\x9d", b"\x90", b"\x9f", b"\x9e", b"\x98"]
KEYS = [
    b"j", b"r", b"b", b"5", b" ", b"\r", b"\t", b"\x7f", b"\x11", b"\xc3\xa9", b"\x1b[A", b"\x1bOB", b"\x1b[5~",
    b"\x1b[1;5C", b"\x1b[27u", b"\x1b[106;5u", b"\x1bx", b"\x1b[[A", b"\x1b[Z", b"\x1b[<0;5;5M", b"\x1b[I",
    b"\x1b[200~rbt\rV\x1b[201~",
]  # fmt: skip
REPLIES = [
    b"\x1b[?62;1;6;22c", b"\x1b[>41;354;0c", b"\x1b[=0;0c", b"\x1b[0n", b"\x1b[?13n", b"\x1b[?7u", b"\x1b[?997;1n",
    b"\x1b[8;24;80t", b"\x1b[48;24;80;480;640t", b"\x1b[4;1y", b"\x1b[2;1;1;112;112;1;0x", b"\x1b[?1;0;256S",
    b"\x1b[3;1$y", b"\x1b[1;1&w",
]  # fmt: skip
EXAMPLES = int(os.environ.get("READLIST_INPUT_EXAMPLES", "150"))


def messages_of(pieces: Iterable[bytes], *, idles: int = 0) -> list[Message]:
    """What comes of reads; so many looks at which nothing came follow each."""
    reader = InputMessages()
    found: list[Message] = []
    for piece in pieces:
        found += reader.feed(piece)
        for _ in range(0 if piece.endswith(ESC) else idles):
            found += reader.idle()
    found += reader.idle()
    return [part for each in found for part in (each.keys if isinstance(each, KeyBurst) else (each,))]


def told(messages: Iterable[Message]) -> list[object]:
    """What tells one message from another."""
    return [
        each.key if isinstance(each, events.Key) else each.text if isinstance(each, events.Paste) else type(each)
        for each in messages
        if not isinstance(each, events.CursorPosition)
    ]


def without_ends(content: bytes) -> bytes:
    """Content that neither ends the string it is in nor begins another one."""
    content = bytes(byte for byte in content if not 0x90 <= byte <= 0x9F and byte != 7)
    for letter in (b"\\", *INTRODUCERS):
        while ESC + letter in content:
            content = content.replace(ESC + letter, b"")
    return content if content[:1] not in {b"\x80", b"\xbf"} else b"x" + content


CONTENT = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from(
            [b"11;rgb:1e1e/1e1e/2e2e", b">|rival 4.2", b"Gi=31;OK", b"rbVt+-", b"1$r0m", ESC, b"\x18\x1a"]
        ),
        st.sampled_from([b"52;c;cnI=", b"\x1b[A", b"\x1b[200~b\x1b[201~", b"\r\n", b"\x03\x11q", b"j" * 200]),
    ),
    max_size=4,
).map(lambda parts: without_ends(b"".join(parts)))


@st.composite
def strings(draw: st.DrawFn, depth: int = 2) -> bytes:
    """A control string; those within it stand between two parts of its content."""
    letter = draw(st.sampled_from(INTRODUCERS))
    content = draw(CONTENT)
    if depth and draw(st.booleans()):
        content += draw(strings(depth=depth - 1)) + draw(CONTENT)
    end = draw(st.sampled_from([ST, b"\xc2\x9c", *([b"\x07"] if letter == b"]" else [])]))
    return ESC + letter + content + (b"" if end == ST else b"x") + end  # no letter of several bytes is cut by the end


NOISE = st.lists(st.one_of(strings(), strings(), st.sampled_from(REPLIES)), min_size=1, max_size=4).map(b"".join)


@given(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6), st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_reply_between_two_keys_is_a_key(keys: list[bytes], data: st.DataObject) -> None:
    sent = data.draw(NOISE, "before") + b"".join(key + data.draw(NOISE, "noise") for key in keys)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=8), "cuts"))
    pieces = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True) if start < end]
    assert told(messages_of(pieces)) == told(messages_of([b"".join(keys)]))


@given(strings(depth=0), st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_string_that_comes_slowly_is_no_key(string: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(2, len(string)), min_size=1, max_size=6), "cuts"))
    pieces = [string[start:end] for start, end in zip([0, *cuts], [*cuts, len(string)], strict=True) if start < end]
    assert told(messages_of([b"j", *pieces, b"k"], idles=4)) == ["j", "k"]


@given(st.sampled_from(KEYS))
@settings(deadline=None)
def test_a_key_is_the_same_however_it_is_cut(key: bytes) -> None:
    assert told(messages_of([key]))
    assert told(messages_of([key[at : at + 1] for at in range(len(key))])) == told(messages_of([key]))


@pytest.mark.parametrize("letter", EIGHT_BIT)
@pytest.mark.parametrize("end", [b"\x9c", ST])
def test_strings_of_single_bytes(letter: bytes, end: bytes) -> None:
    assert told(messages_of([b"j" + letter + b"11;rgb:rbVt" + end + b"k"])) == ["j", "k"]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1bj", ["alt+j"]),
        (b"\x1b\r", ["enter"]),
        (b"\x1b[Aj", ["up", "j"]),
        (b"\x1b[3$", ["shift+delete"]),
        (b"\x1b[106;;106u", ["j"]),
        (b"\x1b[999999qj", ["j"]),
        (b"\x1b[" + b"1;" * 300 + b"Hj", ["j"]),
        (b"\x1bPtmux;\x1b\x1b]11;rgb:rb\x1b\x1b\\rVt\x1b\\j", ["j"]),
        (b"11;rgb:rbV\x1b\\", []),
        (b"\xc3", []),
        (b"\xff\xc3j", ["replacement_character", "replacement_character", "j"]),
    ],
)
def test_what_is_a_key_and_what_is_none(sent: bytes, keys: list[str]) -> None:
    assert told(messages_of([sent])) == keys


def test_escape_waits_for_one_look_only() -> None:
    reader = InputMessages()
    assert list(reader.feed(b"\x1b")) == []
    assert told(reader.idle()) == ["escape"]


@pytest.mark.parametrize("string", [b"\x1b]11;rgb", b"\x1bP1$r", b"\x1b_", b"\x1bX" + b"r" * 500_000])
def test_a_string_that_never_ends_is_given_up(string: bytes) -> None:
    reader = InputMessages()
    assert list(reader.feed(b"j" + string))
    for _ in range(3):
        assert list(reader.feed(b"rbV")) == []
        assert list(reader.idle()) == []
    for _ in range(10):
        assert list(reader.idle()) == []
    assert told(reader.feed(b"k")) == ["k"]


def test_keys_that_are_typed_into_a_string_without_an_end_are_heard_again() -> None:
    reader = InputMessages()
    list(reader.feed(b"\x1b]"))
    heard = []
    for _ in range(40):
        heard += told(reader.feed(b"k"))
        reader.idle()
        list(reader.idle())
    assert 5 < len(heard) < 40


def test_the_late_rest_of_a_string_that_was_given_up_is_no_key() -> None:
    reader = InputMessages()
    list(reader.feed(b"\x1b]11;rgb:"))
    for _ in range(15):
        list(reader.idle())
    assert told(reader.feed(b"rbVt\x07j")) == ["j"]
    assert told(reader.feed(b"k")) == ["k"]


def test_a_paste_is_one_message_and_its_escapes_are_left_out() -> None:
    sent = b"j\x1b[200~a\x1b[31m\x1b]V\r\nb\x00\x1bb\x1b[201~k"
    assert told(messages_of([sent[at : at + 1] for at in range(len(sent))])) == ["j", "a[31m]V\r\nbb", "k"]


def test_a_paste_without_an_end_is_taken_in_the_end() -> None:
    reader = InputMessages()
    assert list(reader.feed(b"\x1b[200~half")) == []
    assert told(each for _ in range(40) for each in reader.idle()) == ["half"]
    assert told(reader.feed(b"k")) == ["k"]


@pytest.mark.parametrize(
    ("sent", "is_burst"),
    [
        (b"jjjjjjjjjjjjjjjjjjjj", False),
        (b"10j10j10j", False),
        (b"jjrjkb", False),
        (b"tnerf\rj", False),
        (b"jjjjbkkGgjjb", False),
        (b"jjb+one\rk+one\r", False),
        (b"jjrb jjrb+ml\rkr", False),
        (b"jjrb jjrb+ml\rkr" * 4, True),
        (b"10.48550/arXiv.2310.07240", True),
        (b"knowledge graphs", True),
        (b"vaswani2017attention", True),
        (b"Attention is all you need", True),
        (b"rbrtVi+x", True),
        ("Éléments".encode(), True),
    ],
)
def test_more_than_anybody_types_at_once_is_a_burst(sent: bytes, is_burst: bool) -> None:
    assert next(isinstance(each, KeyBurst) for each in InputMessages().feed(sent)) is is_burst


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        (b"jr+ml\nkb", ["j", "r", "plus", "m", "l", "enter", "k", "b"]),
        (b"rbrtvi+xqs", ["r", "b", "r", "t", "v", "i", "plus", "x", "q", "s"]),
        (b"j\x1b[Brs\x1b[200~one\ntwo\x1b[201~b", ["j", "down", "r", "s", "one\ntwo", "b"]),
        (b"/attend is all\r", ["slash", *"attend", "space", "i", "s", "space", *"all", "enter"]),
    ],
)
def test_keys_that_waited_for_the_first_read_are_keys_in_their_order(sent: bytes, keys: list[str]) -> None:
    assert told(InputMessages().feed_waiting(sent)) == keys


def test_a_whole_text_that_waited_for_the_first_read_is_a_burst() -> None:
    sent = b"We present a machine that sorts widgets by the sound of their fall."
    assert isinstance(next(InputMessages().feed_waiting(sent)), KeyBurst)
