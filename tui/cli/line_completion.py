"""The words that can follow an unfinished command line, for the completion scripts of the shells."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.help_text import SHARED_OPTIONS
from tui.cli.subcommands import SUBCOMMANDS, VISIBLE_SUBCOMMANDS, load
from tui.errors import ReadlistError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from tui.cli.argument_parser import SubcommandParser
    from tui.session.completion_values import CompletionValues

    OpenValues = Callable[[], CompletionValues]

FILES, FOLDERS = ":files", ":folders"  # lines that ask the script to complete paths
_ID = re.compile(r"(?:id:)?([0-9a-f]{2,10})\Z")
_UNQUOTED = re.compile(r"[^\s'\"\\()|&;<>$`*?!]+\Z")


class Completion(NamedTuple):
    """A word that can follow, and what it means (may be empty)."""

    word: str
    help: str = ""


def complete_line(line: str, open_values: OpenValues) -> list[Completion]:
    """The completions of the last word of a command line.

    Args:
        line: the command line up to the cursor, with the name of the program.
        open_values: opens the values of the reading list; called only if they are needed.
    """
    words = _split(line)[1:]
    if not words:
        return []
    *before, current = words
    before, option = _skip_shared_options(before)
    if option == "LIST":
        return [Completion(name) for name in open_values().lists() if name.startswith(current)]
    if option:
        return [Completion(FOLDERS if option == "DIR" else FILES)]
    name = before[0] if before else ""
    subcommand = next((each for each in SUBCOMMANDS if name == each.name or name in each.aliases), None)
    if name == "help" and len(before) == 1:
        found: Iterable[Completion] = _subcommands()
    elif not before:
        shared = (Completion(option.name, option.help) for option in SHARED_OPTIONS)
        found = shared if current.startswith("-") else (*_subcommands(), Completion("help", "print help"))
    elif subcommand is None:
        found = ()
    else:
        from tui.cli.argument_parser import SubcommandParser  # noqa: PLC0415 - argparse is slow to import

        module = load(subcommand)
        parser = SubcommandParser(subcommand.name, module.DESCRIPTION, module.EXAMPLES)
        module.declare_arguments(parser)
        try:
            found = _of_subcommand(parser, before[1:], current, open_values)
        except ReadlistError:  # the list cannot be read: a command says so, a completion stays silent
            found = ()
    paths = (FILES, FOLDERS)
    return [each for each in found if each.word in paths or each.word.startswith(current)]


def _subcommands() -> list[Completion]:
    return [Completion(each.name, each.summary) for each in VISIBLE_SUBCOMMANDS]


def _split(line: str) -> list[str]:
    """The words of a line as a shell splits them; the last one is empty after a space."""
    for ending in ("", "'", '"'):
        try:
            words = shlex.split(line + ending)
        except ValueError:
            continue
        return [*words, ""] if not ending and line[-1:].isspace() else words
    return line.split()


def _skip_shared_options(words: Sequence[str]) -> tuple[list[str], str]:
    """The words from the subcommand on, and the kind of value that the last shared option before it waits for."""
    kinds = {name: option.metavar for option in SHARED_OPTIONS for name in option.names}
    rest = list(words)
    while rest and rest[0].startswith("-"):
        kind = kinds.get(rest.pop(0), "")
        if kind and not rest:
            return [], kind
        del rest[: 1 if kind else 0]
    return rest, ""


def _of_subcommand(
    parser: SubcommandParser, before: Sequence[str], current: str, open_values: OpenValues
) -> Iterable[Completion]:
    options = {name: action for action in parser.declared for name in action.option_strings}
    waiting = options.get(before[-1]) if before else None
    if waiting is not None and waiting.nargs != 0:
        return _values(waiting, open_values)
    name, equals, _ = current.partition("=")
    if equals and name in options:
        return [Completion(f"{name}={value.word}", value.help) for value in _values(options[name], open_values)]
    if current.startswith("--"):
        return [Completion(name, action.help or "") for name, action in options.items() if name.startswith("--")]
    arguments = [action for action in parser.declared if not action.option_strings]
    at = sum(
        not word.startswith("-") and not _is_value(before, number, options) for number, word in enumerate(before)
    )
    found: list[Completion] = []
    if at == 0 and parser.leading_words:
        found += map(Completion, parser.leading_words)
    if parser.has_signed_tags and current[:1] in ("+", "-") and all(word[:1] in ("+", "-") for word in before):
        found += [Completion(current[0] + tag) for tag in open_values().tags()]
    if arguments:
        found += _values(arguments[min(at, len(arguments) - 1)], open_values, current)
    return found


def _is_value(words: Sequence[str], number: int, options: dict[str, argparse.Action]) -> bool:
    """Whether a word is the value of the option before it."""
    before = options.get(words[number - 1]) if number else None
    return before is not None and before.nargs != 0


def _values(action: argparse.Action, open_values: OpenValues, current: str = "") -> list[Completion]:
    """The values of an option or argument, as far as they are known."""
    if action.choices:
        return [Completion(str(choice)) for choice in action.choices]
    match action.metavar:
        case "FILE":
            return [Completion(FILES)]
        case "DIR":
            return [Completion(FOLDERS)]
        case "LIST" | "TAG":
            values = open_values()
            return [Completion(name) for name in (values.tags() if action.metavar == "TAG" else values.lists())]
        case "VIEW":
            return [Completion(name, query) for name, query in open_values().views().items()]
        case "KEYS":
            return [Completion(name) for name in _sort_orders()]
        case "QUERY":
            return _query(current, open_values)
    return []


def _sort_orders() -> list[str]:
    """The names of the sort orders."""
    from tui.session.choices import sort_orders  # noqa: PLC0415 - only the sort orders need the query engine

    return list(sort_orders())


def _query(current: str, open_values: OpenValues) -> list[Completion]:
    """The completions of one term of a query: ids, fields and their values, views."""
    if digits := _ID.match(current):
        prefix = current[: digits.start(1)]
        return [Completion(prefix + paper_id, title) for paper_id, title in open_values().ids(digits[1])]
    term = current.lstrip("-!(")
    excluding = current[: len(current) - len(term)]
    found = open_values().complete_term(term)
    return [Completion(excluding + text, help_) for text, help_ in found if _UNQUOTED.match(text)]
