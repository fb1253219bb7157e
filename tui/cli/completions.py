"""Completion scripts, derived from the table of verbs and from what their parsers declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.cli.argument_parser import SubcommandParser
from tui.cli.help_text import SHARED_OPTIONS
from tui.cli.subcommands import SUBCOMMANDS, load

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from tui.cli.subcommands import Subcommand


class Argument(NamedTuple):
    """An option or a word behind a verb.

    Attributes:
        names: ``-o`` and ``--output``; empty for a word.
        help: what it is for.
        takes_value: a value follows (always so for a word).
        choices: the values it chooses from; empty where they are free.
        kind: the parser's name of the value; ``FILE`` and ``DIR`` complete from the disk.
    """

    names: tuple[str, ...]
    help: str
    takes_value: bool
    choices: tuple[str, ...]
    kind: str


def arguments_of(verb: Subcommand) -> tuple[Argument, ...]:
    """What can stand behind a verb, as its own parser declares it."""
    module = load(verb)
    parser = SubcommandParser(verb.name, module.DESCRIPTION, module.EXAMPLES)
    module.arguments(parser)
    return tuple(map(_argument, parser.declared))


def _argument(action: argparse.Action) -> Argument:
    choices = tuple(map(str, action.choices or ()))
    return Argument(
        tuple(action.option_strings), action.help or "", action.nargs != 0, choices, str(action.metavar or "")
    )


def bash() -> str:
    """A script for bash."""
    offers = "\n".join(_bash_offer(verb) for verb in SUBCOMMANDS)
    values = "\n".join(line for verb in SUBCOMMANDS for line in _bash_values(verb))
    return f"""\
_readlist() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" verb='' words disk='' word
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case ' {_names()} ' in *" $word "*) verb="$word"; break ;; esac
  done
  case "$verb" in
{offers}
    *) words='{_names()} {_shared_names()}' ;;
  esac
  case "$verb:$previous" in
{values}
{_bash_shared_values()}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ -z "$disk" ] || COMPREPLY+=($(compgen "$disk" -- "$current"))
}}
complete -o filenames -F _readlist readlist
"""


def _bash_offer(verb: Subcommand) -> str:
    arguments = arguments_of(verb)
    words = [word for argument in arguments for word in argument.names or argument.choices]
    files = any(argument.kind == "FILE" and not argument.names for argument in arguments)
    return f"    {verb.name}) words='{' '.join(words)}'{' disk=-f' if files else ''} ;;"


def _bash_values(verb: Subcommand) -> Iterator[str]:
    for argument in arguments_of(verb):
        if argument.names and argument.takes_value and argument.kind != "DIR":
            disk = " disk=-f" if argument.kind == "FILE" else ""
            pattern = "|".join(f"{verb.name}:{name}" for name in argument.names)
            yield f"    {pattern}) words='{' '.join(argument.choices)}'{disk} ;;"


def zsh() -> str:
    """A script for zsh, to be put as ``_readlist`` into a folder of ``$fpath``."""
    verbs = "\n".join(f"    {_quoted(f'{verb.name}:{verb.summary}')}" for verb in SUBCOMMANDS)
    cases = "\n".join(_zsh_case(verb) for verb in SUBCOMMANDS)
    shared = " ".join(_quoted(spec) for argument in _shared_arguments() for spec in _zsh_specs(argument))
    return f"""\
#compdef readlist
_readlist() {{
  local state line
  local -a verbs=(
{verbs}
  )
  _arguments -C {shared} \\
    '(-h --help)'{{-h,--help}}'[print the help]' '1: :->verb' '*:: :->rest'
  case $state in
    verb) _describe verb verbs ;;
    rest)
      case $words[1] in
{cases}
      esac ;;
  esac
}}
_readlist "$@"
"""


def _zsh_case(verb: Subcommand) -> str:
    specs = [spec for argument in arguments_of(verb) for spec in _zsh_specs(argument)]
    return f"        {verb.name}) _arguments {' '.join(map(_quoted, specs))} ;;"


def _zsh_specs(argument: Argument) -> Iterator[str]:
    value = {"FILE": "_files", "DIR": "_files -/"}.get(argument.kind, "")
    if argument.choices:
        value = f"({' '.join(argument.choices)})"
    what = argument.help.replace("[", "(").replace("]", ")").replace(":", " -")
    if not argument.names:
        yield f"{'1' if argument.choices else '*'}: :{value or ' '}"
    for name in argument.names:
        ending = f":{argument.kind.lower() or 'value'}:{value or ' '}" if argument.takes_value else ""
        equals = "=" if argument.takes_value and name.startswith("--") else ""
        yield f"{name}{equals}[{what}]{ending}"


def fish() -> str:
    """A script for fish."""
    lines = ["complete -c readlist -f"]
    lines += [_fish_line("__fish_use_subcommand", argument) for argument in _shared_arguments()]
    for verb in SUBCOMMANDS:
        lines.append(f"complete -c readlist -n __fish_use_subcommand -a {verb.name} -d {_quoted(verb.summary)}")
        condition = f"__fish_seen_subcommand_from {verb.name}"
        lines += [_fish_line(condition, argument) for argument in arguments_of(verb)]
    return "\n".join(lines) + "\n"


def _fish_line(condition: str, argument: Argument) -> str:
    words = ["complete -c readlist -n", _quoted(condition)]
    words += [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in argument.names]
    if argument.kind in {"FILE", "DIR"}:
        words.append("-r -F")
    elif argument.names and argument.takes_value:
        words.append("-x")
    if argument.choices:
        words.append(f"-a {_quoted(' '.join(argument.choices))}")
    return " ".join([*words, "-d", _quoted(argument.help)])


def _shared_arguments() -> tuple[Argument, ...]:
    """The options that may stand before the subcommand."""
    return tuple(
        Argument((option.name,), option.help, bool(option.metavar), (), option.metavar) for option in SHARED_OPTIONS
    )


def _shared_names() -> str:
    return " ".join((*(option.name for option in SHARED_OPTIONS), "--help"))


def _bash_shared_values() -> str:
    """The lines that complete the value of a shared option from the disk."""
    lines = []
    for kind, flag in (("DIR", "-d"), ("FILE", "-f")):
        pattern = "|".join(f"*:{option.name}" for option in SHARED_OPTIONS if option.metavar == kind)
        lines.append(f"    {pattern}) words='' disk={flag} ;;")
    return "\n".join(lines)


def _names() -> str:
    return " ".join(verb.name for verb in SUBCOMMANDS)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "’") + "'"


SCRIPTS: Mapping[str, Callable[[], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
