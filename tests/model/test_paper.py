from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from tui.model.paper import Paper


def test_sharing_the_abstract_does_not_change_a_paper() -> None:
    plain, shared = (Paper("0123456789", title="T", abstract="On NeRF. It is GOOD") for _ in range(2))
    for folded in ("t\f\f\f\fon nerf. it is good", "t\f\ftag\f\fon nerf. it is good", "something else"):
        shared.share_abstract(folded)
        assert shared.abstract == plain.abstract
        assert shared.has_abstract
        assert (shared, hash(shared), repr(shared)) == (plain, hash(plain), repr(plain))
        assert replace(shared, title="U") == replace(plain, title="U")
        assert pickle.loads(pickle.dumps(shared)) == plain  # noqa: S301 - of our own making
    with pytest.raises(FrozenInstanceError):
        shared.abstract = "another"  # type: ignore[misc]


@pytest.mark.parametrize("abstract", [None, "", "Größe ﬁts", "two  spaces"])
def test_an_abstract_that_folding_changes_is_stored_whole(abstract: str | None) -> None:
    paper = Paper("0123456789", abstract=abstract)
    paper.share_abstract("\f\f\f\ftwo spaces")
    assert paper.abstract == abstract
    assert paper.has_abstract is bool(abstract)


def test_with_identity_keeps_all_other_fields() -> None:
    values: dict[str, Any] = {field.name: (field.name,) for field in fields(Paper)}  # no two fields have the same
    named = Paper(**values).with_identity("fedcba9876", ("0123456789",), "2026-11-30T10:00:00Z")
    values |= {"id": "fedcba9876", "aliases": ("0123456789",), "added": "2026-11-30T10:00:00Z"}
    assert named == Paper(**values)
