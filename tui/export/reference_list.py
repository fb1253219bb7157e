"""Reference lists: one line per paper, as plain text, Markdown or HTML, in one of three styles."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tui.export import format_limitations
from tui.export.citation_styles import ITALIC_TITLES, STYLES
from tui.export.markdown import escape_block_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.model.entry import Entry

LIMITATIONS = (format_limitations.UNTITLED, format_limitations.NO_YEAR)
KINDS = ("text", "markdown", "html")

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~$^@]|&(?=#?\w+;)")
_LINK = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_NUMBER = re.compile(r"^(<p>)?\\?\[\d+\\?\] ")


def writer(kind: str, style: str) -> Callable[[Sequence[Entry], Mapping[str, str]], Iterator[str]]:
    """The ``write`` function of one kind of list (``text``, ``markdown``, ``html``) in one style."""

    def write(entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001, one signature
        for number, entry in enumerate(entries, 1):
            if kind == "markdown" and number > 1:
                yield "\n"  # an empty line, or Markdown would join the lines
            yield f"{_row(kind, style, *STYLES[style](entry.paper, number))}\n"

    return write


def read(text: str) -> list[dict[str, object]]:
    """Read the lines back without their numbers, which depend on the list and not on the paper.

    Raises:
        ValueError: the text is truncated.
    """
    if text and not text.endswith("\n"):
        raise ValueError("the last line is incomplete")
    return [{"line": _without_number(line)} for line in text.split("\n") if line]


def expected_for(kind: str, style: str) -> Callable[[Entry, str | None], dict[str, object]]:
    """The ``expected`` function of one kind of list in one style."""

    def expected(entry: Entry, key: str | None) -> dict[str, object]:  # noqa: ARG001, one signature
        return {"line": _without_number(_row(kind, style, *STYLES[style](entry.paper, 0)))}

    return expected


def _without_number(line: str) -> str:
    return _NUMBER.sub(r"\1", line)


def _row(kind: str, style: str, before: str, title: str, after: str) -> str:
    italic = style in ITALIC_TITLES
    if kind == "text":
        return f"{before}{title}{after}"
    if kind == "markdown":
        named = f"*{_markdown(title)}*" if italic else _markdown(title)
        return escape_block_start(f"{_markdown(before)}{named}{_linked(after, _markdown, '<{}>')}")
    named = f"<i>{html.escape(title)}</i>" if italic else html.escape(title)
    rest = _linked(after, html.escape, '<a href="{0}">{0}</a>')
    return f"<p>{html.escape(before)}{named}{rest}</p>"


def _markdown(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", text)


def _linked(text: str, treat: Callable[[str], str], link: str) -> str:
    """The text with the URL at its end as a link."""
    found = _LINK.search(text)
    if found is None:
        return treat(text)
    return treat(text[: found.start()]) + link.format(treat(found[0]) if "href" in link else found[0])
