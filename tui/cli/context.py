"""One call of one verb: its options, the folders, the output, and the reading list once it is needed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from tui.cli.output import Output
    from tui.paths import Paths
    from tui.session.session import Session


@dataclass(frozen=True, slots=True)
class CommandContext:
    """What a verb works with.

    Attributes:
        home: the folders.
        options: the parsed arguments.
        output: where it prints.
        ascii_only: whether ``--ascii`` was given.
    """

    home: Paths
    options: Namespace
    output: Output
    ascii_only: bool = False

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The reading list, open for as long as the block lasts; its notices go to standard error.

        Raises:
            ReadlistError: the store or the pages cannot be read.
        """
        from tui.session.session import Session  # noqa: PLC0415 - `keys`, `completion` and `--help` open no store

        session = Session.open(self.home)
        try:
            for notice in session.notices:
                self.output.warn(notice)
            yield session
        finally:
            session.close()
