"""Notes that were being written when a screen was killed. Each screen keeps its own, so that no two share one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.session.session import Session

_NAME = "draft"  # versions before had this one for all screens
_STATUS = Path("/proc")
_STARTED = 19  # field of /proc/PID/stat after the name of the program


class NoteDraft(NamedTuple):
    """A note that was not finished.

    Attributes:
        paper: the id of the paper.
        text: the note as far as it was written.
        before: the note that it was written from; None where that is not known.
    """

    paper: str
    text: str
    before: str | None = None


class NoteDrafts:
    """The drafts of one reading list, as one screen sees them.

    Args:
        session: the open list.
        owner: names the screen; this process where it is empty.
    """

    def __init__(self, session: Session, owner: str = "") -> None:
        self._session = session
        self._own = f"{_NAME}-{owner or _process(os.getpid())}"

    def keep(self, draft: NoteDraft) -> None:
        """Keep the text so far in place of the draft that this screen had."""
        self._session.set_value(self._own, draft._asdict())

    def unfinished(self) -> dict[str, NoteDraft]:
        """The drafts that no running screen is writing on, by paper."""
        return {draft.paper: draft for name, draft in self._all().items() if self._is_left(name)}

    def discard(self, paper_id: str) -> None:
        """Forget the draft of this screen, and those of a paper that ended screens left."""
        for name, draft in self._all().items():
            if name == self._own or (draft.paper == paper_id and self._is_left(name)):
                self._session.set_value(name, None)

    def _all(self) -> dict[str, NoteDraft]:
        found: dict[str, NoteDraft] = {}
        for name, kept in self._session.facts(_NAME).items():
            if isinstance(kept, dict) and "paper" in kept and "text" in kept:
                before = kept.get("before")
                found[name] = NoteDraft(
                    str(kept["paper"]), str(kept["text"]), None if before is None else str(before)
                )
        return found

    def _is_left(self, name: str) -> bool:
        return name == self._own or not _is_running(name.removeprefix(_NAME).removeprefix("-"))


def _process(number: int) -> str:
    """A name for a process that no later one has: its number, and when it started where the system says so."""
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
    return owner in {number, _process(int(number))}
