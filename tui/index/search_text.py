"""One folded string for each paper, so that a single ``in`` decides a bare word.

The parts stand in the order in which hits rank: title, authors, tags, note, abstract. Blanks inside the parts are
squeezed to single spaces, so the two separators can occur in no part and in no search term: a form feed between
parts, a line feed between the items of a part (authors, tags). Neither offsets nor a second copy are kept; the rank
of a hit is the number of form feeds before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.fold import fold_for_search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.model.entry import Entry
    from tui.model.mark import Mark
    from tui.model.paper import Paper

SECTIONS = ("title", "author", "tag", "note", "abstract")
SECTION_END = "\f"
ITEM_END = "\n"


def fold_text(text: str) -> str:
    """The text folded, with every run of blanks as one space and none at the ends: both sides of a comparison."""
    plain = fold_for_search(text)
    if plain.isprintable() and "  " not in plain:
        return plain.strip(" ")
    return " ".join(plain.split())


def search_text(entry: Entry) -> str:
    """Everything of an entry that a bare word looks into."""
    return _joined(_head(entry.paper), entry.mark, fold_text(entry.paper.abstract or ""))


def with_new_mark(hay: str, mark: Mark) -> str:
    """The haystack of the same paper under another mark, without folding the paper again."""
    title, authors, _, _, abstract = hay.split(SECTION_END)
    return _joined(f"{title}{SECTION_END}{authors}", mark, abstract)


def section(hay: str, name: str) -> str:
    """One part of a haystack; its items are divided by line feeds.

    Args:
        hay: what ``haystack`` returned.
        name: one of ``PARTS``.
    """
    return hay.split(SECTION_END)[SECTIONS.index(name)]


def begins_word(hay: str, prefix: str) -> bool:
    """Whether a word in the haystack begins with the prefix."""
    at = hay.find(prefix)
    while at > 0 and hay[at - 1].isalnum():
        at = hay.find(prefix, at + 1)
    return at >= 0


def holds_word(hay: str, word: str) -> bool:
    """Whether the word stands in the haystack as a word of its own, as ``tokens.words`` would find it."""
    at = hay.find(word)
    while at >= 0:
        if not _ends_in_word(hay[max(0, at - 2) : at]) and not _ends_in_word(
            hay[at + len(word) : at + len(word) + 2][::-1]
        ):
            return True
        at = hay.find(word, at + 1)
    return False


def _ends_in_word(letters: str) -> bool:
    """Whether a word goes on over the end of these two letters; an apostrophe between two letters belongs to it."""
    return letters[-1:].isalnum() or (letters[-1:] == "'" and letters[:1].isalnum())


def _head(paper: Paper) -> str:
    return f"{fold_text(paper.title or '')}{SECTION_END}{_items(paper.authors)}"


def _items(texts: Iterable[str]) -> str:
    return ITEM_END.join([fold_text(text) for text in texts])


def _joined(head: str, mark: Mark, abstract: str) -> str:
    return f"{head}{SECTION_END}{_items(mark.tags)}{SECTION_END}{fold_text(mark.note)}{SECTION_END}{abstract}"
