"""Context of one command: its options, the folders, the output, and the reading list when needed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from tui.cli.output import Output
    from tui.paths import Paths
    from tui.session.session import Session


class CommandContext(NamedTuple):
    """What a subcommand runs with.

    Attributes:
        paths: the folders and the settings file.
        options: the parsed arguments.
        output: where it prints.
        ascii_only: whether ``--ascii`` was given.
    """

    paths: Paths
    options: Namespace
    output: Output
    ascii_only: bool = False

    def require_list(self) -> None:
        """Check that the list exists; raises UsageError if there is none of that name."""
        if self.paths.main is not None:
            from tui.session.reading_lists import require_list  # noqa: PLC0415 - the main list always exists

            require_list(self.paths)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open the reading list for the duration of the block; its warnings are printed on standard error.

        Raises:
            ReadlistError: the store or the sources cannot be read.
        """
        from tui.session.session import Session  # noqa: PLC0415 - `keys`, `completion` and `--help` open no store

        self.require_list()
        session = Session.open(self.paths)
        try:
            for notice in session.notices:
                self.output.warn(notice)
            yield session
        finally:
            session.close()
