r"""LaTeX of bibliographies to letters: ``Schr{\"o}dinger \& Co.`` becomes Schrödinger & Co.

Formulas stay as they are, for the screen makes them readable and other programs want them; so does every command that
is not known. One pass from left to right without recursion, linear in the length of the text, and it never fails.
"""

from __future__ import annotations

import re
import unicodedata

from tui.text.latex import MATH
from tui.text.latex_signs import ACCENTS, ESCAPED, SYMBOLS, TEXT_FONTS, TEXT_SIGNS

# Each way begins with a letter of its own, not with a set: so the search skips whatever is none of them.
_TOKEN = re.compile(r"\\([A-Za-z]+)\*?[ \t]*|\\(.)|\{|\}|~|\$", re.DOTALL)
_ACCENT = re.compile(r"[ \t\n]*(\{?)[ \t\n]*\\(?:([`'^\"~=.])|([uvHcdbrk])(?![A-Za-z]))")
_LETTER = re.compile(r"[ \t\n]*(\{?)[ \t\n]*(?:\\([ij])(?![A-Za-z])[ \t\n]*(?:\{\})?|([^\W\d_]))")
_SIGNS = (
    SYMBOLS
    | TEXT_SIGNS
    | {
        "textquotesingle": "'", "textasciigrave": "`", "textasciiacute": "´",
        "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»", "quotedblbase": "„",
        "quotesinglbase": "‚", "lq": "‘", "rq": "’",
        "textperiodcentered": "·", "nobreakspace": " ", "space": " ", "newline": " ", "par": "\n\n", "protect": "",
        "textexclamdown": "¡", "textquestiondown": "¿", "textasteriskcentered": "*", "textasciimacron": "¯",
        "quad": " ", "qquad": " ", "newblock": " ",
    }
)  # fmt: skip
# Commands that show what their group holds, in another dress.
_DRESSES = TEXT_FONTS | {"url", "nolinkurl", "path", "ensuremath", "mathrm", "mathit", "uppercase", "mkbibemph"}
_DECLARATIONS = frozenset(
    ("it", "em", "bf", "sc", "tt", "rm", "sf", "sl", "itshape", "bfseries", "scshape", "ttfamily", "upshape")
)
_SPACES = dict.fromkeys(" \n\t,;:\\", " ") | dict.fromkeys("-/!@", "")
_ACCENTS = 4  # on one letter; more are no letter of any language
_BLANKS = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")
_BLANK_ROWS = re.compile(r"\A(?:[^\S\n]*\n)+")
_ADDRESS_ESCAPE = re.compile(r"\\([_%&#~$ {}-])")
_ADDRESS_COMMAND = re.compile(r"\\(?:url|nolinkurl|path)\s*\{(.*?)\}|\\href\s*\{(.*?)\}.*", re.DOTALL)


def letters(text: str) -> str:
    """The text on one line, with letters for LaTeX."""
    if not text:
        return ""
    return _BLANKS.sub(" ", _read(text) if _TOKEN.search(text) else text).strip(" ")


def paragraphs(text: str) -> str:
    r"""The text with its lines kept; a line that is nothing but ``\par`` is a blank line."""
    if not text:
        return ""
    if "\n" in text:
        text = "\n".join("" if row.strip() in ("", r"\par") else row for row in text.split("\n"))
    return _BLANK_ROWS.sub("", _read(text), 1).rstrip()


def address(text: str) -> str:
    r"""An address without the commands and escapes that some programs put around it: ``\url{a\_b}`` is ``a_b``."""
    bare = text.strip()
    if "\\" not in bare:
        return bare
    return _ADDRESS_ESCAPE.sub(r"\1", _ADDRESS_COMMAND.sub(lambda found: found[1] or found[2] or "", bare)).strip()


def _read(text: str) -> str:
    done: list[str] = []
    groups: list[str] = []  # what to write where each open group ends
    at = 0
    while (found := _TOKEN.search(text, at)) is not None:
        done.append(text[at : found.start()])
        sign, at = found[0], found.end()
        if sign == "{":
            groups.append("")
        elif sign == "}":
            done.append(groups.pop() if groups else "")
        elif sign == "~":
            done.append(" ")
        elif (formula := _formula(text, found.start())) is not None:
            done.append(formula)
            at = found.start() + len(formula)
        elif sign == "$":
            done.append(sign)
        elif (found[1] or found[2]) in ACCENTS and (accented := _accented(text, found.start(), groups)) is not None:
            done.append(accented[0])
            at = accented[1]
        elif found[1]:
            piece, at = _word(text, found, groups)
            done.append(piece)
        else:
            done.append(found[2] if found[2] in ESCAPED else _SPACES.get(found[2], sign))
    done.append(text[at:])
    return "".join(done)


def _formula(text: str, at: int) -> str | None:
    found = MATH.match(text, at) if text[at] == "$" or text.startswith(("\\(", "\\["), at) else None
    return None if found is None else found[0]


def _word(text: str, found: re.Match[str], groups: list[str]) -> tuple[str, int]:
    """Read a command with a name: what it stands for, and the offset behind it."""
    name, at = found[1], found.end()
    if name in _DRESSES and text.startswith("{", at):
        return "", at
    if name in _DECLARATIONS and groups:
        return "", at
    if name in _SIGNS:
        return _SIGNS[name], at + 2 if text.startswith("{}", at) else at
    if text.startswith("{", at):
        groups.append("}")
        return f"{found[0]}{{", at + 1
    return found[0], at


def _accented(text: str, at: int, groups: list[str]) -> tuple[str, int] | None:
    r"""Read a letter with its accents, ``\'{\^e}`` too, and the offset behind it; None where no letter follows."""
    marks: list[str] = []
    opened = 0
    while len(marks) < _ACCENTS and (accent := _ACCENT.match(text, at)) is not None:
        marks.append(ACCENTS[accent[2] or accent[3]])
        opened += accent[1] == "{"
        at = accent.end()
    letter = _LETTER.match(text, at)
    if letter is None:
        return None
    groups += [""] * (opened + (letter[1] == "{"))
    whole = (letter[2] or letter[3]) + "".join(reversed(marks))
    return unicodedata.normalize("NFC", whole), letter.end()
