"""Formats that are told at sight and not read: their lines must not be taken for titles and abstracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.refused_formats import find_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.record import SourceLine

_HINT = "Export it as BibTeX, RIS or CSL-JSON, and import that file."
_TOML_HEAD = re.compile(r"\[{1,2}[\w.\"' -]+\]{1,2}\n")
_JSON = re.compile(r"(?:\[\s*){0,100}(?:\{\s*[\"}]|\[\s*[\[\]])|\[\s*\]?\Z")
_MARKUP = re.compile(r"<(?:\?xml\b|!doctype\b|html\b|[\w.:-]+\s[^<>]{0,2000}?\bxmlns\b)", re.IGNORECASE)
_ELEMENT = re.compile(r"</?[A-Za-z][\w.:-]*(?:\s[^<>]*)?/?>")
_TAGGED = re.compile(r"[A-Z][A-Z0-9]{1,3}\s{0,2}-\s")
_START = 4_000
_LEAST_LINES = 4
_SHARE = 0.5


def detect_unsupported(lines: Sequence[SourceLine]) -> tuple[str, str] | None:
    """What is the matter with a page of a format that is not read, and what to do; None for any other page.

    Args:
        lines: the lines of the page that no bibliographic form claimed.
    """
    start = "\n".join(line.text for line in lines[:40])[:_START]
    if start.startswith("%PDF-"):
        return "This is a PDF, which is not read.", "Import the record of the paper as BibTeX, RIS or CSL-JSON."
    if "\0" in start or start.startswith("PK\x03\x04"):
        return "This is no text but data of another program.", _HINT
    if _JSON.match(start) and not _TOML_HEAD.match(start):
        return "This is JSON, but neither CSL-JSON nor what readlist writes.", _HINT
    if _MARKUP.match(start) or _share(lines, _ELEMENT) > _SHARE:
        return "This is XML or HTML, which is not read.", f"{_HINT[:-1]}; of a web page, copy the text."
    if _share(lines, _TAGGED) > _SHARE:
        return "This looks like a bibliography in tagged lines, but its tags are not known.", _HINT
    found = find_refusal([line.text for line in lines])
    return None if found is None else (f"this looks like {found.what}, which is not read", found.hint)


def _share(lines: Sequence[SourceLine], pattern: re.Pattern[str]) -> float:
    """The share of lines that begin like the pattern; none for a few lines, which may do so by chance."""
    return (
        sum(pattern.match(line.text) is not None for line in lines) / len(lines) if len(lines) >= _LEAST_LINES else 0
    )
