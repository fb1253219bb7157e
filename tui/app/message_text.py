"""The words of status messages: errors with their hints, outcomes of changes, and the keys that fit them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tui.errors import ReadlistError
    from tui.model.change import Change


class KeyHint(NamedTuple):
    """A command that fits a message, and what it does."""

    command: str
    text: str


UNDO_HINT = KeyHint("mark.undo", "undo")
REDO_HINT = KeyHint("mark.redo", "redo")


def outcome(change: Change, targets: Collection[str]) -> str:
    """What a change did, and how many papers of a selection it did not affect."""
    elsewhere = "" if set(change.ids) <= set(targets) else ", applied to the paper it was merged into"
    return change.label + unchanged_suffix(len(targets) - len(change.ids)) + elsewhere


def unchanged_suffix(papers: int) -> str:
    """The suffix of a message for papers that needed no change."""
    return f", {papers} unchanged" if papers else ""


def unsaved_changes(count: int) -> str:
    """A number of changes that could not be written."""
    return f"{count} unsaved change{'' if count == 1 else 's'}"


def short_error_text(error: ReadlistError, folder: Path) -> str:
    """An error for the status line, without the path of the data folder."""
    return error_text(error).replace(f"{folder}/", "")


def error_text(error: ReadlistError) -> str:
    """An error and its hint as two sentences; without a hint, the message as it is."""
    return f"{_sentence(error.message)} {_sentence(error.hint)}" if error.hint else error.message


def _sentence(text: str) -> str:
    """The text with a capital letter, unless it is a name or code, and a full stop."""
    word = text.split(" ", 1)[0]
    if word.isalpha() and word.islower():
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
