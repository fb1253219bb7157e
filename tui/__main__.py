"""Entry point of the program: print the version or show the remembered frame at once, and start the command line.

The only module that imports both front ends, so that they do not import each other.
"""

from __future__ import annotations

import os
import sys

from tui import __version__

TYPE_CHECKING = False  # importing `typing` would double the time of `--version`
if TYPE_CHECKING:
    from tui.paths import Paths

_INTERRUPTED = 130  # 128 + SIGINT


def main() -> int:
    """Run the program on the process's own arguments.

    Returns:
        The exit status: 0 done, 1 nothing matched, 2 wrong usage, 3 bad input file, 4 damaged store, 5 store busy,
        6 cannot write, 70 internal error, 71 out of memory or of open files, 130 interrupted.
    """
    if sys.argv[1:] == ["--version"]:
        return _print_version()
    try:
        from tui import first_frame  # noqa: PLC0415 - `--version` imports nothing
    except KeyboardInterrupt:
        return _INTERRUPTED
    try:
        first_frame.show(sys.argv[1:])
        from tui.cli.main import main as command_line  # noqa: PLC0415 - `--version` imports nothing

        status = command_line(sys.argv[1:], open_screen=_open_screen)
    except KeyboardInterrupt:  # during the imports
        return _INTERRUPTED
    finally:
        first_frame.withdraw()
    _skip_final_gc()
    return status


def _print_version() -> int:
    try:
        os.write(1, f"readlist {__version__}\n".encode())
    except OSError:
        return 6
    return 0


def _skip_final_gc() -> None:
    """Exempt all objects from the garbage collection at interpreter exit."""
    import gc  # noqa: PLC0415 - `--version` imports nothing

    gc.freeze()


def _open_screen(paths: Paths, ascii_only: bool) -> int:
    # Start-up creates many objects that live on; collecting garbage would only delay the first paint. The screen
    # enables the collector again once it is shown.
    import gc  # noqa: PLC0415 - `--version` imports nothing

    gc.disable()
    from tui import first_frame  # noqa: PLC0415 - `--version` imports nothing

    try:
        from tui.app.app import run  # noqa: PLC0415 - the command line never loads Textual

        return run(paths, ascii_only=ascii_only)
    finally:
        first_frame.withdraw()  # before an error is printed


if __name__ == "__main__":
    sys.exit(main())
