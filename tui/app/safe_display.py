"""What the screen is drawn with. Only safe text can be given to it, and mypy checks that.

``Content`` and ``Segment`` are Textual's and Rich's own, with narrower types: they cost nothing when a row is drawn.
No other module of the screen imports those, or a widget of Textual that shows text. Text of a paper that was not
sanitised is therefore an error of mypy wherever it would be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.widgets import Static as TextualStatic

from tui.text.sanitise import SafeText

Blank = Literal["", " ", "  ", "   ", "\n"]  # written as they are; other words of the program are SafeText("…")
SPACE = SafeText(" ")

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from rich.segment import Segment as RichSegment
    from rich.style import Style as RichStyle
    from textual.content import Content as TextualContent
    from textual.style import Style
    from textual.widget import Widget

    class Content(TextualContent):
        """Text in styles, made of safe text."""

        def __init__(self, text: SafeText | Blank = "") -> None: ...
        @classmethod
        def styled(cls, text: SafeText | Blank, style: str = "") -> Content:  # type: ignore[override]
            """Text in one style."""

        @classmethod
        def assemble(cls, *parts: Content | SafeText | Blank | tuple[SafeText | Blank, str]) -> Content:  # type: ignore[override]
            """Put parts together; a text with its style is a pair."""

        def __add__(self, other: Content | SafeText | Blank) -> Content: ...  # type: ignore[override]
        def __getitem__(self, part: int | slice) -> Content: ...
        def append(self, content: Content | SafeText | Blank) -> Content:  # type: ignore[override]
            """The content, and another after it."""

        def append_text(self, text: SafeText | Blank, style: Style | str = "") -> Content:  # type: ignore[override]
            """The content, and a text after it."""

        def join(self, lines: Iterable[Content | SafeText]) -> Content:  # type: ignore[override]
            """Put contents together with this one between them."""

        def stylize(self, style: Style | str, start: int = 0, end: int | None = None) -> Content:
            """The content with a style from one character to another."""

        def truncate(self, max_width: int, *, ellipsis: bool = False, pad: bool = False) -> Content:
            """The content cut to a number of cells."""

        def pad_right(self, count: int, character: Blank = " ") -> Content:  # type: ignore[override]
            """The content with spaces after it."""

        def wrap(self, width: int) -> list[Content]:  # type: ignore[override]
            """The content in lines of a number of cells."""

    class Segment(RichSegment):
        """A part of a line in one style, made of safe text."""

        text: SafeText

        def __new__(cls, text: SafeText | Blank, style: RichStyle | None = None) -> Self:
            """The text, and its style."""

        @classmethod
        def apply_style(cls, segments: Iterable[Segment], style: RichStyle) -> Iterable[Segment]:  # type: ignore[override]
            """The segments with a style below their own."""

else:
    from rich.segment import Segment  # noqa: TC002 - the names above are these
    from textual.content import Content  # noqa: TC002


class Static(TextualStatic):
    """A widget that shows safe text, and never reads it as markup."""

    def __init__(
        self,
        content: Content | SafeText | Blank = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(content, id=id, classes=classes, markup=False)

    if TYPE_CHECKING:

        def update(self, content: Content | SafeText | Blank = "", *, layout: bool = True) -> None:  # type: ignore[override]
            """Show other content, of the same size if without layout."""


def set_border(widget: Widget, *, title: Content | None = None, subtitle: Content | None = None) -> None:
    """Replace the text in the upper or lower border of a widget; None leaves it."""
    if title is not None:
        widget.border_title = title
    if subtitle is not None:
        widget.border_subtitle = subtitle
