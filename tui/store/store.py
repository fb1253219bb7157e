"""The library: papers, marks and the history of one data folder. The one door to what is on disk.

One gesture is one change, one transaction, one line on disk, one undo. A line is appended and synced first, and only
then applied in memory. Several processes may have the folder open; each follows what the others write. Must not know
of pages, queries or screens.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from threading import RLock
from typing import TYPE_CHECKING, Any, Self, cast

from tui.errors import ReadlistError
from tui.model.change import Change, ChangeKind, diff
from tui.model.mark import UNTOUCHED
from tui.store import added_days, codec, conflict_copies, imported_sources, key_values, paper_digests, strict_json
from tui.store.catalogue import Catalogue
from tui.store.checkpoint import gc_paused
from tui.store.journal_table import Database
from tui.store.lock import Lock
from tui.store.source_digests import SourceDigests
from tui.store.undo_stacks import UndoStacks
from tui.store.undo_step import step_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tui.model.change import FieldValue
    from tui.model.mark import Mark
    from tui.model.paper import Paper
    from tui.store.checkpoint import Document
    from tui.store.journal_format import Transaction
    from tui.store.storage import JournalStorage
    from tui.store.strict_json import Json

    Plan = Callable[[Callable[[str], Mark]], Mapping[str, Mark]]
    Facts = Callable[[], Mapping[str, FieldValue]]

_MANY = 5_000


class Store:
    """One data folder, opened. Every method may be called from any thread.

    Attributes:
        data: the folder; made when first written to.
        revision: grows whenever marks, history, pages or facts are no longer what they were.
        undisturbed: who holds it lets no other thread change or close the store meanwhile.
        sources: the imported files.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.revision = 0
        self._guard = self.undisturbed = RLock()
        self._lock = Lock(data / ".lock")
        self._catalogue = Catalogue(data / "papers.json", self._lock)
        self._database = Database(data / "marks.json", self._lock)
        self._storage = cast("JournalStorage", self._database.storage)
        self._storage.heard = self._on_transaction
        self.sources = SourceDigests(data, self._storage)
        self._marks: Mapping[str, Document] = {}
        self._decoded: dict[str, tuple[Document, Mark]] = {}
        self._marked: frozenset[str] | None = None
        self._stacks = UndoStacks()
        self._touched: set[str] = set()
        self._take_over()

    @classmethod
    def open(cls, data: Path) -> Self:
        """Open a folder; where there never was a store, it is an empty one, and nothing is written yet.

        Raises:
            StoreDamagedError: the store cannot be trusted; nothing was overwritten.
            StoreBusyError: another process does not let go of it.
            CannotWriteError: something that is no file stands where a file of the store should be.
        """
        return cls(data)

    @staticmethod
    def repair(data: Path, *, dry_run: bool = False, source: str | None = None) -> tuple[str, ...]:
        """Mend a folder, nothing being deleted; all is as ``tui.store.repair.repair`` has it."""
        from tui.store import repair, source_repair  # noqa: PLC0415 - a store that opens needs no mending

        said = repair.repair(data, dry_run=dry_run, source=source)
        return (*said, *source_repair.repair_sources(data, dry_run=dry_run))

    def close(self) -> None:
        """Fold a long journal into the checkpoint, and let go of the folder. There is nothing to save."""
        with self._guard:
            if self._storage.wants_compaction:
                # Everything is on disk already; who cannot tidy up now leaves it to the next run.
                with suppress(ReadlistError):
                    self.compact()
            self._database.close()
            self._lock.close()

    @property
    def read_only(self) -> bool:
        """Whether marks can only be read, because the folder or a file of the store is write-protected."""
        return self._storage.read_only

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know about the state of the store, a sentence each."""
        return (*self._storage.notices, *conflict_copies.conflict_copies(self.data))

    # Papers

    def ids(self) -> tuple[str, ...]:
        """Every paper's id, in catalogue order."""
        return self._catalogue.ids()

    def paper(self, id: str) -> Paper:  # noqa: A002 (the vocabulary's own word)
        """One paper.

        Raises:
            KeyError: there is none of that id.
        """
        return self._catalogue.paper(id)

    def papers(self) -> tuple[Paper, ...]:
        """Every paper, in catalogue order; quicker than one by one where there are very many."""
        ids = self.ids()
        with gc_paused(lasting=len(ids) > _MANY):
            return tuple(map(self.paper, ids))

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return id in self._catalogue

    @property
    def catalogue_meta(self) -> Mapping[str, Any]:
        """What :meth:`replace_catalogue` was given with the papers; empty where there is no catalogue."""
        return self._catalogue.meta

    def replace_catalogue(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Put other papers in place of all; all or nothing. Marks stay, also those of papers that are gone.

        Raises:
            CannotWriteError: the disk refused.
            StoreBusyError: another process holds the lock.
            StoreDamagedError: the catalogue on disk is damaged.
        """
        with self._guard:
            papers = tuple(papers)
            self._catalogue.replace(papers, meta)
            with suppress(ReadlistError), self._storage.transaction():
                paper_digests.stage(self._storage, self._catalogue, self._marks)
                added_days.stage(self._storage, papers)
            self.sources.protect()

    def hold_catalogue(self, papers: Iterable[Paper], meta: Mapping[str, Any]) -> None:
        """Put other papers in place of all in memory alone, until somebody writes another catalogue."""
        with self._guard:
            self._catalogue.replace_in_memory(papers, meta)

    # Marks

    def mark(self, id: str) -> Mark:  # noqa: A002
        """The mark of one paper; ``UNTOUCHED`` where there is none, also for an unknown id."""
        document = self._marks.get(id)
        if document is None:
            return UNTOUCHED
        # A mark is remembered with the document it was decoded from, so that readers need no lock.
        of, mark = self._decoded.get(id, (None, UNTOUCHED))
        if of is not document:
            mark = codec.decode_mark(id, document)
            self._decoded[id] = (document, mark)
        return mark

    def marked(self) -> frozenset[str]:
        """The ids whose mark is not ``UNTOUCHED``, also of papers that are not in the catalogue."""
        with self._guard:
            if self._marked is None:
                self._marked = frozenset(self._marks)
            return self._marked

    def merged_ids(self) -> dict[str, str]:
        """The ids whose mark says that they are part of another paper, with the id of that one."""
        return {id_: document["part_of"] for id_, document in self._marks.items() if "part_of" in document}

    def pinned(self) -> dict[str, str]:
        """The names of records that the user assigned to a paper, each with the paper's id."""
        return {name: id_ for id_, document in self._marks.items() for name in document.get("records", ())}

    def canonical_id(self, id: str) -> str:  # noqa: A002
        """The paper that the pages made a paper of this id part of; the id itself where they did not."""
        return self._catalogue.canonical_id(id)

    def remembered(self) -> tuple[Paper, ...]:
        """The marked papers as their marks remember them, whatever the catalogue has: id, title, first words."""
        return paper_digests.papers(self._storage)

    def commit(
        self,
        label: str,
        plan: Plan,
        *,
        at: str,
        taken_in: Mapping[str, bytes] | None = None,
        facts_of: Facts | None = None,
        remembered: bool = True,
    ) -> Change | None:
        """Change marks, all or nothing, on top of what other processes have done.

        Args:
            label: what is being done, in a few words.
            plan: given a reader of marks, returns the new marks by id; called once, under the lock.
            at: ISO 8601 UTC instant.
            taken_in: imported pages, name and bytes, that this change takes in; copies of them are kept.
            facts_of: returns facts as pairs of texts, by name; called once, under the lock.
            remembered: whether it is a step of the history. One that is not has number 0 and cannot be undone.

        Returns:
            The change; None where nothing would change, and then nothing was written.

        Raises:
            CannotWriteError: the disk refused; nothing changed, neither on disk nor in memory.
            StoreBusyError: another process holds the lock, or has just taken in another page of one of the names.
            StoreDamagedError: what is on disk cannot be trusted.
        """
        with self._guard, self._storage.transaction():
            new = {id_: codec.storable_mark(mark) for id_, mark in plan(self.mark).items()}
            fields = {id_: diff(self.mark(id_), mark) for id_, mark in new.items()}
            change = Change(
                number=self._stacks.latest + 1 if remembered else 0,
                at=at,
                label=strict_json.replace_surrogates(label),
                marks=tuple((id_, changed) for id_, changed in fields.items() if changed),
                pages=tuple((page, True) for page in taken_in or ()),
                value_changes=key_values.changed(self._storage, facts_of() if facts_of else {}),
            )
            if not (change.marks or change.pages or change.value_changes):
                return None
            if taken_in:
                # Inside the transaction: between the copies and the line that takes them in nobody else may tidy up.
                imported_sources.keep(self.data, taken_in, self.page_names())
                self.sources.record(taken_in)
            self._write(change, new)
        if taken_in:
            self.sources.protect()
        return change

    def undo(self, *, at: str) -> Change | None:
        """Take back the newest change not taken back yet; None where there is none. Raises as :meth:`commit` does."""
        return self._step(ChangeKind.UNDO, at)

    def redo(self, *, at: str) -> Change | None:
        """Do again what the newest undo took back; None where there is nothing. Raises as :meth:`commit` does."""
        return self._step(ChangeKind.REDO, at)

    def undoable(self) -> Change | None:
        """The change that :meth:`undo` would take back."""
        return self._change(self._stacks.undoable)

    def redoable(self) -> Change | None:
        """The change that :meth:`redo` would do again."""
        return self._change(self._stacks.redoable)

    def history(self, limit: int | None = None) -> tuple[Change, ...]:
        """The changes, newest first; at most so many as ``limit`` says, all of them where it is None."""
        with self._guard:
            every = (self._change(number) for number in range(self._stacks.latest, 0, -1))
            return tuple(islice((change for change in every if change is not None), limit))

    def pages(self) -> tuple[str, ...]:
        """Names of the imported pages that are taken in, in the order they were."""
        return tuple(self._storage.table("imports"))

    def page_path(self, name: str) -> Path:
        """Where the copy of an imported page lies; the catalogue can be made anew from these copies."""
        return self.sources.path(name)

    def page_names(self) -> frozenset[str]:
        """The names of all pages that were ever taken in, also of those that were taken out again."""
        return imported_sources.imported({name: self._storage.table(name) for name in ("imports", "history")})

    def added(self) -> dict[str, str]:
        """The ISO 8601 UTC instant at which each paper first came into the list, by id."""
        return added_days.days(self._storage)

    def _step(self, kind: ChangeKind, at: str) -> Change | None:
        with self._guard, self._storage.transaction():
            step = self.undoable() if kind is ChangeKind.UNDO else self.redoable()
            if step is None:
                return None
            number = self._stacks.latest + 1
            change, new = step_change(step, kind, number, at, self.mark, self._catalogue.canonical_id)
            self._write(change, new)
        return change

    def _write(self, change: Change, new: Mapping[str, Mark]) -> None:
        marks = {id_: codec.encode_mark(new[id_]) or None for id_ in change.ids}
        if marks:
            self._storage.stage("marks", marks)
            paper_digests.stage(self._storage, self._catalogue, marks)
        if change.pages:
            self._storage.stage("imports", {page: {"at": change.at} if on else None for page, on in change.pages})
        if change.value_changes:
            key_values.stage(self._storage, {fact.field: fact.new for fact in change.value_changes})
        if change.number:
            self._storage.stage("history", {str(change.number): codec.encode_change(change)})

    def _change(self, number: int | None) -> Change | None:
        document = self._storage.table("history").get(str(number))
        return None if number is None or document is None else codec.decode_change(number, document)

    # Facts

    def get_value(self, name: str) -> Json:
        """What was last remembered under a name; None where nothing was."""
        return key_values.get_value(self._storage, name)

    def facts(self, prefix: str) -> dict[str, Json]:
        """What was last remembered under each name that begins so."""
        return key_values.values(self._storage, prefix)

    def set_value(self, name: str, value: Json) -> None:
        """Keep a small durable fact that is no change of a mark, such as the last place. None forgets it.

        Args:
            name: its name.
            value: anything JSON can hold.

        Raises:
            CannotWriteError, StoreBusyError, StoreDamagedError: as :meth:`commit` does.
        """
        plain = strict_json.loads(strict_json.dumps(value))
        with self._guard:
            if self.get_value(name) != plain:
                with self._storage.transaction():
                    key_values.stage(self._storage, {name: plain})

    # Other processes

    def poll(self) -> frozenset[str]:
        """Follow what other processes did.

        Returns:
            The ids whose mark others changed since the last look, also if a commit has met the changes in between;
            every id where the catalogue is another one.

        Raises:
            StoreDamagedError: what is on disk cannot be trusted; memory stays as it was.
        """
        with self._guard:
            self._storage.catch_up()
            if self._catalogue.catch_up():
                self._touched.update(self.ids())
            touched = frozenset(self._touched)
            self._touched.clear()
            return touched

    def compact(self) -> None:
        """Fold the journal into the checkpoint, and keep a verified backup.

        Raises:
            CannotWriteError, StoreBusyError, StoreDamagedError: as :meth:`commit` does.
        """
        with self._guard:
            self.sources.protect()
            self._storage.compact()

    def check(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is damaged in the folder, and what else is to be known of it, a sentence each."""
        from tui.store import integrity  # noqa: PLC0415 - see ``repair``

        with self._guard:
            return integrity.report(self.data, self._storage, self.page_names())

    def _on_transaction(self, transaction: Transaction | None, own: bool) -> None:
        if transaction is None:
            old = self._marks
            self._take_over()
            self._touched.update(
                id_ for id_ in old.keys() | self._marks.keys() if old.get(id_) != self._marks.get(id_)
            )
            return
        for id_ in transaction.put.get("marks", ()):
            if not own:
                self._touched.add(id_)
        for number, document in transaction.put.get("history", {}).items():
            if document is not None:
                self._stacks.add(int(number), document)
        self._marks = self._storage.table("marks")
        self._marked = None
        self.revision += 1

    def _take_over(self) -> None:
        self._marks = self._storage.table("marks")
        self._decoded = {}
        self._marked = None
        self._stacks = UndoStacks()
        history = self._storage.table("history")
        for number in sorted(map(int, history)):
            self._stacks.add(number, history[str(number)])
        self.revision += 1
