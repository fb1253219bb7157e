"""The files of a paper: those that its sources name and those that the user attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.model.entry import Entry
    from tui.model.mark import Mark
    from tui.model.paper import Paper

_WEB = ("http://", "https://", "ftp://")


def with_files(paper: Paper, mark: Mark) -> Paper:
    """The paper with the files that the user attached, first, and without those that the user detached.

    Args:
        paper: the paper with the files that its sources name.
        mark: its mark.
    """
    published = paper.publication
    named = (file for file in published.files if file not in mark.detached)
    files = tuple(dict.fromkeys((*mark.files, *named)))
    return paper if files == published.files else paper.with_publication(published._replace(files=files))


def pdf_files(entry: Entry) -> tuple[str, ...]:
    """The PDFs of a paper, as they are named: what the user attached, and files of the sources that end in ``.pdf``.

    Addresses of pages are not among them. Nothing is looked up on disk.
    """
    files = entry.paper.publication.files
    return tuple(file for file in files if file in entry.mark.files or _is_pdf_name(file))


def file_name(file: str) -> str:
    """The last part of a path, written with slashes or backslashes."""
    return file.replace("\\", "/").rstrip("/").rpartition("/")[2] or file


def _is_pdf_name(file: str) -> bool:
    name = file.lower()
    return name.endswith(".pdf") and not name.startswith(_WEB)
