r"""Which words of a title a bibliography protects from changes of case, by braces that begin with no command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.latex.decode import decode_latex
from tui.latex.escape import escape_text, escape_title
from tui.latex.syntax import MATH, brace_pairs, command_names

if TYPE_CHECKING:
    from collections.abc import Container

# Private use; decoding leaves them unchanged.
_OPEN, _CLOSE = "\ue010", "\ue011"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_GROUP = re.compile(rf"{MATH.pattern}|\\[A-Za-z]+\*?\s*|\\.|(?P<open>\{{)(?!\s*\\)", re.DOTALL)
_PROTECTED = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
# Most groups: a word by itself that ``escape_title`` braces, too.
_OF_ANY_TITLE = re.compile(r"(?<![\w\\}])\{(?:\w+[A-Z]\w*|[B-Z])\}(?!\w)")
_MAY_PROTECT = r"\{[^{}]*[A-Z\u00c0-\uffff]"  # compiled when it is first used, which takes long


def own_protection(latex: str, title: str) -> str | None:
    """The title with the braces of a field that protects other words than ``escape_title`` would; else None.

    Args:
        latex: the field of a bibliography.
        title: what was decoded from it.
    """
    other = _OF_ANY_TITLE.sub("", latex) if "{" in latex else ""
    if "{" not in other or not re.search(_MAY_PROTECT, other):
        return None
    commands = command_names(title) if "\\" in title else frozenset()
    written = protected_title(latex, title, commands)
    return None if written == escape_title(title, commands) else written


def protected_title(latex: str, title: str, commands: Container[str] = ()) -> str | None:
    """The title as between braces, with the words protected that the field protects.

    Args:
        latex: the field of a bibliography.
        title: the title, decoded.
        commands: names of unknown commands to keep; see ``escape_title``.

    Returns:
        None if the field protects nothing, or does not have this title.
    """
    marked = _marked(latex)
    if marked is None:
        return None
    text = decode_latex(marked, groups=True).strip()
    if _MARKS.sub("", text) != title:
        return None
    parts = _PROTECTED.split(text)
    return "".join(
        f"{{{escape_text(part[1:-1], commands)}}}" if part[:1] == _OPEN else escape_text(part, commands)
        for part in parts
    )


def _marked(latex: str) -> str | None:
    """The field with marks in place of the outermost braces that protect capitals; None if there are none."""
    if _MARKS.search(latex):
        return None
    pairs = brace_pairs(latex)
    marks: dict[int, str] = {}
    at = 0
    while (found := _GROUP.search(latex, at)) is not None:
        at = found.end()
        if found["open"] is None:
            if found[0][:1] == "\\":  # a brace that follows is its argument
                at += latex.startswith("{", at)
            continue
        end = pairs.get(found.start())
        if end is None:
            return None
        if any(map(str.isupper, latex[at:end])):
            marks |= {found.start(): _OPEN, end: _CLOSE}
            at = end + 1
    if not marks:
        return None
    return "".join(marks.get(index, character) for index, character in enumerate(latex))
