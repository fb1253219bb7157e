"""Curated corrections: validated, applied by content, reported if they nearly match."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.errors import BadInputError
from tui.ingest.corrections import CuratedCorrections, load_corrections

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.ingest.pipeline import IngestResult

    Reader = Callable[..., IngestResult]

EARLY = "Recent advancements in milling offer significant promise for bread, and we bake some of it in this work."
LATE = "Stone mills are old. This paper builds a new kind of mill, measures it, and eats the outcome."
SAME = """
[[same]]
abstract = "Recent advancements in milling offer significant promise"
paper = "Mills: A New Kind"
reason = "Said the author."
"""
TITLE = """
[[title]]
abstract = "Recent advancements in milling offer significant promise"
title = "On Bread"
reason = "It was published so."
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], CuratedCorrections]:
    def write(text: str) -> CuratedCorrections:
        path = tmp_path / "corrections.toml"
        path.write_text(text, encoding="utf-8")
        return load_corrections(path)

    return write


def test_a_missing_file_has_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.toml") == CuratedCorrections()


def test_same_paper_identified_by_title(read: Reader, written: Callable[[str], CuratedCorrections]) -> None:
    pages = f"Abstract:{EARLY}", f"Mills: A New Kind\n{LATE}"
    assert len(read(*pages).papers) == 2
    (paper,) = read(*pages, corrections=written(SAME)).papers
    assert (paper.title, paper.abstract, paper.earlier_abstracts) == ("Mills: A New Kind", LATE, (EARLY,))


def test_same_paper_identified_by_abstract(read: Reader, written: Callable[[str], CuratedCorrections]) -> None:
    text = SAME.replace("Mills: A New Kind", "Stone mills are old. This paper builds a new kind")
    assert len(read(f"Abstract:{EARLY}\nAbstract:{LATE}", corrections=written(text)).papers) == 1


def test_a_title_missing_from_the_sources(read: Reader, written: Callable[[str], CuratedCorrections]) -> None:
    (paper,) = read(f"Abstract:{EARLY}", corrections=written(TITLE)).papers
    assert paper.title == "On Bread"
    assert [(source.page, source.line) for field, source in paper.provenance if field == "title"] == [
        ("corrections.toml", 2)
    ]
    assert [source.page for source in paper.sources] == ["page0.txt"]
    (without,) = read(f"Abstract:{EARLY}", previous=[paper]).papers
    assert (without.id, without.title) == (paper.id, None)


def test_a_correction_of_a_missing_source_is_silent(
    read: Reader, written: Callable[[str], CuratedCorrections]
) -> None:
    assert read(f"Mills: A New Kind\n{LATE}", corrections=written(SAME)).diagnostics == ()
    assert read(f"Abstract:{EARLY}", corrections=written(SAME)).diagnostics == ()


def test_a_correction_that_nearly_matches_is_reported(
    read: Reader, written: Callable[[str], CuratedCorrections]
) -> None:
    corrections = written(TITLE.replace("significant", "great"))
    (problem,) = read(f"Abstract:{EARLY}", corrections=corrections).diagnostics
    assert (problem.source, problem.line) == ("corrections.toml", 2)
    assert "Recent advancements".lower() in problem.reason


def test_a_correction_that_matches_two_papers_is_reported_and_not_applied(
    read: Reader, written: Callable[[str], CuratedCorrections]
) -> None:
    other = "Recent advancements in milling offer significant promise. " + LATE
    found = read(f"Abstract:{EARLY}\nAbstract:{other}", corrections=written(TITLE))
    assert [paper.title for paper in found.papers] == [None, None]
    assert "several papers" in found.diagnostics[0].reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[same]\n", "line 1"),
        ("x = 1", "'x'"),
        ("same = 1", "not a list"),
        (SAME.replace("paper =", "papers ="), "line 2"),
        (SAME.replace('reason = "Said the author."', ""), "line 2"),
        (SAME.replace('"Said the author."', "7"), "line 2"),
        (SAME.replace('"Said the author."', '" "'), "line 2"),
        (SAME + TITLE.replace("milling offer significant promise", ""), "line 7"),
        ("a = " + "[" * 5000 + "]" * 5000, "not valid TOML"),
    ],
)
def test_a_malformed_file_is_an_error_with_its_line(
    written: Callable[[str], CuratedCorrections], text: str, said: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        written(text)
    assert said in caught.value.message
    assert caught.value.hint
