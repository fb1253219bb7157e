"""What an undo or a redo changes: the change it is, and the marks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.model.change import Change, ChangeKind, apply_changes, diff, inverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.model.mark import Mark


def step_change(
    step: Change, kind: ChangeKind, number: int, at: str, mark: Callable[[str], Mark], home: Callable[[str], str]
) -> tuple[Change, dict[str, Mark]]:
    """The change that undoes or redoes another, with the new marks by id.

    Args:
        step: the change to undo or redo.
        kind: which of the two.
        number: the number of the new change.
        at: ISO 8601 UTC instant.
        mark: reads a mark.
        home: gives the paper that a paper of an id is part of.
    """
    back = kind is ChangeKind.UNDO
    new: dict[str, Mark] = {}
    for id_, fields in step.marks:
        # Since then the paper may have become part of another; its mark went with it.
        owner = id_ if step.splits else home(id_)
        new[owner] = apply_changes(new.get(owner, mark(owner)), inverse(fields) if back else fields)
    changed = ((id_, diff(mark(id_), after)) for id_, after in new.items())
    change = Change(
        number=number,
        at=at,
        label=step.label,
        marks=tuple((id_, fields) for id_, fields in changed if fields),
        pages=tuple((page, taken_in is not back) for page, taken_in in step.pages),
        kind=kind,
        undoes=step.number,
        value_changes=inverse(step.value_changes) if back else step.value_changes,
    )
    return change, new
