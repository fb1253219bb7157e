"""The area a note is written in, with its Markdown highlighted."""

from __future__ import annotations

from rich.style import Style
from textual._text_area_theme import TextAreaTheme
from textual.color import Color
from textual.widgets import TextArea

from tui.text.markdown import highlighted

_COLOURS = {"heading": "primary", "quote": "ink-muted", "sign": "secondary", "code": "tag-ink", "link": "primary"}


class NoteArea(TextArea):
    """A text area for Markdown.

    Args:
        text: the text to start from.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text, id="note", soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        """Take the colours of the theme."""
        variables = self.app.theme_variables
        styles = {
            name: Style(color=Color.parse(variables[colour]).rich_color, bold=name == "heading" or None)
            for name, colour in _COLOURS.items()
        }
        styles |= {"strong": Style(bold=True), "emphasis": Style(italic=True)}
        self.register_theme(TextAreaTheme("readlist", syntax_styles=styles))
        self.theme = "readlist"

    def _build_highlight_map(self) -> None:
        """Textual asks for this after every change; places count bytes."""
        super()._build_highlight_map()
        for row, (line, spans) in enumerate(zip(self.document.lines, highlighted(self.document.lines), strict=True)):
            if spans:
                self._highlights[row] = [(_bytes(line, start), _bytes(line, end), name) for start, end, name in spans]


def _bytes(line: str, place: int) -> int:
    return len(line[:place].encode(errors="replace"))
