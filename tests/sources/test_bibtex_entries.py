"""Entries of wanted papers in a BibTeX file of any size."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tui.errors import BadInputError
from tui.model.paper import Paper
from tui.sources.bibtex_entries import find_entries
from tui.sources.matching import WantedIndex, wanted_paper

if TYPE_CHECKING:
    from pathlib import Path

WANTED = WantedIndex.of(
    [
        wanted_paper(Paper("0000000001", "Sorting Widgets by Sound")),
        wanted_paper(Paper("0000000002", "Schrödinger Bridges")),
        wanted_paper(Paper("0000000003", "Known by Its DOI", doi="10.1000/x(1)")),
        wanted_paper(Paper("0000000004", links=("https://aclanthology.org/P19-1001",))),
    ]
)
OTHER = "@article{other%d,\n  title = {Flow number %d of granular media},\n  year = 2001\n}\n\n"
ENTRIES = {
    "first": "@inproceedings{a,\n  title     = {Sorting Widgets\n               by {S}ound},\n  booktitle = widg # { 2020}\n}\n",
    "second": '@article{b, author="X", title="{Schr{\\"o}dinger} bridges", year=2001}\n',
    "third": "@article{c,\n title = {Another},\n doi = {10.1000/x(1)}\n}\n",
    "fourth": "  @InProceedings{d,\n title = {Yet another},\n url = {https://aclanthology.org/P19-1001}\n}\n",
}


def others(start: int, count: int) -> str:
    return "".join(OTHER % (number, number) for number in range(start, start + count))


@pytest.mark.parametrize("packed", [False, True])
def test_only_entries_of_wanted_papers_are_found_with_their_lines(tmp_path: Path, packed: bool) -> None:
    parts = ["% a comment\n@string{widg = {Proceedings on Widgets}}\n"]
    for at, entry in enumerate(ENTRIES.values()):
        parts += [others(10_000 * at, 8000), entry]
    text = "".join(parts)
    path = tmp_path / "big.bib"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    found = list(find_entries(path, WANTED))
    lines = text.split("\n")
    assert len(found) == len(ENTRIES)
    for piece, original in zip(found, ENTRIES.values(), strict=True):
        assert original.strip() in piece.text
        assert piece.text.startswith("@string{widg")
        assert lines[piece.line - 1].lstrip() == original.lstrip().split("\n", maxsplit=1)[0]
        assert piece.text.split("\n")[piece.shift].startswith("@")


def test_an_entry_is_found_by_its_abstract_alone(tmp_path: Path) -> None:
    abstract = "We sort widgets by the sound that they make when they fall, and measure how long it takes to listen."
    path = tmp_path / "big.bib"
    entry = f"@article{{a,\n  title = {{Another name}},\n  abstract = {{{abstract}}}\n}}\n"
    path.write_text(others(0, 3) + entry + others(3, 3), encoding="utf-8")
    (found,) = find_entries(path, WantedIndex.of([wanted_paper(Paper("0000000001", abstract=abstract))]))
    assert "Another name" in found.text


def test_reading_stops_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "big.bib"
    path.write_text(ENTRIES["first"] + others(0, 30_000) + ENTRIES["second"], encoding="utf-8")
    assert len(list(find_entries(path, WANTED, stopped=lambda: True))) == 1


def test_a_file_without_entries_has_none(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_text("nothing", encoding="utf-8")
    assert not list(find_entries(path, WANTED))
    path.write_text("@article{" + "x" * 12_000_000, encoding="utf-8")
    with pytest.raises(BadInputError, match="larger than 8 MB"):
        list(find_entries(path, WANTED))


@pytest.mark.parametrize("first", ["parent", "child"])
@pytest.mark.parametrize(
    "reference", ["crossref = {conf/w/2020}", 'CROSSREF="Conf/W/2020"', "crossref = conf/w/2020"]
)
def test_an_entry_comes_with_the_one_that_it_refers_to(tmp_path: Path, first: str, reference: str) -> None:
    child = f"@inproceedings{{a,\n title = {{Sorting Widgets by Sound}},\n {reference}\n}}\n"
    parent = "@proceedings{conf/w/2020,\n title = {Proceedings on Widgets},\n year = 2020\n}\n"
    pair = (parent, others(0, 9000), child) if first == "parent" else (child, others(0, 9000), parent)
    path = tmp_path / "big.bib"
    path.write_text("".join((*pair, ENTRIES["third"])), encoding="utf-8")
    third, found = find_entries(path, WANTED)
    assert "Another" in third.text, "entries that refer to none come first"
    assert path.read_text(encoding="utf-8").split("\n")[found.line - 1] == "@inproceedings{a,"
    assert found.text.startswith(child.rstrip())
    assert "Proceedings on Widgets" in found.text
    assert "Flow number" not in found.text


def test_an_entry_whose_parent_is_missing_comes_alone(tmp_path: Path) -> None:
    path = tmp_path / "big.bib"
    path.write_text("@inproceedings{a, title = {Sorting Widgets by Sound}, crossref = {none}}\n", encoding="utf-8")
    [found] = find_entries(path, WANTED)
    assert found.text.count("@") == 1
