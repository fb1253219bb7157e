"""The first frame of the screen, kept from the last run and shown before anything else is imported.

The file in the data folder holds the text and the colours of every line, and a description of all that they depend
on. Only if the description is the same at the next start, the frame is shown; the app then takes over the terminal
(``adopt``), draws its own first frame, which looks the same, and handles the keys typed meanwhile. In every other
case nothing is shown, and the start is as usual.

Like ``tui.environment`` it imports only what takes no time, so some of it is more basic than elsewhere.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` makes enumerations, which takes longer than the frame
import os
import stat
import sys
import termios
from time import localtime, monotonic
from zlib import crc32

from tui import __version__
from tui.environment import ENVIRONMENT, is_served_in_browser, locate, locate_list, shows_unicode, terminal_type

TYPE_CHECKING = False  # see `tui.environment`
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

FILE_NAME = ".first-frame"
ALTERNATE_SCREEN = "\x1b[?1049h"
_MAGIC = "readlist first frame 2"
_MAIN_LIST = "main"
_MAX_SIZE = 1_000_000  # bytes
_MAX_SOURCES = 2_000  # files in a folder
_WRITE_TIMEOUT = 0.3  # seconds for the terminal to accept the frame
# What decides how many colours a terminal has, its size, the character set and the day.
_VARIABLES = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LANG", "TZ")
_PREFIXES = ("LC_", "PYTHON", "TEXTUAL")
_BEGIN = f"\x1b[?2026h{ALTERNATE_SCREEN}\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[0m"
_END = "\x1b[0m\x1b[?2026l"
_RESTORE = "\x1b\\\x1b[?2026l\x1b[?2004l\x1b[?1049l\x1b[?7h\x1b[?25h\x1b[0m"
_HARMLESS = "\u200d\u3000\xa0"  # not printable for Python, but shown by the screen as well
# Inclusive ranges of combining characters; more than four in a row slow down terminals.
_MARKS = ((0x300, 0x36F), (0x483, 0x489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
_MAX_MARKS = 4


class _Terminal:
    """What was done to the terminal.

    Attributes:
        before: the attributes of the terminal before the frame; None if nothing is shown, or the app took over.
        is_whole: whether the terminal accepted the whole frame.
    """

    before: list[Any] | None = None
    is_whole = False


_terminal = _Terminal()


# Showing it.


def show(arguments: Sequence[str]) -> None:
    """Show the remembered frame if it is true; otherwise do nothing.

    Args:
        arguments: the arguments of the process, without the program name.
    """
    try:
        rows = _read(arguments)
        if rows:
            _write(rows)
    except (OSError, ValueError, termios.error):
        withdraw()


def is_shown() -> bool:
    """Whether the whole frame is on the terminal, and nothing else."""
    return _terminal.before is not None and _terminal.is_whole


def attributes_before() -> list[Any] | None:
    """The attributes of the terminal before the frame; None if none is shown."""
    return _terminal.before


def adopt() -> list[Any] | None:
    """Take over the terminal; returns the attributes to restore at the end, or None if no frame is on it."""
    before, _terminal.before = _terminal.before, None
    return before


def withdraw() -> None:
    """Restore the terminal, unless the app took it over; does nothing if no frame is shown."""
    before, _terminal.before = _terminal.before, None
    if before is None:
        return
    try:
        termios.tcsetattr(0, termios.TCSANOW, before)
        terminal = _open_terminal()
        try:
            _write_all(terminal, _RESTORE)
        finally:
            os.close(terminal)
    except (OSError, termios.error):
        pass


def _read(arguments: Sequence[str]) -> list[str]:
    """The lines of the frame; empty if there is none, or it is not known to be true.

    Raises:
        OSError, ValueError: there is none.
    """
    options = _options(arguments)
    is_terminal = all(os.isatty(stream) for stream in (0, 1, 2)) and os.tcgetpgrp(0) == os.getpgrp()
    if options is None or not is_terminal or is_served_in_browser() or terminal_type() in {"", "dumb", "unknown"}:
        return []
    name, data, seeds, config = _locate_list(options)
    if not data or "~" in (data[0], seeds[0], config[:1]):
        return []
    magic, followed, state, check, *rows = _read_file(os.path.join(data, FILE_NAME)).split("\n")
    size = os.get_terminal_size(1)
    is_ascii = "--ascii" in options or not shows_unicode(_encoding())
    files = _split_paths(followed)
    is_true = magic == _MAGIC and state == describe_state(
        data, seeds, config, name=name, followed=files, ascii_only=is_ascii
    )
    if not is_true or check != _checksum(state, rows) or len(rows) != size.lines or not all(map(_is_safe, rows)):
        return []
    return rows


def _options(arguments: Sequence[str]) -> dict[str, str] | None:
    """The options before a subcommand; None if the arguments do not open the screen."""
    found: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name == "-l" and not equals and rest:
            found["--list"] = rest.pop(0)
        elif name in {"--data", "--seeds", "--config", "--list"} and (equals or rest):
            found[name] = value if equals else rest.pop(0)
        elif name == "--ascii" and not equals:
            found[name] = ""
        else:
            return None
    return found


def _locate_list(options: dict[str, str]) -> tuple[str, str, str, str]:
    """Name, data folder and folder of listings of the list that opens, and the settings file.

    Which list that is, and where, is decided as in ``tui.paths.resolve_paths``.

    Raises:
        ValueError: settings or options have an error, or the name is none, which the usual start reports.
    """
    given = options.get("--data")
    main, seeds, config = locate(given, options.get("--seeds"), options.get("--config"), ENVIRONMENT, _folders)
    name = options.get("--list") or ("" if given else ENVIRONMENT.get("READLIST_LIST")) or ""
    name = name or (_MAIN_LIST if given or ENVIRONMENT.get("READLIST_DATA") else "")
    if name == _MAIN_LIST:
        return name, main, seeds, config
    settings = _settings(config)
    name = name or _text(settings, "default_list") or _MAIN_LIST
    if name == _MAIN_LIST or not main:
        return name, main, seeds, config
    if options.get("--seeds") and not given:
        raise ValueError("the folder of listings is that of the main list")
    if not name.replace("-", "a").replace("_", "a").replace(" ", "a").isalnum():
        raise ValueError("not a simple list name")
    lists = settings.get("lists", {})
    own = lists.get(name, {}) if isinstance(lists, dict) else None
    if not isinstance(own, dict):
        raise ValueError("not a list")  # noqa: TRY004 - as for a file that is no settings file
    return name, *locate_list(main, config, name, (_text(own, "data"), _text(own, "listings"))), config


def _folders(file: str) -> tuple[str, str]:
    """The folders of the main list named in the settings; raises ValueError if these have an error."""
    settings = _settings(file)
    return _text(settings, "data"), _text(settings, "listings")


def _settings(file: str) -> dict[str, Any]:
    """What the settings say about lists and folders.

    Raises:
        ValueError: they have an error.
    """
    try:
        with open(file, "rb") as stream:
            content = stream.read(_MAX_SIZE)
    except FileNotFoundError:
        return {}
    if not any(word in content for word in (b"data", b"list")):
        return {}
    import tomllib  # noqa: PLC0415 - slow, and most users have no such settings

    return tomllib.loads(content.decode())


def _text(settings: dict[str, Any], name: str) -> str:
    text = settings.get(name, "")
    if not isinstance(text, str):
        raise ValueError(f"{name} is not a string")  # noqa: TRY004 - as for a file that is no settings file
    return text


def _read_file(path: str) -> str:
    """The content of a file that this user alone can write.

    Raises:
        OSError, ValueError: there is no such file, or it is not to be trusted.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        is_private = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
        if not is_private or status.st_size > _MAX_SIZE:
            raise ValueError("not a saved frame")
        return os.read(descriptor, _MAX_SIZE).decode()
    finally:
        os.close(descriptor)


