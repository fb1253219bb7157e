"""A small reading list, and a driver for tests of the screen."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from textual.css.parse import parse
from textual.css.tokenize import tokenize_values

from tests.support.fast_pilot import timers_skip_waits
from tests.support.screen_driver import Driver
from tests.support.skipping_loop import SkippingLoop
from tui.app.app import ReadlistApp
from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.css.model import RuleSet
    from textual.css.tokenizer import Token
    from textual.css.types import CSSLocation


PAGE = """\
CVOct 26, 2023Code
Radiance Fields from Single ViewsSudarshan Babu, Richard Liu, Avery Zhou et al.
We reconstruct radiance fields (NeRF) from one photograph each, with a network that learns shape priors.
LGJun 22, 2021
Growing Networks with Variance TransferXin Yuan, Pedro Savarese, Michael Maire
Training cost falls when a network grows while it learns; momentum statistics carry over to new neurons.
CLMay 3, 2022
Tokens Are Not WordsÉlodie Durand, Jan van der Berg
Segmentation into subword units hurts languages with rich morphology; we measure by how much.
ROJan 9, 2024
Grasping Transparent ObjectsWei Chen
Depth cameras fail on glass. We train grasping policies on polarised images instead.
CVMar 11, 2017
Colour as Supervision for RecognitionGustav Larsson, Michael Maire
Predicting colour from grey images teaches features that transfer to recognition tasks.
NIFeb 1, 2020
Queues That Forget Old PacketsAda Larsen, Bo Li
Dropping from the front of a queue lowers the delay of interactive traffic on slow links.
"""


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """What pytest-asyncio runs the tests on."""
    return {"skipping": SkippingLoop}


def home_with(folder: Path, page: str) -> Paths:
    """Paths of a list with one source, not opened yet."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "page.txt").write_text(page, encoding="utf-8")
    return Paths(data=folder / "data", seeds=seeds)


@pytest.fixture(autouse=True)
def _timers_skip_waits() -> Iterator[None]:
    with timers_skip_waits():
        yield


@pytest.fixture(autouse=True, scope="session")
def _sheets_parsed_once() -> Iterator[None]:
    """Share the parsed style sheets between apps: the same text with the same colours has the same rules."""
    tokens: dict[frozenset[tuple[str, str]], dict[str, list[Token]]] = {}
    rules: dict[tuple[object, ...], Sequence[RuleSet]] = {}

    def tokenize_once(colours: dict[str, str]) -> dict[str, list[Token]]:
        key = frozenset(colours.items())
        if key not in tokens:
            tokens[key] = tokenize_values(colours)
        return tokens[key]

    def parse_once(
        scope: str,
        css: str,
        read_from: CSSLocation,
        *,
        variable_tokens: dict[str, list[Token]],
        is_default_rules: bool,
        tie_breaker: int,
    ) -> Sequence[RuleSet]:
        key = (id(variable_tokens), scope, css, read_from, is_default_rules, tie_breaker)  # these tokens are kept
        if key not in rules:
            rules[key] = [
                *parse(
                    scope,
                    css,
                    read_from,
                    variable_tokens=variable_tokens,
                    is_default_rules=is_default_rules,
                    tie_breaker=tie_breaker,
                )
            ]
        return rules[key]

    with (
        patch("textual.css.stylesheet.parse", parse_once),
        patch("textual.css.stylesheet.tokenize_values", tokenize_once),
    ):
        yield


def opened_with(folder: Path, page: str) -> Path:
    """The folder, with a list of one source that was opened and closed."""
    Session.open(home_with(folder, page)).close()
    return folder


@pytest.fixture(scope="session")
def opened_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list that was opened and closed; tests get copies of it."""
    return opened_with(tmp_path_factory.mktemp("opened"), PAGE)


@pytest.fixture
def home(tmp_path: Path, opened_before: Path) -> Paths:
    shutil.copytree(opened_before, tmp_path, dirs_exist_ok=True)
    return Paths(data=tmp_path / "data", seeds=tmp_path / "seeds")


@pytest.fixture
def open_app(home: Paths) -> Callable[..., AbstractAsyncContextManager[Driver]]:
    """Open the app in a given size."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (120, 40), at: Paths = home) -> AsyncIterator[Driver]:
        app = ReadlistApp(at)
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await driver.until(lambda: not driver.main_screen.workspace.is_opening)
            await driver.rest()
            session = driver.main_screen.workspace.session
            yield driver
        session.close()  # a test that does not quit leaves it open, and a worker may have only 1,024 files open
        if app.failure is not None:
            raise app.failure

    return opened
