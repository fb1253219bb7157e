"""The help screen: a table of all keys, and the manual, both filtered by typing."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from tui.app.key_hints import presses
from tui.app.manual import ManualData, manual
from tui.app.safe_display import SPACE, Content
from tui.app.screens.dialog import DialogFrame, FilterDialog, TypedLine, cursor_step
from tui.app.widgets.detail_pane import DetailPane
from tui.commands import GROUPS, Command, display_key
from tui.session.choices import export_formats, fields, sort_orders
from tui.text.fold import fold
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

    from tui.app.theming import Glyphs
    from tui.keymap import Keymap

_HINT = SafeText("type to search · Tab switches between keys and manual · Esc closes")
_KEYS_WIDTH = 22  # cells, including the spaces after the keys
_TITLE_WIDTH = 24
_MIN_HELP_WIDTH = 16
_NO_KEY = SafeText("No matching command. Tab searches the manual for these words.")
_TABS = (SafeText("Keys"), SafeText("Manual"))
_SWITCH_KEYS = frozenset({"tab", "shift+tab"})


class HelpText(DetailPane, can_focus=False):
    """The key table or the manual."""


class HelpScreen(FilterDialog[None]):
    """The current keys and the manual, searchable.

    Args:
        keymap: the current keys.
        glyphs: the symbols of the list.
        typed: the initial search text.
        manual: whether to start with the manual.
    """

    def __init__(self, keymap: Keymap, glyphs: Glyphs, *, typed: str = "", manual: bool = False) -> None:
        super().__init__()
        self._keymap = keymap
        # The same for every list, because help is available while the list is still being opened.
        sorts = tuple(sort_orders().items())
        self._manual_data = ManualData(keymap, glyphs, fields(), sorts, export_formats())
        self.typed = typed
        self._is_manual = manual

    def compose(self) -> ComposeResult:
        """Tab titles, a typed line, and the text."""
        with DialogFrame(SafeText("Keys"), _HINT, kind="tall"):
            yield TypedLine(SafeText("what do you want to do?"))
            yield HelpText()

    def on_mount(self) -> None:
        """Show the text."""
        self.set_typed(self.typed)

    def on_resize(self) -> None:
        """Wrap the lines at the new width."""
        self.call_after_refresh(self.typed_changed)

    def typed_changed(self) -> None:
        """Filter as typed."""
        self.query_one(DialogFrame).show_title(self._tab_titles())
        text = self.query_one(HelpText)
        if text.line_width:
            text.show(self._content(text.measure))

    def _tab_titles(self) -> Content:
        titles = [Content(SPACE + title + SPACE) for title in _TABS]
        titles[self._is_manual] = titles[self._is_manual].stylize("reverse")
        titles[not self._is_manual] = presses(titles[not self._is_manual], "tab")
        return Content(" ").join(titles)

    def _content(self, width: int) -> Content:
        if self._is_manual:
            return manual(self.typed, self._manual_data, width)
        return key_table(self.typed, self._keymap, width)

    def handle_typed_key(self, event: events.Key) -> bool:
        """Switch between keys and manual, or scroll."""
        if event.key in _SWITCH_KEYS:
            self._is_manual = not self._is_manual
            self.typed_changed()
            return True
        step = cursor_step(event.key)
        if step:
            self.query_one(HelpText).scroll_lines(step)
        return bool(step)


def key_table(typed: str, keymap: Keymap, width: int) -> Content:
    """The commands that contain every typed word, by group.

    Args:
        typed: words to find in keys, titles and help texts; empty for all commands.
        keymap: the current keys.
        width: cells of a line.
    """
    words = fold(typed).split()
    lines: list[Content] = []
    for group, heading in GROUPS.items():
        found = [command for command in keymap.group(group) if _matches(command, words)]
        if found:
            lines += [Content(""), Content.styled(sanitise_line(heading), "bold $secondary")]
            lines += [line for command in found for line in _lines(command, width)]
    return Content("\n").join(lines[1:]) if lines else Content.styled(_NO_KEY, "$ink-muted")


def _matches(command: Command, words: list[str]) -> bool:
    keys = " ".join(display_key(key) for key in command.keys)
    text = fold(f"{keys} {command.title} {command.help}")
    return all(word in text for word in words)


def _lines(command: Command, width: int) -> Iterator[Content]:
    """Keys, title and help text of a command, each wrapped in its own column."""
    help_width = max(width - _KEYS_WIDTH - _TITLE_WIDTH, _MIN_HELP_WIDTH)
    columns = zip_longest(
        Content("  ").join([Content(sanitise_line(display_key(key))) for key in command.keys]).wrap(_KEYS_WIDTH - 2),
        Content(sanitise_line(command.title)).wrap(_TITLE_WIDTH - 2),
        Content(sanitise_line(command.help)).wrap(help_width),
        fillvalue=Content(""),
    )
    for keys, title, help_text in columns:
        yield Content.assemble(
            keys.stylize("bold $primary").pad_right(_KEYS_WIDTH - keys.cell_length),
            title.pad_right(_TITLE_WIDTH - title.cell_length),
            help_text.stylize("$ink-muted"),
        )
