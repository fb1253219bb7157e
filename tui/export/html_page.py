"""HTML: one self-contained page for reading and printing, without scripts or external resources.

All values are escaped, only http(s) URLs become links, and a content security policy forbids the rest.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
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

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
article { margin-bottom: 2.5rem; break-inside: avoid-page; }
h2 { font-size: 1.2rem; line-height: 1.3; margin-bottom: .3rem; }
p { margin: .3rem 0; }
.note { white-space: pre-wrap; border-left: .2rem solid; padding-left: .8rem; }
"""
_HEADER = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{
    base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<title>Reading list</title>
<style>{_STYLE}</style>
</head>
<body>
"""
_FOOTER = "</body>\n</html>\n"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the page, one article per entry."""
    yield _HEADER
    for entry in entries:
        rows = "\n".join(_rows(entry, keys.get(entry.id)))
        yield f'<article id="{_text(entry.id)}">\n{rows}\n</article>\n'
    yield _FOOTER


def _rows(entry: Entry, key: str | None) -> Iterator[str]:
    paper, mark = entry.paper, entry.mark
    yield f"<h2>{escape(_one_line(paper.display_title))}</h2>"
    if authors := _authors(paper):
        yield f'<p class="authors">{escape(authors)}</p>'
    if facts := _details(paper, key):
        yield f'<p class="facts">{escape(facts)}</p>'
    yield from map(_link, paper.links)
    if mark.tags:
        yield f'<p class="tags">{" ".join(f"<code>{_text(tag)}</code>" for tag in mark.tags)}</p>'
    if abstract := _one_line(paper.abstract or ""):
        yield f'<p class="abstract">{escape(abstract)}</p>'
    if note := _note(mark.note):
        yield f'<div class="note">{escape(note)}</div>'


def _authors(paper: Paper) -> str:
    names = author_line(paper.authors, truncated=paper.authors_truncated)
    return _one_line(" · ".join(part for part in (names, paper.affiliation) if part))


def _details(paper: Paper, key: str | None) -> str:
    parts = (
        str(paper.date or ""),
        venue_text(paper.publication),
        paper.category or "",
        "code" if paper.has_code else "",
        key or "",
    )
    return " · ".join(filter(None, map(cleanup.clean_line, parts)))


def _link(link: str) -> str:
    """A link; any other scheme than http(s) is printed as text."""
    address = _text(link)
    link_or_text = (
        f'<a href="{address}" rel="noreferrer">{address}</a>' if _ADDRESS.match(cleanup.clean_line(link)) else address
    )
    return f"<p>{link_or_text}</p>"


def _note(note: str) -> str:
    return cleanup.clean_lines(note).strip("\n")


def _one_line(text: str) -> str:
    return cleanup.clean_line(display_text(text))


def _text(text: str) -> str:
    return escape(cleanup.clean_line(text))
