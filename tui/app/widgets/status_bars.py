"""The one-line bars: the status line with position and messages, and the key bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from tui.app.key_hints import pressed_key
from tui.app.safe_display import SPACE, Content, Static
from tui.app.widgets.kept_lines import KeptLines
from tui.commands import display_key
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.keymap import Keymap

_MAX_KEYS = 9
_MAX_LABEL = 30  # characters; a label may be a tag
_KEY_GAP = 3  # cells between two keys
_MAX_ERROR_LINES = 6
_GAP = 2  # cells between position, message and progress
_QUERY_HINTS = (("enter", "keep"), ("escape", "cancel"), ("tab", "complete"), ("up", "earlier"), ("ctrl+u", "clear"))


class Bar(KeptLines, Static):
    """One line of content, redrawn only if it changes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.auto_links = False  # looking for links takes time with every frame, and it has none
        self._shown: Content | None = None

    def put(self, content: Content) -> None:
        """Show a content, without a new layout."""
        if self._shown is None or not content.is_same(self._shown):
            self._shown = content
            self.update(content, layout=False)


class CommandBar(Bar):
    """A line that runs a command when clicked.

    Args:
        command: the id of the command.
    """

    class CommandRequested(Message):
        """Posted to run the command."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, command: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._command = command

    def on_click(self, event: events.Click) -> None:
        """Run the command."""
        event.stop()
        self.post_message(self.CommandRequested(self._command))


class StatusLine(Bar):
    """Cursor position, last message, and inbox progress. A click on the key of a hint presses it."""

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        key = pressed_key(event)
        if key:
            event.stop()
            self.app.simulate_key(key)

    def show(
        self, position: Content, message: Content, hint: Content, progress: Sequence[Content], *, whole: bool = False
    ) -> None:
        """Show position, message, hint and progress.

        Position, hint and the shortest form of the progress are always shown; if there is no room, the progress
        becomes shorter first, then the message is truncated.

        Args:
            position: the cursor position.
            message: what just happened.
            hint: how to undo it.
            progress: forms of the inbox progress, the longest first.
            whole: whether the message uses more lines instead of being truncated.
        """
        width = self.size.width - 2
        text = Content.assemble(position, SPACE * _GAP, message, hint)
        is_long = whole and width > 0 and text.cell_length + _GAP + progress[-1].cell_length > width
        height = min(text.get_height({}, width), _MAX_ERROR_LINES) if is_long else 1
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        if is_long:
            self.put(text)
            return
        room = self.size.width - 2 - position.cell_length - hint.cell_length
        inbox = _first_fitting(progress, room - message.cell_length - 2 * _GAP)
        room -= inbox.cell_length
        message = message.truncate(max(room - 2 * _GAP, 0), ellipsis=True)
        gap = max(room - _GAP - message.cell_length, 0)
        self.put(Content.assemble(position, SPACE * _GAP, message, hint, SPACE * gap, inbox))


def _first_fitting(forms: Sequence[Content], room: int) -> Content:
    """The first form that fits; the last one if none does."""
    return next((form for form in forms if form.cell_length <= room), forms[-1])


class KeyBar(Bar):
    """The keys of the current context, at most nine; if they do not fit, the last stays. A click presses the key."""

    _shown_for: tuple[int, Sequence[tuple[str, str]]] = (0, ())
    _columns: Sequence[tuple[range, str]] = ()

    def show(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show keys, by their Textual names, each with a label, as many as fit."""
        if self._shown_for == (self.size.width, hints):
            return
        self._shown_for = (self.size.width, hints)
        shown = [(key, _render_hint(key, label)) for key, label in hints[:_MAX_KEYS]]
        while (
            len(shown) > 1 and sum(part.cell_length + _KEY_GAP for _, part in shown) - _KEY_GAP > self.size.width - 2
        ):
            del shown[-2]
        start, columns = 0, []
        for key, part in shown:
            columns.append((range(start, start + part.cell_length), key))
            start += part.cell_length + _KEY_GAP
        self._columns = columns
        self.put(Content(SPACE * _KEY_GAP).join([part for _, part in shown]))

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        offset = event.get_content_offset(self)
        pressed = next((key for columns, key in self._columns if offset is not None and offset.x in columns), None)
        if pressed is not None:
            event.stop()
            self.app.simulate_key(pressed)


def _render_hint(key: str, label: str) -> Content:
    return Content.assemble(
        (sanitise_line(display_key(key)), "bold $secondary"),
        (SPACE + sanitise_line(label, _MAX_LABEL), "$ink-muted"),
    )


def footer_hints(context: str, keymap: Keymap) -> tuple[tuple[str, str], ...]:
    """The current keys, by their Textual names, and their labels in a context of the main screen.

    Args:
        context: ``query`` for the query line, ``dialog`` for a screen above the main screen, or one of
            ``Keymap.footer_items``; empty for the list.
        keymap: the current keys.
    """
    return _QUERY_HINTS if context == "query" else keymap.footer_items(context)
