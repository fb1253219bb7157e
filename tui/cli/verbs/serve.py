"""``readlist serve``: the same screen in a browser on this machine. Needs the extra ``readlist[web]``."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.call import Call
    from tui.cli.parser import VerbParser

# Nobody but this machine: the server asks for no password.
_HOST = "127.0.0.1"

DESCRIPTION = f"""\
Show the screen in a browser on this machine (http://{_HOST}:8000), until Ctrl-C. Other machines cannot reach it.
There is no editor of yours there: E does nothing, e writes notes in place."""
EXAMPLES = """\
  readlist serve
  readlist serve --port 8080
"""


def arguments(parser: VerbParser) -> None:
    """Declare the options and words of the verb."""
    parser.add_argument("--port", metavar="N", type=int, default=8000, help="the port to listen on (default 8000)")


def run(call: Call) -> int:
    """Carry it out, and return the exit status."""
    try:
        from textual_serve.server import Server  # noqa: PLC0415 - an extra; no other verb needs it
    except ImportError:
        raise UsageError("serving needs the extra `web`", "pip install '.[web]' in the folder of readlist") from None
    command = [sys.executable, "-m", "tui", "--data", str(call.home.data), "--seeds", str(call.home.seeds)]
    call.output.flush()
    Server(shlex.join(command), host=_HOST, port=call.options.port, title="readlist").serve()
    return 0
