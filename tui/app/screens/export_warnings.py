"""The dialog with the warnings of an export, and the papers each is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll

from tui.app.safe_display import Content, Static
from tui.app.screens.dialog import DialogFrame, FilterDialog, cursor_step
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.session.exports import ExportWarning

_MAX_PAPERS = 500  # of one warning
_STEPS = {"j": 1, "k": -1, "home": -(1 << 20), "g": -(1 << 20), "end": 1 << 20, "G": 1 << 20}


class ExportWarningsDialog(FilterDialog[None]):
    """The warnings of an export, each with its papers.

    Args:
        title: what was exported.
        warnings: the warnings.
        paper_title: gives the title of a paper by its id.
    """

    takes_text: ClassVar[bool] = False
    DEFAULT_CSS = """
    ExportWarningsDialog #warnings-body { height: 1fr; scrollbar-size-vertical: 1; }
    ExportWarningsDialog Static { height: auto; }
    ExportWarningsDialog .papers { margin: 0 0 1 2; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, title: str, warnings: Sequence[ExportWarning], paper_title: Callable[[str], str]) -> None:
        super().__init__()
        self._title = title
        self._warnings = warnings
        self._paper_title = paper_title

    def compose(self) -> ComposeResult:
        """The warnings, and the keys."""
        with (
            DialogFrame(sanitise_line(self._title), SafeText("j k PgDn PgUp scroll · Esc closes"), kind="tall"),
            VerticalScroll(id="warnings-body", can_focus=False),
        ):
            for warning in self._warnings:
                yield Static(Content.styled(sanitise_line(warning), "bold"))
                yield Static(self._papers_of(warning), classes="papers")

    def handle_typed_key(self, event: events.Key) -> bool:
        """Scroll, or close."""
        step = cursor_step(event.key) or _STEPS.get(event.key, 0)
        if step:
            self.query_one("#warnings-body").scroll_relative(y=step, animate=False)
        elif event.key in {"q", "enter", "ctrl+l"}:
            self.dismiss(None)
        return True

    def _papers_of(self, warning: ExportWarning) -> Content:
        """One line per paper: its short name in the export, and its title, which may be truncated."""
        lines = [
            Content.assemble((sanitise_line(name), "$ink-muted"), "  ", sanitise_line(self._paper_title(paper_id)))
            for paper_id, name in list(warning.papers.items())[:_MAX_PAPERS]
        ]
        if len(warning.papers) > _MAX_PAPERS:
            lines.append(Content(sanitise_line(f"and {len(warning.papers) - _MAX_PAPERS} more")))
        return Content("\n").join(lines)
