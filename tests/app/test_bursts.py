"""Keys that come in one burst do what they do one by one: a paste without brackets, a slow line, quick fingers."""

from __future__ import annotations

import re
import shutil
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.widgets import Input, TextArea

from tests.app.conftest import home_with, opened_with
from tests.support.fast_pilot import until_idle
from tests.support.screen_driver import Driver
from tui.app.app import ReadlistApp
from tui.app.screens.dialog import FilterDialog
from tui.app.screens.help import HelpScreen
from tui.app.screens.main_screen import MainScreen
from tui.app.terminal.input_messages import InputMessages
from tui.app.terminal.key_bursts import KeyBurst
from tui.app.widgets.query_line import QueryLine
from tui.model.mark import Status
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

SEQUENCES = re.compile(r"\x1b\[[^A-Za-z]*[A-Za-z]|.", re.DOTALL)
PASTE_REFUSED = "pasted text not imported"
ESC = "\x1b[27u"  # as terminals with the keyboard protocol send it; a bare escape waits for what may follow
BURSTS = {
    "a query, then the list": "/maire\rj",
    "a query that is given up": f"/maire{ESC}jr",
    "a query after a query": "/maire\r/grasp\rr",
    "the query before, called back": "/maire\r/\x15queue\r/\x1b[A\x1b[A\rj",
    "a completed query": "/author:lar\t\rj",
    "marks down the list": "rrrbjr",
    "tags down the list": "tnerf\rjtne\rj+ml\r-ml\rk",
    "tags toggled and made": "tone two\rjtone\rVttwo\r",
    "notes down the list": f"eseen it{ESC}jefine\rtoo{ESC}j",
    "a selection and what is done to it": "  vjjv+x\ru.",
    "the status menu": "RsjRgjRr",
    "triage": "Tynnly1r",
    "triage with tags and notes": f"Ttnerf\ryn1yefor later{ESC}nq",
    "triage, taken back": "TynnuuZqj",
    "triage to its end and on": "Tnnnnnnnnnqj",
    "the palette": ":star\rj:read\r:sort year\r",
    "help, then the list": f"?undo{ESC}jb",
    "the manager of tags": "+nerf\rj+ml\rMnerf\rr\x15fields\r",
    "the history": "bjbjbU\x1b[B\r",
    "views": "/maire\rWmine\r01j0",
    "an order": "sysySj",
    "a correction": "cBetter \r",
    "a copy and an export given up": f"ybx{ESC}j",
    "the filter pane": "fjj f",
    "full width and back": "\r\rjr",
    "all, inverted, undone": "VirZuuU" + ESC,
    "a wrong tag": f"+a b\r{ESC}j+good\r",
}  # fmt: skip

PAGE = "".join(
    f"CVOct {day}, 2023\n{title}{author}, Bo Li\n{words} and say in detail what came of it in the end.\n"
    for day, (title, author, words) in enumerate(
        [
            ("Radiance Fields from Single Views", "Sudarshan Babu", "We reconstruct radiance fields"),
            ("Growing Networks with Variance Transfer", "Michael Maire", "Training cost falls"),
            ("Tokens Are Not Words", "Jan van der Berg", "Segmentation hurts some languages"),
            ("Grasping Transparent Objects", "Wei Chen", "Depth cameras fail on glass"),
            ("Colour as Supervision for Recognition", "Gustav Larsson", "Predicting colour teaches features"),
            ("Queues That Forget Old Packets", "Ada Larsen", "Dropping early lowers the delay"),
            ("Colour Constancy in the Wild", "Michael Maire", "Illuminants are many"),
            ("Grasping at Straws", "Wei Chen", "Straws are thin"),
        ],
        start=1,
    )
)


@pytest.fixture(scope="module")
def opened_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return opened_with(tmp_path_factory.mktemp("opened"), PAGE)


@pytest.fixture
def new_home(tmp_path: Path) -> Paths:
    """A list that was never opened."""
    return home_with(tmp_path / "new", PAGE)


def keys_of(text: str) -> Iterator[events.Key]:
    """The keys that a terminal sends as this text."""
    messages = InputMessages()
    for sequence in SEQUENCES.findall(text):
        for message in messages.feed(sequence.encode()):
            assert isinstance(message, events.Key)
            yield message


def outcome(driver: Driver) -> dict[str, object]:
    """All that keys may have brought about."""
    at, screen = driver.main_screen, driver.app.screen
    return {
        "query": (driver.query, at.workspace.query.text, at.workspace.query.sort, driver.titles),
        "cursor": at.workspace.papers.cursor,
        "selected": {at.workspace.session.entry(each).paper.display_title for each in at.workspace.selection.ids},
        "marks": [
            (entry.mark.status, entry.mark.starred, entry.mark.tags, entry.mark.note) for entry in driver.entries
        ],
        "steps": [change.label for change in at.workspace.session.edits.history()],
        "views": dict(at.workspace.session.views()),
        "news": at.workspace.messages.current.text,
        "focus": type(at.focused),
        "screens": [type(each) for each in driver.app.screen_stack],
        "typed": screen.typed if isinstance(screen, FilterDialog) else "",
        "fields": [field.value for field in screen.query(Input)] + [area.text for area in screen.query(TextArea)],
    }


