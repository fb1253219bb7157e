"""The PDFs of papers on disk: where they are, and whether a file can be attached."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from tui.errors import BadInputError, NothingMatchedError
from tui.model.paper_files import file_name, pdf_files
from tui.paths import setting_folders
from tui.session.source_folders import origin_folders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.session.session import Session

_HEADER = b"%PDF-"
_BEFORE_HEADER = 1024  # bytes that viewers tolerate
# What EndNote and Zotero write before a path in their own folder.
_OWN_FOLDERS = ("internal-pdf://", "attachments:")


class PaperFile(NamedTuple):
    """A PDF of a paper.

    Attributes:
        named: as the source or the user named it.
        path: the file; None if it is not found.
    """

    named: str
    path: Path | None

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return self.path.name if self.path else file_name(self.named)


class PaperFiles:
    """The files of the papers of one reading list. They are never moved, changed or deleted.

    Args:
        session: the open list.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def folders(self) -> tuple[Path, ...]:
        """The folders with PDFs of the settings."""
        return setting_folders(self._session.paths, self._session.settings.pdf_folders)

    def pdfs(self, paper_id: str) -> tuple[PaperFile, ...]:
        """The PDFs of a paper, each with its place on disk.

        A relative path is looked for in the folder of the bibliography that names it, and in the folders of the
        settings; in these also the name of a file that is not where its path says.
        """
        entry = self._session.entry(paper_id)
        named = pdf_files(entry)
        if not named:
            return ()
        origins, folders = origin_folders(self._session.values.get, entry.paper), self.folders()
        return tuple(PaperFile(file, _find(file, origins, folders)) for file in named)

    def first_pdf(self, paper_id: str) -> Path | None:
        """The first PDF of a paper that is found."""
        return next((file.path for file in self.pdfs(paper_id) if file.path), None)

    def named(self, paper_id: str, text: str) -> str:
        """The file of a paper that is meant by its path or its name.

        Raises:
            NothingMatchedError: the paper has no such file.
        """
        files = self._session.entry(paper_id).paper.publication.files
        absolute = os.path.abspath(os.path.expanduser(text))  # noqa: PTH100, PTH111 - a text, perhaps no path
        ways = (lambda file: file == text, lambda file: file == absolute, lambda file: file_name(file) == text)
        for is_meant in ways:
            found = [file for file in files if is_meant(file)]
            if len(found) == 1:
                return found[0]
        names = ", ".join(files)
        raise NothingMatchedError(
            f"this paper has no file {text!r}", f"its files: {names}" if names else "it has no files"
        )


def check_pdf(path: Path) -> str:
    """The absolute path of a PDF, as it is stored.

    Raises:
        BadInputError: there is no such file, it cannot be read, or it is not a PDF.
    """
    shown = str(path)
    try:
        absolute = os.path.abspath(path.expanduser())  # noqa: PTH100 - resolve() would replace symbolic links
        absolute.encode("utf-8")
        handle = os.open(absolute, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            kind = os.fstat(handle).st_mode
            start = file.read(_BEFORE_HEADER) if stat.S_ISREG(kind) else b""
    except UnicodeEncodeError:
        raise BadInputError(f"the name of {shown!a} is not valid UTF-8", "rename the file, then attach it") from None
    except IsADirectoryError:
        raise BadInputError(f"{shown} is a folder", "specify a PDF in it") from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise BadInputError(f"cannot read {shown}: {reason}", "check the name and the permissions") from None
    if not stat.S_ISREG(kind):
        raise BadInputError(f"{shown} is not a regular file", "specify a PDF, not a pipe or a device")
    if _HEADER not in start:
        raise BadInputError(
            f"{shown} is empty" if not start else f"{shown} is not a PDF", "only PDFs can be attached"
        )
    return absolute


def _find(named: str, origins: Sequence[Path], folders: Sequence[Path]) -> Path | None:
    return next(filter(_is_file, _candidates(named, origins, folders)), None)


def _candidates(named: str, origins: Sequence[Path], folders: Sequence[Path]) -> Iterator[Path]:
    """The places where a file may be, the most likely first."""
    text = named
    if text.lower().startswith("file:"):
        text = unquote(urlsplit(text).path)
    for prefix in _OWN_FOLDERS:
        text = text.removeprefix(prefix)
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        path = Path(text)
    if path.is_absolute():
        yield path
    else:
        relative = Path(text.replace("\\", "/"))
        yield from (folder / relative for folder in (*origins, *folders))
    yield from (folder / file_name(text) for folder in (*origins, *folders))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long, a null character
        return False
