"""Changes of marks and their inverses: old and new value of every field changed.

The operation log follows taskchampion's model (each operation carries what it replaced), so undo, redo, history and
crash recovery share one mechanism.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui.model.mark import Mark
from tui.model.tags import update_tags

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    FieldValue = str | bool | None | tuple[str, ...] | tuple[tuple[str, str], ...]


# Name of the value with the listings that the user removed from the list, though their files are in its folder.
REMOVED_LISTINGS = "removed listings"


class ChangeKind(StrEnum):
    """Kind of a change; undo and redo are changes of their own, so the history only ever grows."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"


class FieldChange(NamedTuple):
    """One field of one mark, before and after."""

    field: str
    old: FieldValue
    new: FieldValue


class Change(NamedTuple):
    """One undoable step, possibly of many papers.

    Attributes:
        number: position in the history, counted from 1.
        at: ISO 8601 UTC instant.
        label: short description for the history and the undo message.
        marks: paper id and changed fields of its mark, for every changed paper.
        pages: names of imported sources that this change added (True) or removed (False).
        kind: edit, undo or redo.
        undoes: number of the change that an undo reverts or a redo reapplies.
        value_changes: changes of values that belong to no paper, by name, such as the saved views.
    """

    number: int
    at: str
    label: str
    marks: tuple[tuple[str, tuple[FieldChange, ...]], ...]
    pages: tuple[tuple[str, bool], ...] = ()
    kind: ChangeKind = ChangeKind.EDIT
    undoes: int | None = None
    value_changes: tuple[FieldChange, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the changed papers."""
        return tuple(paper for paper, _ in self.marks)

    @property
    def rereads(self) -> bool:
        """Whether the sources must be read again: some were added or removed, or records move between papers."""
        return bool(self.pages) or self.splits or any(each.field == REMOVED_LISTINGS for each in self.value_changes)

    @property
    def splits(self) -> bool:
        """Whether it assigns records to papers, so that each of its papers keeps its own id."""
        return any(field.field == "records" for _, fields in self.marks for field in fields)

    @property
    def changes_membership(self) -> bool:
        """Whether it changes which papers are in the list: sources or papers removed, papers merged or split."""
        return self.rereads or any(
            field.field in {"part_of", "removed"} for _, fields in self.marks for field in fields
        )


def diff(old: Mark, new: Mark) -> tuple[FieldChange, ...]:
    """The fields in which two marks differ."""
    pairs = zip(Mark._fields, old, new, strict=True)
    return tuple([FieldChange(name, before, after) for name, before, after in pairs if before != after])


def inverse(changes: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
    """The changes that undo these."""
    return tuple(FieldChange(change.field, change.new, change.old) for change in changes)


def apply_changes(mark: Mark, changes: tuple[FieldChange, ...]) -> Mark:
    """The mark after the changes.

    If tags (or another field of several items) differ from what the change started from, because papers were merged
    in between, its additions and removals are applied to the current items, so that no tag is lost.
    """
    new: dict[str, Any] = {}
    for change in changes:
        current = getattr(mark, change.field)
        if isinstance(current, tuple) and current != change.old:
            new[change.field] = _merged(change.field, current, change.old, change.new)
        else:
            new[change.field] = change.new
    return mark._replace(**new) if new else mark


def revert_changes(mark: Mark, changes: tuple[FieldChange, ...]) -> Mark:
    """The mark without the changes; a field that was changed again since then is left alone."""
    revertible = (
        change for change in changes if isinstance(change.new, tuple) or getattr(mark, change.field) == change.new
    )
    return apply_changes(mark, inverse(tuple(revertible)))


def _merged(field: str, current: tuple[Any, ...], old: FieldValue, new: FieldValue) -> tuple[Any, ...]:
    before, after = _items(old), _items(new)
    added = tuple(item for item in after if item not in before)
    removed = tuple(item for item in before if item not in after)
    if field == "tags":
        return update_tags(current, added, removed)
    if field == "corrected":
        kept = {name: text for name, text in current if (name, text) not in removed}
        return tuple(sorted((kept | dict(added)).items()))
    return (*(item for item in current if item not in removed), *(item for item in added if item not in current))


def _items(value: FieldValue) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def timeline(changes: Iterable[Change]) -> list[tuple[Change, bool]]:
    """The edits that undo and redo can reach, newest first, each with whether it is in effect.

    Args:
        changes: the whole history, oldest first.
    """
    done: list[Change] = []
    undone: list[Change] = []
    for change in changes:
        if change.kind is ChangeKind.EDIT:
            done.append(change)
            undone.clear()
        elif change.kind is ChangeKind.UNDO and done:
            undone.append(done.pop())
        elif change.kind is ChangeKind.REDO and undone:
            done.append(undone.pop())
    return [*((change, False) for change in undone), *((change, True) for change in reversed(done))]
