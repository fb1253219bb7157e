"""Help: every key with what it does, and the manual; typing narrows them, Tab turns the page."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from tui.app.manual import ManualData, manual
from tui.app.screens.dialog import DialogFrame, FilterDialog, TypedLine, cursor_step
from tui.app.widgets.detail_pane import DetailPane
from tui.commands import GROUPS, Command, display_key
from tui.session.session import Session
from tui.text.fold import fold
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

    from tui.app.screens.main_screen import MainScreen
    from tui.keymap import Keymap

_HINT = SafeText("type to search · Tab turns the page · Esc goes back")
_KEYS_WIDTH = 22  # cells, with the blanks behind
_TITLE_WIDTH = 24
_LEAST_HELP = 16
_PAGES = ("Keys", "Manual")
_TURN = frozenset({"tab", "shift+tab"})


class HelpPage(DetailPane, can_focus=False):
    """The text."""


class HelpScreen(FilterDialog[None]):
    """The keys in force and the manual, searchable.

    Args:
        desk: what they are for.
        typed: what is looked for at first.
        manual: begin with the manual.
    """

    def __init__(self, desk: MainScreen, *, typed: str = "", manual: bool = False) -> None:
        super().__init__()
        self._keymap = desk.keys
        # What is the same for every list: help can be asked for while the list is still being opened.
        fields, sorts, formats = Session.fields(), tuple(Session.sorts().items()), Session.formats()
        self._known = ManualData(desk.keys, desk.glyphs, fields, sorts, formats)
        self.typed = typed
        self._is_manual = manual

    def compose(self) -> ComposeResult:
        """Two headings, a typed line, and the text."""
        with DialogFrame(SafeText("Keys"), _HINT, kind="tall"):
            yield TypedLine("what do you want to do?")
            yield HelpPage()

    def on_mount(self) -> None:
        """Show the text."""
        self.put_typed(self.typed)

    def on_resize(self) -> None:
        """Break the lines at the new width."""
        self.call_after_refresh(self.typed_changed)

    def typed_changed(self) -> None:
        """Narrow as typed."""
        self.query_one(DialogFrame).border_title = self._title()
        page = self.query_one(HelpPage)
        if page.line_width:
            page.show(self._page(page.measure))

    def _title(self) -> Content:
        names = [
            Content.styled(sanitise_line(f" {name} "), "reverse" if bool(page) is self._is_manual else "")
            for page, name in enumerate(_PAGES)
        ]
        return Content(" ").join(names)

    def _page(self, width: int) -> Content:
        if self._is_manual:
            return manual(self.typed, self._known, width)
        return key_table(self.typed, self._keymap, width)

    def pressed(self, event: events.Key) -> bool:
        """Turn the page, or scroll."""
        if event.key in _TURN:
            self._is_manual = not self._is_manual
            self.typed_changed()
            return True
        step = cursor_step(event.key)
        if step:
            self.query_one(HelpPage).scroll_lines(step)
        return bool(step)


def key_table(typed: str, keymap: Keymap, width: int) -> Content:
    """The commands that hold every typed word, by group.

    Args:
        typed: words to look for in keys, names and sentences; empty for all.
        keymap: the keys in force.
        width: cells of a line.
    """
    words = fold(typed).split()
    lines: list[Content] = []
    for group, heading in GROUPS.items():
        found = [command for command in keymap.group(group) if _answers(command, words)]
        if found:
            lines += [Content(""), Content.styled(heading, "bold $secondary")]
            lines += [line for command in found for line in _lines(command, width)]
    return Content("\n").join(lines[1:]) if lines else Content.styled("No command answers that.", "$ink-muted")


def _answers(command: Command, words: list[str]) -> bool:
    keys = " ".join(display_key(key) for key in command.keys)
    text = fold(f"{keys} {command.title} {command.help}")
    return all(word in text for word in words)


def _lines(command: Command, width: int) -> Iterator[Content]:
    """Keys, title and sentence of a command in columns, each broken where it is too long for its own."""
    rest = max(width - _KEYS_WIDTH - _TITLE_WIDTH, _LEAST_HELP)
    columns = zip_longest(
        Content("  ").join([Content(display_key(key)) for key in command.keys]).wrap(_KEYS_WIDTH - 2),
        Content(command.title).wrap(_TITLE_WIDTH - 2),
        Content(command.help).wrap(rest),
        fillvalue=Content(""),
    )
    for keys, title, said in columns:
        yield Content.assemble(
            keys.stylize("bold $primary").pad_right(_KEYS_WIDTH - keys.cell_length),
            title.pad_right(_TITLE_WIDTH - title.cell_length),
            said.stylize("$ink-muted"),
        )
