r"""Escape text for BibTeX and LaTeX: special characters are escaped once, existing simple LaTeX is kept.

For every text, the result has balanced braces by the rules of BibTeX (which counts ``\{`` too) and of LaTeX, and only
control words that are listed below, so that it can neither end its field nor run anything. The caller may allow
further commands, which a bibliography has used; harmful ones are never kept.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import chain, groupby
from typing import TYPE_CHECKING

from tui.latex.escape_tokens import EVERY_COMMAND, Kind, Token, is_harmless, mark_partners, tokens_of
from tui.latex.symbols import ACCENT_SIGNS
from tui.latex.syntax import MATH, TOKEN
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Callable, Container


_SPECIAL = {
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
}  # fmt: skip
_LETTERS = "&%#_~^"  # never part of a command or a formula
_UNESCAPED = {value: character for character, value in _SPECIAL.items()}
_UNESCAPED |= {value.removesuffix("{}"): character for character, value in _SPECIAL.items()}
_ACCENT_SIGNS = frozenset(ACCENT_SIGNS)
# Texts that can be unescaped without tokens: escaped characters, and groups without special characters.
_SIMPLE = re.compile(r"[^\\${}]*+(?:(?:\\[&%#_$]|\{[^\\${}]*+\})[^\\${}]*+)*+")
# A backslash that escapes no character. Patterns that begin with a literal are fast to search.
_COMMAND = re.compile(r"\\(?![&%#_$])")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_HYPHEN = re.compile(r"[-‐‑'’]")
_LEADING_EMPTY_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")
# A line that begins like an entry or a field; formulas and escaped characters are skipped.
_OPENING_LINE = re.compile(
    rf"\\[^A-Za-z(\[]|{MATH.pattern}"
    r"|^(?P<entry>\s*)@|(?<=\n)(?P<field>[^\S\n]*[A-Za-z][A-Za-z0-9:+/'.-]*[^\S\n]*)=",
    re.MULTILINE | re.DOTALL,
)
_NOT_IN_AN_ADDRESS = re.compile(r"[\s\\]")


def escape_line(text: str, commands: Container[str] = ()) -> str:
    """Escape a text for a field of one line.

    Args:
        text: any text.
        commands: names of further commands to keep, unless they are harmful.
    """
    return escape_text(cleanup.clean_line(text), commands)


def escape_text(text: str, commands: Container[str] = ()) -> str:
    """Escape a text that is already cleaned up; see ``escape_line``."""
    if text.isalnum():  # as most names are
        return text
    return (
        "".join(map(_escape_token, tokens_of(text, commands)))
        if _may_contain_latex(text)
        else _escape_characters(text)
    )


def escape_title(text: str, commands: Container[str] = ()) -> str:
    """Escape a title, and brace words whose capitals bibliography styles must keep; see ``escape_line``."""
    row = cleanup.clean_line(text)
    if not _may_contain_latex(row):
        return _escape_characters(_with_braces(row))
    tokens = tokens_of(row, commands)
    written: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.depth > 0 or token.kind not in (Kind.TEXT, Kind.WHOLE):
            written.append(_escape_token(token))
        elif token.kind is Kind.WHOLE:
            follows_command = before is not None and before.kind is Kind.WHOLE
            written.append(token.text if follows_command else _with_kept_name(token.text))
        elif (
            before is not None
            and before.kind is Kind.WHOLE
            and not (token.text[0] == " " and before.text.endswith(("}", "]")))
        ):
            # A group right after a command, or after its bare name and a space, would become its argument.
            first, space, rest = token.text.lstrip(" ").partition(" ")
            start = token.text[: len(token.text) - len(token.text.lstrip(" "))] + first
            written.append(f"{start}{space}{_with_braces(rest)}")
        else:
            written.append(_with_braces(token.text))
    return "".join(written)


def _with_kept_name(command: str) -> str:
    r"""A command in braces if its name has capitals: BibTeX changes a bare ``\SI`` in a title to ``\si``."""
    name = command.partition("{")[0]
    return f"{{{{{command}}}}}" if any(map(str.isupper, name)) else command


def escape_block(text: str, commands: Container[str] = ()) -> str:
    r"""Escape a text of several paragraphs: line ends are kept, empty lines become ``\par``; see ``escape_line``.

    BibTeX collapses whitespace, so an empty line alone would not reach the bibliography.
    """
    return _protect_line_starts(
        _by_paragraph(cleanup.clean_lines(text), partial(escape_text, commands=commands), _is_empty, r"\par")
    )


def escape_note(text: str) -> str:
    """Escape a note, which is Markdown, not LaTeX: every character outside formulas is literal."""
    return _protect_line_starts(_by_paragraph(cleanup.clean_lines(text), _escape_literally, _is_empty, r"\par"))


def escape_note_lines(text: str) -> str:
    """The result of ``unescape_block`` for the output of ``escape_note``."""
    return _by_paragraph(cleanup.clean_lines(text), str, _is_empty, "")


def escape_verbatim(text: str) -> str:
    """Write a URL or identifier: never escaped, but percent-encoded where it could end its field."""
    address = _NOT_IN_AN_ADDRESS.sub(_percent, cleanup.clean_line(text)) if text else ""
    depth = 0
    for character in address if "{" in address or "}" in address else ():
        depth += (character == "{") - (character == "}")
        if depth < 0:
            break
    return address if depth == 0 else address.replace("{", "%7B").replace("}", "%7D")


def unescape_line(text: str, commands: Container[str] = EVERY_COMMAND) -> str:
    r"""Unescape a text: escapes become their characters, plain groups lose their braces.

    For every text, ``unescape_line(escape_line(text)) == unescape_line(clean_line(text), ())``, and the same for
    ``escape_title``.
    """
    if not _may_contain_latex(text):
        return text
    if not _COMMAND.search(text):
        if not ("{" in text or "}" in text or "$" in text):
            return text.replace("\\", "")
        if _SIMPLE.fullmatch(text):
            return text.replace("\\", "").replace("{", "").replace("}", "")
    tokens = tokens_of(text, commands)
    read: list[str] = []
    open_groups: list[str] = []
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.kind is Kind.OPEN:
            needed = _is_argument(before, after) or _encloses_command(after)
            open_groups.append("}" if needed else "")
            read.append("{" if needed else "")
        elif token.kind is Kind.CLOSE:
            read.append(open_groups.pop())
        else:
            read.append(_UNESCAPED.get(token.text, token.text))
    return "".join(read)


def unescape_block(text: str) -> str:
    r"""Unescape the output of ``escape_block``: a line ``\par`` becomes an empty line again."""
    return _by_paragraph(text, unescape_line, r"\par".__eq__, "")


def unescape_lines(text: str, commands: Container[str] = ()) -> str:
    """The result of ``unescape_block`` for the output of ``escape_block``."""
    return _by_paragraph(cleanup.clean_lines(text), partial(unescape_line, commands=commands), _is_empty, "")


def _by_paragraph(text: str, treat: Callable[[str], str], is_break: Callable[[str], bool], separator: str) -> str:
    """Treat each paragraph as one text, so that no group spans a break; write the separator for each break."""
    if "\n" not in text and (not (row := text.rstrip()) or not is_break(row)):
        return treat(row) if row else ""
    rows = _LEADING_EMPTY_LINES.sub("", text, 1).rstrip().split("\n")
    runs = groupby(rows if rows != [""] else [], key=is_break)
    parts = ([separator for _ in run] if breaks else [treat("\n".join(run))] for breaks, run in runs)
    return "\n".join(chain.from_iterable(parts))


def _is_empty(row: str) -> bool:
    return not row.strip()


def _is_argument(before: Token | None, after: Token | None) -> bool:
    r"""Whether a group is the argument of the command before it, or ends its name (``\ss{}``)."""
    if before is None or before.text in _UNESCAPED:
        return False
    empty = after is not None and after.kind is Kind.CLOSE
    return before.kind is Kind.COMMAND or (before.kind is Kind.KEPT and (empty or before.text[1:] in _ACCENT_SIGNS))


def _encloses_command(first: Token | None) -> bool:
    r"""Whether a group limits the scope of a command: ``{\it vs.}``, ``{\"u}``."""
    if first is None or first.kind not in (Kind.KEPT, Kind.COMMAND):
        return False
    return first.text.startswith("\\") and first.text not in _UNESCAPED


def _escape_characters(text: str) -> str:
    """Escape the characters that are always literal; no escape contains another of them."""
    for character in _LETTERS:
        if character in text:
            text = text.replace(character, _SPECIAL[character])
    return text


def _may_contain_latex(text: str) -> bool:
    """Whether there may be a command, a group or a formula in it; most texts have none and are handled quickly."""
    return "\\" in text or "{" in text or "}" in text or "$" in text


def _escape_literally(text: str) -> str:
    tokens: list[Token] = []
    at = 0
    while (found := TOKEN.search(text, at)) is not None:
        start = found.start()
        formula = MATH.match(text, start) if text[start] in "$\\" else None
        kept = formula if formula is not None and is_harmless(formula[0]) else None
        character = Token(Kind.LETTER, text[start]) if kept is None else Token(Kind.KEPT, kept[0])
        tokens += [Token(Kind.TEXT, text[at:start]), character]
        at = start + len(character.text)
    mark_partners(tokens)
    return "".join([*map(_escape_token, tokens), text[at:]])


def _protect_line_starts(text: str) -> str:
    """Brace ``@`` or ``=`` in every line that begins like an entry or a field: tolerant parsers would restart there
    (bibtexparser), or warn (biber).
    """
    # Most texts have one line, which is written after the name of its field.
    opens = ("@" in text or "=" in text) if "\n" in text else text.lstrip().startswith("@")
    return _OPENING_LINE.sub(_brace_character, text) if opens else text


def _brace_character(found: re.Match[str]) -> str:
    if found["entry"] is None and found["field"] is None:
        return found[0]
    return f"{found[0][:-1]}{{{found[0][-1]}}}"


def _escape_token(token: Token) -> str:
    if token.kind is Kind.BRACE:
        return f"\\{token.text}"
    if token.kind in (Kind.LETTER, Kind.INERT):
        return "".join(_SPECIAL.get(character, character) for character in token.text)
    return token.text


def _with_braces(text: str) -> str:
    return " ".join(map(_with_braced_words, text.split(" ")))


@lru_cache(maxsize=8192)
def _with_braced_words(piece: str) -> str:
    """Brace the text between two spaces of a title; cached, because titles share most of their words."""
    if piece.islower() or (piece[1:].islower() and piece[1].isalpha()):  # most are
        return piece
    return _WORD.sub(_braced, piece)


def _braced(found: re.Match[str]) -> str:
    """Brace a word with a capital after its first letter (``CacheGen``) or a one-letter part (``Q-learning``)."""
    word = found[0]
    parts = _HYPHEN.split(word)
    inner = any(letter.isupper() for part in parts for letter in part[1:])
    single = word != "A" and any(len(part) == 1 and part.isupper() for part in parts)
    return f"{{{word}}}" if inner or single else word


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
