r"""Braces that are part of a text: in texts with LaTeX they are written ``\{`` and ``\}``."""

from __future__ import annotations

import re

from tui.latex.syntax import MATH

_FORMULA_OR_BRACE = re.compile(rf"{MATH.pattern}|[_^]\{{[^{{}}]*\}}|(?P<brace>[{{}}])", re.DOTALL)


def escape_braces(text: str) -> str:
    """A text from a format without LaTeX, with its braces escaped if they would look like a group.

    A text with commands is left unchanged, since its source does have LaTeX; so are formulas and indices.
    """
    if "\\" in text or "{" not in text or "}" not in text:
        return text
    return _FORMULA_OR_BRACE.sub(lambda found: f"\\{found['brace']}" if found["brace"] else found[0], text)


def unescape_braces(text: str) -> str:
    """The text that ``escape_braces`` makes this one of; the text itself if there is none."""
    if "\\{" not in text and "\\}" not in text:
        return text
    bare = text.replace("\\{", "{").replace("\\}", "}")
    return bare if escape_braces(bare) == text else text
