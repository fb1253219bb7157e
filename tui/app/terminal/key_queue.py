"""Serialise key handling: everything one key causes is done before the next one is processed.

Textual forwards a key to the focused widget, which reads it from its own queue and lets it bubble; a binding runs
when the key is back at the app, after everything that arrived meanwhile, and the result of a dialog is delivered even
later. In a burst (slow connection, fast typing on a busy machine) a character would otherwise reach an input that
Enter has closed, and a command would act on a list that is not updated yet.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Callback, Key, Paste
from textual.screen import Screen

from tui.app.terminal.key_bursts import BurstRest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message_pump import MessagePump
    from textual.widget import Widget

    from tui.app.terminal.key_bursts import KeyBurst

_POLL = 0.02  # seconds between checks whether a widget still exists
_MAX_POLLS = 10  # polls; what takes longer (a worker, another program) is not waited for
_ROUNDS = 6  # at most, as messages cause further messages


class KeyQueue:
    """The queued keys, and the processing of the last one.

    Args:
        app: the app that processes the keys.
        defers_key: whether a key must wait for something else than the keys before it.
        process_keys: processes the queued keys; called from the queue of the app.
    """

    def __init__(
        self, app: App[int], defers_key: Callable[[Key | Paste], bool], process_keys: Callable[[], object]
    ) -> None:
        self._app = app
        self._defers_key = defers_key
        self._process_keys = process_keys
        self._waiting: deque[tuple[Key | Paste, BurstRest | None]] = deque()
        self._settling: asyncio.Task[None] | None = None
        self._typed_into: Widget | None = None
        self._nodes: Sequence[MessagePump] = ()

    def add(self, event: Key | Paste) -> None:
        """Queue a key or pasted text."""
        self._waiting.append((event, None))

    def add_burst(self, burst: KeyBurst) -> None:
        """Queue the keys of a burst."""
        self._waiting.extend((key, BurstRest(burst.keys, index)) for index, key in enumerate(burst.keys))

    def next(self) -> tuple[Key | Paste, BurstRest | None] | None:
        """Remove and return the next key, and the rest of its burst.

        None if there is no key, or the previous one is still being processed.
        """
        if not self._waiting or (self._settling is not None and not self._is_typed_on(self._waiting[0][0])):
            return None
        return None if self._defers_key(self._waiting[0][0]) else self._waiting.popleft()

    def drop(self, rest: BurstRest) -> None:
        """Drop the remaining keys of a burst, which are a paste."""
        for _ in range(len(rest.keys) - rest.start - 1):
            self._waiting.popleft()

    def handled(self, key: Key | Paste, focused: Widget | None) -> None:
        """Wait in the background until a key is fully processed.

        Args:
            key: the key or pasted text that the app handled.
            focused: the widget that had the focus.
        """
        bubbles_to = focused.ancestors_with_self if key.is_forwarded and focused is not None else ()
        self._nodes = tuple(dict.fromkeys((*bubbles_to, *reversed(self._app.screen_stack), self._app)))
        self._typed_into = focused if isinstance(key, Key) and focused is not None and _types(focused, key) else None
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle())

    @property
    def is_idle(self) -> bool:
        """Whether no key is queued and the last one is fully processed."""
        return not self._waiting and self._settling is None

    def _is_typed_on(self, key: Key | Paste) -> bool:
        """Whether a key is more text for the same input: its own queue keeps the order."""
        widget = self._typed_into
        return widget is not None and self._app.focused is widget and isinstance(key, Key) and _types(widget, key)

    async def _settle(self) -> None:
        before: Sequence[MessagePump] = ()
        for round_ in range(_ROUNDS):
            nodes = self._nodes
            if round_ > 1 and nodes is before and not any(node.message_queue_size for node in nodes):
                break
            before = nodes
            for node in nodes:
                # Only screens and the app await inside handlers; a widget is done when its queue is empty.
                if not round_ or node.message_queue_size or isinstance(node, (Screen, App)):
                    await _drain(node)
        self._settling = None
        if self._waiting:
            self._app.call_later(self._process_keys)


class _Marker:
    """A sentinel that detects when a message queue has drained.

    ``call_later`` would wrap the callback, and Textual inspects the signature of a wrapped function each time, which
    is expensive for dozens of markers per key.
    """

    __slots__ = ("reached",)

    def __init__(self) -> None:
        self.reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def set_reached(self) -> None:
        """Called when the queue has drained up to this marker."""
        self.reached.set_result(None)


async def _drain(node: MessagePump) -> None:
    """Wait until a node has processed its queue; a removed node never does."""
    marker = _Marker()
    if not node.post_message(Callback(marker.set_reached)):
        return
    for _ in range(_MAX_POLLS):
        # Waiting for a future needs no task, unlike a coroutine.
        await asyncio.wait((marker.reached,), timeout=_POLL)
        if marker.reached.done() or not node.is_running:
            return


def _types(widget: Widget, key: Key) -> bool:
    """Whether a widget takes a key as text."""
    return widget.check_consume_key(key.key, key.character)
