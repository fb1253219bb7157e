"""A list of references to paste: one line a paper, as text, Markdown or HTML, in one of three styles."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tui.export import limitations
from tui.export.citation_styles import ITALIC_TITLES, STYLES
from tui.export.markdown import no_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.model.entry import Entry

LIMITATIONS = (limitations.UNTITLED, limitations.NO_YEAR, limitations.CITED_ONLY)
KINDS = ("text", "markdown", "html")

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~$^@]|&(?=#?\w+;)")
_LINK = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_NUMBER = re.compile(r"^(<p>)?\\?\[\d+\\?\] ")


def writer(kind: str, style: str) -> Callable[[Sequence[Entry], Mapping[str, str]], Iterator[str]]:
    """The writer of one kind of list (``text``, ``markdown``, ``html``) in one style."""

    def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001, one shape
        for number, entry in enumerate(entries, 1):
            if kind == "markdown" and number > 1:
                yield "\n"  # Markdown makes one paragraph of lines that follow each other
            yield f"{_row(kind, style, *STYLES[style](entry.paper, number))}\n"

    return write


def read(text: str) -> list[dict[str, object]]:
    """Read the lines back without their numbers, which depend on the list and not on the paper.

    Raises:
        ValueError: the text is cut.
    """
    if text and not text.endswith("\n"):
        raise ValueError("its last line does not end")
    return [{"line": _without_number(line)} for line in text.split("\n") if line]


def expected_for(kind: str, style: str) -> Callable[[Entry, str | None], dict[str, object]]:
    """What ``read`` finds of an entry."""

    def carried(entry: Entry, key: str | None) -> dict[str, object]:  # noqa: ARG001, formats have one shape
        return {"line": _without_number(_row(kind, style, *STYLES[style](entry.paper, 0)))}

    return carried


def _without_number(line: str) -> str:
    return _NUMBER.sub(r"\1", line)


def _row(kind: str, style: str, before: str, title: str, behind: str) -> str:
    italic = style in ITALIC_TITLES
    if kind == "text":
        return f"{before}{title}{behind}"
    if kind == "markdown":
        named = f"*{_markdown(title)}*" if italic else _markdown(title)
        return no_block(f"{_markdown(before)}{named}{_linked(behind, _markdown, '<{}>')}")
    named = f"<i>{html.escape(title)}</i>" if italic else html.escape(title)
    tail = _linked(behind, html.escape, '<a href="{0}">{0}</a>')
    return f"<p>{html.escape(before)}{named}{tail}</p>"


def _markdown(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", text)


def _linked(text: str, treat: Callable[[str], str], link: str) -> str:
    """The text with the address it ends in made a link."""
    found = _LINK.search(text)
    if found is None:
        return treat(text)
    return treat(text[: found.start()]) + link.format(treat(found[0]) if "href" in link else found[0])
