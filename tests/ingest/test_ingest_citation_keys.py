"""Citation keys are exported unchanged if BibTeX allows them, and changes are reported."""

from __future__ import annotations

import pytest

from tests.export.readers import differences
from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.ingest.corrections import CuratedCorrections
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source
from tui.model.entry import Entry


def imported(text: str) -> tuple[dict[str, str], list[str]]:
    """Title to exported key, and the diagnostics of the import."""
    found = ingest([decode_source("x.bib", text.encode())], corrections=CuratedCorrections(), at="now")
    marks = dict(found.marks)
    entries = [Entry(paper, marks[paper.id]) for paper in found.papers]
    keys = citation_keys(entries)
    return {entry.paper.title or "": keys[entry.id] for entry in entries}, [
        fault.reason for fault in found.diagnostics
    ]


@pytest.mark.parametrize(
    "key",
    ["1977A&AS...29..101K", "O'Neil:2003", "x;y9", "w(a)3", "m|n", "t@u", "r[1]", "why?", "DBLP:journals/tq/Ab-1", "s+t*u!", "Ñu2001"],
)  # fmt: skip
def test_a_key_is_exported_unchanged(key: str) -> None:
    text = f"@book{{{key}, title = {{Weirs and mills}}}}"
    keys, problems = imported(text)
    assert (keys, problems) == ({"Weirs and mills": key}, [])
    found = ingest([decode_source("x.bib", text.encode())], corrections=CuratedCorrections(), at="now")
    (paper,) = found.papers
    entry = Entry(paper, dict(found.marks)[paper.id])
    for name in ("bibtex", "biblatex"):
        written = "".join(FORMATS[name].write([entry], {paper.id: key}))
        assert differences(FORMATS[name], written, [entry], {paper.id: key}) == []
        assert imported(written) == (keys, [])


@pytest.mark.parametrize(
    ("key", "written"), [("a~b", "ab"), ("10%tax", "10tax"), (r"x\y", "xy"), ("no#1", "no1"), ("a)b", "ab"), ("two words", "twowords")]
)  # fmt: skip
def test_a_key_that_has_to_change_is_reported(key: str, written: str) -> None:
    keys, problems = imported(f"@book{{{key}, title = {{Weirs and mills}}}}")
    assert keys == {"Weirs and mills": written}
    assert [f"'{key}'" in reason and f"'{written}'" in reason for reason in problems] == [True]


def test_keys_that_become_equal_stay_distinct() -> None:
    keys, _ = imported("@book{a~b, title = {Weirs of old}}\n@book{ab, title = {Dams and locks}}")
    assert len({key.casefold() for key in keys.values()}) == 2
