"""Argument parser of one subcommand: argparse, with arguments that may begin with a minus sign.

A query may exclude terms (``-cat:cs.CV``), which argparse takes for options. So options and arguments are separated
here, and argparse gets the options first, then ``--``, then the arguments.
"""

from __future__ import annotations

import argparse
import os
import re
from collections import deque
from typing import TYPE_CHECKING, Any, NoReturn

from tui.cli.help_text import SHARED_OPTIONS, help_width, wrap_paragraphs
from tui.errors import UsageError
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_MAX_DIGITS = 18  # of a number
# Sentences of argparse, and ours.
_INVALID_CHOICE = re.compile(r"argument (\S+): invalid choice: (.+?) \(choose from .*\)\Z", re.DOTALL)
_MISSING = "the following arguments are required:"
_SENTENCES = (
    (re.compile(rf"{_MISSING} (.+)\Z"), "missing {0}"),
    (re.compile(r"unrecognized arguments: (.+)\Z"), "too many arguments: {0}"),
    (re.compile(r"argument (\S+): not allowed with argument (\S+)\Z"), "{0} cannot be used with {1}"),
    (re.compile(r"argument (\S+): ignored explicit argument .+\Z"), "{0} does not take a value"),
    (re.compile(r"argument (\S+): expected .+\Z"), "{0} needs a value"),
    (re.compile(r"argument (\S+): (.+)\Z", re.DOTALL), "{0}: {1}"),
)


class SubcommandParser(argparse.ArgumentParser):
    """Parser of one subcommand.

    Attributes:
        declared: every option and argument, in the order declared; the source of the completions.
        leading_words: words that can come before the query, for completion.
        has_signed_tags: whether ``+tag`` and ``-tag`` can come before the query.
        hint_if_missing: what to do without the required arguments, before the pointer to the help.
    """

    def __init__(self, subcommand: str, description: str, examples: str) -> None:
        self.declared: list[argparse.Action] = []
        self.leading_words: tuple[str, ...] = ()
        self.has_signed_tags = False
        self.hint_if_missing = ""
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

        Args:
            message: the sentence of argparse.

        Raises:
            UsageError: always, with a sentence of our own.
        """
        hint = f"`{self.prog} --help` has examples"
        if self.hint_if_missing and message.startswith(_MISSING):
            hint = f"{self.hint_if_missing}; {hint}"
        if invalid := _INVALID_CHOICE.match(message):
            name, value = invalid[1], invalid[2]
            choices = next(
                (list(map(str, each.choices or ())) for each in self.declared if _is_named(each, name)), []
            )
            raise UsageError(
                f"{name}: {value} is not one of {', '.join(choices)}",
                did_you_mean(value.strip("'\""), choices) or hint,
            )
        for pattern, sentence in _SENTENCES:
            if found := pattern.match(message):
                raise UsageError(sentence.format(*found.groups()), hint)
        raise UsageError(message, hint)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse the arguments after the subcommand; ``--help`` and ``--version`` win over everything else.

        Raises:
            UsageError: they are wrong.
        """
        options, words = self._split(arguments)
        if "-h" in options or "--help" in options:
            return argparse.Namespace(help=True)
        if "-V" in options or "--version" in options:
            return argparse.Namespace(version=True)
        return self.parse_args([*options, "--", *words] if words else options)

    def _split(self, arguments: Sequence[str]) -> tuple[list[str], list[str]]:
        known = {name: action for action in self.declared for name in action.option_strings}
        options: list[str] = []
        words: list[str] = []
        rest = deque(arguments)
        while rest:
            argument = rest.popleft()
            name, has_value = _option_name(argument, known)
            if argument == "--":
                words += rest
                break
            if name in known:
                options.append(argument)
                if known[name].nargs != 0 and not has_value:
                    options[-1] += f"={self._next_value(name, rest)}"
                    while known[name].nargs == argparse.ONE_OR_MORE and rest and not rest[0].startswith("-"):
                        options.append(f"{name}={rest.popleft()}")
            elif _looks_like_option(argument, known):
                closest = did_you_mean(name, known)
                if argument.startswith("--"):
                    raise UsageError(f"unknown option {name}", closest or f"`{self.prog} --help` lists the options")
                to = "To" if closest else "to"
                hint = f"{closest} {to} exclude a term, put -- before it: -- {argument}".lstrip()
                raise UsageError(f"unknown option {name}", hint)
            else:
                words.append(argument)
        return options, words

    def _next_value(self, name: str, rest: deque[str]) -> str:
        if not rest:
            self.error(f"{name} needs a value")
        return rest.popleft()


def _is_named(action: argparse.Action, name: str) -> bool:
    """Whether argparse calls an option or argument so: ``-n/--limit``, or its metavar or destination."""
    return bool(action.choices) and name in ("/".join(action.option_strings), action.metavar, action.dest)


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
    if argument.startswith("--") or (argument.startswith("-") and f"-{argument}" in known):
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
        raise argparse.ArgumentTypeError(f"the number has too many digits ({len(argument)})")
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
