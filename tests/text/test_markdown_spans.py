"""What is highlighted in a note."""

from __future__ import annotations

import pytest

from tui.text.markdown_spans import highlight_spans


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("# Title", [("# Title", "heading")]),
        ("#tag is no heading", []),
        ("> quoted *words*", [("> quoted *words*", "quote")]),
        ("- [x] see `code` and **this**", [("- [x]", "marker"), ("`code`", "code"), ("**this**", "strong")]),
        ("2 * 3 * 4 and snake_case_name", []),
        ("an *early* é_fi_ _draft_", [("*early*", "emphasis"), ("_draft_", "emphasis")]),
        ("[a](https://a.org/b) https://c.org", [("[a](https://a.org/b)", "link"), ("https://c.org", "link")]),
    ],
)
def test_a_line(line: str, found: list[tuple[str, str]]) -> None:
    (spans,) = highlight_spans([line])
    assert [(line[start:end], name) for start, end, name in spans] == found


def test_fenced_code_is_highlighted_as_code_only() -> None:
    lines = ["```", "# no heading", "```", "# heading"]
    assert [*highlight_spans(lines)] == [
        ((0, 3, "code"),), ((0, 12, "code"),), ((0, 3, "code"),), ((0, 9, "heading"),),
    ]  # fmt: skip
