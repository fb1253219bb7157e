"""Match papers against a syntax tree: every node filters a sequence of rows and keeps its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.index.search_text import SECTION_END, SECTIONS, fold_section, fold_text
from tui.query.fields import BY_NAME, WHOLE_TEXT, EvalContext, FieldKind, FieldSpec, flag, needs_only_mark
from tui.query.match_all import MatchAll
from tui.query.pattern_search import PatternSearch
from tui.query.syntax_tree import (
    And,
    Compare,
    Field,
    Fuzzy,
    Not,
    OnDate,
    Or,
    Phrase,
    Prefix,
    Range,
    Regex,
    View,
    Word,
)
from tui.query.timespan import extent, span
from tui.query.value_tests import choice_test, needle, text_test

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.index.search_index import SearchIndex
    from tui.model.entry import Entry
    from tui.query.syntax_tree import Node, Value

# The time limit of a pattern; most of a search goes into reading the texts.
_PATTERN_SECONDS = 0.2
_PATTERN_SECONDS_PER_PAPER = 50e-6


class Matcher:
    """Evaluates syntax trees with expanded views.

    Args:
        index: the papers.
        today: the date that relative dates refer to.
        context: returns what flags depend on; called only for flags.
    """

    def __init__(self, index: SearchIndex, today: dt.date, context: Callable[[], EvalContext]) -> None:
        self._index = index
        self._today = today
        self._context = context

    def select(self, node: Node, rows: Sequence[int]) -> Sequence[int]:
        """The rows among these that the node matches, in the same order.

        Args:
            node: the tree.
            rows: row numbers; a ``range`` means all rows.

        Raises:
            QueryError: a pattern takes too long.
        """
        match node:
            case Word(text) | Phrase(text):
                return self._containing(fold_text(text), rows)
            case Field(name, values):
                return self._select_field(BY_NAME[name], values, rows)
            case And(parts):
                for part in sorted(parts, key=_cost if self._index.is_folded else _cost_before_folding):
                    rows = self.select(part, rows)
                return rows
            case Or(parts):
                return _keep(rows, {row for part in parts for row in self.select(part, rows)})
            case Not(part):
                excluded = set(self.select(part, rows))
                return [row for row in rows if row not in excluded]
            case View(_, where):
                return self.select(where, rows)
            case Prefix() | Fuzzy() | Regex():
                return self._select_text(BY_NAME["any"], node, rows)
            case MatchAll():
                return rows
            case _:
                raise TypeError(f"{node!r} must be expanded before it is matched")

    def _containing(self, term: str, rows: Sequence[int]) -> Sequence[int]:
        if not term:
            return rows
        texts = self._index.texts_of(rows)
        if isinstance(rows, range):
            return [row for row, text in zip(self._index.numbers, self._index.texts, strict=True) if term in text]
        return [row for row in rows if term in texts[row]]

    def _select_field(self, spec: FieldSpec, values: tuple[Value, ...], rows: Sequence[int]) -> Sequence[int]:
        if len(values) == 1:
            return self._select_value(spec, values[0], rows)
        return _keep(rows, {row for value in values for row in self._select_value(spec, value, rows)})

    def _select_value(self, spec: FieldSpec, value: Value, rows: Sequence[int]) -> Sequence[int]:
        if isinstance(value, OnDate | Compare | Range):
            return self._select_dated(spec, value, rows)
        if spec.kind is FieldKind.FLAG and isinstance(value, Word):
            entries, context, test = self._entries(spec, value, rows), self._context(), flag(spec.name, value.text)
            return [row for row in rows if test(entries[row], context)]
        if spec.kind in (FieldKind.CHOICE, FieldKind.TAG):
            return self._select_choice(spec, value, rows)
        return self._select_text(spec, value, rows)

    def _select_dated(self, spec: FieldSpec, value: OnDate | Compare | Range, rows: Sequence[int]) -> Sequence[int]:
        first, last = span(value, self._today)
        entries, date_of = self._entries(spec, value, rows), spec.date
        found = []
        for row in rows:
            date = date_of(entries[row])
            days = extent(date) if date else None
            if days and first <= days[0] and days[1] <= last:
                found.append(row)
        return found

    def _select_choice(self, spec: FieldSpec, value: Value, rows: Sequence[int]) -> Sequence[int]:
        """Few distinct values occur on many papers, so each is tested once."""
        entries, texts_of = self._entries(spec, value, rows), spec.texts
        test = _pattern_search(value, rows).found_in if isinstance(value, Regex) else choice_test(spec.name, value)
        results: dict[tuple[str, ...], bool] = {}
        found = []
        for row in rows:
            texts = texts_of(entries[row])
            if texts not in results:
                results[texts] = any(map(test, texts))
            if results[texts]:
                found.append(row)
        return found

    def _select_text(self, spec: FieldSpec, value: Value, rows: Sequence[int]) -> Sequence[int]:
        if isinstance(value, Regex):
            return self._select_pattern(spec, value, rows)
        term = needle(value)
        if not term and not isinstance(value, Fuzzy):
            return rows
        test = text_test(value, self._similar_words)
        if spec.section is None:
            entries = self._entries(spec, value, rows)
            return [row for row in rows if test(spec.folded_text(entries[row]))]
        if spec.section != WHOLE_TEXT and not self._index.is_folded:
            entries = self._entries(spec, value, rows)
            return [row for row in rows if test(fold_section(entries[row], spec.section))]
        if spec.section in (WHOLE_TEXT, SECTIONS[-1]):
            # The last section is nearly the whole text, so first drop the rows whose text does not contain the term.
            rows = self._containing(term, rows)
        texts = self._index.texts_of(rows)
        if spec.section == WHOLE_TEXT:
            return [row for row in rows if test(texts[row])]
        number = SECTIONS.index(spec.section)
        return [row for row in rows if test(texts[row].split(SECTION_END, number + 1)[number])]

    def _select_pattern(self, spec: FieldSpec, value: Regex, rows: Sequence[int]) -> Sequence[int]:
        found_in = _pattern_search(value, rows).found_in
        entries, texts_of = self._index.entries_of(rows), spec.texts
        return [row for row in rows if any(map(found_in, texts_of(entries[row])))]

    def _entries(self, spec: FieldSpec, value: Value, rows: Sequence[int]) -> Sequence[Entry] | Mapping[int, Entry]:
        """The entries of the rows; without their papers if the field depends on the mark alone."""
        return (self._index.mark_entries_of if needs_only_mark(spec.name, (value,)) else self._index.entries_of)(rows)

    def _similar_words(self, word: str) -> Iterable[str]:
        return self._index.similar_words(word)


def _pattern_search(value: Regex, rows: Sequence[int]) -> PatternSearch:
    return PatternSearch(value.pattern, _PATTERN_SECONDS + _PATTERN_SECONDS_PER_PAPER * len(rows))


def _keep(rows: Sequence[int], found: set[int]) -> Sequence[int]:
    return [row for row in rows if row in found]


def _cost(node: Node) -> tuple[int, int]:
    """Sort key: cheap, selective terms first: words (the longer, the more selective), then fields."""
    match node:
        case Word(text) | Phrase(text):
            return 0, -len(text)
        case Regex():
            return 3, 0
        case Field(_, values) if not any(isinstance(value, Regex) for value in values):
            return 1, 0
        case _:
            return 2, 0


def _cost_before_folding(node: Node) -> tuple[int, int]:
    """Sort key before the texts are folded: terms on marks first, then terms that need no text.

    So few papers are read, and fewer texts are folded.
    """
    if isinstance(node, Not):
        return _cost_before_folding(node.part)
    if isinstance(node, Field) and BY_NAME[node.name].kind is not FieldKind.TEXT:
        return (-2 if needs_only_mark(node.name, node.values) else -1), 0
    return _cost(node)
