"""Two programs and a simple model carry out any steps in any order, and always agree."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tui.model.change import Change, ChangeKind, FieldChange, apply_changes, inverse
from tui.model.mark import UNTOUCHED, Mark, Status
from tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

AT = "2026-11-20T12:00:00Z"
PAPERS = st.sampled_from(("a", "b", "c"))
WHO = st.integers(0, 1)
MARKS = st.builds(
    UNTOUCHED._replace,
    status=st.sampled_from(Status),
    starred=st.booleans(),
    tags=st.lists(st.sampled_from(("x", "y", "z")), unique=True, max_size=2).map(tuple),
    note=st.sampled_from(("", "n", "größe\n")),
    snoozed_until=st.sampled_from((None, "2027-01-01")),
    read_at=st.sampled_from((None, AT)),
)


class Together(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.data = Path(self.folder.name) / "data"
        self.programs = [Store.open(self.data), Store.open(self.data)]
        self.marks: dict[str, Mark] = {}
        self.pages: list[str] = []
        self.done: list[tuple[dict[str, Mark], list[str]]] = []
        self.undone: list[tuple[dict[str, Mark], list[str]]] = []
        self.steps = 0

    def teardown(self) -> None:
        store = self.programs[0]
        while store.history.undo(at=AT) is not None:
            pass
        assert {paper: store.marks.get(paper)._replace(citation_key=None) for paper in store.marks.ids()} in (
            {},
            dict.fromkeys(store.marks.ids(), UNTOUCHED),
        )
        assert store.sources.names() == ()
        for program in self.programs:
            program.close()
        self.folder.cleanup()

    def remember(self) -> tuple[dict[str, Mark], list[str]]:
        return dict(self.marks), list(self.pages)

    def bring_back(self, state: tuple[dict[str, Mark], list[str]]) -> None:
        keys = {paper: mark.citation_key for paper, mark in self.marks.items()}
        marks, self.pages = dict(state[0]), list(state[1])
        self.marks = {}
        for paper in marks.keys() | keys.keys():
            self.put(paper, marks.get(paper, UNTOUCHED)._replace(citation_key=keys.get(paper)))

    def put(self, paper: str, mark: Mark) -> None:
        self.marks.pop(paper, None)
        if mark != UNTOUCHED:
            self.marks[paper] = mark

    @rule(who=WHO, new=st.dictionaries(PAPERS, MARKS, max_size=3), with_page=st.booleans())
    def edit(self, who: int, new: dict[str, Mark], with_page: bool) -> None:
        before = self.remember()

        def plan(mark: Callable[[str], Mark]) -> Mapping[str, Mark]:
            return {paper: to._replace(citation_key=mark(paper).citation_key) for paper, to in new.items()}

        taken_in = {f"page{self.steps}": b"page"} if with_page else {}
        change = self.programs[who].history.commit("edit", plan, at=AT, imported=taken_in)
        for paper, mark in new.items():
            self.put(paper, mark._replace(citation_key=self.marks.get(paper, UNTOUCHED).citation_key))
        self.pages += taken_in
        assert (change is None) == (self.remember() == before)
        if change is not None:
            self.steps += 1
            self.done.append(before)
            self.undone.clear()
            assert change.number == self.steps

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        change = self.programs[who].history.undo(at=AT)
        assert (change is None) == (not self.done)
        if change is not None:
            self.steps += 1
            self.undone.append(self.remember())
            self.bring_back(self.done.pop())
            assert change.kind is ChangeKind.UNDO

    @rule(who=WHO)
    def redo(self, who: int) -> None:
        change = self.programs[who].history.redo(at=AT)
        assert (change is None) == (not self.undone)
        if change is not None:
            self.steps += 1
            self.done.append(self.remember())
            self.bring_back(self.undone.pop())
            assert change.kind is ChangeKind.REDO

    @rule(who=WHO, paper=PAPERS, key=st.sampled_from(("k1", "k2")))
    def pin(self, who: int, paper: str, key: str) -> None:
        self.programs[who].history.commit(
            "pin", lambda mark: {paper: mark(paper)._replace(citation_key=key)}, at=AT, undoable=False
        )
        self.put(paper, self.marks.get(paper, UNTOUCHED)._replace(citation_key=key))

    @rule(who=WHO)
    def compact(self, who: int) -> None:
        self.programs[who].compact()

    @rule(who=WHO)
    def restart(self, who: int) -> None:
        self.programs[who].close()
        self.programs[who] = Store.open(self.data)

    @rule(who=WHO)
    def poll(self, who: int) -> None:
        program = self.programs[who]
        seen = {paper: program.marks.get(paper) for paper in ("a", "b", "c")}
        touched = program.poll()
        for paper, mark in seen.items():
            assert paper in touched or program.marks.get(paper) == mark

    @rule()
    @precondition(lambda self: (self.data / "marks.journal").exists())
    def crash_in_an_edit(self) -> None:
        with (self.data / "marks.journal").open("ab") as log:
            log.write(b"0123abcd 000")

    @invariant()
    def a_new_program_sees_the_model(self) -> None:
        store = Store.open(self.data)
        assert {paper: store.marks.get(paper) for paper in store.marks.ids()} == self.marks
        assert set(store.sources.names()) == set(self.pages)
        assert (store.history.undoable() is None, store.history.redoable() is None) == (
            not self.done,
            not self.undone,
        )
        assert replayed(store.history.changes()) == {
            paper: mark._replace(citation_key=None)
            for paper, mark in self.marks.items()
            if mark._replace(citation_key=None) != UNTOUCHED
        }
        store.close()


def replayed(history: tuple[Change, ...]) -> dict[str, Mark]:
    marks: dict[str, Mark] = {}
    for change in reversed(history):
        for paper, fields in change.marks:
            before = marks.get(paper, UNTOUCHED)
            after = apply_changes(before, fields)
            assert exactly_applied(after, inverse(fields)) == before
            marks[paper] = after
    return {paper: mark for paper, mark in marks.items() if mark != UNTOUCHED}


def exactly_applied(mark: Mark, fields: tuple[FieldChange, ...]) -> Mark:
    assert all(getattr(mark, field.field) == field.old for field in fields)
    return apply_changes(mark, fields)


TestTogether = Together.TestCase
TestTogether.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
