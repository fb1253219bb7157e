"""Tokens of a LaTeX text, each with how it is escaped or unescaped.

Decides for every brace and command whether it is kept; writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container
from enum import Enum, auto
from typing import TYPE_CHECKING

from tui.latex.symbols import ACCENT_LETTERS, ACCENT_SIGNS, DECLARATIONS, FORMULA_COMMANDS, TEXT_FONTS, TEXT_SYMBOLS
from tui.latex.syntax import MATH, TOKEN, brace_pairs, command_end
from tui.latex.unknown_commands import REFUSED, is_writable

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Every(Container[str]):
    """Contains every name."""

    def __contains__(self, name: object) -> bool:
        return True


EVERY_COMMAND: Container[str] = _Every()
_DEPTH = 20

# Together with the tie over two letters.
_LETTER_ACCENTS = ACCENT_LETTERS + "t"
_WITH_ARGUMENT = (TEXT_FONTS - {"uline"}) | frozenset(_LETTER_ACCENTS) | {"textsuperscript", "textsubscript"}
_ALONE = DECLARATIONS | frozenset(TEXT_SYMBOLS)
# Harmless commands of LaTeX and amsmath that only occur in formulas and cannot be displayed in a terminal.
_MORE_FORMULA_COMMANDS = frozenset(
    """
    Pr limsup liminf hom coth sec csc cot sinh cosh arcsin arccos arctan binom dbinom tbinom cfrac underbrace
    overbrace underset overset stackrel mathop mathbin mathrel mathord mathinner leqslant geqslant nleq ngeq
    models vdash dashv bigcup bigcap bigoplus bigotimes bigvee bigwedge bigsqcup coprod oint iint iiint sqcup
    sqcap uplus amalg sqsubseteq ddagger wr diamond bigcirc triangleq triangleleft triangleright doteq asymp
    bowtie frown smile hookrightarrow rightharpoonup leftharpoonup leadsto Longrightarrow Longleftarrow
    longmapsto Uparrow Downarrow updownarrow nearrow searrow imath jmath wp flat natural sharp surd lvert rvert
    lVert rVert varGamma varDelta varTheta varLambda hslash scriptscriptstyle substack thinspace nonumber
    mathring acute grave widecheck overrightarrow underline backslash rm it bf cal sf tt Box Diamond blacksquare
    bigstar complement because therefore
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_FORMULA_ALLOWED = FORMULA_COMMANDS | _MORE_FORMULA_COMMANDS
_FORMULA_CHARACTERS = frozenset(",;:!|{}%#&_$ />")

# A letter that follows its accent at once, or in a group that is kept; after the name of an accent, one space.
_ACCENTED_LETTER = re.compile(r"[^\W\d_]|(?=\{[^\W\d_]\}|\{\\[ij]\}|\\[ij](?![A-Za-z]))")
_SPACED_LETTER = re.compile(r" [^\W\d_]")
# Names that the escapes of characters have.
_ESCAPES = frozenset(("textbackslash", "textasciitilde", "textasciicircum", "textbraceleft", "textbraceright"))


class Kind(Enum):
    """How a token is escaped."""

    TEXT = auto()
    KEPT = auto()  # a command, escape or formula that is kept
    COMMAND = auto()  # a command that is kept if a group follows it
    WHOLE = auto()  # a command of a bibliography with its arguments, kept although unknown
    LETTER = auto()  # a character to escape
    BRACE = auto()  # a literal brace whose partner is literal, too
    INERT = auto()  # an unknown command, written literally
    OPEN = auto()
    CLOSE = auto()


class Token:
    """A token; its kind may change until all tokens are known.

    Args:
        kind: how it is escaped.
        text: its text.

    Attributes:
        depth: number of groups around it.
    """

    __slots__ = ("depth", "kind", "text")

    def __init__(self, kind: Kind, text: str) -> None:
        self.kind = kind
        self.text = text
        self.depth = 0


def tokens_of(text: str, commands: Container[str]) -> list[Token]:
    """Split a text into tokens, and decide for every brace and command whether it is kept."""
    tokens = list(_raw_tokens(text, commands))
    closing = _match_braces(tokens)
    for index, token in enumerate(tokens):
        if token.kind is Kind.COMMAND and index + 1 not in closing:
            token.kind = Kind.INERT
        if token.kind is Kind.INERT and index + 1 in closing:
            # The argument of an unknown command is written with its braces.
            tokens[index + 1].kind = tokens[closing[index + 1]].kind = Kind.LETTER
    mark_partners(tokens)
    return tokens


