r"""Transliteration to ASCII: LaTeX commands for letters (é is ``{\'e}``), or plain letters without commands.

Every command is in its own group, so it neither swallows a space nor splits a name; a letter without a LaTeX command
is written by its code point, ``{\symbol{"4E2D}}``, which XeLaTeX and LuaLaTeX print.
"""

from __future__ import annotations

import re
import unicodedata

from tui.latex.symbols import ACCENT_LETTERS, ACCENT_SIGNS, ACCENTS, TEXT_SYMBOLS
from tui.text.fold import fold

_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_ACCENT_OF = {mark: accent for accent, mark in ACCENTS.items()}
_COMMAND_OF = {
    character: name for name, character in TEXT_SYMBOLS.items() if len(character) == 1 and not character.isascii()
}
_COMMANDS = re.compile(
    rf"\{{\\([{ACCENT_SIGNS}])([A-Za-z])\}}|\{{\\([{ACCENT_LETTERS}])\{{([A-Za-z])\}}\}}"
    r"|\{\\([A-Za-z]+)\}|\{\\symbol\{\"([0-9A-F]{4,6})\}\}"
)
_PLAIN = {
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "…": "...",
    "«": '"', "»": '"', "\u00a0": " ", "×": "x", "•": "*", "€": "EUR", "™": "(TM)", "®": "(R)", "©": "(C)",
}  # fmt: skip


def to_latex_ascii(text: str) -> str:
    """The text with a LaTeX command for every non-ASCII letter."""
    return text if text.isascii() else _NON_ASCII.sub(lambda found: _command(found[0]), text)


def from_latex_ascii(text: str) -> str:
    """The text with letters for the commands that ``to_latex_ascii`` writes."""
    return _COMMANDS.sub(_letter, text) if "{\\" in text else text


def to_ascii(text: str) -> str:
    """The text in ASCII without commands: accents are removed, other letters become the nearest ones, or ``?``."""
    return text if text.isascii() else _NON_ASCII.sub(lambda found: _nearest(found[0]), text)


def percent_encode(text: str) -> str:
    """A URL in ASCII."""
    return text if text.isascii() else _NON_ASCII.sub(_percent, text)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _command(letter: str) -> str:
    if letter in _COMMAND_OF:
        return f"{{\\{_COMMAND_OF[letter]}}}"
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) == 2 and parts[0].isascii() and parts[0].isalpha() and parts[1] in _ACCENT_OF:
        accent = _ACCENT_OF[parts[1]]
        return f"{{\\{accent}{{{parts[0]}}}}}" if accent.isalpha() else f"{{\\{accent}{parts[0]}}}"
    return f'{{\\symbol{{"{ord(letter):04X}}}}}'


def _letter(found: re.Match[str]) -> str:
    if found[6]:
        return chr(int(found[6], 16)) if int(found[6], 16) < 0x110000 else found[0]
    if found[5]:
        character = TEXT_SYMBOLS.get(found[5], "")
        return character if len(character) == 1 and not character.isascii() else found[0]
    return unicodedata.normalize("NFC", (found[2] or found[4]) + ACCENTS[found[1] or found[3]])


def _nearest(letter: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    if unicodedata.combining(letter):
        return ""
    near = fold(letter)
    near = near if near.isascii() else unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return (near.capitalize() if letter.isupper() else near) or "?"
