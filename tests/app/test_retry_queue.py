"""What the disk refuses is seen to be not saved, waits, and is saved as soon as the disk lets it."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from tests.reliability.shim import Shim
from tui.model.mark import UNTOUCHED
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    from tests.reliability.shim import OsCall
    from tests.support.screen_driver import Driver
    from tui.paths import Paths

    Opener = Callable[..., AbstractAsyncContextManager[Driver]]


class Disk:
    """A disk that refuses every write while it has an error."""

    def __init__(self, home: Paths) -> None:
        self.error = 0
        self._home = home
        self._shim = Shim(home.data, self._before)

    def _before(self, call: OsCall) -> None:
        if self.error and call.name in {"write", "pwrite", "fsync"}:
            raise OSError(self.error, os.strerror(self.error))

    def watched(self) -> AbstractContextManager[Shim]:
        return self._shim.installed()


def kept(home: Paths, title: str) -> tuple[bool, str]:
    session = Session.open_store(home)
    found = session.find(f'title:"{title}"').ids[0]
    mark = session.entry(found).mark
    session.close()
    return mark.starred, mark.note


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
async def test_a_refused_edit_waits_and_is_saved_on_demand(open_app: Opener, home: Paths, error: int) -> None:
    """A full disk, a failing one, a read-only one: C1, C2."""
    disk = Disk(home)
    async with open_app() as driver:
        with disk.watched():
            disk.error = error
            await driver.press("b", "r")
            assert "2 unsaved changes" in driver.screen_text
            assert f"marks.journal: {os.strerror(error)}" in driver.screen_text
            assert driver.entry("Radiance").mark == UNTOUCHED
            await driver.press("b")
            assert "2 unsaved changes" in driver.screen_text
            disk.error = 0
            await driver.press("ctrl+s")
        assert driver.news == "everything is saved"
        assert "unsaved" not in driver.screen_text
        assert driver.current.mark.starred
        assert [
            change.label.partition(":")[0] for change in driver.main_screen.workspace.session.edits.history()
        ] == [
            "mark read",
            "star",
        ]
        await driver.press("ctrl+s")
        assert driver.news == "everything is saved"
    assert kept(home, "Radiance Fields")[0]


async def test_a_later_edit_takes_what_waits_along(open_app: Opener, home: Paths) -> None:
    disk = Disk(home)
    async with open_app() as driver:
        with disk.watched():
            disk.error = errno.ENOSPC
            await driver.press("b")
            disk.error = 0
            await driver.press("r")
        assert [
            change.label.partition(":")[0] for change in driver.main_screen.workspace.session.edits.history()
        ] == [
            "mark read",
            "star",
        ]


async def test_a_note_that_could_not_be_saved_is_there_to_be_written_on(open_app: Opener, home: Paths) -> None:
    disk = Disk(home)
    async with open_app() as driver:
        with disk.watched():
            disk.error = errno.ENOSPC
            await driver.press("e")
            await driver.type("typed")
            await driver.press("escape")
            assert "1 unsaved change" in driver.screen_text
            await driver.press("e")
            await driver.type(" on")
            await driver.press("escape")
            assert "1 unsaved change" in driver.screen_text
            disk.error = 0
            await driver.press("ctrl+s")
        assert driver.current.mark.note == "typed on"
    assert kept(home, "Radiance Fields") == (False, "typed on")


async def test_the_program_is_not_left_unasked_with_something_unsaved(open_app: Opener, home: Paths) -> None:
    disk = Disk(home)
    async with open_app() as driver:
        with disk.watched():
            disk.error = errno.ENOSPC
            await driver.press("b", "q")
            assert driver.app.is_running
            assert "1 unsaved change (press again to quit without saving)" in driver.news
            await driver.press("ctrl+q")
            assert driver.app.return_code == 0


async def test_a_read_only_store_says_so_all_the_time(open_app: Opener, home: Paths) -> None:
    """C5: a protected store opens, and refuses edits at the key."""
    Session.open(home).close()
    home.data.chmod(0o500)
    try:
        async with open_app() as driver:
            assert "read-only" in driver.news
            await driver.press("j", "slash", "escape")
            await driver.press("b")
            assert driver.news == "the store is read-only"
            await driver.press("k", "x", "escape")
            assert "read-only" in driver.screen_text.splitlines()[-2]
    finally:
        home.data.chmod(0o700)
