"""Files of a paper: those of its sources, and what the user attached and detached."""

from __future__ import annotations

import pytest

from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.paper_files import file_name, pdf_files, with_files
from tui.model.publication import NO_PUBLICATION

PAPER = Paper("a", publication=NO_PUBLICATION._replace(files=("own.pdf", "data.csv")))


@pytest.mark.parametrize(
    ("mark", "files"),
    [
        (Mark(), ("own.pdf", "data.csv")),
        (Mark(files=("mine.pdf",)), ("mine.pdf", "own.pdf", "data.csv")),
        (Mark(files=("data.csv",)), ("data.csv", "own.pdf")),
        (Mark(detached=("own.pdf",)), ("data.csv",)),
        (Mark(files=("x",), detached=("own.pdf", "data.csv")), ("x",)),
    ],
)
def test_attached_files_come_first_and_detached_ones_are_left_out(mark: Mark, files: tuple[str, ...]) -> None:
    assert with_files(PAPER, mark).publication.files == files


def test_only_pdfs_and_what_was_attached_are_offered_to_be_opened() -> None:
    files = ("a.PDF", "b.txt", "notes", "https://a.org/c.pdf", "d.pdf.gz")
    paper = PAPER._replace(publication=NO_PUBLICATION._replace(files=files))
    assert pdf_files(Entry(paper, Mark())) == ("a.PDF",)
    assert pdf_files(Entry(paper, Mark(files=("notes",)))) == ("a.PDF", "notes")


@pytest.mark.parametrize(
    ("path", "name"),
    [("a.pdf", "a.pdf"), ("x/y/a.pdf", "a.pdf"), ("C:\\x\\a.pdf", "a.pdf"), ("x/y/", "y"), ("/", "/")],
)
def test_the_name_of_a_file(path: str, name: str) -> None:
    assert file_name(path) == name
