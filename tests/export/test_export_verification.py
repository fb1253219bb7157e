from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest

from tui.export.bibtex_strict import parse
from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.export.round_trip import verify_round_trip

if TYPE_CHECKING:
    from tui.model.entry import Entry

# Lists of references say neither tags nor keys.
KEEPING = [name for name in FORMATS if not name.startswith("references")]


def _text(name: str, entries: tuple[Entry, ...]) -> str:
    return "".join(FORMATS[name].write(entries, citation_keys(entries)))


def test_what_bibtex_cannot_carry_is_said(short_list: tuple[Entry, ...]) -> None:
    sentences = verify_round_trip(
        FORMATS["bibtex"], _text("bibtex", short_list), short_list, citation_keys(short_list)
    )
    assert sentences == (
        "1 paper has no title.",
        "1 paper has a date without a year, which is left out.",
        "1 paper has more than one link, of which the first is written.",
        "1 paper has an affiliation, which is left out.",
        "1 paper has a code flag, which is left out.",
        "1 paper has earlier abstracts, which are left out.",
        "2 papers have a status, star or snooze date, which is left out.",
    )


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("csv", ("1 paper has no title.", "1 paper has earlier abstracts, which are left out.")),
        ("json", ("1 paper has no title.",)),
        ("jsonl", ("1 paper has no title.",)),
    ],
)
def test_what_the_others_cannot_carry_is_said(
    name: str, sentences: tuple[str, ...], short_list: tuple[Entry, ...]
) -> None:
    assert (
        verify_round_trip(FORMATS[name], _text(name, short_list), short_list, citation_keys(short_list)) == sentences
    )


def test_every_paper_that_lost_something_can_be_named(short_list: tuple[Entry, ...]) -> None:
    keys = citation_keys(short_list)
    *_, triage = verify_round_trip(FORMATS["bibtex"], _text("bibtex", short_list), short_list, keys)
    assert triage.with_papers == (
        "2 papers have a status, star or snooze date, which is left out: liu2023cachegen, paper0c12345678."
    )


def test_nothing_to_say_is_nothing_said(short_list: tuple[Entry, ...]) -> None:
    plain = (short_list[2]._replace(paper=dataclasses.replace(short_list[2].paper, date=None)),)
    for name in KEEPING:
        assert verify_round_trip(FORMATS[name], _text(name, plain), plain, citation_keys(plain)) == ()


@pytest.mark.parametrize("name", KEEPING)
@pytest.mark.parametrize(("old", "new"), [("CacheGen", "CacheGem"), ("2310.07240", "2310.07241"), ("kv", "vk")])
def test_a_changed_value_is_found(name: str, old: str, new: str, short_list: tuple[Entry, ...]) -> None:
    text = _text(name, short_list)
    assert old in text
    sentences = verify_round_trip(FORMATS[name], text.replace(old, new), short_list, citation_keys(short_list))
    assert sentences[0].startswith("1 paper did not read back as written: liu2023cachegen (")


@pytest.mark.parametrize("name", FORMATS)
def test_a_missing_entry_is_found(name: str, short_list: tuple[Entry, ...]) -> None:
    sentences = verify_round_trip(FORMATS[name], _text(name, short_list[:2]), short_list, citation_keys(short_list))
    assert sentences[0] == f"The {FORMATS[name].title} reads back as 2 papers instead of 3."


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "markdown"])
def test_a_cut_file_is_found(name: str, short_list: tuple[Entry, ...]) -> None:
    text = _text(name, short_list)
    for cut in (len(text) - 3, len(text) // 2, 5):
        first, *_ = verify_round_trip(FORMATS[name], text[:cut], short_list, citation_keys(short_list))
        assert first.startswith(f"The {FORMATS[name].title} ")


@pytest.mark.parametrize(
    "text", ["nonsense", "@misc{", "@misc{k,\n a = {x}\n b = {y}\n}", "@misc{k, a = {x}", "@misc{k, a = }"]
)
def test_bibtex_is_read_strictly(text: str, short_list: tuple[Entry, ...]) -> None:
    first, *_ = verify_round_trip(FORMATS["bibtex"], text, short_list, {})
    assert first.startswith("The BibTeX cannot be read back: ")


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
def test_values_of_bibtex_end_where_their_braces_do(text: str, fields: dict[str, str]) -> None:
    assert parse(text) == [("misc", "k", fields)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@misc{k, a = {x}, a = {y},}", "entry k is broken behind its field a"),
        ("@misc{k, a = {x}, A = {{y}},}", "entry k is broken behind its field a"),
        ("@misc{k, a = {x}} b = {y},}", "no entry begins at line 1"),
        ("@misc{k, a = {{x}, b = {y}", "a brace of entry k is never closed"),
        ("@misc{k, a = {x} b = {y},}", "field a of entry k does not end"),
        ("@misc{k, a = {x}, b = },}", "a field of entry k has no value"),
    ],
)
def test_broken_bibtex_is_told_apart(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        parse(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [("</h2>", "</h2>>"), ("<h2>", "<h2><"), ("<h2>", "<h3>"), ("</body>", "<</body>"), ("<article", " <article"),
     ("<article", "<p><article"), ("</article>", "</article")],
)  # fmt: skip
def test_html_is_read_strictly(old: str, new: str, short_list: tuple[Entry, ...]) -> None:
    text = _text("html", short_list).replace(old, new, 1)
    first, *_ = verify_round_trip(FORMATS["html"], text, short_list, citation_keys(short_list))
    assert first.startswith("The HTML cannot be read back: ")


def test_a_section_of_markdown_begins_a_line(short_list: tuple[Entry, ...]) -> None:
    text = _text("markdown", short_list).replace("\n## ", "\nx## ", 1)
    first, *_ = verify_round_trip(FORMATS["markdown"], text, short_list, citation_keys(short_list))
    assert first == "The Markdown reads back as 2 papers instead of 3."
