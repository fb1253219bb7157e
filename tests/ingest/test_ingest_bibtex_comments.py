r"""Comments in entries, strings that nobody defined, and TeX's logos, as real bibliographies have them."""

from __future__ import annotations

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

COMMENTED = """\
@patent{a, author = {Li, Bo}, % the first, of {many
  title = {A Patent}, % type = {Patent Type},
  % year = 1999,
  year = 2010,
}
"""


def test_a_comment_between_fields_is_not_a_field() -> None:
    reading = parse_source(decode_source("x.bib", COMMENTED.encode()))
    (draft,) = reading.records
    assert (draft.title, draft.authors, str(draft.date)) == ("A Patent", ("Bo Li",), "2010")
    assert reading.diagnostics == ()


@pytest.mark.parametrize(
    ("field", "taken", "said"),
    [
        ('author = MCDERMOTT # " and Cy Poe"', ("MCDERMOTT", "Cy Poe"), "the string MCDERMOTT in its author"),
        ("author = {Cy Poe}, publisher = nobody", ("Cy Poe",), ""),
        ("author = {Cy Poe}, month = september", ("Cy Poe",), ""),
    ],
)
def test_an_undefined_string_is_reported_where_it_is_visible(field: str, taken: tuple[str, ...], said: str) -> None:
    reading = parse_source(decode_source("x.bib", f"@misc{{a, title = {{On Mills}}, {field}}}".encode()))
    (draft,) = reading.records
    assert draft.authors == taken
    assert [said in problem.reason and problem.repaired for problem in reading.diagnostics] == (
        [True] if said else []
    )


def test_logos_become_text() -> None:
    text = r"@misc{a, title = {{\BibTeX} 1.0, {\XeTeX}, Ml\BibTeX's and {\AmS}-{\LaTeX}}}"
    (draft,) = parse_source(decode_source("x.bib", text.encode())).records
    assert draft.title == "BibTeX 1.0, XeTeX, MlBibTeX's and AmS-LaTeX"
