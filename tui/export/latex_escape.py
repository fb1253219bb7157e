r"""Text to TeX: what BibTeX and LaTeX would take for commands becomes letters, once; what is LaTeX already stays.

Whatever the text, the result has balanced braces in BibTeX's eyes (which counts ``\{`` too) and in LaTeX's, and holds
no control word that is not on the lists below, so that it can neither end its field nor run anything. The caller may
name further ones, which a bibliography has used; of those, only what may do harm is left out.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import chain, groupby
from typing import TYPE_CHECKING

from tui.export import text_cleanup
from tui.export.latex_tokens import EVERY_COMMAND, Kind, Token, is_harmless, mark_partners, tokens_of
from tui.text.latex_to_unicode import MATH

if TYPE_CHECKING:
    from collections.abc import Callable, Container


_SPECIAL_SIGN = re.compile(r"[&%#_$~^\\{}]")
_SPECIAL = {
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
}  # fmt: skip
_LETTERS = "&%#_~^"  # never part of a command or a formula
_MEANT = {value: sign for sign, value in _SPECIAL.items()}
_MEANT |= {value.removesuffix("{}"): sign for sign, value in _SPECIAL.items()}
_ACCENT_SIGNS = frozenset("`'^\"~=.")
# What needs no tokens to be read back: escaped signs, and groups without any sign of TeX.
_EASY = re.compile(r"[^\\${}]*+(?:(?:\\[&%#_$]|\{[^\\${}]*+\})[^\\${}]*+)*+")
# A backslash that escapes no sign. A pattern that begins with a letter is looked for by it, which is quick.
_COMMAND = re.compile(r"\\(?![&%#_$])")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_HYPHEN = re.compile(r"[-‐‑'’]")
_BLANK_ROWS = re.compile(r"\A(?:[^\S\n]*\n)+")
# A line that opens like an entry or a field; formulas and escaped signs are passed over.
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
        commands: names of commands that stay as they are though nothing is known of them, unless they do harm.
    """
    return escape_text(text_cleanup.clean_line(text), commands)


def escape_text(text: str, commands: Container[str] = ()) -> str:
    """Escape a text that is clean already; see ``line``."""
    if text.isalnum():  # as most names are
        return text
    return "".join(map(_written, tokens_of(text, commands))) if _may_hold_latex(text) else _with_escaped_signs(text)


def escape_title(text: str, commands: Container[str] = ()) -> str:
    """Escape a title, and brace what has capitals that a bibliography style must not take away; see ``line``."""
    row = text_cleanup.clean_line(text)
    if not _may_hold_latex(row):
        return _with_escaped_signs(_with_braces(row))
    tokens = tokens_of(row, commands)
    written: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.depth > 0 or token.kind not in (Kind.TEXT, Kind.WHOLE):
            written.append(_written(token))
        elif token.kind is Kind.WHOLE:
            behind = before is not None and before.kind is Kind.WHOLE
            written.append(token.text if behind else _with_kept_name(token.text))
        elif (
            before is not None
            and before.kind is Kind.WHOLE
            and not (token.text[0] == " " and before.text.endswith(("}", "]")))
        ):
            # A group right behind a command, or behind a blank and its bare name, would be taken for its argument.
            first, blank, rest = token.text.lstrip(" ").partition(" ")
            start = token.text[: len(token.text) - len(token.text.lstrip(" "))] + first
            written.append(f"{start}{blank}{_with_braces(rest)}")
        else:
            written.append(_with_braces(token.text))
    return "".join(written)


def _with_kept_name(command: str) -> str:
    r"""A command in groups where its name has capitals: BibTeX makes ``\si`` of a bare ``\SI`` in a title."""
    name = command.partition("{")[0]
    return f"{{{{{command}}}}}" if any(map(str.isupper, name)) else command


def escape_block(text: str, commands: Container[str] = ()) -> str:
    r"""Escape a text of several paragraphs: line ends stay, and a blank line becomes a line ``\par``; see ``line``.

    BibTeX takes any run of blanks for one, so a blank line alone would not reach the bibliography.
    """
    return _on_guard(
        _by_paragraph(text_cleanup.clean_lines(text), partial(escape_text, commands=commands), _is_blank, r"\par")
    )


def escape_note(text: str) -> str:
    """Escape a note, which is Markdown and no LaTeX: every sign outside formulas is the letter it is."""
    return _on_guard(_by_paragraph(text_cleanup.clean_lines(text), _literal, _is_blank, r"\par"))


def escape_note_lines(text: str) -> str:
    """Return what ``plain_block`` gives back of a text that ``note`` wrote."""
    return _by_paragraph(text_cleanup.clean_lines(text), str, _is_blank, "")


def escape_verbatim(text: str) -> str:
    """Write an address or identifier: never escaped, but percent-encoded where it could end its field."""
    address = _NOT_IN_AN_ADDRESS.sub(_percent, text_cleanup.clean_line(text)) if text else ""
    depth = 0
    for sign in address if "{" in address or "}" in address else ():
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            break
    return address if depth == 0 else address.replace("{", "%7B").replace("}", "%7D")


