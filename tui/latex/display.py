r"""Convert simple LaTeX to Unicode for display: ``$\alpha$`` becomes α, ``Schr\"{o}dinger`` Schrödinger.

Only constructs that are fully understood change; the rest stays as it is, except that an unknown command is replaced
by its arguments. Does not expand macros or environments, and never raises. For display only: the store and the
exports keep the LaTeX.
"""

from __future__ import annotations

import re
import unicodedata

from tui.latex.symbols import (
    ACCENTS,
    ALPHABETS,
    DECLARATIONS,
    ESCAPED,
    FRACTIONS,
    FUNCTIONS,
    MATH_ACCENTS,
    MATH_FONTS,
    MATH_SYMBOLS,
    OPERATORS,
    SPACE_SYMBOLS,
    SPACES,
    STYLES,
    SYMBOLS,
    TEXT_FONTS,
    TEXT_SYMBOLS,
)
from tui.latex.syntax import MATH, TOKEN, argument_spans, brace_pairs, command_end
from tui.latex.unknown_commands import IN_FORMULAS, REFUSED, render_command
from tui.text.scripts import SUBSCRIPTS, SUPERSCRIPTS

_LIMIT = 20_000
_DEPTH = 20
_SCRIPT_LIMIT = 200

_DASHES = re.compile("--+")
_RUN = re.compile(r"  +")
_SPACES = re.compile(r"\s*")
_WORDS = re.compile(r"\w \w")
_PLAIN_SCRIPT = re.compile(r"-?\d+")
_DOUBLE_QUOTED = re.compile(r"``([^`\"]{1,400}?)''")
_SINGLE_QUOTED = re.compile(r"`(?<![`\w]`)([^`'\n]{1,80})'(?!'|\w)")
_ACCENTED = re.compile(r"\s*(?:\{\s*(?:\\([ij])|([^\W\d_]))\s*\}|\\([ij])(?![A-Za-z])(?:\{\})?|([^\W\d_]))")
_DECLARATION = re.compile(rf"\{{\s*\\(?:{'|'.join(sorted(DECLARATIONS))})(?![A-Za-z])\s*")


def latex_to_unicode(text: str) -> str:
    """Return the text with simple LaTeX replaced by Unicode.

    Linear in the length of the text; groups nested too deeply, and everything after the first 20,000 characters,
    stay as they are.
    """
    start, rest = text[:_LIMIT], text[_LIMIT:]
    read = _Converter(start).prose(0, len(start), 0)
    if "`" in read:
        read = _DOUBLE_QUOTED.sub(r"“\1”", read)
        read = _SINGLE_QUOTED.sub(r"‘\1’", read)
    return read + rest


