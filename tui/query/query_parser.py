"""Parse the text of a query into a syntax tree, by recursive descent.

    query = or                                  and  = not { ["AND"] not }
    or    = and { ("OR" | "|") and }            not  = ["NOT" | "-" | "!"] atom
    atom  = "(" query ")" | field ":" value { "," value } | word | "*"

``sort:`` and ``limit:`` may be anywhere except after a negation. Several ``id:`` in one AND mean OR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.query.fields import BY_NAME, FIELD_SYNONYMS, FieldKind
from tui.query.full_width import with_ascii_punctuation
from tui.query.identifiers import identifier_at
from tui.query.lexer import Scanner
from tui.query.match_all import MatchAll
from tui.query.query_value import Item, Query
from tui.query.syntax_tree import Field, Node, Not, Or, ViewRef, Word, conjunction
from tui.query.values import parse_sort, parse_value, parse_word, suggest

if TYPE_CHECKING:
    from tui.query.sort_key import SortKey

_LENGTH_LIMIT = 10_000
_DEPTH_LIMIT = 50
_MAX_DIGITS = 9  # of a limit


def parse(text: str) -> Query:
    """Parse a query.

    Args:
        text: as typed; empty means everything.

    Raises:
        QueryError: the query is invalid; with the position and a hint.
    """
    if len(text) > _LENGTH_LIMIT:
        raise QueryError(
            f"a query can have at most {_LENGTH_LIMIT} characters; this one has {len(text)}", _LENGTH_LIMIT
        )
    parser = _Parser(Scanner(with_ascii_punctuation(text)))
    try:
        alternatives = parser.alternatives()
        parser.expect_end()
    except QueryError as error:
        if parser.scanner.next:
            error.ending = None  # there is text after it
        raise
    where = _node_of(alternatives) or MatchAll()
    items = tuple(alternatives[0]) if len(alternatives) == 1 else ()
    return Query(where, parser.sort, parser.limit, text, items)


def _node_of(alternatives: list[list[Item]]) -> Node | None:
    """The node of an OR of ANDs; None if there is nothing but ``sort:`` and ``limit:``."""
    parts = [_with_ids_united(tuple(item.node for item in items if item.node)) for items in alternatives]
    if len(parts) == 1:
        return conjunction(parts[0]) if parts[0] else None
    return Or(tuple(conjunction(part) for part in parts))


def _with_ids_united(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """The parts of an AND with several ``id:`` as one with all their values: a paper has one id, so OR is meant."""
    ids = [part for part in parts if isinstance(part, Field) and part.name == "id"]
    if len(ids) < 2:
        return parts
    united = Field("id", tuple(dict.fromkeys(value for part in ids for value in part.values)))
    at = parts.index(ids[0])
    return (*parts[:at], united, *(part for part in parts[at + 1 :] if part not in ids))


class _Parser:
    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.sort: tuple[SortKey, ...] = ()
        self.limit: int | None = None
        self.depth = 0

    def alternatives(self) -> list[list[Item]]:
        """Parse an OR: its parts, each as the items of an AND."""
        found = [self.items()]
        while self.scanner.operator() == "OR":
            start = self.scanner.at
            if not any(item.node for item in found[-1]):
                raise QueryError("OR needs a term on its left", start, 'to search for the word, quote it: "OR"')
            self.scanner.skip_operator()
            found.append(self.items())
            if not any(item.node for item in found[-1]):
                raise QueryError("OR needs a term on its right", start, 'to search for the word, quote it: "OR"', "")
        return found

    def items(self) -> list[Item]:
        """Parse an AND up to an OR, a closing parenthesis or the end."""
        found: list[Item] = []
        open_and = -1
        while not self._at_end_of_and():
            start = self.scanner.at
            if self.scanner.operator() == "AND":
                if not found or open_and >= 0:
                    raise QueryError("AND needs a term on its left", start, 'to search for the word, quote it: "AND"')
                self.scanner.skip_operator()
                open_and = start
                continue
            node = self.negated()
            found.append(Item(node, start, self.scanner.at))
            open_and = -1
        if open_and >= 0:
            raise QueryError("AND needs a term on its right", open_and, 'to search for the word, quote it: "AND"', "")
        return found

    def expect_end(self) -> None:
        if self.scanner.next:
            raise QueryError("unmatched closing parenthesis", self.scanner.at, "remove it, or quote the word")

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
        operator = self.scanner.text[start : start + 3] if word else self.scanner.text[start]
        if self._at_end_of_and() or (not word and self.scanner.at > start + 1):
            ending = "" if word or self.scanner.at == start + 1 else None
            raise QueryError(
                f"{operator} needs a term after it", start, f'to search for it, quote it: "{operator}"', ending
            )
        self._enter(start)
        node = self.negated()
        self.depth -= 1
        if node is None:
            raise QueryError(f"{operator} cannot precede sort: or limit:", start, "remove it")
        return Not(node)

    def atom(self) -> Node | None:
        """Parse a group, a field, a view or a word; None for ``sort:`` and ``limit:``."""
        scanner = self.scanner
        start = scanner.at
        if scanner.next == "(":
            return self.group()
        if scanner.accept("@"):
            return self.view(start)
        if identifier := identifier_at(scanner.text, start):
            node, scanner.at = identifier
            return node
        name = scanner.field_name()
        if name.lower() in BY_NAME:
            scanner.at += len(name) + 1
            return self.field(name.lower(), start)
        if name:
            return self.word_before_colon(name)
        name = scanner.name_before_operator()
        if name.lower() in BY_NAME:
            raise QueryError(f'"{name}" needs a colon', start, f"for example {BY_NAME[name.lower()].example}")
        word = parse_word(scanner)
        if word is None:
            raise QueryError("expected a term", start, "type a word")
        return MatchAll() if word == Word("*") else word

    def group(self) -> Node:
        start = self.scanner.at
        self._enter(start)
        self.scanner.at += 1
        node = _node_of(self.alternatives())
        if not self.scanner.accept(")"):
            raise QueryError("the parenthesis is not closed", start, "close it with )", ")")
        self.depth -= 1
        if node is None:
            raise QueryError("there is nothing between the parentheses", start, "type a term between them")
        return node

    def view(self, start: int) -> Node:
        name = self.scanner.phrase() if self.scanner.next == '"' else self.scanner.bare_word()
        if not name:
            raise QueryError("@ needs the name of a saved view", start, 'to search for it, quote it: "@"', "")
        return ViewRef(name, start)

    def word_before_colon(self, name: str) -> Node:
        """``Name: words`` is common in titles, so only ``name:words`` is treated as a field."""
        start = self.scanner.at
        following = self.scanner.text[start + len(name) + 1 :][:1]
        if not following.isspace() and following != ")":
            self.scanner.at += len(name) + 1
            field = FIELD_SYNONYMS.get(name.lower())
            hint = f"did you mean {field}?" if field else suggest(name, BY_NAME)
            raise QueryError(f'there is no field "{name}"', start, hint, "")
        # The space is part of the item: an edit of the query text after it must not turn it into a field.
        self.scanner.at += len(name) + (2 if following.isspace() else 1)
        return Word(name)

    def field(self, name: str, start: int) -> Node | None:
        spec = BY_NAME[name]
        if spec.kind is FieldKind.ORDER:
            self._parse_order(name)
            return None
        values = [parse_value(self.scanner, spec)]
        while self.scanner.next == ",":
            comma = self.scanner.at
            self.scanner.at += 1
            if not self.scanner.next or self.scanner.next.isspace() or self.scanner.next in "),|":
                raise QueryError(
                    "expected a value after the comma",
                    comma,
                    f"add a value, or write {self.scanner.text[start:comma]}",
                    "",
                )
            values.append(parse_value(self.scanner, spec))
        return Field(name, tuple(values))

    def _parse_order(self, name: str) -> None:
        start = self.scanner.at
        text = self.scanner.bare_word()
        if name == "sort":
            self.sort = parse_sort(text, start)
        elif text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and int(text):
            self.limit = int(text)
        else:
            hint, ending = "for example limit:20", None if text else ""
            raise QueryError("limit: needs a number, 1 or more", start, hint, ending)

    def _enter(self, position: int) -> None:
        self.depth += 1
        if self.depth > _DEPTH_LIMIT:
            raise QueryError("the query is nested too deeply", position, f"at most {_DEPTH_LIMIT} levels are allowed")
