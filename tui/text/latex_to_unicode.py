r"""Simple LaTeX made readable for people: ``$\alpha$`` becomes α, ``Schr\"{o}dinger`` Schrödinger.

Only what is surely understood changes; everything else stays as it was, with its marks, but for commands that are not
known, of which their arguments are shown. Knows no TeX macros and no environments, and never fails. For people to
read: what is stored, and what programs exchange, keeps its LaTeX.
"""

from __future__ import annotations

import re
import unicodedata

from tui.text.latex_symbols import (
    ACCENTS,
    ALPHABETS,
    ESCAPED,
    FRACTIONS,
    FUNCTIONS,
    MATH_ACCENTS,
    MATH_FONTS,
    MATH_SIGNS,
    OPERATORS,
    SPACE_SIGNS,
    SPACES,
    STYLES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
    TEXT_FONTS,
    TEXT_SIGNS,
)
from tui.text.unknown_latex import IN_FORMULAS, REFUSED, arguments, command_end, shown

_LIMIT = 20_000
_DEPTH = 20
_SCRIPT_LIMIT = 200

# A dollar opens a formula only where pandoc says so, no blank inside its ends and no digit behind it: prices stay.
MATH = re.compile(
    r"\$\$(?P<display>(?:\\.|[^\\$]){1,999}?)\$\$"
    r"|\$(?!\s)(?P<inline>(?:\\.|[^\\$]){1,999}?)(?<!\s)\$(?!\d)"
    r"|\\\((?P<round>(?:(?!\\[()\[\]]).){1,999}?)\\\)"
    r"|\\\[(?P<square>(?:(?!\\[()\[\]]).){1,999}?)\\\]",
    re.DOTALL,
)

# Patterns that texts are searched by begin with a sign or one set of signs: to look for it is several times as quick
# as to try alternatives, or what stands before it, at every sign.
_MARK = re.compile(r"[\\$^_{~-](?:(?<!-)|(?<=-)-+)")
_BRACE = re.compile(r"[{}\\](?:(?<=\\).)?", re.DOTALL)
_CONTROL = re.compile(r"\\(?:([A-Za-z]+)\*?|(.))", re.DOTALL)
_RUN = re.compile(r"  +")
_BLANKS = re.compile(r"\s*")
_WORDS = re.compile(r"\w \w")
_PLAIN_SCRIPT = re.compile(r"-?\d+")
_DOUBLE_QUOTED = re.compile(r"``([^`\"]{1,400}?)''")
_SINGLE_QUOTED = re.compile(r"`(?<![`\w]`)([^`'\n]{1,80})'(?!'|\w)")
_ACCENTED = re.compile(r"\s*(?:\{\s*(?:\\([ij])|([^\W\d_]))\s*\}|\\([ij])(?![A-Za-z])(?:\{\})?|([^\W\d_]))")
_DECLARATION = re.compile(r"\{\s*\\(?:it|em|bf|sc|tt|rm|sf|sl|itshape|bfseries|scshape|ttfamily)(?![A-Za-z])\s*")


def latex_to_unicode(text: str) -> str:
    """Return a text that has marks of LaTeX with the simple ones replaced by the signs they stand for.

    Linear in the length of the text; nesting beyond a small depth, and everything behind the first 20,000
    characters, stays as it was.
    """
    head, tail = text[:_LIMIT], text[_LIMIT:]
    read = _Reader(head).prose(0, len(head), 0)
    if "`" in read:
        read = _DOUBLE_QUOTED.sub(r"“\1”", read)
        read = _SINGLE_QUOTED.sub(r"‘\1’", read)
    return read + tail