class _Converter:
    """Converts one text; brace pairs are found once, so that conversion stays linear."""

    __slots__ = ("_closing", "_has_dashes", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._closing = brace_pairs(text) if "{" in text else {}
        self._has_dashes = "--" in text

    def prose(self, start: int, end: int, depth: int) -> str:
        """Convert a stretch outside formulas."""
        done: list[str] = []
        at = start
        while (token := TOKEN.search(self._text, at, end)) is not None:
            done.append(self._plain(at, token.start()))
            piece, at = self._prose_token(token, end, depth)
            done.append(piece)
        done.append(self._plain(at, end))
        return "".join(done)

    def _plain(self, start: int, end: int) -> str:
        """Convert a stretch without LaTeX commands: only its dashes."""
        text = self._text
        if not self._has_dashes:
            return text[start:end]
        done: list[str] = []
        for run in _DASHES.finditer(text, start, end):
            done += (text[start : run.start()], self._dashes(run.start(), run.end()))
            start = run.end()
        return "".join([*done, text[start:end]])

    def _prose_token(self, token: re.Match[str], end: int, depth: int) -> tuple[str, int]:
        """Convert a token; return its text and the offset after it."""
        at = token.start()
        character = self._text[at]
        if character == "~":
            return ("\u00a0" if self._is_between_words(at) else "~"), at + 1
        if character in "$\\":
            formula = MATH.match(self._text, at, end)
            if formula is not None:
                content = self.formula(*formula.span(formula.lastgroup or 0), depth)
                return (formula[0] if content is None else _RUN.sub(" ", content).strip()), formula.end()
        if character == "\\":
            return self._prose_control(token, end, depth)
        if character in "^_":
            return self._prose_script(at, end, depth)
        if character == "{" and depth < _DEPTH and at in self._closing:
            declared = _DECLARATION.match(self._text, at, end)
            closing = self._closing[at]
            if declared is not None:
                return self.prose(declared.end(), closing, depth + 1), closing + 1
            if self._text[at + 1] == "\\":
                inside = self.prose(at + 1, closing, depth + 1)
                return (inside if len(inside) == 1 else f"{{{inside}}}"), closing + 1
        return character, at + 1

    def _prose_control(self, token: re.Match[str], end: int, depth: int) -> tuple[str, int]:
        name, sign = token.groups()
        if name is None and sign is None:
            return "\\", token.end()
        after = token.end() if sign else _after_star(self._text, token.end(), end)
        whole = self._text[token.start() : after]
        if (name or sign) in ACCENTS:
            return self._accented(name or sign, after, end) or (whole, after)
        if sign:
            return self._escaped_character(sign, after)
        if name in TEXT_SYMBOLS:
            return TEXT_SYMBOLS[name], self._end_of_command(after, end)
        if name in SYMBOLS:
            return SYMBOLS[name], after + 2 if self._text.startswith("{}", after) else after
        closing = self._closing.get(after)
        if closing is not None and depth < _DEPTH and name in TEXT_FONTS:
            return self.prose(after + 1, closing, depth + 1), closing + 1
        if closing is not None and name in ("textsuperscript", "textsubscript"):
            inside = self.formula(after + 1, closing, depth + 1)
            if inside is not None:
                return _script("^" if name == "textsuperscript" else "_", inside), closing + 1
        return self._unknown_command(name, token.start(), end, depth) or (whole, after)

    def _unknown_command(self, name: str, at: int, end: int, depth: int) -> tuple[str, int] | None:
        """Replace an unknown command by its arguments; None if it has none."""
        after = command_end(self._text, at, self._closing)
        if name in REFUSED or depth >= _DEPTH or after > end:
            return None
        groups = [self.prose(*group, depth + 1) for group in argument_spans(at, after, self._closing)]
        return (render_command(name, groups), after) if groups else None

    @staticmethod
    def _escaped_character(character: str, after: int) -> tuple[str, int]:
        if character in ESCAPED:
            return character, after
        if character in ", -/":
            return SPACE_SYMBOLS[character], after
        return "\\" + character, after

    def _prose_script(self, at: int, end: int, depth: int) -> tuple[str, int]:
        """Convert ``10^{160}``, ``10^-5`` and ``x_{i}`` outside formulas; ``snake_case`` stays."""
        operator, after = self._text[at], at + 1
        if at > 0 and (self._text[at - 1].isalnum() or self._text[at - 1] in ")]"):
            closing = self._closing.get(after, end)
            if closing < end and closing - after <= _SCRIPT_LIMIT:
                inside = self.formula(after + 1, closing, depth + 1)
                if inside is not None:
                    return _script(operator, inside), closing + 1
            plain = _PLAIN_SCRIPT.match(self._text, after, end) if operator == "^" else None
            if plain is not None:
                return _script(operator, plain[0]), plain.end()
        return operator, after

    def formula(self, start: int, end: int, depth: int) -> str | None:
        """Convert a formula; None if it holds anything that is not understood."""
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
        """Convert one piece of a formula: a character, a group, a command or a script."""
        character = self._text[at]
        if character == "\\":
            return self._math_control(at, end, depth, before)
        if character == "{":
            closing = self._closing.get(at, end)
            inside = self.formula(at + 1, closing, depth + 1) if closing < end else None
            return None if inside is None else (inside, closing + 1)
        if character in "^_":
            after = _end(_SPACES, self._text, at + 1, end)
            script = self._atom(after, end, depth + 1, []) if after < end and depth < _DEPTH else None
            return None if script is None else (_script(character, script[0]), script[1])
        if character in "}$&%#":
            return None
        if character.isspace() or character == "~":
            return " ", _end(_SPACES, self._text, at + 1, end)
        return {"-": "−", "'": "′", "*": "∗"}.get(character, character), at + 1

    def _math_control(self, at: int, end: int, depth: int, before: list[str]) -> tuple[str, int] | None:
        token = TOKEN.match(self._text, at, end)
        name, sign = token.groups() if token else (None, None)
        if token is None or name is None:
            read = MATH_SYMBOLS.get(sign or "")
            return None if token is None or read is None else (read, token.end())
        ended = _after_star(self._text, token.end(), end)
        after = _end(_SPACES, self._text, ended, end)
        if name in OPERATORS:
            spaced = bool(before) and before[-1].endswith(" ")
            return OPERATORS[name] + (" " if spaced and after > ended else ""), after
        if name in SYMBOLS or name in TEXT_SYMBOLS:
            return (SYMBOLS.get(name) or TEXT_SYMBOLS[name]), after
        if name in FUNCTIONS:
            return name + (" " if self._text[after : after + 1].isalnum() else ""), after
        if name in SPACES or name in STYLES:
            return SPACES.get(name, ""), after
        if name in IN_FORMULAS:
            return self._unknown_command(name, at, end, depth)
        return self._math_command(name, after, end, depth)

    def _math_command(self, name: str, at: int, end: int, depth: int) -> tuple[str, int] | None:
        """Convert a command whose argument follows it."""
        if at >= end or depth >= _DEPTH:
            return None
        if name in TEXT_FONTS and self._text[at] == "{":
            closing = self._closing.get(at, end)
            return (self.prose(at + 1, closing, depth + 1), closing + 1) if closing < end else None
        known = name in MATH_FONTS or name in ALPHABETS or name in MATH_ACCENTS or name in FRACTIONS or name == "sqrt"
        first = self._atom(at, end, depth + 1, []) if known else None
        if first is None:
            return None
        inside, after = first
        if name in ALPHABETS:
            return "".join(_in_alphabet(ALPHABETS[name], letter) for letter in inside), after
        if name in MATH_ACCENTS:
            return (unicodedata.normalize("NFC", inside + MATH_ACCENTS[name]), after) if len(inside) == 1 else None
        if name == "sqrt":
            return f"√{_bracketed(inside)}", after
        if name in MATH_FONTS:
            return inside, after
        second = self._atom(after, end, depth + 1, []) if after < end else None
        return None if second is None else (f"{_bracketed(inside)}/{_bracketed(second[0])}", second[1])

    def _accented(self, accent: str, at: int, end: int) -> tuple[str, int] | None:
        found = _ACCENTED.match(self._text, at, end)
        if found is None or (accent.isalpha() and found.start(4) == at):
            return None
        letter = found[1] or found[2] or found[3] or found[4]
        return unicodedata.normalize("NFC", letter + ACCENTS[accent]), found.end()

    def _end_of_command(self, at: int, end: int) -> int:
        """Skip the space or empty group that ends a command in TeX."""
        return at + 2 if self._text.startswith("{}", at, end) else at + self._text.startswith(" ", at, end)

    def _dashes(self, at: int, end: int) -> str:
        """An en or em dash, unless the hyphens begin an option, belong to an arrow or draw a line."""
        before, after = self._text[at - 1 : at], self._text[end : end + 1]
        raw = self._text[at:end]
        opens_word = (not before or before.isspace() or before in "([{`'\"") and after.isalnum()
        drawn = before in ("", "\n", "|", "!", "<", ">") and after in ("", "\n", "|", ">", "\r")
        if drawn or after == ">" or before in ("<", "!") or (opens_word and len(raw) == 2):
            return raw
        return {2: "–", 3: "—"}.get(len(raw), raw)

    def _is_between_words(self, at: int) -> bool:
        before, after = self._text[at - 1 : at], self._text[at + 1 : at + 2]
        return (before.isalnum() or before in (".", ")", "}")) and (after.isalnum() or after in ("\\", "$", "[", "("))


def _after_star(text: str, at: int, end: int) -> int:
    """The offset after the star of a command, if it has one."""
    return at + text.startswith("*", at, end)


def _end(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = pattern.match(text, at, end)
    return at if found is None else found.end()


def _script(operator: str, inside: str) -> str:
    """Superscript or subscript a text; with ``^`` or ``_`` if Unicode lacks a character."""
    inside = inside.strip()
    table = SUPERSCRIPTS if operator == "^" else SUBSCRIPTS
    compact = inside.replace(" ", "")
    if all(ord(letter) in table for letter in compact) and not _WORDS.search(inside):
        return compact.translate(table)
    return operator + (inside if len(inside) == 1 else f"({inside})")


def _bracketed(text: str) -> str:
    return text if text.isalnum() or len(text) == 1 else f"({text})"


def _in_alphabet(alphabet: str, letter: str) -> str:
    """The letter in one of Unicode's mathematical alphabets; a few have irregular names."""
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
