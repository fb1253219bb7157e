r"""Characters allowed in a citation key, so that BibTeX reads it and ``\cite`` finds it."""

from __future__ import annotations

import re

# BibTeX ends a key at a space, a comma or a closing brace. LaTeX interprets ``\``, ``~``, ``%``, ``#`` and braces in
# ``\cite``, babel interprets the quotation mark, and biber the equals character. All other characters are kept.
_NOT_IN_A_KEY = re.compile(
    r"[\s\"#%,=\\{}~\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
# A closing parenthesis ends an entry opened by one, and other programs end a key there: only balanced parentheses are
# kept.
_PARENTHESES = re.compile(r"[()]")


def writable_key(key: str) -> str:
    """The key without characters that no key may contain; most keys are unchanged."""
    if key.isalnum():
        return key
    kept = _NOT_IN_A_KEY.sub("", key)
    return kept if _is_balanced(kept) else _PARENTHESES.sub("", kept)


def _is_balanced(key: str) -> bool:
    depth = 0
    for character in key:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
