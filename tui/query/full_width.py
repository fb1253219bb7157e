"""Accept full-width punctuation and curly quotes as query syntax.

Each character is replaced by one character, so that offsets stay valid. Only syntax is replaced: phrases, patterns
and words stay as typed.
"""

from __future__ import annotations

import re

from tui.query.fields import BY_NAME

_UNUSUAL = re.compile("[“”„‟«»＂「」『』：﹕，－！～＠＞＜＝（）｜＊]")
_BEFORE_COLON = re.compile("([A-Za-z]+)[:：﹕]")
_CLOSING_QUOTES = dict.fromkeys("“”„‟", "“”") | {'"': '"”＂', "＂": '"＂', "«": "»", "»": "«", "「": "」", "『": "』"}
_LEADING = {"－": "-", "！": "!", "～": "~", "＠": "@"}
_BEFORE_VALUE = {"＞": ">", "＜": "<", "＝": "=", "～": "~"}


def with_ascii_punctuation(text: str) -> str:
    """The query with ASCII syntax characters; its length stays the same."""
    return _Converter(text).convert() if _UNUSUAL.search(text) else text


class _Converter:
    def __init__(self, text: str) -> None:
        self._text = text
        self._characters = list(text)
        self._at = 0
        self._groups = 0

    def convert(self) -> str:
        while self._at < len(self._text):
            letter = self._text[self._at]
            if letter.isspace():
                self._at += 1
            elif letter in "(（" or (letter in ")）" and self._groups):
                self._put("(" if letter in "(（" else ")")
                self._groups += 1 if letter in "(（" else -1
            elif letter in "|｜":
                self._put("|")
            else:
                self._term()
        return "".join(self._characters)

    def _put(self, character: str) -> None:
        self._characters[self._at] = character
        self._at += 1

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _term(self) -> None:
        while self._next() in {"-", "!", "@", *_LEADING}:
            self._put(_LEADING.get(self._next(), self._next()))
        name = _BEFORE_COLON.match(self._text, self._at)
        is_field = name is not None and name[1].lower() in BY_NAME
        if name is not None and is_field:
            self._at = name.end() - 1
            self._put(":")
        self._value(is_field)
        while is_field and self._next() in {",", "，"}:
            self._put(",")
            self._value(is_field)

    def _value(self, is_field: bool) -> None:
        while is_field and self._next() in {">", "<", "=", "~", *_BEFORE_VALUE}:
            self._put(_BEFORE_VALUE.get(self._next(), self._next()))
        if self._next() in _CLOSING_QUOTES:
            self._phrase()
        elif self._next() == "/":
            end = re.compile(r"(?:[^\\/]|\\.)*(/|\Z)", re.DOTALL).match(self._text, self._at + 1)
            self._at = end.end() if end else self._at + 1
        else:
            self._word(is_field)

    def _word(self, is_field: bool) -> None:
        depth = 0
        while (letter := self._next()) and not letter.isspace() and not (is_field and letter in ",，"):
            if letter in "(（":
                depth += 1
            elif letter in ")）":
                if not depth and self._groups:
                    return
                depth = max(depth - 1, 0)
            elif letter == "|" and not depth:
                return
            last = self._text[self._at + 1 : self._at + 2]
            self._put("*" if letter == "＊" and (not last or last.isspace()) else letter)

    def _phrase(self) -> None:
        """A quoted phrase; within plain quotation marks, a doubled one is part of the phrase."""
        closing = _CLOSING_QUOTES[self._next()]
        doubles_escape = self._next() == '"'
        begin = self._at
        if not any(letter in closing for letter in self._text[begin + 1 :]):
            closing += '"'
        self._put('"')
        end = self._at
        while end < len(self._text):
            if doubles_escape and self._text.startswith('""', end):
                end += 2
            elif self._text[end] in closing and not (
                doubles_escape and self._text[end] != '"' and '"' in self._text[end:]
            ):
                break
            else:
                end += 1
        content = self._text[begin + 1 : end]
        if '"' in content and not doubles_escape:  # it would end the phrase: leave all as typed
            self._characters[begin] = self._text[begin]
            self._at = min(end + 1, len(self._text))
        elif end < len(self._text):
            self._at = end
            self._put('"')
        else:
            self._at = end
