from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.export.json_record import json_record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.model.entry import Entry

    Export = Callable[[str, Sequence[Entry]], str]

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", FORMATS)
def test_the_output_equals_the_golden_file(name: str, export: Export, short_list: tuple[Entry, ...]) -> None:
    assert export(name, short_list).encode() == (GOLDEN / f"{name}{FORMATS[name].suffix}").read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_the_output_is_deterministic(name: str, export: Export, short_list: tuple[Entry, ...]) -> None:
    assert export(name, short_list) == export(name, short_list)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bibtex", ""),
        ("biblatex", ""),
        ("ris", ""),
        ("markdown", ""),
        ("csl-json", "[]\n"),
        ("json", "[]\n"),
        ("jsonl", ""),
    ],
)
def test_an_empty_list_is_an_empty_file(name: str, text: str, export: Export) -> None:
    assert export(name, []) == text


def test_an_empty_csv_has_its_header(export: Export) -> None:
    assert export("csv", []).startswith("id,citation_key,title,authors,date,year,category,status,starred,tags,note,")
    assert export("csv", []).count("\r\n") == 1


def test_a_part_of_the_list_is_written_with_the_keys_of_the_whole_list(short_list: tuple[Entry, ...]) -> None:
    keys = citation_keys(short_list)
    for form in (form for name, form in FORMATS.items() if not name.startswith("references")):
        whole = "".join(form.write(short_list, keys))
        part = "".join(form.write(short_list[2:], keys))
        assert "Wang:pinned" in part
        assert part.removeprefix("[\n").splitlines()[-1] in whole


def test_a_record_has_the_documented_keys_in_their_order(short_list: tuple[Entry, ...]) -> None:
    keys = (
        "id title authors authors_truncated affiliation date category has_code links abstract earlier_abstracts "
        "status starred tags note snoozed_until priority due citation_key added read_at sources eprint doi "
        "group_authors provenance variants publication"
    )
    for entry in short_list:
        assert list(json_record(entry, None)) == keys.split()
    assert json_record(short_list[0], "k")["sources"] == [
        {"page": "002.txt", "line": 1},
        {"page": "000.txt", "line": 4},
    ]
    assert json_record(short_list[2], None)["date"] == "XXXX-06-02"
    assert json_record(short_list[1], None)["title"] is None


def test_the_table_has_every_format_under_its_name() -> None:
    assert list(FORMATS) == [
        *("bibtex", "biblatex", "ris", "csl-json", "markdown", "html", "csv", "json", "jsonl"),
        *("references", "references-markdown", "references-html"),
    ]
    assert all(name == form.name and form.suffix[0] == "." for name, form in FORMATS.items())
