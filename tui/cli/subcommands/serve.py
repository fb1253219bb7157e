"""``readlist serve``: serve the screen to a browser on this machine. Needs the extra ``readlist[web]``."""

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
Serve the screen to a browser on this machine (http://{_HOST}:8000) until you press Ctrl-C. Other machines and
websites cannot access it: the printed address contains a token, which the browser keeps as a cookie. Each tab is a
separate screen. $EDITOR is not available in the browser; press e to edit a note in place. Exports are downloaded
unless --exports specifies a folder for them."""
EXAMPLES = """\
  readlist serve --open
  readlist serve --port 8080 --exports ~/papers
"""


def declare_arguments(parser: SubcommandParser) -> None:
    """Declare the arguments of the subcommand."""
    from tui.cli.argument_parser import parse_number  # noqa: PLC0415 - already imported by the caller

    parser.add_argument(
        "--port",
        metavar="N",
        type=parse_number,
        default=8000,
        help="the port to listen on, or 0 for any free port (default: 8000)",
    )
    parser.add_argument("--exports", metavar="DIR", help="write exports to this folder, and nowhere else")
    parser.add_argument("--open", action="store_true", help="open the browser")


def run(context: CommandContext) -> int:
    """Run the subcommand and return the exit status."""
    context.require_list()
    try:
        from tui.web.server import Server  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise UsageError(
            '`readlist serve` needs the "web" extra', "run `pip install '.[web]'` in the readlist source folder"
        ) from None
    exports = _exports(context.options.exports)
    with _listener(context.options.port) as listener:
        options = ("--ascii",) if context.ascii_only else ()
        server = Server(listener, lambda *size: screen_environment(context.paths, exports, *size), options)
        context.output.line(f"serving readlist at {server.guard.address}")
        context.output.line("press Ctrl-C to stop")
        context.output.flush()
        if context.options.open:
            # In a thread: some browsers return only when they are closed.
            Thread(target=_open, args=(server.guard.single_use_address(), context.output), daemon=True).start()
        signal = server.run()
    return 0 if signal == 2 else 128 + signal  # Ctrl-C is the normal way to stop


def _open(address: str, output: Output) -> None:
    import webbrowser  # noqa: PLC0415 - only needed with --open

    if not webbrowser.open(address):
        output.warn("cannot open a browser; open the address above yourself")


def _exports(folder: str | None) -> Path | None:
    if folder is None:
        return None
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise UsageError(f"no such folder: {folder}", "create it, or choose another folder")
    return path.resolve()


def _listener(port: int) -> socket.socket:
    """A socket that listens on this machine only.

    Raises:
        UsageError: the port cannot be used.
    """
    if not 0 <= port <= _HIGHEST_PORT:
        raise UsageError(f"invalid port {port}", f"use 1 to {_HIGHEST_PORT}, or 0 for any free port")
    try:
        return socket.create_server((_HOST, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"port {port} is in use", "choose another port, or --port 0 for any free port") from None
        raise UsageError(f"cannot use port {port}: {(error.strerror or str(error)).lower()}") from None
