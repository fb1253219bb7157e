"""Detect unsupported formats, whose lines must not be parsed as titles and abstracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.ingest.unsupported_text_formats import find_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.record import SourceLine

_HINT = "export it as BibTeX, RIS or CSL-JSON, and import that file"
_TOML_HEAD = re.compile(r"\[{1,2}[\w.\"' -]+\]{1,2}\n")
_JSON = re.compile(r"(?:\[\s*){0,100}(?:\{\s*[\"}]|\[\s*[\[\]])|\[\s*\]?\Z")
_MARKUP = re.compile(r"<(?:\?xml\b|!doctype\b|html\b|[\w.:-]+\s[^<>]{0,2000}?\bxmlns\b)", re.IGNORECASE)
_ELEMENT = re.compile(r"</?[A-Za-z][\w.:-]*(?:\s[^<>]*)?/?>")
_TAGGED = re.compile(r"[A-Z][A-Z0-9]{1,3}\s{0,2}-\s")
_START = 4_000
_LEAST_LINES = 4
_SHARE = 0.5


def detect_unsupported(lines: Sequence[SourceLine]) -> tuple[str, str] | None:
    """Reason and hint for a source in an unsupported format; None for any other source.

    Args:
        lines: the lines not consumed by a parser of bibliographies.
    """
    start = "\n".join(line.text for line in lines[:40])[:_START]
    if start.startswith("%PDF-"):
        return "this is a PDF, which is not supported", "import the paper's record as BibTeX, RIS or CSL-JSON"
    if "\0" in start or start.startswith("PK\x03\x04"):
        return "this is binary data, not text", _HINT
    if _JSON.match(start) and not _TOML_HEAD.match(start):
        return "this is JSON, but neither CSL-JSON nor readlist's own format", _HINT
    if _MARKUP.match(start) or _share(lines, _ELEMENT) > _SHARE:
        return "this is XML or HTML, which is not supported", f"{_HINT}, or copy the text of the web page"
    if _share(lines, _TAGGED) > _SHARE:
        return "this looks like a bibliography in a tagged format, but its tags are unknown", _HINT
    found = find_refusal([line.text for line in lines])
    if found is None:
        return None
    why = "but no paper in it is complete" if found.damaged else "which is not supported"
    return f"this looks like {found.what}, {why}", found.hint


def _share(lines: Sequence[SourceLine], pattern: re.Pattern[str]) -> float:
    """Share of lines that match the pattern; 0 for a few lines, which may match by chance."""
    return (
        sum(pattern.match(line.text) is not None for line in lines) / len(lines) if len(lines) >= _LEAST_LINES else 0
    )
