"""The names under which sources are shown.

A newer version of an imported file is stored beside the older one, which an undo needs, under a name with a number:
``library-2.bib``. The user sees the name of the file, however often it was read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.model.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.model.paper import Paper, SourceLocation
    from tui.store.store import Store

_NUMBERED = re.compile(r"-\d+(?=(?:\.[^.]*)?\Z)")
# The stored value with the shown name of each newer version, by the name of its copy.
SOURCE_NAMES = "source names"


def name_without_number(name: str) -> str:
    """The name of the file that a source was imported from, without the number of a further source of that name."""
    return _NUMBERED.sub("", name)


def shown_names(store: Store) -> dict[str, str]:
    """The shown names of sources whose copies have another name, by the name of the copy."""
    stored = store.values.get(SOURCE_NAMES)
    return {str(copy): str(name) for copy, name in stored} if isinstance(stored, list) else {}


def names_after(store: Store, replaced: Mapping[str, str], files: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The value of ``SOURCE_NAMES`` after sources are replaced by newer versions.

    Args:
        store: the open store.
        replaced: the names of the new copies, each with that of the copy it replaces.
        files: for each new copy, the name of its file.
    """
    names = shown_names(store)
    for copy, old in replaced.items():
        others = {names.get(name, name) for name in store.sources.names() if name != old}
        names[copy] = files[copy] if files[copy] not in others else names.get(old, old)
    return tuple(sorted(names.items()))


def shown_location(at: SourceLocation, names: Mapping[str, str]) -> SourceLocation:
    """The position with the shown name of its source."""
    return at._replace(page=names.get(at.page, at.page))


def with_shown_names(paper: Paper, names: Mapping[str, str]) -> Paper:
    """The paper with the shown names of its sources."""
    if not any(at.page in names for at in paper.sources):
        return paper

    return paper._replace(
        sources=tuple(shown_location(at, names) for at in paper.sources),
        provenance=Provenance((field, *shown_location(at, names)) for field, at in paper.provenance),
        variants=tuple(each._replace(location=shown_location(each.location, names)) for each in paper.variants),
    )
