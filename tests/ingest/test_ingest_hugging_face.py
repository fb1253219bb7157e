"""Hugging Face's page of trending papers, as people and programs copy it."""

from __future__ import annotations

import pytest

from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source

PAGE = """\
Get trending papers in your email inbox once a day!

## Trending Papers

## by AK and the research community

### Harbours at Night: Rendering Masts with Splats

Harbours at Night is a framework that renders harbours, with a splat on every mast and a lamp on every pier.
- 8 authors
[LINK: GitHub 11.3k](https://github.com/example/harbours)

### A Theory of Moss for Readers
  of Reeds

Moss is short when seen from far away, and we give a theory of this effect that holds
for reeds as well, in nine experiments.
[LINK: GitHub 476](https://github.com/example/moss)

### Reeds

Reeds are tall when seen from below, as we show in two of nine countries with a new device.
- 1 author
[LINK: GitHub 2](https://github.com/example/reeds)
"""
TITLES = ["Harbours at Night: Rendering Masts with Splats", "A Theory of Moss for Readers of Reeds", "Reeds"]


def test_titles_are_read_and_summaries_left_out() -> None:
    result = parse_source(decode_source("x.txt", PAGE.encode()))
    assert [row.title for row in result.records] == TITLES
    assert {(row.abstract, row.authors) for row in result.records} == {(None, ())}
    assert not result.unsure
    (problem,) = result.diagnostics
    assert "left out 3 excerpts" in problem.reason


@pytest.mark.parametrize("mark", ["· ", ""])
def test_a_copy_from_the_browser_has_no_marks(mark: str) -> None:
    text = PAGE.replace("#", "").replace("- 8", f"{mark}8").replace("- 1", f"{mark}1")
    text = text.replace("[LINK: ", "").replace("k](https://github.com/example/harbours)", "k")
    result = parse_source(decode_source("x.txt", text.encode()))
    assert [row.title for row in result.records] == TITLES


def test_without_the_name_of_the_page_it_is_not_one() -> None:
    text = PAGE.replace("## Trending Papers\n", "").replace("## by AK and the research community\n", "")
    result = parse_source(decode_source("x.txt", text.encode()))
    assert result.unsure or not result.records
