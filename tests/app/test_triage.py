"""Stories of triage: one key a decision, an interruption, what is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.screens.triage import TriageScreen
from tui.app.triage_session import Decision, TriageSession
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


MORE = """\
CVNov 1, 2024
Gardens and Their PlotsSome Body, Any Body
Gardens are plots of land in which we grow plants, and we measure how often they are watered by hand.
LGNov 2, 2024
Fences Between NeighboursSome Body, Any Body
Fences keep things apart, and here we ask whether good fences make good neighbours in practice at all.
"""


async def test_triage_decides_with_one_key_and_goes_on(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("T", "y", "n", "l", "y", "u", "n")
        await driver.press("q")
        assert "1 kept, 2 skipped, 1 later, 2 left" in driver.news
        statuses = [entry.mark.status for entry in driver.entries]
        assert statuses == [
            Status.QUEUED,
            Status.SKIPPED,
            Status.UNREAD,
            Status.SKIPPED,
            Status.UNREAD,
            Status.UNREAD,
        ]
        assert driver.entries[2].mark.snoozed_until is not None


async def test_triage_resumes_where_it_stopped(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("T", "y", "l", "q", "q")
    async with open_app() as driver:
        await driver.press("g", "T", "n", "q")
        assert driver.entries[2].mark.status is Status.SKIPPED
        assert driver.entries[1].mark.status is Status.UNREAD


async def test_triage_reverts_the_whole_session(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("b", "T", "n", "b", "n", "y", "Z", "q")
        assert {entry.mark.status for entry in driver.entries} == {Status.UNREAD}
        assert [entry.mark.starred for entry in driver.entries] == [True, False, False, False, False, False]


async def test_triage_tags_by_digit_and_by_picker(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("plus")
        await driver.type("ml")
        await driver.press("enter", "T", "t")
        await driver.type("new")
        await driver.press("enter", "y", "1", "y", "q")
        assert [entry.mark.tags for entry in driver.entries[:2]] == [("ml", "new"), ("ml",)]


async def test_triage_ends_with_a_summary(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("T", "y", "n", "n", "n", "n", "n")
        assert "6 of 6 decided: 1 kept, 5 skipped" in driver.screen_text
        await driver.press("q", "T")
        assert "no unread paper" in driver.news


async def test_an_interrupted_session_is_resumed_and_reverted_as_a_whole(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("T", "y", "n", "b", "q")
        assert "4 left, T resumes" in driver.news
        assert driver.main_screen.workspace.papers.cursor == 2
        await driver.press("G", "b", "q")
    async with open_app() as driver:
        await driver.press("T")
        assert "2 of 6" in driver.screen_text
        assert driver.current.id == driver.entries[5].id, "from the cursor on"
        await driver.press("n")
        assert driver.current.id == driver.entries[2].id, "then those above it"
        await driver.press("Z", "q")
        assert {entry.mark.status for entry in driver.entries} == {Status.UNREAD}
        assert [entry.mark.starred for entry in driver.entries] == [False] * 5 + [True], "what was done outside stays"
        await driver.press("u")
        assert [entry.mark.status for entry in driver.entries[:2]] == [Status.QUEUED, Status.SKIPPED]
        assert driver.entries[2].mark.starred


async def test_steps_of_triage_are_undone_and_redone(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("b", "T", "u")
        assert "nothing to undo in this session" in driver.news
        await driver.press("y", "n", "u", "u")
        assert "0 of 6" in driver.screen_text
        await driver.press("ctrl+r", "ctrl+r")
        assert "2 of 6" in driver.screen_text
        assert driver.current.id == driver.entries[2].id
        await driver.press("Z", "u")
        assert "2 of 6" in driver.screen_text
        await driver.press("p", "question_mark", "escape")
        assert driver.current.id == driver.entries[1].id
        assert isinstance(driver.app.screen, TriageScreen)


async def test_triage_decides_on_what_is_selected(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.press("j", "space", "j", "space", "T", "n", "n", "n", "q")
        skipped = [row for row, entry in enumerate(driver.entries) if entry.mark.status is Status.SKIPPED]
        assert skipped == [1, 3]


async def test_triage_shows_its_progress_at_80_columns(open_app: OpenApp) -> None:
    async with open_app((80, 24)) as driver:
        await driver.press("plus")
        await driver.type("ml")
        await driver.press("enter", "T", "y", "n", "l", "n")
        head, *_, news, keys = driver.screen_text.splitlines()
        assert "4 of 6" in head
        assert "2 left" in head
        assert "1 ml" in news
        assert "skip" in keys
        assert "stop" in keys


def test_a_session_over_another_list_or_with_nothing_left_is_not_resumed() -> None:
    tally = TriageSession(3, (Decision("a", "kept", 7), Decision("b", "later", 9)))
    kept = tally.to_stored("is:unread", (7, 9))
    assert TriageSession.resume(kept, "is:unread", {"c"}) == tally._replace(steps=((7, 9),), earlier=2)
    assert TriageSession.resume(kept, "is:unread", {"b", "c"}).decisions == (Decision("a", "kept", 7),)
    assert TriageSession.resume(kept, "", {"c"}) == TriageSession(1)
    assert TriageSession.resume("nonsense", "", {"c"}) == TriageSession(1)
    assert TriageSession(2, tally.decisions).to_stored("", (7, 9)) is None


async def test_papers_no_longer_in_the_list_are_skipped(open_app: OpenApp, home: Paths) -> None:
    (home.seeds / "more.txt").write_text(MORE, encoding="utf-8")
    async with open_app() as driver:
        main_screen = driver.main_screen
        assert len(main_screen.workspace.papers.ids) == 8
        await driver.press("T")
        assert "Gardens" in driver.screen_text
        (home.seeds / "more.txt").unlink()
        main_screen.workspace.session.sources.synchronise()
        main_screen.workspace.query.run()
        await driver.press("b")
        assert driver.news == "this paper is no longer in the list"
        await driver.press("t", "y", "1")
        assert not main_screen.workspace.session.edits.history()
        await driver.press("space", "space", "b", "y", "p", "p", "n", "space")
        assert [change.label for change in main_screen.workspace.session.edits.history()] == [
            "mark queued: Radiance Fields from Single Views",
            "star: Radiance Fields from Single Views",
        ]
        await driver.press("Z", "q")
        assert main_screen.workspace.session.totals.progress()[0] == 0