def _is_safe(row: str) -> bool:
    """Whether a line is nothing but text and colours."""
    text, *styled = row.split("\x1b[")
    if not _is_text(text):
        return False
    for piece in styled:
        colours, end, text = piece.partition("m")
        if not end or colours.strip("0123456789;") or not _is_text(text):
            return False
    return True


def _is_text(text: str) -> bool:
    if text.isascii():
        return text.isprintable()
    for character in _HARMLESS:
        text = text.replace(character, " ")
    marks = 0
    for character in text:
        is_mark = character >= "\u0300" and any(first <= ord(character) <= last for first, last in _MARKS)
        marks = marks + 1 if is_mark else 0
        if marks > _MAX_MARKS:
            return False
    return text.isprintable()


def _write(rows: Sequence[str]) -> None:
    """Put the terminal into the mode of the screen, and write the frame.

    Raises:
        OSError, termios.error: the terminal refused.
    """
    before = termios.tcgetattr(0)
    terminal = _open_terminal()
    try:
        # SIGINT as well: Python loses the exception it raises for it if that happens in a callback of an import.
        for number in (_signal.SIGTERM, _signal.SIGHUP, _signal.SIGQUIT, _signal.SIGTSTP, _signal.SIGINT):
            if _signal.getsignal(number) in (_signal.SIG_DFL, _signal.default_int_handler):
                _signal.signal(number, _on_signal)
        _terminal.before = before
        termios.tcsetattr(0, termios.TCSANOW, _raw(before))
        lines = [f"\x1b[{number};1H{row}\x1b[0m" for number, row in enumerate(rows, 1)]
        _terminal.is_whole = _write_all(terminal, f"{_BEGIN}{''.join(lines)}{_END}")
    finally:
        os.close(terminal)


