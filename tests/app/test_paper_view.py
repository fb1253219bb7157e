"""The page of a paper, as content with styles."""

from __future__ import annotations

from tui.app.detail_content import paper_view
from tui.app.theming import MATCH, UNICODE
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

AUTHORS = ("Ada Lindqvist", "Rui Zhang", "Tomás Pereira")
NOTE = "# Plan\n\nsee **section 4** of [them](https://a.org)\n- `code`"


def test_the_markdown_of_a_note_is_highlighted_and_matches_stand_out_of_it() -> None:
    page = paper_view(Entry(Paper("a1", title="Waves"), Mark(note=NOTE)), ["section"], UNICODE)
    assert NOTE in page.plain
    found = [(page.plain[start:end], str(style)) for start, end, style in page.spans]
    assert [each for each in found if each[0] in NOTE] == [
        ("# Plan", "bold $primary"),
        ("**section 4**", "bold"),
        ("[them](https://a.org)", "$primary"),
        ("-", "$secondary"),
        ("`code`", "$tag-ink"),
        ("section", MATCH),
    ]


def test_a_due_date_is_not_cut_for_an_identifier() -> None:
    paper = Paper("a1", title="Waves", authors=AUTHORS, date=PartialDate.parse("2026-11-27"), eprint="2611.18001")
    with_due = Entry(paper, Mark(priority="medium", due="2031-12-11"))

    def line(entry: Entry) -> str:
        return paper_view(entry, [], UNICODE, line=74).plain.splitlines()[1]

    assert line(Entry(paper, Mark())) == "Ada Lindqvist, Rui Zhang, Tomás …  2026-11-27 · arXiv:2611.18001  ● unread"
    assert line(with_due) == "Ada Lindqvist, Rui…  2026-11-27  ● unread  medium priority  due 2031-12-11"
    undated = Entry(Paper("a1", title="Waves", eprint="2611.18001"), with_due.mark)
    assert line(undated).startswith("arXiv:2611.18001  ● unread")
