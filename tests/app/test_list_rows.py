"""What a line of the list shows: columns at every width, tags, snoozed papers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tui.app.row_render import RowState, column_widths, render_row
from tui.app.theming import ASCII, DARK, UNICODE, row_styles, theme_variables
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate
from tui.settings.settings import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

STYLES = row_styles(DARK.to_color_system().generate() | theme_variables(DARK))
PAPER = Paper(
    "p", title="Residual Connections Harm Generative Representation Learning", authors=("Xiao Zhang",),
    date=PartialDate(2024, 4, 16), category="cs.CV",
)  # fmt: skip


def shown(paper: Paper, mark: Mark = UNTOUCHED, width: int = 80, *, ascii_only: bool = False) -> str:
    glyphs = ASCII if ascii_only else UNICODE
    segments = render_row(Entry(paper, mark), width, RowState(), (), STYLES, glyphs)
    assert sum(segment.cell_length for segment in segments) == width
    return "".join(segment.text for segment in segments)


def test_tags_are_whole_and_the_others_are_counted() -> None:
    many = shown(PAPER, Mark(tags=("diffusion", "3d/nerf", "vision")))
    assert "#diffusion +2" in many
    assert "#diffusion #vit " in shown(PAPER, Mark(tags=("diffusion", "vit")), 100), "both fit"


@pytest.mark.parametrize("width", [60, 72, 80, 97, 120, 200])
def test_no_tag_is_cut_while_a_whole_one_fits(width: int) -> None:
    tags = ("llm", "3d/nerf", "spectral", "theory", "to-read-soon")
    words = shown(PAPER, Mark(tags=tags), width).split()
    named = [word for word in words if word.startswith("#")]
    assert named == [f"#{tag}" for tag in tags[: len(named)]]
    assert len(named) == len(tags) or f"+{len(tags) - len(named)}" in words


def test_a_tag_longer_than_its_space_is_cut_and_the_others_still_counted() -> None:
    line = shown(PAPER, Mark(tags=("a-very-long-tag-that-nobody-would-want", "b")), 60)
    assert "… +1" in line
    assert "#a-very" in line


@pytest.mark.parametrize("width", [80, 100, 112, 150, 200])
def test_years_and_tags_are_in_one_column_whatever_else_a_paper_has(width: int) -> None:
    papers = [
        PAPER,
        PAPER._replace(authors=()),
        PAPER._replace(title=None, abstract="Networks that forget their first words " * 5),
        PAPER._replace(title="題" * 80),
        PAPER._replace(title="Short", category=None),
    ]
    for mark in (UNTOUCHED, Mark(tags=("diffusion", "3d/nerf"))):
        lines = [shown(paper, mark, width) for paper in papers]
        assert len({cell_len(line[: line.index("2024")]) for line in lines}) == 1
    undated = PAPER._replace(authors=(), date=None, category=None)
    marked = [shown(paper, Mark(tags=("llm",)), width) for paper in (PAPER, undated)]
    assert len({cell_len(line[: line.index("#llm")]) for line in marked}) == 1


def test_a_snoozed_paper_looks_snoozed_until_its_day() -> None:
    today = date.today()  # noqa: DTZ011 - the reader's own day
    awake = shown(PAPER)
    later = (today + timedelta(days=3)).isoformat()
    for ascii_only in (False, True):
        asleep = shown(PAPER, Mark(snoozed_until=later), ascii_only=ascii_only)
        assert asleep[1] == "z"
        assert "for 3 days" in asleep
    assert shown(PAPER, Mark(snoozed_until=today.isoformat())) == awake


def test_the_title_never_gets_narrower_than_a_narrower_line_with_the_same_columns_has() -> None:
    for before, after in pairwise(dict(column_widths(width, COLUMNS)) for width in range(20, 320)):
        assert before.keys() != after.keys() or before["title"] <= after["title"]


async def test_a_wider_screen_shows_at_least_what_80_columns_show(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        papers, least = driver.main_screen.papers, dict(column_widths(79, COLUMNS))
        for height in (24, 40, 50):
            for width in range(80, 262, 7 if height == 40 else 30):
                await driver.resize(width, height)
                columns = dict(column_widths(papers.line_width, COLUMNS))
                assert columns.keys() >= least.keys(), (width, height)
                assert columns["title"] >= least["title"], (width, height)
                assert papers.page >= 14
                assert driver.main_screen.detail.region.right <= width
                if width >= 120:
                    assert driver.main_screen.filters.display
                    assert driver.main_screen.detail.size.width >= 44
