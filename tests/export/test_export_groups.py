"""Groups of authors that read like a person: braces in BibTeX only, and nowhere taken for a person."""

from __future__ import annotations

import json

import pytest

from tui.export.formats import FORMATS
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper

GROUPS = Paper("00000000aa", title="Sand", authors=("Bea Moor", "{Dune Watchers}", "{Northern Light}"))


def written(name: str) -> str:
    return "".join(FORMATS[name].write([Entry(GROUPS, Mark())], {GROUPS.id: "k"}))


@pytest.mark.parametrize("name", FORMATS)
def test_a_group_has_braces_in_bibtex_only(name: str) -> None:
    text = written(name)
    assert "Dune Watchers" in text
    assert ("{Dune" in text, r"\{" in text) == (name.startswith("bib"), False)


def test_a_group_is_never_written_as_a_person() -> None:
    assert json.loads(written("csl-json"))[0]["author"][1] == {"literal": "Dune Watchers"}
    assert "author = {Moor, Bea and {Dune Watchers} and {Northern Light}}" in " ".join(written("bibtex").split())
    assert "Moor, B., Dune Watchers, & Northern Light." in written("references")
    assert "AU  - Dune Watchers,\r\n" in written("ris")  # a comma says there that it is whole


@pytest.mark.parametrize("name", ["json", "jsonl", "bibtex", "biblatex", "ris", "csl-json"])
def test_a_group_is_imported_back_as_a_group(name: str) -> None:
    (draft,) = parse_source(decode_source(f"x{FORMATS[name].suffix}", written(name).encode())).records
    assert draft.authors == GROUPS.authors
    assert json.loads(written("json"))[0]["group_authors"] == ["Dune Watchers", "Northern Light"]
