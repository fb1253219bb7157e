"""Compute the change that undoes or redoes another one, and the marks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.change import Change, ChangeKind, apply_changes, diff, inverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.model.mark import Mark


def step_change(
    step: Change,
    kind: ChangeKind,
    number: int,
    at: str,
    mark: Callable[[str], Mark],
    canonical_id: Callable[[str], str],
) -> tuple[Change, dict[str, Mark]]:
    """The change that undoes or redoes another one, with the new marks by id.

    Args:
        step: the change to undo or redo.
        kind: which of the two.
        number: the number of the new change.
        at: ISO 8601 UTC instant.
        mark: reads a mark.
        canonical_id: returns the id of the paper that an id was merged into.
    """
    is_undo, splits = kind is ChangeKind.UNDO, step.splits
    new: dict[str, Mark] = {}
    for id_, fields in step.marks:
        # Since then the paper may have been merged into another one, and its mark with it.
        owner = id_ if splits else canonical_id(id_)
        new[owner] = apply_changes(new.get(owner, mark(owner)), inverse(fields) if is_undo else fields)
    changed = ((id_, diff(mark(id_), after)) for id_, after in new.items())
    change = Change(
        number=number,
        at=at,
        label=step.label,
        marks=tuple((id_, fields) for id_, fields in changed if fields),
        pages=tuple((name, is_imported is not is_undo) for name, is_imported in step.pages),
        kind=kind,
        undoes=step.number,
        value_changes=inverse(step.value_changes) if is_undo else step.value_changes,
    )
    return change, new
