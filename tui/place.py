"""Where the screen was left, as a fact that is kept between runs."""

from __future__ import annotations

from typing import NamedTuple, Self


class Place(NamedTuple):
    """Where the screen was left.

    Attributes:
        paper: id of the paper under the cursor, or None.
        query: the query text.
        sort: the chosen order, or None for the query's own.
    """

    paper: str | None = None
    query: str = ""
    sort: str | None = None

    @classmethod
    def of(cls, fact: object) -> Self:
        """Read back what was kept; whatever else is found there counts as nothing kept."""
        kept = fact if isinstance(fact, dict) else {}
        texts = {name: kept[name] for name in cls._fields if isinstance(kept.get(name), str)}
        return cls(**texts)
