"""What the status line says, as content: position, progress, news. Pure; knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.text.sanitise import one_line

if TYPE_CHECKING:
    from tui.app.looks import Glyphs
    from tui.errors import ReadlistError

_BAR_WIDTH = 12  # cells
_NEWS_WIDTH = 72  # characters of news before the words on taking it back


def position(cursor: int, count: int, selected: int, unseen: int) -> Content:
    """Where the cursor is, and what is selected: ``3 of 12 · 2 selected, 1 out of sight``."""
    where = f"{cursor + 1 if count else 0} of {count}"
    if selected:
        where += f" · {selected} selected"
    if unseen:
        where += f", {unseen} out of sight"
    return Content.styled(where, "bold")


def progress_bar(done: int, total: int, glyphs: Glyphs) -> Content:
    """A bar that is full when all is done."""
    filled = _BAR_WIDTH * done // max(total, 1)
    return Content.assemble((glyphs.full * filled, "$success"), (glyphs.empty * (_BAR_WIDTH - filled), "$ink-faint"))


def inbox(done: int, total: int, glyphs: Glyphs) -> Content:
    """How far the inbox is done."""
    return Content.assemble(progress_bar(done, total, glyphs), (f" {total - done} unread", "$ink-muted"))


def reading(done: int, total: int, glyphs: Glyphs) -> Content:
    """How far the pages are read."""
    return Content.assemble("Reading the pages  ", progress_bar(done, total, glyphs), f"  {done} of {total}")


def news(text: str, *, undo_key: str = "", fault: bool = False) -> Content:
    """What just happened, and how to take it back.

    Args:
        text: a few words.
        undo_key: the key that takes it back, as people write it; empty where nothing is to be taken back.
        fault: whether something did not work.
    """
    style = "$error" if fault else "$foreground"
    if not undo_key:
        return Content.styled(one_line(text), style)
    return Content.assemble(
        (one_line(text, _NEWS_WIDTH), style), (f"  {undo_key}", "bold $secondary"), (" takes it back", "$ink-muted")
    )


def caret(offset: int, words: str) -> Content:
    """A sign under a place in the query, and what is wrong there."""
    return Content.assemble(" " * offset, ("^ ", "bold $error"), (one_line(words), "$error"))


def sentence(fault: ReadlistError) -> str:
    """What went wrong, and what to do about it."""
    return f"{fault.message}; {fault.hint}" if fault.hint else fault.message
