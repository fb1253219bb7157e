"""All write operations of the program, each on a fresh copy of a small reading list."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.earlier import convert_to_earlier_format
from tui.errors import StoreDamagedError
from tui.model.edit import Edit
from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = """\
CVOct 26, 2023Code
Neural Radiance Fields from Sparse ViewsMaria Garcia, John Smith
Neural radiance fields need many views. We show that three views suffice once depth is regularised.
LGJun 2, 2024
Mixture of Experts on Small DevicesPeter Johnson
Experts do not fit into the memory of a telephone. We page them in by predicting the next expert.
"""
MORE = """\
NIOct 11, 2023
Streaming Key Value Caches for Language ModelsDavid Miller, Anna Schmidt
Language models with long contexts wait for their caches. We compress the cache into a bitstream.
"""
JSON = '[{"id": "0000000001", "title": "Sea Ice from Satellites", "authors": [{"name": "Ada Berg"}], "status": "read", "tags": ["ice"], "note": "taken in"}]'

State = tuple[object, ...]
DAMAGED: State = ("damaged",)


@dataclass(frozen=True)
class World:
    """A folder with listings, a store, a file to import and a target for exports."""

    folder: Path

    @property
    def home(self) -> Paths:
        return Paths(data=self.folder / "data", seeds=self.folder / "seeds")

    @property
    def imported(self) -> Path:
        return self.folder / "more.json"

    @property
    def target(self) -> Path:
        # Inside the watched folder, but outside the store.
        return self.folder / "refs.bib"

    def read_state(self) -> State:
        """The state that a new run finds."""
        try:
            session = Session.open(self.home)
        except StoreDamagedError:
            return DAMAGED
        found = state(session)
        session.close()
        return (*found, self.target.read_bytes() if self.target.exists() else None)


def state(session: Session) -> State:
    """Everything in a reading list except the times."""
    papers = tuple(
        (paper.paper.display_title, paper.mark._replace(read_at=None)) for paper in map(session.entry, session.ids())
    )
    history = tuple(
        (change.number, change.label, change.kind, change.marks, change.pages, change.value_changes)
        for change in session.edits.history()
    )
    return (papers, history, tuple(session.views().items()))


def build(folder: Path, *prepare: Callable[[World], None]) -> World:
    """A world with two papers, two edits in the checkpoint, one in the journal, and one backup."""
    world = World(folder)
    world.home.seeds.mkdir(parents=True)
    (world.home.seeds / "page.txt").write_text(PAGE, encoding="utf-8")
    world.imported.write_text(JSON, encoding="utf-8")
    world.target.write_text("what was there before\n", encoding="utf-8")
    for step in prepare:
        step(world)
    return world


def _store(world: World) -> None:
    session = Session.open(world.home)
    session.edits.mark(session.ids(), Edit(add_tags=("first",)))
    session.edits.mark(session.ids()[:1], Edit(note="a note of some length, " * 20))
    session._store.compact()
    session.edits.mark(session.ids()[1:], Edit(starred=True))
    session.close()


def _imported(world: World) -> None:
    session = Session.open(world.home)
    session.imports.carry_out(session.imports.plan([world.imported]))
    session.close()


def _listing_added(world: World) -> None:
    (world.home.seeds / "second.txt").write_text(MORE, encoding="utf-8")


def _torn(world: World) -> None:
    journal = world.home.data / "marks.journal"
    journal.write_bytes(journal.read_bytes() + b"0123abcd 00000100 {")


def _damaged(world: World) -> None:
    (world.home.data / "marks.json").write_bytes(b"null")


def _lines_damaged(world: World) -> None:
    journal = world.home.data / "marks.journal"
    journal.write_bytes(b"x" + journal.read_bytes()[1:])
    (world.home.data / "papers.json").write_bytes(b"")


def _earlier(world: World) -> None:
    convert_to_earlier_format(world.home.data)


def _older_checkpoint(world: World) -> None:
    """Restore an older checkpoint, as a sync program or a restore may do."""
    marks = world.home.data / "marks.json"
    before = marks.read_bytes()
    session = Session.open(world.home)
    session.edits.mark(session.ids(), Edit(add_tags=("second",)))
    session._store.compact()
    session.edits.mark(session.ids(), Edit(add_tags=("third",)))
    session.close()
    marks.write_bytes(before)


def _edit(session: Session) -> None:
    session.edits.mark(session.ids(), Edit(add_tags=("t",), append_note="more"))


def _compact(session: Session) -> None:
    session._store.compact()


def _synchronise(session: Session) -> None:
    session.sources.synchronise()


def _correct(session: Session) -> None:
    session.curation.correct(session.ids()[0], {"title": "Another Title", "date": "2024-05"})


def _merge(session: Session) -> None:
    session.curation.merge(*session.ids())


def _merged(world: World) -> None:
    _opened(_merge)(world)


def _save_view(session: Session) -> None:
    session.saved_views.save("mine", "radiance")


def _revert_session(session: Session) -> None:
    """Revert two changes in one, as the end of triage does."""
    steps = [change.number for change in session.edits.history(2)]
    session.edits.revert(steps, "take the session back", session.ids())


def _opened(operation: Callable[[Session], object]) -> Callable[[World], None]:
    def carry_out(world: World) -> None:
        session = Session.open_store(world.home)
        try:
            operation(session)
        finally:
            session.close()

    return carry_out


def _first(world: World) -> None:
    session = Session.open(world.home)
    session.edits.mark(session.ids(), Edit(add_tags=("t",)))
    session.close()


def _export(world: World) -> None:
    session = Session.open_store(world.home)
    session.exports.save(session.exports.export(session.ids(), "bibtex"), world.target, force=True)
    session.close()


def _pin(world: World) -> None:
    session = Session.open_store(world.home)
    session.exports.export(session.ids(), "bibtex")
    session.close()


def _export_without_pins(world: World) -> None:
    """Export while the store cannot be written: that is reported, and the export continues."""
    journal = world.home.data / "marks.journal"
    journal.chmod(0o400)
    _export(world)
    journal.chmod(0o600)


def _repair(world: World) -> None:
    Session.repair(world.home, dry_run=False)


def _restore_backup(world: World) -> None:
    name = min(path.name for path in (world.home.data / "backups").iterdir())
    Session.repair(world.home, dry_run=False, source=name)


def _recover(world: World) -> None:
    Session.open(world.home).close()


def _import(world: World) -> None:
    session = Session.open_store(world.home)
    session.imports.carry_out(session.imports.plan([world.imported]))
    session.close()


@dataclass(frozen=True)
class WritePath:
    """One write operation.

    Attributes:
        prepare: makes the world that it starts from.
        run: carries it out.
        partly: its durable steps, if it has several: a kill may leave only these done.
    """

    prepare: tuple[Callable[[World], None], ...]
    run: Callable[[World], None]
    partly: tuple[Callable[[World], None], ...] = ()


#: All write operations.
WRITE_PATHS: dict[str, WritePath] = {
    "the first edit": WritePath((), _first, (_recover,)),
    "an edit": WritePath((_store,), _opened(_edit)),
    "an undo": WritePath((_store,), _opened(lambda session: session.edits.undo())),
    "a stored value": WritePath((_store,), _opened(lambda session: session.values.set("n", 1))),
    "a correction": WritePath((_store,), _opened(_correct)),
    "a merge": WritePath((_store,), _opened(_merge)),
    "a merge undone": WritePath((_store, _merged), _opened(lambda session: session.edits.undo())),
    "a saved view": WritePath((_store,), _opened(_save_view)),
    "a triage session undone": WritePath((_store,), _opened(_revert_session)),
    "a compaction with its backup": WritePath((_store,), _opened(_compact)),
    "listings that changed": WritePath((_store, _listing_added), _opened(_synchronise)),
    "an import": WritePath((_store,), _import),
    "an import undone": WritePath((_store, _imported), _opened(lambda session: session.edits.undo())),
    "an export": WritePath((_store,), _export, (_pin, _export_without_pins)),
    "opening after a torn save": WritePath((_store, _torn), _recover),
    "a repair from a backup": WritePath((_store, _damaged), _repair),
    "a repair of journal and catalogue": WritePath((_store, _lines_damaged), _repair),
    "a repair of an older checkpoint": WritePath((_store, _older_checkpoint), _repair),
    "the first edit of an earlier store": WritePath((_store, _earlier), _opened(_edit)),
    "going back to a backup": WritePath((_store,), _restore_backup),
}


class Ground:
    """Copies of the world that a write operation starts from.

    Attributes:
        allowed: the states that a new run may find after an interruption.
        after: the state that it finds without an interruption.
    """

    def __init__(self, folder: Path, path: WritePath) -> None:
        self._folder = folder
        self._path = path
        build(folder / "template", *path.prepare)
        self._copies = 0
        self.allowed = {self.fresh().read_state()}
        for partly in path.partly:
            world = self.fresh()
            partly(world)
            self.allowed.add(world.read_state())
        done = self.fresh()
        path.run(done)
        self.after = done.read_state()
        self.allowed.add(self.after)

    def fresh(self) -> World:
        """Make one more copy, with the modification times, so that no listing seems to have changed."""
        self._copies += 1
        return World(Path(shutil.copytree(self._folder / "template", self._folder / f"copy{self._copies}")))
