"""Which papers a syntax tree matches: every node narrows a sequence of rows and keeps its order."""

from __future__ import annotations

from time import thread_time
from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.index.search_text import SECTION_END, SECTIONS, fold_text
from tui.query.fields import BY_NAME, EvalContext, FieldKind, FieldSpec, flag, needs_only_mark
from tui.query.safe_regex import compile_safe
from tui.query.syntax_tree import (
    And,
    Compare,
    Field,
    Fuzzy,
    MatchAll,
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
    from tui.query.safe_regex import SafePattern
    from tui.query.syntax_tree import Node, Value

# Processor time: what other programs do must not decide what can be found.
_PATTERN_SECONDS = 0.2
_PATTERN_SECONDS_PER_PAPER = 50e-6
_PATTERN_SLICE = 16  # papers between two looks at the clock, each of which may take a few tenths of a second


class Matcher:
    """Evaluates syntax trees whose saved views are resolved.

    Args:
        rows: the papers, with what is derived from them.
        today: the day that relative dates count from.
        moment: what flags depend on; asked for only where a flag is.
    """

    def __init__(self, rows: SearchIndex, today: dt.date, moment: Callable[[], EvalContext]) -> None:
        self._rows = rows
        self._today = today
        self._moment = moment

    def select(self, node: Node, rows: Sequence[int]) -> Sequence[int]:
        """The rows among these that the node matches, in the same order.

        Args:
            node: what to match.
            rows: row numbers; a ``range`` stands for all of them.

        Raises:
            QueryError: a pattern takes too long.
        """
        match node:
            case Word(text) | Phrase(text):
                return self._holding(fold_text(text), rows)
            case Field(name, values):
                return self._select_field(BY_NAME[name], values, rows)
            case And(parts):
                for part in sorted(parts, key=_cost if self._rows.is_folded else _cost_at_first):
                    rows = self.select(part, rows)
                return rows
            case Or(parts):
                return _among(rows, {row for part in parts for row in self.select(part, rows)})
            case Not(part):
                left_out = set(self.select(part, rows))
                return [row for row in rows if row not in left_out]
            case View(_, where):
                return self.select(where, rows)
            case Prefix() | Fuzzy() | Regex():
                return self._select_text(BY_NAME["any"], node, rows)
            case MatchAll():
                return rows
            case _:
                raise TypeError(f"{node!r} must be looked up before it is matched")

    def _holding(self, term: str, rows: Sequence[int]) -> Sequence[int]:
        if not term:
            return rows
        hays = self._rows.texts_of(rows)
        if isinstance(rows, range):
            return [row for row, hay in zip(self._rows.numbers, self._rows.texts, strict=True) if term in hay]
        return [row for row in rows if term in hays[row]]

    def _select_field(self, spec: FieldSpec, values: tuple[Value, ...], rows: Sequence[int]) -> Sequence[int]:
        if len(values) == 1:
            return self._select_value(spec, values[0], rows)
        return _among(rows, {row for value in values for row in self._select_value(spec, value, rows)})

    def _select_value(self, spec: FieldSpec, value: Value, rows: Sequence[int]) -> Sequence[int]:
        if isinstance(value, OnDate | Compare | Range):
            return self._select_dated(spec, value, rows)
        if spec.kind is FieldKind.FLAG and isinstance(value, Word):
            entries, moment, test = self._entries(spec, value, rows), self._moment(), flag(spec.name, value.text)
            return [row for row in rows if test(entries[row], moment)]
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
        """Few different values stand on many papers, so each is compared once."""
        entries, texts_of = self._entries(spec, value, rows), spec.texts
        test = choice_test(spec.name, value)
        known: dict[tuple[str, ...], bool] = {}
        found = []
        for row in rows:
            texts = texts_of(entries[row])
            if texts not in known:
                known[texts] = any(map(test, texts))
            if known[texts]:
                found.append(row)
        return found

    def _select_text(self, spec: FieldSpec, value: Value, rows: Sequence[int]) -> Sequence[int]:
        if isinstance(value, Regex):
            return self._select_pattern(spec, value, rows)
        term = needle(value)
        if not term and not isinstance(value, Fuzzy):
            return rows
        test = text_test(value, self._nearest)
        if spec.name in ("any", SECTIONS[-1]):
            # Nearly the whole haystack is to be searched: what it does not hold, no part of it does.
            rows = self._holding(term, rows)
        hays = self._rows.texts_of(rows)
        if spec.name == "any":
            return [row for row in rows if test(hays[row])]
        place = SECTIONS.index(spec.name)
        return [row for row in rows if test(hays[row].split(SECTION_END, place + 1)[place])]

    def _select_pattern(self, spec: FieldSpec, value: Regex, rows: Sequence[int]) -> Sequence[int]:
        latest = thread_time() + _PATTERN_SECONDS + _PATTERN_SECONDS_PER_PAPER * len(rows)
        found: list[int] = []
        for start in range(0, len(rows), _PATTERN_SLICE):
            try:
                found += self._matching(
                    spec, compile_safe(value.pattern), rows[start : start + _PATTERN_SLICE], latest
                )
            except TimeoutError:
                fault = f"the pattern /{value.pattern}/ takes too long"
                raise QueryError(fault, 0, "make it simpler, or look for plain words") from None
        return found

    def _matching(self, spec: FieldSpec, pattern: SafePattern, rows: Sequence[int], latest: float) -> list[int]:
        entries, texts_of = self._rows.entries_of(rows), spec.texts
        found = [row for row in rows if any(map(pattern.found_in, texts_of(entries[row])))]
        if thread_time() > latest:
            raise TimeoutError
        return found

    def _entries(self, spec: FieldSpec, value: Value, rows: Sequence[int]) -> Sequence[Entry] | Mapping[int, Entry]:
        """What is known of the rows, as far as a field asks for it."""
        return (self._rows.mark_entries_of if needs_only_mark(spec.name, (value,)) else self._rows.entries_of)(rows)

    def _nearest(self, word: str) -> Iterable[str]:
        return self._rows.similar_words(word)


def _among(rows: Sequence[int], found: set[int]) -> Sequence[int]:
    return [row for row in rows if row in found]


def _cost(node: Node) -> tuple[int, int]:
    """Cheap and rare parts go first, so that dear ones see few papers: words (long ones are rare), then fields."""
    match node:
        case Word(text) | Phrase(text):
            return 0, -len(text)
        case Regex():
            return 3, 0
        case Field(_, values) if not any(isinstance(value, Regex) for value in values):
            return 1, 0
        case _:
            return 2, 0


def _cost_at_first(node: Node) -> tuple[int, int]:
    """The same before any text was folded: few papers are to be read, and fewer texts to be folded.

    So what marks decide goes first, and what needs no text next.
    """
    if isinstance(node, Not):
        return _cost_at_first(node.part)
    if isinstance(node, Field) and BY_NAME[node.name].kind is not FieldKind.TEXT:
        return (-2 if needs_only_mark(node.name, node.values) else -1), 0
    return _cost(node)