def mark_partners(tokens: list[Token]) -> None:
    r"""Mark literal braces that are balanced within their group.

    BibTeX counts escaped braces, so only balanced ones can be written as ``\{`` and ``\}``.
    """
    opened: list[Token] = []
    for token in tokens:
        if token.kind is Kind.OPEN or (token.kind is Kind.LETTER and token.text == "{"):
            opened.append(token)
        elif token.kind is Kind.CLOSE:
            while opened.pop().kind is not Kind.OPEN:
                pass
        elif token.kind is Kind.LETTER and token.text == "}" and opened and opened[-1].kind is Kind.LETTER:
            opened.pop().kind = token.kind = Kind.BRACE


def _raw_tokens(text: str, commands: Container[str]) -> Iterator[Token]:
    at = 0
    closing: dict[int, int] | None = None
    while (found := TOKEN.search(text, at)) is not None:
        start = found.start()
        if start > at:
            yield Token(Kind.TEXT, text[at:start])
        formula = MATH.match(text, start) if text[start] in "$\\" else None
        if formula is not None and is_harmless(formula[0], commands):
            yield Token(Kind.KEPT, formula[0])
            at = formula.end()
            continue
        token = _token(text, found)
        at = start + len(token.text)
        if token.kind is Kind.INERT and token.text[1:] in commands:
            closing = brace_pairs(text) if closing is None else closing
            end = command_end(text, start, closing)
            if is_writable(whole := text[start:end]):
                token, at = Token(Kind.WHOLE, whole), end
        elif token.text in ("\\{", "\\}"):
            token.text = token.text[1]
        yield token
    if at < len(text):
        yield Token(Kind.TEXT, text[at:])


def _token(text: str, found: re.Match[str]) -> Token:
    name, sign = found.groups()
    if name:
        return _named(text, name, found)
    if sign is None:
        return Token(_KIND_OF.get(found[0], Kind.LETTER), found[0])
    if sign in "{}":
        return Token(Kind.LETTER, found[0])
    if sign in ACCENT_SIGNS and (letter := _ACCENTED_LETTER.match(text, found.end())) is not None:
        return Token(Kind.KEPT, found[0] + letter[0])
    is_space = sign == " " and found.start() > 0 and not text[found.start() - 1].isspace()
    if sign in "&%#_$,/-" or is_space:
        return Token(Kind.KEPT, found[0])
    return Token(Kind.LETTER, "\\")


def _named(text: str, name: str, found: re.Match[str]) -> Token:
    if name in _ESCAPES and text.startswith("{}", found.end()):
        return Token(Kind.KEPT, f"{found[0]}{{}}")
    if name[0] in _LETTER_ACCENTS and len(name) == 1 and (letter := _SPACED_LETTER.match(text, found.end())):
        return Token(Kind.KEPT, found[0] + letter[0])
    return Token(Kind.KEPT if name in _ALONE else Kind.COMMAND if name in _WITH_ARGUMENT else Kind.INERT, found[0])


_KIND_OF = {"{": Kind.OPEN, "}": Kind.CLOSE}


def _match_braces(tokens: list[Token]) -> dict[int, int]:
    """Match the braces and set the depth of every token; unbalanced or too deeply nested braces become literal."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            opened.append(index)
        elif token.kind is Kind.CLOSE and opened:
            start = opened.pop()
            if len(opened) < _DEPTH:
                closing[start] = index
            else:
                token.kind = tokens[start].kind = Kind.LETTER
        elif token.kind is Kind.CLOSE:
            token.kind = Kind.LETTER
    for index in opened:
        tokens[index].kind = Kind.LETTER
    depth = 0
    for token in tokens:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        token.depth = depth
    return closing


def is_harmless(formula: str, commands: Container[str] = ()) -> bool:
    """Whether a formula can be kept: only known commands, no line ends, braces balanced for BibTeX and LaTeX.

    BibTeX counts escaped braces and LaTeX does not.
    """
    depth = bare_depth = 0
    if "^^" in formula or "@" in formula:  # TeX's notation for any character, including a backslash
        return False
    inside = formula[2:-2] if formula.startswith(("$$", "\\")) else formula[1:-1]
    for token in TOKEN.finditer(inside):
        name, sign = token.groups()
        if not _is_allowed(name, sign, commands) if token[0][0] == "\\" else token[0] in "%&#$":
            return False
        change = (token[0][-1] == "{") - (token[0][-1] == "}")
        depth += change
        bare_depth += change if sign is None else 0
        if depth < 0 or depth > _DEPTH or bare_depth < 0:
            return False
    return depth == 0 and bare_depth == 0


def _is_allowed(name: str | None, sign: str | None, commands: Container[str]) -> bool:
    """Whether a command may be in a formula."""
    if name is None:
        return sign is not None and sign in _FORMULA_CHARACTERS
    return name in _FORMULA_ALLOWED or (name in commands and name not in REFUSED)
