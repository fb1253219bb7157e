"""The cursor stays on its paper: random ways through queries, orders and marks, compared with a model."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

QUERIES = ("", "maire", "is:unread", "-is:unread", "year:2020..", "cat:cs.CV", "tag:x", "no:tag", "learn* OR depth")
SORTS = (None, "title", "year-desc", "status", "author", "catalogue-desc")
MARKS = ("r", "b", "u")


@pytest.mark.parametrize("seed", range(4))
async def test_the_cursor_stays_on_its_paper_wherever_it_can(open_app: OpenApp, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    async with open_app() as driver:
        screen, session = driver.main_screen, driver.main_screen.workspace.session
        for _ in range(25):
            before = screen.workspace.papers.current
            shown = list(screen.workspace.papers.ids)
            gesture = dice.choice(("query", "sort", "refresh", "mark", "move"))
            if gesture == "query":
                screen.workspace.query.put(dice.choice(QUERIES))
            elif gesture == "sort":
                screen.workspace.query.sort = dice.choice(SORTS)
                screen.workspace.query.run()
            elif gesture == "refresh":
                await driver.press("f5")
            elif gesture == "move":
                screen.workspace.papers.move(dice.randint(-3, 3))
                before = screen.workspace.papers.current
            elif shown:
                key = dice.choice(MARKS)
                await driver.press(key)
                assert list(screen.workspace.papers.ids) == shown, "a mark moves no row"
                before = screen.workspace.papers.current
            await driver.rest()
            fresh = list(session.find(screen.workspace.query.text, screen.workspace.query.sort).ids)
            if gesture in {"query", "sort", "refresh"}:
                assert list(screen.workspace.papers.ids) == fresh
            assert screen.workspace.papers.stale.intersection(screen.workspace.papers.ids) == set(
                screen.workspace.papers.ids
            ) - set(fresh)
            if before in screen.workspace.papers.ids:
                assert screen.workspace.papers.current == before
            done, total = session.totals.progress()
            assert (done, total) == (len(session.find("-is:unread").ids), len(session.ids()))
