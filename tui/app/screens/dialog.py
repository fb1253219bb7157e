"""Base classes of the dialogs: the frame, the bottom sheet, and the dialog that is filtered by typing.

A dialog handles every key itself rather than through focused widgets and bindings: keys typed before it is laid out
wait in its queue, so that fast typing never runs a command of the main screen below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from textual.containers import Vertical
from textual.geometry import Region
from textual.screen import ModalScreen

from tui.app.key_hints import clickable_hint, pressed_key
from tui.app.pasted_text import as_one_line
from tui.app.safe_display import Content, Static, set_border
from tui.app.screen_repaints import BaseScreen
from tui.app.screens.overlay import OverlayScreen
from tui.app.widgets.virtual_list import VirtualList
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Size
    from textual.strip import Strip


Result = TypeVar("Result")

_PASTE_LIMIT = 500  # characters
_MIN_WIDTH = 40  # cells of a dialog
_LIST_ROWS = 3  # that stay visible above a dialog, with the query line
_ROWS_ABOVE = {"note": 5, "form": 1}  # the same for dialogs that could use the whole height, and that need it
_MIN_ROWS = 8  # of a dialog with its frame; where there is no room for it above the abstract, it covers it
_BARS = 2  # rows of status line and key bar


class DialogRows(VirtualList):
    """Rows of a dialog; they never get the focus, and one click chooses."""

    can_focus = False
    takes_on_click = True


class TypedLine(Static):
    """The text typed so far, with a cursor after it.

    Args:
        hint: shown while the line is empty.
    """

    def __init__(self, hint: SafeText) -> None:
        super().__init__(classes="typed")
        self._hint = hint

    def on_mount(self) -> None:
        """Start with an empty line."""
        self.show("")

    def show(self, typed: str) -> None:
        """Show a text."""
        rest = SafeText("") if typed else self._hint
        self.update(Content.assemble(sanitise_line(typed), (" ", "reverse $secondary"), " ", (rest, "$ink-faint")))


class DialogFrame(Vertical):
    """The frame of a dialog: the title in its upper border, a hint in the lower one.

    Args:
        title: the title.
        hint: the hint.
        kind: further classes.

    Attributes:
        avoided: the region of the abstract that the frame avoids, and the screen height where that is below.
    """

    avoided: tuple[Region, int | None] | None = None

    def __init__(self, title: SafeText, hint: SafeText | None = None, *, kind: str = "") -> None:
        super().__init__(classes=f"dialog {kind}")
        self.show_title(Content(title))
        if hint:
            self.show_hint(hint)

    def show_title(self, title: Content) -> None:
        """Replace the title in the upper border."""
        set_border(self, title=title)

    def show_hint(self, hint: SafeText, *, error: bool = False) -> None:
        """Replace the hint in the lower border, styled as an error if it is one."""
        set_border(self, subtitle=clickable_hint(hint, "$error" if error else "$ink-muted", only_named=error))


class BottomSheet(OverlayScreen[Result], ModalScreen[Result]):
    """A dialog at the bottom left, so that the list above it and the abstract stay visible.

    Its style is here and not in the style sheet of the main screen, whose first paint need not wait for it. If the
    abstract is below the list, the dialog is placed above the abstract.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual declares it
    DEFAULT_CSS = """
    BottomSheet { background: transparent; align: left bottom; }
    BottomSheet .dialog {
        width: 80; max-width: 100%; height: auto; max-height: 17; margin: 0 0 2 0; padding: 0 1;
        background: $panel; border: round $primary; border-title-color: $secondary; border-title-style: bold;
        border-subtitle-align: left;
    }
    BottomSheet.-small .dialog, BottomSheet.-narrow .dialog { width: 100%; }
    BottomSheet .dialog.tall { width: 96; height: 85%; max-height: 85%; }
    BottomSheet .dialog.note { height: 14; }
    BottomSheet .dialog-note { height: auto; color: $ink-muted; }
    BottomSheet .typed { dock: top; height: 1; background: $surface; padding: 0 1; }
    BottomSheet Input { background: $surface; border: none; height: 1; padding: 0 1; }
    BottomSheet TextArea { height: 1fr; background: $surface; border: none; padding: 0 1; }
    BottomSheet .dialog TextArea > .text-area--cursor {
        color: $input-cursor-foreground !important; background: $input-cursor-background !important;
    }
    BottomSheet VirtualList { background: $panel; height: auto; max-height: 100%; }
    BottomSheet DetailPane { height: 1fr; background: $panel; }
    """

    _is_warned = False
    _below: Sequence[Strip] = ()
    _below_size: Size | None = None

    def refresh(
        self, *regions: Region, repaint: bool | None = None, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Redraw; if regions are given, the screen below was redrawn, perhaps without a visible change."""
        if regions:
            self._avoid_abstract()
            if not (regions := self._changed_below()):
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def may_discard(self, *, is_changed: bool) -> bool:
        """Whether to close without saving: if nothing was changed, or when asked again after a warning."""
        if not is_changed or self._is_warned:
            return True
        self._is_warned = True
        self.query_one(DialogFrame).show_hint(
            SafeText("unsaved changes · Enter saves · Esc again discards them"), error=True
        )
        return False

    def covered_regions(self) -> tuple[Region, ...]:
        """Regions of the screen below covered by this dialog."""
        return tuple(frame.region for frame in self.query(DialogFrame))

    def on_click(self, event: events.Click) -> None:
        """Press the key of the hint under the pointer, or Esc if the pointer is outside the dialog.

        The second click of a double click is none outside: it would discard what the first one warned about.
        """
        event.stop()
        if any(region.contains_point(event.screen_offset) for region in self.covered_regions()):
            key = pressed_key(event)
        else:
            key = "escape" if event.chain == 1 and not self.holds_keys else ""
        if key:
            self.app.simulate_key(key)

    def on_mount(self) -> None:
        """Keep the abstract visible from the first frame on."""
        self._avoid_abstract()

    def on_resize(self) -> None:
        """Keep the abstract visible at the new size."""
        self.call_after_refresh(self._avoid_abstract)

    def _avoid_abstract(self) -> None:
        """Keep the abstract visible, whether it is beside the list or below it."""
        if self not in self.app.screen_stack[1:]:
            return
        below = self.app.screen_stack[self.app.screen_stack.index(self) - 1]
        for detail in below.query("#detail"):
            if not detail.display or below.has_class("-reading") or not detail.region:
                continue
            for frame in self.query(DialogFrame).exclude(".tall"):
                _avoid(frame, detail.region, self.app.size.height if not below.has_class("-broad") else None)

    def on_screen_resume(self) -> None:
        """Forget the picture of the screen below, which may have changed while another dialog was open."""
        self._below = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Show the strips of the screen below; Textual would render its whole text through Rich once more."""
        if not self._below or self._below_size != self.size:
            self._draw_below()
        if crop.bottom > len(self._below):
            return super().render_lines(crop)
        return [strip.crop(*crop.column_span) for strip in self._below[crop.y : crop.bottom]]

    def _changed_below(self) -> tuple[Region, ...]:
        """Redraw the screen below, and return the lines of it that look different."""
        before, width = self._below, self.size.width
        self._draw_below()
        if len(before) != len(self._below):
            return (self.size.region,)
        pairs = enumerate(zip(before, self._below, strict=True))
        return tuple(Region(0, y, width, 1) for y, (old, new) in pairs if old != new)

    def _draw_below(self) -> None:
        stack = self.app.screen_stack
        if self not in stack[1:]:
            return
        index = stack.index(self)
        for between in stack[1:index]:
            if isinstance(between, BottomSheet):
                between.on_screen_resume()
        self._below_size = self.size
        below = stack[index - 1]
        if isinstance(below, BaseScreen) and below.drawn_size == self.size:
            self._below = below.drawn_lines()
        else:
            self._below = ()


class FilterDialog(BottomSheet[Result]):
    """A dialog that is filtered by typing, and handles every key itself."""

    takes_text: ClassVar[bool] = True
    typed = ""

    @property
    def is_changed(self) -> bool:
        """Whether closing would lose a change; the typed filter is none."""
        return False

    def handle_typed_key(self, event: events.Key) -> bool:
        """Handle a key before it is typed, and return whether it was handled."""
        raise NotImplementedError

    def typed_changed(self) -> None:
        """Called after the typed text changed."""

    def set_typed(self, typed: str) -> None:
        """Replace the typed text."""
        self.typed = typed
        for line in self.query(TypedLine):
            line.show(typed)
        self.typed_changed()

    def on_key(self, event: events.Key) -> None:
        """Handle every key."""
        event.stop()
        event.prevent_default()
        if event.key in {"escape", "ctrl+c"}:
            if self.may_discard(is_changed=self.is_changed):
                self.dismiss(None)
        elif self.handle_typed_key(event):
            return
        elif event.key == "backspace":
            self.set_typed(self.typed[:-1])
        elif event.key == "ctrl+u":
            self.set_typed("")
        elif event.key == "ctrl+w":
            self.set_typed(self.typed.rstrip().rpartition(" ")[0])
        elif event.character is not None and event.character.isprintable():
            self.set_typed(self.typed + event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Type the pasted text as one line; ignored in a dialog without typing."""
        event.stop()
        if self.takes_text:
            self.set_typed(self.typed + as_one_line(event.text, _PASTE_LIMIT))


def _avoid(frame: DialogFrame, abstract: Region, height: int | None) -> None:
    """Keep the abstract visible: below the frame, on a screen of that height, or beside it if None."""
    avoided = (abstract, height)
    if frame.avoided == avoided:  # setting a style costs a layout, even with the same value
        return
    frame.avoided = avoided
    if height is not None and abstract.y - 1 < _MIN_ROWS:
        frame.styles.margin = frame.styles.max_width = None
        frame.styles.max_height = height - _BARS
    elif height is not None:
        frame.styles.margin = (0, 0, height - abstract.y, 0)
        above = next((rows for kind, rows in _ROWS_ABOVE.items() if frame.has_class(kind)), _LIST_ROWS)
        frame.styles.max_height = max(abstract.y - above, _MIN_ROWS)
        frame.styles.max_width = None
    else:
        frame.styles.margin = frame.styles.max_height = None
        frame.styles.max_width = max(abstract.x, _MIN_WIDTH)


def cursor_step(key: str) -> int:
    """Number of rows that a key moves the cursor in a dialog's list; 0 for other keys."""
    if key in {"down", "ctrl+n", "ctrl+j", "tab"}:
        return 1
    if key in {"up", "ctrl+p", "ctrl+k", "shift+tab"}:
        return -1
    return {"pagedown": 8, "pageup": -8}.get(key, 0)
