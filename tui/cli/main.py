"""The command line: finds the verb, runs it, and turns faults into one sentence and an exit status.

Nothing heavy is imported before the verb is known, and only the module of that verb. Knows the screen as a function
to call, and no more of it.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from tui import __version__
from tui.cli.output import Output
from tui.cli.subcommands import SUBCOMMANDS, load
from tui.errors import QueryError, ReadlistError, ResourcesError, UsageError
from tui.paths import is_served_in_browser, resolve_paths, terminal_type

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tui.cli.subcommands import Subcommand
    from tui.paths import Paths

    OpenScreen = Callable[[Paths, bool], int]

_A_BUG = 70
# Neither the process nor the system may have more files open, or there is no memory.
_SCARCE = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOMEM))
_INTERRUPTED = 128 + 2
_PIPE_CLOSED = 128 + 13

_QUERY_EXAMPLES = """\
  readlist list diffusion cat:cs.CV year:2023..
  readlist list is:unread -tag:later
  readlist mark --status read id:7f3a
  readlist list -- -has:code"""
_EXIT_STATUS = """\
exit status: 0 done, 1 nothing matched, 2 wrong usage or no terminal, 3 bad input file, 4 damaged store, \
5 store busy, 6 cannot write, 70 internal error, 71 out of memory or of open files, \
128+n killed by signal n"""


class GlobalOptions(NamedTuple):
    """What stands before the verb, and what follows."""

    data: str | None = None
    seeds: str | None = None
    config: str | None = None
    ascii_only: bool = False
    verb: str = ""
    rest: Sequence[str] = ()

    def home(self, options: Namespace | None = None) -> Paths:
        """The folders, as options before the verb or behind it say; the latter win.

        Raises:
            UsageError: there is no file of settings where an option says so.
        """
        config = getattr(options, "config", self.config)
        if config is not None and not os.path.exists(os.path.expanduser(config)):  # noqa: PTH110, PTH111 - no import
            raise UsageError(f"there is no file of settings {config}", "`readlist config` prints one to begin with")
        data, seeds = (getattr(options, name, getattr(self, name)) for name in ("data", "seeds"))
        return resolve_paths(data, seeds, config, configured=_configured_folders)


def _configured_folders(config: Path) -> tuple[str, str]:
    """The folders that the settings name; without a settings file nothing is imported for it."""
    if not os.path.exists(config):  # noqa: PTH110 - no import
        return "", ""
    from tui.settings.settings import configured_folders  # noqa: PLC0415 - most people have no file of settings

    return configured_folders(config)


def main(arguments: Sequence[str], *, open_screen: OpenScreen) -> int:
    """Run the command line.

    Args:
        arguments: the process's arguments without its name.
        open_screen: opens the screen on the folders, drawn with ASCII alone or not, and returns its exit status.

    Returns:
        The exit status.
    """
    output = Output()
    try:
        status = _guarded(arguments, output, open_screen)
        output.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        output.discard()
        return _PIPE_CLOSED
    except ReadlistError as fault:
        output.discard()
        output.error(fault)
        return fault.exit_code
    return status


def _guarded(arguments: Sequence[str], output: Output, open_screen: OpenScreen) -> int:
    front = GlobalOptions()
    try:
        front = _front(arguments)
        return _dispatch(front, output, open_screen)
    except ReadlistError as fault:
        told: ReadlistError = _scarce(fault) or fault
        if isinstance(fault, QueryError):
            output.caret(getattr(fault, "asked", ""), fault.position)
        output.error(told)
        return told.exit_code
    except BrokenPipeError:
        raise
    except Exception as fault:  # noqa: BLE001 - the last net: a traceback never reaches a person
        if scarce := _scarce(fault):
            output.error(scarce)
            return scarce.exit_code
        _report_bug(fault, front, output)
        return _A_BUG


def _scarce(fault: BaseException | None) -> ResourcesError | None:
    """What to say of a fault that comes of what the system has no more of; None of any other."""
    hint = "nothing acknowledged is lost; end other programs or raise the limit (ulimit), then try again"
    while fault is not None:
        if isinstance(fault, MemoryError):
            return ResourcesError("there is not enough memory", hint)
        if isinstance(fault, OSError) and fault.errno in _SCARCE:
            return ResourcesError(f"the system has no more to give: {os.strerror(fault.errno or 0).lower()}", hint)
        if isinstance(fault, ImportError) and "failed to map segment" in str(fault):
            return ResourcesError("there is not enough memory", hint)
        if isinstance(fault, RuntimeError) and "can't start new thread" in str(fault):
            return ResourcesError("the system has no more threads to give", hint)
        fault = fault.__cause__
    return None


def _front(arguments: Sequence[str]) -> GlobalOptions:
    folders: dict[str, str] = {}
    ascii_only = False
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        name, equals, value = rest.pop(0).partition("=")
        if name in {"--data", "--seeds", "--config"}:
            if not equals and not rest:
                what = "file" if name == "--config" else "folder"
                raise UsageError(f"{name} needs a {what}", "`readlist --help` has examples")
            folders[name] = value if equals else rest.pop(0)
        elif name == "--ascii" and not equals:
            ascii_only = True
        elif name in {"--help", "-h", "--version"}:
            return GlobalOptions(verb=name)
        else:
            raise UsageError(f"there is no option {name} before a verb", "`readlist --help` lists options and verbs")
    verb = rest[0] if rest else ""
    return GlobalOptions(
        folders.get("--data"), folders.get("--seeds"), folders.get("--config"), ascii_only, verb, rest[1:]
    )


def _dispatch(front: GlobalOptions, output: Output, open_screen: OpenScreen) -> int:
    if front.verb == "--version":
        output.line(f"readlist {__version__}")
        return 0
    if front.verb in {"--help", "-h"}:
        output.block(_general_help())
        return 0
    if not front.verb and _on_a_terminal():
        return open_screen(front.home(), front.ascii_only or not output.unicode)
    return _run(_verb(front.verb or "list"), front, output)


def _general_help() -> str:
    """The text of ``readlist --help``, as wide as the terminal."""
    from textwrap import fill  # noqa: PLC0415 - help alone

    from tui.cli.help_text import SHARED_OPTIONS, help_width, wrap_paragraphs, wrap_rows  # noqa: PLC0415 - help alone

    width = help_width()
    usage = " ".join(f"[{option.name} {option.metavar}]" if option.metavar else "" for option in SHARED_OPTIONS)
    options = [(f"{option.name} {option.metavar}".rstrip(), option.help) for option in SHARED_OPTIONS]
    return "\n".join(
        (
            fill(
                f"usage: readlist {' '.join(usage.split())} [--ascii] [COMMAND ...]",
                width,
                subsequent_indent=" " * 16,
            ),
            "",
            wrap_paragraphs(
                "Triage a reading list of papers. Without a command: open the screen, or print the list to a pipe.",
                width,
            ),
            "",
            wrap_paragraphs("commands (`readlist COMMAND --help` shows options and examples):", width),
            wrap_rows([(verb.name, verb.summary) for verb in SUBCOMMANDS], width),
            "",
            "options, before or after the command:",
            wrap_rows([*options, ("-h, --help", "print this help")], width),
            "",
            wrap_paragraphs(
                "Arguments after the command form a query (joined by spaces), or name papers by id:", width
            ),
            _QUERY_EXAMPLES,
            "",
            wrap_paragraphs(_EXIT_STATUS, width),
        )
    )


def _on_a_terminal() -> bool:
    """Whether the screen can be shown.

    Raises:
        UsageError: there is a terminal, but one that cannot show it.
    """
    if is_served_in_browser():
        return True
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    if sys.stderr is None or not sys.stderr.isatty():
        raise UsageError("the screen is drawn on standard error, which is no terminal", "leave out the redirection")
    if terminal_type() in {"", "dumb", "unknown"}:
        raise UsageError(
            "this terminal (TERM) cannot show the screen", "use the verbs: `readlist list`, `readlist --help`"
        )
    return True


def _verb(name: str) -> Subcommand:
    for verb in SUBCOMMANDS:
        if verb.name == name:
            return verb
    from tui.cli.argument_parser import nearest  # noqa: PLC0415 - only a slip pays for the search

    near = nearest(name, [verb.name for verb in SUBCOMMANDS])
    raise UsageError(
        f"there is no verb {name!r}{near}", f"to search, write `readlist list {name}`; verbs: `readlist --help`"
    )


def _run(verb: Subcommand, front: GlobalOptions, output: Output) -> int:
    from tui.cli.argument_parser import SubcommandParser  # noqa: PLC0415 - argparse is a third of the time of a small verb
    from tui.cli.context import CommandContext  # noqa: PLC0415 - the general help needs neither

    module = load(verb)
    parser = SubcommandParser(verb.name, module.DESCRIPTION, module.EXAMPLES)
    module.arguments(parser)
    options = parser.read(front.rest)
    if "help" in options:
        output.block(parser.format_help().rstrip())
        return 0
    if "version" in options:
        output.line(f"readlist {__version__}")
        return 0
    ascii_only = front.ascii_only or "ascii_only" in options
    if ascii_only:
        output.unicode = False
    return module.run(CommandContext(front.home(options), options, output, ascii_only))


def _report_bug(fault: Exception, front: GlobalOptions, output: Output) -> None:
    from tui.cli.crash import write_crash_log  # noqa: PLC0415 - only a crash pays for it

    try:
        folder = front.home().data
    except ReadlistError:
        folder = None
    log = write_crash_log(fault, front.verb, folder)
    output.warn(f"a bug of this program ended it ({type(fault).__name__})")
    output.hint("every change it acknowledged is saved; nothing was half written")
    output.hint(f"please send {log} to the authors" if log else "no file could be written to say more")
