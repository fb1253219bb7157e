"""The errors a user can act on, each with a message, a hint and an exit code.

All packages raise these; the front ends display them.
"""

from __future__ import annotations


class ReadlistError(Exception):
    """An error the user can act on.

    Attributes:
        message: what happened and where; lower case, without a full stop.
        hint: what to do about it; may be empty.
        exit_code: exit status of the command line.
    """

    exit_code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NothingMatchedError(ReadlistError):
    """The query is valid, but no paper matches it."""

    exit_code = 1


class UsageError(ReadlistError):
    """Wrong usage of a command, or a terminal is needed and there is none."""

    exit_code = 2


class QueryError(UsageError):
    """A query cannot be parsed.

    Attributes:
        position: offset of the first wrong character in the query text, in characters.
        ending: characters that complete a query that merely ends too early; empty if the user has to continue it,
            None if continuing does not help.
    """

    def __init__(self, message: str, position: int, hint: str = "", ending: str | None = None) -> None:
        super().__init__(message, hint)
        self.position = position
        self.ending = ending


class BadInputError(ReadlistError):
    """An input file (a source or the settings file) cannot be read."""

    exit_code = 3


class StoreDamagedError(ReadlistError):
    """The store is damaged; nothing was overwritten."""

    exit_code = 4


class StoreBusyError(ReadlistError):
    """Another process holds the lock of the store."""

    exit_code = 5


class ConflictError(ReadlistError):
    """Another program has changed the same value in the meantime; nothing was written.

    Attributes:
        paper: the id of the paper concerned; empty if none is.
    """

    exit_code = 5

    def __init__(self, message: str, hint: str = "", paper: str = "") -> None:
        super().__init__(message, hint)
        self.paper = paper


class ResourcesError(ReadlistError):
    """Out of memory, open files or threads."""

    exit_code = 71


class WriteError(ReadlistError):
    """Data cannot be written: the disk is full, read-only or failing, or the output is closed."""

    exit_code = 6
