"""Author fields as people fill them in: other separators than ``and``, titles, numbers and ``et al.``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.ingest.bibliography_record import BibliographyRecord, to_record
from tui.ingest.bibtex_authors import parse_authors
from tui.model.author_name import parse_name

if TYPE_CHECKING:
    from tui.ingest.source_file import Diagnostic


@pytest.mark.parametrize(
    ("field", "names"),
    [
        # initials after the family name
        ("Kern PA, Moor B", ["P. A. Kern", "B. Moor"]), ("Kern PA and Moor B and Li X", ["P. A. Kern", "B. Moor", "X. Li"]),
        ("van den Moor JP, O'Kern T-L", ["J. P. van den Moor", "T.-L. O'Kern"]), ("Kern P.A. and Moor B.", ["P. A. Kern", "B. Moor"]),
        ("Wei XU and Yi MA", ["Wei XU", "Yi MA"]), ("Fen LIU", ["Fen LIU"]), ("John Paul II", ["John Paul II"]),
        # semicolons
        ("Kern, Paul; Moor, Bea; Voss, Cy", ["Paul Kern", "Bea Moor", "Cy Voss"]),
        (r'K{\"o}hn, Paul; Moor, Bea', ["Paul Köhn", "Bea Moor"]), ("Kern, P.; Moor, B. and Voss, C.", ["P. Kern", "B. Moor", "C. Voss"]),
        ("Kern; , Paul", ["Paul Kern;"]), (r"Fr\&\#233;d Kern and Bea Moor", ["Fr&#233;d Kern", "Bea Moor"]),
        # ampersands
        (r"Kern, P. \& Moor, B.", ["P. Kern", "B. Moor"]), ("Paul Kern & Bea Moor", ["Paul Kern", "Bea Moor"]),
        (r"Kern, P., Moor, B., \& Voss, C.", ["P. Kern", "B. Moor", "C. Voss"]),
        ("Paul Kern, Bea Moor & Cy Voss", ["Paul Kern", "Bea Moor", "Cy Voss"]), ("Moor Kern, Ana & Voss, Cy", ["Moor Kern, Ana", "Cy Voss"]),
        (r"Kern \& Moor", ["Kern & Moor"]), (r"Kern \& Sons Limited", ["Kern & Sons Limited"]), (r"Texas A\&M", ["Texas A&M"]),
        # commas
        ("Paul Kern, Bea Moor, Cy Voss", ["Paul Kern", "Bea Moor", "Cy Voss"]), ("Paul Kern, Bea Moor, and Cy Voss", ["Paul Kern", "Bea Moor", "Cy Voss"]),
        ("Kern, P., Moor, B. M., Voss, C.", ["P. Kern", "B. M. Moor", "C. Voss"]), ("Paul Kern, and Bea Moor", ["Paul Kern", "Bea Moor"]),
        ("Moor Kern, María José", ["Moor Kern, María José"]), ("Kern, Jr., Paul", ["Paul Kern Jr."]),
        ("Sand Office, Coast Department, Northern Shore Council", ["Sand Office, Coast Department, Northern Shore Council"]),
        # a line each, and a comment
        ("Kern, Paul\n  Moor, Bea\n", ["Paul Kern", "Bea Moor"]), ("Paul Kern\nBea Moor\nCy Voss", ["Paul Kern", "Bea Moor", "Cy Voss"]),
        ("Society of Northern\n Dunes", ["Society of Northern Dunes"]), ("Kern, Paul and % the elder\nMoor, Bea", ["Paul Kern", "Bea Moor"]),
        # degrees
        ("Kern, Paul, PhD and Moor, Bea, M.D., MPH", ["Paul Kern", "Bea Moor"]), ("Paul Kern, Ph.D. and Bea Moor", ["Paul Kern", "Bea Moor"]),
        ("Kern, PhD, Paul", ["Paul Kern"]), ("Kern, Paul MD, PhD", ["Paul Kern"]),
        ("Kern, U.A. and Moor, U. A.", ["U.A. Kern", "U. A. Moor"]), ("Kern, M. D. and Moor Voss, S. M.", ["M. D. Kern", "Moor Voss, S. M."]), ("Rahman, Md", ["Md Rahman"]), ("Li, Ma", ["Ma Li"]),
        # identifiers
        ("Kern, Paul (0000-0001-5109-3700) and Moor, Bea", ["Paul Kern", "Bea Moor"]), ("Kern, Paul [https://orcid.org/0000-0001-5109-370X]", ["Paul Kern"]),
        (r"Paul Kern \orcidlink{0000-0001-5109-3700} and Bea Moor", ["Paul Kern", "Bea Moor"]), ("Kern, Paul, ORCID: 0000-0001-5109-3700", ["Paul Kern"]),
        ("Wei Wang 0012 and Bea Moor", ["Wei Wang", "Bea Moor"]),
    ],
)  # fmt: skip
def test_lists_are_split_between_names_of_people(field: str, names: list[str]) -> None:
    assert parse_authors(field) == (names, False)


@pytest.mark.parametrize(
    "end",
    [
        " et al.", ", et al.", " and et al.", r" \emph{et al.}", r" and {\em et al.}", r" et~al.", " et. al.", " and others",
        "; et al.", " et alii", r", \textit{et~al}", " u.a.", " and {et al}", "; others", " и др.",
    ],
)  # fmt: skip
def test_et_al_is_recognised_in_every_spelling(end: str) -> None:
    assert parse_authors(f"Kern, Paul{end}") == (["Paul Kern"], True)


@pytest.mark.parametrize("name", ["Violet Alba", "Janet Al", "Et Tu", "Bea Others"])
def test_names_that_look_like_et_al_are_names(name: str) -> None:
    assert parse_authors(name) == ([name], False)


def test_a_title_may_be_between_family_and_given_name() -> None:
    name = parse_name("Moor, comte de, Jean")
    assert (name.given, name.family, name.suffix) == ("Jean", "Moor", "comte de")
    assert parse_name("Moor, Kern, Voss").literal == "Moor, Kern, Voss"


def test_orcids_and_comments_take_linear_time() -> None:
    for field in (
        "{" * 50_000,
        "a;" * 50_000,
        "a, " * 50_000,
        "a &" * 20_000,
        "0000-" * 20_000,
        "et al " * 20_000,
        "A\n" * 50_000,
    ):
        parse_authors(field)


@pytest.mark.parametrize(("count", "kept"), [(5_000, 5_000), (5_001, 5_000)])
def test_of_more_than_five_thousand_authors_the_first_are_kept(count: int, kept: int) -> None:
    diagnostics: list[Diagnostic] = []
    reference = BibliographyRecord(1, "Masts", tuple(f"Ann{number} Lee" for number in range(count)))
    record = to_record("x.bib", reference, diagnostics)
    assert record is not None
    assert (len(record.authors), record.authors_truncated) == (kept, count > kept)
    assert len(diagnostics) == (count > kept)
    assert all(f"only the first 5000 of its {count} authors were kept" in each.reason for each in diagnostics)
