"""Nothing that steers a terminal, hides text or turns it round reaches a sink; everything else does."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.text.sanitise import BLOCK_LIMIT, LINE_LIMIT, sanitise_block, sanitise_line

FORBIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u206f\u00ad\u2060-\u2064"
    r"\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
ANYTHING = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)


@given(ANYTHING)
@examples(500)
def test_a_line_holds_no_control_invisible_or_bidirectional_characters(text: str) -> None:
    safe = sanitise_line(text)
    assert not FORBIDDEN.search(safe)
    assert "\n" not in safe


@given(ANYTHING)
@examples(500)
def test_a_block_holds_no_control_characters_except_line_feeds(text: str) -> None:
    assert not FORBIDDEN.search(sanitise_block(text))


@given(ANYTHING)
@examples(300)
def test_safe_text_stays_unchanged(text: str) -> None:
    assert sanitise_line(sanitise_line(text)) == sanitise_line(text)
    assert sanitise_block(sanitise_block(text)) == sanitise_block(text)


@pytest.mark.parametrize(
    "text", ["plain text", "Schrödinger 薛定谔 λ²", "👩‍🔬 family", "[red]markup[/] [@click=x]", "naïve"]
)
def test_text_of_any_script_is_kept(text: str) -> None:
    assert sanitise_line(text) == text
    assert sanitise_block(text) == text


@pytest.mark.parametrize(
    ("text", "line", "several"),
    [
        ("\x1b[31mred", "␛[31mred", "␛[31mred"),
        ("\x1b]0;title\x07", "␛]0;title␇", "␛]0;title␇"),
        ("a\tb", "a b", "a    b"),
        ("a\r\nb", "a  b", "a\nb"),
        ("a\x9b31m", "a\ufffd31m", "a\ufffd31m"),
        ("a\x7f", "a␡", "a␡"),
        ("abc\u202edef", "abc\ufffddef", "abc\ufffddef"),
        ("pass\u200bword", "password", "password"),
        ("one\u2029two", "one two", "one\n\ntwo"),
        ("\ud800", "\ufffd", "\ufffd"),
        ("tag\U000e0041s", "tags", "tags"),
    ],
)
def test_replacements(text: str, line: str, several: str) -> None:
    assert sanitise_line(text) == line
    assert sanitise_block(text) == several


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert sanitise_line("x" * LINE_LIMIT) == "x" * LINE_LIMIT
    assert sanitise_line("x" * (LINE_LIMIT + 1)) == "x" * LINE_LIMIT + "…"
    assert sanitise_block("x" * 10_000_000) == "x" * BLOCK_LIMIT + "…"
    assert sanitise_line("abcdef", 3) == "abc…"


def test_a_letter_keeps_at_most_four_marks() -> None:
    safe = sanitise_line("a" + "\u0301" * 300 + "b")
    assert sum(map(bool, map(unicodedata.combining, safe))) == 4
    assert safe.startswith("a")
    assert safe.endswith("b")
