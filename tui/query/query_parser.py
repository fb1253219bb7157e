"""From the text of a query to its syntax tree, by recursive descent.

    query = or                                  and  = not { ["AND"] not }
    or    = and { ("OR" | "|") and }            not  = ["NOT" | "-" | "!"] atom
    atom  = "(" query ")" | field ":" value { "," value } | word | "*"

``sort:`` and ``limit:`` may stand anywhere but behind a negation. Knows no papers and no saved views.
"""

from __future__ import annotations

from tui.errors import QueryError
from tui.query.fields import BY_NAME, FIELD_SYNONYMS, FieldKind
from tui.query.full_width import with_ascii_punctuation
from tui.query.lexer import Scanner
from tui.query.syntax_tree import (
    Field,
    Item,
    MatchAll,
    Node,
    Not,
    Or,
    Query,
    SortKey,
    ViewRef,
    Word,
    conjunction,
)
from tui.query.values import nearest, parse_sort, parse_value, parse_word

_LENGTH_LIMIT = 10_000
_DEPTH_LIMIT = 50
_DIGITS = 9  # of a number of papers


def parse(text: str) -> Query:
    """Read a query.

    Args:
        text: what a person typed; empty or blank means everything.

    Raises:
        QueryError: with the place and what to do about it.
    """
    if len(text) > _LENGTH_LIMIT:
        raise QueryError(f"a query has at most {_LENGTH_LIMIT} characters, this one has {len(text)}", _LENGTH_LIMIT)
    reader = _Reader(Scanner(with_ascii_punctuation(text)))
    try:
        alternatives = reader.alternatives()
        reader.expect_end()
    except QueryError as fault:
        if reader.scanner.next:
            fault.ending = None  # the text goes on behind it
        raise
    where = _node_of(alternatives) or MatchAll()
    items = tuple(alternatives[0]) if len(alternatives) == 1 else ()
    return Query(where, reader.sort, reader.limit, text, items)


def _node_of(alternatives: list[list[Item]]) -> Node | None:
    """The node of an OR of ANDs; None where nothing but an order stands there."""
    parts = [tuple(item.node for item in items if item.node) for items in alternatives]
    if len(parts) == 1:
        return conjunction(parts[0]) if parts[0] else None
    return Or(tuple(conjunction(part) for part in parts))


