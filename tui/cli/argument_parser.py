"""Argument parser of one subcommand: argparse, with arguments that may begin with a minus sign.

A query may exclude terms (``-cat:cs.CV``), which argparse takes for options. So options and arguments are separated
here, and argparse gets the options first, then ``--``, then the arguments.
"""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any, NoReturn

from tui.cli.help_text import SHARED_OPTIONS, help_width, wrap_paragraphs
from tui.errors import UsageError
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_MAX_DIGITS = 18  # of a number


class SubcommandParser(argparse.ArgumentParser):
    """Parser of one subcommand.

    Attributes:
        declared: every option and argument, in the order declared; the source of the completions.
    """

    def __init__(self, subcommand: str, description: str, examples: str) -> None:
        self.declared: list[argparse.Action] = []
        super().__init__(
            prog=f"readlist {subcommand}",
            description=wrap_paragraphs(description, help_width()),
            epilog=f"examples:\n{examples.rstrip()}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=False,
            conflict_handler="resolve",  # the --ascii of `export` replaces the shared one
        )
        self.add_argument("-h", "--help", action="store_true", default=argparse.SUPPRESS, help="print this help")
        for option in SHARED_OPTIONS:
            value: dict[str, Any] = {"metavar": option.metavar} if option.metavar else {"action": "store_true"}
            # `ascii` is an option of an export, and `list` of a split.
            value["dest"] = option.name[2:].replace("ascii", "ascii_only").replace("list", "list_name")
            self.add_argument(*option.names, **value, default=argparse.SUPPRESS, help=option.help)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:  # noqa: ANN401 - argparse's signature
        """Declare an option or an argument, as argparse does, and register it."""
        self.declared = [action for action in self.declared if not set(names) & set(action.option_strings)]
        return self.declare(super().add_argument(*names, **settings))

    def declare(self, action: argparse.Action) -> argparse.Action:
        """Register an option that was added to a group."""
        self.declared.append(action)
        return action

    def add_query(self, purpose: str) -> None:
        """Declare the arguments that form a query."""
        self.add_argument("query", nargs="*", metavar="QUERY", type=parse_utf8, help=purpose)

    def error(self, message: str) -> NoReturn:
        """Report wrong arguments.

        Raises:
            UsageError: always.
        """
        raise UsageError(message, f"`{self.prog} --help` has examples")

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse the arguments after the subcommand; ``--help`` and ``--version`` win over everything else.

        Raises:
            UsageError: they are wrong.
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
                    options[-1] += f"={self._next_value(name, rest)}"
            elif _looks_like_option(argument, known):
                closest = did_you_mean(name, known)
                if argument.startswith("--"):
                    raise UsageError(f"unknown option {name}", closest or f"`{self.prog} --help` lists the options")
                put = "Put" if closest else "put"
                hint = f"{closest} {put} -- before a term to exclude it: -- {argument}".lstrip()
                raise UsageError(f"unknown option {name}", hint)
            else:
                words.append(argument)
        return options, words

    def _next_value(self, name: str, rest: Iterator[str]) -> str:
        value = next(rest, None)
        if value is None:
            self.error(f"{name} needs a value")
        return value


def _option_name(argument: str, known: Mapping[str, argparse.Action]) -> tuple[str, bool]:
    """Name of the option in an argument, and whether its value is attached (``--format=ris``, ``-oFILE``)."""
    if argument.startswith("--"):
        name, equals, _ = argument.partition("=")
        return name, bool(equals)
    short = known.get(argument[:2])
    if short is not None and short.nargs != 0:
        return argument[:2], len(argument) > 2
    return argument, False


def _looks_like_option(argument: str, known: Collection[str]) -> bool:
    """Whether an unknown argument is a mistyped option rather than an excluded term: ``--jsn``, ``-off``, ``-5``."""
    if argument.startswith("--") or f"-{argument}" in known:
        return True
    return argument[:1] == "-" and ((len(argument) == 2 and argument[1].isalpha()) or argument[1:].isdecimal())


def parse_number(argument: str) -> int:
    """Parse an argument as a whole number.

    Raises:
        argparse.ArgumentTypeError: it is not a number.
    """
    if not argument.removeprefix("-").isdecimal():
        raise argparse.ArgumentTypeError(f"{argument!r} is not a number")
    if len(argument) > _MAX_DIGITS:
        raise argparse.ArgumentTypeError(f"a number cannot have {len(argument)} digits")
    return int(argument)


def parse_utf8(argument: str) -> str:
    """Decode an argument as UTF-8, whatever the locale.

    Raises:
        argparse.ArgumentTypeError: the bytes are not UTF-8.
    """
    try:
        return os.fsencode(argument).decode()
    except UnicodeError:
        raise argparse.ArgumentTypeError("not valid UTF-8") from None
