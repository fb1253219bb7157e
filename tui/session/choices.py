"""What can be chosen in every reading list: fields of the query language, sort orders, export formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.query.search import Search

if TYPE_CHECKING:
    from collections.abc import Mapping

fields = Search.fields


def sort_orders() -> Mapping[str, str]:
    """The sort orders: name, and what comes first."""
    from tui.query.sorting import SORTS  # noqa: PLC0415 - only the sort menu and help need it

    return {name: sort.help for name, sort in SORTS.items()}


def export_formats() -> tuple[tuple[str, str], ...]:
    """The export formats: name and title."""
    from tui.export.formats import FORMATS  # noqa: PLC0415 - only exports need the writers

    return tuple((name, found.title) for name, found in FORMATS.items())
