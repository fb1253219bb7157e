"""The text area of the note editor, with Markdown highlighting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from tui.app.theming import MARKDOWN
from tui.text.markdown_spans import highlight_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text


class MarkdownArea(TextArea):
    """A text area for Markdown.

    Args:
        text: the text to start from.
    """

    def __init__(self, text: str) -> None:
        super().__init__(
            text, id="note", soft_wrap=True, show_line_numbers=False, compact=True, highlight_cursor_line=False
        )
        self._styles: Mapping[str, Style] = {}
        self._highlighted: Sequence[str] = ()
        self._spans: Sequence[Sequence[tuple[int, int, str]]] = ()

    def on_mount(self) -> None:
        """Use the colours of the theme."""
        variables = self.app.theme_variables
        self._styles = {name: _style(words.split(), variables) for name, words in MARKDOWN.items()}
        self.register_theme(TextAreaTheme("readlist"))
        self.theme = "readlist"

    def get_line(self, line_index: int) -> Text:
        """A line with its Markdown highlighted."""
        line = super().get_line(line_index)
        if self._highlighted != self.document.lines:
            self._highlighted = list(self.document.lines)
            self._spans = tuple(highlight_spans(self._highlighted))
        for start, end, name in self._spans[line_index]:
            line.stylize(self._styles[name], start, end)
        return line


def _style(words: Sequence[str], variables: Mapping[str, str]) -> Style:
    colours = [Color.parse(variables[word[1:]]).rich_color for word in words if word.startswith("$")]
    return Style(color=next(iter(colours), None), bold="bold" in words or None, italic="italic" in words or None)
