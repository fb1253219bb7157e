"""Texts made to break out of their field, one table per attack (OWASP ASVS 1.2.10, CWE-1236, CWE-79)."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from bibtexparser.entrypoint import parse_string as parse_strictly
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from tests.export.readers import unescape_formula
from tui.export.csv_table import escape_formula
from tui.export.markdown import _note
from tui.latex.display_text import display_text
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate
from tui.text import cleanup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Export = Callable[[str, Sequence[Entry]], str]

FORMULAS = [
    f"{before}{sign}{rest}"
    for before in (
        "",
        " ",
        "  ",
        "\u00a0",
        '"',
        "'",
        " '",
        "“",
        "\ufeff",
        "\u200b",
        "\t",
        "\r",
        "\n",
        "\x00",
        "\x00 ",
    )
    for sign in ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    for rest in ("1+1", 'HYPERLINK("http://evil","x")')
] + ["\tx", "\rx", "\nx", " \tx", "=cmd|' /C calc'!A0", "@SUM(1)", "-2+3+cmd|' /C calc'!A0"]
HARMLESS = ["", "text", "a=b", "3.5-4.3x", "'quoted'", "it's", "“x” = y", "#1", "(-1)", "1-2", "é"]

TEX = [
    *(
        "}",
        "{",
        '"',
        "@",
        "%",
        "#",
        "\\",
        "$",
        "&",
        "_",
        "^",
        "~",
        "\n",
        "}{",
        "}}}",
        "{{{",
        "\\}",
        "\\{",
        "\\\\",
        "$}$",
    ),
    *(
        "X}}\n@article{evil,",
        "x\n@article{evil, title={y}}\n",
        "\n@comment(x",
        '", evil = "',
        "}, evil = {x",
        "a,b=c",
    ),
    *(
        "\\input{/etc/passwd}",
        "\\include{x}",
        "\\write18{id}",
        "\\immediate\\write18{id}",
        "\\catcode`\\@=0",
        "\\def\\a{}",
    ),
    *(
        "$\\input{x}$",
        "\\(\\input{x}\\)",
        "$\\write18{x}$",
        "\\csname input\\endcsname",
        "^^5cinput{x}",
        "\\openout1=x",
    ),
    *(
        "\\end{document}",
        "\\emph{",
        "\\emph}",
        "\\'",
        '\\"{',
        "\\bibitem{x}",
        "\\par}",
        "\x00\x1b]0;x\x07",
        "\ud800",
        "\u202e",
    ),
]
FORBIDDEN = re.compile(r"\\(?:input|include|write|immediate|catcode|def|csname|openout|end|bibitem)")
FIELDS = {
    *(
        "title",
        "author",
        "year",
        "month",
        "eprint",
        "archivePrefix",
        "eprinttype",
        "primaryClass",
        "doi",
        "url",
        "keywords",
    ),
    *("abstract", "annote", "key"),
}

MARKUP = [
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!-- x",
        "]]>",
        "<?php",
        "&lt;b&gt;",
        "<javascript:x>",
    ),
    *(
        "[x](javascript:alert(1))",
        "](javascript:alert(1))",
        "![x](http://evil)",
        "[[wiki]]",
        "[x]: javascript:y",
        "[^1]",
    ),
    *(
        "`code`",
        "``x``",
        "*a* **b**",
        "_a_ __b__",
        "~~a~~",
        "==a==",
        "%%a%%",
        "$x$",
        "^x^",
        "# x",
        "## x",
        "#tag",
        "{#id}",
    ),
    *(
        "| a | b |\n|---|---|",
        "- x",
        "+ x",
        "1. x",
        "x. y",
        "(iv) y",
        "MIX. y",
        "1) x",
        "> x",
        "---",
        "===",
        "```\nx",
        ":::",
        ": x",
        "    x",
        "@key",
    ),
    *("\\", "\\*a*", "a  \nb", "x\n\n<!-- paper 00 -->\n\ny", "## x\n\n<!-- paper 00 -->\n", "<!-- note -->"),
]


def _entry(text: str, note: str = "") -> Entry:
    paper = Paper(
        *("aa00000000", text, (text, f"Ann {text}")),
        affiliation=text,
        date=PartialDate(2020, 1),
        category=text,
        links=(f"https://x.y/{text}",),
        abstract=text,
        eprint=text,
        doi=text,
    )
    return Entry(paper, Mark(note=note, tags=("tag",)))


NEIGHBOUR = Entry(Paper("bb00000000", title="Next"), Mark(note="its note"))


@pytest.mark.parametrize("payload", FORMULAS)
def test_no_cell_is_a_formula(payload: str, export: Export) -> None:
    rows = list(csv.reader(io.StringIO(export("csv", [_entry(payload, payload), NEIGHBOUR]), newline="")))
    assert len(rows) == 3
    assert all(len(row) == len(rows[0]) for row in rows)
    for cell in (cell for row in rows for cell in row):
        bare = cell.lstrip(" \u00a0\"'“\ufeff\u200b")
        assert cell.startswith("'") or not bare.startswith(tuple("=+-@＝＋－＠\t\r\n"))


@pytest.mark.parametrize("payload", [payload for payload in FORMULAS if "\x00" not in payload])
def test_the_apostrophe_is_removed_on_reading(payload: str) -> None:
    assert escape_formula(payload) == f"'{payload}"
    assert unescape_formula(escape_formula(payload)) == payload
    assert unescape_formula(escape_formula(f"'{payload}")) == f"'{payload}"


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_cells_are_unchanged(text: str) -> None:
    assert escape_formula(text) == unescape_formula(text) == text


@pytest.mark.parametrize("payload", TEX)
def test_tex_stays_in_its_field(payload: str, export: Export) -> None:
    text = export("bibtex", [_entry(payload, payload), NEIGHBOUR])
    strict = parse_strictly(text)
    assert not strict.failed_blocks
    assert not strict.comments
    assert [found.entry_type for found in strict.entries] == ["misc", "misc"]
    assert strict.entries[1].key == "next"
    assert {field.key for found in strict.entries for field in found.fields} <= FIELDS
    people = next(iter(parse_string(text, "bibtex").entries.values())).persons["author"]
    assert len(people) == len([name for name in (payload, "Ann") if cleanup.clean_line(name)])
    assert not FORBIDDEN.search(text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)


def _active(markdown: str) -> list[str]:
    """What CommonMark or an extension would act on: signs without a backslash before them."""
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "x", markdown)
    return re.findall(
        r"[`*_\[\]<>#|~$^@{}\\]|==|%%|&#?\w+;|^(?:[-+]|(?:\d+|[a-z]|[ivx]+)[.)])\s|^(?:---|:)", bare, re.MULTILINE
    )


@pytest.mark.parametrize("payload", MARKUP)
def test_markup_in_a_paper_is_text(payload: str, export: Export) -> None:
    text = export("markdown", [_entry(payload), NEIGHBOUR])
    sections = re.findall(r"^## (.*)\n\n<!-- paper (\w+) -->\n\n((?:.|\n)*?)(?=^## |\Z)", text, re.MULTILINE)
    assert [section[1] for section in sections] == ["aa00000000", "bb00000000"]
    title, _, body = sections[0]
    rows = [
        row
        for row in body.split("\n")
        if not re.match(r"<https://[^\s<>]*>  ?$|<https://[^\s<>]*>$|Tags: `tag`$", row)
    ]
    rows = [re.sub(r" · `[\w]+`$", "", row) for row in rows]
    assert _active(title) == []
    assert _active("\n".join(rows)) == []


@pytest.mark.parametrize("payload", MARKUP)
def test_commonmark_shows_the_text_and_nothing_else(payload: str, export: Export) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = reader.parse(export("markdown", [_entry(payload), NEIGHBOUR]))
    kinds = {token.type for token in tokens}
    assert kinds <= {"heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "html_block"}
    assert [token.content.strip() for token in tokens if token.type == "html_block"] == [
        "<!-- paper aa00000000 -->",
        "<!-- paper bb00000000 -->",
        "<!-- note -->",
    ]
    title = tokens[1].children or []
    assert {token.type for token in title} <= {"text", "text_special"}
    assert "".join(token.content for token in title) == cleanup.clean_line(display_text(payload))
    inline = {child.type for token in tokens for child in token.children or []}
    assert inline <= {"text", "text_special", "code_inline", "link_open", "link_close", "hardbreak", "softbreak"}


class _Tags(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, "")] + [(tag, name) for name, _ in attrs]

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))


@pytest.mark.parametrize("payload", [*MARKUP, "' onclick='x", '" onclick="x', "</article>", "</style><script>"])
def test_a_browser_sees_text(payload: str, export: Export) -> None:
    text = export("html", [_entry(payload, payload), NEIGHBOUR])
    reader = _Tags()
    reader.feed(text[text.index("<body>") :])
    reader.close()
    plain = {("article", "id"), ("p", "class"), ("div", "class"), ("a", "href"), ("a", "rel")}
    assert set(reader.found) <= plain | {(tag, "") for tag in ("body", "article", "h2", "p", "a", "code", "div")}
    assert reader.found.count(("article", "")) == 2
    assert "default-src 'none'" in text
    assert "<script" not in text


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " javascript:x"])
def test_a_browser_follows_web_addresses_only(link: str, export: Export) -> None:
    text = export("html", [Entry(Paper("aa00000000", title="x", links=(link, "https://x.y/'\"<>")), Mark())])
    assert re.findall('href="([^"]*)"', text) == ["https://x.y/&#x27;&quot;&lt;&gt;"]


RIS = [
    "\nER  - \n",
    "\r\nTY  - JOUR\r\n",
    "x\nER  - \n\nTY  - BOOK\nTI  - evil",
    "\u2028AU  - Evil",
    "ER  - ",
    "\x85TY  - X",
]


@pytest.mark.parametrize("payload", RIS)
def test_an_ris_value_is_on_one_line(payload: str, export: Export) -> None:
    text = export("ris", [_entry(payload, payload), NEIGHBOUR])
    assert len(re.findall(r"^TY  - ", text, re.MULTILINE)) == 2
    assert len(re.findall(r"^ER  - ", text, re.MULTILINE)) == 2
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", row) for row in text.splitlines() if row)
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd", "vbscript:x"]
)
def test_only_web_addresses_can_be_followed(link: str, export: Export) -> None:
    entry = Entry(Paper("aa00000000", title="x", links=(link,)), Mark())
    assert f"`{link}`" in export("markdown", [entry])
    assert f"<{link}" not in export("markdown", [entry])


@pytest.mark.parametrize(
    "note", ["```\nopen", "~~~~\nopen", "<!-- open", "## x\n\n<!-- paper bb00000000 -->\n", "# own *Markdown*"]
)
def test_a_note_is_kept_but_ends_with_its_paper(note: str, export: Export) -> None:
    text = export("markdown", [_entry("x", note), NEIGHBOUR])
    assert note.partition("\n")[0] in text
    markers = re.findall(r"^<!-- paper (\w+) -->$", text, re.MULTILINE)
    assert markers == ["aa00000000", "bb00000000"]
    before = text[: text.index("## Next")]
    assert len(re.findall(r"^(?:```|~~~~)", before, re.MULTILINE)) % 2 == 0
    assert before.count("<!--") == before.count("-->") - before.count("\\!--")


@pytest.mark.parametrize(
    ("note", "closing"),
    [
        ("```\nx", "\n```"),
        ("```\nx\n```", ""),
        ("```\nx\n`````", ""),
        ("````\nx\n```", "\n````"),
        ("~~~ py\nx\n```", "\n~~~"),
        ("```\nx\n``` y", "\n```"),
        ("``` a`b\nx", ""),
        ("```\nx\n```\n~~~\ny", "\n~~~"),
        ("a <!-- b --> <!-- c", " -->"),
    ],
)
def test_a_fence_of_a_note_ends_where_markdown_ends_it(note: str, closing: str) -> None:
    assert _note(note) == note + closing
    tokens = MarkdownIt().parse(f"{_note(note)}\n\n# behind")
    assert tokens[-3].type == "heading_open"
