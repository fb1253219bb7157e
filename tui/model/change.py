"""One gesture and its inverse: old and new value of every field it touched.

The operation log follows taskchampion's model (each operation carries what it replaced), so undo, redo, history and
crash recovery are one mechanism.
"""

from __future__ import annotations

from dataclasses import fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui.model.mark import Mark
from tui.model.tags import update_tags

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    FieldValue = str | bool | None | tuple[str, ...] | tuple[tuple[str, str], ...]


class ChangeKind(StrEnum):
    """What sort of step a change is; undo and redo are steps of their own, so that history only ever grows."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"


class FieldChange(NamedTuple):
    """One field of one mark, before and after."""

    field: str
    old: FieldValue
    new: FieldValue


class Change(NamedTuple):
    """One gesture, also a bulk one.

    Attributes:
        number: position in the history, counted from 1.
        at: ISO 8601 UTC instant.
        label: what was done, in a few words, for the history and the undo message.
        marks: paper id and the fields changed in its mark, for every paper touched.
        pages: names of imported pages that this change took in (True) or took out again (False).
        kind: edit, undo or redo.
        of: the number of the change that an undo takes back or a redo does again.
        facts: what changed that belongs to no paper, by name: the saved views.
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
        """The papers touched."""
        return tuple(paper for paper, _ in self.marks)

    @property
    def rereads(self) -> bool:
        """Whether the pages have to be read again after it: some came or went, or records go to other papers."""
        return bool(self.pages) or self.splits

    @property
    def splits(self) -> bool:
        """Whether it assigns records to papers, so that each of its papers is meant by its own id."""
        return any(field.field == "records" for _, fields in self.marks for field in fields)

    @property
    def changes_membership(self) -> bool:
        """Whether there are other papers in the list after it: pages came or went, or papers were joined or split."""
        return self.rereads or any(field.field == "part_of" for _, fields in self.marks for field in fields)


_FIELDS = tuple(field.name for field in fields(Mark))


def diff(old: Mark, new: Mark) -> tuple[FieldChange, ...]:
    """The fields in which two marks differ."""
    return tuple(
        FieldChange(name, getattr(old, name), getattr(new, name))
        for name in _FIELDS
        if getattr(old, name) != getattr(new, name)
    )


def inverse(changes: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
    """The changes that take these back."""
    return tuple(FieldChange(change.field, change.new, change.old) for change in changes)


def apply_changes(mark: Mark, changes: tuple[FieldChange, ...]) -> Mark:
    """The mark after the changes.

    Where tags (or another field of several items) are no longer what the change started from, because twins were
    joined in between, its additions and removals are applied to what is there now, so that nobody's tag is lost.
    """
    new: dict[str, Any] = {}
    for change in changes:
        now = getattr(mark, change.field)
        if isinstance(now, tuple) and now != change.old:
            new[change.field] = _merged(change.field, now, change.old, change.new)
        else:
            new[change.field] = change.new
    return replace(mark, **new) if new else mark


def revert_changes(mark: Mark, changes: tuple[FieldChange, ...]) -> Mark:
    """The mark without the changes; a field that was changed once more since then stays as it is."""
    standing = (
        change for change in changes if isinstance(change.new, tuple) or getattr(mark, change.field) == change.new
    )
    return apply_changes(mark, inverse(tuple(standing)))


def _merged(field: str, now: tuple[Any, ...], old: FieldValue, new: FieldValue) -> tuple[Any, ...]:
    before, after = _items(old), _items(new)
    added = tuple(item for item in after if item not in before)
    removed = tuple(item for item in before if item not in after)
    if field == "tags":
        return update_tags(now, added, removed)
    if field == "corrected":
        kept = {name: text for name, text in now if (name, text) not in removed}
        return tuple(sorted((kept | dict(added)).items()))
    return (*(item for item in now if item not in removed), *(item for item in added if item not in now))


def _items(value: FieldValue) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def timeline(changes: Iterable[Change]) -> list[tuple[Change, bool]]:
    """The edits that undo and redo can reach, each with whether it stands, the newest first.

    Args:
        changes: the whole history, the oldest first.
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
