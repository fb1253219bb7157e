"""What the status line says, as content: position, progress, news. Pure; knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tui.app.theming import Glyphs
    from tui.errors import ReadlistError
    from tui.keymap import Keymap
    from tui.model.change import Change

_BAR_WIDTH = 12  # cells


class KeyHint(NamedTuple):
    """A command that fits what just happened, and what it would do."""

    command: str
    text: str


UNDO_HINT = KeyHint("mark.undo", "takes it back")
REDO_HINT = KeyHint("mark.undo", "brings it back")
RETRY_HINT = KeyHint("mark.redo", "does it again")


def position(cursor: int, count: int, selected: int, unseen: int) -> Content:
    """Where the cursor is, and what is selected: ``3 of 12 · 2 selected, 1 out of sight``."""
    where = f"{cursor + 1 if count else 0} of {count}"
    if selected:
        where += f" · {selected} selected"
    if unseen:
        where += f", {unseen} out of sight"
    return Content.styled(where, "bold")


def waiting(listings: int, keymap: Keymap) -> Content:
    """How many listings wait for consent, and the key that shows them; empty where none does."""
    if not listings:
        return Content("")
    count = "1 listing waits" if listings == 1 else f"{listings} listings wait"
    return Content.assemble(
        (f"  {count}", "$warning"), (f" {sanitise_line(keymap.key('in.waiting'))}", "bold $secondary")
    )


def progress_bar(done: int, total: int, glyphs: Glyphs) -> Content:
    """A bar that is full when all is done, and not empty any more when anything is."""
    halves = min(max(2 * _BAR_WIDTH * done // max(total, 1), bool(done)), 2 * _BAR_WIDTH)
    full = glyphs.full * (halves // 2) + glyphs.half * (halves % 2)
    return Content.assemble((full, "$success"), (glyphs.empty * (_BAR_WIDTH - len(full)), "$ink-faint"))


def inbox(done: int, total: int, glyphs: Glyphs) -> tuple[Content, ...]:
    """How far the inbox is done, in forms for less and less room; the shortest has a digit or two."""
    left = Content.styled(f"{total - done} unread", "$ink-muted")
    return Content.assemble(progress_bar(done, total, glyphs), " ", left), left


def reading(done: int, total: int, glyphs: Glyphs) -> Content:
    """How far the pages are read."""
    return Content.assemble("Reading the pages  ", progress_bar(done, total, glyphs), f"  {done} of {total}")


def message(text: str, *, is_error: bool) -> Content:
    """What just happened.

    Args:
        text: a few words.
        fault: whether something did not work.
    """
    return Content.styled(sanitise_line(text), "$error" if is_error else "$foreground")


def undo_hint(hint: KeyHint | None, keymap: Keymap) -> Content:
    """How to turn round what just happened; empty where nothing does."""
    if hint is None:
        return Content("")
    return Content.assemble(
        (f"  {sanitise_line(keymap.key(hint.command))}", "bold $secondary"),
        (f" {sanitise_line(hint.text)}", "$ink-muted"),
    )


def outcome(change: Change, targets: Collection[str]) -> str:
    """What a change did, and to which papers of a selection it did not or not there."""
    elsewhere = "" if set(change.ids) <= set(targets) else "; merged meanwhile, the paper it is part of now has it"
    return change.label + unchanged_suffix(len(targets) - len(change.ids)) + elsewhere


def unchanged_suffix(papers: int) -> str:
    """What to say of papers of a selection that were so before."""
    return f", {papers} {'was' if papers == 1 else 'were'} so already" if papers else ""


def order(name: str) -> Content:
    """What the list is sorted by."""
    return Content.styled(f"by {sanitise_line(name)} ", "$ink-muted")


def caret(offset: int, message: str, width: int, *, is_error: bool = True) -> Content:
    """A sign under a place in the query, and what is wrong there, in as many lines as that takes.

    Args:
        offset: cells before the place.
        words: one sentence.
        width: cells in a line.
        fault: whether it is a mistake, and not what is still to be typed.
    """
    style = "$error" if is_error else "$ink-muted"
    sign, indent = Content.assemble(" " * offset, Content.styled("^ ", f"bold {style}")), offset + 2
    is_beside = indent <= width // 2 or indent + len(message) <= width
    if not is_beside:
        indent = 3
    lines = Content.styled(sanitise_line(message), style).wrap(max(width - indent, 20))
    below = lines[1:] if is_beside else lines
    first = Content.assemble(sign, lines[0]) if is_beside else sign
    return Content("\n").join([first, *(Content.assemble(" " * indent, line) for line in below)])


def short_error_text(error: ReadlistError, folder: Path) -> str:
    """What went wrong, the reason in front: the line is short, and the folder of the store is known."""
    said = error_text(error).replace(f"{folder}/", "")
    if isinstance(error.__cause__, OSError) and error.__cause__.strerror:
        return f"{error.__cause__.strerror}: {said}"
    return said


def error_text(error: ReadlistError) -> str:
    """What went wrong, and what to do about it."""
    return f"{error.message}; {error.hint}" if error.hint else error.message
