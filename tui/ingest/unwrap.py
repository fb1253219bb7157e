"""Unwrap abstracts that a program broke into lines of fixed width."""

from __future__ import annotations

_NARROWEST, _WIDEST = 40, 110


def unwrap(text: str) -> str:
    """Join the lines of each paragraph in which all but the last are 40 to 110 characters wide.

    Lines of other widths were broken by a person and are kept.
    """
    if "\n" not in text:
        return text
    return "\n\n".join(_join_lines(paragraph) for paragraph in text.split("\n\n"))


def _join_lines(paragraph: str) -> str:
    rows = paragraph.split("\n")
    wrapped = len(rows) > 1 and all(_NARROWEST <= len(row.strip()) <= _WIDEST for row in rows[:-1])
    return " ".join(row.strip() for row in rows) if wrapped and len(rows[-1].strip()) <= _WIDEST else paragraph
