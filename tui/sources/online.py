"""Looks papers up at arXiv, DataCite and Crossref: few requests, each for many papers, and no service is pressed.

arXiv is asked by id and by title, ten papers a request. What it does not find is looked for by the rarest words of
the title, and then by the first words of the abstract. If it refuses, DataCite is asked for the rest, which has the
same records. Crossref is asked by DOI. A service that refuses is left alone until the time it named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urlsplit

from tui.sources import arxiv_api, crossref_api, datacite_api
from tui.sources.http_client import ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.sources.external_record import ExternalRecord
    from tui.sources.http_client import HttpClient
    from tui.sources.matching import RecordMatch, WantedIndex, WantedPaper
    from tui.sources.request_spacing import RequestSpacing

Reply = TypeVar("Reply")

_PER_REQUEST = 10
_IDS_PER_REQUEST = 50
_LONGEST_WAIT = 60.0  # seconds that a service may ask to wait before it is asked again at once
_BLOCKED = 900.0  # seconds for which a service that refuses is left alone, unless it says more


@dataclass(frozen=True, slots=True)
class OnlineResult:
    """What was found.

    Attributes:
        matches: records that may be of a wanted paper.
        problems: what went wrong, with a hint each.
        requests: number of requests sent.
        complete: whether every paper was looked for.
    """

    matches: tuple[RecordMatch, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    requests: int = 0
    complete: bool = True


class _Tier(NamedTuple):
    """One way to look papers up."""

    address: Callable[[Sequence[WantedPaper]], str]
    papers: list[WantedPaper]
    size: int


class OnlineLookup:
    """Looks papers up.

    Args:
        client: sends the requests.
        spacing: spaces them.
        contact: the user's address, sent to Crossref only; empty for none.
        progress: called with the number of papers done and their total.
        stopped: whether to stop; what was found until then is returned.
    """

    def __init__(
        self,
        client: HttpClient,
        spacing: RequestSpacing,
        contact: str = "",
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._client = client
        self._spacing = spacing
        self._contact = contact
        self._progress = progress
        self._stopped = stopped
        self._matches: list[RecordMatch] = []
        self._problems: dict[tuple[str, str], None] = {}
        self._requests = 0
        self._complete = True
        self._given_up: set[str] = set()

    def look_up(self, wanted: WantedIndex) -> OnlineResult:
        """Look papers up; problems of services are in the result, not raised."""
        papers = list(wanted.papers.values())
        for make in (_first_tiers, _second_tier, _third_tier):
            left = [paper for paper in papers if not self._found(paper)]
            for tier in make(left):
                self._ask_arxiv(tier, wanted)
        if arxiv_api.HOST in self._given_up:
            left = [paper for paper in papers if not self._found(paper)]
            self._ask_datacite(left, wanted)
        self._ask_crossref(papers, wanted)
        self._progress(1, 1)
        complete = self._complete and not self._stopped()
        return OnlineResult(tuple(self._matches), tuple(self._problems), self._requests, complete)

    def _found(self, paper: WantedPaper) -> bool:
        return any(match.paper_id == paper.id and match.sure for match in self._matches)

    def _ask_arxiv(self, tier: _Tier, wanted: WantedIndex) -> None:
        batches = list(_batches(tier.papers, tier.size))
        while batches:
            if self._stopped() or arxiv_api.HOST in self._given_up:
                self._complete = False
                return
            batch = batches.pop(0)
            address = tier.address(batch)
            if not address:
                continue
            try:
                answer = self._arxiv_answer(address)
            except ServiceError as error:
                if error.bad_request and len(batch) > 1:
                    # One odd title must not cost the others: find it by halves.
                    half = len(batch) // 2
                    batches[:0] = [batch[:half], batch[half:]]
                elif error.bad_request:
                    self._problem(f"{error.message} ({batch[0].title or batch[0].eprint})", error.hint)
                else:
                    self._give_up(arxiv_api.HOST, error)
                continue
            self._take(answer, wanted)
            if tier.address is arxiv_api.by_ids:
                known = {record.eprint for record in answer}
                for paper in batch:
                    if paper.eprint not in known:
                        self._problem(
                            f"arXiv has no paper {paper.eprint}", "check the id; the other papers were looked up"
                        )
            self._progress(len(tier.papers) - sum(map(len, batches)), max(len(tier.papers), 1))

    def _arxiv_answer(self, address: str) -> tuple[ExternalRecord, ...]:
        answer = arxiv_api.read_answer(self._send(address, self._client.get_xml))
        if answer.is_empty_page:
            # The service sometimes gives an empty page of a result that is not empty.
            answer = arxiv_api.read_answer(self._send(address, self._client.get_xml))
            if not answer.records:
                self._problem("arXiv returned an empty page although there are results", "try again later")
                self._complete = False
        return answer.records

    def _ask_datacite(self, papers: Sequence[WantedPaper], wanted: WantedIndex) -> None:
        known = [paper for paper in papers if paper.eprint]
        others = [paper for paper in papers if not paper.eprint and paper.letters]
        for address_of, group, size in (
            (datacite_api.by_ids, known, _IDS_PER_REQUEST),
            (datacite_api.by_titles, others, _PER_REQUEST),
        ):
            for batch in _batches(group, size):
                if self._stopped() or datacite_api.HOST in self._given_up:
                    return
                try:
                    self._take(datacite_api.read_answer(self._send(address_of(batch), self._client.get_json)), wanted)
                except ServiceError as error:
                    self._give_up(datacite_api.HOST, error)

    def _ask_crossref(self, papers: Iterable[WantedPaper], wanted: WantedIndex) -> None:
        for paper in papers:
            address = crossref_api.by_doi(paper, self._contact)
            if not address or self._stopped() or crossref_api.HOST in self._given_up:
                continue
            try:
                self._take((crossref_api.read_answer(self._send(address, self._client.get_json)),), wanted)
            except ServiceError as error:
                if "no such page" in error.message:
                    self._problem(
                        f"Crossref does not have the DOI {paper.doi}",
                        "check the DOI; the other papers were looked up",
                    )
                else:
                    self._give_up(crossref_api.HOST, error)

    def _send(self, address: str, get: Callable[[str], Reply]) -> Reply:
        """Send a request when its time has come; a service that asks for a short pause is asked once more."""
        host = urlsplit(address).hostname or ""
        if seconds := self._spacing.blocked(host):
            raise ServiceError(
                f"requests to {host} are paused for another {seconds / 60:.0f} min",
                "the service asked for this; try again later",
                busy=True,
            )
        self._spacing.wait(host)
        self._requests += 1
        try:
            return get(address)
        except ServiceError as error:
            if not error.busy or not 0 < error.retry_after <= _LONGEST_WAIT:
                raise
            self._spacing.pause(host, error.retry_after)
        self._requests += 1
        return get(address)

    def _take(self, records: Iterable[ExternalRecord], wanted: WantedIndex) -> None:
        for record in records:
            self._matches += wanted.candidates(record)

    def _give_up(self, host: str, error: ServiceError) -> None:
        if error.busy and not self._spacing.blocked(host):
            self._spacing.block(host, max(error.retry_after, _BLOCKED))
        self._given_up.add(host)
        self._complete = False
        self._problem(error.message, error.hint)

    def _problem(self, message: str, hint: str) -> None:
        self._problems[message, hint] = None


def planned_requests(wanted: WantedIndex, contact: str = "") -> list[str]:
    """The addresses of the first requests; those after them depend on the answers."""
    papers = list(wanted.papers.values())
    first = (tier.address(batch) for tier in _first_tiers(papers) for batch in _batches(tier.papers, tier.size))
    return [address for address in (*first, *(crossref_api.by_doi(paper, contact) for paper in papers)) if address]


def _first_tiers(papers: Sequence[WantedPaper]) -> tuple[_Tier, ...]:
    known = [paper for paper in papers if paper.eprint]
    return (
        _Tier(arxiv_api.by_ids, known, _IDS_PER_REQUEST),
        _Tier(arxiv_api.by_titles, [paper for paper in papers if not paper.eprint and paper.letters], _PER_REQUEST),
    )


def _second_tier(papers: Sequence[WantedPaper]) -> tuple[_Tier, ...]:
    return (_Tier(arxiv_api.by_words, [each for each in papers if not each.eprint and each.letters], _PER_REQUEST),)


def _third_tier(papers: Sequence[WantedPaper]) -> tuple[_Tier, ...]:
    return (_Tier(arxiv_api.by_abstracts, [each for each in papers if not each.eprint and each.words], _PER_REQUEST),)


def _batches(papers: Sequence[WantedPaper], size: int) -> Iterator[Sequence[WantedPaper]]:
    for start in range(0, len(papers), size):
        yield papers[start : start + size]
