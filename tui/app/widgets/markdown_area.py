"""The text area of the note editor, with Markdown highlighting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual._text_area_theme import TextAreaTheme
from textual.color import Color
from textual.widgets import TextArea

from tui.app.theming import MARKDOWN
from tui.text.markdown_spans import highlight_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class MarkdownArea(TextArea):
    """A text area for Markdown.

    Args:
        text: the text to start from.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text, id="note", soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        """Use the colours of the theme."""
        variables = self.app.theme_variables
        styles = {name: _style(words.split(), variables) for name, words in MARKDOWN.items()}
        self.register_theme(TextAreaTheme("readlist", syntax_styles=styles))
        self.theme = "readlist"

    def _build_highlight_map(self) -> None:
        """Highlight the Markdown; Textual calls this after every change, and counts positions in bytes."""
        super()._build_highlight_map()
        for row, (line, spans) in enumerate(
            zip(self.document.lines, highlight_spans(self.document.lines), strict=True)
        ):
            if spans:
                self._highlights[row] = [
                    (_byte_offset(line, start), _byte_offset(line, end), name) for start, end, name in spans
                ]


def _style(words: Sequence[str], variables: Mapping[str, str]) -> Style:
    colours = [Color.parse(variables[word[1:]]).rich_color for word in words if word.startswith("$")]
    return Style(color=next(iter(colours), None), bold="bold" in words or None, italic="italic" in words or None)


def _byte_offset(line: str, position: int) -> int:
    return len(line[:position].encode(errors="replace"))
