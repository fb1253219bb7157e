"""The wall below every widget: whatever a segment holds, what leaves is harmless, and as wide as before."""

from __future__ import annotations

from random import Random

import pytest
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color

from tests.support.hostile import HARMFUL, STRINGS
from tui.app.terminal.hardened_app import HardenedApp
from tui.app.terminal.output_filter import OutputFilter
from tui.text.sanitise import sanitise_block, sanitise_line

GROUND = Color.parse("black")


def through(wall: OutputFilter, *texts: str) -> list[str]:
    return [text for text, _, _ in wall.apply([Segment(text, Style(bold=True)) for text in texts], GROUND)]


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_a_hostile_string_comes_out_harmless_and_as_wide(text: str) -> None:
    before, after = "plain", through(OutputFilter(), "plain", text)
    assert after[0] == before
    assert not HARMFUL.search(after[1])
    assert sum(map(cell_len, after[1])) == sum(map(cell_len, text))
    (ascii_only,) = through(OutputFilter(ascii_only=True), text)
    assert ascii_only.isascii()
    assert ascii_only.isprintable()


@pytest.mark.parametrize("text", ["plain", "Schrödinger 薛定谔 λ²", "👩‍🔬 family", "┌─┐│", "e\u0301", "नमस्ते ภาษาไทย"])
def test_what_is_harmless_passes_as_it_is(text: str) -> None:
    assert through(OutputFilter(), text) == [text]


def test_a_line_without_harm_is_not_even_copied() -> None:
    segments = [Segment("plain", Style(bold=True)), Segment("text")]
    assert OutputFilter().apply(segments, GROUND) is segments


def test_what_was_found_harmless_is_known_and_nothing_else_is() -> None:
    wall = OutputFilter()
    glyphs, hostile = [Segment("● │", Style(bold=True))], [Segment("│\x1b]0;x", None)]
    for _ in range(2):
        assert [text for text, _, _ in wall.apply(glyphs, GROUND)] == ["● │"]
        assert not HARMFUL.search(wall.apply(hostile, GROUND)[0].text)
    assert wall.apply(glyphs, GROUND) is glyphs
    for number in range(10_000):
        assert through(wall, f"é{number}") == [f"é{number}"]
    assert through(wall, "│\x1b]0;x") != ["│\x1b]0;x"]
    linked = [Segment("● │", Style(link="https://example.org"))]
    assert wall.apply(linked, GROUND)[0].style.link is None  # type: ignore[union-attr]


def test_control_segments_are_textuals_own_business_and_links_go() -> None:
    control = Segment("\x1b[H", None, [(ControlType.HOME,)])
    linked = Segment("here", Style(link="https://example.org", bold=True))
    first, second = OutputFilter().apply([control, linked], GROUND)
    assert first == control
    assert second.style is not None
    assert second.style.link is None
    assert second.style.bold


def random_text(chance: Random) -> str:
    """A text with much of what is rare: controls, marks, surrogates, and every plane."""
    kinds = (
        lambda: chance.randrange(0x20), lambda: chance.randrange(0x80, 0xA0), lambda: chance.randrange(0x300, 0x370),
        lambda: chance.randrange(0x2000, 0x2070), lambda: chance.randrange(0xD800, 0xE000),
        lambda: chance.randrange(0x110000), lambda: chance.randrange(0x20, 0x7F), lambda: 0x1B,
        lambda: chance.randrange(0xE0000, 0xE0080), lambda: 0x301,
    )  # fmt: skip
    return "".join(chr(chance.choice(kinds)()) for _ in range(chance.randrange(40)))


@pytest.mark.parametrize("number", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_random_strings_leak_nothing(number: int) -> None:
    chance = Random(number)  # noqa: S311 - reproducible on purpose
    wall, narrow = OutputFilter(), OutputFilter(ascii_only=True)
    for _ in range(number):
        text = random_text(chance)
        for made in (
            wall.sanitise(text),
            sanitise_line(text),
            sanitise_block(text).replace("\n", " "),
            *through(wall, text),
        ):
            assert not HARMFUL.search(made), ascii(text)
            made.encode()
        assert narrow.sanitise(text).isascii()
        assert not HARMFUL.search(narrow.sanitise(text))


def test_the_wall_stands_behind_textuals_filters() -> None:
    filters = HardenedApp(ascii_only=False).get_line_filters()
    assert isinstance(filters[-1], OutputFilter)


@pytest.mark.parametrize(("value", "plain"), [("1", True), ("", False), (None, False)])
def test_no_color_counts_where_it_is_not_empty(
    value: str | None, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is None:
        monkeypatch.delenv("NO_COLOR", raising=False)
    else:
        monkeypatch.setenv("NO_COLOR", value)
    app = HardenedApp(ascii_only=False)
    assert app.no_color is plain
    assert app.few_colours or not plain
    assert (
        any("Color" in type(each).__name__ or "Mono" in type(each).__name__ for each in app.get_line_filters())
        is plain
    )
