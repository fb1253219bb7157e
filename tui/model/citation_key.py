r"""Which signs a citation key may have, so that BibTeX reads it and ``\cite`` finds it."""

from __future__ import annotations

import re

# BibTeX ends a key at a blank, a comma or a closing brace. LaTeX takes ``\``, ``~``, ``%``, ``#`` and braces for its
# own in ``\cite``, babel takes the quotation mark, and biber the equals sign for that of a field. All others stay.
_NOT_IN_A_KEY = re.compile(
    r"[\s\"#%,=\\{}~\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
# A closing bracket ends an entry that was opened by one, and readers of other programs end a key there: only a key
# whose brackets pair up keeps them.
_PARENTHESES = re.compile(r"[()]")


def writable_key(key: str) -> str:
    """The key without the signs that none can have; most keys stay as they are."""
    if key.isalnum():
        return key
    kept = _NOT_IN_A_KEY.sub("", key)
    return kept if _pairs_up(kept) else _PARENTHESES.sub("", kept)


def _pairs_up(key: str) -> bool:
    depth = 0
    for sign in key:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0
