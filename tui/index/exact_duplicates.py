"""What two records of one paper have in common word for word: title, DOI, arXiv number. Knows no query."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tui.index.duplicate_contradictions import shares_only_generic_title
from tui.model.entry import marked_distinct
from tui.text.tokens import normalise_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.model.entry import Entry
    from tui.model.paper import Paper

_ALL_PAIRS = 30


def pairs_sharing_identifier(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry, Entry]]:
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
                if not marked_distinct(one, other) and not (
                    name == "title" and shares_only_generic_title(one.paper, other.paper)
                ):
                    yield name, one, other


def _traits(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "DOI", paper.doi.casefold()
    if paper.eprint:
        yield "arXiv number", paper.eprint.casefold()
    if paper.title and (title := normalise_words(paper.title)):
        yield "title", title
