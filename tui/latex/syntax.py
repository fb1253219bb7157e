"""The syntax of LaTeX that all readers of it share: tokens, formulas, groups, and where a command ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# A dollar opens a formula by pandoc's rule: no space inside its ends and no digit after it, so prices stay.
MATH = re.compile(
    r"\$\$(?P<display>(?:\\.|[^\\$]){1,999}?)\$\$"
    r"|\$(?!\s)(?P<inline>(?:\\.|[^\\$]){1,999}?)(?<!\s)\$(?!\d)"
    r"|\\\((?P<round>(?:(?!\\[()\[\]]).){1,999}?)\\\)"
    r"|\\\[(?P<square>(?:(?!\\[()\[\]]).){1,999}?)\\\]",
    re.DOTALL,
)
# What is not plain text: a command with a name or of one character (a backslash alone at the end), or one special
# character. Every alternative begins with a literal, which makes the search fast.
TOKEN = re.compile(r"\\(?:(?P<name>[A-Za-z]+)|(?P<sign>.))?|\{|\}|\$|~|\^|_|&|%|#", re.DOTALL)
COMMAND_NAME = re.compile(r"\\([A-Za-z]+)\*?")
_OPTION = re.compile(r"\[[^\[\]{}\\\n]{0,200}\]")
_SPACES = re.compile(r"[ \t]*")


def brace_pairs(text: str) -> dict[int, int]:
    r"""Offsets of matching braces, opening to closing; escaped braces (``\{``, ``\}``) are skipped."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in TOKEN.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            pairs[opened.pop()] = found.start()
    return pairs


def command_end(text: str, at: int, closing: Mapping[int, int]) -> int:
    """The offset after the command that begins here, including its options and groups.

    Args:
        text: LaTeX.
        at: offset of the backslash of a command with a name.
        closing: the brace pairs of the text, opening to closing.
    """
    found = COMMAND_NAME.match(text, at)
    assert found is not None  # noqa: S101 - the caller found it
    end = found.end()
    spaces = _SPACES.match(text, end)
    first = spaces.end() if spaces else end
    if first in closing:
        end = closing[first] + 1
    while True:
        if end in closing:
            end = closing[end] + 1
        elif (option := _OPTION.match(text, end)) is not None:
            end = option.end()
        else:
            return end


def argument_spans(at: int, end: int, closing: Mapping[int, int]) -> list[tuple[int, int]]:
    """Start and end of each group of a command, without its braces."""
    groups: list[tuple[int, int]] = []
    while at < end:
        if at in closing:
            groups.append((at + 1, closing[at]))
            at = closing[at]
        at += 1
    return groups


def command_names(text: str) -> frozenset[str]:
    r"""The names of all commands in a text; also those after a ``\\``, so that no refused one slips through."""
    return frozenset(found[1] for found in COMMAND_NAME.finditer(text)) if "\\" in text else frozenset()
