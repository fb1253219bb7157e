"""What an import would do, before it is done. Returns whether keywords become tags, or None to leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.screens.dialog import Dialog, Frame, step_of
from tui.text.sanitise import SafeText, one_line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.session.imports import Imported

_SHOWN = 5  # keywords named
_MOST_PROBLEMS = 500


class Importing(Dialog[bool | None]):
    """Ask whether to import.

    Args:
        name: the file's name.
        expected: what would be done.
    """

    takes_text: ClassVar[bool] = False
    DEFAULT_CSS = """
    Importing #import-body { height: auto; max-height: 11; scrollbar-size-vertical: 1; }
    """

    def __init__(self, name: str, expected: Imported) -> None:
        super().__init__()
        self._file_name = name
        self._expected = expected
        self._possible = bool(expected.new or expected.known)

    def compose(self) -> ComposeResult:
        """The account, what is wrong with single records, and the keys."""
        with Frame(one_line(f"Import {self._file_name}?"), self._keys()):
            with VerticalScroll(id="import-body", can_focus=False):
                yield Static(account(self._expected), markup=False)
            if self._possible and self._expected.keywords:
                yield Static(one_line(self._keywords()), classes="dialog-note", markup=False)

    def pressed(self, event: events.Key) -> bool:
        """Answer, or scroll."""
        step = step_of(event.key) or {"j": 1, "k": -1}.get(event.key, 0)
        if step:
            self.query_one("#import-body").scroll_relative(y=step, animate=False)
        elif event.key in {"y", "enter"} and self._possible:
            self.dismiss(False)
        elif event.key == "t" and self._possible and self._expected.keywords:
            self.dismiss(True)
        elif event.key in {"n", "q"} or (event.key == "enter" and not self._possible):
            self.dismiss(None)
        return True

    def _keys(self) -> SafeText:
        if not self._possible:
            return SafeText("Esc goes back")
        return SafeText(f"y imports{' · t with tags' if self._expected.keywords else ''} · Esc leaves it")

    def _keywords(self) -> str:
        keywords = self._expected.keywords
        words = ", ".join(keywords[:_SHOWN]) + (", …" if len(keywords) > _SHOWN else "")
        return f"t also makes tags of {_counted(len(keywords), 'keyword')}: {words}"


def account(expected: Imported) -> Content:
    """The counts, then a line for each record that is repaired or refused, and what to do about it."""
    counts = [
        (len(expected.new), "new"),
        (len(expected.known), "joined with known ones"),
        (expected.repaired, "repaired"),
    ]
    said = [f"{count} {what}" for count, what in counts if count]
    counted = ": ".join(filter(None, (f"{_counted(expected.records, 'record')} read", ", ".join(said))))
    if expected.refused:  # none of those that were read
        counted += f"; {expected.refused} refused"
    lines = [Content(one_line(counted))]
    lines += [Content.styled(one_line(f"{name} was imported before"), "$ink-muted") for name in expected.again]
    for problem in expected.problems[:_MOST_PROBLEMS]:
        lines.append(Content(one_line(f"line {problem.line}: {problem.reason}" if problem.line else problem.reason)))
        lines.append(Content.styled(one_line(f"  {problem.hint}"), "$ink-muted"))
    if len(expected.problems) > _MOST_PROBLEMS:
        lines.append(Content(f"and {len(expected.problems) - _MOST_PROBLEMS} more"))
    return Content("\n").join(lines)


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
