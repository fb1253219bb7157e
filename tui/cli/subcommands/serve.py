"""``readlist serve``: the same screen in a browser on this machine. Needs the extra ``readlist[web]``."""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.paths import screen_environment

if TYPE_CHECKING:
    from tui.cli.argument_parser import SubcommandParser
    from tui.cli.context import CommandContext
    from tui.cli.output import Output

_HOST = "127.0.0.1"
_HIGHEST_PORT = 65_535

DESCRIPTION = f"""\
Show the screen in a browser on this machine (http://{_HOST}:8000), until Ctrl-C. Other machines cannot reach it, and
neither can web sites: the address that is printed has a token, which the browser keeps as a cookie. Every tab has a
screen of its own. There is no editor of yours: e writes notes in place. Exports are downloads, unless --exports says
where they go."""
EXAMPLES = """\
  readlist serve --open
  readlist serve --port 8080 --exports ~/papers
"""


def arguments(parser: SubcommandParser) -> None:
    """Declare the options and words of the verb."""
    from tui.cli.argument_parser import number  # noqa: PLC0415 - the parser is being made here, so it is there

    parser.add_argument(
        "--port", metavar="N", type=number, default=8000, help="the port to listen on, 0 for any (default 8000)"
    )
    parser.add_argument("--exports", metavar="DIR", help="write exports below this folder, and nowhere else")
    parser.add_argument("--open", action="store_true", help="open the browser")


def run(call: CommandContext) -> int:
    """Carry it out, and return the exit status."""
    try:
        from tui.web.server import Server  # noqa: PLC0415 - an extra; no other verb needs it
    except ImportError:
        raise UsageError("serving needs the extra `web`", "pip install '.[web]' in the folder of readlist") from None
    exports = _exports(call.options.exports)
    with _listener(call.options.port) as listener:
        options = ("--ascii",) if call.ascii_only else ()
        server = Server(listener, lambda *size: screen_environment(call.home, exports, *size), options)
        call.output.line(f"readlist is at {server.guard.address}")
        call.output.line("Ctrl-C ends it")
        call.output.flush()
        if call.options.open:
            # Beside the server: some browsers return only when they are closed.
            Thread(target=_open, args=(server.guard.single_use_address(), call.output), daemon=True).start()
        number = server.run()
    return 0 if number == 2 else 128 + number  # Ctrl-C is how it is meant to end


def _open(address: str, output: Output) -> None:
    import webbrowser  # noqa: PLC0415 - nothing else opens one

    if not webbrowser.open(address):
        output.warn("no browser could be opened; open the address above")


def _exports(folder: str | None) -> Path | None:
    if folder is None:
        return None
    found = Path(folder).expanduser()
    if not found.is_dir():
        raise UsageError(f"there is no folder {folder}", "make it first, or choose another one")
    return found.resolve()


def _listener(port: int) -> socket.socket:
    """A socket that listens on this machine.

    Raises:
        UsageError: that port cannot be had.
    """
    if not 0 <= port <= _HIGHEST_PORT:
        raise UsageError(f"there is no port {port}", f"ports are 1 to {_HIGHEST_PORT}; 0 takes one that is free")
    try:
        return socket.create_server((_HOST, port))
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise UsageError(
                f"port {port} is in use", "choose another one: --port 0 takes one that is free"
            ) from None
        raise UsageError(f"port {port} cannot be used: {(fault.strerror or str(fault)).lower()}") from None
