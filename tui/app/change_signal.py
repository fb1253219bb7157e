"""Tells the views of the workspace what changed, each at most once for a gesture."""

from __future__ import annotations

from contextlib import contextmanager
from enum import Flag, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Aspect(Flag):
    """A part of the workspace that views show."""

    NOTHING = 0
    RESULT = auto()
    """The papers of the list, or their order."""
    CURSOR = auto()
    SELECTION = auto()
    """The selection, or the start of a range."""
    ENTRIES = auto()
    """Marks or fields of some papers, or which papers no longer match."""
    MESSAGE = auto()
    """The status message, or the number of unsaved changes."""
    QUERY_TEXT = auto()
    """The text of the query, if changed other than by typing."""
    QUERY_PROBLEM = auto()
    """The error in the query, or what is missing from it."""
    PAGE = auto()
    """How the paper under the cursor is shown."""
    VIEWS = auto()
    """The saved views."""
    TRIAGE = auto()
    """The triage session, or its current paper."""


class Changes(NamedTuple):
    """What changed since an observer was told the last time.

    Attributes:
        aspects: the parts that changed.
        ids: the papers whose entries changed.
    """

    aspects: Aspect = Aspect.NOTHING
    ids: frozenset[str] = frozenset()


class ChangeSignal:
    """Collects changes, and tells them to the observers at the end of the gesture."""

    def __init__(self) -> None:
        self._observers: list[Callable[[Changes], object]] = []
        self._pending = Changes()
        self._depth = 0

    def observe(self, observer: Callable[[Changes], object]) -> None:
        """Call a function with the changes of each gesture, after the observers that were added before it."""
        self._observers.append(observer)

    def unobserve(self, observer: Callable[[Changes], object]) -> None:
        """No longer call a function."""
        self._observers.remove(observer)

    def add(self, aspects: Aspect, ids: Iterable[str] = ()) -> None:
        """Record a change; outside of a gesture, tell it at once."""
        self._pending = Changes(self._pending.aspects | aspects, self._pending.ids.union(ids))
        if not self._depth:
            with self.gesture():
                pass

    @contextmanager
    def gesture(self) -> Iterator[None]:
        """Collect the changes made inside, and tell them at the end; gestures may be nested."""
        self._depth += 1
        try:
            yield
            if self._depth == 1:
                self._tell()
        finally:
            self._depth -= 1

    def flush(self) -> None:
        """Tell now what changed so far, within a gesture."""
        self._tell()

    def _tell(self) -> None:
        while self._pending.aspects:  # an observer may cause further changes
            changes, self._pending = self._pending, Changes()
            for observer in tuple(self._observers):
                observer(changes)
