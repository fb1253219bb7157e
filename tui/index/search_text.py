"""The search text: one folded string per paper, so that a single ``in`` finds a bare word.

Its sections are in the order in which matches rank: title, authors, tags, note, abstract. A form feed ends a section,
a line feed an item of a section (an author, a tag). Neither can occur in a section or a search term, because white
space is folded to single spaces. The rank of a match is the number of form feeds before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.fold import fold_for_search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tui.model.entry import Entry
    from tui.model.mark import Mark
    from tui.model.paper import Paper

SECTIONS = ("title", "author", "tag", "note", "abstract")
SECTION_END = "\f"
ITEM_END = "\n"


def fold_text(text: str) -> str:
    """Fold a text or search term for comparison, with runs of white space as one space and none at the ends."""
    plain = fold_for_search(text)
    if plain.isprintable() and "  " not in plain:
        return plain.strip(" ")
    return " ".join(plain.split())


def search_text(entry: Entry) -> str:
    """The text of an entry that bare words are searched in."""
    return _join(_paper_start(entry.paper), entry.mark, fold_text(entry.paper.abstract or ""))


def with_new_mark(text: str, mark: Mark) -> str:
    """The search text with another mark, without folding the paper again."""
    title, authors, _, _, abstract = text.split(SECTION_END)
    return _join(f"{title}{SECTION_END}{authors}", mark, abstract)


def fold_section(entry: Entry, name: str) -> str:
    """One section of the search text of an entry, without folding the others.

    Args:
        entry: a paper with its mark.
        name: one of ``SECTIONS``.
    """
    return _FOLDED[name](entry)


def section(text: str, name: str) -> str:
    """One section of a search text; line feeds separate its items.

    Args:
        text: as ``search_text`` returns it.
        name: one of ``SECTIONS``.
    """
    return text.split(SECTION_END)[SECTIONS.index(name)]


def begins_word(text: str, prefix: str) -> bool:
    """Whether a word of the search text begins with the prefix."""
    at = text.find(prefix)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(prefix, at + 1)
    return at >= 0


def holds_word(text: str, word: str) -> bool:
    """Whether the search text holds the word as a token (see ``tokenize``)."""
    at = text.find(word)
    while at >= 0:
        if not _continues_word(text[max(0, at - 2) : at]) and not _continues_word(
            text[at + len(word) : at + len(word) + 2][::-1]
        ):
            return True
        at = text.find(word, at + 1)
    return False


def _continues_word(characters: str) -> bool:
    """Whether a word continues past these two characters; an apostrophe between letters is part of a word."""
    return characters[-1:].isalnum() or (characters[-1:] == "'" and characters[:1].isalnum())


def _paper_start(paper: Paper) -> str:
    return f"{fold_text(paper.title or '')}{SECTION_END}{_items(paper.authors)}"


def _items(texts: Iterable[str]) -> str:
    return ITEM_END.join([fold_text(text) for text in texts])


def _join(start: str, mark: Mark, abstract: str) -> str:
    return f"{start}{SECTION_END}{_items(mark.tags)}{SECTION_END}{fold_text(mark.note)}{SECTION_END}{abstract}"


_FOLDED: Mapping[str, Callable[[Entry], str]] = {
    "title": lambda entry: fold_text(entry.paper.title or ""),
    "author": lambda entry: _items(entry.paper.authors),
    "tag": lambda entry: _items(entry.mark.tags),
    "note": lambda entry: fold_text(entry.mark.note),
    "abstract": lambda entry: fold_text(entry.paper.abstract or ""),
}
