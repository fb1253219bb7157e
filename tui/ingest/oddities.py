"""Oddities of a paper to import, as hints for the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.boilerplate import is_boilerplate
from tui.ingest.line_classifier import interface_score, prose_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.model.paper import Paper

_LONG_TITLE = 300  # characters
_SHORT_TITLE = 5
_SURELY_PROSE = 4.0
_COMMON = 0.5  # a gap in more than this share of the papers is reported once for all
_FEW = 3


def oddities(paper: Paper, gaps: Sequence[str]) -> tuple[str, ...]:
    """The oddities of a paper, a few words each.

    Args:
        paper: the paper.
        gaps: what not to mention, because most papers lack it.
    """
    found = [what for what in _gaps(paper) if what not in gaps]
    title = paper.title or ""
    if title and len(title) < _SHORT_TITLE:
        found.append("very short title")
    if len(title) > _LONG_TITLE:
        found.append("very long title")
    if title and (is_boilerplate(title) or interface_score(title) >= 1.0):
        found.append("looks like a menu item")
    elif title and prose_score(title) >= _SURELY_PROSE:
        found.append("title reads like a sentence")
    return tuple(found)


def common_gaps(papers: Sequence[Paper]) -> tuple[str, ...]:
    """What most of the papers lack; empty for a few papers."""
    if len(papers) <= _FEW:
        return ()
    every = [_gaps(paper) for paper in papers]
    return tuple(
        what
        for what in ("no title", "no authors", "no abstract")
        if sum(what in each for each in every) > _COMMON * len(papers)
    )


def _gaps(paper: Paper) -> tuple[str, ...]:
    given = {"no title": paper.title, "no authors": paper.authors, "no abstract": paper.abstract}
    return tuple(what for what, value in given.items() if not value)
