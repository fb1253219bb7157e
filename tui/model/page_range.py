"""Page ranges, with an en dash between the first and the last page."""

from __future__ import annotations

import re

# Of two pages, or of two that contain hyphens (``A-1--A-9``). One hyphen alone may be part of a single page.
_DASHES = re.compile(r"\s*(?:-{2,3}|[\u2012-\u2015\u2212])\s*")
_HYPHEN = re.compile(r"(?<![\w-])([^\W_]*\d)\s*[-\u2010\u2011]\s*([^\W_]*\d[a-z]?)(?![\w-])")


def normalise_pages(text: str) -> str:
    """The pages with an en dash in every range: ``45-67, 70--71`` is ``45\u201367, 70\u201371``."""
    if text.isdecimal():
        return text
    return _HYPHEN.sub("\\1\u2013\\2", _DASHES.sub("\u2013", text))
