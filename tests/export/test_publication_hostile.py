"""Texts in the fields of a publication that would break a file, end an entry or run a command."""

from __future__ import annotations

import re

import pytest
import rispy
from pybtex.database import parse_string

from tests.export.readers import KEEPING, differences
from tests.export.test_export_tools import TITLES
from tui.export.export_options import ExportOptions
from tui.export.formats import FORMATS, resolve_format
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate
from tui.model.publication import PUBLICATION_FIELDS, Publication
from tui.model.publication_types import TYPES
from tui.model.value_kind import CONTRIBUTORS, EXTRAS, TYPE, Contributor, ExtraField

TEXTS = (
    *TITLES, "ER  - \nTY  - BOOK", "x},\n  evil = {y", "a\x1b[31m\x00b", "\u202ex", "\ud800", "</p><script>", "=1+1", " ", ",", "et al.",
    "%", "\\", "{", "}", "a and b", "others", "\\write18{x}", "^^5cinput",
)  # fmt: skip
SOURCES = ("bibtex", "ris", "csl")


def _entry(number: int, text: str, kind: str) -> Entry:
    values: dict[str, object] = {
        row.name: (text, f"{text} 2") if row.kind.is_list else text
        for row in PUBLICATION_FIELDS
        if row.kind not in (TYPE, CONTRIBUTORS, EXTRAS)
    }
    publication = Publication(**values)._replace(  # type: ignore[arg-type]
        type=kind,
        contributors=(Contributor("afterword", text), Contributor(text, "Ann Lee")),
        extra=tuple(
            ExtraField(source, name, text)
            for source in SOURCES
            for name in ("custom", "year", "C9", "entry type", text, "TY")
        ),
    )
    return Entry(
        Paper(f"{number:010x}", title="T", authors=("Ann Lee",), date=PartialDate(2020), publication=publication),
        Mark(),
    )


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    kinds = list(TYPES)
    return [_entry(number, text, kinds[number % len(kinds)]) for number, text in enumerate(TEXTS)]


@pytest.mark.parametrize("ascii_only", [False, True], ids=["", "ascii"])
@pytest.mark.parametrize("name", KEEPING)
def test_every_export_can_be_read_back(name: str, ascii_only: bool, entries: list[Entry]) -> None:
    if ascii_only and name not in ("bibtex", "biblatex", "ris"):
        pytest.skip("no option of this format")
    form = resolve_format(name, ExportOptions(ascii=ascii_only))
    keys = {entry.id: f"k{entry.id}" for entry in entries}
    text = "".join(form.write(entries, keys))
    assert differences(form, text, entries, keys) == []
    assert not re.search("[\x00\x1b]", text)


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_other_readers_find_every_entry_and_no_command(name: str, entries: list[Entry]) -> None:
    keys = {entry.id: f"k{entry.id}" for entry in entries}
    text = "".join(FORMATS[name].write(entries, keys)).encode("utf-8", "replace").decode()
    assert list(parse_string(text, "bibtex").entries) == list(keys.values())
    assert not re.search(r"\\(?:input|write|immediate|catcode|def|end)\b|\^\^", text)


def test_rispy_finds_every_record(entries: list[Entry]) -> None:
    text = "".join(FORMATS["ris"].write(entries, {entry.id: entry.id for entry in entries}))
    assert [record["id"] for record in rispy.loads(text)] == [entry.id for entry in entries]


@pytest.mark.parametrize("style", ["apa", "nature"])
def test_references_have_one_line_each(style: str, entries: list[Entry]) -> None:
    page = "".join(resolve_format("references-html", ExportOptions(style=style)).write(entries, {}))
    assert page.count("<p>") == len(entries) == len(page.splitlines())
    assert "<script" not in page
