"""The table of fields is the only place that a new field needs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tui.query.fields import BY_NAME, FieldKind, FieldSpec

if TYPE_CHECKING:
    from tests.query.conftest import Shelf
    from tui.model.entry import Entry

TODAY = date(2026, 11, 20)


def _links(entry: Entry) -> tuple[str, ...]:
    return entry.paper.links


@pytest.fixture
def link_field(monkeypatch: pytest.MonkeyPatch) -> FieldSpec:
    """A text field whose text is in no section of the search text."""
    spec = FieldSpec("link", FieldKind.TEXT, "part of a link", "link:arxiv", _links)
    monkeypatch.setitem(BY_NAME, "link", spec)
    return spec


@pytest.mark.usefixtures("link_field")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("link:EXAMPLE.org", ["bb03"]),
        ("link:exam*", ["bb03"]),
        ("link:xample*", []),
        ('link:="https://example.org/b"', ["bb03"]),
        ("link:=example", []),
        (r"link:/org\/b$/", ["bb03"]),
        ("link:example,arxiv diffusion", ["bb03"]),
        ("diffusion -link:example", ["bb05"]),
        ("link:zzz", []),
    ],
)
def test_a_text_field_without_a_section_is_searched(shelf: Shelf, query: str, found: list[str]) -> None:
    assert shelf.find(query) == found
    assert shelf.search.prebuild(60_000)
    assert shelf.find(query) == found


@pytest.mark.usefixtures("link_field")
def test_a_query_on_a_text_field_without_a_section_can_be_typed_and_explained(shelf: Shelf) -> None:
    for end in range(len("link:"), len("link:example") + 1):
        result, _ = shelf.search.find_partial("link:example"[:end], today=TODAY)
        assert result is None or result.ids == ("bb03",)
    assert shelf.search.find("link:example", today=TODAY).terms == ("example",)
    assert shelf.search.find("link:example nerf", today=TODAY).explanation.whole == (
        "nerf leaves no papers (1 without it); each term alone: link:example 1, nerf 2"
    )


def test_a_text_field_on_marks_alone_reads_no_paper(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = FieldSpec("memo", FieldKind.TEXT, "a note", "memo:x", lambda entry: (entry.mark.note,), mark_only=True)
    monkeypatch.setitem(BY_NAME, "memo", spec)
    assert shelf.find("memo:bohr") == ["aa02"]
    assert shelf.read == []
