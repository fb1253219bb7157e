r"""Decode the LaTeX of bibliographies: ``Schr{\"o}dinger \& Co.`` becomes Schrödinger & Co.

Formulas are kept, since the screen renders them and other programs expect them; so are unknown commands. One pass
without recursion, linear in the length of the text; never fails.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.latex.symbols import (
    ACCENT_LETTERS,
    ACCENT_SIGNS,
    ACCENTS,
    DECLARATIONS,
    ESCAPED,
    FORMULA_COMMANDS,
    SPACE_SYMBOLS,
    STORED_SYMBOLS,
    TEXT_FONTS,
)
from tui.latex.syntax import MATH, TOKEN, brace_pairs, command_end, command_names
from tui.latex.unknown_commands import REFUSED

if TYPE_CHECKING:
    from collections.abc import Sequence

_END_OF_NAME = re.compile(r"\*?[ \t]*")
_ACCENT = re.compile(rf"[ \t\n]*(\{{?)[ \t\n]*\\(?:([{ACCENT_SIGNS}])|([{ACCENT_LETTERS}])(?![A-Za-z]))")
_LETTER = re.compile(r"[ \t\n]*(\{?)[ \t\n]*(?:\\([ij])(?![A-Za-z])[ \t\n]*(?:\{\})?|([^\W\d_]))")
# Commands that only change the style of their group.
_STYLES = TEXT_FONTS | {"url", "nolinkurl", "path", "ensuremath", "mathrm", "mathit", "uppercase", "mkbibemph"}
# Commands that every export can write.
_KNOWN = FORMULA_COMMANDS | {"textsuperscript", "textsubscript", "t"}
_UNDERSTOOD = _KNOWN | _STYLES | DECLARATIONS | frozenset((*STORED_SYMBOLS, *ACCENTS, "hspace", "vspace"))
_SPACES = SPACE_SYMBOLS | {"\t": " ", "\\": " ", "@": ""}
_ACCENTS = 4  # on one letter; no language has more
# LaTeX's own rule for formulas, which unlike the screen's allows spaces inside and digits after it; only text with a
# mathematical symbol counts, so that prices are no formulas.
_FORMULA = re.compile(r"\$((?:\\.|[^\\$]){1,999}?)\$", re.DOTALL)
_OF_MATHEMATICS = re.compile(r"\\[A-Za-z]|[\^_]")
_ENSURED = re.compile(r"\\ensuremath\{([^{}$]*)\}")
# What follows a formula or a command once the braces of groups are gone.
_THEN_DIGIT = re.compile(r"[{}]*\d")
_THEN_LETTER = re.compile(r"[{}]*[A-Za-z]")
_GROUP_THEN_WORD = re.compile(r"[{}]+[A-Za-z\s]")  # which TeX would read as a part of the command or skip
_NAME_AT_END = re.compile(r"\\[A-Za-z]+\Z")
# More than symbols and letters in a row.
_STRUCTURED = re.compile(r"[_^]|\\(?!math(?:rm|it)\b|text)[A-Za-z]+\s*\{[^{}\s]")
_SKIP = re.compile(r"\{[^{}]{0,40}\}")
_SPACE_RUN = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")
# A bracket or a semicolon as some publishers write it in BibTeX.
_SYMBOL_FORMULA = {r"\less": "<", r"\greater": ">", r"\mathsemicolon": ";"}
# APS writes accented letters twice, for formulas and for text.
_MODE_TEST = (
    r"(?s)\\ifmmode(?![A-Za-z])[ \t]*(?P<formula>(?:(?!\\(?:ifmmode|else|fi)(?![A-Za-z])).){0,200}+)"
    r"(?:\\else(?![A-Za-z])[ \t]*(?P<text>(?:(?!\\(?:ifmmode|else|fi)(?![A-Za-z])).){0,200}+))?"
    r"\\fi(?![A-Za-z])(?:\{\}|[ \t]+)?"
)
# Accents by other names: TeX's primitive, with the code of the ring, and commands of the AMS.
_OTHER_ACCENTS = {
    r"\accent": (r"\\accent[ \t]*(?:23(?!\d)|'27(?!\d)|\"17(?![\dA-F]))[ \t]*", r"\\r "),
    r"\polhk": (r"\\polhk(?![A-Za-z])", r"\\k"),
    r"\ocirc": (r"\\ocirc(?![A-Za-z])", r"\\r"),
}
_EMPTY_ROWS = re.compile(r"\A(?:[^\S\n]*\n)+")
_ADDRESS_ESCAPE = re.compile(r"\\([_%&#~$ {}-])")
_ADDRESS_COMMAND = re.compile(r"\\(?:url|nolinkurl|path)\s*\{(.*?)\}|\\href\s*\{(.*?)\}.*", re.DOTALL)


def decode_latex(text: str, *, groups: bool = False) -> str:
    """Decode LaTeX to text on one line.

    Args:
        text: LaTeX.
        groups: whether the result may contain LaTeX, whose braces are invisible: visible braces then keep their
            escapes where they are ambiguous.
    """
    if not text:
        return ""
    if _has_latex(text):
        text = _Reader(text).read(groups=groups)
    if "  " in text or not text.isprintable():  # quicker than to look for runs of spaces, and rarely the case
        text = _SPACE_RUN.sub(" ", text)
    return text.strip(" ")


@lru_cache(maxsize=8192)
def decode_field(text: str) -> str:
    """Decode a short field; cached, since the papers of a bibliography share many values."""
    return decode_latex(text)


def kept_commands(text: str) -> frozenset[str]:
    """The names of the unknown commands, which ``decode_latex`` leaves unchanged."""
    if "\\" not in text or command_names(text) <= _UNDERSTOOD:
        return frozenset()
    reader = _Reader(text)
    reader.read(groups=True)
    return frozenset(reader.kept)


def decode_latex_block(text: str, *, groups: bool = False) -> str:
    r"""Decode LaTeX and keep the lines; a line with only ``\par`` is an empty line. See ``decode_latex``."""
    if not text:
        return ""
    if "\n" in text:
        text = "\n".join("" if row.strip() in ("", r"\par") else row for row in text.split("\n"))
    if _has_latex(text):
        text = _Reader(text).read(groups=groups)
    return (_EMPTY_ROWS.sub("", text, 1) if text[:1].isspace() else text).rstrip()


def decode_url(text: str) -> str:
    r"""A URL without the commands and escapes that some programs put around it: ``\url{a\_b}`` is ``a_b``."""
    bare = text.strip()
    if "\\" not in bare:
        return bare
    return _ADDRESS_ESCAPE.sub(r"\1", _ADDRESS_COMMAND.sub(lambda found: found[1] or found[2] or "", bare)).strip()


def without_mode_tests(text: str) -> str:
    r"""The LaTeX with a single letter for each ``\ifmmode \acute{n}\else \'{n}\fi{}``, for text or formula."""
    if r"\ifmmode" not in text:
        return text

    def chosen(found: re.Match[str]) -> str:
        branch = found["formula" if _in_formula(text, found.start()) else "text"] or ""
        is_joined = _NAME_AT_END.search(branch) and _THEN_LETTER.match(text, found.end())
        return f"{branch}{{}}" if is_joined else branch

    return re.sub(_MODE_TEST, chosen, text)


