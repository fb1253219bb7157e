"""Entry point of the command line: run a subcommand, and turn errors into a message and an exit status.

Imports are deferred until the subcommand is known; then only its module is imported.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from tui import __version__
from tui.cli.output import Output
from tui.cli.subcommands import SUBCOMMANDS, VISIBLE_SUBCOMMANDS, load
from tui.environment import is_served_in_browser, terminal_type
from tui.errors import QueryError, ReadlistError, ResourcesError, UsageError
from tui.paths import ConfiguredLists, resolve_paths

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tui.cli.subcommands import Subcommand
    from tui.paths import Paths

    OpenScreen = Callable[[Paths, bool], int]

_INTERNAL_ERROR = 70
_GC_THRESHOLD = 50_000  # objects; a subcommand needs nearly all that it makes until its end
# Too many open files in the process or the system, or no memory.
_RESOURCE_ERRORS = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOMEM))
_INTERRUPTED = 128 + 2
_PIPE_CLOSED = 128 + 13

# The options before the subcommand that take a value, and what it is.
_VALUES = {"--list": "name", "-l": "name", "--data": "folder", "--seeds": "folder", "--config": "file"}

_QUERY_EXAMPLES = """\
  readlist list diffusion cat:cs.CV year:2023..
  readlist list is:unread -tag:later
  readlist mark --status read id:7f3a
  readlist list -- -has:code"""
_EXIT_STATUS = """\
exit status: 0 done, 1 nothing matched, 2 usage error or no terminal, 3 bad input file, 4 damaged store, \
5 store busy, 6 cannot write, 70 internal error, 71 out of memory or too many open files, \
128+n killed by signal n"""


class GlobalOptions(NamedTuple):
    """The options before the subcommand, the subcommand, and its arguments."""

    list_name: str | None = None
    data: str | None = None
    seeds: str | None = None
    config: str | None = None
    ascii_only: bool = False
    subcommand: str = ""
    arguments: Sequence[str] = ()

    def paths(self, options: Namespace | None = None) -> Paths:
        """The folders and the settings file; options after the subcommand override those before it.

        Raises:
            UsageError: an option names a settings file that does not exist.
        """
        config = getattr(options, "config", self.config)
        is_written = getattr(options, "write", False)  # `config --write` creates it
        if config is not None and not is_written and not os.path.exists(os.path.expanduser(config)):  # noqa: PTH110, PTH111 - no import
            raise UsageError(f"settings file not found: {config}", "`readlist config` prints a template")
        data, seeds, name = (getattr(options, name, getattr(self, name)) for name in ("data", "seeds", "list_name"))
        return resolve_paths(data, seeds, config, configured=_configured_lists, list_name=name)

    def paths_of_existing(self) -> Paths:
        """As ``paths``; raises UsageError also if there is no such list."""
        if (paths := self.paths()).main is not None:
            from tui.session.reading_lists import require_list  # noqa: PLC0415 - the main list always exists

            require_list(paths)
        return paths


def _configured_lists(config: Path) -> ConfiguredLists:
    """The lists and folders named in the settings; imports nothing if there is no settings file."""
    if not os.path.exists(config):  # noqa: PTH110 - no import
        return ConfiguredLists()
    from tui.settings.settings_file import configured_lists  # noqa: PLC0415 - only with a settings file

    return configured_lists(config)


def main(arguments: Sequence[str], *, open_screen: OpenScreen) -> int:
    """Run the command line.

    Args:
        arguments: the arguments of the process, without the program name.
        open_screen: opens the screen with the folders and whether to draw in ASCII only; returns the exit status.

    Returns:
        The exit status.
    """
    output = Output()
    try:
        status = _run_safely(arguments, output, open_screen)
        output.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        output.discard()
        return _PIPE_CLOSED
    except ReadlistError as error:
        output.discard()
        output.error(error)
        return error.exit_code
    return status


def _run_safely(arguments: Sequence[str], output: Output, open_screen: OpenScreen) -> int:
    global_options = GlobalOptions()
    try:
        global_options = _parse_global_options(arguments)
        return _dispatch(global_options, output, open_screen)
    except ReadlistError as error:
        reported: ReadlistError = _resources_error(error) or error
        if isinstance(error, QueryError):
            output.caret(getattr(error, "text", ""), error.position)
        output.error(reported)
        return reported.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the user never sees a traceback
        if resources_error := _resources_error(error):
            output.error(resources_error)
            return resources_error.exit_code
        _report_bug(error, global_options, output)
        return _INTERNAL_ERROR


def _resources_error(error: BaseException | None) -> ResourcesError | None:
    """The error to report if the cause is a lack of memory, open files or threads; otherwise None."""
    hint = "all changes reported as done are saved; close other programs or raise the limit (ulimit), then try again"
    while error is not None:
        if isinstance(error, MemoryError):
            return ResourcesError("out of memory", hint)
        if isinstance(error, OSError) and error.errno in _RESOURCE_ERRORS:
            return ResourcesError(f"out of system resources: {os.strerror(error.errno or 0).lower()}", hint)
        if isinstance(error, ImportError) and "failed to map segment" in str(error):
            return ResourcesError("out of memory", hint)
        if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
            return ResourcesError("out of system resources: cannot start a thread", hint)
        error = error.__cause__
    return None


def _parse_global_options(arguments: Sequence[str]) -> GlobalOptions:
    values: dict[str, str] = {}
    ascii_only = False
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        name, equals, value = rest.pop(0).partition("=")
        if name[:2] == "-l" and len(name) > 2 and name[1] != "-":  # -lNAME
            name, equals, value = "--list", "=", name[2:] + equals + value
        if name in _VALUES:
            if not equals and not rest:
                raise UsageError(f"{name} needs a {_VALUES[name]}", "`readlist --help` has examples")
            values["--list" if name == "-l" else name] = value if equals else rest.pop(0)
        elif name == "--ascii" and not equals:
            ascii_only = True
        elif name in {"--help", "-h", "--version", "-V"}:
            return GlobalOptions(subcommand=name)
        else:
            raise UsageError(
                f"unknown option {name} before the command", "`readlist --help` lists options and commands"
            )
    subcommand = rest[0] if rest else ""
    return GlobalOptions(
        values.get("--list"),
        values.get("--data"),
        values.get("--seeds"),
        values.get("--config"),
        ascii_only,
        subcommand,
        rest[1:],
    )


def _dispatch(global_options: GlobalOptions, output: Output, open_screen: OpenScreen) -> int:
    if global_options.subcommand in {"--version", "-V"}:
        output.line(f"readlist {__version__}")
        return 0
    if global_options.subcommand == "help" and global_options.arguments:
        topic = _find_subcommand(global_options.arguments[0])
        return _run(topic, global_options._replace(arguments=("--help",)), output)
    if global_options.subcommand in {"--help", "-h", "help"}:
        output.block(_general_help())
        return 0
    if not global_options.subcommand and _can_open_screen():
        return open_screen(global_options.paths_of_existing(), global_options.ascii_only or not output.unicode)
    return _run(_find_subcommand(global_options.subcommand or "list"), global_options, output)


def _general_help() -> str:
    """The text of ``readlist --help``, as wide as the terminal."""
    from textwrap import fill  # noqa: PLC0415 - only for help

    from tui.cli.help_text import SHARED_OPTIONS, help_width, wrap_paragraphs, wrap_rows  # noqa: PLC0415 - only for help

    width = help_width()
    usage = " ".join(f"[{option.names[0]} {option.metavar}]" if option.metavar else "" for option in SHARED_OPTIONS)
    options = [(f"{', '.join(option.names)} {option.metavar}".rstrip(), option.help) for option in SHARED_OPTIONS]
    return "\n".join(
        (
            fill(
                f"usage: readlist {' '.join(usage.split())} [--ascii] [COMMAND ...]",
                width,
                subsequent_indent=" " * 16,
            ),
            "",
            wrap_paragraphs(
                "Triage a reading list of papers. Without a command, open the screen, "
                "or print the list if there is no terminal.",
                width,
            ),
            "",
            wrap_paragraphs("commands (`readlist help COMMAND` shows options and examples):", width),
            wrap_rows([(each.name, _summary(each)) for each in VISIBLE_SUBCOMMANDS], width),
            "",
            "options, before or after the command:",
            wrap_rows([*options, ("-h, --help", "print this help")], width),
            "",
            wrap_paragraphs(
                "Arguments after the command form a query (joined by spaces), or specify papers by id:", width
            ),
            _QUERY_EXAMPLES,
            "",
            wrap_paragraphs(_EXIT_STATUS, width),
        )
    )


def _summary(subcommand: Subcommand) -> str:
    return subcommand.summary + (f" (also {', '.join(subcommand.aliases)})" if subcommand.aliases else "")


def _can_open_screen() -> bool:
    """Whether the screen can be shown; False if input or output is not a terminal.

    Raises:
        UsageError: there is a terminal, but it cannot show the screen.
    """
    if is_served_in_browser():
        return True
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    if sys.stderr is None or not sys.stderr.isatty():
        raise UsageError(
            "the screen is drawn on standard error, which is not a terminal", "do not redirect standard error"
        )
    if terminal_type() in {"", "dumb", "unknown"}:
        raise UsageError(
            f"this terminal cannot show the screen (TERM={terminal_type()})",
            "use commands such as `readlist list`; `readlist --help` lists them",
        )
    return True


def _find_subcommand(name: str) -> Subcommand:
    for subcommand in SUBCOMMANDS:
        if name == subcommand.name or name in subcommand.aliases:
            return subcommand
    from tui.text.typos import did_you_mean  # noqa: PLC0415 - only needed after a typo

    closest = did_you_mean(name, [subcommand.name for subcommand in VISIBLE_SUBCOMMANDS])
    raise UsageError(
        f"unknown command {name!r}",
        f"{closest or '`readlist --help` lists the commands;'} `readlist list {name}` searches for that text",
    )


def _run(subcommand: Subcommand, global_options: GlobalOptions, output: Output) -> int:
    from tui.cli.argument_parser import SubcommandParser  # noqa: PLC0415 - argparse is slow to import
    from tui.cli.context import CommandContext  # noqa: PLC0415 - not needed for the general help

    gc.set_threshold(_GC_THRESHOLD)
    module = load(subcommand)
    parser = SubcommandParser(subcommand.name, module.DESCRIPTION, module.EXAMPLES)
    module.declare_arguments(parser)
    options = parser.parse(global_options.arguments)
    if "help" in options:
        output.block(parser.format_help().rstrip())
        return 0
    if "version" in options:
        output.line(f"readlist {__version__}")
        return 0
    ascii_only = global_options.ascii_only or "ascii_only" in options
    if ascii_only:
        output.unicode = False
    return module.run(CommandContext(global_options.paths(options), options, output, ascii_only))


def _report_bug(error: Exception, global_options: GlobalOptions, output: Output) -> None:
    from tui.cli.crash import write_crash_log  # noqa: PLC0415 - only needed after an error

    try:
        folder = global_options.paths().data
    except ReadlistError:
        folder = None
    log = write_crash_log(error, global_options.subcommand, folder)
    output.warn(f"internal error ({type(error).__name__})")
    output.hint("all changes reported as done are saved")
    output.hint(f"please send {log} to the authors" if log else "no crash log could be written")
