"""The program's front door: answers ``--version`` at once, and else hands over to the command line.

The only module that knows both faces, so that they need not know each other.
"""

from __future__ import annotations

import os
import sys

from tui import __version__

TYPE_CHECKING = False  # `typing` itself would be half of the time that `--version` takes
if TYPE_CHECKING:
    from tui.paths import Paths

_INTERRUPTED = 130  # 128 + SIGINT


def main() -> int:
    """Run the program on the process's own arguments.

    Returns:
        The exit status: 0 done, 1 nothing matched, 2 wrong use, 3 a file to read is at fault, 4 the store is
        damaged, 5 it is busy, 6 cannot write, 70 a bug of ours, 71 out of memory or of open files,
        130 interrupted.
    """
    if sys.argv[1:] == ["--version"]:
        return _print_version()
    try:
        from tui.cli.main import main as command_line  # noqa: PLC0415 - `--version` imports nothing

        status = command_line(sys.argv[1:], open_screen=_open_screen)
    except KeyboardInterrupt:  # while the modules above are being imported
        return _INTERRUPTED
    _skip_final_gc()
    return status


def _print_version() -> int:
    try:
        os.write(1, f"readlist {__version__}\n".encode())
    except OSError:
        return 6
    return 0


def _skip_final_gc() -> None:
    """All is done: the end of the process shall not look through every object once more."""
    import gc  # noqa: PLC0415 - `--version` imports nothing

    gc.freeze()


def _open_screen(home: Paths, ascii_only: bool) -> int:
    # Starting makes many objects that stay; looking through them for garbage would be a tenth of the time to the
    # first paint. The screen turns the collector on again once it is shown.
    import gc  # noqa: PLC0415 - `--version` imports nothing

    gc.disable()
    from tui.app.app import run  # noqa: PLC0415 - no verb of the command line ever loads Textual

    return run(home, ascii_only=ascii_only)


if __name__ == "__main__":
    sys.exit(main())