class _Reader:
    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.sort: tuple[SortKey, ...] = ()
        self.limit: int | None = None
        self.depth = 0

    def alternatives(self) -> list[list[Item]]:
        """Read an OR: its parts, each as the items of an AND."""
        found = [self.items()]
        while self.scanner.operator() == "OR":
            start = self.scanner.at
            if not any(item.node for item in found[-1]):
                raise QueryError("OR needs a term on its left", start, 'quote it if it is a word: "OR"')
            self.scanner.skip_operator()
            found.append(self.items())
            if not any(item.node for item in found[-1]):
                raise QueryError("OR needs a term on its right", start, 'quote it if it is a word: "OR"', "")
        return found

    def items(self) -> list[Item]:
        """Read an AND up to an OR, a closing parenthesis or the end."""
        found: list[Item] = []
        dangling = -1
        while not self._at_end_of_and():
            start = self.scanner.at
            if self.scanner.operator() == "AND":
                if not found or dangling >= 0:
                    raise QueryError("AND needs a term on its left", start, 'quote it if it is a word: "AND"')
                self.scanner.skip_operator()
                dangling = start
                continue
            node = self.negated()
            found.append(Item(node, start, self.scanner.at))
            dangling = -1
        if dangling >= 0:
            raise QueryError("AND needs a term on its right", dangling, 'quote it if it is a word: "AND"', "")
        return found

    def expect_end(self) -> None:
        if self.scanner.next:
            raise QueryError("this parenthesis closes nothing", self.scanner.at, "take it away, or quote the word")

    def _at_end_of_and(self) -> bool:
        self.scanner.skip_spaces()
        return self.scanner.next in ("", ")") or self.scanner.operator() == "OR"

    def negated(self) -> Node | None:
        start = self.scanner.at
        word = self.scanner.operator() == "NOT"
        if word:
            self.scanner.skip_operator()
            self.scanner.skip_spaces()
        elif not (self.scanner.accept("-") or self.scanner.accept("!")):
            return self.atom()
        sign = self.scanner.text[start : start + 3] if word else self.scanner.text[start]
        if self._at_end_of_and() or (not word and self.scanner.at > start + 1):
            ending = "" if word or self.scanner.at == start + 1 else None
            raise QueryError(
                f"{sign} has nothing behind it to leave out", start, f'quote it if it is a word: "{sign}"', ending
            )
        self._descend(start)
        node = self.negated()
        self.depth -= 1
        if node is None:
            raise QueryError(f"{sign} cannot stand before an order", start, "take it away")
        return Not(node)

    def atom(self) -> Node | None:
        """Read a group, a field, a view or a word; None for ``sort:`` and ``limit:``."""
        scanner = self.scanner
        start = scanner.at
        if scanner.next == "(":
            return self.group()
        if scanner.accept("@"):
            return self.view(start)
        name = scanner.field_name()
        if name.lower() in BY_NAME:
            scanner.at += len(name) + 1
            return self.field(name.lower(), start)
        if name:
            return self.word_before_colon(name)
        name = scanner.name_before_operator()
        if name.lower() in BY_NAME:
            raise QueryError(
                f'"{name}" needs a colon behind it', start, f"for example {BY_NAME[name.lower()].example}"
            )
        word = parse_word(scanner)
        if word is None:
            raise QueryError("a term is missing here", start, "write a word")
        return MatchAll() if word == Word("*") else word

    def group(self) -> Node:
        start = self.scanner.at
        self._descend(start)
        self.scanner.at += 1
        node = _node_of(self.alternatives())
        if not self.scanner.accept(")"):
            raise QueryError("the parenthesis is not closed", start, "close it with )", ")")
        self.depth -= 1
        if node is None:
            raise QueryError("there is nothing between the parentheses", start, "write a term between them")
        return node

    def view(self, start: int) -> Node:
        name = self.scanner.phrase() if self.scanner.next == '"' else self.scanner.bare_word()
        if not name:
            raise QueryError("@ needs the name of a saved view", start, 'quote it if it is a word: "@"', "")
        return ViewRef(name, start)

    def word_before_colon(self, name: str) -> Node:
        """``Name: words`` is how titles are written; only ``name:words`` was meant as a field."""
        start = self.scanner.at
        behind = self.scanner.text[start + len(name) + 1 :][:1]
        if not behind.isspace() and behind != ")":
            self.scanner.at += len(name) + 1
            known = FIELD_SYNONYMS.get(name.lower())
            hint = f'did you mean "{known}"?' if known else nearest(name, BY_NAME)
            raise QueryError(f'there is no field "{name}"', start, hint, "")
        # The blank belongs to the word: what is cut or put in behind it must not make it a field.
        self.scanner.at += len(name) + (2 if behind.isspace() else 1)
        return Word(name)

    def field(self, name: str, start: int) -> Node | None:
        spec = BY_NAME[name]
        if spec.kind is FieldKind.ORDER:
            self._order(name)
            return None
        values = [parse_value(self.scanner, spec)]
        while self.scanner.next == ",":
            comma = self.scanner.at
            self.scanner.at += 1
            if not self.scanner.next or self.scanner.next.isspace() or self.scanner.next in "),|":
                raise QueryError(
                    "a value is missing behind the comma",
                    comma,
                    f"write {self.scanner.text[start:comma]} alone, or go on",
                    "",
                )
            values.append(parse_value(self.scanner, spec))
        return Field(name, tuple(values))

    def _order(self, name: str) -> None:
        start = self.scanner.at
        text = self.scanner.bare_word()
        if name == "sort":
            self.sort = parse_sort(text, start)
        elif text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text):
            self.limit = int(text)
        else:
            hint, ending = "for example limit:20", None if text else ""
            raise QueryError("limit: takes a number of papers, 1 or more", start, hint, ending)

    def _descend(self, position: int) -> None:
        self.depth += 1
        if self.depth > _DEPTH_LIMIT:
            raise QueryError("the query is nested too deeply", position, f"at most {_DEPTH_LIMIT} levels are read")
