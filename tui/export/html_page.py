"""HTML: one page that stands alone, for reading and printing; no script, nothing loaded from anywhere.

Everything is text to the browser: escaped, addresses only with http(s), and a policy that forbids the rest.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from tui.export import clean, loss
from tui.text.readable import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.paper.entry import Entry
    from tui.paper.paper import Paper

LOSSES = (loss.UNTITLED, loss.EARLIER_ABSTRACTS, loss.TRIAGE, loss.UNREADABLE_SIGNS)

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
article { margin-bottom: 2.5rem; break-inside: avoid-page; }
h2 { font-size: 1.2rem; line-height: 1.3; margin-bottom: .3rem; }
p { margin: .3rem 0; }
.note { white-space: pre-wrap; border-left: .2rem solid; padding-left: .8rem; }
"""
_HEAD = f"""<!doctype html>
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
_FOOT = "</body>\n</html>\n"
_ARTICLE_END = "</article>\n"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Write the page, an article for every entry."""
    yield _HEAD
    for entry in entries:
        rows = "\n".join(_rows(entry, keys.get(entry.id)))
        yield f'<article id="{_text(entry.id)}">\n{rows}\n</article>\n'
    yield _FOOT


def read(text: str) -> list[dict[str, object]]:
    """Read the articles back, as ``carried`` gives them.

    Raises:
        ValueError: the page is cut, or an element stands in it that we never write.
    """
    if not (text.startswith(_HEAD) and text.endswith(_FOOT)):
        raise ValueError("the page is not whole")
    reader = _Reader()
    at, end = len(_HEAD), len(text) - len(_FOOT)
    while at < end:  # an article at a time, for the reader copies all that it was not through with
        behind = text.find(_ARTICLE_END, at, end)
        behind = end if behind < 0 else behind + len(_ARTICLE_END)
        reader.feed(text[at:behind])
        at = behind
    reader.close()
    return reader.articles


def carried(entry: Entry, key: str | None) -> dict[str, object]:
    """Return what an article's reader finds again of an entry."""
    paper, mark = entry.paper, entry.mark
    links = [clean.one_line(link) for link in paper.links]
    return {
        "id": clean.one_line(entry.id),
        "title": _one_line(paper.heading),
        "authors": _authors(paper),
        "facts": _facts(paper, key),
        "links": tuple(link for link in links if _ADDRESS.match(link)),
        "tags": tuple(map(clean.one_line, mark.tags)),
        "abstract": _one_line(paper.abstract or ""),
        "note": _note(mark.note),
    }


def _rows(entry: Entry, key: str | None) -> Iterator[str]:
    paper, mark = entry.paper, entry.mark
    yield f"<h2>{escape(_one_line(paper.heading))}</h2>"
    if authors := _authors(paper):
        yield f'<p class="authors">{escape(authors)}</p>'
    if facts := _facts(paper, key):
        yield f'<p class="facts">{escape(facts)}</p>'
    yield from map(_link, paper.links)
    if mark.tags:
        yield f'<p class="tags">{" ".join(f"<code>{_text(tag)}</code>" for tag in mark.tags)}</p>'
    if abstract := _one_line(paper.abstract or ""):
        yield f'<p class="abstract">{escape(abstract)}</p>'
    if note := _note(mark.note):
        yield f'<div class="note">{escape(note)}</div>'


def _authors(paper: Paper) -> str:
    names = ", ".join(paper.authors) + (" et al." if paper.authors and paper.authors_truncated else "")
    return _one_line(" · ".join(part for part in (names, paper.affiliation) if part))


def _facts(paper: Paper, key: str | None) -> str:
    parts = (str(paper.date or ""), paper.category or "", "code" if paper.has_code else "", key or "")
    return " · ".join(filter(None, map(clean.one_line, parts)))


def _link(link: str) -> str:
    """A link that can be followed; anything but http(s) is printed as text."""
    address = _text(link)
    followed = (
        f'<a href="{address}" rel="noreferrer">{address}</a>' if _ADDRESS.match(clean.one_line(link)) else address
    )
    return f"<p>{followed}</p>"


def _note(note: str) -> str:
    return clean.lines(note).strip("\n")


def _one_line(text: str) -> str:
    return clean.one_line(readable(text))


def _text(text: str) -> str:
    return escape(clean.one_line(text))


class _Reader(HTMLParser):
    """Finds the parts of every article; refuses elements and attributes that we never write."""

    _KNOWN = frozenset(("article", "h2", "p", "a", "code", "div"))
    _ATTRIBUTES = frozenset(("id", "class", "href", "rel"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.articles: list[dict[str, object]] = []
        self._part = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in self._KNOWN or not given.keys() <= self._ATTRIBUTES:
            raise ValueError(f"an element {tag} stands in it")
        if tag == "article":
            empty = dict.fromkeys(("title", "authors", "facts", "abstract", "note"), "")
            self.articles.append({"id": given.get("id"), **empty, "links": (), "tags": ()})
        elif tag == "a":
            self._add("links", given.get("href") or "")
        self._part = {"h2": "title", "code": "tags"}.get(tag, given.get("class") or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the signature is the base class's
        self._part = ""

    def handle_data(self, data: str) -> None:
        if self._part == "tags" and data.strip():
            self._add("tags", data)
        elif self._part and self._part != "tags" and self.articles:
            self.articles[-1][self._part] = f"{self.articles[-1][self._part]}{data}"

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - see above
        raise ValueError("a comment stands in it")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002 - see above
        raise ValueError("a declaration stands in it")

    def _add(self, name: str, value: str) -> None:
        found = self.articles[-1][name]
        self.articles[-1][name] = (*found, value) if isinstance(found, tuple) else (value,)
