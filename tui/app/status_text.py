"""Content of the status line: position, progress, messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.key_hints import presses
from tui.app.message_text import unsaved_changes
from tui.app.safe_display import SPACE, Content
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from tui.app.message_text import KeyHint
    from tui.app.theming import Glyphs
    from tui.keymap import Keymap

_BAR_WIDTH = 12  # cells


def position(cursor: int, count: int, selected: int, unseen: int) -> Content:
    """Cursor position and selection: ``3 of 12 · 2 selected, 1 hidden``."""
    where = f"{cursor + 1 if count else 0} of {count}"
    if selected:
        where += f" · {selected} selected"
    if unseen:
        where += f", {unseen} hidden"
    return Content.styled(sanitise_line(where), "bold")


def waiting(listings: int, keymap: Keymap) -> Content:
    """The number of imports to review, and the key that shows them; empty if there are none."""
    if not listings:
        return Content("")
    count = "1 import to review" if listings == 1 else f"{listings} imports to review"
    shown = Content.assemble(
        (sanitise_line(f"  {count}"), "$warning"), (sanitise_line(f" {keymap.key('in.waiting')}"), "bold $secondary")
    )
    return _pressing(shown, "in.waiting", keymap)


def badge(unsaved: int, *, read_only: bool) -> Content:
    """The warning of the status line: unsaved changes or a read-only store; empty otherwise."""
    if unsaved:
        return Content.styled(sanitise_line(unsaved_changes(unsaved)), "bold $error") + "  "
    return Content.styled(SafeText("read-only  "), "bold $warning") if read_only else Content("")


def progress_bar(done: int, total: int, glyphs: Glyphs) -> Content:
    """A bar that is full only when all is done, and empty only when nothing is."""
    halves = min(max(2 * _BAR_WIDTH * done // max(total, 1), bool(done)), 2 * _BAR_WIDTH)
    full = glyphs.full * (halves // 2) + glyphs.half * (halves % 2)
    return Content.assemble((full, "$success"), (glyphs.empty * (_BAR_WIDTH - len(full)), "$ink-faint"))


def inbox(done: int, total: int, glyphs: Glyphs) -> tuple[Content, ...]:
    """Progress through the unread papers, widest form first."""
    left = Content.styled(sanitise_line(f"{total - done} unread"), "$ink-muted")
    return Content.assemble(progress_bar(done, total, glyphs), " ", left), left


def reading(done: int, total: int, glyphs: Glyphs) -> Content:
    """Progress of reading the sources."""
    return Content.assemble(
        SafeText("Reading the sources  "), progress_bar(done, total, glyphs), sanitise_line(f"  {done} of {total}")
    )


def message(text: str, *, is_error: bool) -> Content:
    """A status message.

    Args:
        text: the message.
        is_error: whether it is an error.
    """
    return Content.styled(sanitise_line(text), "$error" if is_error else "$foreground")


def undo_hint(hint: KeyHint | None, keymap: Keymap) -> Content:
    """The key that undoes or redoes a change; empty without a hint."""
    if hint is None:
        return Content("")
    shown = Content.assemble(
        (sanitise_line(f"  {keymap.key(hint.command)}"), "bold $secondary"),
        (sanitise_line(f" {hint.text}"), "$ink-muted"),
    )
    return _pressing(shown, hint.command, keymap)


def _pressing(content: Content, command: str, keymap: Keymap) -> Content:
    """A content that presses the first key of a command when clicked, if the command has one."""
    keys = keymap.command(command).keys
    return presses(content, keys[0]) if keys else content


def order(name: str) -> Content:
    """The sort order of the list."""
    return Content.styled(sanitise_line(f"by {name} "), "$ink-muted")


def caret(offset: int, message: str, width: int, *, is_error: bool = True) -> Content:
    """A caret below the position of an error in the query, and the message, wrapped.

    Args:
        offset: cells before the position.
        message: the message.
        width: width of the lines in cells.
        is_error: whether it is an error, or only something still to be typed.
    """
    style = "$error" if is_error else "$ink-muted"
    pointer, indent = Content.assemble(SPACE * offset, Content.styled(SafeText("^ "), f"bold {style}")), offset + 2
    is_beside = indent <= width // 2 or indent + len(message) <= width
    if not is_beside:
        indent = 3
    lines = Content.styled(sanitise_line(message), style).wrap(max(width - indent, 20))
    below = lines[1:] if is_beside else lines
    first = Content.assemble(pointer, lines[0]) if is_beside else pointer
    return Content("\n").join([first, *(Content.assemble(SPACE * indent, line) for line in below)])
