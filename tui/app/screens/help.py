"""Help: every key with what it does, and the manual; typing narrows them, Tab turns the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.manual import Known, hanging, manual
from tui.app.screens.dialog import Dialog, TypedLine, step_of
from tui.commands import GROUPS, Command, written
from tui.text.fold import fold
from tui.text.sanitise import one_line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.app.screens.desk import Desk
    from tui.keymap import Keymap

_KEYS_WIDTH = 18
_TITLE_WIDTH = 22
_PAGES = ("Keys", "Manual")
_TURN = frozenset({"tab", "shift+tab"})


class Help(Dialog[None]):
    """The keys in force and the manual, searchable.

    Args:
        desk: what they are for.
        typed: what is looked for at first.
        manual: begin with the manual.
    """

    def __init__(self, desk: Desk, *, typed: str = "", manual: bool = False) -> None:
        super().__init__()
        self._keymap = desk.keys
        session = desk.session
        self._known = Known(
            desk.keys, desk.glyphs, session.search.fields(), tuple(session.sorts().items()), session.formats()
        )
        self.typed = typed
        self._is_manual = manual

    def compose(self) -> ComposeResult:
        """Two headings, a typed line, and the text."""
        with Vertical(classes="dialog tall"):
            yield Static("", id="help-title", classes="dialog-title", markup=False)
            yield TypedLine("what do you want to do?")
            with VerticalScroll(id="help-body", can_focus=False):
                yield Static("", id="help-text", markup=False)

    def on_mount(self) -> None:
        """Show the text."""
        self.put_typed(self.typed)

    def on_resize(self) -> None:
        """Break the lines at the new width."""
        self.call_after_refresh(self.typed_changed)

    def typed_changed(self) -> None:
        """Narrow as typed."""
        self.query_one("#help-title", Static).update(self._title())
        self.query_one("#help-text", Static).update(self._page())
        self.query_one("#help-body").scroll_home(animate=False)

    def _title(self) -> Content:
        names = [
            Content.styled(one_line(name), "reverse" if bool(page) is self._is_manual else "")
            for page, name in enumerate(_PAGES)
        ]
        rest = Content.styled("  type to search · Tab turns the page · Esc goes back", "$ink-muted not bold")
        return Content("  ").join(names) + rest

    def _page(self) -> Content:
        width = self.query_one("#help-body").scrollable_content_region.width
        if self._is_manual:
            return manual(self.typed, self._known, width)
        return key_table(self.typed, self._keymap, width)

    def pressed(self, event: events.Key) -> bool:
        """Turn the page, or scroll."""
        if event.key in _TURN:
            self._is_manual = not self._is_manual
            self.typed_changed()
            return True
        step = step_of(event.key)
        if step:
            self.query_one("#help-body").scroll_relative(y=step, animate=False)
        return bool(step)


def key_table(typed: str, keymap: Keymap, width: int) -> Content:
    """The commands that hold every typed word, by group.

    Args:
        typed: words to look for in keys, names and sentences; empty for all.
        keymap: the keys in force.
        width: cells in a line.
    """
    words = fold(typed).split()
    lines: list[Content] = []
    for group, heading in GROUPS.items():
        found = [command for command in keymap.group(group) if _answers(command, words)]
        if found:
            lines += [
                Content.styled(heading, "bold $secondary"),
                *(_line(command, width) for command in found),
                Content(""),
            ]
    return Content("\n").join(lines) if lines else Content.styled("No command answers that.", "$ink-muted")


def _answers(command: Command, words: list[str]) -> bool:
    keys = " ".join(written(key) for key in command.keys)
    text = fold(f"{keys} {command.title} {command.help}")
    return all(word in text for word in words)


def _line(command: Command, width: int) -> Content:
    keys = "  ".join(written(key) for key in command.keys)
    name = Content.assemble((f"  {keys:<{_KEYS_WIDTH}} ", "bold $primary"), f"{command.title:<{_TITLE_WIDTH}} ")
    return hanging(name, Content.styled(command.help, "$ink-muted"), width)
