"""Parse the syntax of BibTeX into entries, whose fields are still in LaTeX.

Accepts what BibTeX and biber accept: both delimiters, strings and their concatenation, comments, preambles. Unlike
them it recovers from errors: an entry ends where the next line opens one, and the fields of a broken entry are split
by lines. One pass, linear in the length of the text; the expansion of strings is limited, so that doubling them ends.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tui.bibtex.syntax import MONTHS, closing_brace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LINE_OPENING = re.compile(r"^[^\S\n]*@[ \t]*([A-Za-z][\w-]*)\s*([{(])", re.MULTILINE)
# The same after the end of a line, which is faster to find than a start.
_LATER_OPENING = re.compile(r"\n[^\S\n]*@[ \t]*[A-Za-z][\w-]*\s*[{(]")
_NEXT_OPENING = re.compile(r"[\s,]*@[ \t]*([A-Za-z][\w-]*)\s*([{(])")
_KEY = re.compile(r"\s*([^\s,={}\"]*(?:[ \t]+[^\s,={}\"]+)*)\s*")
_NAME = re.compile(r"([^\s=,{}\"#()@%\\]+)\s*=\s*")
# Most fields, if there is no brace in the value: excluding one character is six times as fast as excluding two.
_PLAIN_FIELD = re.compile(r"[\s,]*([^\s=,{}\"#()@%\\]+)\s*=\s*\{([^}]*+)\},")
_MORE_FIELDS = re.compile(r"\s*,\s*[A-Za-z][\w-]*\s*=\s*[{\"\w]")  # after the end of an entry
_SPACE = re.compile(r"\s*")
_BETWEEN = re.compile(r"(?:[\s,]|%[^\n]*)*")  # for biber, a per cent sign begins a comment
_QUOTE_OR_BRACE = re.compile(r"[{}\"]")
_WORD = re.compile(r"[^\s,{}#\"=()%]+")
_CONCATENATION = re.compile(r"\s*#\s*")
# Compiled when it is first used, as those of characters that most files do not hold.
_FIELD_LINE = r"(?m)(?:^[ \t,]*|(?<=[}\"\w]),[ \t]*)([A-Za-z][\w-]*)[ \t]*=[ \t]*(?=[{\"“„‘\w])"
# What looks like a field, or like an entry in the middle of a line, unless the line is commented out.
_LOST = re.compile(r"^[ \t,]*([A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"]|^[^%\n@]*@[A-Za-z]+\{([^\s,{}=@]+),", re.MULTILINE)
_LOST_AFTER = re.compile(r"[^%\n@]*@[A-Za-z]+\{([^\s,{}=@]+),")
_NOT_ON_A_LINE = "the entry {} does not begin on a new line"
_COMMENT = re.compile(r"@[ \t]*comment(?![\w-])", re.IGNORECASE)
_REST_OF_LINE = re.compile(r"[^\n]*")
# Invisible characters left around fields by copying from web pages. Direction marks are meaningful inside texts.
_UNSEEN = "\u180e\u200b\u2060-\u2064\ufeff\ufffc"
_DIRECTION = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ANY_UNSEEN = re.compile(f"[{_UNSEEN}{_DIRECTION}]")
_UNSEEN_EDGE = (
    rf"(?:\A|(?<=[\n,={{}}\"#@]))[ \t]*[{_UNSEEN}][{_UNSEEN} \t]*|[{_UNSEEN}][{_UNSEEN} \t]*(?=[\n,={{}}\"#@]|\Z)"
    rf"|(?<=[={{}}])[ \t]*[{_DIRECTION}]+|[{_DIRECTION}]+[ \t]*(?=[={{}}])|\ufffc"
)
# Values in the curly quotation marks of a word processor end before the next field or the end of the entry.
_CURLY = "“”„‟″〝〞＂‘’‚"
_CURLY_END = rf"[{_CURLY}\"](?=\s*(?:,\s*(?:[A-Za-z][\w-]*\s*=|[}})])|[}})]\s*(?:[\n@]|\Z)|#|,?\s*\Z))"
_CURLY_FIELD = rf"[{_CURLY}](?=\s*,\s*[A-Za-z][\w-]*\s*=)"

_CLOSING = {"{": "}", "(": ")"}
_MACRO_LIMIT = 5_000
_EXPANSION_LIMIT = 20_000_000
_LONG_COMMENTS = 20


class BibEntry(NamedTuple):
    """One entry.

    Attributes:
        kind: its type in lower case.
        key: its citation key, or empty.
        line: number of its first line.
        fields: name in lower case to value, with strings expanded and outer delimiters removed.
        undefined: field to the name of an undefined string in it; the name is used as the value.
        repairs: what was wrong with it, one clause each.
        repeated: name of a repeated field to its further values; the first one is in ``fields``.
    """

    kind: str
    key: str
    line: int
    fields: dict[str, str]
    repairs: tuple[str, ...]
    undefined: Mapping[str, str]
    repeated: Mapping[str, Sequence[str]]


class BibError(NamedTuple):
    """A piece of the file that could not be parsed.

    Attributes:
        line: number of its first line.
        reason: a clause that says why.
        lost: whether an entry was lost.
    """

    line: int
    reason: str
    lost: bool = True


class BibFile(NamedTuple):
    """The entries and errors of a file, in its order."""

    entries: tuple[BibEntry, ...]
    errors: tuple[BibError, ...]


def opens_entry(line: str) -> bool:
    """Whether a line opens an entry, a string, a comment or a preamble."""
    return _LINE_OPENING.match(line) is not None


def parse_bibtex(text: str) -> BibFile:
    """Parse a file; never fails."""
    return _Reader(text).document()


def _strip_invisible(text: str) -> str:
    """Strip invisible characters at the edges of names and values; lines are kept."""
    if text.isascii() or not _ANY_UNSEEN.search(text):
        return text
    return re.sub(_UNSEEN_EDGE, lambda found: " " if " " in found[0] or "\t" in found[0] else "", text)


class _BrokenError(Exception):
    """The entry is not valid BibTeX; the argument is a clause that says why."""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text = _strip_invisible(text)
        self._curly = 0  # values in curly quotation marks in the current entry
        self._line_position = (0, 1)  # an offset and its line number
        first = [0] if opens_entry(text) else []
        self._openings = array("Q", [*first, *(found.start() + 1 for found in _LATER_OPENING.finditer(text))])
        self._macros = {month: month for month in MONTHS}
        self._expanded = 0
        self._undefined = ""
        self._long_comments = 0
        self._entries: list[BibEntry] = []
        self._errors: list[BibError] = []

    def document(self) -> BibFile:
        """Parse every entry: at the start of a line, or right after another entry."""
        text, at = self._text, 0
        while (found := _NEXT_OPENING.match(text, at) or _LINE_OPENING.search(text, at)) is not None:
            self._check_gap(at, found.start())
            at = self._block(found)
        self._check_gap(at, len(text))
        return BibFile(tuple(self._entries), tuple(self._errors))

    def _line(self, offset: int) -> int:
        """The line number of an offset, counted from the last one that was asked for."""
        at, line = self._line_position
        line += self._text.count("\n", at, offset) if at <= offset else -self._text.count("\n", offset, at)
        self._line_position = (offset, line)
        return line

    def _check_gap(self, start: int, end: int) -> None:
        """Report text between entries that looks like an entry or a field; BibTeX ignores the rest as a comment."""
        lost = _LOST.search(self._text, start, end)
        if lost is not None and not _COMMENT.search(self._text, start, lost.start()):
            reason = f"the field {lost[1]} is outside any entry" if lost[1] else _NOT_ON_A_LINE.format(lost[2])
        elif (lost := _LOST_AFTER.match(self._text, start, end)) is not None:
            reason = _NOT_ON_A_LINE.format(lost[1])
        else:
            return
        self._errors.append(BibError(self._line(lost.end()), reason))

    def _block(self, found: re.Match[str]) -> int:
        """Parse the block that opens here and return the offset after it."""
        kind, start = found[1].lower(), found.start(1)
        index = bisect_right(self._openings, found.end() - 1)
        limit = self._openings[index] if index < len(self._openings) else len(self._text)
        if kind == "comment":
            return self._comment(found.end() - 1, limit)
        try:
            if kind in ("string", "preamble"):
                return self._definition(kind, found, limit)
            entry, end = self._entry(kind, found, limit)
        except _BrokenError as error:
            if kind in ("string", "preamble"):
                self._errors.append(
                    BibError(self._line(start), f"this @{kind} cannot be parsed: {error}", lost=False)
                )
                return limit
            entry = self._by_lines(kind, found, limit, str(error))
            end = limit
        self._entries.append(entry)
        return end

    def _comment(self, at: int, limit: int) -> int:
        """Skip a comment; an unclosed one ends with its line."""
        # A comment may contain entries; the long search for its end is limited to a few times.
        for end in (limit, len(self._text)):
            self._long_comments += end != limit
            if self._text[at] == "{" and self._long_comments <= _LONG_COMMENTS:
                with suppress(_BrokenError):
                    return self._braced(at, end)[1]
        rest = _REST_OF_LINE.match(self._text, at)
        return rest.end() if rest else limit

    def _definition(self, kind: str, found: re.Match[str], limit: int) -> int:
        at = _end(_SPACE, self._text, found.end(), limit)
        name = _NAME.match(self._text, at, limit) if kind == "string" else None
        if kind == "string" and name is None:
            raise _BrokenError("it has no name")
        value, at = self._value(name.end() if name else at, limit)
        if name:
            self._macros[name[1].lower()] = value if len(value) <= _MACRO_LIMIT else ""
            if len(value) > _MACRO_LIMIT:
                reason = f"the string {name[1]} is longer than {_MACRO_LIMIT} characters and was left empty"
                self._errors.append(BibError(self._line(found.start(1)), reason, lost=False))
        at = _end(_BETWEEN, self._text, at, limit)
        if at >= limit or self._text[at] not in "})":
            raise _BrokenError("it is never closed")
        return at + 1

    def _entry(self, kind: str, found: re.Match[str], limit: int) -> tuple[BibEntry, int]:
        """Parse an entry as BibTeX does and return the offset after it."""
        text = self._text
        close = _CLOSING[found[2]]
        key, at, repairs = self._key(found.end(), limit, close)
        fields: dict[str, str] = {}
        undefined: dict[str, str] = {}
        repeated: dict[str, list[str]] = {}
        self._curly = 0
        while True:
            if (name := _PLAIN_FIELD.match(text, at, limit)) is not None and "{" not in name[2]:
                value, at = name[2], name.end()
            else:
                at = _end(_BETWEEN, text, at, limit)
                if at >= limit:
                    raise _BrokenError("it is never closed")
                if text[at] == close:
                    if _MORE_FIELDS.match(text, at + 1, limit) is not None:
                        raise _BrokenError(f"an extra closing brace on line {self._line(at)} ends it early")
                    break
                name = _NAME.match(text, at, limit)
                if name is None:
                    raise _BrokenError(f"line {self._line(at)} is not a field")
                value, at = self._value(name.end(), limit)
                if self._undefined:
                    undefined.setdefault(name[1].lower(), self._undefined)
                    self._undefined = ""
                if not text.startswith((",", close), _end(_SPACE, text, at, limit)):
                    repairs.append(f"a comma is missing after {name[1]}")
            if fields.setdefault(name[1].lower(), value) is not value:
                repeated.setdefault(name[1].lower(), []).append(value)
        repairs += ["its values are in curly quotation marks"] if self._curly else []
        return BibEntry(kind, key, self._line(found.start(1)), fields, tuple(repairs), undefined, repeated), at + 1

    def _key(self, start: int, limit: int, close: str) -> tuple[str, int, list[str]]:
        found = _KEY.match(self._text, start, limit)
        end = found.end() if found else start
        key = found[1] if found else ""
        following = self._text[end : min(end + 1, limit)]
        if following == "=":
            return "", start, ["it has no citation key"]
        if close == ")" and key.endswith(")"):
            return key[:-1], end - 1, []
        if key and following in (",", close):
            return key, end, []
        return key, end, ["a comma is missing after its citation key" if key else "it has no citation key"]

    def _value(self, at: int, limit: int) -> tuple[str, int]:
        """Parse a value, concatenating pieces at ``#``, and return the offset after it."""
        pieces: list[str] = []
        while True:
            delimiter = self._text[at : min(at + 1, limit)]
            if delimiter == "{":
                piece, at = self._braced(at, limit)
            elif delimiter == '"':
                piece, at = self._quoted(at, limit)
            elif delimiter and delimiter in _CURLY:
                piece, at = self._curly_quoted(at, limit)
            else:
                word = _WORD.match(self._text, at, limit)
                if word is None:
                    raise _BrokenError(f"a field on line {self._line(at)} has no value")
                piece, at = self._expand(word[0]), word.end()
            pieces.append(piece)
            joint = _CONCATENATION.match(self._text, at, limit)
            if joint is None:
                return "".join(pieces) if len(pieces) > 1 else piece, at
            at = joint.end()

    def _expand(self, word: str) -> str:
        """Expand a bare word: a number, a defined string, or the word itself."""
        if word.isdigit():
            return word
        value = self._macros.get(word.lower())
        if value is None:
            value = self._undefined = word
        self._expanded += len(value)
        return value if self._expanded <= _EXPANSION_LIMIT else ""

    def _braced(self, at: int, limit: int) -> tuple[str, int]:
        end = closing_brace(self._text, at, limit)
        if end is None:
            raise _BrokenError(f"a brace on line {self._line(at)} is never closed")
        return self._text[at + 1 : end], end + 1

    def _quoted(self, at: int, limit: int) -> tuple[str, int]:
        depth = 0
        for delimiter in _QUOTE_OR_BRACE.finditer(self._text, at + 1, limit):
            if delimiter[0] == '"' and depth == 0:
                end = self._curly_end(at, delimiter.start()) or delimiter
                return self._text[at + 1 : end.start()], end.end()
            depth += {"{": 1, "}": -1, '"': 0}[delimiter[0]]
            if depth < 0:
                break
        if not self._text.isascii() and re.compile(_CURLY_END).search(self._text, at + 1, limit) is not None:
            return self._curly_quoted(at, limit)
        raise _BrokenError(f"a quotation mark on line {self._line(at)} is never closed")

    def _curly_end(self, at: int, end: int) -> re.Match[str] | None:
        """The end of a value of which only the closing quotation mark is curly."""
        if self._text.isascii() or (found := re.compile(_CURLY_FIELD).search(self._text, at, end)) is None:
            return None
        self._curly += 1
        return found

    def _curly_quoted(self, at: int, limit: int) -> tuple[str, int]:
        end = re.compile(_CURLY_END).search(self._text, at + 1, limit)
        if end is None:
            raise _BrokenError(f"a quotation mark on line {self._line(at)} is never closed")
        self._curly += 1
        return self._text[at + 1 : end.start()], end.end()

    def _by_lines(self, kind: str, found: re.Match[str], limit: int, error: str) -> BibEntry:
        """Parse a broken entry: a field extends from its name at the start of a line to the next one."""
        text = self._text
        key, start, _ = self._key(found.end(), limit, _CLOSING[found[2]])
        fields: dict[str, str] = {}
        repeated: dict[str, list[str]] = {}
        names = list(re.compile(_FIELD_LINE).finditer(text, start, limit))
        first = _NAME.match(text, _end(_BETWEEN, text, start, limit), limit)
        if first is not None and (not names or first.start(1) < names[0].start(1)):
            names.insert(0, first)
        ends = [*(name.start() for name in names[1:]), limit]
        for name, end in zip(names, ends, strict=False):
            value = self._strip_delimiters(text[name.end() : end])
            if fields.setdefault(name[1].lower(), value) is not value:
                repeated.setdefault(name[1].lower(), []).append(value)
        repairs = (f"{error}, so its fields were read line by line",)
        return BibEntry(kind, key, self._line(found.start(1)), fields, repairs, {}, repeated)

    def _strip_delimiters(self, value: str) -> str:
        """The value of a broken entry without the rest of its delimiters."""
        bare = value.strip()
        if bare[:1] == "{":
            return bare[1:].rstrip("}, \t\n")
        if bare[:1] == '"':
            return bare[1:].rstrip("}, \t\n").removesuffix('"')
        if bare[:1] and bare[0] in _CURLY:
            return bare[1:].rstrip("}, \t\n").rstrip(_CURLY)
        word = bare.rstrip("}), \t\n")
        return self._expand(word) if _WORD.fullmatch(word) else word


def _end(pattern: re.Pattern[str], text: str, at: int, limit: int) -> int:
    found = pattern.match(text, at, limit)
    return at if found is None else found.end()