def unescape_line(text: str, commands: Container[str] = EVERY_COMMAND) -> str:
    r"""Read an escaped text back: escapes become their letters, bare groups lose their braces.

    For every text, ``plain(line(text)) == plain(clean.one_line(text), ())``, and the same for ``title``.
    """
    if not _may_hold_latex(text):
        return text
    if not _COMMAND.search(text):
        if not ("{" in text or "}" in text or "$" in text):
            return text.replace("\\", "")
        if _EASY.fullmatch(text):
            return text.replace("\\", "").replace("{", "").replace("}", "")
    tokens = tokens_of(text, commands)
    read: list[str] = []
    open_groups: list[str] = []
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.kind is Kind.OPEN:
            needed = _is_argument(before, after) or _is_sheltered(after)
            open_groups.append("}" if needed else "")
            read.append("{" if needed else "")
        elif token.kind is Kind.CLOSE:
            read.append(open_groups.pop())
        else:
            read.append(_MEANT.get(token.text, token.text))
    return "".join(read)


def unescape_block(text: str) -> str:
    r"""Read back what ``block`` wrote: a line ``\par`` is a blank line again."""
    return _by_paragraph(text, unescape_line, r"\par".__eq__, "")


def unescape_lines(text: str, commands: Container[str] = ()) -> str:
    """Return what ``plain_block`` gives back of a text that ``block`` wrote."""
    return _by_paragraph(text_cleanup.clean_lines(text), partial(unescape_line, commands=commands), _is_blank, "")


def _by_paragraph(text: str, treat: Callable[[str], str], is_break: Callable[[str], bool], sign: str) -> str:
    """Treat every run of lines as one text, so that no group reaches over a break; put a sign for each break."""
    if "\n" not in text and (not (row := text.rstrip()) or not is_break(row)):
        return treat(row) if row else ""
    rows = _BLANK_ROWS.sub("", text, 1).rstrip().split("\n")
    runs = groupby(rows if rows != [""] else [], key=is_break)
    parts = ([sign for _ in run] if breaks else [treat("\n".join(run))] for breaks, run in runs)
    return "\n".join(chain.from_iterable(parts))


def _is_blank(row: str) -> bool:
    return not row.strip()


def _is_argument(before: Token | None, after: Token | None) -> bool:
    r"""Whether a group belongs to the command before it, or ends that command's name (``\ss{}``)."""
    if before is None or before.text in _MEANT:
        return False
    empty = after is not None and after.kind is Kind.CLOSE
    return before.kind is Kind.COMMAND or (before.kind is Kind.KEPT and (empty or before.text[1:] in _ACCENT_SIGNS))


def _is_sheltered(first: Token | None) -> bool:
    r"""Whether a group keeps a command to itself: ``{\it vs.}``, ``{\"u}``."""
    if first is None or first.kind not in (Kind.KEPT, Kind.COMMAND):
        return False
    return first.text.startswith("\\") and first.text not in _MEANT


def _with_escaped_signs(text: str) -> str:
    """Escape the signs that are letters wherever they stand; none of them is in what another becomes."""
    for sign in _LETTERS:
        if sign in text:
            text = text.replace(sign, _SPECIAL[sign])
    return text


def _may_hold_latex(text: str) -> bool:
    """Whether there is a command, a group or a formula in it; most texts have none, and are quickly done with."""
    return "\\" in text or "{" in text or "}" in text or "$" in text


def _literal(text: str) -> str:
    tokens: list[Token] = []
    at = 0
    for found in _SPECIAL_SIGN.finditer(text):
        if found.start() < at:
            continue
        formula = MATH.match(text, found.start()) if found[0] in "$\\" else None
        kept = formula if formula is not None and is_harmless(formula[0]) else None
        sign = Token(Kind.LETTER, found[0]) if kept is None else Token(Kind.KEPT, kept[0])
        tokens += [Token(Kind.TEXT, text[at : found.start()]), sign]
        at = (kept or found).end()
    mark_partners(tokens)
    return "".join([*map(_written, tokens), text[at:]])


def _on_guard(text: str) -> str:
    """Brace the sign of every line that opens like an entry or a field: there, readers that mend broken files start
    over (bibtexparser), or warn (biber).
    """
    # Most texts have one line, which stands behind the name of its own field.
    opens = ("@" in text or "=" in text) if "\n" in text else text.lstrip().startswith("@")
    return _OPENING_LINE.sub(_braced_sign, text) if opens else text


def _braced_sign(found: re.Match[str]) -> str:
    if found["entry"] is None and found["field"] is None:
        return found[0]
    return f"{found[0][:-1]}{{{found[0][-1]}}}"


def _written(token: Token) -> str:
    if token.kind is Kind.BRACE:
        return f"\\{token.text}"
    if token.kind in (Kind.LETTER, Kind.INERT):
        return "".join(_SPECIAL.get(sign, sign) for sign in token.text)
    return token.text


def _with_braces(text: str) -> str:
    return " ".join(map(_with_braced_words, text.split(" ")))


@lru_cache(maxsize=8192)
def _with_braced_words(piece: str) -> str:
    """What stands between two blanks of a title; titles have most of their words in common."""
    if piece.islower() or (piece[1:].islower() and piece[1].isalpha()):  # most are
        return piece
    return _WORD.sub(_braced, piece)


def _braced(found: re.Match[str]) -> str:
    """Brace a word with a capital behind its beginning (``CacheGen``) or a part of one letter (``Q-learning``)."""
    word = found[0]
    parts = _HYPHEN.split(word)
    inner = any(letter.isupper() for part in parts for letter in part[1:])
    single = word != "A" and any(len(part) == 1 and part.isupper() for part in parts)
    return f"{{{word}}}" if inner or single else word


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
