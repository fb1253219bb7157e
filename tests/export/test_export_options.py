"""What can be wished for beside a format: ASCII, unguarded cells, a file a paper, styles of citation."""

from __future__ import annotations

import csv
import io
import os
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from tests.export.readers import differences
from tests.support.examples import examples
from tui.errors import UsageError
from tui.export.citekey import citation_keys
from tui.export.export_options import ExportOptions
from tui.export.file_names import file_names
from tui.export.formats import resolve_format
from tui.export.round_trip import write_and_verify
from tui.export.user_section import USER_SECTION_MARKER, write_keeping_user_section
from tui.latex import transliterate
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

IN_ASCII = ("bibtex", "biblatex", "ris")
LETTERS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    "éñüßøłāş ἀ王\u0301{}\\'\"$", max_size=12
)


def _written(name: str, options: ExportOptions, entries: Sequence[Entry]) -> str:
    return "".join(resolve_format(name, options).write(entries, citation_keys(entries)))


@pytest.mark.parametrize("name", IN_ASCII)
@given(title=LETTERS, abstract=LETTERS, note=LETTERS, author=LETTERS)
@examples(100)
def test_ascii_is_ascii_and_reads_back(name: str, title: str, abstract: str, note: str, author: str) -> None:
    paper = Paper("0123456789", title=title, abstract=abstract, authors=(author, "Zoë Łuk"), links=("https://x.y/é",))
    entries = [Entry(paper, Mark(note=note, tags=("été",)))]
    options = ExportOptions(ascii=True)
    text = _written(name, options, entries)
    assert text.isascii()
    again, said = write_and_verify(resolve_format(name, options), entries, citation_keys(entries))
    assert again == text
    assert not [sentence for sentence in said if "read back" in sentence or "reads back" in sentence]


@given(LETTERS)
@examples(300)
def test_letters_are_restored_from_their_commands(text: str) -> None:
    plain = re.sub(r"[\\{}]", "", text)
    assert (
        transliterate.from_latex_ascii(transliterate.to_latex_ascii(plain)) == plain
        or transliterate.to_latex_ascii(plain).isascii()
    )
    assert transliterate.to_ascii(text).isascii()


def test_latex_of_well_known_letters() -> None:
    assert transliterate.to_latex_ascii("Šárka Øyvind ß ç ő – 王") == (
        r'{\v{S}}{\'a}rka {\O}yvind {\ss} {\c{c}} {\H{o}} {\textendash} {\symbol{"738B}}'
    )
    assert transliterate.to_ascii("Šárka Øyvind “ß” 王") == 'Sarka Oyvind "ss" ?'


def test_pybtex_reads_names_in_ascii_as_the_same_people() -> None:
    paper = Paper("0123456789", title="T", authors=("Émile van der Ørsted Jr.", "Łukasz Šimić"))
    people = parse_string(
        _written("bibtex", ExportOptions(ascii=True), [Entry(paper, Mark())]), "bibtex"
    ).entries.values()
    (entry,) = people
    assert [person.prelast_names for person in entry.persons["author"]] == [["van", "der"], []]
    assert [person.lineage_names for person in entry.persons["author"]] == [["Jr."], []]


def test_raw_cells_are_unchanged(short_list: tuple[Entry, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(_written("csv", ExportOptions(raw=True), short_list), newline="")))
    assert rows[2]["title"].startswith("=SUM(A1)")
    form, keys = resolve_format("csv", ExportOptions(raw=True)), citation_keys(short_list)
    text = _written("csv", ExportOptions(raw=True), short_list)
    assert differences(form, text, short_list, keys, raw=True) == []
    assert differences(form, _written("csv", ExportOptions(), short_list), short_list, keys, raw=True) != []


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("bibtex", ExportOptions(raw=True)), ("csv", ExportOptions(ascii=True)), ("json", ExportOptions(style="apa")),
        ("html", ExportOptions(split=True)), ("bibtex", ExportOptions(style="mla")), ("nonsense", ExportOptions()),
    ],
)  # fmt: skip
def test_an_option_that_does_not_apply_is_refused(name: str, options: ExportOptions) -> None:
    with pytest.raises(UsageError):
        resolve_format(name, options)


BARE = Entry(Paper("1123456789", title="On Mills", authors=("Ann Lee",), authors_truncated=True), Mark())


KEY = st.text(max_size=20) | st.sampled_from(
    [
        "../../x",
        "/etc/passwd",
        "..",
        ".",
        "",
        "-rf",
        "~root",
        "$(id)",
        "CON",
        "nul.bib",
        "a" * 300,
        "A",
        "a",
        "\u202ex",
        "a\0b",
        "C:\\x",
    ]
)


@given(st.lists(KEY, max_size=8))
@examples(300)
def test_file_names_are_plain_and_unique(keys: list[str]) -> None:
    names = file_names({f"{number:010x}": key for number, key in enumerate(keys)}, ".md")
    assert len({name.casefold() for name in names.values()}) == len(keys)
    for name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9_+][A-Za-z0-9_.+-]{0,130}\.md", name)
        assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)\.", name, re.IGNORECASE)


def test_the_user_section_below_the_marker_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    write_keeping_user_section({"a.md": "## One\n", "b.md": "## Two\n"}, folder, force=False)
    written = (folder / "a.md").read_text()
    assert written == f"## One\n\n{USER_SECTION_MARKER}\n"
    (folder / "a.md").write_text(f"{written}\nMine, *forever*.\n")
    write_keeping_user_section({"a.md": "## One, again\n"}, folder, force=False)
    assert (folder / "a.md").read_text() == f"## One, again\n\n{USER_SECTION_MARKER}\n\nMine, *forever*.\n"
    assert (folder / "b.md").read_text() == f"## Two\n\n{USER_SECTION_MARKER}\n"


def test_no_file_of_another_program_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("My own file")
    (tmp_path / "c.md").symlink_to(tmp_path / "b.md")
    os.mkfifo(tmp_path / "d.md")
    for name in ("b.md", "c.md", "d.md"):
        with pytest.raises(UsageError):
            write_keeping_user_section({"a.md": "## One\n", name: "## Two\n"}, tmp_path, force=False)
    assert not (tmp_path / "a.md").exists()
    assert (tmp_path / "b.md").read_text() == "My own file"
    write_keeping_user_section({"b.md": "## Two\n"}, tmp_path, force=True)
    assert (tmp_path / "b.md").read_text() == f"## Two\n\n{USER_SECTION_MARKER}\n"


def test_a_note_cannot_forge_the_marker() -> None:
    entry = BARE._replace(mark=Mark(note=f"x\n{USER_SECTION_MARKER}\ny"))
    assert USER_SECTION_MARKER not in _written("markdown", ExportOptions(), [entry])
