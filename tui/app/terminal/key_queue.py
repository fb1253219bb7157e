"""Keys in their turn: all that one key causes is done before the next one is looked at.

Textual hands a key on to the widget that has the focus, which takes it from a queue of its own, and lets it rise from
there; a binding runs when the key is back at the app, behind whatever came meanwhile, and what a dialog gave back is
done later still. In a burst (a slow line, quick fingers on a busy machine) a letter would
otherwise reach a line that Enter has closed, and a command would work on a list not asked yet.
Knows Textual, and nothing of papers.
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

_LOOK = 0.02  # seconds between two looks at whether a widget is still there
_PATIENCE = 10  # looks; what takes longer (a worker, a program outside) is not waited for
_ROUNDS = 6  # at most, in which what is done gave more to do


class KeyQueue:
    """The keys that wait, and what the last one caused.

    Args:
        app: the app that takes the keys.
        holds: whether a key has to wait for something else than the keys before it.
        go_on: takes those that may be taken; called on the app's own queue.
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
        """Put a key, or pasted text, behind those that wait."""
        self._waiting.append((event, None))

    def add_burst(self, burst: KeyBurst) -> None:
        """Put keys that came at once behind those that wait."""
        self._waiting.extend((key, BurstRest(burst.keys, place)) for place, key in enumerate(burst.keys))

    def next(self) -> tuple[Key | Paste, BurstRest | None] | None:
        """Take the key whose turn it is, and what is left of the burst it is in.

        None where there is no key, or the one before is not through.
        """
        if not self._waiting or (self._settling is not None and not self._is_typed_on(self._waiting[0][0])):
            return None
        return None if self._defers_key(self._waiting[0][0]) else self._waiting.popleft()

    def drop(self, rest: BurstRest) -> None:
        """Drop the keys of a burst behind the one that was just taken: they are a paste."""
        for _ in range(len(rest.keys) - rest.start - 1):
            self._waiting.popleft()

    def handled(self, key: Key | Paste, focused: Widget | None) -> None:
        """See to what a key causes.

        Args:
            key: the key, or the pasted text, that the app took.
            focused: the widget that had the focus.
        """
        rises = focused.ancestors_with_self if key.is_forwarded and focused is not None else ()
        self._nodes = tuple(dict.fromkeys((*rises, *reversed(self._app.screen_stack), self._app)))
        self._typed_into = focused if isinstance(key, Key) and focused is not None and _types(focused, key) else None
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle())

    @property
    def is_idle(self) -> bool:
        """Whether no key waits, and the last one is through."""
        return not self._waiting and self._settling is None

    def _is_typed_on(self, key: Key | Paste) -> bool:
        """Whether a key is one more letter for the line that is typed into: those wait in its queue, in order."""
        line = self._typed_into
        return line is not None and self._app.focused is line and isinstance(key, Key) and _types(line, key)

    async def _settle(self) -> None:
        before: Sequence[MessagePump] = ()
        for turn in range(_ROUNDS):
            nodes = self._nodes
            if turn > 1 and nodes is before and not any(node.message_queue_size for node in nodes):
                break
            before = nodes
            for node in nodes:
                # Only screens and the app wait within what they do; a widget is through when its queue is empty.
                if not turn or node.message_queue_size or isinstance(node, (Screen, App)):
                    await _drain(node)
        self._settling = None
        if self._waiting:
            self._app.call_later(self._process_keys)


class _Marker:
    """Something to put into a queue, and to see come out.

    ``call_later`` would wrap what is to be called, and Textual takes the signature of a wrapped function apart anew
    each time; with some dozen marks a key that was half of what they cost.
    """

    __slots__ = ("reached",)

    def __init__(self) -> None:
        self.reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def set_reached(self) -> None:
        """The queue has got here."""
        self.reached.set_result(None)


async def _drain(node: MessagePump) -> None:
    """Wait until a node has done what stood in its queue; one that left the screen never comes round to it."""
    mark = _Marker()
    if not node.post_message(Callback(mark.set_reached)):
        return
    for _ in range(_PATIENCE):
        # A future is waited for without a task of its own, which a coroutine would need.
        await asyncio.wait((mark.reached,), timeout=_LOOK)
        if mark.reached.done() or not node.is_running:
            return


def _types(widget: Widget, key: Key) -> bool:
    """Whether a key is a letter to a widget, so that it waits in the widget's own queue, in order."""
    return widget.check_consume_key(key.key, key.character)
