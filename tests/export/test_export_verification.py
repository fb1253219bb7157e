from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.export.readers import KEEPING, differences
from tui.bibtex.strict_parser import parse
from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.export.round_trip import write_and_verify
from tui.model.publication import Publication
from tui.model.value_kind import ExtraField

if TYPE_CHECKING:
    from tui.model.entry import Entry


def _text(name: str, entries: tuple[Entry, ...]) -> str:
    return "".join(FORMATS[name].write(entries, citation_keys(entries)))


def test_limitations_of_bibtex_are_reported(short_list: tuple[Entry, ...]) -> None:
    _, warnings = write_and_verify(FORMATS["bibtex"], short_list, citation_keys(short_list))
    assert warnings == (
        "1 paper has no title",
        "1 paper has a date without a year (omitted)",
        "1 paper has more than one link (only the first is written)",
        "1 paper has an affiliation (omitted)",
        "1 paper has a code flag (omitted)",
        "1 paper has earlier abstracts (omitted)",
        "2 papers have a status, star, priority, due date or snooze date (omitted)",
    )


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("csv", ("1 paper has no title", "1 paper has earlier abstracts (omitted)")),
        ("json", ("1 paper has no title",)),
        ("jsonl", ("1 paper has no title",)),
    ],
)
def test_limitations_of_other_formats_are_reported(
    name: str, warnings: tuple[str, ...], short_list: tuple[Entry, ...]
) -> None:
    assert write_and_verify(FORMATS[name], short_list, citation_keys(short_list))[1] == warnings


def test_affected_papers_can_be_listed(short_list: tuple[Entry, ...]) -> None:
    keys = citation_keys(short_list)
    *_, triage = write_and_verify(FORMATS["bibtex"], short_list, keys)[1]
    assert triage.with_papers == (
        "2 papers have a status, star, priority, due date or snooze date (omitted): liu2023cachegen, paper0c12345678"
    )


def test_an_export_without_loss_has_no_warnings(short_list: tuple[Entry, ...]) -> None:
    plain = (short_list[2]._replace(paper=short_list[2].paper._replace(date=None)),)
    for name in KEEPING:
        assert write_and_verify(FORMATS[name], plain, citation_keys(plain)) == (_text(name, plain), ())


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_a_field_of_the_source_in_the_place_of_one_of_ours_is_no_difference(
    name: str, short_list: tuple[Entry, ...]
) -> None:
    """A sorting key, which readlist writes only for entries without authors, came with the entry."""
    extra = (ExtraField("bibtex", "key", "{Liu} 2023"),)
    paper = short_list[2].paper._replace(date=None, publication=Publication(extra=extra))
    entries = (short_list[2]._replace(paper=paper),)
    text, warnings = write_and_verify(FORMATS[name], entries, citation_keys(entries))
    assert "= {{Liu} 2023}," in text
    assert warnings == ()


@pytest.mark.parametrize("name", KEEPING)
@pytest.mark.parametrize(("old", "new"), [("CacheGen", "CacheGem"), ("2310.07240", "2310.07241"), ("kv", "vk")])
def test_a_changed_value_is_found(name: str, old: str, new: str, short_list: tuple[Entry, ...]) -> None:
    text = _text(name, short_list)
    assert old in text
    (difference,) = differences(FORMATS[name], text.replace(old, new), short_list, citation_keys(short_list))
    assert difference.startswith("1 paper differs when read back: liu2023cachegen (")


@pytest.mark.parametrize("name", KEEPING)
def test_a_missing_entry_is_found(name: str, short_list: tuple[Entry, ...]) -> None:
    found = differences(FORMATS[name], _text(name, short_list[:2]), short_list, citation_keys(short_list))
    assert found == [f"the {FORMATS[name].title} output reads back as 2 papers instead of 3"]


@pytest.mark.parametrize("name", [name for name in KEEPING if name != "markdown"])
def test_a_truncated_file_is_found(name: str, short_list: tuple[Entry, ...]) -> None:
    text = _text(name, short_list)
    for cut in (len(text) - 3, len(text) // 2, 5):
        (first,) = differences(FORMATS[name], text[:cut], short_list, citation_keys(short_list))
        assert first.startswith(f"the {FORMATS[name].title} output ")


@pytest.mark.parametrize(
    "text", ["nonsense", "@misc{", "@misc{k,\n a = {x}\n b = {y}\n}", "@misc{k, a = {x}", "@misc{k, a = }"]
)
def test_bibtex_is_parsed_strictly(text: str, short_list: tuple[Entry, ...]) -> None:
    (first,) = differences(FORMATS["bibtex"], text, short_list, {})
    assert first.startswith("the BibTeX output cannot be read back: ")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("@misc{k,\n  a = {x y},\n  b = {},\n}\n", {"a": "x y", "b": ""}),
        ("@misc{k, a = {x}, B = dec}", {"a": "x", "b": "dec"}),
        ("@misc{k, a = {{x}}, b = {{x} and {y}}, c = {x {y {z}} }, d = 1}", {
            "a": "{x}", "b": "{x} and {y}", "c": "x {y {z}} ", "d": "1",
        }),
        ("@misc{k, a = {x}, b = {a = {y}, @z{},}, c = {},}", {"a": "x", "b": "a = {y}, @z{},", "c": ""}),
    ],
)  # fmt: skip
def test_bibtex_values_end_at_their_closing_brace(text: str, fields: dict[str, str]) -> None:
    assert list(parse(text)) == [("misc", "k", fields)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@misc{k, a = {x}, a = {y},}", "entry k is malformed after field a"),
        ("@misc{k, a = {x}, A = {{y}},}", "entry k is malformed after field a"),
        ("@misc{k, a = {x}} b = {y},}", "no entry begins on line 1"),
        ("@misc{k, a = {{x}, b = {y}", "a brace in entry k is never closed"),
        ("@misc{k, a = {x} b = {y},}", "field a in entry k is never closed"),
        ("@misc{k, a = {x}, b = },}", "a field in entry k has no value"),
    ],
)
def test_malformed_bibtex_is_reported_precisely(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        list(parse(text))


def test_a_markdown_section_must_begin_a_line(short_list: tuple[Entry, ...]) -> None:
    text = _text("markdown", short_list).replace("\n## ", "\nx## ", 1)
    (first,) = differences(FORMATS["markdown"], text, short_list, citation_keys(short_list))
    assert first == "the Markdown output reads back as 2 papers instead of 3"
