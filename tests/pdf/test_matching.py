"""Which paper a PDF contains: by the name of the file, and by the text of the first page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pdf.matching import PaperMatcher, PaperNames

WEIRS = PaperNames("weirs", "On the Flow of Water over Weirs", "lee2019flow", "1903.01234", "10.5555/flow-2019.07")
DUNES = PaperNames("dunes", "Moving Dunes of Small Deserts", "moor:dunes", "hep-th/9901001", "10.5555/S41586-021-038")
PLUS = PaperNames("plus", "On the Flow of Water over Weirs with Gates", "lee2020")
SHORT = PaperNames("short", "Dunes", "ng")
PAPERS = (WEIRS, DUNES, PLUS, SHORT)


def found(stem: str) -> list[tuple[str, bool]]:
    return [(each.paper_id, each.is_sure) for each in PaperMatcher(PAPERS).by_name(stem)]


@pytest.mark.parametrize(
    ("stem", "paper"),
    [
        ("1903.01234", "weirs"),
        ("1903.01234v3", "weirs"),
        ("arXiv_1903.01234v12 (1)", "weirs"),
        ("hep-th9901001", "dunes"),
        ("hep-th_9901001v2", "dunes"),
        ("10.5555_flow-2019.07", "weirs"),
        ("10.5555%2Fflow-2019.07", "weirs"),
        ("flow-2019.07 copy", "weirs"),
        ("s41586-021-038", "dunes"),
        ("lee2019flow", "weirs"),
        ("LEE2019flow - Flow", "weirs"),
        ("moor_dunes", "dunes"),
        ("lee2020-gates", "plus"),
        ("ng", "short"),
        ("Lee - 2019 - On the flow of water over weirs", "weirs"),
        ("on_the_flow_of_water_over_weirs_with_gates", "plus"),
    ],
)
def test_a_name_identifies_a_paper(stem: str, paper: str) -> None:
    assert found(stem)[0] == (paper, True)
    assert {each for each, _ in found(stem)} == {paper}


@pytest.mark.parametrize(
    "stem",
    ["11903.01234", "1903.012345", "21903.01234", "dunes", "lee2019flows", "lee2019", "ngo", "ng notes", "5555", "", "report 9901001",
     "flow of water over", "10.5555", "slides"],
)  # fmt: skip
def test_a_name_that_only_resembles_one_does_not(stem: str) -> None:
    assert found(stem) == []


@pytest.mark.parametrize(
    ("stem", "matches"),
    [
        ("A note on weirs", True),
        ("Smith - A Note on Weirs", True),
        ("Smith – 2017 – a_note_on_weirs (1)", True),
        ("Smith - A Note on Weirs and Gates", False),
        ("a note on weirs 2", False),
        ("Smith-A Note on Weirs", False),
        ("Smith - Dunes", False),
    ],
)
def test_a_short_title_is_doubtful_and_must_be_a_whole_part_of_the_name(stem: str, matches: bool) -> None:
    matcher = PaperMatcher([*PAPERS, PaperNames("note", "A Note on Weirs")])
    assert [(each.paper_id, each.is_sure) for each in matcher.by_name(stem)] == [("note", False)] * matches


def test_names_of_two_papers_are_doubtful() -> None:
    assert found("1903.01234 and hep-th9901001") == [("weirs", False), ("dunes", False)]
    twins = PaperMatcher([WEIRS, WEIRS._replace(id="twin")])
    assert [(each.paper_id, each.is_sure) for each in twins.by_name("1903.01234")] == [
        ("weirs", False),
        ("twin", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv:1903.01234v2 [physics.flu-dyn] 5 Mar 2019\nSomething", [("weirs", "arXiv stamp", True)]),
        ("On the Flow of Water\nover  Weirs\nAnn Lee", [("weirs", "title on the first page", True)]),
        ("ON THE FL OW OF WATER OVER WEI-\nRS", [("weirs", "title on the first page", True)]),
        ("https://doi.org/10.5555/flow-2019.07.\nText", [("weirs", "DOI on the first page", True)]),
        ("doi 10.5555/flow-2019.07, as in 10.1000/other", [("weirs", "DOI on the first page", False)]),
        ("x" * 700 + " as in Moving Dunes of Small Deserts", [("dunes", "title on the first page", False)]),
        ("we extend arXiv:1903.01234 to seas", [("weirs", "arXiv id on the first page", False)]),
        ("Dunes", []),
        ("", []),
    ],
)
def test_a_first_page(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [tuple(each) for each in PaperMatcher(PAPERS).by_page(text)] == expected


@given(st.text(max_size=300))
def test_any_text_is_looked_at(text: str) -> None:
    matcher = PaperMatcher(PAPERS)
    assert {each.paper_id for each in (*matcher.by_name(text), *matcher.by_page(text))} <= {
        each.id for each in PAPERS
    }
