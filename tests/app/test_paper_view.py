"""The page of a paper, as content with styles."""

from __future__ import annotations

from tui.app.detail_content import paper_view
from tui.app.theming import MATCH, UNICODE
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper

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
