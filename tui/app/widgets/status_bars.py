"""The one-line bars: where I am, what just happened, which keys matter now. They show what they are given."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.commands import display_key
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.keymap import Keymap

_MOST_KEYS = 9
_WORD = 30  # characters of a word; tags stand here, too
_GAP = 3  # cells between two keys
_MOST_LINES = 6  # of the status line, where something went wrong
_APART = 2  # cells between position, news and progress
_ALWAYS = frozenset({"find.query", "find.filter", "app.help"})
_IN_QUERY = (("enter", "keep"), ("escape", "as before"), ("tab", "complete"), ("up", "earlier"), ("ctrl+u", "clear"))
# What the keys of the desk are called where the list is not just being gone through.
_FITTING = {
    "detail": (
        ("view.back", "list"), ("view.detail", "full width"), ("move.half_down", "down"), ("move.next", "next"),
        ("mark.read", "read"), ("mark.tags", "tag"), ("mark.note", "note"), ("out.copy", "copy"),
        ("app.help", "help"),
    ),
    "selection": (
        ("view.back", "none"), ("select.range", "range"), ("select.invert", "invert"), ("mark.read", "read"),
        ("mark.tags", "tag"), ("mark.status", "status"), ("mark.undo", "undo"), ("out.export", "export"),
        ("app.help", "help"),
    ),
    "nothing": (
        ("find.query", "search"), ("view.back", "everything"), ("find.back", "query before"),
        ("find.filter", "filter"), ("app.help", "help"),
    ),
    "triaged": (
        ("triage.stop", "to the list"), ("triage.undo", "undo"), ("triage.take_back", "take all back"),
        ("triage.help", "help"),
    ),
    "dialog": (),  # it takes every key, and says itself which
}  # fmt: skip


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
    """Position, what just happened, and how far the inbox is done."""

    def show(
        self, position: Content, news: Content, hint: Content, progress: Sequence[Content], *, whole: bool = False
    ) -> None:
        """Show where the cursor is, what just happened and how to turn it round, and how far the inbox is done.

        Position, hint and the shortest form of the progress keep their places; where the line is too short, the
        progress takes a shorter form first, then the news is cut.

        Args:
            position: where the cursor is.
            news: what just happened.
            hint: how to turn it round.
            progress: ways to say how far the inbox is done, the longest first.
            whole: the news are not cut, but take more lines where they need them.
        """
        width = self.size.width - 2
        said = Content.assemble(position, " " * _APART, news, hint)
        is_long = whole and width > 0 and said.cell_length + _APART + progress[-1].cell_length > width
        height = min(said.get_height({}, width), _MOST_LINES) if is_long else 1
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        if is_long:
            self.put(said)
            return
        room = self.size.width - 2 - position.cell_length - hint.cell_length
        inbox = _fitting(progress, room - news.cell_length - 2 * _APART)
        room -= inbox.cell_length
        news = news.truncate(max(room - 2 * _APART, 0), ellipsis=True)
        gap = max(room - _APART - news.cell_length, 0)
        self.put(Content.assemble(position, " " * _APART, news, hint, " " * gap, inbox))


def _fitting(forms: Sequence[Content], room: int) -> Content:
    """The first form that fits; the last one where none does."""
    return next((form for form in forms if form.cell_length <= room), forms[-1])


class KeyBar(Bar):
    """The keys that matter now, at most nine; where they do not fit, the last stays. A click presses the key."""

    _of: tuple[int, Sequence[tuple[str, str]]] = (0, ())
    _places: Sequence[tuple[range, str]] = ()

    def show(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show keys, by the names Textual gives them, with a word each, as many as fit."""
        if self._of == (self.size.width, hints):
            return
        self._of = (self.size.width, hints)
        shown = [(key, _hint(key, word)) for key, word in hints[:_MOST_KEYS]]
        while len(shown) > 1 and sum(part.cell_length + _GAP for _, part in shown) - _GAP > self.size.width - 2:
            del shown[-2]
        at, places = 0, []
        for key, part in shown:
            places.append((range(at, at + part.cell_length), key))
            at += part.cell_length + _GAP
        self._places = places
        self.put(Content(" " * _GAP).join([part for _, part in shown]))

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        where = event.get_content_offset(self)
        pressed = next((key for place, key in self._places if where is not None and where.x in place), None)
        if pressed is not None:
            event.stop()
            self.app.simulate_key(pressed)


def _hint(key: str, word: str) -> Content:
    return Content.assemble((display_key(key), "bold $secondary"), (f" {sanitise_line(word, _WORD)}", "$ink-muted"))


@cache
def footer_hints(moment: str, keymap: Keymap) -> tuple[tuple[str, str], ...]:
    """Keys in force, by the names Textual gives them, and words for what the desk is being used for.

    Args:
        moment: ``query``, ``filter``, ``detail``, ``selection``, ``nothing`` for a list without papers, ``triaged``
            for a list without papers to triage, ``dialog`` for something above the desk, or empty for the list.
        keymap: the keys in force.
    """
    if moment == "query":
        return _IN_QUERY
    if moment in _FITTING:
        first = {command.id: command.keys[0] for command in keymap.commands if command.keys}
        return tuple((first[command], word) for command, word in _FITTING[moment] if command in first)
    general = [each for each in keymap.commands if moment and each.id in _ALWAYS and each.keys]
    return (*keymap.footer_items(moment), *((command.keys[0], command.footer) for command in general))
