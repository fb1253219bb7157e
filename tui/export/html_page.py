"""HTML: one self-contained page for reading and printing, without scripts or external resources.

All values are escaped, only http(s) URLs become links, and a content security policy forbids the rest.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape, unescape
from typing import TYPE_CHECKING

from tui.export import format_limitations, text_cleanup
from tui.model.display_names import shown_names
from tui.model.venue_text import venue_text
from tui.text.display_text import display_text

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
# A start or end tag, and the text after it. Our output has no other angle brackets; that is checked afterwards,
# because excluding one character is much faster than excluding two.
_PIECE = re.compile(r"<([^>]*+)>([^<]*+)")
_OPENING = re.compile(r'article id="(?P<id>[^"]*)"|a href="(?P<href>[^"]*)" rel="noreferrer"')
# Tags without a variable part, and the part of an article that each begins.
_PARTS = dict.fromkeys(("p", "/p", "/h2", "/a", "/code", "/div", "/article"), "") | {
    "h2": "title", "p class=\"authors\"": "authors", "p class=\"facts\"": "facts", "p class=\"tags\"": "tags",
    "code": "tags", "p class=\"abstract\"": "abstract", "div class=\"note\"": "note",
}  # fmt: skip
_NO_ARTICLE = "it does not begin with an article"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the page, one article per entry."""
    yield _HEADER
    for entry in entries:
        rows = "\n".join(_rows(entry, keys.get(entry.id)))
        yield f'<article id="{_text(entry.id)}">\n{rows}\n</article>\n'
    yield _FOOTER


def read(text: str) -> list[dict[str, object]]:
    """Read the articles back, as ``expected`` returns them.

    Raises:
        ValueError: the page is truncated, or has an element that is never written.
    """
    if not (text.startswith(_HEADER) and text.endswith(_FOOTER)):
        raise ValueError("the page is incomplete")
    articles: list[dict[str, object]] = []
    at, end = len(_HEADER), len(text) - len(_FOOTER)
    for found in _PIECE.finditer(text, at, end):
        tag, words = found.groups()
        if found.start() != at or "<" in tag:
            break
        part = _PARTS.get(tag)
        if part is None:
            _open(tag, articles)
        elif not articles:
            raise ValueError(_NO_ARTICLE)
        elif part == "tags" and (tagged := unescape(words)).strip():
            _add(articles, part, tagged)
        elif part and part != "tags":
            articles[-1][part] = unescape(words)
        if ">" in words:
            break
        at = found.end()
    if at < end:
        raise ValueError("it has text outside any element")
    return articles


def expected(entry: Entry, key: str | None) -> dict[str, object]:
    """The values of an entry that ``read`` returns for it."""
    paper, mark = entry.paper, entry.mark
    links = [text_cleanup.clean_line(link) for link in paper.links]
    return {
        "id": text_cleanup.clean_line(entry.id),
        "title": _one_line(paper.display_title),
        "authors": _authors(paper),
        "facts": _details(paper, key),
        "links": tuple(link for link in links if _ADDRESS.match(link)),
        "tags": tuple(map(text_cleanup.clean_line, mark.tags)),
        "abstract": _one_line(paper.abstract or ""),
        "note": _note(mark.note),
    }


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
    names = ", ".join(shown_names(paper.authors)) + (" et al." if paper.authors and paper.authors_truncated else "")
    return _one_line(" · ".join(part for part in (names, paper.affiliation) if part))


def _details(paper: Paper, key: str | None) -> str:
    parts = (
        str(paper.date or ""),
        venue_text(paper.publication),
        paper.category or "",
        "code" if paper.has_code else "",
        key or "",
    )
    return " · ".join(filter(None, map(text_cleanup.clean_line, parts)))


def _link(link: str) -> str:
    """A link; any other scheme than http(s) is printed as text."""
    address = _text(link)
    link_or_text = (
        f'<a href="{address}" rel="noreferrer">{address}</a>'
        if _ADDRESS.match(text_cleanup.clean_line(link))
        else address
    )
    return f"<p>{link_or_text}</p>"


def _note(note: str) -> str:
    return text_cleanup.clean_lines(note).strip("\n")


def _one_line(text: str) -> str:
    return text_cleanup.clean_line(display_text(text))


def _text(text: str) -> str:
    return escape(text_cleanup.clean_line(text))


def _open(tag: str, articles: list[dict[str, object]]) -> None:
    """Process the start tag of an article or a link.

    Raises:
        ValueError: such an element is never written.
    """
    opening = _OPENING.fullmatch(tag)
    if opening is None:
        raise ValueError(f"it has an unexpected element {tag.partition(' ')[0]}")
    if opening["id"] is not None:
        empty = dict.fromkeys(("title", "authors", "facts", "abstract", "note"), "")
        articles.append({"id": unescape(opening["id"]), **empty, "links": (), "tags": ()})
    else:
        _add(articles, "links", unescape(opening["href"]))


def _add(articles: Sequence[dict[str, object]], name: str, value: str) -> None:
    if not articles:
        raise ValueError(_NO_ARTICLE)
    found = articles[-1][name]
    articles[-1][name] = (*found, value) if isinstance(found, tuple) else (value,)
