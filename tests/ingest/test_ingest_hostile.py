"""Any bytes give papers or diagnostics, in bounded time, and never an unexpected exception."""

from __future__ import annotations

import importlib
import json
import random
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.ingest import apply_parsers as records_module
from tui.ingest import parse_listing
from tui.ingest import source_file as page_module
from tui.ingest.corrections import CuratedCorrections
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.ingest.pipeline import IngestResult
    from tui.ingest.source_file import SourceFile

    Reader = Callable[..., IngestResult]


def taken(data: bytes) -> IngestResult:
    found = ingest([decode_source("p.txt", data)], corrections=CuratedCorrections(), at="now")
    assert found.papers or found.diagnostics
    assert all(paper.title or paper.abstract for paper in found.papers)
    assert all(problem.reason and problem.hint and problem.line >= 0 for problem in found.diagnostics)
    assert len({paper.id for paper in found.papers}) == len(found.papers)
    return found


@given(st.binary(max_size=2000))
@examples(150)
def test_any_bytes(data: bytes) -> None:
    taken(data)


LINES = st.sampled_from(
    [
        "CVOct 26, 2023Code", "ROJun 2", "cs.LG", "Abstract:", "Abstract: We study things.", "Sort by", "et al.", ",",
        "A Title of SomethingAnna Berg, Bo Li et al. · stanford", "SubscribeSuGaR: Surfaces", "[", "{",
        '{"title": "x"}',
        "We propose a thing. It works well, and we show that it does so in many cases.", "https://arxiv.org/abs/2301.1",
        "$", "\u202e", "\x00", "é" * 3, "· · ·", "Jr.", "…", "AaBbCc", "van der", "''", '"', "10.1/x", "Feb 30",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=30))
@examples(250)
def test_any_lines(lines: list[str]) -> None:
    taken("\n".join(lines).encode("utf-8", "replace"))


def mutated(data: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((0, 1, 10, 3000)))
        twice = bytes(data[at:end]) * 2
        data[at:end] = chance.choice((b"", b"\n", b"\r\n", b"\xff", b"\x00", b"Code", twice, b"{", b"\xe2\x80"))
    return bytes(data)


