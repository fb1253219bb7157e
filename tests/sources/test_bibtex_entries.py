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
