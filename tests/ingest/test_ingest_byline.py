"""Bylines split into title and authors: 164 bylines that the weights were set on, 72 that were written afterwards."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tui.ingest.byline import Byline, Lexicon, build_lexicon, looks_like_byline, split_byline
from tui.ingest.record import Record
from tui.model.paper import SourceLocation

if TYPE_CHECKING:
    from tui.ingest.pipeline import IngestResult

HERE = Path(__file__).parent


def cases(file: str) -> list[Any]:
    found = []
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        marks = [pytest.mark.xfail(reason="a name in lower case", strict=True)] if line.startswith("! ") else []
        title, names, truncated, abstract = (part.strip() for part in line.removeprefix("! ").split("~"))
        authors = tuple(name.strip() for name in names.split(";"))
        found.append(pytest.param(title, authors, bool(truncated), abstract, id=title, marks=marks))
    return found


def glued(title: str, authors: tuple[str, ...], *, truncated: bool) -> str:
    return title + ", ".join(authors) + (" et al." if truncated else "")


@pytest.mark.parametrize(("title", "authors", "truncated", "abstract"), cases("bylines.txt"))
def test_bylines_the_weights_were_set_on(
    title: str, authors: tuple[str, ...], truncated: bool, abstract: str
) -> None:
    line = glued(title, authors, truncated=truncated)
    assert split_byline(line, abstract) == Byline(title, authors, truncated)


@pytest.mark.parametrize(("title", "authors", "truncated", "abstract"), cases("bylines_unseen.txt"))
def test_bylines_written_afterwards(title: str, authors: tuple[str, ...], truncated: bool, abstract: str) -> None:
    line = glued(title, authors, truncated=truncated)
    assert split_byline(line, abstract) == Byline(title, authors, truncated)


def test_the_sets_are_as_large_as_they_claim() -> None:
    assert (len(cases("bylines.txt")), len(cases("bylines_unseen.txt"))) == (164, 72)


@pytest.mark.parametrize("with_abstract", [True, False])
def test_real_titles_with_real_names_in_any_combination(seeds: IngestResult, *, with_abstract: bool) -> None:
    draw = random.Random(7)  # noqa: S311, no secret
    listed = [case.values[1] for case in (*cases("bylines.txt"), *cases("bylines_unseen.txt")) if not case.marks]
    names = sorted({name for authors in listed for name in authors if " " in name and name[0].isupper()})
    wrong = []
    for paper in seeds.papers:
        authors = tuple(draw.sample(names, draw.choice((1, 2, 3, 3, 8))))
        truncated = draw.random() < 0.4
        line = glued(paper.title or "", authors, truncated=truncated)
        told = split_byline(line, (paper.abstract or "") if with_abstract else "")
        if told != Byline(paper.title or "", authors, truncated):
            wrong.append((line, told))
    assert len(wrong) <= (0 if with_abstract else 2), wrong


def test_affiliation_after_a_dot() -> None:
    told = split_byline("Fast Language Model ServingYuhan Liu, Hanchen Li et al. · stanford")
    assert told == Byline("Fast Language Model Serving", ("Yuhan Liu", "Hanchen Li"), True, "stanford")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Two Ways to JoinJane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("Two Ways to JoinJane Doe, Wei Li, and John Roe", ("Jane Doe", "Wei Li", "John Roe")),
        ("The DreamMartin Luther King, Jr., Rosa Parks", ("Martin Luther King, Jr.", "Rosa Parks")),
        ("深度学习简介张伟, 李娜", ()),
        ("Deep Learning in Practice张伟, 李娜", ("张伟", "李娜")),
    ],
)
def test_other_ways_to_list_names(line: str, authors: tuple[str, ...]) -> None:
    assert split_byline(line).authors == authors


@pytest.mark.parametrize("line", ["Deep Learning", "A Theory of Everything", "Words, Words, and More Words", ""])
def test_a_line_without_authors_is_all_title(line: str) -> None:
    assert split_byline(line) == Byline(line)
    assert not looks_like_byline(line)


@pytest.mark.parametrize("line", ["Reeds in WindEva Moor, Ida Reed", "Reeds in WindEva Moor et al."])
def test_a_line_with_two_names_or_more_to_come_is_a_byline(line: str) -> None:
    assert looks_like_byline(line)


def test_a_word_used_in_the_abstract_is_not_split() -> None:
    assert split_byline("Understanding DropBlock", "We explain DropBlock.") == Byline("Understanding DropBlock")
    assert split_byline("Image Models with FusionBen Poole", "about Fusion").title == "Image Models with Fusion"


def test_names_on_other_records_are_evidence() -> None:
    known = Record(
        SourceLocation("p", 1), byline="On Graphs and TreesAnna Berg, Zyqor Blat, Zyqor Mumm", abstract="graphs"
    )
    lexicon = build_lexicon([known])
    assert "zyqor" in lexicon.given
    assert Lexicon().given == frozenset()


def test_many_authors_and_long_lines_are_parsed_in_time() -> None:
    authors = tuple(f"Anna{'abcdefghij'[n % 10]} Berg{'klmnopqrst'[n // 10 % 10]}" for n in range(5000))
    assert len(split_byline("A Very Large Collaboration" + ", ".join(authors)).authors) == 5000
    for hostile in ("Aa" * 100_000, "A" * 200_000, "a" + " " * 200_000 + "B", "Aa, " * 50_000, "$A" * 100_000):
        assert split_byline(hostile).title
    blanks = Record(SourceLocation("p", 1), byline="A Title" + " " * 100_000 + "Bo Li, Anna Berg, Zyqor Blat")
    assert build_lexicon([blanks]).given == {"anna", "zyqor"}
