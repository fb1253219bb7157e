"""Ids: ten hexadecimal digits that a paper keeps for good.

A fresh id is a digest of what the paper says; an id that was known before wins over a fresh one, so that a paper that
gets a title, or whose page is corrected, stays the paper that was marked.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from tui.text.fold import fold
from tui.text.tokens import normalise_words

ID_LENGTH = 10

_SEPARATORS = re.compile(r"[^\w+#*]+|_+")
# Quicker for what most titles are: ASCII without underscores, of which a row counts apart from other separators.
_ASCII_SEPARATORS = {code: " " for code in range(128) if _SEPARATORS.match(chr(code))}


def title_key(title: str) -> str:
    """The title folded for comparison: equal for titles that differ in case, accents, punctuation or spacing only.

    ``+``, ``#`` and ``*`` stay, because ``SeiT`` and ``SeiT++`` are two papers.
    """
    folded = fold(title)
    if folded.isascii() and "_" not in folded:
        key = " ".join(folded.translate(_ASCII_SEPARATORS).split())
    else:
        key = _SEPARATORS.sub(" ", folded).strip()
    return key or folded.strip()


def record_id(title: str | None, abstract: str | None) -> str:
    """The id that a single record has by what it says: by its title, else by its abstract."""
    return title_id(title) if title else abstract_id(abstract or "")


def title_id(title: str) -> str:
    """The id of whatever has this title."""
    return digest(title_key(title))


def abstract_id(abstract: str) -> str:
    """The id of whatever has this abstract, give or take punctuation and spacing."""
    return digest(normalise_words(abstract))


def digest(text: str) -> str:
    """Ten hexadecimal digits of BLAKE2b over a text."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=ID_LENGTH // 2).hexdigest()
