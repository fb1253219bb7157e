"""Shell completion scripts, derived from the table of subcommands and their parsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.cli.argument_parser import SubcommandParser
from tui.cli.help_text import SHARED_OPTIONS
from tui.cli.subcommands import SUBCOMMANDS, load

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from tui.cli.subcommands import Subcommand

_BASH_LISTS = "$(readlist lists --names 2>/dev/null)"
_ZSH_LISTS = '{compadd -- ${(f)"$(readlist lists --names 2>/dev/null)"}}'


class Argument(NamedTuple):
    """An option or argument of a subcommand.

    Attributes:
        names: ``-o`` and ``--output``; empty for an argument.
        help: what it is for.
        takes_value: a value follows (always true for an argument).
        choices: the allowed values; empty if any is allowed.
        kind: the parser's name of the value; ``FILE`` and ``DIR`` complete file names, ``LIST`` the names of lists.
    """

    names: tuple[str, ...]
    help: str
    takes_value: bool
    choices: tuple[str, ...]
    kind: str


def arguments_of(subcommand: Subcommand) -> tuple[Argument, ...]:
    """The options and arguments that the parser of a subcommand declares."""
    module = load(subcommand)
    parser = SubcommandParser(subcommand.name, module.DESCRIPTION, module.EXAMPLES)
    module.declare_arguments(parser)
    return tuple(map(_argument, parser.declared))


def _argument(action: argparse.Action) -> Argument:
    choices = tuple(map(str, action.choices or ()))
    return Argument(
        tuple(action.option_strings), action.help or "", action.nargs != 0, choices, str(action.metavar or "")
    )


def bash() -> str:
    """Script for bash."""
    word_cases = "\n".join(_bash_words(subcommand) for subcommand in SUBCOMMANDS)
    values = "\n".join(line for subcommand in SUBCOMMANDS for line in _bash_values(subcommand))
    return f"""\
_readlist() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}"
  local subcommand='' words files='' word
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case ' {_names()} ' in *" $word "*) subcommand="$word"; break ;; esac
  done
  case "$subcommand" in
{word_cases}
    *) words='{_names()} {_shared_names()}' ;;
  esac
  case "$subcommand:$previous" in
{values}
{_bash_shared_values()}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ -z "$files" ] || COMPREPLY+=($(compgen "$files" -- "$current"))
}}
complete -o filenames -F _readlist readlist
"""


def _bash_words(subcommand: Subcommand) -> str:
    arguments = arguments_of(subcommand)
    words = [word for argument in arguments for word in argument.names or argument.choices]
    files = any(argument.kind == "FILE" and not argument.names for argument in arguments)
    return f"    {subcommand.name}) words='{' '.join(words)}'{' files=-f' if files else ''} ;;"


def _bash_values(subcommand: Subcommand) -> Iterator[str]:
    for argument in arguments_of(subcommand):
        if argument.names and argument.takes_value and argument.kind not in {"DIR", "LIST"}:
            files_flag = " files=-f" if argument.kind == "FILE" else ""
            pattern = "|".join(f"{subcommand.name}:{name}" for name in argument.names)
            yield f"    {pattern}) words='{' '.join(argument.choices)}'{files_flag} ;;"


def zsh() -> str:
    """Script for zsh, to be saved as ``_readlist`` in a folder of ``$fpath``."""
    subcommands = "\n".join(f"    {_quoted(f'{subcommand.name}:{subcommand.summary}')}" for subcommand in SUBCOMMANDS)
    cases = "\n".join(_zsh_case(subcommand) for subcommand in SUBCOMMANDS)
    shared = " ".join(_quoted(spec) for argument in _shared_arguments() for spec in _zsh_specs(argument))
    return f"""\
#compdef readlist
_readlist() {{
  local state line
  local -a subcommands=(
{subcommands}
  )
  _arguments -C {shared} \\
    '(-h --help)'{{-h,--help}}'[print this help]' '1: :->subcommand' '*:: :->rest'
  case $state in
    subcommand) _describe subcommand subcommands ;;
    rest)
      case $words[1] in
{cases}
      esac ;;
  esac
}}
_readlist "$@"
"""


def _zsh_case(subcommand: Subcommand) -> str:
    specs = [spec for argument in arguments_of(subcommand) for spec in _zsh_specs(argument)]
    return f"        {subcommand.name}) _arguments {' '.join(map(_quoted, specs))} ;;"


def _zsh_specs(argument: Argument) -> Iterator[str]:
    value = {"FILE": "_files", "DIR": "_files -/", "LIST": _ZSH_LISTS}.get(argument.kind, "")
    if argument.choices:
        value = f"({' '.join(argument.choices)})"
    description = argument.help.replace("[", "(").replace("]", ")").replace(":", " -")
    if not argument.names:
        yield f"{'1' if argument.choices else '*'}: :{value or ' '}"
    for name in argument.names:
        suffix = f":{argument.kind.lower() or 'value'}:{value or ' '}" if argument.takes_value else ""
        equals = "=" if argument.takes_value and name.startswith("--") else ""
        yield f"{name}{equals}[{description}]{suffix}"


def fish() -> str:
    """Script for fish."""
    lines = ["complete -c readlist -f"]
    lines += [_fish_line("__fish_use_subcommand", argument) for argument in _shared_arguments()]
    for subcommand in SUBCOMMANDS:
        lines.append(
            f"complete -c readlist -n __fish_use_subcommand -a {subcommand.name} -d {_quoted(subcommand.summary)}"
        )
        condition = f"__fish_seen_subcommand_from {subcommand.name}"
        lines += [_fish_line(condition, argument) for argument in arguments_of(subcommand)]
    return "\n".join(lines) + "\n"


def _fish_line(condition: str, argument: Argument) -> str:
    words = ["complete -c readlist -n", _quoted(condition)]
    words += [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in argument.names]
    if argument.kind in {"FILE", "DIR"}:
        words.append("-r -F")
    elif argument.kind == "LIST":
        words.append("-x -a '(readlist lists --names 2>/dev/null)'")
    elif argument.names and argument.takes_value:
        words.append("-x")
    if argument.choices:
        words.append(f"-a {_quoted(' '.join(argument.choices))}")
    return " ".join([*words, "-d", _quoted(argument.help)])


def _shared_arguments() -> tuple[Argument, ...]:
    """The options that are also allowed before the subcommand."""
    return tuple(
        Argument(option.names, option.help, bool(option.metavar), (), option.metavar) for option in SHARED_OPTIONS
    )


def _shared_names() -> str:
    return " ".join((*(name for option in SHARED_OPTIONS for name in option.names), "--help"))


def _bash_shared_values() -> str:
    """The lines that complete names of files and of lists as values of shared options."""
    lines = []
    for kind, completed in (
        ("DIR", "words='' files=-d"),
        ("FILE", "words='' files=-f"),
        ("LIST", f'words="{_BASH_LISTS}"'),
    ):
        names = (name for option in SHARED_OPTIONS if option.metavar == kind for name in option.names)
        lines.append(f"    {'|'.join(f'*:{name}' for name in names)}) {completed} ;;")
    return "\n".join(lines)


def _names() -> str:
    return " ".join(subcommand.name for subcommand in SUBCOMMANDS)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "’") + "'"


SCRIPTS: Mapping[str, Callable[[], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
