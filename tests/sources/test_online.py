"""Looking papers up at services that behave, and at services that do not: against a server on this machine."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

import pytest

from tests.sources.protocol_server import FEED, HOSTS, Handler, Server, Work, entry, error_entry, serving
from tui.model.paper import Paper
from tui.model.publication import Publication
from tui.sources.http_client import HttpClient, ServiceError
from tui.sources.matching import WantedIndex, wanted_paper
from tui.sources.online import OnlineLookup, OnlineResult, planned_requests
from tui.sources.request_spacing import RequestSpacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ARXIV, RSS, DATACITE, CROSSREF = HOSTS
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
WORDS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "omicron",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
]


def abstract(number: int) -> str:
    mixed = [WORDS[(number * 7 + step * (number + 3)) % len(WORDS)] for step in range(30)]
    return f"Number {number} studies {' '.join(mixed)} in widgets of kind {number} with a laser."


WORKS = [
    Work(f"2002.{number:05d}", f"Widget {WORDS[number % 20].title()} {number}: The Sound of Metal", abstract(number))
    for number in range(1, 31)
]


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.time = 1_000_000.0
        self.waits: list[float] = []
        self.lock = threading.Lock()

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.waits.append(seconds)
            self.time += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(list(WORKS)) as state:
        yield state


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def look(server: Server, clock: Clock, tmp_path: Path) -> Callable[..., OnlineResult]:
    def run(
        *papers: Paper, deadline: float = 5.0, contact: str = "", stopped: Callable[[], bool] = lambda: False
    ) -> OnlineResult:
        client = HttpClient("readlist/1", lambda: NOW, deadline, server.replaced)
        spacing = RequestSpacing(tmp_path / "requests.json", clock.now, clock.sleep)
        wanted = WantedIndex.of(map(wanted_paper, papers or PAPERS))
        return OnlineLookup(client, spacing, contact, stopped=stopped).look_up(wanted)

    return run


def paper(work: Work, number: int, **more: str) -> Paper:
    return Paper(
        f"{number:010x}",
        more.get("title", work.title),
        abstract=more.get("abstract", work.abstract),
        eprint=more.get("eprint"),
        doi=more.get("doi"),
    )


PAPERS = [paper(work, number) for number, work in enumerate(WORKS, 1)]


def sure(result: OnlineResult) -> dict[str, str]:
    return {match.paper_id: match.record.eprint for match in result.matches if match.sure}


EXPECTED = {each.id: work.eprint for each, work in zip(PAPERS, WORKS, strict=True)}


# When all goes well.


def test_ten_titles_go_into_one_request_and_requests_are_three_seconds_apart(
    server: Server, look: Callable[..., OnlineResult], clock: Clock
) -> None:
    result = look()
    assert sure(result) == EXPECTED
    assert (result.problems, result.complete, result.requests) == ((), True, 3)
    assert server.count(ARXIV) == 3
    assert clock.waits == [3.0, 3.0]
    assert set(server.agents) == {"readlist/1"}


def test_the_fields_are_those_of_the_first_version(server: Server, look: Callable[..., OnlineResult]) -> None:
    server.works[0] = WORKS[0]._replace(doi="10.1000/x")
    (match,) = look(PAPERS[0]).matches
    record = match.record
    assert (record.origin, record.eprint, str(record.date), record.category) == (
        "arXiv",
        "2002.00001",
        "2020-02-03",
        "cs.CV",
    )
    assert (record.authors, record.doi, record.title) == (("Anna Bee", "C. Dee"), "10.1000/x", WORKS[0].title)


def test_only_titles_identifiers_and_a_contact_are_sent(server: Server, look: Callable[..., OnlineResult]) -> None:
    server.works.append(
        Work("2002.09999", "Published Widgets", abstract(99), doi="10.1000/pub", venue="Widget Letters")
    )
    known = Paper(
        "00000000ff",
        "Published Widgets",
        authors=("Anna Bee",),
        abstract=abstract(99),
        doi="10.1000/pub",
        category="cs.CV",
    )
    result = look(known, contact="me@example.org")
    assert "10.1000/pub?mailto=me@example.org" in server.asked[-1]
    assert "me@example.org" not in " ".join(server.asked[:-1])
    assert "Bee" not in " ".join(server.asked)
    crossref = next(match for match in result.matches if match.record.origin == "Crossref")
    assert crossref.sure
    assert crossref.record.publication == Publication(
        "article-journal", container_title="Widget Letters", pages="1–12"
    )


def test_the_requests_shown_are_the_requests_sent(server: Server, look: Callable[..., OnlineResult]) -> None:
    papers = [*PAPERS[:12], paper(WORKS[12], 99, eprint=WORKS[12].eprint)]
    shown = planned_requests(WantedIndex.of(map(wanted_paper, papers)))
    assert not server.asked
    look(*papers)
    plain = [address.removeprefix("https://") for address in shown]
    assert [unquote(address.replace("+", " ")) for address in plain] == server.asked


def test_a_title_with_accents_or_formulas_is_found_by_its_other_words(
    server: Server, look: Callable[..., OnlineResult]
) -> None:
    server.works = [
        Work("2003.00001", "Schrödinger Bridges: for Metal Widgets", abstract(40)),
        Work("2003.00002", "$\\alpha$-Divergences of Soft Widgets", abstract(41)),
    ]
    papers = (
        Paper("1" * 10, "Schrödinger bridges for metal widgets", abstract=abstract(40)),
        Paper("2" * 10, "α-divergences of soft widgets", abstract=abstract(41)),
    )
    assert sure(look(*papers)) == {"1" * 10: "2003.00001", "2" * 10: "2003.00002"}


def test_what_the_title_does_not_find_is_found_by_its_abstract_and_only_suggested(
    server: Server, look: Callable[..., OnlineResult]
) -> None:
    renamed = Paper("1" * 10, "Another name altogether for this", abstract=WORKS[0].abstract)
    result = look(renamed)
    assert server.count(ARXIV) == 3
    assert [(match.sure, match.record.eprint) for match in result.matches] == [(False, "2002.00001")]


def test_an_unknown_id_is_named_and_the_others_are_found(look: Callable[..., OnlineResult]) -> None:
    missing = Paper("1" * 10, eprint="2310.99999")
    bad = Paper("2" * 10, title="Odd", eprint="not-an-id")
    result = look(missing, bad, paper(WORKS[0], 3, eprint=WORKS[0].eprint))
    assert sure(result) == {f"{3:010x}": WORKS[0].eprint}
    assert [message for message, _ in result.problems] == [
        "arXiv has no paper 2310.99999",
        "arXiv has no paper not-an-id",
    ]


def test_stopping_keeps_what_was_found(server: Server, look: Callable[..., OnlineResult]) -> None:
    result = look(stopped=lambda: server.count(ARXIV) >= 1)
    assert len(sure(result)) == 10
    assert not result.complete


# Faults: each ends in one sentence, nothing of a bad answer is used, and no service is pressed.


def send(*what: object, **how: object) -> Callable[[Handler], None]:
    return lambda handler: handler.send(*what, **how)  # type: ignore[arg-type]


def raw(text: bytes) -> Callable[[Handler], None]:
    def fault(handler: Handler) -> None:
        handler.wfile.write(text)
        handler.close_connection = True

    return fault


def redirect(target: str, status: int = 302) -> Callable[[Handler], None]:
    return send("", status=status, headers={"Location": target})


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/atom+xml")
    handler.end_headers()
    handler.server_state.released.wait(20)


def silent(handler: Handler) -> None:
    handler.server_state.released.wait(20)


def bomb(handler: Handler) -> None:
    handler.send(gzip.compress(b"\0" * 60_000_000), headers={"Content-Encoding": "gzip"})


ATOM = FEED.format(size=10, total=1, entries=entry(WORKS[0]))
BILLION = '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + ATOM.partition("\n")[2].replace("Sound", "&b;")
FAULTS: dict[str, tuple[Callable[[Handler], None], str]] = {
    "429 without Retry-After": (send("Rate exceeded.", "text/plain", 429), "is refusing requests for now (status 429)"),
    "429 with seconds": (send("", status=429, headers={"Retry-After": "3600"}), "is refusing requests for now (status 429)"),
    "429 with a date": (send("", status=429, headers={"Retry-After": "Mon, 30 Nov 2026 13:00:00 GMT"}), "is refusing requests for now"),
    "429 with nonsense": (send("", status=429, headers={"Retry-After": "soon"}), "is refusing requests for now"),
    "503": (send("", status=503), "is refusing requests for now (status 503)"),
    "500": (send("", status=500), "reported an error (status 500)"),
    "403": (send("<html>no</html>", "text/html", 403), "reported an error (status 403)"),
    "404": (send("", status=404), "has no such page (status 404)"),
    "410": (send("", status=410), "has no such page (status 410)"),
    "a page for robots": (send("<!DOCTYPE html><html><title>Making sure you're not a bot!</title>", "text/html"), "web page"),
    "a page that calls itself XML": (send("<html><body>sign in</body></html>"), "web page"),
    "an empty answer": (send(b""), "incomplete or damaged"),
    "cut in the middle": (send(ATOM[: len(ATOM) // 2]), "incomplete or damaged"),
    "shorter than announced": (raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 9999\r\n\r\n" + ATOM.encode()), "cut off"),
    "cut while compressed": (send(gzip.compress(ATOM.encode())[:-9], headers={"Content-Encoding": "gzip"}), "cut off"),
    "not compressed as announced": (send(ATOM, headers={"Content-Encoding": "gzip"}), "damaged"),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH\r\n"), "cut off or damaged"),
    "closed at once": (raw(b""), "cut off or damaged"),
    "a drip": (drip, "did not respond in time"),
    "silence": (silent, "did not respond in time"),
    "a bomb": (bomb, "larger than 8 MB"),
    "nine megabytes": (send(b" " * 9_000_000), "larger than 8 MB"),
    "another host": (redirect("https://evil.example/api"), "redirects to evil.example"),
    "another known host": (redirect("https://api.crossref.org/works"), "redirects to api.crossref.org"),
    "no encryption": (redirect("http://export.arxiv.org/api/query"), "which is not encrypted"),
    "a file": (redirect("file:///etc/passwd"), "which is not encrypted"),
    "a circle": (redirect("https://export.arxiv.org/api/query?again"), "redirects in a loop"),
    "a document type": (send('<?xml version="1.0"?>' + BILLION), "document type declaration"),
    "a bad encoding": (send(ATOM.encode().replace(b"UTF-8", b"UTF-7")), "incomplete or damaged"),
    "invalid bytes": (send(ATOM.encode().replace(b"Metal", b"M\xff\xfetal")), "incomplete or damaged"),
    "another document": (send("<rss version='2.0'><channel/></rss>"), "not in the expected format"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_arxiv_is_one_sentence_and_datacite_is_asked(
    name: str, server: Server, look: Callable[..., OnlineResult], clock: Clock
) -> None:
    fault, sentence = FAULTS[name]
    server.fail(ARXIV, fault, always=True)
    result = look(*PAPERS[:3], deadline=0.7 if fault in (drip, silent) else 5.0)
    (message, hint), *others = result.problems
    assert not others
    assert sentence in message
    assert hint
    assert "\n" not in message
    assert len(message) < 250
    assert sure(result) == {key: EXPECTED[key] for key in list(EXPECTED)[:3]}
    assert all(match.record.origin == "DataCite" for match in result.matches)
    assert not result.complete
    assert server.count(ARXIV) <= 3
    assert sum(clock.waits) <= 3


@pytest.mark.parametrize(
    "name",
    [
        "429 without Retry-After",
        "500",
        "a page for robots",
        "cut in the middle",
        "another host",
        "a bomb",
        "an empty answer",
    ],
)
def test_if_all_services_fail_each_is_one_sentence(
    name: str, server: Server, look: Callable[..., OnlineResult]
) -> None:
    for host in (ARXIV, DATACITE, CROSSREF):
        server.fail(host, FAULTS[name][0], always=True)
    result = look(paper(WORKS[0], 1, doi="10.1000/x"), *PAPERS[1:12])
    assert [host for host in (ARXIV, DATACITE, CROSSREF) if server.count(host) > 3] == []
    assert len(result.problems) == 3
    assert (result.matches, result.complete) == ((), False)


def test_papers_with_an_id_are_found_at_datacite_if_arxiv_fails(
    server: Server, look: Callable[..., OnlineResult]
) -> None:
    server.fail(ARXIV, send("", status=500), always=True)
    result = look(Paper("1" * 10, eprint=WORKS[0].eprint), Paper("2" * 10, eprint=WORKS[1].eprint))
    assert sure(result) == {"1" * 10: WORKS[0].eprint, "2" * 10: WORKS[1].eprint}
    assert server.count(DATACITE) == 1


@pytest.mark.parametrize(("total", "times"), [("1", 2), ("20", 1), ("0", 2), ("", 2)])
def test_an_empty_page_of_arxiv_is_asked_for_again_if_there_are_results(
    total: str, times: int, server: Server, look: Callable[..., OnlineResult]
) -> None:
    server.fail(ARXIV, *[send(FEED.format(size=1, total=total, entries=""))] * times)
    result = look(paper(WORKS[0], 1))
    has_results = total.strip("0") != ""
    assert sure(result) == {PAPERS[0].id: WORKS[0].eprint}, "by another request, or by another service"
    assert [message for message, _ in result.problems] == [
        "arXiv returned an empty page although there are results"
    ] * (has_results and times == 2)
    assert result.complete == (result.problems == ())


def test_without_a_connection_it_says_so(clock: Clock, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    nowhere = dict.fromkeys(HOSTS, f"http://127.0.0.1:{port}")
    client = HttpClient("readlist/1", lambda: NOW, 5, nowhere)
    result = OnlineLookup(client, RequestSpacing(tmp_path / "r", clock.now, clock.sleep)).look_up(
        WantedIndex.of(map(wanted_paper, PAPERS[:1]))
    )
    assert result.problems[0][0].startswith("no connection to export.arxiv.org: ")
    assert "--from FILE" in result.problems[0][1]


def test_a_short_pause_that_is_asked_for_is_kept(
    server: Server, look: Callable[..., OnlineResult], clock: Clock
) -> None:
    server.fail(ARXIV, send("", status=429, headers={"Retry-After": "20"}))
    result = look(*PAPERS[:3])
    assert (sure(result), result.problems) == ({key: EXPECTED[key] for key in list(EXPECTED)[:3]}, ())
    assert clock.waits == [20.0]


def test_a_service_that_refused_is_left_alone_by_every_process(
    server: Server, look: Callable[..., OnlineResult], clock: Clock
) -> None:
    server.fail(ARXIV, FAULTS["429 without Retry-After"][0])
    look(*PAPERS[:1])
    assert server.count(ARXIV) == 1
    again = look(*PAPERS[:1])
    assert server.count(ARXIV) == 1
    assert "are paused for another 15 min" in again.problems[0][0]
    clock.time += 901
    assert look(*PAPERS[:1]).problems == ()
    assert server.count(ARXIV) == 2


def test_one_odd_title_does_not_cost_the_others(server: Server, look: Callable[..., OnlineResult]) -> None:
    def picky(handler: Handler) -> None:
        if "Odd" in handler.path:
            handler.send("", status=400)
        else:
            query = handler.path.partition("search_query=")[2]
            handler.arxiv(
                "",
                {
                    "search_query": unquote_plus(query.partition("&")[0]),
                    "max_results": "50",
                },
            )

    server.fail(ARXIV, picky, always=True)
    odd = Paper("f" * 10, "Odd one out here", abstract=abstract(77))
    result = look(*PAPERS[:9], odd)
    assert sure(result) == {key: EXPECTED[key] for key in list(EXPECTED)[:9]}
    assert all("(Odd one out here)" in message for message, _ in result.problems)


def test_an_error_entry_is_an_error(server: Server, look: Callable[..., OnlineResult]) -> None:
    server.fail(ARXIV, send(FEED.format(size=1, total=1, entries=error_entry("bad \x7f query"))), always=True)
    result = look(*PAPERS[:1])
    assert all(message.startswith("arXiv rejected a request as invalid: bad") for message, _ in result.problems)
    assert not result.matches


def test_a_lying_total_is_asked_once_more(server: Server, look: Callable[..., OnlineResult]) -> None:
    server.fail(ARXIV, send(FEED.format(size=10, total=7, entries="")))
    result = look(*PAPERS[:1])
    assert sure(result) == {PAPERS[0].id: EXPECTED[PAPERS[0].id]}
    assert server.count(ARXIV) == 2
    server.fail(ARXIV, *[send(FEED.format(size=10, total="9" * 40, entries=""))])
    assert look(*PAPERS[1:2]).matches  # the words of the title find it


def test_the_wrong_paper_a_duplicate_and_escapes_do_no_harm(
    server: Server, look: Callable[..., OnlineResult]
) -> None:
    wrong = entry(Work("2009.00001", "Something else: entirely", abstract(55)))
    hostile = (
        entry(WORKS[0])
        .replace("Anna Bee", "Anna &#x202e;Bee")
        .replace("<summary>", "<summary>&lt;b&gt;\x1b[31m".replace("\x1b", ""))
    )
    server.fail(
        ARXIV,
        send(FEED.format(size=10, total=4, entries=wrong + hostile + entry(WORKS[0]) + "<entry><id>x</id></entry>")),
        always=True,
    )
    result = look(*PAPERS[:1])
    assert {match.record.eprint for match in result.matches} == {"2002.00001"}
    assert all("\u202e" not in "".join(match.record.authors) for match in result.matches)


@pytest.mark.parametrize(
    "body",
    [
        '{"data": []}', '{"data": null}', "{}", "[]", "null", '{"data": [null, {"attributes": null}]}',
        '{"data": [{"attributes": {"doi": "10.48550/arxiv.2002.00001", "titles": [{"title": "Widget"}], "creators": null, "dates": [{"date": null}]}}]}',
        "[" * 100_000, '{"message": {"DOI": "10.1000/x", "title": ["<mml:math><mml:mi>x</mml:mi></mml:math>"], "issued": {"date-parts": [[null]]}, "author": [{}]}}',
    ],
)  # fmt: skip
def test_json_of_any_shape_is_read_or_refused(body: str, server: Server, look: Callable[..., OnlineResult]) -> None:
    for host in (ARXIV, DATACITE, CROSSREF):
        server.fail(host, send(body, "application/json"), always=True)
    result = look(paper(WORKS[0], 1, doi="10.1000/x"))
    assert not any(match.sure for match in result.matches)
    assert all("\n" not in message for message, _ in result.problems)


@pytest.mark.parametrize(
    "address",
    [
        "http://export.arxiv.org/",
        "https://evil.example/",
        "https://export.arxiv.org:8443/",
        "file:///etc/passwd",
        "https://user@export.arxiv.org/",
        "https://[",
        "https://export.arxiv.org.evil.example/",
    ],
)
def test_only_named_hosts_are_asked_and_only_encrypted(address: str, server: Server) -> None:
    refused = "not a known service|is not encrypted|is not a valid address"
    with pytest.raises(ServiceError, match=refused):  # before anybody is asked
        HttpClient("x", lambda: NOW, 5, server.replaced).get(address)
    assert not server.asked


def test_requests_of_two_processes_are_spaced_together(tmp_path: Path, clock: Clock) -> None:
    one, two = (RequestSpacing(tmp_path / "requests.json", clock.now, clock.sleep) for _ in range(2))
    for spacing in (one, two, one, two):
        spacing.wait(ARXIV)
    assert clock.waits == [3.0, 3.0, 3.0]
    two.wait(CROSSREF)
    assert len(clock.waits) == 3
    clock.time -= 1_000_000  # a clock that was set back
    one.wait(ARXIV)
    assert clock.waits[-1] <= 300


@pytest.mark.parametrize(
    "content", ["", "nonsense", "[]", '{"export.arxiv.org": "x", "blocked export.arxiv.org": null}']
)
def test_a_damaged_file_of_times_is_replaced(tmp_path: Path, clock: Clock, content: str) -> None:
    path = tmp_path / "requests.json"
    path.write_text(content, encoding="utf-8")
    spacing = RequestSpacing(path, clock.now, clock.sleep)
    assert not spacing.blocked(ARXIV)
    spacing.wait(ARXIV)
    spacing.wait(ARXIV)
    assert clock.waits == [3.0]
    assert json.loads(path.read_text(encoding="utf-8"))
