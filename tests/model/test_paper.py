from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from tui.model.paper import Paper


def test_a_paper_that_shares_its_abstract_is_the_same_paper() -> None:
    kept, shared = (Paper("0123456789", title="T", abstract="On NeRF. It is GOOD") for _ in range(2))
    for folded in ("t\f\f\f\fon nerf. it is good", "t\f\ftag\f\fon nerf. it is good", "something else"):
        shared.share_abstract(folded)
        assert shared.abstract == kept.abstract
        assert shared.has_abstract
        assert (shared, hash(shared), repr(shared)) == (kept, hash(kept), repr(kept))
        assert replace(shared, title="U") == replace(kept, title="U")
        assert pickle.loads(pickle.dumps(shared)) == kept  # noqa: S301 - of our own making
    with pytest.raises(FrozenInstanceError):
        shared.abstract = "another"  # type: ignore[misc]


@pytest.mark.parametrize("abstract", [None, "", "Größe ﬁts", "two  blanks"])
def test_an_abstract_that_folding_changes_is_kept_as_it_is(abstract: str | None) -> None:
    paper = Paper("0123456789", abstract=abstract)
    paper.share_abstract("\f\f\f\ftwo blanks")
    assert paper.abstract == abstract
    assert paper.has_abstract is bool(abstract)


def test_under_another_name_all_else_stays() -> None:
    values: dict[str, Any] = {field.name: (field.name,) for field in fields(Paper)}  # no two fields have the same
    named = Paper(**values).with_identity("fedcba9876", ("0123456789",), "2026-11-30T10:00:00Z")
    values |= {"id": "fedcba9876", "aliases": ("0123456789",), "added": "2026-11-30T10:00:00Z"}
    assert named == Paper(**values)
