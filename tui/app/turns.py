"""Keys in their turn: what the keys before one have caused is done before it runs a command.

Textual hands a letter on to the widget that has the focus, which takes it from a queue of its own, while a binding
with priority runs at once. In a burst (a paste without brackets, a slow line, quick fingers on a busy machine) Enter
would otherwise leave a line before its letters are in it, and the key behind it would work on a list not asked yet.
Knows Textual, and nothing of papers.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.dom import DOMNode
    from textual.events import Key
    from textual.widget import Widget

_PATIENCE = 0.2  # seconds; a widget that is taken off the screen meanwhile never comes round to what waits in it


class Turns:
    """Which widgets the last key went to, and whether they are through with it."""

    def __init__(self) -> None:
        self._busy: tuple[DOMNode, ...] = ()

    async def wait(self, key: Key, focused: Widget | None) -> None:
        """Wait until a key may be looked at.

        Args:
            key: the key that comes now.
            focused: the widget that has the focus. Letters that are only typed into it wait in its queue, in order.
        """
        if not (key.is_printable and isinstance(focused, (Input, TextArea))):
            await _through(self._busy)

    def pass_on(self, nodes: Iterable[DOMNode]) -> None:
        """Note where a key goes: the innermost widget first, as messages rise."""
        self._busy = tuple(nodes)


async def _through(nodes: Iterable[DOMNode]) -> None:
    """Wait until each has done what stood in its queue; one after the other, since each tells the next one up."""
    for node in nodes:
        done = asyncio.Event()
        if node.call_later(done.set):
            try:
                await asyncio.wait_for(done.wait(), _PATIENCE)
            except TimeoutError:
                continue
