"""Signs of other keyboards in a query: full-width ones of East Asia and curly quotes do what the plain ones do.

Every sign becomes one sign, so that places in the text stay what they are. Only where a sign steers the query is it
replaced: in phrases, patterns and words all stays as it was typed.
"""

from __future__ import annotations

import re

from tui.query.fields import BY_NAME

_UNUSUAL = re.compile("[“”„‟«»＂「」『』：﹕，－！～＠＞＜＝（）｜＊]")
_BEFORE_COLON = re.compile("([A-Za-z]+)[:：﹕]")
_CLOSING = dict.fromkeys("“”„‟", "“”") | {'"': '"”＂', "＂": '"＂', "«": "»", "»": "«", "「": "」", "『": "』"}
_LEADING = {"－": "-", "！": "!", "～": "~", "＠": "@"}
_BEFORE_VALUE = {"＞": ">", "＜": "<", "＝": "=", "～": "~"}


def with_ascii_punctuation(text: str) -> str:
    """A query with the signs that a plain keyboard has; as long as before."""
    return _Reader(text).read() if _UNUSUAL.search(text) else text


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._signs = list(text)
        self._at = 0
        self._groups = 0

    def read(self) -> str:
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
        return "".join(self._signs)

    def _put(self, sign: str) -> None:
        self._signs[self._at] = sign
        self._at += 1

    def _ahead(self) -> str:
        return self._text[self._at : self._at + 1]

    def _term(self) -> None:
        while self._ahead() in {"-", "!", "@", *_LEADING}:
            self._put(_LEADING.get(self._ahead(), self._ahead()))
        name = _BEFORE_COLON.match(self._text, self._at)
        is_field = name is not None and name[1].lower() in BY_NAME
        if name is not None and is_field:
            self._at = name.end() - 1
            self._put(":")
        self._value(is_field)
        while is_field and self._ahead() in {",", "，"}:
            self._put(",")
            self._value(is_field)

    def _value(self, is_field: bool) -> None:
        while is_field and self._ahead() in {">", "<", "=", "~", *_BEFORE_VALUE}:
            self._put(_BEFORE_VALUE.get(self._ahead(), self._ahead()))
        if self._ahead() in _CLOSING:
            self._phrase()
        elif self._ahead() == "/":
            end = re.compile(r"(?:[^\\/]|\\.)*(/|\Z)", re.DOTALL).match(self._text, self._at + 1)
            self._at = end.end() if end else self._at + 1
        else:
            self._word(is_field)

    def _word(self, is_field: bool) -> None:
        inside = 0
        while (letter := self._ahead()) and not letter.isspace() and not (is_field and letter in ",，"):
            if letter in "(（":
                inside += 1
            elif letter in ")）":
                if not inside and self._groups:
                    return
                inside = max(inside - 1, 0)
            elif letter == "|" and not inside:
                return
            last = self._text[self._at + 1 : self._at + 2]
            self._put("*" if letter == "＊" and (not last or last.isspace()) else letter)

    def _phrase(self) -> None:
        """A quoted phrase; a quotation mark that is written twice within plain ones is one in the phrase."""
        closing = _CLOSING[self._ahead()]
        doubles = self._ahead() == '"'
        begin = self._at
        if not any(letter in closing for letter in self._text[begin + 1 :]):
            closing += '"'
        self._put('"')
        end = self._at
        while end < len(self._text):
            if doubles and self._text.startswith('""', end):
                end += 2
            elif self._text[end] in closing and not (doubles and self._text[end] != '"' and '"' in self._text[end:]):
                break
            else:
                end += 1
        within = self._text[begin + 1 : end]
        if '"' in within and not doubles:  # it would end there: leave all as it is
            self._signs[begin] = self._text[begin]
            self._at = min(end + 1, len(self._text))
        elif end < len(self._text):
            self._at = end
            self._put('"')
        else:
            self._at = end
