"""What another program does while an editor is open is never overwritten, and it is said."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import pytest

from tui.app.app import ReadlistApp
from tui.app.screens.edit_fields import EditFieldsDialog
from tui.app.screens.note import NoteEditor
from tui.model.edit import Edit
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]


@contextmanager
def elsewhere(home: Paths) -> Iterator[Session]:
    session = Session.open(home)
    yield session
    session.close()


async def test_a_note_written_elsewhere_meanwhile_is_kept_beside_the_new_one(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        paper = driver.current.id
        await driver.press("e")
        await driver.type("mine")
        with elsewhere(home) as other:
            other.edits.mark([paper], Edit(note="theirs"))
        await driver.press("escape")
        assert "another program also changed this note; both versions were kept" in driver.news
        assert "e show both" in driver.screen_text
        note = driver.current.mark.note
        assert note.startswith("theirs")
        assert note.endswith("mine")
        await driver.press("e")
        assert isinstance(driver.app.screen, NoteEditor)
        assert "theirs" in driver.screen_text
        assert "mine" in driver.screen_text


async def test_a_note_of_a_paper_merged_meanwhile_goes_to_the_other(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        paper, kept = driver.current.id, driver.entries[1].id
        await driver.press("e")
        await driver.type("mine")
        with elsewhere(home) as other:
            other.curation.merge(kept, paper)
        await driver.press("escape")
        assert "the paper was merged; the note is now on Growing Networks" in driver.news
        await driver.until(lambda: len(driver.titles) == 5)
        assert driver.main_screen.workspace.session.find("note:mine").ids == (kept,)


async def test_a_tag_of_a_paper_merged_meanwhile_goes_to_the_other(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        paper, kept = driver.current.id, driver.entries[1].id
        await driver.press("plus")
        await driver.type("glass")
        with elsewhere(home) as other:
            other.curation.merge(kept, paper)
        await driver.press("enter")
        assert "applied to the paper it was merged into" in driver.news
        await driver.until(lambda: len(driver.titles) == 5)
        assert driver.main_screen.workspace.session.find("tag:glass").ids == (kept,)


@pytest.mark.parametrize(("key", "title"), [("enter", "Mine"), ("escape", "Theirs")])
async def test_a_correction_made_elsewhere_meanwhile_is_asked_about(
    open_app: OpenApp, home: Paths, key: str, title: str
) -> None:
    async with open_app() as driver:
        paper = driver.current.id
        await driver.press("c", "ctrl+u")
        await driver.type("Mine")
        with elsewhere(home) as other:
            other.curation.correct(paper, {"title": "Theirs"})
        await driver.press("enter")
        assert isinstance(driver.app.screen, EditFieldsDialog)
        assert "changed by another program" in driver.screen_text
        assert "other program: Theirs" in driver.screen_text
        assert "Mine" in driver.screen_text
        assert driver.main_screen.workspace.session.entry(paper).paper.title == "Theirs"
        await driver.press(key)
        assert driver.main_screen.workspace.session.entry(paper).paper.title == title


async def test_a_view_saved_elsewhere_meanwhile_is_kept(open_app: OpenApp, home: Paths) -> None:
    async with open_app() as driver:
        await driver.press("slash")
        await driver.type("glass")
        await driver.press("enter", "W")
        await driver.type("week")
        with elsewhere(home) as other:
            other.saved_views.save("week", "queues")
        await driver.press("enter")
        assert driver.news == "view @week was also saved by another program; yours is @week-2"
        assert dict(driver.main_screen.workspace.session.views()) == {"week": "queues", "week-2": "glass"}


async def test_a_note_written_elsewhere_while_the_editor_of_the_user_is_open_is_kept(
    open_app: OpenApp, home: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from tui.paths import Paths\n"
        "from tui.model.edit import Edit\n"
        "from tui.session.session import Session\n"
        f"session = Session.open(Paths(Path({str(home.data)!r}), Path({str(home.seeds)!r})))\n"
        "session.edits.mark([session.find('radiance').ids[0]], Edit(note='theirs'))\n"
        "session.close()\n"
        "Path(sys.argv[1]).write_text('mine')\n"
    )
    monkeypatch.setattr(ReadlistApp, "suspend", lambda _: nullcontext())
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    async with open_app() as driver:
        await driver.press("E")
        note = driver.current.mark.note
        assert "both versions were kept" in driver.news
        assert note.startswith("theirs")
        assert note.endswith("mine")
