"""The grammar of one verb's arguments: argparse, with words that may begin with a minus sign.

A query may exclude (``-cat:cs.CV``), which argparse takes for an option. So options and words are told apart here,
and argparse gets the options first and the words behind ``--``. Knows no store and prints nothing.
"""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any, NoReturn

from tui.cli.help_text import SHARED_OPTIONS, help_width, wrap_paragraphs
from tui.errors import UsageError
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_DIGITS = 18  # of a number


class SubcommandParser(argparse.ArgumentParser):
    """The parser of one verb.

    Attributes:
        declared: every option and word, in the order declared; what completions are made of.
    """

    def __init__(self, verb: str, description: str, examples: str) -> None:
        self.declared: list[argparse.Action] = []
        super().__init__(
            prog=f"readlist {verb}",
            description=wrap_paragraphs(description, help_width()),
            epilog=f"examples:\n{examples.rstrip()}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=False,
            conflict_handler="resolve",  # the --ascii of `export` stands in for the shared one
        )
        self.add_argument("-h", "--help", action="store_true", default=argparse.SUPPRESS, help="print this help")
        for option in SHARED_OPTIONS:
            value: dict[str, Any] = {"metavar": option.metavar} if option.metavar else {"action": "store_true"}
            value["dest"] = option.name[2:].replace("ascii", "ascii_only")  # `ascii` is an option of an export
            self.add_argument(option.name, **value, default=argparse.SUPPRESS, help=option.help)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:  # noqa: ANN401 - argparse's signature
        """Declare an option or a word, as argparse does, and remember it."""
        self.declared = [action for action in self.declared if not set(names) & set(action.option_strings)]
        return self.declare(super().add_argument(*names, **settings))

    def declare(self, action: argparse.Action) -> argparse.Action:
        """Remember an option that was declared through a group."""
        self.declared.append(action)
        return action

    def add_query(self, purpose: str) -> None:
        """Declare the words of a query."""
        self.add_argument("query", nargs="*", metavar="QUERY", type=utf8, help=purpose)

    def error(self, message: str) -> NoReturn:
        """Report wrong arguments.

        Raises:
            UsageError: always.
        """
        raise UsageError(message, f"`{self.prog} --help` has examples")

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse the arguments behind the verb; a call for help is answered whatever else stands there.

        Raises:
            UsageError: they do not fit.
        """
        options, words = self._split(arguments)
        if "-h" in options or "--help" in options:
            return argparse.Namespace(help=True)
        if "--version" in options:
            return argparse.Namespace(version=True)
        return self.parse_args([*options, "--", *words] if words else options)

    def _split(self, arguments: Sequence[str]) -> tuple[list[str], list[str]]:
        known = {name: action for action in self.declared for name in action.option_strings}
        options: list[str] = []
        words: list[str] = []
        rest = iter(arguments)
        for argument in rest:
            name, has_value = _option_name(argument, known)
            if argument == "--":
                words += rest
            elif name in known:
                options.append(argument)
                if known[name].nargs != 0 and not has_value:
                    options[-1] += f"={self._value_of(name, rest)}"
            elif _looks_like_an_option(argument, known):
                if argument.startswith("--"):
                    self.error(f"there is no option {name}{nearest(name, known)}")
                raise UsageError(
                    f"there is no option {name}{nearest(name, known)}",
                    f"`{self.prog} --help` has examples; a word to leave out stands behind --: -- {argument}",
                )
            else:
                words.append(argument)
        return options, words

    def _value_of(self, name: str, rest: Iterator[str]) -> str:
        value = next(rest, None)
        if value is None:
            self.error(f"{name} needs a value")
        return value


def _option_name(argument: str, known: Mapping[str, argparse.Action]) -> tuple[str, bool]:
    """The option an argument names, and whether its value is glued to it (``--format=ris``, ``-oFILE``)."""
    if argument.startswith("--"):
        name, equals, _ = argument.partition("=")
        return name, bool(equals)
    short = known.get(argument[:2])
    if short is not None and short.nargs != 0:
        return argument[:2], len(argument) > 2
    return argument, False


def _looks_like_an_option(argument: str, known: Collection[str]) -> bool:
    """Whether an unknown argument is a slip rather than a word to exclude: ``--jsn``, ``-off``, ``-a``, ``-5``."""
    if argument.startswith("--") or f"-{argument}" in known:
        return True
    return argument[:1] == "-" and ((len(argument) == 2 and argument[1].isalpha()) or argument[1:].isdecimal())


def nearest(word: str, known: Iterable[str]) -> str:
    """A clause that names the known word nearest to a wrong one, or nothing where none is near."""
    hint = did_you_mean(word, known)
    return f"; {hint}" if hint else ""


def number(argument: str) -> int:
    """An argument as a whole number.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not argument.removeprefix("-").isdecimal():
        raise argparse.ArgumentTypeError(f"{argument!r} is not a number")
    if len(argument) > _DIGITS:
        raise argparse.ArgumentTypeError(f"a number of {len(argument)} digits is too large")
    return int(argument)


def utf8(argument: str) -> str:
    """An argument as text, whatever the locale took its bytes for.

    Raises:
        argparse.ArgumentTypeError: the bytes are not UTF-8.
    """
    try:
        return os.fsencode(argument).decode()
    except UnicodeError:
        raise argparse.ArgumentTypeError("not readable as UTF-8") from None
