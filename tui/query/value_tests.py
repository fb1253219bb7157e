"""Predicates of one query value on one text: on sections of the search text, tags and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import ITEM_END, SECTION_END, begins_word, fold_text, holds_word
from tui.index.vocabulary import is_typo_of
from tui.query.identifiers import plain_arxiv_id, plain_doi, plain_isbn
from tui.query.safe_regex import compile_safe
from tui.query.syntax_tree import Exact, Fuzzy, Phrase, Prefix, Regex, Word
from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.query.syntax_tree import Value

    Test = Callable[[str], bool]
    SimilarWords = Callable[[str], Iterable[str]]


def needle(value: Value) -> str:
    """Folded text that every match contains; empty if there is none."""
    return fold_text(value.text) if isinstance(value, Word | Phrase | Prefix | Exact) else ""


def text_test(value: Value, similar_words: SimilarWords) -> Test:
    """The test of a value on folded text, whose items are separated by line feeds.

    Args:
        value: not a pattern or a date.
        similar_words: returns the words in use that are similar to a folded word.
    """
    if isinstance(value, Fuzzy):
        words = tuple(similar_words(fold_text(value.text)))
        return lambda text: any(holds_word(text, word) for word in words)
    return _folded_test(value)


def _folded_test(value: Value) -> Test:
    term = needle(value)
    if isinstance(value, Prefix):
        return lambda text: begins_word(text, term)
    if isinstance(value, Exact):
        return lambda text: term in text.replace(SECTION_END, ITEM_END).split(ITEM_END)
    return lambda text: term in text


def choice_test(field: str, value: Value) -> Test:
    """The test of a value on unfolded text of a field with few distinct values: tags, categories, sources."""
    if isinstance(value, Regex):
        return compile_safe(value.pattern).found_in
    if isinstance(value, Fuzzy):
        # Names of sources and categories are not in the vocabulary.
        typed = fold_text(value.text)
        return lambda text: any(is_typo_of(typed, word) for word in tokenize(text))
    if isinstance(value, Word | Phrase) and field in _NAME_TESTS:
        is_named, term = _NAME_TESTS[field], fold_text(value.text)
        return lambda text: is_named(term, fold_text(text))
    test = _folded_test(value)
    return lambda text: test(fold_text(text))


def _names_category(term: str, category: str) -> bool:
    """In full, by its archive, or by the part after the dot."""
    archive, _, subject = category.partition(".")
    return term in (category, archive, subject)


def _names_tag(term: str, tag: str) -> bool:
    """The tag itself, or one of its parents."""
    term = term.rstrip("/")
    return tag == term or tag.startswith(term + "/")


def _begins(term: str, text: str) -> bool:
    return text.startswith(term)


def _names_doi(term: str, doi: str) -> bool:
    return fold_text(plain_doi(term)) in doi


def _names_arxiv_id(term: str, arxiv_id: str) -> bool:
    return arxiv_id.startswith(plain_arxiv_id(term))


def _names_isbn(term: str, isbn: str) -> bool:
    return plain_isbn(term) == plain_isbn(isbn)


def _names_pmid(term: str, pmid: str) -> bool:
    return term in (pmid, pmid.removeprefix("pmc"))


_NAME_TESTS: dict[str, Callable[[str, str], bool]] = {
    "doi": _names_doi,
    "arxiv": _names_arxiv_id,
    "tag": _names_tag,
    "cat": _names_category,
    "id": _begins,
    "status": str.__eq__,
    "type": str.__eq__,
    "isbn": _names_isbn,
    "pmid": _names_pmid,
}