def brace_pairs(text: str) -> dict[int, int]:
    r"""Offsets of the braces that pair up, opening to closing; ``\{`` and ``\}`` are no braces here."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            pairs[opened.pop()] = found.start()
    return pairs


class _Reader:
    """One text, with its pairs of braces found beforehand so that no group is looked for twice."""

    __slots__ = ("_closing", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._closing = brace_pairs(text) if "{" in text else {}

    def prose(self, start: int, end: int, depth: int) -> str:
        """Read a stretch outside formulas."""
        done: list[str] = []
        at = start
        while (mark := _MARK.search(self._text, at, end)) is not None:
            done.append(self._text[at : mark.start()])
            piece, at = self._prose_mark(mark.start(), mark.end(), end, depth)
            done.append(piece)
        done.append(self._text[at:end])
        return "".join(done)

    def _prose_mark(self, at: int, behind: int, end: int, depth: int) -> tuple[str, int]:
        """Read the mark at an offset: what it stands for, and the offset behind it."""
        sign = self._text[at]
        if sign == "-":
            return self._dashes(at, behind), behind
        if sign == "~":
            return ("\u00a0" if self._joins_words(at) else "~"), behind
        if sign in "$\\":
            formula = MATH.match(self._text, at, end)
            if formula is not None:
                content = self.formula(*formula.span(formula.lastgroup or 0), depth)
                return (formula[0] if content is None else _RUN.sub(" ", content).strip()), formula.end()
        if sign == "\\":
            return self._prose_control(at, end, depth)
        if sign in "^_":
            return self._prose_script(at, end, depth)
        if sign == "{" and depth < _DEPTH and at in self._closing:
            declared = _DECLARATION.match(self._text, at, end)
            closing = self._closing[at]
            if declared is not None:
                return self.prose(declared.end(), closing, depth + 1), closing + 1
            if self._text[at + 1] == "\\":
                inside = self.prose(at + 1, closing, depth + 1)
                return (inside if len(inside) == 1 else f"{{{inside}}}"), closing + 1
        return sign, at + 1

    def _prose_control(self, at: int, end: int, depth: int) -> tuple[str, int]:
        control = _CONTROL.match(self._text, at, end)
        if control is None:
            return "\\", at + 1
        name, behind = control[1] or control[2], control.end()
        if name in ACCENTS:
            return self._accented(name, behind, end) or (control[0], behind)
        if control[2]:
            return self._prose_sign(name, behind)
        if name in TEXT_SIGNS:
            return TEXT_SIGNS[name], self._behind_letter(behind, end)
        if name in SYMBOLS:
            return SYMBOLS[name], behind + 2 if self._text.startswith("{}", behind) else behind
        closing = self._closing.get(behind)
        if closing is not None and depth < _DEPTH and name in TEXT_FONTS:
            return self.prose(behind + 1, closing, depth + 1), closing + 1
        if closing is not None and name in ("textsuperscript", "textsubscript"):
            inside = self.formula(behind + 1, closing, depth + 1)
            if inside is not None:
                return _script("^" if name == "textsuperscript" else "_", inside), closing + 1
        return self._command(name, at, end, depth) or (control[0], behind)

    def _command(self, name: str, at: int, end: int, depth: int) -> tuple[str, int] | None:
        """What a person reads for a command that is not known, by its arguments; None where it has none."""
        behind = command_end(self._text, at, self._closing)
        if name in REFUSED or depth >= _DEPTH or behind > end:
            return None
        groups = [self.prose(*group, depth + 1) for group in arguments(at, behind, self._closing)]
        return (shown(name, groups), behind) if groups else None

    @staticmethod
    def _prose_sign(sign: str, behind: int) -> tuple[str, int]:
        if sign in ESCAPED:
            return sign, behind
        if sign in ", -/":
            return SPACE_SIGNS[sign], behind
        return "\\" + sign, behind

    def _prose_script(self, at: int, end: int, depth: int) -> tuple[str, int]:
        """Read ``10^{160}``, ``10^-5`` and ``x_{i}`` outside formulas; ``snake_case`` stays."""
        sign, behind = self._text[at], at + 1
        if at > 0 and (self._text[at - 1].isalnum() or self._text[at - 1] in ")]"):
            closing = self._closing.get(behind, end)
            if closing < end and closing - behind <= _SCRIPT_LIMIT:
                inside = self.formula(behind + 1, closing, depth + 1)
                if inside is not None:
                    return _script(sign, inside), closing + 1
            plain = _PLAIN_SCRIPT.match(self._text, behind, end) if sign == "^" else None
            if plain is not None:
                return _script(sign, plain[0]), plain.end()
        return sign, behind

    def formula(self, start: int, end: int, depth: int) -> str | None:
        """Read a formula; None where it holds anything that is not understood."""
        if depth > _DEPTH:
            return None
        done: list[str] = []
        at = start
        while at < end:
            read = self._atom(at, end, depth, done)
            if read is None:
                return None
            piece, at = read
            done.append(piece)
        return "".join(done)

    def _atom(self, at: int, end: int, depth: int, before: list[str]) -> tuple[str, int] | None:
        """Read one piece of a formula: a sign, a group, a command or a script."""
        sign = self._text[at]
        if sign == "\\":
            return self._math_control(at, end, depth, before)
        if sign == "{":
            closing = self._closing.get(at, end)
            inside = self.formula(at + 1, closing, depth + 1) if closing < end else None
            return None if inside is None else (inside, closing + 1)
        if sign in "^_":
            behind = _end(_BLANKS, self._text, at + 1, end)
            script = self._atom(behind, end, depth + 1, []) if behind < end and depth < _DEPTH else None
            return None if script is None else (_script(sign, script[0]), script[1])
        if sign in "}$&%#":
            return None
        if sign.isspace() or sign == "~":
            return " ", _end(_BLANKS, self._text, at + 1, end)
        return {"-": "−", "'": "′", "*": "∗"}.get(sign, sign), at + 1

    def _math_control(self, at: int, end: int, depth: int, before: list[str]) -> tuple[str, int] | None:
        control = _CONTROL.match(self._text, at, end)
        if control is None:
            return None
        if control[2]:
            read = MATH_SIGNS.get(control[2])
            return None if read is None else (read, control.end())
        name, behind = control[1], _end(_BLANKS, self._text, control.end(), end)
        if name in OPERATORS:
            spaced = bool(before) and before[-1].endswith(" ")
            return OPERATORS[name] + (" " if spaced and behind > control.end() else ""), behind
        if name in SYMBOLS or name in TEXT_SIGNS:
            return (SYMBOLS.get(name) or TEXT_SIGNS[name]), behind
        if name in FUNCTIONS:
            return name + (" " if self._text[behind : behind + 1].isalnum() else ""), behind
        if name in SPACES or name in STYLES:
            return SPACES.get(name, ""), behind
        if name in IN_FORMULAS:
            return self._command(name, at, end, depth)
        return self._math_command(name, behind, end, depth)

    def _math_command(self, name: str, at: int, end: int, depth: int) -> tuple[str, int] | None:
        """Read a command that takes what follows as its argument."""
        if at >= end or depth >= _DEPTH:
            return None
        if name in TEXT_FONTS and self._text[at] == "{":
            closing = self._closing.get(at, end)
            return (self.prose(at + 1, closing, depth + 1), closing + 1) if closing < end else None
        known = name in MATH_FONTS or name in ALPHABETS or name in MATH_ACCENTS or name in FRACTIONS or name == "sqrt"
        first = self._atom(at, end, depth + 1, []) if known else None
        if first is None:
            return None
        inside, behind = first
        if name in ALPHABETS:
            return "".join(_in_alphabet(ALPHABETS[name], letter) for letter in inside), behind
        if name in MATH_ACCENTS:
            return (unicodedata.normalize("NFC", inside + MATH_ACCENTS[name]), behind) if len(inside) == 1 else None
        if name == "sqrt":
            return f"√{_bracketed(inside)}", behind
        if name in MATH_FONTS:
            return inside, behind
        second = self._atom(behind, end, depth + 1, []) if behind < end else None
        return None if second is None else (f"{_bracketed(inside)}/{_bracketed(second[0])}", second[1])

    def _accented(self, accent: str, at: int, end: int) -> tuple[str, int] | None:
        found = _ACCENTED.match(self._text, at, end)
        if found is None or (accent.isalpha() and found.start(4) == at):
            return None
        letter = found[1] or found[2] or found[3] or found[4]
        return unicodedata.normalize("NFC", letter + ACCENTS[accent]), found.end()

    def _behind_letter(self, at: int, end: int) -> int:
        """TeX takes the blank, or an empty group, behind a command for its end."""
        return at + 2 if self._text.startswith("{}", at, end) else at + self._text.startswith(" ", at, end)

    def _dashes(self, at: int, behind: int) -> str:
        """An en or em dash, unless the hyphens open an option, close an arrow or rule a line."""
        before, after = self._text[at - 1 : at], self._text[behind : behind + 1]
        raw = self._text[at:behind]
        opens_word = (not before or before.isspace() or before in "([{`'\"") and after.isalnum()
        drawn = before in ("", "\n", "|", "!", "<", ">") and after in ("", "\n", "|", ">", "\r")
        if drawn or after == ">" or before in ("<", "!") or (opens_word and len(raw) == 2):
            return raw
        return {2: "–", 3: "—"}.get(len(raw), raw)

    def _joins_words(self, at: int) -> bool:
        before, after = self._text[at - 1 : at], self._text[at + 1 : at + 2]
        return (before.isalnum() or before in (".", ")", "}")) and (after.isalnum() or after in ("\\", "$", "[", "("))


def _end(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = pattern.match(text, at, end)
    return at if found is None else found.end()


def _script(sign: str, inside: str) -> str:
    """Raise or lower a text; where Unicode has no such letters, say it with ``^`` or ``_``."""
    inside = inside.strip()
    table = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
    squeezed = inside.replace(" ", "")
    if all(ord(letter) in table for letter in squeezed) and not _WORDS.search(inside):
        return squeezed.translate(table)
    return sign + (inside if len(inside) == 1 else f"({inside})")


def _bracketed(text: str) -> str:
    return text if text.isalnum() or len(text) == 1 else f"({text})"


def _in_alphabet(alphabet: str, letter: str) -> str:
    """The letter in one of Unicode's mathematical alphabets, some of which stand elsewhere for history's sake."""
    if not (letter.isascii() and letter.isalnum()):
        return letter
    case = "DIGIT" if letter.isdigit() else "CAPITAL" if letter.isupper() else "SMALL"
    name = unicodedata.name(letter).removeprefix("DIGIT ") if letter.isdigit() else letter.upper()
    older = {"FRAKTUR": "BLACK-LETTER"}.get(alphabet, alphabet)
    for candidate in (f"MATHEMATICAL {alphabet} {case} {name}", f"{older} {case} {name}"):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return letter
