"""Every text can be read: contrast of at least 4.5 to 1, and 3 to 1 for hints, measured in what is drawn.

No list of colours is checked but the cells of real screens, so a style that somebody adds anywhere is measured, too.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tests.support.screen_driver import shown_lines
from tui.app.theming import LIGHT, THEMES
from tui.model.edit import Edit
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from rich.style import Style

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

OTHERS = sorted(name for name in BUILTIN_THEMES if not name.startswith("ansi"))  # the terminal has those colours

TEXT, HINT = 4.5, 3.0
_DIM = 0.5  # what terminals make of dim text
# Rules, frames, scroll bars and progress bars: nothing is read in them.
_LINES = frozenset("─━│┃║╸╭╮╰╯▁▂▃▄▅▆▇█▎▊▔▌ ")

# Keys from the list to a screen, and back.
SCREENS = {
    "list": ("", ""),
    "selection": ("space space V", "escape"),
    "detail": ("tab", "escape"),
    "filter": ("f minus j", "escape"),
    "query": ("slash r a d i", "escape"),
    "completions": ("slash i s colon r e tab", "escape escape"),
    "error": ("slash y e e r colon 2", "escape"),
    "nothing": ("slash z z z z enter", "escape escape"),
    "tags": ("t n e", "escape escape"),
    "statuses": ("R", "escape"),
    "copy": ("y", "escape"),
    "export": ("x", "escape"),
    "export options": ("x enter", "escape escape"),
    "export warnings": ("x enter ctrl+l", "escape escape escape"),
    "correct": ("c x", "escape escape"),
    "note": ("e", "escape"),
    "history": ("U", "escape"),
    "statistics": ("I", "escape"),
    "help": ("question_mark", "escape"),
    "commands": ("ctrl+p", "escape"),
    "tag manager": ("M enter", "escape escape"),
    "triage": ("T", "escape"),
    "views": ("W", "escape"),
    "full width": ("enter", "escape"),
}


@pytest.fixture(autouse=True)
def _many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


class Unreadable(NamedTuple):
    """A text with too little contrast."""

    theme: str
    text: str
    ink: str
    ground: str
    ratio: float


def _colours(style: Style) -> tuple[Color, Color] | None:
    """The colour of the text and of the background as they are seen; None without one of them."""
    if style.color is None or style.bgcolor is None or style.color.is_default or style.bgcolor.is_default:
        return None
    ink, ground = (Color.from_rich_color(colour) for colour in (style.color, style.bgcolor))
    if style.reverse:
        ink, ground = ground, ink
    return (ink.blend(ground, _DIM) if style.dim else ink), ground


def _luminance(colour: Color) -> float:
    """The relative luminance, as the Web Content Accessibility Guidelines define it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(first: Color, second: Color) -> float:
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def unreadable(driver: Driver) -> Iterator[Unreadable]:
    """The texts on the screen that have too little contrast."""
    app = driver.app
    hint = Color.parse(app.theme_variables["ink-faint"])
    for strip in shown_lines(app):
        for text, style, _ in strip:
            if style is None or set(text) <= _LINES or (colours := _colours(style)) is None:
                continue
            ink, ground = colours
            ratio = _ratio(ink, ground)
            if ratio < (HINT if ink == hint else TEXT):
                yield Unreadable(app.theme, text.strip()[:40], ink.hex, ground.hex, round(ratio, 2))


def _live_in(driver: Driver) -> None:
    session = driver.main_screen.workspace.session
    ids, later = session.ids(), (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011 - the reader's own day
    edits = (
        Edit(status=Status.READ, add_tags=("nerf",)),
        Edit(status=Status.SKIPPED),
        Edit(status=Status.QUEUED, starred=True, append_note="# A note\n\n- of `code`, *much* **weight**, > said"),
        Edit(status=Status.READING, priority="high"),
        Edit(snoozed_until=later),
    )
    for paper_id, edit in zip(ids, edits, strict=False):
        session.edits.mark([paper_id], edit)


async def _problems(driver: Driver, theme: str) -> str:
    driver.app.theme = theme
    found: dict[Unreadable, str] = {}
    for name, (keys, back) in SCREENS.items():
        await driver.press(*keys.split())
        for each in unreadable(driver):
            found.setdefault(each, name)
        await driver.press(*back.split())
    return "\n".join(f"{name}: {each}" for each, name in found.items())


@pytest.mark.parametrize("theme", THEMES)
async def test_our_themes_can_be_read_on_every_screen(open_app: OpenApp, theme: str) -> None:
    async with open_app((150, 40)) as driver:
        _live_in(driver)
        assert not await _problems(driver, theme)


@pytest.mark.slow
@pytest.mark.parametrize("theme", OTHERS)
async def test_every_other_theme_can_be_read_on_every_screen(open_app: OpenApp, theme: str) -> None:
    async with open_app((150, 40)) as driver:
        _live_in(driver)
        assert not await _problems(driver, theme)


async def test_a_text_that_cannot_be_read_is_found(open_app: OpenApp) -> None:
    async with open_app() as driver:
        driver.app.theme = LIGHT.name
        await driver.rest()
        driver.main_screen.query_one("#status").styles.color = Color.parse("#b0b0a0")
        await driver.rest()
        assert any(each.text.startswith("1 of 6") for each in unreadable(driver))
        driver.main_screen.query_one("#status").styles.color = Color.parse("#33312c")
        await driver.rest()
        assert not any(each.text.startswith("1 of 6") for each in unreadable(driver))
