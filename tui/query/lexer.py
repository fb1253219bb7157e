"""The letters of a query: blanks, quotes, patterns, bare words. Knows where they end, not what they mean."""

from __future__ import annotations

import re

from tui.errors import QueryError

_FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_COMPARED = re.compile(r"([A-Za-z]+)[=<>]")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()]|\Z)|\|")
_LATEX_ACCENT = re.compile(r"\\\"[A-Za-z{\\]")


class Scanner:
    """Reads a text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    @property
    def next(self) -> str:
        """The letter ahead, or an empty string at the end."""
        return self.text[self.at : self.at + 1]

    def skip_spaces(self) -> None:
        """Move to the next letter that is not blank."""
        while self.next.isspace():
            self.at += 1

    def accept(self, letters: str) -> bool:
        """Move behind these letters if they come next."""
        found = self.text.startswith(letters, self.at)
        if found:
            self.at += len(letters)
        return found

    def operator(self) -> str:
        """``AND``, ``OR`` or ``NOT`` if it comes next (``|`` is ``OR``), otherwise an empty string; does not move."""
        found = _OPERATOR.match(self.text, self.at)
        return (found[1] or "OR") if found else ""

    def skip_operator(self) -> None:
        """Move behind the operator that comes next."""
        found = _OPERATOR.match(self.text, self.at)
        if found:
            self.at = found.end()

    def field_name(self) -> str:
        """The letters before a colon if they come next, otherwise an empty string; does not move."""
        found = _FIELD.match(self.text, self.at)
        return found[1] if found else ""

    def name_before_operator(self) -> str:
        """The letters before ``=``, ``<`` or ``>`` if they come next, otherwise an empty string; does not move."""
        found = _COMPARED.match(self.text, self.at)
        return found[1] if found else ""

    def phrase(self) -> str:
        r"""Read a quoted phrase: ``""`` in it is a quotation mark, and ``\"o`` or ``\"{o}`` a LaTeX accent.

        Raises:
            QueryError: it is not closed, or empty.
        """
        start = self.at
        self.at += 1
        letters: list[str] = []
        while self.next:
            if self.accept('""'):
                letters.append('"')
            elif self.accept('"'):
                return self._worth("".join(letters), start)
            elif _LATEX_ACCENT.match(self.text, self.at) and '"' in self.text[self.at + 2 :]:
                letters.append(self.text[self.at : self.at + 2])
                self.at += 2
            else:
                letters.append(self.next)
                self.at += 1
        raise QueryError("the quotation mark is not closed", start, 'end the phrase with "', '"')

    def pattern(self) -> str:
        r"""Read a regular expression between slashes; ``\/`` in it is a slash.

        Raises:
            QueryError: it is not closed, or empty.
        """
        start = self.at
        self.at += 1
        letters: list[str] = []
        while self.next:
            if self.accept(r"\/"):
                letters.append("/")
            elif self.next == "\\":
                letters.append(self.text[self.at : self.at + 2])
                self.at += 2
            elif self.accept("/"):
                if not letters:
                    raise QueryError("the pattern is empty", start, "write it between the slashes: /nerf|gauss/")
                return "".join(letters)
            else:
                letters.append(self.next)
                self.at += 1
        raise QueryError("the pattern is not closed", start, 'end it with /, or quote the word: "/usr"', "/")

    def bare_word(self, stops: str = "") -> str:
        """Read up to a blank, ``|``, a parenthesis that closes a group, or one of the stops.

        Parentheses inside a word belong to it, as in ``O(n)``.

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

    def _worth(self, text: str, start: int) -> str:
        if not text.strip():
            raise QueryError("there is nothing between the quotation marks", start, "write a word between them", "")
        return text
