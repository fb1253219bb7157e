r"""Texts in ASCII: LaTeX's commands for letters (é is ``{\'e}``), or plain letters where a format has no commands.

Every command is a group of its own, so it neither swallows a blank nor divides a name; a letter that LaTeX has no
command for is written by its number, ``{\symbol{"4E2D}}``, which XeLaTeX and LuaLaTeX print.
"""

from __future__ import annotations

import re
import unicodedata

from tui.text.fold import fold
from tui.text.latex_symbols import ACCENTS, TEXT_SYMBOLS

_BEYOND = re.compile(r"[^\x00-\x7f]")
_ACCENT_OF = {mark: accent for accent, mark in ACCENTS.items()}
_SIGN_OF = {sign: name for name, sign in TEXT_SYMBOLS.items() if len(sign) == 1 and not sign.isascii()}
_WRITTEN = re.compile(
    r"\{\\([`'^\"~=.])([A-Za-z])\}|\{\\([uvHcdbrk])\{([A-Za-z])\}\}|\{\\([A-Za-z]+)\}|\{\\symbol\{\"([0-9A-F]{4,6})\}\}"
)
_PLAIN = {
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "…": "...",
    "«": '"', "»": '"', "\u00a0": " ", "×": "x", "•": "*", "€": "EUR", "™": "(TM)", "®": "(R)", "©": "(C)",
}  # fmt: skip


def to_latex_ascii(text: str) -> str:
    """The text with a command of LaTeX for every letter beyond ASCII."""
    return text if text.isascii() else _BEYOND.sub(lambda found: _command(found[0]), text)


def from_latex_ascii(text: str) -> str:
    """The text with letters for the commands that ``latex`` writes."""
    return _WRITTEN.sub(_letter, text) if "{\\" in text else text


def to_ascii(text: str) -> str:
    """The text in ASCII for readers without commands: accents go, other letters become the nearest, or ``?``."""
    return text if text.isascii() else _BEYOND.sub(lambda found: _nearest(found[0]), text)


def percent_encode(text: str) -> str:
    """An address in ASCII."""
    return text if text.isascii() else _BEYOND.sub(_percent, text)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _command(letter: str) -> str:
    if letter in _SIGN_OF:
        return f"{{\\{_SIGN_OF[letter]}}}"
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) == 2 and parts[0].isascii() and parts[0].isalpha() and parts[1] in _ACCENT_OF:
        accent = _ACCENT_OF[parts[1]]
        return f"{{\\{accent}{{{parts[0]}}}}}" if accent.isalpha() else f"{{\\{accent}{parts[0]}}}"
    return f'{{\\symbol{{"{ord(letter):04X}}}}}'


def _letter(found: re.Match[str]) -> str:
    if found[6]:
        return chr(int(found[6], 16)) if int(found[6], 16) < 0x110000 else found[0]
    if found[5]:
        sign = TEXT_SYMBOLS.get(found[5], "")
        return sign if len(sign) == 1 and not sign.isascii() else found[0]
    return unicodedata.normalize("NFC", (found[2] or found[4]) + ACCENTS[found[1] or found[3]])


def _nearest(letter: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    if unicodedata.combining(letter):
        return ""
    near = fold(letter)
    near = near if near.isascii() else unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return (near.capitalize() if letter.isupper() else near) or "?"
