"""What can go wrong, each with one sentence, a hint and an exit code.

Lower floors raise these; the two faces render them. Nothing here knows how a message is shown.
"""

from __future__ import annotations


class ReadlistError(Exception):
    """A fault a person can act on.

    Attributes:
        message: one sentence: what happened, and where.
        hint: what to do about it; may be empty.
        exit_code: the process exit status the command line ends with.
    """

    exit_code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NothingMatchedError(ReadlistError):
    """The query is fine, and no paper answers it."""

    exit_code = 1


class UsageError(ReadlistError):
    """The command was called wrongly, or needs a terminal and has none."""

    exit_code = 2


class QueryError(UsageError):
    """A query cannot be understood.

    Attributes:
        position: offset in the query text, in characters, of the first character at fault.
        ending: letters that would make it whole where the text only ends too early; empty where its writer has to go
            on, None where going on does not help.
    """

    def __init__(self, message: str, position: int, hint: str = "", ending: str | None = None) -> None:
        super().__init__(message, hint)
        self.position = position
        self.ending = ending


class BadInputError(ReadlistError):
    """A file to be read (a page, an import, a settings file) is at fault."""

    exit_code = 3


class StoreDamagedError(ReadlistError):
    """The store cannot be trusted as it is; nothing was overwritten."""

    exit_code = 4


class StoreBusyError(ReadlistError):
    """Another process holds the store's lock."""

    exit_code = 5


class ConflictError(ReadlistError):
    """Another program changed the same thing meanwhile; nothing was changed.

    Attributes:
        paper: the id of the paper that it is about; empty where it is about none.
    """

    exit_code = 5

    def __init__(self, message: str, hint: str = "", paper: str = "") -> None:
        super().__init__(message, hint)
        self.paper = paper


class ResourcesError(ReadlistError):
    """The system has no memory, or no more open files, for the program."""

    exit_code = 71


class WriteError(ReadlistError):
    """The disk refused: full, read-only, or failing."""

    exit_code = 6
