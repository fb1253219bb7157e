"""What every format does to a text before its own escaping: signs that no text file should hold go.

Lower than escaping, which is each format's own business.
"""

from __future__ import annotations

import re

import orjson

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SHORT = 80  # letters that are as quickly looked at one by one
_BLANKS = re.compile(r"[ \t\n]{2,}|[\t\n]")


def encodable(text: str) -> str:
    """Return the text with lone surrogates, which UTF-8 cannot hold, replaced by U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def clean_lines(text: str) -> str:
    """Return the text with line feeds for every sort of line end, and without control characters but tabs."""
    return text if _is_plain(text) else _CONTROL.sub("", _LINE_ENDS.sub("\n", encodable(text)))


def clean_line(text: str) -> str:
    """Return the text on one line, runs of blanks made single, ends trimmed; non-breaking blanks stay."""
    if _is_plain(text):
        return (_BLANKS.sub(" ", text) if "  " in text else text).strip()
    return _BLANKS.sub(" ", clean_lines(text)).strip()


def category_keyword(category: str) -> str:
    """Return the category as a keyword that an import tells from a tag: ``arXiv:cs.CV``."""
    return f"arXiv:{category}"


def has_control_characters(text: str) -> bool:
    """Whether ``lines`` would take something away."""
    return not _is_plain(text) and bool(_CONTROL.search(text) or _SURROGATE.search(text))


def _is_plain(text: str) -> bool:
    """Whether every sign of the text can be seen or is the blank of ASCII: most texts have nothing to be cleaned of.

    In ASCII that is what JSON does not escape, beside quotation marks, backslashes and DEL; to write an abstract as
    JSON takes a tenth of the time of ``isprintable``.
    """
    if len(text) < _SHORT or not text.isascii():
        return text.isprintable()
    escaped = len(orjson.dumps(text)) - len(text) - len('""')
    return "\x7f" not in text and (not escaped or escaped == text.count('"') + text.count("\\"))
