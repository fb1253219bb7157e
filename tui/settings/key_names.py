"""Names of keys: from the many ways people write them to the one that the screen knows. Pure."""

from __future__ import annotations

import unicodedata

from tui.text.typos import did_you_mean

_SPECIAL = frozenset(
    "up down left right home end pageup pagedown insert delete backspace tab enter escape space".split()  # noqa: SIM905
) | {f"f{number}" for number in range(1, 25)}
_ALSO = {
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
# Textual shortens these of Unicode's names.
_SHORT = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
_SAME_BYTE = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}


class InvalidKeyError(ValueError):
    """A text names no key; the message is what is to be said of it."""


def parse_keys(text: str) -> str:
    """The key, or the two keys in a row, that a person means: ``ZZ``, ``g g``, ``C-w h``; with a blank between them.

    Raises:
        NoKeyError: there are none.
    """
    parts = text.split()
    if len(parts) < 2 and len(text) == 2 and text[0].isalpha() and text[1].isalpha():
        parts = list(text)
    if len(parts) > 2:
        raise InvalidKeyError(f'"{text}" is {len(parts)} keys, and an action has one, or two in a row')
    return " ".join(map(parse_key, parts)) if len(parts) == 2 else parse_key(text)


def parse_key(text: str) -> str:
    """The key that a person means: ``/``, ``C-r``, ``<c-r>``, ``^R``, ``Ctrl+r``, ``Space``, ``F5``, ``shift+tab``.

    Raises:
        NoKeyError: there is none.
    """
    name = text.strip() or text[:1]
    if len(name) > 2 and name[0] == "<" and name[-1] == ">":
        name = name[1:-1]
    modifiers: set[str] = set()
    while True:
        modifier, rest = _modifier(name)
        if not modifier:
            break
        modifiers.add(modifier)
        name = rest
    plain = _plain(name, text)
    if "ctrl" in modifiers and len(plain) == 1:
        plain = plain.lower()
    elif "shift" in modifiers and len(plain) == 1:
        # A terminal sends the capital itself.
        plain = plain.upper()
        modifiers.discard("shift")
    key = "+".join([*sorted(modifiers), plain])
    return _SAME_BYTE.get(key, key)


def _modifier(name: str) -> tuple[str, str]:
    if len(name) > 1 and name[0] == "^":
        return "ctrl", name[1:]
    for sign in ("+", "-"):
        head, found, rest = name.partition(sign)
        if found and rest and head.lower() in _MODIFIERS:
            return _MODIFIERS[head.lower()], rest
    return "", name


def _plain(name: str, text: str) -> str:
    """The key without modifiers."""
    if len(name) == 1:
        return _of_letter(name, text)
    low = name.lower().replace(" ", "_")
    low = _ALSO.get(low, low)
    if low in _SPECIAL or low in _PUNCTUATION:
        return low
    if len(name) == 2 and name.isalpha():
        raise InvalidKeyError(f'"{text}" is two keys, and here only single ones count')
    raise InvalidKeyError(f'"{text}" is no key{_near(low)}')


def _near(low: str) -> str:
    hint = did_you_mean(low, [*_SPECIAL, *_PUNCTUATION, *_ALSO])
    return f"; {hint}" if hint else "; keys are written like a, R, /, space, ctrl+r, f5"


def _of_letter(letter: str, text: str) -> str:
    if letter == " ":
        return "space"
    if letter.isalnum():
        return letter
    if letter in _ALSO:
        return _ALSO[letter]
    try:
        name = unicodedata.name(letter).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        raise InvalidKeyError(f'"{text}" is no key') from None
    return _SHORT.get(name, name)


_PUNCTUATION = frozenset(_of_letter(letter, letter) for letter in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
