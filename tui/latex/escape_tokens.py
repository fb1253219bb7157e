"""Tokens of a LaTeX text, each with how it is escaped or unescaped.

Decides for every brace and command whether it is kept; writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container
from enum import Enum, auto
from typing import TYPE_CHECKING

from tui.latex.symbols import ACCENT_LETTERS, ACCENT_SIGNS, DECLARATIONS, FORMULA_COMMANDS, TEXT_FONTS, TEXT_SYMBOLS
from tui.latex.syntax import MATH, brace_pairs, command_end
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
_FORMULA_COMMAND = re.compile(r"\\([A-Za-z]+|.)?", re.DOTALL)
_FORMULA_CHARACTERS = frozenset(",;:!|{}%#&_$ />")

_TOKEN = re.compile(
    r"(?P<escaped>\\[&%#_$]|\\text(?:backslash|ascii(?:tilde|circum)|brace(?:left|right))\{\})"
    r"|(?P<brace>\\[{}])"
    rf"|(?P<accent>\\[{ACCENT_SIGNS}](?:[^\W\d_]|(?=\{{[^\W\d_]\}}|\{{\\[ij]\}}|\\[ij](?![A-Za-z]))))"
    rf"|(?P<spaced>\\[{_LETTER_ACCENTS}] [^\W\d_])"
    r"|(?P<word>\\[A-Za-z]+)"
    r"|(?P<character>\\[,/-]|(?<=\S)\\ )"
    r"|(?P<special>[&%#_$~^\\])"
    r"|(?P<open>\{)"
    r"|(?P<close>\})"
    r"|(?P<text>[^&%#_$~^\\{}]+)"
)


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
    while at < len(text):
        formula = MATH.match(text, at) if text[at] in "$\\" else None
        if formula is not None and is_harmless(formula[0], commands):
            yield Token(Kind.KEPT, formula[0])
            at = formula.end()
            continue
        found = _TOKEN.match(text, at)
        assert found is not None  # noqa: S101 - the alternatives cover every character
        token = _token(found.lastgroup or "text", found[0])
        at = found.end()
        if token.kind is Kind.INERT and token.text[1:] in commands:
            closing = brace_pairs(text) if closing is None else closing
            end = command_end(text, found.start(), closing)
            if is_writable(whole := text[found.start() : end]):
                token, at = Token(Kind.WHOLE, whole), end
        yield token


def _token(group: str, text: str) -> Token:
    if group == "brace":
        return Token(Kind.LETTER, text[1])
    if group == "word":
        name = text[1:]
        kept = Kind.KEPT if name in _ALONE else Kind.INERT
        return Token(Kind.COMMAND if name in _WITH_ARGUMENT else kept, text)
    return Token(_KIND_OF.get(group, Kind.KEPT), text)


_KIND_OF = {"special": Kind.LETTER, "open": Kind.OPEN, "close": Kind.CLOSE, "text": Kind.TEXT}


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
    depth = bare_depth = at = 0
    if "^^" in formula:  # TeX's notation for any character, including a backslash
        return False
    inside = formula[2:-2] if formula.startswith(("$$", "\\")) else formula[1:-1]
    while at < len(inside):
        command = _FORMULA_COMMAND.match(inside, at) if inside[at] == "\\" else None
        if command is not None and not (
            command[1] in _FORMULA_ALLOWED
            or command[1] in _FORMULA_CHARACTERS
            or (command[1] in commands and command[1] not in REFUSED and command[1].isalpha())
        ):
            return False
        character = command[1] if command is not None else inside[at]
        if command is None and character in "%&#$@":
            return False
        change = (character == "{") - (character == "}")
        depth += change
        bare_depth += change if command is None else 0
        if depth < 0 or depth > _DEPTH or bare_depth < 0:
            return False
        at += len(command[0]) if command is not None else 1
    return depth == 0 and bare_depth == 0
