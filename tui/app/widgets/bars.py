"""The one-line bars: where I am, what just happened, which keys matter now. They show what they are given."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.commands import COMMANDS, written
from tui.text.sanitise import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_KEYS = 9
_WORD = 30  # characters of a word; tags stand here, too
_GAP = 3  # cells between two keys
_ALWAYS = frozenset({"find.query", "find.filter", "app.help"})


class Bar(Static):
    """One line of content, drawn anew only where it is another one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._shown: Content | None = None

    def put(self, content: Content) -> None:
        """Show a content; nothing else moves by its length."""
        if self._shown is None or not content.is_same(self._shown):
            self._shown = content
            self.update(content, layout=False)


class StatusLine(Bar):
    """Position, inbox progress and the latest news; the news gives way last."""

    def show(self, position: Content, news: Content, hint: Content, progress: Content) -> None:
        """Show where the cursor is, what just happened and how to turn it round, and how far the inbox is done.

        Position and hint keep their places; where the line is too short, the progress leaves first, then the news is
        cut.
        """
        room = self.size.width - 2 - position.cell_length - 2 - hint.cell_length
        if room - progress.cell_length - 2 < news.cell_length:
            progress = Content("")
        room -= progress.cell_length
        news = news.truncate(max(room, 0), ellipsis=True)
        gap = max(room - news.cell_length, 0)
        self.put(Content.assemble(position, "  ", news, hint, " " * gap, progress))


class KeyBar(Bar):
    """The keys that matter now, at most nine; where they do not fit, the last (help) stays."""

    _of: tuple[int, Sequence[tuple[str, str]]] = (0, ())

    def show(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show keys with a word each, as many as fit."""
        if self._of == (self.size.width, hints):
            return
        self._of = (self.size.width, hints)
        parts = [
            Content.assemble((one_line(key), "bold $secondary"), (f" {one_line(word, _WORD)}", "$ink-muted"))
            for key, word in hints[:_MOST_KEYS]
        ]
        while len(parts) > 1 and sum(part.cell_length + _GAP for part in parts) - _GAP > self.size.width - 2:
            del parts[-2]
        self.put(Content(" " * _GAP).join(parts))


@cache
def hints(pane: str) -> tuple[tuple[str, str], ...]:
    """Keys and words for the pane that has the focus, from the table of commands.

    Args:
        pane: ``query``, ``filter``, or empty for the list and the detail.
    """
    if pane == "query":
        return ("Enter", "keep"), ("Esc", "as before"), ("Ctrl-u", "clear")
    own = [command for command in COMMANDS if command.pane == pane and command.footer]
    general = [command for command in COMMANDS if pane and not command.pane and command.id in _ALWAYS]
    return tuple((written(command.keys[0]), command.footer) for command in (*own, *general))
