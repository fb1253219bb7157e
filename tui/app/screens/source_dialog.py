"""The dialog of one source: what it is, and what removing it would do. Returns what to do, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.containers import VerticalScroll

from tui.app.safe_display import Content, Static
from tui.app.screens.dialog import DialogFrame, FilterDialog, cursor_step
from tui.text.plural import pluralise
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

    from tui.session.source_removal import RemovedSource, SourceInfo

    SourceAction = Literal["show", "remove", "restore"]

_MAX_TITLES = 200


class SourceDialog(FilterDialog["SourceAction | None"]):
    """Choose what to do with a source.

    Args:
        source: the source.
        expected: what removing it would do; None if it is removed already.
        is_read_only: whether it can neither be removed nor restored.
    """

    takes_text: ClassVar[bool] = False
    DEFAULT_CSS = """
    SourceDialog #source-body { height: auto; max-height: 11; scrollbar-size-vertical: 1; }
    """

    def __init__(self, source: SourceInfo, expected: RemovedSource | None, *, is_read_only: bool) -> None:
        super().__init__()
        self._source = source
        self._expected = expected
        self._is_read_only = is_read_only

    def compose(self) -> ComposeResult:
        """What the source is, the papers that would leave with it, and the keys."""
        with (
            DialogFrame(sanitise_line(self._source.name), self._keys()),
            VerticalScroll(id="source-body", can_focus=False),
        ):
            yield Static(Content("\n").join(self._summary_lines()))

    def handle_typed_key(self, event: events.Key) -> bool:
        """Scroll, or choose."""
        if step := cursor_step(event.key) or {"j": 1, "k": -1}.get(event.key, 0):
            self.query_one("#source-body").scroll_relative(y=step, animate=False)
        elif event.key == "q":
            self.dismiss(None)
        elif event.key == "enter" and self._expected is not None:
            self.dismiss(None if self._source.completed else "show")
        elif event.key in {"d", "delete"} and self._expected is not None and not self._is_read_only:
            self.dismiss("remove")
        elif event.key == "enter" and not self._is_read_only:
            self.dismiss("restore")
        return True

    def _keys(self) -> SafeText:
        if self._expected is None:
            return SafeText("Esc closes" if self._is_read_only else "Enter restores it · Esc closes")
        show = "" if self._source.completed else "Enter shows its papers · "  # none has a record in it
        return sanitise_line(f"{show}{'' if self._is_read_only else 'd removes it · '}Esc closes")

    def _summary_lines(self) -> Iterator[Content]:
        yield Content(sanitise_line(describe(self._source)))
        if self._expected is None:
            yield Content(SafeText("its file is still in the listings folder; restoring it reads the file again"))
            return
        if self._expected.completed:
            emptied = f"the fields it filled in for {pluralise(self._expected.completed)}"
            yield Content(sanitise_line(f"this would remove {emptied}; the papers stay"))
            return
        gone, kept = self._expected.gone, self._expected.kept
        yield Content(
            sanitise_line(f"this would remove {pluralise(len(gone))} from the list; the file is not deleted")
        )
        if kept:
            reason = "in another source, or marked by you"
            yield Content.styled(sanitise_line(f"{pluralise(kept)} would stay: {reason}"), "$ink-muted")
        for title in gone[:_MAX_TITLES]:
            yield Content(sanitise_line(f"- {title}"))
        if len(gone) > _MAX_TITLES:
            yield Content(sanitise_line(f"and {len(gone) - _MAX_TITLES} more"))


def describe(source: SourceInfo) -> str:
    """The format, the papers, the day of the import, and whether changes are followed, on one line."""
    if source.is_removed:
        return "removed"
    day = f"imported {source.imported[:10]}" if source.imported else ""
    papers = f"completed {pluralise(source.completed)}" if source.completed else pluralise(source.papers)
    parts = (source.format or "not readable", papers, day, "linked" if source.is_linked else "")
    return " · ".join(filter(None, parts))
