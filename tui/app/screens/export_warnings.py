"""What an export could not carry, paper by paper, to be scrolled through."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.screens.dialog import DialogFrame, FilterDialog, cursor_step
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.session.exports import ExportWarning

_MOST = 500  # papers of one sentence
_STEPS = {"j": 1, "k": -1, "home": -(1 << 20), "g": -(1 << 20), "end": 1 << 20, "G": 1 << 20}


class ExportWarningsDialog(FilterDialog[None]):
    """Sentences on an export, each with its papers.

    Args:
        title: what was exported.
        remarks: the sentences.
        heading: the title of a paper.
    """

    takes_text: ClassVar[bool] = False
    DEFAULT_CSS = """
    ExportWarningsDialog #losses-body { height: 1fr; scrollbar-size-vertical: 1; }
    ExportWarningsDialog Static { height: auto; }
    ExportWarningsDialog .papers { margin: 0 0 1 2; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, title: str, remarks: Sequence[ExportWarning], heading: Callable[[str], str]) -> None:
        super().__init__()
        self._asked = title
        self._remarks = remarks
        self._heading = heading

    def compose(self) -> ComposeResult:
        """The list, and the keys."""
        with (
            DialogFrame(sanitise_line(self._asked), SafeText("j k PgDn PgUp scroll · Esc goes back"), kind="tall"),
            VerticalScroll(id="losses-body", can_focus=False),
        ):
            for remark in self._remarks:
                yield Static(Content.styled(sanitise_line(remark), "bold"), markup=False)
                yield Static(self._papers_of(remark), markup=False, classes="papers")

    def pressed(self, event: events.Key) -> bool:
        """Scroll, or leave."""
        step = cursor_step(event.key) or _STEPS.get(event.key, 0)
        if step:
            self.query_one("#losses-body").scroll_relative(y=step, animate=False)
        elif event.key in {"q", "enter", "ctrl+l"}:
            self.dismiss(None)
        return True

    def _papers_of(self, remark: ExportWarning) -> Content:
        """A line for each paper: the name it goes by, which is short, and its title, which may be cut."""
        lines = [
            Content.assemble((sanitise_line(name), "$ink-muted"), "  ", sanitise_line(self._heading(paper_id)))
            for paper_id, name in list(remark.papers.items())[:_MOST]
        ]
        if len(remark.papers) > _MOST:
            lines.append(Content(f"and {len(remark.papers) - _MOST} more"))
        return Content("\n").join(lines)