def _raw(attributes: list[Any]) -> list[Any]:
    """The attributes that Textual sets: single keys, no echo, no signals from keys."""
    inputs, outputs, controls, local, in_speed, out_speed, characters = attributes
    inputs &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    local &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    characters = list(characters)
    characters[termios.VMIN], characters[termios.VTIME] = 1, 0
    return [inputs, outputs, controls, local, in_speed, out_speed, characters]


def _open_terminal() -> int:
    """A descriptor that does not block; flags of standard error itself are shared with the shell."""
    return os.open(os.ttyname(2), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)


def _write_all(terminal: int, text: str) -> bool:
    """Write a text; returns whether the terminal accepted all of it in time."""
    rest, end = memoryview(text.encode()), monotonic() + _WRITE_TIMEOUT
    while rest:
        try:
            rest = rest[os.write(terminal, rest) :]
        except BlockingIOError:
            import select  # noqa: PLC0415 - most terminals accept a frame at once

            if monotonic() > end or not select.select([], [terminal], [], _WRITE_TIMEOUT)[1]:
                return False
    return True


def _on_signal(number: int, _: object) -> None:
    """Restore the terminal before the signal has its usual effect. Once the app runs, it handles signals itself."""
    withdraw()
    if number == _signal.SIGTSTP:
        os.kill(os.getpid(), _signal.SIGSTOP)  # after it, the start goes on without the frame
    else:
        _signal.signal(number, _signal.SIG_DFL)
        os.kill(os.getpid(), number)


# Keeping it.


def save(data: str, followed: Sequence[str], state: str, rows: Sequence[str]) -> None:
    """Keep a frame for the next start.

    Args:
        data: the data folder.
        followed: the files that the list follows.
        state: what ``describe_state`` returned for the frame.
        rows: the lines, with escape sequences for colours only.

    Raises:
        OSError: it cannot be written.
        ValueError: it holds something that would not be shown.
    """
    content = "\n".join((_MAGIC, _join_paths(followed), state, _checksum(state, rows), *rows)).encode()
    if len(content) > _MAX_SIZE or not all(map(_is_safe, rows)):
        raise ValueError("the frame cannot be saved")
    path = os.path.join(data, FILE_NAME)
    new = f"{path}.new"
    discard(new)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
    os.replace(new, path)


def discard(path: str) -> None:
    """Remove a file, if there is one.

    Raises:
        OSError: it cannot be removed.
    """
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def describe_state(
    data: str, seeds: str, config: str, *, name: str, followed: Sequence[str], ascii_only: bool
) -> str:
    """All that the first frame depends on, in one line.

    Args:
        data: the data folder.
        seeds: the folder of listings.
        config: the settings file; empty for none.
        name: the name of the list.
        followed: the files that the list follows.
        ascii_only: whether the screen is drawn with ASCII characters only.

    Raises:
        OSError, ValueError: it cannot be told.
    """
    environment = [
        (name, value)
        for name, value in sorted(ENVIRONMENT.items())
        if name in _VARIABLES or name.startswith(_PREFIXES)
    ]
    return ascii(
        (
            __version__,
            sys.hexversion,
            [_stamp(os.path.join(folder, "textual", "__init__.py")) for folder in sys.path],
            _stamp(os.path.dirname(__file__)),
            tuple(os.get_terminal_size(1)),
            _encoding(),
            ascii_only,
            name,
            localtime()[:3],
            environment,
            _stamp(config),
            [_stamp(os.path.join(data, name)) for name in ("papers.json", "marks.json", "marks.journal")],
            _stamps(seeds),
            _stamps(os.path.join(data, "pages")),
            [(path, _stamp(path)) for path in followed],
        )
    )


def _join_paths(paths: Sequence[str]) -> str:
    """Paths on one line.

    Raises:
        ValueError: one has a line end, or cannot be encoded.
    """
    line = "\0".join(paths)
    if len(line.splitlines()) > 1 or "" in paths:
        raise ValueError("not a single-line path")
    return line


def _split_paths(line: str) -> list[str]:
    return line.split("\0") if line else []


def _encoding() -> str:
    """The encoding of standard output; Textual replaces the stream itself."""
    return "" if sys.__stdout__ is None else sys.__stdout__.encoding


def _stamp(path: str) -> tuple[int, int, int] | None:
    """Identifies the content of a file: every change of it changes one of these."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _stamps(folder: str) -> list[tuple[str, object]]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    if len(names) > _MAX_SOURCES:
        raise ValueError("too many sources")
    return [(name, _stamp(os.path.join(folder, name))) for name in sorted(names)]


def _checksum(state: str, rows: Iterable[str]) -> str:
    return str(crc32("\n".join((state, *rows)).encode()))
