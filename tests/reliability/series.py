"""A reproducible series of gestures (actions of a user), and a simple model of their results, independent of the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from tui.model.change import Change, ChangeKind, diff
from tui.model.edit import Edit
from tui.model.mark import UNTOUCHED, Mark, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.store.store import Store

PAPERS = tuple(f"{number:010x}" for number in range(40))
_WORDS = ("nerf", "radiance", "Größe", "日本", "“quoted”", "ends\n", "\t", "\\", "\x00", "é")


@dataclass(frozen=True)
class Gesture:
    """An edit of some papers, or another operation."""

    verb: str
    papers: tuple[str, ...] = ()
    edit: Edit = field(default_factory=Edit)


def gesture(seed: int, number: int) -> Gesture:
    """The gesture with a number in the series of a seed."""
    chance = Random(f"{seed}/{number}")  # noqa: S311  (reproducible on purpose)
    verb = chance.choices(("edit", "undo", "redo", "remember", "compact"), (80, 8, 6, 4, 4))[0]
    papers = tuple(chance.sample(PAPERS, chance.choice((1, 1, 1, 1, 3, 20))))
    text = " ".join(chance.choices(_WORDS, k=chance.choice((0, 3, 40, 400))))
    edits = (
        Edit(status=chance.choice(tuple(Status))),
        Edit(starred=chance.random() < 0.5),
        Edit(add_tags=(f"t{chance.randrange(9)}",), remove_tags=(f"t{chance.randrange(9)}",)),
        Edit(note=text),
        Edit(append_note=f"{number}"),
        Edit(snoozed_until=chance.choice(("", "2027-01-01"))),
        Edit(priority=chance.choice(("", "high")), due=chance.choice(("", "2027-01-01"))),
        Edit(removed=chance.random() < 0.5),
    )
    return Gesture(verb, papers, chance.choice(edits))


def perform(store: Store, action: Gesture, number: int) -> None:
    """Carry out a gesture; return when the store has acknowledged it."""
    at = str(number)

    def plan(mark: Callable[[str], Mark]) -> Mapping[str, Mark]:
        return {paper: action.edit.apply(mark(paper), at) for paper in action.papers}

    match action.verb:
        case "edit":
            store.history.commit(action.edit.label, plan, at=at)
        case "undo":
            store.history.undo(at=at)
        case "redo":
            store.history.redo(at=at)
        case "remember":
            store.values.set("place", number)
        case "compact":
            store.compact()


@dataclass
class Model:
    """The expected contents of the store, kept in the simplest way: each state as a whole."""

    marks: dict[str, Mark] = field(default_factory=dict)
    place: int | None = None
    history: list[Change] = field(default_factory=list)
    _done: list[tuple[Change, dict[str, Mark]]] = field(default_factory=list)
    _undone: list[tuple[Change, dict[str, Mark]]] = field(default_factory=list)

    def follow(self, action: Gesture, number: int) -> None:
        """Apply a gesture."""
        before = dict(self.marks)
        if action.verb == "remember":
            self.place = number
        elif action.verb == "edit":
            for paper in action.papers:
                self.marks[paper] = action.edit.apply(self.marks.get(paper, UNTOUCHED), str(number))
            if (
                change := self._record(before, action.edit.label, number, ChangeKind.EDIT, None, action.papers)
            ) is not None:
                self._done.append((change, before))
                self._undone.clear()
        elif action.verb in ("undo", "redo"):
            source, target = (self._done, self._undone) if action.verb == "undo" else (self._undone, self._done)
            if source:
                change, self.marks = source.pop()
                target.append((change, before))
                self._record(before, change.label, number, ChangeKind(action.verb), change.number, change.ids)

    def _record(
        self,
        before: dict[str, Mark],
        label: str,
        number: int,
        kind: ChangeKind,
        of: int | None,
        papers: tuple[str, ...],
    ) -> Change | None:
        self.marks = {paper: mark for paper, mark in self.marks.items() if mark != UNTOUCHED}
        fields = ((paper, diff(before.get(paper, UNTOUCHED), self.marks.get(paper, UNTOUCHED))) for paper in papers)
        changed = tuple((paper, changes) for paper, changes in fields if changes)
        if kind is ChangeKind.EDIT and not changed:
            return None
        change = Change(len(self.history) + 1, str(number), label, changed, kind=kind, undoes=of)
        self.history.append(change)
        return change

    def differs_from(self, store: Store) -> str:
        """Describe the first difference from a store; empty if there is none."""
        marks = {paper: store.marks.get(paper) for paper in store.marks.ids()}
        for paper in self.marks.keys() | marks.keys():
            if marks.get(paper) != self.marks.get(paper):
                return f"the mark of {paper} is {marks.get(paper)!r}, should be {self.marks.get(paper)!r}"
        if store.values.get("place") != self.place:
            return f"the place is {store.values.get('place')}, should be {self.place}"
        history = store.history.changes()[::-1]
        if history != tuple(self.history):
            return f"the history has {len(history)} changes, should have {len(self.history)}, or they differ"
        return ""
