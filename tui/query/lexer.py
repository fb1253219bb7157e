"""The tokens of a query: spaces, quoted phrases, patterns, bare words."""

from __future__ import annotations

import re

from tui.errors import QueryError

_FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_COMPARED = re.compile(r"([A-Za-z]+)[=<>]")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()]|\Z)|\|")
_LATEX_ACCENT = re.compile(r"\\\"[A-Za-z{\\]")


class Scanner:
    """Scans a text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    @property
    def next(self) -> str:
        """The next character, or an empty string at the end."""
        return self.text[self.at : self.at + 1]

    def skip_spaces(self) -> None:
        """Skip white space."""
        while self.next.isspace():
            self.at += 1

    def accept(self, text: str) -> bool:
        """Skip this text if it comes next; return whether it did."""
        found = self.text.startswith(text, self.at)
        if found:
            self.at += len(text)
        return found

    def operator(self) -> str:
        """``AND``, ``OR`` or ``NOT`` if it comes next (``|`` is ``OR``), otherwise empty; does not move."""
        found = _OPERATOR.match(self.text, self.at)
        return (found[1] or "OR") if found else ""

    def skip_operator(self) -> None:
        """Skip the operator that comes next."""
        found = _OPERATOR.match(self.text, self.at)
        if found:
            self.at = found.end()

    def field_name(self) -> str:
        """The name before a colon if one comes next, otherwise empty; does not move."""
        found = _FIELD.match(self.text, self.at)
        return found[1] if found else ""

    def name_before_operator(self) -> str:
        """The name before ``=``, ``<`` or ``>`` if one comes next, otherwise empty; does not move."""
        found = _COMPARED.match(self.text, self.at)
        return found[1] if found else ""

    def phrase(self) -> str:
        r"""Read a quoted phrase, in which ``""`` is a quotation mark, and ``\"o`` or ``\"{o}`` a LaTeX accent.

        Raises:
            QueryError: it is not closed, or empty.
        """
        start = self.at
        self.at += 1
        characters: list[str] = []
        while self.next:
            if self.accept('""'):
                characters.append('"')
            elif self.accept('"'):
                return self._require_text("".join(characters), start)
            elif _LATEX_ACCENT.match(self.text, self.at) and '"' in self.text[self.at + 2 :]:
                characters.append(self.text[self.at : self.at + 2])
                self.at += 2
            else:
                characters.append(self.next)
                self.at += 1
        raise QueryError("the quotation mark is not closed", start, 'end the phrase with "', '"')

    def pattern(self) -> str:
        r"""Read a regular expression between slashes, in which ``\/`` is a slash.

        Raises:
            QueryError: it is not closed, or empty.
        """
        start = self.at
        self.at += 1
        characters: list[str] = []
        while self.next:
            if self.accept(r"\/"):
                characters.append("/")
            elif self.next == "\\":
                characters.append(self.text[self.at : self.at + 2])
                self.at += 2
            elif self.accept("/"):
                if not characters:
                    raise QueryError("the pattern is empty", start, "for example /nerf|gauss/")
                return "".join(characters)
            else:
                characters.append(self.next)
                self.at += 1
        raise QueryError("the pattern is not closed", start, 'end it with /, or quote the word: "/usr"', "/")

    def bare_word(self, stops: str = "") -> str:
        """Read up to white space, ``|``, a parenthesis that closes a group, or one of the stops.

        Parentheses inside a word are part of it, as in ``O(n)``.

        Raises:
            QueryError: a parenthesis inside the word is not closed.
        """
        start = self.at
        opened: list[int] = []
        while self.next and not self.next.isspace() and self.next not in stops:
            if self.next == "(":
                opened.append(self.at)
            elif self.next == ")" and opened:
                opened.pop()
            elif self.next in ")|" and not opened:
                break
            self.at += 1
        if opened:
            raise QueryError("the parenthesis is not closed", opened[-1], "close it with ), or quote the words", ")")
        return self.text[start : self.at]

    def _require_text(self, text: str, start: int) -> str:
        if not text.strip():
            raise QueryError("there is nothing between the quotation marks", start, "type a word between them", "")
        return text
