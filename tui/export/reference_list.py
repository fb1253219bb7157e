"""Reference lists in any CSL style: one line per paper, as plain text, Markdown or HTML.

The lines are in the order of the style: as given, or sorted by author. All text is escaped after the style has been
applied, so that no paper and no style can add markup.
"""

from __future__ import annotations

import html
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.export import csl_json, format_limitations
from tui.export.csl_json import ET_AL
from tui.export.markdown import escape_block_start
from tui.export.style_files import require_processor, style_source
from tui.latex.display_text import display_text
from tui.text.cleanup import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.export.citation_processor import Style
    from tui.model.entry import Entry

LIMITATIONS = (format_limitations.UNTITLED, format_limitations.NO_YEAR)
KINDS = ("text", "markdown", "html")

_NOT_CITED = ("id", "citation-key", "abstract", "note", "keyword")
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~$^@]|&(?=#?\w+;)")
_LINK = re.compile(r"https?://[^\s<>\"\ue000-\ue00f]+", re.IGNORECASE)
_AFTER_LINK = ".,;:”’"


def writer(kind: str, style: str) -> Callable[[Sequence[Entry], Mapping[str, str]], Iterator[str]]:
    """The ``write`` function of one kind of list (``text``, ``markdown``, ``html``) in one style."""
    return partial(_write, kind, style)


def _write(kind: str, style: str, entries: Sequence[Entry], keys: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001, one signature
    """Write the list.

    Raises:
        UsageError: the citation processor is not installed, or cannot use the style.
        BadInputError: the file of the style cannot be read.
    """
    between = "\n" if kind == "markdown" else ""  # an empty line, or Markdown would join the lines
    for number, line in enumerate(_lines(style, entries)):
        yield f"{between if number else ''}{_markup(kind, line)}\n"


def _lines(style: str, entries: Sequence[Entry]) -> Iterator[str]:
    require_processor()
    return _loaded(style).references(_item(entry) for entry in entries)


def _loaded(style: str) -> Style:
    from tui.export.citation_processor import Style  # noqa: PLC0415 - an optional package

    return Style(style_source(style), style)


def _item(entry: Entry) -> dict[str, Any]:
    """The item of a paper, with the LaTeX in its texts as readable text."""
    paper = entry.paper
    item = {**csl_json.csl_item(entry, None), "title": paper.display_title}
    item = {name: _readable(value) for name, value in item.items() if name not in _NOT_CITED}
    if paper.authors:
        others = [{"literal": "others"}] if paper.authors_truncated else []
        item["author"] = [*filter(None, map(_person, paper.authors)), *others]
    for variable, people in (("editor", paper.publication.editors), ("translator", paper.publication.translators)):
        if people:
            item[variable] = [{"literal": "others"} if name == ET_AL else _person(name) for name in people]
    if number := item.pop("article-number", ""):
        item.setdefault("page", number)
    if paper.publication.type not in (None, "article"):  # styles would cite the archive in place of the journal
        item = {name: value for name, value in item.items() if name not in ("archive", "archive_location")}
    return item


def _readable(value: object) -> object:
    return clean_line(display_text(value)) if isinstance(value, str) else value


def _person(printed: str) -> dict[str, str]:
    """A name; one in a script without capitals is printed unchanged in every style."""
    name = clean_line(display_text(printed))
    return {"literal": name} if name.upper() == name.lower() != "" else csl_json.person(name)


def _markup(kind: str, line: str) -> str:
    """A line with ``Markup`` characters as text, Markdown or HTML."""
    treat, link, marks = _MARKUP[kind]
    parts: list[str] = []
    at = 0
    for found in _LINK.finditer(line):
        address = found[0].rstrip(_AFTER_LINK)
        parts += [treat(line[at : found.start()]), link(address)]
        at = found.start() + len(address)
    text = "".join([*parts, treat(line[at:])]).translate(marks)
    if kind == "markdown":
        return escape_block_start(text)
    return f"<p>{text}</p>" if kind == "html" else text


def _markdown(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", text)


def _marks(less_than: str, *pairs: str) -> dict[int, str]:
    """The texts of the ``Markup`` characters, in their order."""
    return {0xE000 + number: text for number, text in enumerate((less_than, *pairs))}


_MARKUP: Mapping[str, tuple[Callable[[str], str], Callable[[str], str], dict[int, str]]] = {
    "text": (str, str, _marks("<", *[""] * 8)),
    "markdown": (_markdown, "<{}>".format, _marks("\\<", "*", "*", "**", "**", "^", "^", "~", "~")),
    "html": (
        html.escape,
        lambda address: f'<a href="{html.escape(address)}">{html.escape(address)}</a>',
        _marks("&lt;", "<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<sub>", "</sub>"),
    ),
}
