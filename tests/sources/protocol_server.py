"""A server on this machine that speaks the protocols of arXiv, DataCite and Crossref on invented records.

The query grammar is that of arXiv's public search server: fields, quoted phrases, AND, OR, brackets; words without an
operator between them are joined by OR. Faults are set per request.
"""

from __future__ import annotations

import gzip
import json
import re
import threading
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOSTS = ("export.arxiv.org", "rss.arxiv.org", "api.datacite.org", "api.crossref.org")
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id><title>arXiv Query</title><updated>2026-01-01T00:00:00Z</updated>
  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage><opensearch:totalResults>{total}</opensearch:totalResults>
  {entries}
</feed>"""
TOKEN = re.compile(r'\(|\)|\b(?:AND|OR|ANDNOT)\b|(?:\w+:)?"[^"]*"|[^\s()]+')


class Work(NamedTuple):
    """An invented paper."""

    eprint: str
    title: str
    abstract: str
    authors: tuple[str, ...] = ("Anna Bee", "C. Dee")
    published: str = "2020-02-03T10:00:00Z"
    doi: str = ""
    comment: str = ""
    venue: str = ""


class Server:
    """What the server knows, does wrong, and was asked."""

    def __init__(self, works: list[Work]) -> None:
        self.works = works
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.faults: dict[str, list[Callable[[Handler], None]]] = {}
        self.pages: dict[str, tuple[str, str]] = {}
        self.address = ""
        self.released = threading.Event()

    @property
    def replaced(self) -> dict[str, str]:
        return {host: f"{self.address}/{host}" for host in HOSTS}

    def fail(self, host: str, *faults: Callable[[Handler], None], always: bool = False) -> None:
        self.faults[host] = [*faults] * (1000 if always else 1)

    def count(self, host: str) -> int:
        return sum(address.startswith(host) for address in self.asked)


class Handler(BaseHTTPRequestHandler):
    server_state: Server

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        state = self.server_state
        host, _, path = self.path.lstrip("/").partition("/")
        state.asked.append(f"{host}/{unquote(path.replace('+', ' '))}")
        state.agents.append(self.headers["User-Agent"])
        waiting = state.faults.get(host, [])
        if waiting:
            waiting.pop(0)(self)
            return
        parts = urlsplit("/" + path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if host == "rss.arxiv.org":
            kind, text = state.pages.get(parts.path, ("application/xml", "<rss/>"))
            self.send(text, kind)
        else:
            {"export.arxiv.org": self.arxiv, "api.datacite.org": self.datacite}.get(host, self.crossref)(
                parts.path, query
            )

    def arxiv(self, _path: str, query: dict[str, str]) -> None:
        works = self.server_state.works
        ids = [name for name in query.get("id_list", "").split(",") if name]
        for name in ids:
            if not re.fullmatch(r"\d{4}\.\d{4,5}(v\d+)?|[a-z.-]+/\d{7}(v\d+)?", name):
                self.send(
                    FEED.format(size=1, total=1, entries=error_entry(f"incorrect id format for {name}")), status=400
                )
                return
        found = (
            [work for work in works if work.eprint in ids]
            if ids
            else [work for work in works if matches(query["search_query"], work)]
        )
        size = int(query.get("max_results", 10))
        self.send(FEED.format(size=size, total=len(found), entries="".join(map(entry, found[:size]))))

    def datacite(self, _path: str, query: dict[str, str]) -> None:
        text = query["query"].lower()
        wanted = re.findall(r'"([^"]+)"', text)
        found = [
            work for work in self.server_state.works
            if f"10.48550/arxiv.{work.eprint}" in wanted or words(work.title) in [words(part) for part in wanted]
        ]  # fmt: skip
        self.send(json.dumps({"data": list(map(datacite_record, found))}), "application/vnd.api+json")

    def crossref(self, path: str, _query: dict[str, str]) -> None:
        doi = unquote(path).removeprefix("/works/").lower()
        work = next((work for work in self.server_state.works if work.doi.lower() == doi), None)
        if work is None:
            self.send("Resource not found.", "text/plain", 404)
        else:
            self.send(json.dumps({"status": "ok", "message": crossref_record(work)}), "application/json")

    def send(
        self,
        text: str | bytes,
        kind: str = "application/atom+xml",
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> None:
        body = text.encode() if isinstance(text, str) else text
        if (
            "gzip" in self.headers.get("Accept-Encoding", "")
            and status == 200
            and not (headers or {}).get("Content-Encoding")
        ):
            body = gzip.compress(body)
            headers = {"Content-Encoding": "gzip"} | (headers or {})
        self.send_response(status)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(works: list[Work]) -> Iterator[Server]:
    state = Server(works)
    handler = type("BoundHandler", (Handler,), {"server_state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        server.server_close()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def matches(query: str, work: Work) -> bool:
    """Whether a work satisfies a query; no accents are folded."""
    tokens = TOKEN.findall(query)

    def expression() -> bool:
        result = term()
        while tokens and tokens[0] != ")":
            operator = tokens.pop(0) if tokens[0] in ("AND", "OR", "ANDNOT") else "OR"
            right = term()
            result = {"AND": result and right, "OR": result or right, "ANDNOT": result and not right}[operator]
        return result

    def term() -> bool:
        word = tokens.pop(0)
        if word == "(":
            inside = expression()
            tokens.pop(0)
            return inside
        field, colon, text = word.partition(":")
        text, field = (text, field) if colon else (word, "all")
        place = {"ti": work.title, "abs": work.abstract}.get(field, f"{work.title} {work.abstract}")
        asked, held = words(text.strip('"')), words(place)
        return any(held[at : at + len(asked)] == asked for at in range(len(held) - len(asked) + 1))

    return expression()


def entry(work: Work) -> str:
    """An entry as arXiv writes it: wrapped texts, http in the id, the version in it."""
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in work.authors)
    doi = f"<arxiv:doi>{escape(work.doi)}</arxiv:doi>" if work.doi else ""
    comment = f"<arxiv:comment>{escape(work.comment)}</arxiv:comment>" if work.comment else ""
    title = escape(work.title).replace(" ", "\n  ", 1)
    return (
        f"<entry><id>http://arxiv.org/abs/{work.eprint}v2</id><title>{title}</title><updated>2021-06-01T10:00:00Z</updated>"
        f"<published>{work.published}</published><summary>  {escape(work.abstract)}\n</summary>{authors}{doi}{comment}"
        f'<arxiv:primary_category term="cs.CV"/><category term="cs.CV"/></entry>'
    )


def error_entry(reason: str) -> str:
    return f"<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>{escape(reason)}</summary></entry>"


def datacite_record(work: Work) -> dict[str, Any]:
    names = [name.rpartition(" ") for name in work.authors]
    return {
        "id": f"10.48550/arxiv.{work.eprint}",
        "attributes": {
            "doi": f"10.48550/arxiv.{work.eprint}",
            "titles": [{"title": work.title}],
            "creators": [
                {"name": f"{family}, {given}", "givenName": given, "familyName": family} for given, _, family in names
            ],
            "descriptions": [{"descriptionType": "Abstract", "description": work.abstract}],
            "dates": [
                {"dateType": "Submitted", "date": work.published},
                {"dateType": "Updated", "date": "2021-06-01T10:00:00Z"},
            ],
        },
    }


def crossref_record(work: Work) -> dict[str, Any]:
    names = [name.rpartition(" ") for name in work.authors]
    return {
        "DOI": work.doi,
        "type": "journal-article",
        "title": [work.title],
        "author": [{"given": given, "family": family} for given, _, family in names],
        "issued": {"date-parts": [[2021, 3]]},
        "container-title": [work.venue] if work.venue else [],
        "page": "1-12",
    }