def _with_usual_accents(text: str) -> str:
    r"""The LaTeX with ``\r u`` for ``\accent23u``, and the like."""
    for name, (pattern, usual) in _OTHER_ACCENTS.items():
        if name in text:
            text = re.sub(pattern, usual, text)
    return text


def _in_formula(text: str, at: int) -> bool:
    return text.count("$", 0, at) % 2 == 1


def _has_latex(text: str) -> bool:
    """Whether the text may contain LaTeX; most texts do not."""
    return "\\" in text or "{" in text or "}" in text or "$" in text or "~" in text


class _Reader:
    """Decodes one text from left to right.

    Attributes:
        kept: names of the commands that were left unchanged.
    """

    def __init__(self, text: str) -> None:
        self._text = _with_usual_accents(without_mode_tests(text))
        self._closing: dict[int, int] | None = None
        self._done: list[str] = []
        self._braces: list[int] = []  # indices of visible braces in the finished pieces
        self._backslashes: list[int] = []  # and of visible backslashes
        self._opened: list[str] = []  # text to write at the end of each open group
        self.kept: set[str] = set()

    def read(self, *, groups: bool) -> str:
        text, at = self._text, 0
        while (found := TOKEN.search(text, at)) is not None:
            self._done.append(text[at : found.start()])
            piece, at = self._token(found)
            self._done.append(piece)
        self._done.append(text[at:])
        if groups and self.kept:
            # A visible backslash must not look like a command, now that there are commands.
            for index in self._backslashes:
                self._done[index] = "\\textbackslash{}"
        return _join(self._done, self._braces if groups else ())

    def _token(self, found: re.Match[str]) -> tuple[str, int]:
        """Decode a token; returns its text and the offset after it."""
        symbol, at, opened = found[0], found.end(), self._opened
        if symbol == "{":
            opened.append("")
            return "", at
        if symbol == "}":
            return (opened.pop() if opened else ""), at
        if symbol == "~":
            return " ", at
        name, sign = found.groups()
        if (sign or symbol == "$") and (formula := _formula(self._text, found.start())) is not None:
            self._keep(formula[0])
            return formula
        if not name and not sign:
            return symbol, at
        letter = _accented_letter(self._text, found.start(), opened) if (name or sign) in ACCENTS else None
        return letter or (self._word(name, found) if name else (self._escaped(sign), at))

    def _escaped(self, symbol: str) -> str:
        self._braces += [len(self._done)] if symbol in "{}" else []
        return symbol if symbol in ESCAPED else _SPACES.get(symbol, f"\\{symbol}")

    def _word(self, name: str, found: re.Match[str]) -> tuple[str, int]:
        """Decode a named command; returns its text and the offset after it."""
        text, start = self._text, found.start()
        ended = _END_OF_NAME.match(text, found.end())
        at = ended.end() if ended else found.end()
        if name == "ensuremath" and (formula := self._ensured(at)) is not None:
            return formula
        if (name in _STYLES and text.startswith("{", at)) or (name in DECLARATIONS and self._opened):
            return "", at
        if name in ("hspace", "vspace") and (skip := _SKIP.match(text, at)) is not None:
            return " ", skip.end()
        if name in STORED_SYMBOLS:
            symbol = STORED_SYMBOLS[name]
            self._braces += [len(self._done)] if symbol in ("{", "}") else []
            self._backslashes += [len(self._done)] if symbol == "\\" else []
            return symbol, at + 2 if text.startswith("{}", at) else at
        if name in REFUSED:
            self.kept.add(name)
        if (name in _KNOWN or name in REFUSED) and text.startswith("{", at):
            self._opened.append("}")
            return f"{text[start:at]}{{", at + 1
        if self._closing is None:
            self._closing = brace_pairs(text)
        end = max(at, command_end(text, start, self._closing))
        self._keep(text[start:end])
        is_joined = end == found.end() and _GROUP_THEN_WORD.match(text, end) is not None
        return f"{text[start:end]}{{}}" if is_joined else text[start:end], end

    def _ensured(self, at: int) -> tuple[str, int] | None:
        r"""The formula in the argument of ``\ensuremath``, and the offset after it; None if it is only a symbol."""
        if self._closing is None:
            self._closing = brace_pairs(self._text)
        end = self._closing.get(at)
        content = self._text[at + 1 : end].strip() if end else ""
        if "$" in content or not _STRUCTURED.search(content):
            return None
        self._keep(content)
        return f"${content}$", end + 1 if end else at

    def _keep(self, latex: str) -> None:
        self.kept |= command_names(latex) - _KNOWN


