"""The lines of a page or an e-mail as a reader sees them: text of HTML, decoded, without marks of quotation."""

from __future__ import annotations

import quopri
import re
from typing import TYPE_CHECKING

from tui.ingest.html_text import html_lines
from tui.ingest.listed_paper import readable_line
from tui.ingest.record import SourceLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.ingest.source_file import SourceFile

MAIL_HEADER = re.compile(
    r"(?:from|to|cc|bcc|subject|date|sent|reply-to|message-id|received|return-path|mime-version|content-[a-z-]+"
    r"|delivered-to|list-[a-z-]+|x-[a-z-]+|dkim-signature|authentication-results|precedence|sender|in-reply-to"
    r"|references|arc-[a-z-]+|received-spf|importance|auto-submitted|errors-to)\s?:\s?.*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?:>\s?)+")
_ENCODED = re.compile(r"=[0-9A-F]{2}")
_ANNOUNCED = re.compile(r"content-transfer-encoding:\s*quoted-printable", re.IGNORECASE)
_EXAMINED = 400
_SHARE = 0.5
_SOFT_BREAKS = 0.05


def readable_lines(source: SourceFile, lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines as a reader sees them; a line joined of several has the number of the first.

    Args:
        source: the source.
        lines: its lines that are not empty.
    """
    sample = [line.text for line in lines[:_EXAMINED]]
    if _is_quoted(sample):
        lines = [SourceLine(line.number, _QUOTED.sub("", line.text, 1)) for line in lines]
        sample = [line.text for line in lines[:_EXAMINED]]
    if _is_quoted_printable(sample):
        lines = _decode(source, lines)
    shown = (SourceLine(line.number, readable_line(line.text)) for line in html_lines(lines))
    return [line for line in shown if line.text]


def _is_quoted(sample: Sequence[str]) -> bool:
    return len(sample) > 3 and sum(line.startswith(">") for line in sample) >= _SHARE * len(sample)


def _is_quoted_printable(sample: Sequence[str]) -> bool:
    if any(_ANNOUNCED.match(line) for line in sample):
        return True
    breaks = sum(line.endswith("=") for line in sample)
    return breaks > max(1, _SOFT_BREAKS * len(sample)) and any(map(_ENCODED.search, sample))


def _decode(source: SourceFile, lines: Sequence[SourceLine]) -> list[SourceLine]:
    decoded: list[SourceLine] = []
    parts: list[str] = []
    first = 0
    for line in lines:
        first = first if parts else line.number
        soft = line.text.endswith("=")
        # Spaces at the start of a line belong to the text of the line before, if that was broken.
        text = source.lines[line.number - 1].rstrip() if parts else line.text
        parts.append(text[:-1] if soft else text)
        if not soft:
            decoded.append(SourceLine(first, _decode_text("".join(parts))))
            parts = []
    if parts:
        decoded.append(SourceLine(first, _decode_text("".join(parts))))
    return decoded


def _decode_text(text: str) -> str:
    if "=" not in text:
        return text
    return quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
