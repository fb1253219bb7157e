"""``readlist fill`` with services: only when allowed, and never more than promised."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_cli_fill import CACHES, SPARSE, WHOLE
from tests.sources.protocol_server import Server, Work, serving
from tui.session import network
from tui.sources.http_client import HttpClient
from tui.sources.request_spacing import RequestSpacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Run

WORKS = [
    Work("2310.00001", "Neural Radiance Fields from Sparse Views", SPARSE, tuple(WHOLE)),
    Work("2310.00002", "Streaming Key Value Caches for Language Models", CACHES, ("David Miller",)),
]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving(list(WORKS)) as state:

        def connect(data: Path) -> network.Connection:
            client = HttpClient("readlist/1", lambda: datetime(2026, 11, 30, tzinfo=UTC), 5.0, state.replaced)
            return network.Connection(client, RequestSpacing(data / "requests.json", lambda: 0.0, lambda _: None))

        monkeypatch.setattr(network, "connect", connect)
        yield state


def settings(data: Path, text: str) -> None:
    (data.parent / "config.toml").write_text(text, encoding="utf-8")


def listed(run: Run, *query: str) -> list[dict[str, Any]]:
    return list(json.loads(run("list", "--json", *query).out))


def test_nothing_is_sent_unless_allowed(run: Run, server: Server) -> None:
    status, out, err = run("fill")
    assert (status, out) == (2, "")
    assert "network access is not allowed, and no file is specified" in err
    assert "--from FILE" in err
    assert not server.asked


def test_it_is_allowed_for_one_call(run: Run, server: Server) -> None:
    before = run("list", "--json").out
    status, out, err = run("fill", "--online", "--yes")
    assert (status, "filled 2 papers" in err) == (0, True)
    assert "an author in common (arXiv)" in out
    assert listed(run, "sparse")[0]["authors"] == WHOLE
    assert run("undo").status == 0
    assert run("list", "--json").out == before
    assert server.asked


def test_it_is_allowed_by_the_settings(run: Run, server: Server, data: Path) -> None:
    settings(data, "[network]\nallow = true\n")
    assert run("fill", "--yes", "caches").status == 0
    assert listed(run, "caches")[0]["eprint"] == "2310.00002"
    assert not [address for address in server.asked if "Radiance" in address]


def test_the_requests_are_shown_and_not_sent(run: Run, server: Server) -> None:
    run("tag", "--add", "mine", "sparse")
    run("note", "--set", "secret", "sparse")
    status, out, _ = run("fill", "--show-requests")
    assert status == 0
    assert out.startswith("https://export.arxiv.org/api/query?search_query=ti%3A%22")
    assert "mine" not in out
    assert "secret" not in out
    assert not server.asked


def test_a_service_that_fails_is_reported_and_nothing_is_lost(run: Run, server: Server) -> None:
    for host in ("export.arxiv.org", "api.datacite.org"):
        server.fail(host, lambda handler: handler.send("", status=500), always=True)
    before = run("list", "--json").out
    status, out, err = run("fill", "--online", "--yes")
    assert status == 3
    assert "export.arxiv.org reported an error (status 500)" in err
    assert "5 papers: 0 to fill, 0 doubtful, 5 not found" in out
    assert run("list", "--json").out == before


def test_files_and_services_are_not_mixed(run: Run, server: Server, tmp_path: Path) -> None:
    assert run("fill", "--online", "--from", str(tmp_path / "x")).status == 2
    assert not server.asked


def test_an_added_paper_is_completed_from_a_service(run: Run, server: Server) -> None:
    server.works.append(
        Work("2310.00003", "A Stranger", "We describe what nobody has seen before.", ("Quentin Other",))
    )
    run("add", "2310.00003")
    run("fill", "--online", "--yes", "arxiv:2310.00003")
    (paper,) = listed(run, "arxiv:2310.00003")
    assert (paper["title"], paper["abstract"]) == ("A Stranger", "We describe what nobody has seen before.")