def _join(pieces: list[str], braces: Sequence[int]) -> str:
    """Join the pieces, and escape visible braces if there is a pair of any braces."""
    whole = "".join(pieces)
    if not braces or "{" not in whole or "}" not in whole:
        return whole
    for index in braces:
        pieces[index] = f"\\{pieces[index]}"
    return "".join(pieces)


def _formula(text: str, at: int) -> tuple[str, int] | None:
    """Decode a formula in a notation that the screen recognises, and the offset after it."""
    found = MATH.match(text, at) if text[at] == "$" or text.startswith(("\\(", "\\["), at) else None
    if found is not None:
        formula = _kept_formula(found)
        is_joined = found["inline"] is not None and formula[0] == "$" and _THEN_DIGIT.match(text, found.end())
        return rf"\({formula[1:-1]}\)" if is_joined else formula, found.end()
    found = _FORMULA.match(text, at)
    content = found[1].strip() if found else ""
    if found is None or not _OF_MATHEMATICS.search(content) or content.endswith("\\"):
        return None
    return rf"\({content}\)" if text[found.end() : found.end() + 1].isdigit() else f"${content}$", found.end()


def _kept_formula(found: re.Match[str]) -> str:
    r"""A formula unchanged, or the symbol it only stands for; ``\ensuremath`` is removed."""
    content = found[found.lastgroup or 0].strip()
    return _SYMBOL_FORMULA.get(content) or _ENSURED.sub(_without_ensuring, found[0])


def _without_ensuring(found: re.Match[str]) -> str:
    """The argument, with a space where its last command would include the letters after it."""
    is_joined = _NAME_AT_END.search(found[1]) and _THEN_LETTER.match(found.string, found.end())
    return f"{found[1]} " if is_joined else found[1]


def _accented_letter(text: str, at: int, groups: list[str]) -> tuple[str, int] | None:
    r"""Decode a letter with its accents, also ``\'{\^e}``, and the offset after it; None if no letter follows."""
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
