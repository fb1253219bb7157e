"""The first line of a three-line record: every category of arXiv, dates as people write them, the code flag."""

from __future__ import annotations

import pytest

from tui.ingest.plain_dates import parse_date
from tui.ingest.record_header import parse_header
from tui.model.arxiv import ARCHIVES, expand_category, find_arxiv_id

FULL = [f"{archive}.{name}" for archive, names in ARCHIVES.items() for name in names]


@pytest.mark.parametrize("category", [*FULL, *(archive for archive, names in ARCHIVES.items() if not names)])
@pytest.mark.parametrize("rest", ["Oct 26, 2023Code", "May 1, 2014", "Sep 3", "2021-01-05"])
def test_every_arxiv_category_is_parsed_before_a_date(category: str, rest: str) -> None:
    found = parse_header(category + rest)
    assert found
    assert (found.category, found.has_code, found.errors, found.sure) == (category, rest.endswith("Code"), (), True)


@pytest.mark.parametrize("name", ARCHIVES["cs"])
def test_every_bare_class_of_computer_science(name: str) -> None:
    found = parse_header(f"{name}Oct 26, 2023Code")
    assert found
    assert (found.category, str(found.date), found.has_code) == (f"cs.{name}", "2023-10-26", True)


def test_computer_science_has_its_forty_classes() -> None:
    assert len(ARCHIVES["cs"]) == len(set(ARCHIVES["cs"])) == 40


def test_a_bare_class_of_a_single_archive() -> None:
    assert expand_category("ML") == ("stat.ML",)
    assert expand_category("IV") == ("eess.IV",)
    assert expand_category("QM") == ("q-bio.QM",)
    assert expand_category("optics") == ("physics.optics",)


def test_an_ambiguous_class_is_reported_and_not_guessed() -> None:
    found = parse_header("APMay 3, 2020")
    assert found
    assert (found.category, str(found.date)) == (None, "2020-05-03")
    assert "math.AP" in found.errors[0][0]
    assert "stat.AP" in found.errors[0][0]


def test_an_unknown_category_is_reported() -> None:
    found = parse_header("XXMay 3, 2020")
    assert found
    assert found.category is None
    assert "XX" in found.errors[0][0]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Oct 26, 2023", "2023-10-26"),
        ("October 26, 2023", "2023-10-26"),
        ("Oct. 26 2023", "2023-10-26"),
        ("Jun 2", "XXXX-06-02"),
        ("Sept 3", "XXXX-09-03"),
        ("Sept. 3, 2001", "2001-09-03"),
        ("26 October 2023", "2023-10-26"),
        ("26th Oct", "XXXX-10-26"),
        ("2023-10-26", "2023-10-26"),
        ("2023/1/5", "2023-01-05"),
        ("2023-10", "2023-10"),
        ("Oct 2023", "2023-10"),
        ("May, 2023", "2023-05"),
        ("2023", "2023"),
        ("Feb 29", "XXXX-02-29"),
        ("Feb 29, 2024", "2024-02-29"),
        ("may 1st, 1999", "1999-05-01"),
        ("\u017fept 3, 2020", "2020-09-03"),  # a long s is an s for a pattern that ignores case
    ],
)
def test_dates_as_people_write_them(printed: str, expected: str) -> None:
    assert str(parse_date(printed)) == expected
    found = parse_header(f"CV{printed}")
    assert found
    assert str(found.date) == expected


@pytest.mark.parametrize(
    "printed", ["Feb 30, 2023", "Feb 29, 2023", "Oct 32", "31 Jun 2020", "2023-13-01", "Foo 3, 2023", "Oct 0, 2020"]
)
def test_a_nonexistent_date_is_left_out_and_reported(printed: str) -> None:
    with pytest.raises(ValueError, match=r"not|has no day"):
        parse_date(printed)
    found = parse_header(f"cs.LG{printed}Code")
    assert found
    assert (found.category, found.date, found.has_code) == ("cs.LG", None, True)
    assert printed in found.errors[0][0]


@pytest.mark.parametrize(
    "text",
    [
        "AI Agents 2023",
        "Spring in the Air, May 3, 2021",
        "A Study of CV",
        "other",
        "soft",
        "Deep Learning",
        "We propose CVOct 26, 2023Code and more of this kind of text, in a line that goes on.",
    ],
)
def test_other_lines_are_not_headers(text: str) -> None:
    found = parse_header(text)
    assert found is None or not found.sure


@pytest.mark.parametrize("text", ["cs.CV Oct 26, 2023 Code", "cs.CV · Oct 26, 2023 · Code", "cs.cv|2023-10-26|code"])
def test_symbols_between_the_parts(text: str) -> None:
    found = parse_header(text)
    assert found
    assert (found.category, str(found.date), found.has_code) == ("cs.CV", "2023-10-26", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://arxiv.org/abs/2310.07240v3", "2310.07240"),
        ("arXiv:2310.07240", "2310.07240"),
        ("https://arxiv.org/pdf/hep-th/9901001", "hep-th/9901001"),
        ("10.48550/arXiv.2310.07240", "2310.07240"),
        ("https://example.org/2310.07240", None),
    ],
)
def test_identifiers_of_arxiv(text: str, expected: str | None) -> None:
    assert find_arxiv_id(text) == expected
