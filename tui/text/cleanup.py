"""Cleanup of texts before the escaping of each format: removes characters that text files should not contain."""

from __future__ import annotations

import re

import orjson

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SHORT = 80  # characters; up to this length ``isprintable`` is as fast
_WHITESPACE = re.compile(r"[ \t\n]{2,}|[\t\n]")


def encodable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot encode, replaced by U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def clean_lines(text: str) -> str:
    """The text with line feeds for every kind of line end, and without control characters except tabs."""
    return text if _is_plain(text) else _CONTROL.sub("", _LINE_ENDS.sub("\n", encodable(text)))


def clean_line(text: str) -> str:
    """The text on one line, whitespace collapsed and trimmed; non-breaking spaces are kept."""
    if _is_plain(text):
        return (_WHITESPACE.sub(" ", text) if "  " in text else text).strip()
    return _WHITESPACE.sub(" ", clean_lines(text)).strip()


def has_control_characters(text: str) -> bool:
    """Whether ``clean_lines`` would remove something."""
    return not _is_plain(text) and bool(_CONTROL.search(text) or _SURROGATE.search(text))


def _is_plain(text: str) -> bool:
    """Whether every character is printable or a space, so that nothing needs cleanup, as in most texts.

    For long ASCII texts, counts the characters that JSON escapes (except quotation marks and backslashes); encoding
    an abstract as JSON is much faster than ``isprintable``.
    """
    if len(text) < _SHORT or not text.isascii():
        return text.isprintable()
    escaped = len(orjson.dumps(text)) - len(text) - len('""')
    return "\x7f" not in text and (not escaped or escaped == text.count('"') + text.count("\\"))
