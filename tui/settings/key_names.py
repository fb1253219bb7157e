"""Parse the names of keys, in the common notations, into the names that Textual uses. Pure."""

from __future__ import annotations

import unicodedata

from tui.text.typos import did_you_mean

_SPECIAL = frozenset(
    "up down left right home end pageup pagedown insert delete backspace tab enter escape space".split()  # noqa: SIM905
) | {f"f{number}" for number in range(1, 25)}
_ALIASES = {
    "esc": "escape", "return": "enter", "cr": "enter", "ret": "enter", "spc": "space", "bs": "backspace",
    "del": "delete", "ins": "insert", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown",
    "page_up": "pageup", "page_down": "pagedown", "↑": "up", "↓": "down", "←": "left", "→": "right",
    "period": "full_stop", "dot": "full_stop", "lt": "less_than_sign", "gt": "greater_than_sign",
    "question": "question_mark", "bar": "vertical_line", "dash": "minus", "hyphen": "minus", "star": "asterisk",
}  # fmt: skip
_MODIFIERS = {
    "c": "ctrl", "ctrl": "ctrl", "control": "ctrl", "^": "ctrl",
    "a": "alt", "alt": "alt", "m": "alt", "meta": "alt", "option": "alt",
    "s": "shift", "shift": "shift",
}  # fmt: skip
# Textual's names where they differ from the Unicode names.
_TEXTUAL_NAMES = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
# A terminal sends the same byte for both.
_SAME_BYTE = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}


class InvalidKeyError(ValueError):
    """A text is not the name of a key; the message is shown to the user."""


def parse_keys(text: str) -> str:
    """Parse one key or a sequence of two: ``ZZ``, ``g g``, ``C-w h``. Two keys are returned with a space between.

    Raises:
        InvalidKeyError: the text is neither.
    """
    parts = text.split()
    if len(parts) < 2 and len(text) == 2 and text.isalpha() and text.lower() not in _SPECIAL:
        parts = list(text)
    if len(parts) > 2:
        raise InvalidKeyError(f'"{text}" has {len(parts)} keys; at most two are allowed')
    return " ".join(map(parse_key, parts)) if len(parts) == 2 else parse_key(text)


def parse_key(text: str) -> str:
    """Parse a key: ``/``, ``C-r``, ``<c-r>``, ``^R``, ``Ctrl+r``, ``Space``, ``F5``, ``shift+tab``.

    Raises:
        InvalidKeyError: the text is not a key.
    """
    name = text.strip() or text[:1]
    if len(name) > 2 and name[0] == "<" and name[-1] == ">":
        name = name[1:-1]
    modifiers: set[str] = set()
    while True:
        modifier, rest = _split_modifier(name)
        if not modifier:
            break
        modifiers.add(modifier)
        name = rest
    base = _base_key(name, text)
    if "ctrl" in modifiers and len(base) == 1:
        base = base.lower()
    elif "shift" in modifiers and len(base) == 1:
        # A terminal sends the capital letter itself.
        base = base.upper()
        modifiers.discard("shift")
    key = "+".join([*sorted(modifiers), base])
    return _SAME_BYTE.get(key, key)


def _split_modifier(name: str) -> tuple[str, str]:
    """Split off the first modifier; empty if there is none."""
    if len(name) > 1 and name[0] == "^":
        return "ctrl", name[1:]
    for separator in ("+", "-"):
        prefix, found, rest = name.partition(separator)
        if found and rest and prefix.lower() in _MODIFIERS:
            return _MODIFIERS[prefix.lower()], rest
    return "", name


def _base_key(name: str, text: str) -> str:
    """The key without modifiers."""
    if len(name) == 1:
        return _character_name(name, text)
    key = name.lower().replace(" ", "_")
    key = _ALIASES.get(key, key)
    if key in _SPECIAL or key in _PUNCTUATION:
        return key
    if len(name) == 2 and name.isalpha():
        raise InvalidKeyError(f'"{text}" is two keys; only single keys are allowed here')
    raise InvalidKeyError(f'unknown key "{text}" ({_suggestion(key)})')


def _suggestion(key: str) -> str:
    hint = did_you_mean(key, [*_SPECIAL, *_PUNCTUATION, *_ALIASES])
    return hint or "write keys like a, R, /, space, ctrl+r, f5"


def _character_name(character: str, text: str) -> str:
    """Textual's name of the key that types a character."""
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    if character in _ALIASES:
        return _ALIASES[character]
    try:
        name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        raise InvalidKeyError(f'unknown key "{text}"') from None
    return _TEXTUAL_NAMES.get(name, name)


_PUNCTUATION = frozenset(_character_name(each, each) for each in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
