"""The field ``file``: every path comes back, and what a program wrote stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.bibtex.file_field import file_path, join_files, split_files

PATHS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


@given(st.lists(PATHS, min_size=1, max_size=3, unique=True))
def test_paths_come_back(paths: list[str]) -> None:
    assert [file_path(part) for part in split_files(join_files(paths))] == paths


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        (":a/b.pdf:PDF", ["a/b.pdf"]),
        ("Full text:a b.pdf:application/pdf;:c.pdf:PDF", ["a b.pdf", "c.pdf"]),
        ("plain.pdf", ["plain.pdf"]),
        (r":C\:\\papers\\x.pdf:PDF", [r"C:\papers\x.pdf"]),
        (r"one\;two.pdf", ["one;two.pdf"]),
    ],
)
def test_what_a_program_wrote_stays(written: str, paths: list[str]) -> None:
    assert [file_path(part) for part in split_files(written)] == paths
    assert join_files(paths, written) == written


def test_a_file_is_added_or_left_out_in_the_way_of_the_field() -> None:
    written = "Full text:a.pdf:application/pdf;:b.djvu:Djvu"
    assert join_files(["/x/new.pdf", "a.pdf"], written) == ":/x/new.pdf:PDF;Full text:a.pdf:application/pdf"
    assert join_files(["/x/new.pdf", "a.pdf"], "a.pdf") == "/x/new.pdf;a.pdf"
    assert join_files(["b.djvu"], written) == ":b.djvu:Djvu"
