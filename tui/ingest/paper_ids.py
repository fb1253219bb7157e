"""Paper ids: ten hexadecimal digits, stable for the life of a paper.

A new id is a digest of the title or abstract; a known id takes precedence, so that a paper keeps its marks when its
title or source is corrected.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from tui.text.fold import fold
from tui.text.tokens import normalise_words

ID_LENGTH = 10

_SEPARATORS = re.compile(r"[^\w+#*]+|_+")
# Fast path for most titles: ASCII without underscores, which are a separator of their own.
_ASCII_SEPARATORS = {code: " " for code in range(128) if _SEPARATORS.match(chr(code))}


@lru_cache(maxsize=65_536)
def title_key(title: str) -> str:
    """The title folded for comparison: ignores case, accents, punctuation and spacing.

    ``+``, ``#`` and ``*`` are kept, because ``SeiT`` and ``SeiT++`` are two papers.
    """
    folded = fold(title)
    if folded.isascii() and "_" not in folded:
        key = " ".join(folded.translate(_ASCII_SEPARATORS).split())
    else:
        key = _SEPARATORS.sub(" ", folded).strip()
    return key or folded.strip()


def record_id(title: str | None, abstract: str | None, identifier: str | None = None) -> str:
    """The id of a single record: by its title, else by its abstract, else by its arXiv id or DOI."""
    if not title and not abstract and identifier:
        return identifier_id(identifier)
    return title_id(title) if title else abstract_id(abstract or "")


def identifier_id(identifier: str) -> str:
    """The id for an arXiv id or a DOI of a paper of which nothing else is known."""
    return digest(f"identifier {identifier.lower()}")


def title_id(title: str) -> str:
    """The id for a title."""
    return digest(title_key(title))


def abstract_id(abstract: str) -> str:
    """The id for an abstract, ignoring punctuation and spacing."""
    return digest(normalise_words(abstract))


def digest(text: str) -> str:
    """Ten hexadecimal digits of the BLAKE2b hash of a text."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=ID_LENGTH // 2).hexdigest()
