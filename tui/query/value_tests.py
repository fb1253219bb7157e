"""What one value says about one text: tests on folded parts of a haystack, on tags and on choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import ITEM_END, SECTION_END, begins_word, fold_text, holds_word
from tui.index.vocabulary import is_typo_of
from tui.query.safe_regex import compile_safe
from tui.query.syntax_tree import Exact, Fuzzy, Phrase, Prefix, Regex, Word
from tui.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.query.syntax_tree import Value

    Test = Callable[[str], bool]
    Nearest = Callable[[str], Iterable[str]]


def needle(value: Value) -> str:
    """Folded text without which the value cannot match; empty where there is none."""
    return fold_text(value.text) if isinstance(value, Word | Phrase | Prefix | Exact) else ""


def text_test(value: Value, nearest: Nearest) -> Test:
    """The test of a folded text, of which the items are divided by line feeds.

    Args:
        value: no pattern and no date.
        nearest: the words in use that are close to a folded word.
    """
    if isinstance(value, Fuzzy):
        close = tuple(nearest(fold_text(value.text)))
        return lambda text: any(holds_word(text, word) for word in close)
    return _folded_test(value)


def _folded_test(value: Value) -> Test:
    term = needle(value)
    if isinstance(value, Prefix):
        return lambda text: begins_word(text, term)
    if isinstance(value, Exact):
        return lambda text: term in text.replace(SECTION_END, ITEM_END).split(ITEM_END)
    return lambda text: term in text


def choice_test(field: str, value: Value) -> Test:
    """The test of one value, as it is written, of a field that has few different values: tags, categories, pages."""
    if isinstance(value, Regex):
        return compile_safe(value.pattern).found_in
    if isinstance(value, Fuzzy):
        # Not by the words in use: names of pages and categories are none of those.
        meant = fold_text(value.text)
        return lambda text: any(is_typo_of(meant, word) for word in tokenize(text))
    if isinstance(value, Word | Phrase) and field in _NAMED_BY:
        names, term = _NAMED_BY[field], fold_text(value.text)
        return lambda text: names(term, fold_text(text))
    test = _folded_test(value)
    return lambda text: test(fold_text(text))


def _names_category(term: str, category: str) -> bool:
    """In full, by its archive, or by the part behind the dot."""
    archive, _, subject = category.partition(".")
    return term in (category, archive, subject)


def _names_tag(term: str, tag: str) -> bool:
    """The tag itself, or one above it."""
    term = term.rstrip("/")
    return tag == term or tag.startswith(term + "/")


def _begins(term: str, text: str) -> bool:
    return text.startswith(term)


_NAMED_BY: dict[str, Callable[[str, str], bool]] = {
    "tag": _names_tag,
    "cat": _names_category,
    "id": _begins,
    "status": str.__eq__,
}
