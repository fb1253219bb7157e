"""Hostile texts, which would control a terminal, run an action, or hide or reverse other text, in every text field."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import ReadlistError
from tui.model.edit import Edit
from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STRINGS: dict[str, str] = json.loads(Path(__file__).with_name("hostile_strings.json").read_text(encoding="utf-8"))
PAGE_NAME = "page [red] \x1b[31m\u202e [red].txt"
# What must not be in the text of a frame or of a line; line breaks and tabs are not part of that text.
HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U0001ffff\U000e0000-\U000e007f]|[\u0300-\u036f]{5}"
)
_CORRECTIONS = ("title", "authors", "abstract", "category", "affiliation", "doi", "links")


def make_home(folder: Path) -> Paths:
    """A reading list with one paper for each string, which is in every field of the paper and of its mark.

    It is also in corrections, in names and queries of views, in the history, and in two papers that were merged.
    """
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    records = [
        {
            "title": f"{number} {text} end",
            "authors": [f"{text} Author", f"Second {text}"],
            "affiliation": text,
            "abstract": f"{text} is what we study, {number} times over. {text}",
            "earlier_abstracts": [f"{text} is what we studied, {number} times over."],
            "category": text,
            "links": [f"https://example.org/{number}/{text}"],
            "date": "2024-01-02",
        }
        for number, text in enumerate(STRINGS.values())
    ]
    (seeds / PAGE_NAME).write_text(json.dumps(records), encoding="utf-8")
    home = Paths(folder / "data", seeds)
    session = Session.open(home)
    assert len(session.ids()) == len(STRINGS)
    pin_keys(session, dict(zip(session.ids(), STRINGS.values(), strict=True)))
    for paper_id, text in zip(session.ids(), STRINGS.values(), strict=True):
        session.edits.mark([paper_id], Edit(add_tags=(text, f"{text}/below"), note=text))
        for field in _CORRECTIONS:
            _if_accepted(lambda paper=paper_id, field=field, text=text: correct(session, paper, field, text))  # type: ignore[misc]
        _if_accepted(lambda text=text: session.saved_views.save(text, f'"{text}"'))  # type: ignore[misc]
    session.saved_views.save("all", "title:end")
    session.curation.merge(*session.ids()[-2:])
    session.edits.undo()
    session.close()
    return home


def pin_keys(session: Session, keys: Mapping[str, str]) -> None:
    """Pin citation keys as an export does."""
    session._store.history.commit(
        "pin citation keys",
        lambda mark: {paper_id: mark(paper_id)._replace(citation_key=key) for paper_id, key in keys.items()},
        at="2026-11-20T12:00:00Z",
        undoable=False,
    )


def correct(session: Session, paper_id: str, field: str, text: str) -> None:
    """Set a field of a paper to a text between other words."""
    session.curation.correct(paper_id, {field: f"again {text} again"})


def _if_accepted(step: Callable[[], object]) -> None:
    """Carry out a step. Some texts are refused as the name of a view, a DOI or a link."""
    with suppress(ReadlistError):
        step()
