"""The one-line bars: where I am, what just happened, which keys matter now. They show what they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.commands import COMMANDS, written

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_KEYS = 9
_ALWAYS = frozenset({"find.query", "find.filter", "app.help"})


class StatusLine(Static):
    """Position, inbox progress and the latest news; the news gives way last."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)

    def show(self, position: Content, news: Content, progress: Content) -> None:
        """Show where the cursor is, what just happened, and how far the inbox is done.

        The position keeps its place; the progress leaves first where the line is too short for all three.
        """
        width = self.size.width - 2
        room = width - position.cell_length - progress.cell_length - 4
        if room < news.cell_length:
            progress = Content("")
            room = width - position.cell_length - 2
        news = news.truncate(max(room, 0), ellipsis=True)
        gap = max(width - position.cell_length - 2 - news.cell_length - progress.cell_length, 0)
        self.update(Content.assemble(position, "  ", news, " " * gap, progress), layout=False)


class KeyBar(Static):
    """The keys that matter now, at most nine."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)

    def show(self, hints: Iterable[tuple[str, str]]) -> None:
        """Show keys with a word each, as many as fit."""
        parts: list[Content] = []
        used = 0
        for key, word in list(hints)[:_MOST_KEYS]:
            part = Content.assemble((key, "bold $secondary"), (f" {word}", "$ink-muted"))
            used += part.cell_length + 3
            if used > self.size.width:
                break
            parts.append(part)
        self.update(Content("   ").join(parts), layout=False)


def hints(pane: str) -> list[tuple[str, str]]:
    """Keys and words for the pane that has the focus, from the table of commands.

    Args:
        pane: ``query``, ``filter``, or empty for the list and the detail.
    """
    if pane == "query":
        return [("Enter", "keep"), ("Esc", "as before"), ("Ctrl-u", "clear")]
    own = [command for command in COMMANDS if command.pane == pane and command.footer]
    general = [command for command in COMMANDS if pane and not command.pane and command.id in _ALWAYS]
    return [(written(command.keys[0]), command.footer) for command in (*own, *general)]
