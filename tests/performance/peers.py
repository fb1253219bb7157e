"""The same work by other programs: ``python -m tests.performance --peers``, a table in Markdown.

Each session of readlist is followed by one of the peer on a pseudo-terminal of the same size, and a ratio is the median
of those pairs. Programs that are not installed are skipped.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.performance.clock import until_end, whole
from tests.performance.peer_programs import Peer, peers
from tests.performance.terminal_program import TerminalProgram
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.model.paper import Paper
    from tui.paths import Paths

_PASS = [sys.executable, "-c", "pass"]
_READLIST = [sys.executable, "-c", "import sys; from tui.__main__ import main; sys.exit(main())"]
_SESSIONS = 3  # pairs of sessions for queries and keys
_MOVES = 5  # of the cursor in each
_STARTS_ONLY = 20_000  # papers; in longer lists only the start is measured
_SHORTEST_WORD = 6
_TIMEOUT = 60.0  # seconds
_START, _PLAIN = "startup to first title", "the same, without a remembered frame"
_QUERY, _KEY = "query to updated list", "key press to moved cursor"
_LIST, _TAG = "search for a word on the command line", "tag the paper that contains a word on the command line"
_JOBS = (_START, _PLAIN, _QUERY, _KEY, _LIST, _TAG)


class _Pairs(NamedTuple):
    """Medians of paired runs.

    Attributes:
        ours: seconds of readlist.
        theirs: seconds of the peer.
        ratio: ours to theirs.
    """

    ours: float
    theirs: float
    ratio: float


class _Target(NamedTuple):
    """A paper that a query finds: a word of its title that no other title has, and how the title begins."""

    word: str
    beginning: str


def peer_table(home: Paths, environ: Mapping[str, str], runs: int) -> list[str]:
    """The lines of a table in Markdown: milliseconds, and in brackets how many times those of the peer ours are.

    Args:
        home: the list.
        environ: the environment of readlist.
        runs: pairs of each start and each command.
    """
    session = Session.open(home)
    papers = [entry.paper for entry in map(session.entry, session.ids()) if entry.paper.title]
    session.close()
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(papers, environ, runs)
        floor = bench.paired(bench.remembered_start, lambda: until_end(_PASS, dict(environ)), runs)
        columns: dict[str, dict[str, _Pairs]] = {"python -c pass": {_START: floor}}
        for peer in peers(Path(folder), papers, _tell):
            _tell(f"measuring {peer.name}")
            try:
                columns[peer.name] = bench.compare(peer)
            except TimeoutError as error:
                _tell(f"{peer.name}: skipped, {error}")
    ours = {
        job: statistics.median(found[job].ours for found in columns.values() if job in found)
        for job in _JOBS
        if any(job in found for found in columns.values())
    }
    lines = [f"| {len(papers)} papers, ms | readlist | {' | '.join(columns)} |", f"|---|--:|{'--:|' * len(columns)}"]
    for job, own in ours.items():
        cells = [_cell(found.get(job)) for found in columns.values()]
        lines.append(f"| {job} | {_milliseconds(own)} | {' | '.join(cells)} |")
    return lines


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _cell(found: _Pairs | None) -> str:
    return "" if found is None else f"{_milliseconds(found.theirs)} ({found.ratio:.2g})"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f}" if seconds < 0.01 else f"{seconds * 1000:.0f}"


class _Bench:
    """Measures readlist and a peer in turns.

    Args:
        papers: the papers of the list, all with titles.
        environ: the environment of readlist.
        runs: pairs of each start and each command.
    """

    def __init__(self, papers: Sequence[Paper], environ: Mapping[str, str], runs: int) -> None:
        self._environ = dict(environ)
        self._runs = runs
        self._titles = [paper.title or "" for paper in papers]
        self._targets = _targets(self._titles)
        self._frame = Path(environ["READLIST_DATA"]) / ".first-frame"
        self._tags = count()
        self._ours = Peer(
            "readlist",
            _READLIST,
            search=("/", ""),
            down="j",
            listing=lambda word: [*_READLIST, "list", f"title:{word}"],
            tagging=lambda tag, word: [*_READLIST, "tag", "--yes", "--add", tag, f"title:{word}"],
        )
        self._firsts = {"readlist": self._first_title(self._ours)}

    @staticmethod
    def paired(ours: Callable[[], float], theirs: Callable[[], float], runs: int) -> _Pairs:
        """Run both in turns, after one run of each that does not count."""
        ours()
        theirs()
        pairs = [(ours(), theirs()) for _ in range(runs)]
        return _Pairs(
            statistics.median(one for one, _ in pairs),
            statistics.median(other for _, other in pairs),
            statistics.median(one / other for one, other in pairs),
        )

    def compare(self, peer: Peer) -> dict[str, _Pairs]:
        """Everything that the peer can do, too; what fails is left out, with a word."""
        ours, runs = self._ours, self._runs
        measures: dict[str, tuple[Callable[[], float], Callable[[], float], int]] = {}
        if peer.screen:
            first = self._firsts[peer.name] = self._first_title(peer)
            start = lambda: self._start(peer, first)  # noqa: E731
            measures[_START] = (self.remembered_start, start, runs)
            measures[_PLAIN] = (self._plain_start, start, runs)
        if len(self._titles) <= _STARTS_ONLY:
            if peer.search:
                measures[_QUERY] = (lambda: self._query(ours), lambda: self._query(peer), _SESSIONS)
            if peer.down:
                measures[_KEY] = (lambda: self._move(ours), lambda: self._move(peer), _SESSIONS)
            if peer.listing and ours.listing:
                mine, listing = ours.listing, peer.listing
                word = self._targets[0].word
                measures[_LIST] = (
                    lambda: whole([*mine(word)], self._environ),
                    lambda: whole([*listing(word)], self._environment(peer)),
                    runs,
                )
            if peer.tagging and ours.tagging:
                measures[_TAG] = (lambda: self._tag(ours), lambda: self._tag(peer), runs)
        found: dict[str, _Pairs] = {}
        for job, (one, other, times) in measures.items():
            try:
                found[job] = self.paired(one, other, times)
            except (TimeoutError, RuntimeError) as error:
                _tell(f"{peer.name}, {job}: {error}")
        return found

    def remembered_start(self) -> float:
        """Start with the frame of the last run."""
        if not self._frame.exists():
            self._leave_once()
        return self._start(self._ours, self._firsts["readlist"])

    def _plain_start(self) -> float:
        self._frame.unlink(missing_ok=True)
        return self._start(self._ours, self._firsts["readlist"])

    def _leave_once(self) -> None:
        """Let the screen rest until it keeps its frame for the next start; a long list is indexed before."""
        with self._open(self._ours) as program:
            program.shows(self._firsts["readlist"])
            end = time.monotonic() + _TIMEOUT
            while not self._frame.exists():
                program.rest()
                if time.monotonic() > end:
                    raise TimeoutError("no frame was kept")

    def _environment(self, peer: Peer) -> dict[str, str]:
        return self._environ | dict(peer.environ)

    def _open(self, peer: Peer) -> TerminalProgram:
        return TerminalProgram(peer.screen, self._environment(peer), peer.typed)

    def _first_title(self, peer: Peer) -> str:
        """How the first title begins that a program shows; each has its own order."""
        beginnings = [_beginning(title) for title in self._titles]
        with self._open(peer) as program:
            end = time.monotonic() + _TIMEOUT
            while time.monotonic() < end:
                program.rest()
                if found := _earliest(beginnings, program.text):
                    return found
        raise TimeoutError(f"{peer.name} showed no title")

    def _start(self, peer: Peer, first: str) -> float:
        with self._open(peer) as program:
            return program.shows(first)

    def _query(self, peer: Peer) -> float:
        """From the last character of a word, or Enter, to a title that was not shown before."""
        before, after = peer.search or ("", "")
        with self._open(peer) as program:
            program.shows(self._firsts[peer.name])
            program.rest()
            shown = program.text
            if before:
                program.type(before)
                program.rest()
            target = next(each for each in self._targets if each.beginning not in shown)
            program.type(target.word + after)
            return program.shows(target.beginning)

    def _move(self, peer: Peer) -> float:
        with self._open(peer) as program:
            program.shows(self._firsts[peer.name])
            program.rest()
            times = []
            for _ in range(_MOVES):
                program.type(peer.down)
                times.append(program.answers())
                program.rest()
        return statistics.median(times)

    def _tag(self, peer: Peer) -> float:
        """Add another tag each time."""
        if peer.tagging is None:
            raise RuntimeError("it has no tags")
        command = [*peer.tagging(f"tag{next(self._tags)}", self._targets[0].word)]
        return whole(command, self._environment(peer))


def _beginning(title: str) -> str:
    """The first two words: every program has room for them on one line."""
    return " ".join(title.split()[:2])


def _earliest(beginnings: Iterable[str], text: str) -> str:
    """The one that comes first in a text; empty for none."""
    found = {at: each for each in beginnings if each and (at := text.find(each)) >= 0}
    return found[min(found)] if found else ""


def _targets(titles: Sequence[str]) -> list[_Target]:
    """Papers to search for, those in the middle of the list first."""
    words = Counter(word for title in titles for word in set(title.lower().split()))
    beginnings = Counter(map(_beginning, titles))
    half = len(titles) // 2
    found: list[_Target] = []
    for title in (*titles[half:], *titles[:half]):
        beginning = _beginning(title)
        for word in title.lower().split()[2:]:
            is_plain = word.isascii() and word.isalpha() and len(word) >= _SHORTEST_WORD
            if is_plain and words[word] == 1 and word not in beginning.lower():
                found.append(_Target(word, beginning))
    # Best are those that nothing else begins like.
    return sorted(found, key=lambda target: beginnings[target.beginning])