@pytest.mark.parametrize("seed", range(12))
def test_mutations_of_the_seed_pages(seed_pages: tuple[SourceFile, ...], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311, no secret
    page = seed_pages[seed % len(seed_pages)]
    taken(mutated(bytearray("\n".join(page.lines[:150]).encode("utf-8")), chance))


@pytest.mark.slow
def test_very_many_mutations_of_the_seed_pages(seed_pages: tuple[SourceFile, ...]) -> None:
    for seed in range(2000):
        chance = random.Random(seed)  # noqa: S311, no secret
        page = seed_pages[seed % len(seed_pages)]
        taken(mutated(bytearray("\n".join(page.lines[:80]).encode("utf-8")), chance))


@pytest.mark.parametrize(
    "unit",
    [
        b"A", b"Aa", b"a ", b"A, ", b" \t", b"CVOct 26, 2023Code ", b"Abstract: ", b"$A", b"((",
        b"''", b"We. ", b"et al. ",
        b"\xc3\xa9", b"\\'{e}",
        b"http://a.b/", b"{\"a\":", b"[", b"10.1234/", b"and ", b"\xe2\x80\x8b", b" \xc2\xb7 ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", [b"%b", b"CVOct 26, 2023\n%b\nWe study it.", b"A Title\n%b", b'[\n{"title": "%b'])
def test_long_lines_are_parsed_in_time(unit: bytes, around: bytes) -> None:
    start = time.process_time()
    taken(around % (unit * (100_000 // len(unit))))
    assert time.process_time() - start < 5  # a quadratic one takes minutes


@pytest.mark.parametrize("words", [("Code", "pdf"), ("abs",) * 4, ("bib", "video", "slides")])
def test_words_of_buttons_between_long_runs_of_spaces_are_parsed_in_time(words: tuple[str, ...]) -> None:
    line = (" " * 400).join(("x", *words, "x"))
    start = time.process_time()
    taken(f"A Title\n{line[1:]}\nWe study it.\n".encode())
    taken(f"A Title\n[{line[1:]}\nWe study it.\n".encode())
    assert time.process_time() - start < 2  # took minutes once


def test_a_line_of_ten_million_characters(read: Reader) -> None:
    found = read("A Title of Something\n" + "We study words and more of them. " * 310_000)
    assert len(found.papers) == 1
    assert len(found.papers[0].abstract or "") == parse_listing.LINE_LIMIT
    assert [(problem.line, "10230" in problem.reason) for problem in found.diagnostics] == [(2, False)]
    assert str(33 * 310_000 - 1) in found.diagnostics[0].reason


@pytest.mark.parametrize("lines", [15_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_many_empty_lines(lines: int, read: Reader) -> None:
    found = read("\n".join(f"x{number}" for number in range(lines)))
    assert found.papers == ()
    assert len(found.diagnostics) < 100


def test_stray_lines_beyond_the_first_are_reported_together(read: Reader) -> None:
    stray = "\n".join(f"stray {number}!" for number in range(300))
    found = read(f"CVOct 26, 2023\nA TitleAnna Berg, Bo Li\nWe study things.\n{stray}")
    assert len(found.papers) == 1
    assert len(found.diagnostics) == 51
    assert "250 more lines" in found.diagnostics[-1].reason


def test_more_records_than_the_limit(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_module, "RECORD_LIMIT", 3)
    found = read("\n".join(f"Abstract: We study {word}." for word in ("cats", "dogs", "fish", "birds")))
    assert len(found.papers) == 3
    assert "more than 3 records; only the first 3 were read" in found.diagnostics[0].reason


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("csl_json", json.dumps([{"type": "book", "title": f"Number {number} of many"} for number in range(30)])),
        ("ris", "".join(f"TY  - BOOK\nTI  - Number {number} of many\n" for number in range(30))),
        ("bibtex", "".join(f"@book{{k{number}, title = {{Number {number} of many}}}}\n" for number in range(30))),
    ],
)
def test_parsing_stops_at_the_limit_of_records(
    read: Reader, monkeypatch: pytest.MonkeyPatch, form: str, text: str
) -> None:
    module = importlib.import_module(f"tui.ingest.parsers.{form}")
    made: list[str] = []
    to_record = module.to_record

    def counted(page: str, *more: object) -> object:
        made.append(page)
        return to_record(page, *more)

    monkeypatch.setattr(module, "to_record", counted)
    for limited in (records_module, module):
        monkeypatch.setattr(limited, "RECORD_LIMIT", 5)
    found = read(text)
    assert sorted(str(paper.title) for paper in found.papers) == [f"Number {number} of many" for number in range(5)]
    assert len(made) == 6
    assert "more than 5 records" in found.diagnostics[0].reason


def test_lines_beyond_the_limit_are_left_out_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "LINES_LIMIT", 4)
    page = page_module.decode_source("many.txt", b"a\r\nb\rc\nd\n\n\n \n")
    assert page.lines == ("a", "b", "c", "d")
    assert page.diagnostics == ()
    page = page_module.decode_source("more.txt", b"a\nb\nc\n\n\nd\n")
    assert page.lines == ("a", "b", "c", "")
    assert [(problem.line, problem.reason) for problem in page.diagnostics] == [
        (4, "the source has more than 4 lines; only the first 4 were read")
    ]
    assert page_module.decode_source("few.txt", b"a\nb\nc\nd").lines == ("a", "b", "c", "d")


def test_no_text_is_lost_or_changed(read: Reader) -> None:
    odd = "We study \x1b[31m red, \u202eright-to-left, a\u0301 marks, $x < y$, \\emph{and} [b]more[/b].  Twice."
    (paper,) = read(f"A Title of Something\n  {odd}  ").papers
    assert paper.abstract == odd


def test_progress_rises_to_its_end(seed_pages: tuple[SourceFile, ...]) -> None:
    steps: list[tuple[int, int]] = []
    ingest(
        seed_pages,
        corrections=CuratedCorrections(),
        at="now",
        progress=lambda done, total: steps.append((done, total)),
    )
    shares = [done / total for done, total in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"@misc{{k{n}, title = {{Mills {n}}}}}\n" for n in range(50)),
        "".join(f"TY  - JOUR\nTI  - Mills {n}\nER  - \n" for n in range(50)),
        "[" + ",\n".join(f'{{"type": "book", "title": "Mills {n}"}}' for n in range(50)) + "]",
    ],
    ids=["BibTeX", "RIS", "CSL-JSON"],
)
def test_progress_rises_within_a_bibliography(text: str) -> None:
    steps: list[float] = []
    page = decode_source("x", text.encode())
    found = ingest(
        [page], corrections=CuratedCorrections(), at="now", progress=lambda done, all_: steps.append(done / all_)
    )
    assert len(found.papers) == 50
    assert len({share for share in steps if share < 0.4}) > 40
    assert len({share for share in steps if share > 0.9}) > 40
    assert steps == sorted(steps)


@pytest.mark.slow
def test_ten_thousand_records(seed_pages: tuple[SourceFile, ...]) -> None:
    chance = random.Random(1)  # noqa: S311, no secret
    words = sorted({word for page in seed_pages for line in page.lines for word in line.split() if word.isalpha()})
    text = "\n".join(
        f"{' '.join(chance.sample(words, 6)).title()}\n{' '.join(chance.choices(words, k=150))}."
        for _ in range(10_000)
    )
    start = time.process_time()
    assert len(taken(text.encode()).papers) == 10_000
    assert time.process_time() - start < 40


def test_a_record_that_is_left_out_says_all_that_was_wrong_with_it(read: Reader) -> None:
    found = read("TY  - JOUR\nAU  - Nobody\nTY  - JOUR\nTI  - Title of it\nER  - \n")
    assert [paper.title for paper in found.papers] == ["Title of it"]
    reason = "record skipped: it has neither a title nor an abstract (its end is missing)"
    assert [(problem.line, problem.reason) for problem in found.diagnostics] == [(1, reason)]


@pytest.mark.parametrize(("words", "belongs"), [(39, True), (40, False), (41, False)])
def test_a_paragraph_below_an_abstract_is_its_own_from_forty_words(read: Reader, words: int, belongs: bool) -> None:
    first = "We look at rivers. Rivers " + "water " * 29 + "water."
    found = read(f"A Study of Rivers in Winter\nAbstract: {first}\nThen {'flow ' * (words - 1)}\n")
    assert [paper.title for paper in found.papers] == ["A Study of Rivers in Winter", None][: 1 if belongs else 2]
    assert len((found.papers[0].abstract or "").split()) == (35 + words if belongs else 35)
    assert [problem.line for problem in found.diagnostics] == ([] if belongs else [3])


def test_a_label_without_text_gets_the_line_below_but_no_other_label(read: Reader) -> None:
    page = "Abstract: We study cats.\nAbstract:\nWe study the fish in rivers, and how they are seen.\nAbstract:\nAbstract: X is one."
    found = read(page)
    assert [paper.abstract for paper in found.papers] == [
        "We study cats.",
        "We study the fish in rivers, and how they are seen.",
        "X is one.",
    ]
    assert [(problem.line, problem.reason) for problem in found.diagnostics] == [(4, "no text after 'Abstract:'")]


def test_an_abstract_continues_to_the_last_line_of_the_source(read: Reader) -> None:
    found = read("Abstract: We study cats.\nAbstract: We study dogs and\nall of the birds that\nsing at night.")
    assert [(paper.abstract or "").split() for paper in found.papers] == [
        ["We", "study", "cats."],
        ["We", "study", "dogs", "and", "all", "of", "the", "birds", "that", "sing", "at", "night."],
    ]
