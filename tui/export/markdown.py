"""Markdown: one section per paper. Titles, names and abstracts are escaped; the note is kept as Markdown.

Escapes everything that CommonMark, GitHub, pandoc or Obsidian interpret. Simple LaTeX becomes readable text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.export import format_limitations
from tui.latex.display_text import display_text
from tui.model.display_names import author_line
from tui.model.venue_text import venue_text
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.model.entry import Entry
    from tui.model.paper import Paper

LIMITATIONS = (
    format_limitations.UNTITLED,
    format_limitations.EARLIER_ABSTRACTS,
    format_limitations.TRIAGE,
    format_limitations.UNREADABLE_CHARACTERS,
)

_REFERENCE = re.compile(r"&(?=#?\w+;)")
_ACTIVE = {character: f"\\{character}" for character in "`*_{}[]<>#|~$^@"}
_ACTIVE_IN_PAIRS = {character: f"\\{character}\\{character}" for character in "=%"}
# pandoc also makes lists from letters and Roman numerals, with a full stop or in parentheses.
_BLOCK_START = re.compile(
    r"[-+](?=[\s-]|\Z)|:|\(?(?:\d{1,9}|[a-z]|[ivxlcdm]+|[IVXLCDM]{2,})[.)](?=\s|\Z)|\([A-Z]\)(?=\s|\Z)"
)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_NOT_IN_AN_ADDRESS = re.compile(r"[\s<>\\]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BACKTICKS = re.compile(r"`+")

_PAPER = "<!-- paper {} -->"
_NOTE = "<!-- note -->"
_TAGS = "Tags: "
_MARKER = re.compile(r"<!--(?= (?:paper \S+|note|yours: [^\n]*) -->)")


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the sections, a blank line between them."""
    for index, entry in enumerate(entries):
        yield ("\n" if index else "") + "\n\n".join(_parts(entry, keys.get(entry.id))) + "\n"


def _parts(entry: Entry, key: str | None) -> Iterator[str]:
    """The parts of a section, each a separate block."""
    paper, mark = entry.paper, entry.mark
    yield f"## {_text(paper.display_title)}"
    yield _PAPER.format(entry.id)
    if paper.authors or paper.affiliation:
        yield _authors(paper)
    facts = [str(paper.date) if paper.date is not None else "", _text(venue_text(paper.publication))]
    facts += [_text(paper.category or "")]
    facts += ["code" if paper.has_code else "", _code(key) if key else ""]
    if any(facts):
        yield " · ".join(filter(None, facts))
    if paper.links:
        yield "  \n".join(map(_link, paper.links))
    if mark.tags:
        yield _TAGS + " ".join(map(_code, mark.tags))
    abstract = cleanup.clean_lines(paper.abstract or "")
    yield from filter(None, map(_text, abstract.split("\n\n") if "\n" in abstract else [abstract]))
    note = _note(mark.note)
    if note:
        yield _NOTE
        yield note


def _authors(paper: Paper) -> str:
    names = author_line(paper.authors, truncated=paper.authors_truncated)
    return _text(" · ".join(part for part in (names, paper.affiliation) if part))


def _one_line(text: str) -> str:
    return cleanup.clean_line(display_text(text)).replace("\u00a0", " ")


def _text(text: str) -> str:
    """Escape a text for a paragraph, so that Markdown and HTML interpret nothing in it."""
    line = _one_line(text)
    # One replacement per character, because most texts have few of them; first the backslash, which escapes the
    # others, and the ampersand, which depends on what follows.
    if "\\" in line:
        line = line.replace("\\", "\\\\")
    if "&" in line:
        line = _REFERENCE.sub(r"\\&", line)
    for character, escaped in _ACTIVE.items():
        if character in line:
            line = line.replace(character, escaped)
    for character, escaped in _ACTIVE_IN_PAIRS.items():
        if character in line:
            line = line.replace(character * 2, escaped)
    return escape_block_start(line)


def escape_block_start(escaped: str) -> str:
    """Escape the character of a line that would start a list."""
    opening = _BLOCK_START.match(escaped)
    return escaped if opening is None else f"{opening[0][:-1]}\\{escaped[opening.end() - 1 :]}"


def _code(text: str) -> str:
    """A code span, with more backticks than any run in it."""
    line = cleanup.clean_line(text)
    longest = max(map(len, _BACKTICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{edge}{line}{edge}{fence}"


def _link(link: str) -> str:
    """An autolink; any other scheme than http(s) is printed as text."""
    return f"<{_address(link)}>" if _ADDRESS.match(link) else _code(link)


def _address(link: str) -> str:
    return _NOT_IN_AN_ADDRESS.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), cleanup.clean_line(link)
    )


def _note(note: str) -> str:
    """The note, made unable to end its section: markers are escaped, fences and comments are closed."""
    if not note.strip():
        return ""
    text = _MARKER.sub(r"<\\!--", cleanup.clean_lines(note).strip("\n"))
    fence = ""
    for row in text.split("\n"):
        found = _FENCE.match(row)
        if found is None:
            continue
        if not fence and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
        elif fence and found[1].startswith(fence) and not found[2].strip():
            fence = ""
    if fence:
        return f"{text}\n{fence}"
    return f"{text} -->" if text.rfind("<!--") > text.rfind("-->") else text
