"""Warnings of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class ExportWarning(str):
    """A message about an export.

    Attributes:
        papers: the papers it is about, if any: id to citation key.
    """

    papers: Mapping[str, str]
    __slots__ = ("papers",)

    def __new__(cls, message: str, papers: Mapping[str, str] | None = None) -> Self:
        """Make a warning of a message."""
        warning = super().__new__(cls, message)
        warning.papers = papers or {}
        return warning

    @property
    def with_papers(self) -> str:
        """The message, followed by the citation keys of the papers."""
        return f"{self}: {', '.join(self.papers.values())}" if self.papers else self
