"""Help texts wrapped to the width of the terminal, and the options that all subcommands share."""

from __future__ import annotations

import re
import shutil
from itertools import groupby
from textwrap import fill
from typing import NamedTuple

_MIN_WIDTH = 40
_MAX_WIDTH = 100
_TWO_COLUMNS = re.compile(r" +\S.*?\S {2,}")


class SharedOption(NamedTuple):
    """An option that is allowed before and after the subcommand.

    Attributes:
        name: as it is typed.
        metavar: name of its value, ``FILE``, ``DIR`` or ``LIST``; empty for a flag.
        help: what it does.
        short: its short name; empty for none.
    """

    name: str
    metavar: str
    help: str
    short: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return (self.short, self.name) if self.short else (self.name,)


SHARED_OPTIONS = (
    SharedOption(
        "--list",
        "LIST",
        "the list to use (default: $READLIST_LIST, default_list in the settings, or the main list)",
        "-l",
    ),
    SharedOption(
        "--data",
        "DIR",
        "the data folder of the main list; opens that list unless --list names another "
        "(default: $READLIST_DATA, or the platform's data folder)",
    ),
    SharedOption(
        "--seeds",
        "DIR",
        "the folder with the listings of the main list (default: $READLIST_SEEDS, or the bundled listings)",
    ),
    SharedOption(
        "--config",
        "FILE",
        "the settings file (default: $READLIST_CONFIG, or config.toml in the platform's config folder)",
    ),
    SharedOption("--ascii", "", "use ASCII characters only (default if the locale is not UTF-8)"),
    SharedOption("--version", "", "print the version", "-V"),
)


def help_width() -> int:
    """Width that help is wrapped to: that of the terminal, between 40 and 100 columns."""
    return max(_MIN_WIDTH, min(_MAX_WIDTH, shutil.get_terminal_size().columns))


def wrap_paragraphs(text: str, width: int) -> str:
    """Wrap paragraphs; an indented line stays separate and is wrapped under its second column."""
    lines: list[str] = []
    for indented, group in groupby(text.strip("\n").split("\n"), key=lambda line: line.startswith(" ") or not line):
        if indented:
            lines += [_wrap_row(line, width) for line in group]
        else:
            lines.append(fill(" ".join(group), width))
    return "\n".join(lines)


def wrap_rows(rows: list[tuple[str, str]], width: int) -> str:
    """Terms and their descriptions in two aligned columns, indented by two spaces."""
    column = max(len(term) for term, _ in rows) + 4
    return "\n".join(
        fill(text, width, initial_indent=f"  {term}".ljust(column), subsequent_indent=" " * column)
        for term, text in rows
    )


def _wrap_row(line: str, width: int) -> str:
    columns = _TWO_COLUMNS.match(line)
    return fill(line, width, subsequent_indent=" " * (columns.end() if columns else 4), drop_whitespace=True)
