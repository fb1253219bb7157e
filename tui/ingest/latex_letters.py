r"""LaTeX of bibliographies to letters: ``Schr{\"o}dinger \& Co.`` becomes Schrödinger & Co.

Formulas stay as they are, for the screen makes them readable and other programs want them; so does every command that
is not known. One pass from left to right without recursion, linear in the length of the text, and it never fails.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tui.text.latex import MATH
from tui.text.latex_signs import ACCENTS, ESCAPED, SYMBOLS, TEXT_FONTS, TEXT_SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

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
# LaTeX's own rule for formulas, which unlike the screen's lets blanks stand inside and digits behind; only what holds
# a sign of mathematics is taken for one by it, so that prices stay.
_FORMULA = re.compile(r"\$((?:\\.|[^\\$]){1,999}?)\$", re.DOTALL)
_OF_MATHEMATICS = re.compile(r"\\[A-Za-z]|[\^_]")
_ENSURED = re.compile(r"\\ensuremath\{([^{}$]*)\}")
_SKIP = re.compile(r"\{[^{}]{0,40}\}")
_BLANKS = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")
# A bracket or a semicolon as some publishers bring it into BibTeX.
_SIGN_FORMULA = {r"\less": "<", r"\greater": ">", r"\mathsemicolon": ";"}
# APS writes a letter of a name twice, for formulas and for text.
_MODE_TEST = re.compile(
    r"\\ifmmode(?![A-Za-z])[ \t]*(?P<formula>(?:(?!\\(?:ifmmode|else|fi)(?![A-Za-z])).){0,200}+)"
    r"(?:\\else(?![A-Za-z])[ \t]*(?P<text>(?:(?!\\(?:ifmmode|else|fi)(?![A-Za-z])).){0,200}+))?"
    r"\\fi(?![A-Za-z])(?:\{\}|[ \t]+)?",
    re.DOTALL,
)
_BLANK_ROWS = re.compile(r"\A(?:[^\S\n]*\n)+")
_ADDRESS_ESCAPE = re.compile(r"\\([_%&#~$ {}-])")
_ADDRESS_COMMAND = re.compile(r"\\(?:url|nolinkurl|path)\s*\{(.*?)\}|\\href\s*\{(.*?)\}.*", re.DOTALL)


def letters(text: str, *, groups: bool = False) -> str:
    """The text on one line, with letters for LaTeX.

    Args:
        text: LaTeX.
        groups: what it is made into may hold LaTeX, whose braces group and are not seen: those that are seen keep
            their escapes where they could be taken for such.
    """
    if not text:
        return ""
    return _BLANKS.sub(" ", _read(text, groups=groups)).strip(" ")


def paragraphs(text: str, *, groups: bool = False) -> str:
    r"""The text with its lines kept; a line that is nothing but ``\par`` is a blank line. See ``letters``."""
    if not text:
        return ""
    if "\n" in text:
        text = "\n".join("" if row.strip() in ("", r"\par") else row for row in text.split("\n"))
    return _BLANK_ROWS.sub("", _read(text, groups=groups), 1).rstrip()


def address(text: str) -> str:
    r"""An address without the commands and escapes that some programs put around it: ``\url{a\_b}`` is ``a_b``."""
    bare = text.strip()
    if "\\" not in bare:
        return bare
    return _ADDRESS_ESCAPE.sub(r"\1", _ADDRESS_COMMAND.sub(lambda found: found[1] or found[2] or "", bare)).strip()


def without_mode_tests(text: str) -> str:
    r"""The LaTeX with one letter for each ``\ifmmode \acute{n}\else \'{n}\fi{}``: that of text, or of a formula."""
    if r"\ifmmode" not in text:
        return text
    return _MODE_TEST.sub(lambda found: found["formula" if _in_formula(text, found.start()) else "text"] or "", text)


def _in_formula(text: str, at: int) -> bool:
    return text.count("$", 0, at) % 2 == 1


def _read(text: str, *, groups: bool) -> str:
    if not ("\\" in text or "{" in text or "}" in text or "$" in text or "~" in text):  # as most texts
        return text
    text = without_mode_tests(text)
    done: list[str] = []
    seen: list[int] = []  # the places in ``done`` of braces that are seen
    opened: list[str] = []  # what to write where each open group ends
    at = 0
    while (found := _TOKEN.search(text, at)) is not None:
        done.append(text[at : found.start()])
        sign, at = found[0], found.end()
        if sign == "{":
            opened.append("")
        elif sign == "}":
            done.append(opened.pop() if opened else "")
        elif sign == "~":
            done.append(" ")
        elif (formula := _formula(text, found.start())) is not None:
            done.append(formula[0])
            at = formula[1]
        elif sign == "$":
            done.append(sign)
        elif (found[1] or found[2]) in ACCENTS and (accented := _accented(text, found.start(), opened)) is not None:
            done.append(accented[0])
            at = accented[1]
        elif found[1]:
            piece, at = _word(text, found, opened)
            seen += [len(done)] if piece in ("{", "}") else []
            done.append(piece)
        else:
            seen += [len(done)] if found[2] in "{}" else []
            done.append(found[2] if found[2] in ESCAPED else _SPACES.get(found[2], sign))
    done.append(text[at:])
    return _joined(done, seen if groups else ())


def _joined(pieces: list[str], braces: Sequence[int]) -> str:
    """The pieces in one, with escapes for those that are braces to be seen, where there is a pair of any."""
    whole = "".join(pieces)
    if not braces or "{" not in whole or "}" not in whole:
        return whole
    for place in braces:
        pieces[place] = f"\\{pieces[place]}"
    return "".join(pieces)


def _formula(text: str, at: int) -> tuple[str, int] | None:
    """Read a formula, as one that the screen knows for such, and the offset behind it."""
    found = MATH.match(text, at) if text[at] == "$" or text.startswith(("\\(", "\\["), at) else None
    if found is not None:
        return _kept_formula(found), found.end()
    found = _FORMULA.match(text, at)
    content = found[1].strip() if found else ""
    if found is None or not _OF_MATHEMATICS.search(content) or content.endswith("\\"):
        return None
    return rf"\({content}\)" if text[found.end() : found.end() + 1].isdigit() else f"${content}$", found.end()


def _kept_formula(found: re.Match[str]) -> str:
    r"""A formula as it stands, or the sign it is there for; ``\ensuremath`` says nothing in it."""
    content = found[found.lastgroup or 0].strip()
    return _SIGN_FORMULA.get(content) or _ENSURED.sub(r"\1", found[0])


def _word(text: str, found: re.Match[str], groups: list[str]) -> tuple[str, int]:
    """Read a command with a name: what it stands for, and the offset behind it."""
    name, at = found[1], found.end()
    if name in _DRESSES and text.startswith("{", at):
        return "", at
    if name in _DECLARATIONS and groups:
        return "", at
    if name in ("hspace", "vspace") and (skip := _SKIP.match(text, at)) is not None:
        return " ", skip.end()
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
