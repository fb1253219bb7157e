"""Where the screen was left, as a fact that is kept between runs."""

from __future__ import annotations

from typing import NamedTuple, Self

_WHOLE = 1000


class PaneSizes(NamedTuple):
    """How the screen is shared out between its panes; 0 is as it comes.

    Attributes:
        filters: width of the filter pane in columns.
        beside: width of the detail beside the list, in thousandths of both.
        below: height of the detail below the list, in thousandths of both.
    """

    filters: int = 0
    beside: int = 0
    below: int = 0

    @classmethod
    def from_stored(cls, stored: object) -> Self:
        """Read back what was kept; whatever else is found there counts as nothing kept."""
        kept = stored if isinstance(stored, list) and len(stored) == len(cls._fields) else []
        return cls(*(part if isinstance(part, int) and 0 <= part < _WHOLE else 0 for part in kept))


class UiState(NamedTuple):
    """Where the screen was left.

    Attributes:
        paper: id of the paper under the cursor, or None.
        query: the query text.
        sort: the chosen order, or None for the query's own.
        shape: the sizes of the panes.
    """

    paper: str | None = None
    query: str = ""
    sort: str | None = None
    shape: PaneSizes = PaneSizes()

    @classmethod
    def from_stored(cls, stored: object) -> Self:
        """Read back what was kept; whatever else is found there counts as nothing kept."""
        kept = stored if isinstance(stored, dict) else {}
        texts = {name: kept[name] for name in ("paper", "query", "sort") if isinstance(kept.get(name), str)}
        return cls(**texts, shape=PaneSizes.from_stored(kept.get("shape")))
