"""What is to be said of an export: a sentence, and the papers it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


class ExportWarning(str):
    """A sentence on an export.

    Attributes:
        papers: the papers it is about, where there is something to say of each: id to the name it goes by.
    """

    papers: Mapping[str, str]
    __slots__ = ("papers",)

    def __new__(cls, sentence: str, papers: Mapping[str, str] | None = None) -> Self:
        """A sentence that ends in a full stop."""
        remark = super().__new__(cls, sentence)
        remark.papers = papers or {}
        return remark

    @property
    def with_papers(self) -> str:
        """The sentence, and behind it the name of every paper."""
        return f"{self[:-1]}: {', '.join(self.papers.values())}." if self.papers else self