async def send(driver: Driver, *keys: events.Key) -> None:
    """Put keys into the app's queue at once, and wait until what they caused is done."""
    for key in keys:
        driver.app.post_message(key)
    await until_idle(driver.app)


@pytest.mark.parametrize("burst", BURSTS.values(), ids=BURSTS.keys())
async def test_a_burst_does_what_slow_typing_does(open_app: OpenApp, home: Paths, tmp_path: Path, burst: str) -> None:
    other = home._replace(data=shutil.copytree(home.data, tmp_path / "other"))
    async with open_app() as driver:
        for key in keys_of(burst):
            await send(driver, key)
        slow = outcome(driver)
    async with open_app(at=other) as driver:
        await send(driver, *keys_of(burst))
        assert outcome(driver) == slow


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set, it lets the list be opened."""
    gate, open_session = Event(), Session.open

    def opened_late(*arguments: Any) -> Session:  # noqa: ANN401 - what it was given
        assert gate.wait(30)
        return open_session(*arguments)

    monkeypatch.setattr(Session, "open", opened_late)
    return gate


async def test_help_can_be_read_while_the_list_is_being_opened(new_home: Paths, gate: Event) -> None:
    app = ReadlistApp(new_home)
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        app.simulate_key("question_mark")
        await until_idle(app, workers=False)
        assert isinstance(app.screen, HelpScreen)
        assert driver.main_screen.workspace.is_opening
        gate.set()
        await driver.until(lambda: not driver.main_screen.workspace.is_opening)
        assert isinstance(app.screen, HelpScreen)
        await driver.press("escape", "j", "b")
        assert [entry.mark.starred for entry in driver.entries][:3] == [False, True, False]


async def test_keys_typed_before_the_list_is_open_are_meant_for_it(new_home: Paths, gate: Event) -> None:
    app = ReadlistApp(new_home)
    async with app.run_test() as pilot:
        driver = Driver(app, pilot)
        for key in keys_of("/maire\rrj"):
            app.post_message(key)
        await until_idle(app, workers=False)
        assert driver.main_screen.workspace.is_opening
        assert not driver.main_screen.query_one(QueryLine).value
        gate.set()
        await driver.until(lambda: not driver.main_screen.workspace.is_opening and app.is_done_with_keys)
        assert driver.query == "maire"
        assert [entry.mark.status for entry in driver.entries].count(Status.READ) == 1


PASTED = "Tokens Are Not Words\rrrbb\rand more of it\r"


async def paste_without_brackets(driver: Driver, text: str) -> None:
    driver.app.post_message(KeyBurst(list(keys_of(text))))
    await driver.rest()


async def test_keys_that_come_like_no_typing_run_no_command(open_app: OpenApp) -> None:
    async with open_app() as driver:
        before = outcome(driver) | {"news": ""}
        await paste_without_brackets(driver, PASTED)
        await driver.until(lambda: driver.news.startswith(PASTE_REFUSED))
        assert outcome(driver) | {"news": ""} == before


@pytest.mark.parametrize(
    ("burst", "query"), [("/maire author:durand\rj", "maire author:durand"), ("/maire\rrbrb", "maire")]
)
async def test_a_query_that_comes_at_once_is_a_query(open_app: OpenApp, burst: str, query: str) -> None:
    async with open_app() as driver:
        await paste_without_brackets(driver, burst)
        assert driver.query == query
        assert driver.main_screen.focused is driver.main_screen.papers


async def test_text_of_several_lines_is_pasted_whatever_it_begins_with(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for text in (f"/{PASTED}", f"t{PASTED}", f"+{PASTED}", "training with noise\r"):
            await paste_without_brackets(driver, text)
            await driver.until(lambda: driver.news.startswith(PASTE_REFUSED))
            assert outcome(driver)["steps"] == []
            assert outcome(driver)["screens"] == [MainScreen]


async def test_text_pasted_without_brackets_into_a_line_is_one_line(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await paste_without_brackets(driver, "grasping transparent\robjects with robots")
        assert driver.query == "grasping transparent objects with robots"
        await driver.press("escape", "plus")
        await paste_without_brackets(driver, "robots-\rthat-grasp-glass\r")
        assert driver.app.screen.query_one(Input).value == "robots- that-grasp-glass"


async def test_a_paste_waits_for_the_keys_before_it(open_app: OpenApp) -> None:
    async with open_app() as driver:
        for event in (*keys_of("j/"), events.Paste("Tokens\nAre"), *keys_of("\rb")):
            driver.app.post_message(event)
        await driver.rest()
        assert driver.query == "Tokens Are"
        assert [entry.mark.starred for entry in driver.entries] == [True]


@pytest.mark.parametrize("keys", [("T",), ("D",), ("I",), ("x",), ("R",), ("X",), ("question_mark",)])
async def test_a_paste_changes_nothing_where_nothing_is_typed(open_app: OpenApp, keys: tuple[str, ...]) -> None:
    async with open_app() as driver:
        await driver.press(*keys)
        for text in ("rrbby", "yes\nrbt and so on"):
            driver.app.post_message(events.Paste(text))
            await driver.rest()
            assert outcome(driver)["steps"] == []
            assert not any(entry.mark.starred for entry in driver.entries)
