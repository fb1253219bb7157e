"""What dialogs share: a line typed into, and keys taken in the order they came.

A dialog takes every key itself rather than through focused widgets and bindings: keys typed before it is laid out
wait in its queue, so that fast typing never runs a command of the desk below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from textual._context import visible_screen_stack
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.pasted_text import as_one_line
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
_LEAST_WIDTH = 40  # cells of a dialog
_LIST_ROWS = 5  # above a note, which would else have all the height there is


class DialogRows(VirtualList):
    """Rows of a dialog: they never take the keys."""

    can_focus = False


class TypedLine(Static):
    """What was typed so far, with a cursor behind it.

    Args:
        hint: shown while nothing is typed.
    """

    def __init__(self, hint: str) -> None:
        super().__init__(markup=False, classes="typed")
        self._hint = hint

    def on_mount(self) -> None:
        """Begin empty."""
        self.show("")

    def show(self, typed: str) -> None:
        """Show a text."""
        cursor = (" ", "on $secondary")
        rest = (self._hint, "$ink-faint") if not typed else ("", "")
        self.update(Content.assemble(sanitise_line(typed), cursor, " ", rest))


class DialogFrame(Vertical):
    """The frame of a dialog, with what is asked in its upper edge, and what to know in its lower one.

    Args:
        title: what is asked.
        remark: what to know.
        kind: further classes.

    Attributes:
        room: what was left clear of it: an abstract, and the height of the screen where that is below.
    """

    room: tuple[Region, int | None] | None = None

    def __init__(self, title: SafeText, remark: SafeText | None = None, *, kind: str = "") -> None:
        super().__init__(classes=f"dialog {kind}")
        self.border_title = Content(title)  # Textual takes a mere string for markup
        if remark:
            self.say(remark)

    def say(self, remark: SafeText, *, fault: bool = False) -> None:
        """Say something else in the lower edge, something wrong where told so."""
        self.border_subtitle = Content.styled(remark, "$error" if fault else "$ink-muted")


class BottomSheet(OverlayScreen[Result], ModalScreen[Result]):
    """A sheet at the bottom left, so that the list above it and the abstract stay in sight.

    Its style stands here and not in the style sheet of the desk, whose first paint need not wait for it. Where the
    abstract is below the list, it lies above that.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-beside"), (120, "-wide")]  # noqa: RUF012 - as Textual declares it
    DEFAULT_CSS = """
    BottomSheet { background: transparent; align: left bottom; }
    BottomSheet .dialog {
        width: 80; max-width: 100%; height: auto; max-height: 17; margin: 0 0 2 0; padding: 0 1;
        background: $panel; border: round $primary; border-title-color: $secondary; border-title-style: bold;
        border-subtitle-align: left;
    }
    BottomSheet.-narrow .dialog { width: 100%; }
    BottomSheet .dialog.tall { width: 96; height: 85%; max-height: 85%; }
    BottomSheet .dialog.note { height: 14; }
    BottomSheet .dialog-note { height: auto; color: $ink-muted; }
    BottomSheet .typed { height: 1; background: $surface; padding: 0 1; }
    BottomSheet Input { background: $surface; border: none; height: 1; padding: 0 1; }
    BottomSheet TextArea { height: 1fr; background: $surface; border: none; padding: 0 1; }
    BottomSheet VirtualList { background: $panel; height: auto; max-height: 13; }
    BottomSheet DetailPane { height: 1fr; background: $panel; }
    """

    _is_warned = False
    _below: Sequence[Strip] = ()
    _below_at: Size | None = None

    def refresh(
        self, *regions: Region, repaint: bool | None = None, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw anew; where regions are told, something below was drawn, and may look as before."""
        if regions and not (regions := self._changed_below()):
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def may_be_left(self, *, is_changed: bool) -> bool:
        """Whether it may be left without saving: nothing was changed, or it is asked for again after this said so."""
        if not is_changed or self._is_warned:
            return True
        self._is_warned = True
        self.query_one(DialogFrame).say(
            SafeText("changed: Enter saves · Esc once more leaves without saving"), fault=True
        )
        return False

    def covered_regions(self) -> tuple[Region, ...]:
        """What it lies on; around that the screen below is in sight."""
        return tuple(frame.region for frame in self.query(DialogFrame))

    def on_mount(self) -> None:
        """Leave the abstract in sight from the first frame on."""
        self._make_room()

    def on_resize(self) -> None:
        """The abstract is somewhere else now."""
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        """Leave the abstract in sight, where it is beside the list or below."""
        if self not in self.app.screen_stack[1:]:
            return
        below = self.app.screen_stack[self.app.screen_stack.index(self) - 1]
        for detail in below.query("#detail"):
            if not detail.display or below.has_class("-reading") or not detail.region:
                continue
            for frame in self.query(DialogFrame).exclude(".tall"):
                _keep_clear(frame, detail.region, self.app.size.height if below.has_class("-narrow") else None)

    def on_screen_resume(self) -> None:
        """What lay below a dialog of its own may have changed."""
        self._below = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Show the screen below as it stands; Textual would send every letter of it through Rich once more."""
        if not self._below or self._below_at != self.size:
            self._draw_below()
        if crop.bottom > len(self._below):
            return super().render_lines(crop)
        return [strip.crop(*crop.column_span) for strip in self._below[crop.y : crop.bottom]]

    def _changed_below(self) -> tuple[Region, ...]:
        """Draw the screen below; returns the lines of it that look otherwise than before."""
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
        place = stack.index(self)
        for between in stack[1:place]:
            if isinstance(between, BottomSheet):
                between.on_screen_resume()
        self._below_at = self.size
        visible_screen_stack.set(stack[: place - 1])
        self._below = stack[place - 1]._compositor.render_strips()  # noqa: SLF001 - nothing else gives its strips


class FilterDialog(BottomSheet[Result]):
    """A screen that is typed into; see the module's words on keys."""

    takes_text: ClassVar[bool] = True
    typed = ""

    @property
    def is_changed(self) -> bool:
        """Whether something was set on it that leaving would lose; what is typed to look for something is not."""
        return False

    def pressed(self, event: events.Key) -> bool:
        """Take a key before it is typed; says whether it was taken."""
        raise NotImplementedError

    def typed_changed(self) -> None:
        """The typed text changed."""

    def put_typed(self, typed: str) -> None:
        """Replace the typed text."""
        self.typed = typed
        for line in self.query(TypedLine):
            line.show(typed)
        self.typed_changed()

    def on_key(self, event: events.Key) -> None:
        """Take every key."""
        event.stop()
        event.prevent_default()
        if event.key in {"escape", "ctrl+c"}:
            if self.may_be_left(is_changed=self.is_changed):
                self.dismiss(None)
        elif self.pressed(event):
            return
        elif event.key == "backspace":
            self.put_typed(self.typed[:-1])
        elif event.key == "ctrl+u":
            self.put_typed("")
        elif event.key == "ctrl+w":
            self.put_typed(self.typed.rstrip().rpartition(" ")[0])
        elif event.character is not None and event.character.isprintable():
            self.put_typed(self.typed + event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted letters are typed letters, and its line breaks are blanks; where nothing is typed, it is ignored."""
        event.stop()
        if self.takes_text:
            self.put_typed(self.typed + as_one_line(event.text, _PASTE_LIMIT))


def _keep_clear(frame: DialogFrame, abstract: Region, height: int | None) -> None:
    """Leave an abstract in sight: below the frame, on a screen of that height, or beside it where there is none."""
    room = (abstract, height)
    if frame.room == room:  # every style that is set costs a layout, also where it was so before
        return
    frame.room = room
    if height is not None:
        frame.styles.margin = (0, 0, height - abstract.y, 0)
        frame.styles.max_height = abstract.y - (_LIST_ROWS if frame.has_class("note") else 1)
        frame.styles.max_width = None
    else:
        frame.styles.margin = frame.styles.max_height = None
        frame.styles.max_width = max(abstract.x, _LEAST_WIDTH)


def cursor_step(key: str) -> int:
    """How many rows a key moves in a dialog's list; 0 where it is no such key."""
    if key in {"down", "ctrl+n", "ctrl+j", "tab"}:
        return 1
    if key in {"up", "ctrl+p", "ctrl+k", "shift+tab"}:
        return -1
    return {"pagedown": 8, "pageup": -8}.get(key, 0)
