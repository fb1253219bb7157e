"""The export: formats and profiles to pick from, wishes, and the first records as they will be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content

from tui.app.choose import Option
from tui.app.screens.dialog import DialogFrame, TypedLine
from tui.app.screens.picker import Picker
from tui.app.widgets.detail_pane import DetailPane
from tui.errors import ReadlistError
from tui.session.exports import ExportOptions
from tui.text.sanitise import sanitise_block, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    Sample = Callable[[str, ExportOptions], str]

_SCROLLED = 5  # lines
_KEYS = {"ctrl+a": "ascii", "ctrl+r": "raw", "ctrl+s": "split", "ctrl+t": "style"}
_PROFILE = "@"


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What there is to export in.

    Attributes:
        formats: name and title of each.
        suited: the formats that each wish is for.
        styles: the styles of a list of references; the first is the usual one.
        profiles: name and words of each.
    """

    formats: Sequence[tuple[str, str]]
    suited: Mapping[str, Sequence[str]]
    styles: Sequence[str]
    profiles: Mapping[str, str]


class Records(DetailPane, can_focus=False):
    """The first records, as they will be written."""


class ExportDialog(Picker):
    """Pick a format or a profile; ``wishes`` and ``to_clipboard`` say the rest.

    Args:
        title: what is asked.
        offered: what there is.
        sample: the first records in a format, or of a profile (its name behind ``@``).
    """

    DEFAULT_CSS = """
    ExportDialog .dialog { width: 104; max-height: 18; }
    ExportDialog Horizontal { height: 12; }
    ExportDialog VirtualList { width: 28; }
    ExportDialog Records { width: 1fr; height: 12; background: $surface; padding: 0 0 0 1; margin: 0 0 0 1; }
    """

    def __init__(self, title: str, offered: ExportChoices, sample: Sample) -> None:
        formats = [Option(name, title_) for name, title_ in offered.formats]
        named = [Option(f"{_PROFILE}{name}", f"{_PROFILE}{name}", said) for name, said in offered.profiles.items()]
        super().__init__(title, [*named, *formats], current="bibtex")
        self._offered = offered
        self._sample = sample
        self.wishes = ExportOptions()
        self.to_clipboard = False

    def compose(self) -> ComposeResult:
        """Typed line, formats beside the first records, wishes."""
        with DialogFrame(sanitise_line(self._asked)):
            yield TypedLine("type to narrow")
            with Horizontal():
                yield self._rows
                yield Records()

    def on_mount(self) -> None:
        """Show the first records."""
        super().on_mount()
        self._show()

    def on_virtual_list_moved(self) -> None:
        """Another format, other records; wishes that do not suit it are let go."""
        self.wishes = ExportOptions()
        self._show()

    def typed_changed(self) -> None:
        """Narrow as typed."""
        super().typed_changed()
        self.on_virtual_list_moved()

    def pressed(self, event: events.Key) -> bool:
        """Scroll the records, change a wish, or pick."""
        if event.key in {"pagedown", "pageup"}:
            step = _SCROLLED if event.key == "pagedown" else -_SCROLLED
            self.query_one(Records).scroll_lines(step)
            return True
        if event.key in _KEYS:
            self._wish(_KEYS[event.key])
            return True
        if event.key == "ctrl+y":
            self.to_clipboard = True
            self._pick(self._rows.current)
            return True
        return super().pressed(event)

    def _suits(self, wish: str) -> bool:
        picked = self._rows.current
        return picked is not None and picked.value in self._offered.suited[wish]

    def _wish(self, wish: str) -> None:
        if not self._suits(wish):
            return
        value: object = not getattr(self.wishes, wish)
        if wish == "style":
            styles = self._offered.styles
            value = styles[(styles.index(self.wishes.style or styles[0]) + 1) % len(styles)]
        self.wishes = self.wishes._replace(**{wish: value})  # type: ignore[arg-type]
        self._show()

    def _show(self) -> None:
        """Show the first records, and the wishes there are."""
        picked = self._rows.current
        try:
            text = self._sample(picked.value, self.wishes) if picked is not None else "no format is called so"
        except ReadlistError as fault:
            text = fault.message
        self.query_one(Records).show(Content(sanitise_block(text.replace("\r\n", "\n"))))
        words = [f"^{key[-1]} {wish}: {self._state(wish)}" for key, wish in _KEYS.items() if self._suits(wish)]
        words += ["Enter file", "^y clipboard", "PgDn PgUp preview"]
        self.query_one(DialogFrame).say(sanitise_line(" · ".join(words)))

    def _state(self, wish: str) -> str:
        value = getattr(self.wishes, wish)
        return str(value or self._offered.styles[0]) if wish == "style" else "on" if value else "off"
