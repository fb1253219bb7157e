"""OpenReview's pages as people copy them: without spaces between the buttons, and with what programs for notes add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

if TYPE_CHECKING:
    from tui.ingest.record import ParseResult

HEAD = """\
Harbours at Night
Eva Moor, Ida Reed
"""
BELOW = """\
Keywords: harbours, masts
Abstract: We present a method that renders harbours. It places a splat on every mast.
"""
LIST = "".join(
    f"{title} \n{authors}\nPublished: 01 Mar 2023, Last Modified: 22 Apr 2023{venue}Readers:  EveryoneShow BibtexShow Revisions\n"
    f"{BELOW}\nFrom <https://openreview.net/forum?id={id_}> \n\n\n"
    for title, authors, venue, id_ in (
        ("Harbours at Night", "Eva Moor, Ida Reed", "PORTS 2023 Oral", "Ab0-_x"),
        ("A Theory of Moss", "Bo Fen", "PORTS 2023 notable top 5%", "Cd1"),
    )
)


def reading(text: str) -> ParseResult:
    return parse_source(decode_source("x.txt", text.encode()))


def test_the_address_that_a_program_for_notes_adds_is_the_link() -> None:
    result = reading(LIST)
    assert [(row.title, row.authors, row.links) for row in result.records] == [
        ("Harbours at Night", ("Eva Moor", "Ida Reed"), ("https://openreview.net/forum?id=Ab0-_x",)),
        ("A Theory of Moss", ("Bo Fen",), ("https://openreview.net/forum?id=Cd1",)),
    ]
    assert {row.abstract for row in result.records} == {
        "We present a method that renders harbours. It places a splat on every mast."
    }
    assert [row.publication.container_title for row in result.records] == [
        "PORTS 2023 Oral",
        "PORTS 2023 notable top 5%",
    ]
    assert (result.diagnostics, result.unsure) == ((), False)


@pytest.mark.parametrize(
    ("line", "venue"),
    [
        ("Published: 01 May 2026, Last Modified: 25 Jun 2026PORTS 2026 regularEveryone", "PORTS 2026 regular"),
        ("Published: 01 May 2026, Last Modified: 25 Jun 2026PORTS 2026 PosterEveryoneRevisionsBibTeXCC BY 4.0", "PORTS 2026 Poster"),
        ("28 May 2026 (modified: 21 Dec 2026)PORTS 2026 Conference Blind SubmissionReaders:  EveryoneShow BibtexShow Revisions", "PORTS 2026 Conference Blind Submission"),
        ("Published: 01 May 2026, Last Modified: 25 Jun 2026PORTS 2026 (Everyone's Track)Readers: Everyone", "PORTS 2026 (Everyone's Track)"),
    ],
)  # fmt: skip
def test_the_venue_stands_between_day_and_buttons(line: str, venue: str) -> None:
    (record,) = reading(f"{HEAD}{line}\n{BELOW}").records
    assert (record.publication.container_title, str(record.date)[:7]) == (venue, "2026-05")


def test_the_name_of_a_profile_does_not_interrupt_the_authors() -> None:
    text = f"Harbours at Night\n\nEva Moor\n~Eva_Moor2\n, Ida Reed, Gil Fen\n{LIST.split(chr(10))[2]}\n{BELOW}"
    result = reading(text)
    assert [(row.title, row.authors) for row in result.records] == [
        ("Harbours at Night", ("Eva Moor", "Ida Reed", "Gil Fen"))
    ]
    assert result.diagnostics == ()


def test_an_address_on_the_line_of_the_title_is_the_link() -> None:
    text = LIST.replace("Moss \n", "Moss  https://openreview.net/forum?id=Ef2\n").replace(
        "From <https://openreview.net/forum?id=Cd1>", ""
    )
    assert [(row.title, row.links) for row in reading(text).records] == [
        ("Harbours at Night", ("https://openreview.net/forum?id=Ab0-_x",)),
        ("A Theory of Moss", ("https://openreview.net/forum?id=Ef2",)),
    ]


def test_further_fields_and_replies_are_not_part_of_the_abstract() -> None:
    page = f"""\
OpenReview
.net
Login
back arrowGo to PORTS 2026 Conference homepage
Harbours at Night
Download PDF
Eva Moor, Ida Reed
Published: 01 May 2026, Last Modified: 25 Jun 2026PORTS 2026 regularEveryone
Revisions
BibTeX
Abstract:

We present a method that renders harbours. It places a splat on every mast.
Lay Summary:

Ships need light.
Link To Code: https://example.org/harbours
{BELOW.partition("Abstract")[0]}Submission Number: 10
Filter by reply type...
17 / 17 replies shown
"""
    result = reading(page)
    (record,) = result.records
    assert record.abstract == "We present a method that renders harbours. It places a splat on every mast."
    assert record.keywords == ("harbours", "masts")
    assert result.diagnostics == ()
    reply = "Paper Decision\nDecisionby Program Chairs30 Apr 2026, 23:57 (modified: 25 Jun 2026, 07:34)EveryoneRevisions\n"
    assert [row.title for row in reading(page + reply).records] == ["Harbours at Night"]
