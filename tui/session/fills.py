"""Completes papers from other people's records: finds what is missing, shows it, and takes it as one undoable step.

What is taken is kept as a source of its own, so that it is read again with the others: one line a paper, with the
fields and where each came from. A later run replaces that source by one with everything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.ingest.completion_records import (
    completed_fields,
    is_completion_source,
    is_of_other_year,
    replaces_authors,
    source_name,
)
from tui.ingest.source_file import decode_source
from tui.model.publication import NO_PUBLICATION, PUBLICATION_FIELDS, encode_publication
from tui.session.fill_files import FileResult, read_files
from tui.sources.matching import WantedIndex, decide, wanted_paper
from tui.store.checkpoint import gc_paused
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from tui.model.change import Change
    from tui.model.entry import Entry
    from tui.model.paper import Paper
    from tui.session.catalogue_rebuild import SourceSync
    from tui.session.entries import Entries
    from tui.session.network import Connection
    from tui.sources.external_record import ExternalRecord
    from tui.sources.matching import RecordMatch
    from tui.store.store import Store

# Key of the stored value with the records that the user refused: pairs of paper id and name of the record.
_REFUSED = "refused records"
_AUTHORS = "; "
# In the order in which they are shown.
_FIELDS = ("title", "authors", "date", "eprint", "doi", "category", "abstract", "publication")


class FieldFill(NamedTuple):
    """A field that a record would fill.

    Attributes:
        field: its name.
        old: its present value as text; empty if it has none.
        new: its value after filling.
    """

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FillProposal:
    """What one record would fill in one paper.

    Attributes:
        paper_id: the paper.
        title: its title, or the first words of its abstract.
        fields: what would be filled.
        sure: whether the evidence suffices without a question.
        evidence: what speaks for and against the record, in words.
        origin: where the record was found.
        key: names the record.
        address: the record's page; empty if it has none.
    """

    paper_id: str
    title: str
    fields: tuple[FieldFill, ...]
    sure: bool
    evidence: tuple[str, ...]
    origin: str
    key: str
    address: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FillPlan:
    """What can be filled; ``Fills.apply`` does it.

    Attributes:
        proposals: the sure ones of each paper first, in the order of the papers.
        searched: number of papers that were searched for.
        found: number of these of which a record was found, even if it has nothing new.
        files: what was read.
        stopped: whether reading was stopped early.
        problems: what went wrong with services, with a hint each.
    """

    proposals: tuple[FillProposal, ...]
    searched: int
    found: int
    files: tuple[FileResult, ...] = ()
    stopped: bool = False
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def sure(self) -> tuple[FillProposal, ...]:
        """What is taken without a question."""
        return tuple(proposal for proposal in self.proposals if proposal.sure)


class Fills:
    """Completes the papers of one reading list.

    Args:
        store: the open store.
        entries: its papers with their marks.
        source_sync: its sources.
        on_changed: called when papers have changed.
        now: returns the current ISO 8601 UTC instant.
    """

    def __init__(
        self,
        store: Store,
        entries: Entries,
        source_sync: SourceSync,
        on_changed: Callable[[], None],
        now: Callable[[], str],
    ) -> None:
        self._store = store
        self._entries = entries
        self._source_sync = source_sync
        self._on_changed = on_changed
        self._now = now

    def wanted(self, ids: Iterable[str]) -> WantedIndex:
        """The papers to find records of."""
        refused: dict[str, list[str]] = {}
        for paper_id, key in self._refused():
            refused.setdefault(paper_id, []).append(key)
        papers = ((self._entries.entry(paper_id).paper, refused.get(paper_id, ())) for paper_id in ids)
        return WantedIndex.of(wanted_paper(paper, keys) for paper, keys in papers)

    def plan(
        self,
        ids: Iterable[str],
        files: Sequence[Path],
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> FillPlan:
        """Find what files know about papers; changes nothing.

        Args:
            ids: the papers.
            files: the files to read.
            progress: called with (done, total) while they are read.
            stopped: whether to stop early; what was found until then is in the plan.

        Raises:
            BadInputError: a file cannot be read, or its format is unknown.
        """
        wanted = self.wanted(ids)
        results = read_files(files, wanted, progress, stopped)
        return self.propose(wanted, [match for result in results for match in result.matches], tuple(results))

    def plan_online(
        self,
        ids: Iterable[str],
        connection: Connection,
        contact: str = "",
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> FillPlan:
        """Find what services know about papers; changes nothing. What went wrong is in the plan.

        Args:
            ids: the papers; their titles are sent, of those that are not found the first words of the abstracts.
            connection: sends the requests.
            contact: the user's address, sent to Crossref only; empty for none.
            progress: called with (done, total).
            stopped: whether to stop early; what was found until then is in the plan.
        """
        from tui.sources.online import OnlineLookup  # noqa: PLC0415 - only if the network is allowed

        wanted = self.wanted(ids)
        found = OnlineLookup(connection.client, connection.spacing, contact, progress, stopped).look_up(wanted)
        plan = self.propose(wanted, found.matches)
        return replace(plan, problems=found.problems, stopped=not found.complete)

    def connect(self) -> Connection:
        """What is needed to send requests; nothing is sent yet."""
        from tui.session.network import connect  # noqa: PLC0415 - only if the network is allowed

        return connect(self._store.data)

    def planned_requests(self, ids: Iterable[str], contact: str = "") -> tuple[str, ...]:
        """The addresses that ``plan_online`` would request first; later ones depend on the answers."""
        from tui.sources.online import planned_requests  # noqa: PLC0415 - only on request

        return tuple(planned_requests(self.wanted(ids), contact))

    def propose(
        self, wanted: WantedIndex, matches: Iterable[RecordMatch], files: tuple[FileResult, ...] = ()
    ) -> FillPlan:
        """What records would fill."""
        by_paper: dict[str, list[RecordMatch]] = {paper_id: [] for paper_id in wanted.papers}
        for match in matches:
            by_paper[match.paper_id].append(match)
        filled = self._filled_lines()
        proposals: list[FillProposal] = []
        for paper_id, found in by_paper.items():
            entry = self._entries.entry(paper_id)
            taken: set[str] = set()
            for match in decide(found):
                values = _values(entry, match.record, match.key, filled.get(paper_id, {}))
                # Of two sure records, the second gives only what the first does not have, and a venue with its date.
                own = {"date"} if "publication" in values and "publication" not in taken else set()
                values = {name: value for name, value in values.items() if name not in taken - own}
                if values:
                    proposals.append(_proposal(entry, match, values))
                    taken.update(values if match.sure else ())
        stopped = any(not result.complete for result in files)
        return FillPlan(
            tuple(proposals), len(by_paper), sum(map(bool, by_paper.values())), files=files, stopped=stopped
        )

    def apply(
        self,
        taken: Sequence[FillProposal],
        refused: Collection[FillProposal] = (),
        progress: Any = None,  # noqa: ANN401
    ) -> Change | None:
        """Take proposals, and remember refused ones, as one undoable step; see ``write`` and ``publish``."""
        change = self.write(taken, refused, progress)
        if change is not None:
            self.publish()
        return change

    def write(
        self,
        taken: Sequence[FillProposal],
        refused: Collection[FillProposal] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> Change | None:
        """Take proposals as one undoable step, which ``publish`` makes visible; may run in another thread.

        Args:
            taken: what to fill; where two give the same field, the first one counts.
            refused: records never to propose again for their papers.
            progress: called with (done, total) while the sources are read.

        Raises:
            WriteError, StoreBusyError: nothing was changed.
        """
        with self._store.write_lock:
            lines = self._filled_lines()
            # The last one written wins: of two, the first; of two dates, that which comes with a venue.
            for proposal in sorted(taken, key=lambda each: "publication" not in each.values)[::-1]:
                line = lines.setdefault(proposal.paper_id, {"completes": proposal.paper_id})
                line |= proposal.values
                for name in ("records", "origins"):
                    own = proposal.key if name == "records" else proposal.origin
                    line[name] = line.get(name, {}) | dict.fromkeys(proposal.values, own)
            old = [name for name in self._store.sources.names() if is_completion_source(name)]
            name = source_name(1 + sum(map(is_completion_source, self._store.sources.all_names())))
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for _, line in sorted(lines.items()))
            contents = {name: text.encode("utf-8", "replace")} if taken else {}
            result = None
            if contents:
                sources = [source for source in self._source_sync.read_files() if source.name not in old]
                sources.append(decode_source(name, contents[name]))
                result = self._source_sync.read(sources, self._now(), progress)
            with gc_paused(freeze=False):
                change = self._store.history.commit(
                    _label(taken, refused),
                    lambda _: {},
                    at=self._now(),
                    imported=contents,
                    replaced=old if contents else (),
                    values_of=lambda: self._with_refused(refused),
                )
                if result is not None:
                    self._source_sync.replace_catalogue(result, self._source_sync.fingerprints())
            return change

    def publish(self) -> None:
        """Make what was written visible to the session."""
        self._on_changed()

    def _refused(self) -> list[tuple[str, str]]:
        stored = self._store.values.get(_REFUSED)
        return [(str(first), str(second)) for first, second in stored] if isinstance(stored, list) else []

    def _with_refused(self, refused: Collection[FillProposal]) -> dict[str, tuple[tuple[str, str], ...]]:
        pairs = dict.fromkeys(self._refused()) | dict.fromkeys((each.paper_id, each.key) for each in refused)
        return {_REFUSED: tuple(pairs)} if refused else {}

    def _filled_lines(self) -> dict[str, dict[str, Any]]:
        """What was filled before, by paper; a line that cannot be read is reported when the sources are read."""
        lines: dict[str, dict[str, Any]] = {}
        for name in filter(is_completion_source, self._store.sources.names()):
            path = self._store.sources.path(name)
            for text in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else ():
                try:
                    line = json.loads(text)
                except ValueError:
                    continue
                if isinstance(line, dict) and isinstance(line.get("completes"), str):
                    lines[self._store.catalogue.canonical_id(line["completes"])] = line
        return lines


def _label(taken: Sequence[FillProposal], refused: Collection[FillProposal]) -> str:
    papers = {proposal.paper_id: proposal.title for proposal in (taken or tuple(refused))}
    if len(papers) == 1:
        return f"{'fill' if taken else 'reject records'}: {next(iter(papers.values()))}"
    return f"{'fill' if taken else 'reject records for'} {pluralise(len(papers))}"


def _values(entry: Entry, record: ExternalRecord, key: str, filled: Mapping[str, Any]) -> dict[str, Any]:
    """What a record would fill in a paper: empty fields, and fields that the same record filled before."""
    paper = entry.printed or entry.paper
    corrected = {name for name, _ in entry.mark.corrected}
    again = {name for name in completed_fields(paper) if filled.get("records", {}).get(name) == key}
    if record.publication == NO_PUBLICATION and paper.publication != NO_PUBLICATION:
        again.discard("date")  # of the preprint
    offered: dict[str, Any] = {
        "date": str(record.date or ""),
        "eprint": record.eprint,
        "doi": record.doi,
        "category": record.category,
    }
    if not paper.title and not paper.abstract:
        offered |= {"title": record.title, "abstract": record.abstract}
    present = {name: str(getattr(paper, name, None) or "") for name in offered if hasattr(paper, name)}
    values = {
        name: value
        for name, value in offered.items()
        if value and name not in corrected and (present.get(name) == "" or (name in again and value != present[name]))
    }
    # A venue whose year is unknown would be cited with the year of the preprint.
    is_dated = record.date is not None and record.date.year is not None
    if (
        record.publication != NO_PUBLICATION
        and (is_dated or paper.date is None)
        and (
            paper.publication == NO_PUBLICATION
            or ("publication" in again and record.publication != paper.publication)
        )
    ):
        values["publication"] = encode_publication(record.publication)
    is_published_by_it = record.publication != NO_PUBLICATION and ("publication" in values or "publication" in again)
    if is_published_by_it and "date" not in corrected and is_of_other_year(paper.date, record.date):
        values["date"] = str(record.date)
    if "authors" not in corrected and (
        replaces_authors(paper, record.authors, truncated=record.authors_truncated)
        or ("authors" in again and record.authors and record.authors != paper.authors)
    ):
        values["authors"] = list(record.authors)
        if record.authors_truncated:
            values["authors_truncated"] = True
    return values


def _proposal(entry: Entry, match: RecordMatch, values: Mapping[str, Any]) -> FillProposal:
    record = match.record
    paper = entry.printed or entry.paper
    shown = [FieldFill(name, _text(paper, name), _shown(values, name)) for name in _FIELDS[:-1] if name in values]
    if "publication" in values:
        shown += _publication_fields(paper, record)
    address = (
        f"https://arxiv.org/abs/{record.eprint}"
        if record.eprint
        else f"https://doi.org/{record.doi}"
        if record.doi
        else next(iter(record.links), "")
    )
    return FillProposal(
        entry.id,
        entry.paper.display_title,
        tuple(shown),
        match.sure,
        match.evidence,
        record.origin,
        match.key,
        address,
        values,
    )


def _publication_fields(paper: Paper, record: ExternalRecord) -> list[FieldFill]:
    """The fields of a publication, which is taken as a whole."""
    shown: list[FieldFill] = []
    for row in PUBLICATION_FIELDS:
        values = (getattr(publication, row.name) for publication in (paper.publication, record.publication))
        old, new = (row.kind.text(value) if value and row.is_correctable else "" for value in values)
        if old != new:
            shown.append(FieldFill(row.label, old, new))
    return shown


def _text(paper: Paper, name: str) -> str:
    if name == "authors":
        return _AUTHORS.join((*paper.authors, *(("et al.",) if paper.authors_truncated else ())))
    return str(getattr(paper, name, None) or "")


def _shown(values: Mapping[str, Any], name: str) -> str:
    if name == "authors":
        return _AUTHORS.join((*values["authors"], *(("et al.",) if values.get("authors_truncated") else ())))
    return str(values[name])
