"""Papers that are probably in the list twice, by what a person would compare: title, DOI, arXiv number."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tui.text.tokens import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.paper.entry import Entry
    from tui.paper.paper import Paper


def look_alikes(entries: Iterable[Entry]) -> frozenset[str]:
    """Ids of the papers that share a title (punctuation aside), a DOI or an arXiv number with another one."""
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        for trait in _traits(entry.paper):
            holders[trait].append(entry.id)
    return frozenset(paper for papers in holders.values() if len(papers) > 1 for paper in papers)


def _traits(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.title and (title := squeezed(paper.title)):
        yield "title", title
    if paper.doi:
        yield "doi", paper.doi.casefold()
    if paper.eprint:
        yield "eprint", paper.eprint.casefold()
