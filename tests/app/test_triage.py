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

    OpenDesk = Callable[..., AbstractAsyncContextManager[Driver]]


MORE = """\
CVNov 1, 2024
Gardens and Their PlotsSome Body, Any Body
Gardens are plots of land in which we grow plants, and we measure how often they are watered by hand.
LGNov 2, 2024
Fences Between NeighboursSome Body, Any Body
Fences keep things apart, and here we ask whether good fences make good neighbours in practice at all.
"""


async def test_triage_decides_with_one_key_and_goes_on(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("T", "y", "n", "l", "y", "u", "n")
        await desk.press("q")
        assert "1 kept, 2 skipped, 1 later, 2 left" in desk.news
        statuses = [entry.mark.status for entry in desk.entries]
        assert statuses == [
            Status.QUEUED,
            Status.SKIPPED,
            Status.UNREAD,
            Status.SKIPPED,
            Status.UNREAD,
            Status.UNREAD,
        ]
        assert desk.entries[2].mark.snoozed_until is not None


async def test_triage_resumes_where_it_stopped(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("T", "y", "l", "q", "q")
    async with open_desk() as desk:
        await desk.press("g", "T", "n", "q")
        assert desk.entries[2].mark.status is Status.SKIPPED
        assert desk.entries[1].mark.status is Status.UNREAD


async def test_triage_reverts_the_whole_session(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("b", "T", "n", "b", "n", "y", "Z", "q")
        assert {entry.mark.status for entry in desk.entries} == {Status.UNREAD}
        assert [entry.mark.starred for entry in desk.entries] == [True, False, False, False, False, False]


async def test_triage_tags_by_digit_and_by_picker(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("plus")
        await desk.type("ml")
        await desk.press("enter", "T", "t")
        await desk.type("new")
        await desk.press("enter", "y", "1", "y", "q")
        assert [entry.mark.tags for entry in desk.entries[:2]] == [("ml", "new"), ("ml",)]


async def test_triage_ends_with_a_summary(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("T", "y", "n", "n", "n", "n", "n")
        assert "6 of 6 decided: 1 kept, 5 skipped" in desk.screen_text
        await desk.press("q", "T")
        assert "no unread paper" in desk.news


async def test_an_interrupted_session_is_resumed_and_reverted_as_a_whole(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("T", "y", "n", "b", "q")
        assert "4 left, T resumes" in desk.news
        assert desk.desk.workspace.papers.cursor == 2
        await desk.press("G", "b", "q")
    async with open_desk() as desk:
        await desk.press("T")
        assert "2 of 6" in desk.screen_text
        assert desk.current.id == desk.entries[5].id, "from the cursor on"
        await desk.press("n")
        assert desk.current.id == desk.entries[2].id, "then those above it"
        await desk.press("Z", "q")
        assert {entry.mark.status for entry in desk.entries} == {Status.UNREAD}
        assert [entry.mark.starred for entry in desk.entries] == [False] * 5 + [True], "what was done outside stays"
        await desk.press("u")
        assert [entry.mark.status for entry in desk.entries[:2]] == [Status.QUEUED, Status.SKIPPED]
        assert desk.entries[2].mark.starred


async def test_steps_of_triage_are_undone_and_redone(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("b", "T", "u")
        assert "nothing to undo in this session" in desk.news
        await desk.press("y", "n", "u", "u")
        assert "0 of 6" in desk.screen_text
        await desk.press("ctrl+r", "ctrl+r")
        assert "2 of 6" in desk.screen_text
        assert desk.current.id == desk.entries[2].id
        await desk.press("Z", "u")
        assert "2 of 6" in desk.screen_text
        await desk.press("p", "question_mark", "escape")
        assert desk.current.id == desk.entries[1].id
        assert isinstance(desk.app.screen, TriageScreen)


async def test_triage_decides_on_what_is_selected(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.press("j", "space", "j", "space", "T", "n", "n", "n", "q")
        skipped = [row for row, entry in enumerate(desk.entries) if entry.mark.status is Status.SKIPPED]
        assert skipped == [1, 3]


async def test_triage_shows_its_progress_at_80_columns(open_desk: OpenDesk) -> None:
    async with open_desk((80, 24)) as desk:
        await desk.press("plus")
        await desk.type("ml")
        await desk.press("enter", "T", "y", "n", "l", "n")
        head, *_, news, keys = desk.screen_text.splitlines()
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


async def test_papers_no_longer_in_the_list_are_skipped(open_desk: OpenDesk, home: Paths) -> None:
    (home.seeds / "more.txt").write_text(MORE, encoding="utf-8")
    async with open_desk() as driver:
        desk = driver.desk
        assert len(desk.workspace.papers.ids) == 8
        await driver.press("T")
        assert "Gardens" in driver.screen_text
        (home.seeds / "more.txt").unlink()
        desk.workspace.session.sources.synchronise()
        desk.workspace.query.run()
        await driver.press("b")
        assert driver.news == "this paper is no longer in the list"
        await driver.press("t", "y", "1")
        assert not desk.workspace.session.edits.history()
        await driver.press("space", "space", "b", "y", "p", "p", "n", "space")
        assert [change.label for change in desk.workspace.session.edits.history()] == [
            "mark queued: Radiance Fields from Single Views",
            "star: Radiance Fields from Single Views",
        ]
        await driver.press("Z", "q")
        assert desk.workspace.session.totals.progress()[0] == 0
