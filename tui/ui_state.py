"""State of the screen that is stored between runs."""

from __future__ import annotations

from typing import NamedTuple, Self

_MAX_SIZE = 1000


class PaneSizes(NamedTuple):
    """Sizes of the panes; 0 is the default.

    Attributes:
        filters: width of the filter pane in columns.
        beside: width of the detail pane beside the list, in thousandths of both.
        below: height of the detail pane below the list, in thousandths of both.
    """

    filters: int = 0
    beside: int = 0
    below: int = 0

    @classmethod
    def from_stored(cls, stored: object) -> Self:
        """Decode a stored value; an invalid one counts as the default."""
        values = stored if isinstance(stored, list) and len(stored) == len(cls._fields) else []
        return cls(*(part if isinstance(part, int) and 0 <= part < _MAX_SIZE else 0 for part in values))


class UiState(NamedTuple):
    """State of the screen.

    Attributes:
        paper: id of the paper under the cursor, or None.
        query: the query text.
        sort: the chosen sort order, or None for that of the query.
        shape: the sizes of the panes.
        line: the line of the list that this paper is on, from 0.
    """

    paper: str | None = None
    query: str = ""
    sort: str | None = None
    shape: PaneSizes = PaneSizes()
    line: int = 0

    @classmethod
    def from_stored(cls, stored: object) -> Self:
        """Decode a stored value; an invalid one counts as the default."""
        values = stored if isinstance(stored, dict) else {}
        texts = {name: values[name] for name in ("paper", "query", "sort") if isinstance(values.get(name), str)}
        stored_line = values.get("line")
        line = stored_line if isinstance(stored_line, int) and 0 <= stored_line < _MAX_SIZE else 0
        return cls(**texts, shape=PaneSizes.from_stored(values.get("shape")), line=line)
