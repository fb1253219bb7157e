"""A look at papers before they are imported: the titles, and what is odd about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.oddities import common_gaps, oddities

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tui.model.paper import Paper

PREVIEWED = 50  # papers


class PaperPreview(NamedTuple):
    """One paper of a preview.

    Attributes:
        heading: its title, or the first words of its abstract.
        is_new: whether it was not there before.
        oddities: what is odd about it, a few words each.
    """

    heading: str
    is_new: bool
    oddities: tuple[str, ...]


class ImportPreview(NamedTuple):
    """The papers that an import would bring.

    Attributes:
        papers: the first of them.
        more: how many there are besides.
        lacks: what most of them lack, such as ``no authors``; it is not named with each.
    """

    papers: tuple[PaperPreview, ...]
    more: int
    lacks: tuple[str, ...]


def preview(papers: Sequence[Paper], known: Collection[str], limit: int) -> ImportPreview:
    """Look at papers.

    Args:
        papers: as they would be.
        known: ids of papers that are there already.
        limit: number of papers to name.
    """
    lacks = common_gaps(papers)
    named = (
        PaperPreview(paper.display_title, paper.id not in known, oddities(paper, lacks)) for paper in papers[:limit]
    )
    return ImportPreview(tuple(named), max(len(papers) - limit, 0), lacks)
