"""Hints whose parts begin with a key, such as ``Enter saves · Esc cancels``: a click on a part presses its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.style import Style

from tui.app.safe_display import Content
from tui.settings.key_names import InvalidKeyError, parse_key
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from textual import events

_SEPARATOR = SafeText(" · ")
_KEY = "key"  # in the styles of what presses a key


def clickable_hint(hint: SafeText, colour: str, *, only_named: bool = False) -> Content:
    """A hint whose parts press the key that they begin with.

    Args:
        hint: the hint, its parts separated by middle dots.
        colour: the style of the text.
        only_named: whether only keys with a name count, such as Enter: another text may begin with one letter.
    """
    parts = []
    for part in hint.split(_SEPARATOR):
        key = _first_key(part, only_named=only_named)
        content = Content.styled(sanitise_line(part), colour)
        parts.append(presses(content, key) if key else content)
    return Content.styled(_SEPARATOR, colour).join(parts)


def presses(content: Content, key: str) -> Content:
    """A content that presses a key, by its Textual name, when clicked."""
    return content.stylize(Style.from_meta({_KEY: key}))


def pressed_key(event: events.MouseEvent) -> str:
    """The key that the text under the pointer presses, by its Textual name; empty if none."""
    return str(event.style.meta.get(_KEY, ""))


def _first_key(part: str, *, only_named: bool) -> str:
    """The key a part begins with; empty if its first word is none."""
    word = part.partition(" ")[0].removesuffix(":")
    if only_named and len(word) < 2:
        return ""
    try:
        return parse_key(word) if word else ""
    except InvalidKeyError:
        return ""
