"""A paper that the user enters by hand, as the text of a source: it is imported, so that it is never lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.model.correction import apply_corrections, validate
from tui.model.paper import Paper
from tui.model.publication import encode_publication
from tui.model.tags import validate_tag
from tui.session.import_input import ImportText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAME = "added by hand"  # of the source


def new_paper(texts: Mapping[str, str], tags: Iterable[str] = ()) -> ImportText:
    """The source of one new paper, in readlist's own JSON.

    Args:
        texts: text of each field, as in ``tui.model.correction.FIELDS``; at least a title.
        tags: its tags.

    Raises:
        UsageError: there is no title, or a text is invalid for its field.
    """
    try:
        valid = [(field, validate(field, text)) for field, text in texts.items() if text.strip()]
        own_tags = [validate_tag(tag) for tag in tags]
    except ValueError as error:
        raise UsageError(str(error)) from None
    paper = apply_corrections(Paper(""), valid)
    if not paper.title:
        raise UsageError("a new paper needs a title", "to add papers by identifier, import a list of identifiers")
    record: dict[str, object] = {
        "title": paper.title,
        "authors": list(paper.authors),
        "authors_truncated": paper.authors_truncated,
        "affiliation": paper.affiliation,
        "date": str(paper.date) if paper.date else None,
        "category": paper.category,
        "links": list(paper.links),
        "abstract": paper.abstract,
        "eprint": paper.eprint,
        "doi": paper.doi,
        "tags": own_tags,
    }
    if publication := encode_publication(paper.publication):
        record["publication"] = publication
    given = {name: value for name, value in record.items() if value or name == "authors_truncated"}
    return ImportText(_NAME, json.dumps([given], ensure_ascii=False, indent=1).encode("utf-8", "replace"))
