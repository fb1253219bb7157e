"""What the parsers of all formats need to fill in a publication."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tui.ingest.bibtex_authors import parse_authors
from tui.model.merge_publications import is_preprint
from tui.model.value_kind import ENTRY_TYPE, ExtraField

if TYPE_CHECKING:
    from tui.model.publication import Publication

ET_AL = "et al."  # the last of the names of a list that the source cuts short
_SEVERAL = re.compile(r"\s*[,;]\s*|\s+(?=97[89]\D)|\s+(?=\d{4}-\d{3}[\dXx]\b)|\s*\n\s*")
# Types that say no more than that something exists.
_VAGUE = frozenset(("document", "webpage", "manuscript", "article-journal"))


def split_numbers(text: str) -> tuple[str, ...]:
    """The ISBNs or ISSNs of a text, as printed."""
    return tuple(dict.fromkeys(filter(None, _SEVERAL.split(text.strip()))))


@lru_cache(maxsize=2048)
def names_of(latex: str) -> tuple[str, ...]:
    """The names of a field of BibTeX; cached, since all papers of a volume have the same editors."""
    names, truncated = parse_authors(latex)
    return (*names, ET_AL) if truncated else tuple(names)


def institution_from_publisher(values: dict[str, Any]) -> None:
    """Make the publisher of a thesis or report its institution, for formats that have no other field for it."""
    if values.get("type") in ("thesis", "report") and "institution" not in values and "publisher" in values:
        values["institution"] = values.pop("publisher")


def type_of_preprint(publication: Publication, *, has_eprint: bool) -> str | None:
    """The type, which is that of a preprint if the publication says so, or if there is nothing but an arXiv id."""
    if publication.type not in _VAGUE:
        return publication.type
    venue = publication.container_title or publication.publisher or publication.institution
    return "article" if (is_preprint(publication) if venue else has_eprint) else publication.type


def entry_type(source_format: str, name: str) -> ExtraField:
    """The extra field that keeps a source's own type."""
    return ExtraField(source_format, ENTRY_TYPE, name)
