"""Drafts of notes, stored in case the screen is killed. Each screen has its own."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.session.session import Session

_NAME = "draft"  # earlier versions had one for all screens
_STATUS = Path("/proc")
_STARTED = 19  # index of the start time in /proc/PID/stat, after the program name


class NoteDraft(NamedTuple):
    """An unfinished note.

    Attributes:
        paper: the id of the paper.
        text: the text so far.
        before: the note it is based on; None if unknown.
    """

    paper: str
    text: str
    before: str | None = None


class NoteDrafts:
    """The drafts of one reading list, from the point of view of one screen.

    Args:
        session: the open list.
        owner: identifies the screen; by default this process.
    """

    def __init__(self, session: Session, owner: str = "") -> None:
        self._session = session
        self._own = f"{_NAME}-{owner or _process_id(os.getpid())}"

    def keep(self, draft: NoteDraft) -> None:
        """Store the draft of this screen, replacing its previous one."""
        self._session.values.set(self._own, draft._asdict())

    def unfinished(self) -> dict[str, NoteDraft]:
        """Drafts that no other running screen is editing, by paper."""
        return {draft.paper: draft for name, draft in self._all().items() if self._is_available(name)}

    def discard(self, paper_id: str) -> None:
        """Delete the draft of this screen, and abandoned drafts of a paper."""
        for name, draft in self._all().items():
            if name == self._own or (draft.paper == paper_id and self._is_available(name)):
                self._session.values.set(name, None)

    def _all(self) -> dict[str, NoteDraft]:
        found: dict[str, NoteDraft] = {}
        for name, stored in self._session.values.with_prefix(_NAME).items():
            if isinstance(stored, dict) and "paper" in stored and "text" in stored:
                before = stored.get("before")
                found[name] = NoteDraft(
                    str(stored["paper"]), str(stored["text"]), None if before is None else str(before)
                )
        return found

    def _is_available(self, name: str) -> bool:
        return name == self._own or not _is_running(name.removeprefix(_NAME).removeprefix("-"))


def _process_id(number: int) -> str:
    """A unique name of a process: its number, and its start time if the system reports it."""
    with suppress(OSError, IndexError):
        status = (_STATUS / str(number) / "stat").read_bytes()
        boot = (_STATUS / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{number}-{status.rpartition(b')')[2].split()[_STARTED].decode()}-{boot[:8]}"
    return str(number)


def _is_running(owner: str) -> bool:
    number = owner.partition("-")[0]
    if not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return owner in {number, _process_id(int(number))}
