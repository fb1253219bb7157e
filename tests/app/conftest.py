"""A small reading list, and a driver for tests of the screen."""

from __future__ import annotations

import shutil
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from textual.css import stylesheet, tokenize
from textual.css.stylesheet import Stylesheet

from tests.support.fast_pilot import calm, calm_pilots, frames_left_out
from tests.support.screen_driver import Driver
from tui.app.app import ReadlistApp
from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path


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


def home_with(folder: Path, page: str) -> Paths:
    """Paths of a list with one source, not opened yet."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "page.txt").write_text(page, encoding="utf-8")
    return Paths(data=folder / "data", seeds=seeds)


@pytest.fixture(autouse=True)
def _calm_pilots() -> Iterator[None]:
    with calm_pilots():
        yield


class _Parsed:
    """Parsed style sheets; the same text with the same colours has the same rules."""

    def __init__(self) -> None:
        self._by_colours: dict[frozenset[tuple[str, str]], dict[object, Any]] = {}
        self._latest: tuple[dict[str, str], dict[object, Any]] = {}, {}

    def with_colours(self, colours: dict[str, str]) -> dict[object, Any]:
        """The cached results for these colours; a sheet gets another dictionary when they change."""
        if colours is not self._latest[0]:
            self._latest = colours, self._by_colours.setdefault(frozenset(colours.items()), {})
        return self._latest[1]


@pytest.fixture(autouse=True, scope="session")
def _sheets_parsed_once() -> Iterator[None]:
    """Share the parsed style sheets between apps."""
    parse, tokenize_values = Stylesheet._parse_rules, tokenize.tokenize_values
    parsed = _Parsed()

    def parse_once(sheet: Stylesheet, *arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - the arguments of Textual
        cache, key = parsed.with_colours(sheet._variables), (arguments, *more.items())
        if key not in cache:
            cache[key] = parse(sheet, *arguments, **more)
        return cache[key]

    def tokenize_once(colours: dict[str, str]) -> Any:  # noqa: ANN401 - likewise
        known = parsed.with_colours(colours)
        if "words" not in known:
            known["words"] = tokenize_values(colours)
        return known["words"]

    with (
        patch.object(Stylesheet, "_parse_rules", parse_once),
        patch.object(stylesheet, "tokenize_values", tokenize_once),
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
def open_desk(home: Paths) -> Callable[..., AbstractAsyncContextManager[Driver]]:
    """Open the app in a given size; ``frames`` draws every frame until it is open."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40), at: Paths = home, *, frames: bool = False
    ) -> AsyncIterator[Driver]:
        app = ReadlistApp(at)
        async with AsyncExitStack() as stack:
            with nullcontext() if frames else frames_left_out():
                pilot = await stack.enter_async_context(app.run_test(size=size))
                driver = Driver(app, pilot)
                await driver.until(lambda: not driver.desk.workspace.is_opening)
                await calm(app)
            app.screen._compositor_refresh()
            yield driver
        if app.failure is not None:
            raise app.failure

    return opened
