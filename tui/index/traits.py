"""What two records of one paper have in common word for word: title, DOI, arXiv number. Knows no query."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tui.index.contrasts import same_only_in_title
from tui.paper.entry import told_apart
from tui.text.tokens import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.paper.entry import Entry
    from tui.paper.paper import Paper

_ALL_PAIRS = 30


def sharing(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry, Entry]]:
    """Pairs that share a trait, with its name: ``DOI``, ``arXiv number``, ``title`` (punctuation aside).

    Of very many papers with one trait, each comes with its neighbours only. Pairs that the user told apart are left
    out, and those with nothing in common but a title that many papers have.
    """
    holders: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        for trait in _traits(entry.paper):
            holders[trait].append(entry)
    for (name, _), found in holders.items():
        if len(found) > 1:
            pairs = combinations(found, 2) if len(found) <= _ALL_PAIRS else pairwise(found)
            for one, other in pairs:
                if not told_apart(one, other) and not (
                    name == "title" and same_only_in_title(one.paper, other.paper)
                ):
                    yield name, one, other


def _traits(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "DOI", paper.doi.casefold()
    if paper.eprint:
        yield "arXiv number", paper.eprint.casefold()
    if paper.title and (title := squeezed(paper.title)):
        yield "title", title
