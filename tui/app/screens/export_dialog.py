"""The export dialog: formats and profiles to pick from, options, and a preview of the first records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal

from tui.app.safe_display import Content
from tui.app.screens.dialog import DialogFrame, TypedLine
from tui.app.screens.picker import Picker
from tui.app.ui import Option
from tui.app.widgets.detail_pane import DetailPane
from tui.errors import ReadlistError
from tui.session.exports import ExportOptions
from tui.text.sanitise import SafeText, sanitise_block, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    Preview = Callable[[str, ExportOptions], str]

_SCROLL_STEP = 5  # lines
_KEYS = {"ctrl+a": "ascii", "ctrl+r": "raw", "ctrl+s": "split", "ctrl+t": "style"}
_PROFILE = "@"


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """The formats and options to choose from.

    Attributes:
        formats: name and title of each format.
        option_formats: the formats that support each option.
        styles: the citation styles of a reference list; the first is the default.
        profiles: name and description of each profile.
    """

    formats: Sequence[tuple[str, str]]
    option_formats: Mapping[str, Sequence[str]]
    styles: Sequence[str]
    profiles: Mapping[str, str]


class ExportPreview(DetailPane, can_focus=False):
    """The first records, as they will be written."""


class ExportDialog(Picker):
    """Pick a format or a profile.

    Args:
        title: the title.
        choices: the formats, profiles and options.
        preview: gives the first records in a format or, for ``@NAME``, of a profile.

    Attributes:
        options: the chosen export options.
        to_clipboard: whether to copy instead of writing a file.
    """

    DEFAULT_CSS = """
    ExportDialog .dialog { width: 104; max-height: 18; }
    ExportDialog Horizontal { height: 12; max-height: 100%; }
    ExportDialog VirtualList { width: 28; }
    ExportDialog ExportPreview { width: 1fr; height: 100%; background: $surface; padding: 0 0 0 1; margin: 0 0 0 1; }
    ExportDialog.-small VirtualList { width: 1fr; }
    ExportDialog.-small ExportPreview { display: none; }
    """

    def __init__(self, title: str, choices: ExportChoices, preview: Preview) -> None:
        formats = [Option(name, format_title) for name, format_title in choices.formats]
        profiles = [
            Option(f"{_PROFILE}{name}", f"{_PROFILE}{name}", description)
            for name, description in choices.profiles.items()
        ]
        super().__init__(title, [*profiles, *formats], current="bibtex")
        self._choices = choices
        self._preview = preview
        self.options = ExportOptions()
        self.to_clipboard = False

    def compose(self) -> ComposeResult:
        """Typed line, formats beside the preview, options."""
        with DialogFrame(sanitise_line(self._title)):
            yield TypedLine(SafeText("type to filter"))
            with Horizontal():
                yield self._rows
                yield ExportPreview()

    def on_mount(self) -> None:
        """Show the preview."""
        super().on_mount()
        self._show()

    def on_virtual_list_moved(self) -> None:
        """Preview the format under the cursor, with default options."""
        self.options = ExportOptions()
        self._show()

    def typed_changed(self) -> None:
        """Filter as typed, and update the preview."""
        super().typed_changed()
        self.on_virtual_list_moved()

    def handle_typed_key(self, event: events.Key) -> bool:
        """Scroll the preview, change an option, or pick."""
        if event.key in {"pagedown", "pageup"}:
            step = _SCROLL_STEP if event.key == "pagedown" else -_SCROLL_STEP
            self.query_one(ExportPreview).scroll_lines(step)
            return True
        if event.key in _KEYS:
            self._change_option(_KEYS[event.key])
            return True
        if event.key == "ctrl+y":
            self.to_clipboard = True
            self._pick(self._rows.current)
            return True
        return super().handle_typed_key(event)

    def _is_supported(self, option: str) -> bool:
        picked = self._rows.current
        return picked is not None and picked.value in self._choices.option_formats[option]

    def _change_option(self, option: str) -> None:
        if not self._is_supported(option):
            return
        value: object = not getattr(self.options, option)
        if option == "style":
            styles = self._choices.styles
            value = styles[(styles.index(self.options.style or styles[0]) + 1) % len(styles)]
        self.options = self.options._replace(**{option: value})  # type: ignore[arg-type]
        self._show()

    def _show(self) -> None:
        """Show the preview, and the options of the format."""
        picked = self._rows.current
        try:
            text = self._preview(picked.value, self.options) if picked is not None else "no such format"
        except ReadlistError as error:
            text = error.message
        self.query_one(ExportPreview).show(Content(sanitise_block(text.replace("\r\n", "\n"))))
        hints = [
            f"^{key[-1]} {option}: {self._option_state(option)}"
            for key, option in _KEYS.items()
            if self._is_supported(option)
        ]
        hints += ["Enter file", "^y clipboard", "PgDn PgUp preview"]
        self.query_one(DialogFrame).show_hint(sanitise_line(" · ".join(hints)))

    def _option_state(self, option: str) -> str:
        value = getattr(self.options, option)
        return str(value or self._choices.styles[0]) if option == "style" else "on" if value else "off"
