from __future__ import annotations

from dataclasses import fields
from typing import Any

from tui.model.paper import Paper


def test_with_identity_keeps_all_other_fields() -> None:
    values: dict[str, Any] = {field.name: (field.name,) for field in fields(Paper)}  # no two fields have the same
    named = Paper(**values).with_identity("fedcba9876", ("0123456789",), "2026-11-30T10:00:00Z")
    values |= {"id": "fedcba9876", "aliases": ("0123456789",), "added": "2026-11-30T10:00:00Z"}
    assert named == Paper(**values)
