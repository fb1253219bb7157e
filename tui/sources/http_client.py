"""The only module that opens network connections: HTTPS requests to named services, with limits on everything.

A request ends within its deadline, whatever the other side does; an answer has a limited size after decompression;
redirects lead to the same host; a connection that is not encrypted, or to another host, is refused.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
import zlib
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from tui.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from http.client import HTTPResponse

HOSTS = frozenset(("export.arxiv.org", "rss.arxiv.org", "api.datacite.org", "api.crossref.org"))
_LARGEST = 8_000_000  # bytes after decompression
_BLOCK = 65_536
_DEADLINE = 30.0  # seconds for a whole request
_CONNECT = 10.0  # seconds for a single operation of a socket
_MOST_REDIRECTS = 2
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 503))


class ServiceError(BadInputError):
    """A service cannot be used, or gave an answer that cannot be.

    Attributes:
        busy: whether it refuses requests for some time.
        retry_after: seconds after which it wants to be asked again; 0 if it did not say.
        bad_request: whether it did not understand the request.
    """

    def __init__(
        self, message: str, hint: str = "", *, busy: bool = False, retry_after: float = 0.0, bad_request: bool = False
    ) -> None:
        super().__init__(message, hint)
        self.busy = busy
        self.retry_after = retry_after
        self.bad_request = bad_request


class Answer(NamedTuple):
    """An answer.

    Attributes:
        body: after decompression.
        kind: content type, in lower case, without parameters.
    """

    body: bytes
    kind: str


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - the interface of the library
        return None


class HttpClient:
    """Sends requests to the named services.

    Args:
        user_agent: name and version of the program.
        now: returns the current instant, for dates in answers.
        deadline: seconds for a whole request.
        replaced: addresses to use instead of those of the hosts, for tests against a server on this machine.
    """

    def __init__(
        self,
        user_agent: str,
        now: Callable[[], datetime],
        deadline: float = _DEADLINE,
        replaced: Mapping[str, str] | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._now = now
        self._deadline = deadline
        self._replaced = replaced or {}

    def get(self, address: str) -> Answer:
        """Send one request, and follow at most two redirects to the same host.

        Raises:
            ServiceError: the service cannot be reached, refuses, or its answer cannot be used.
        """
        host = _checked_host(address)
        found: list[Answer | BaseException] = []
        # The deadline holds for name resolution and headers too, which a time limit of the socket does not cover.
        thread = threading.Thread(target=self._run, args=(address, host, found), daemon=True)
        thread.start()
        thread.join(self._deadline)
        if not found:
            raise self._late(host)
        if isinstance(found[0], BaseException):
            raise found[0]
        return found[0]

    def get_xml(self, address: str) -> bytes:
        """As ``get``; the answer is checked to be XML, without a document type declaration."""
        answer = self.get(address)
        _refuse_web_page(answer, urlsplit(address).hostname or "")
        return answer.body

    def get_json(self, address: str) -> dict[str, Any]:
        """As ``get``; the answer is a JSON object."""
        answer, host = self.get(address), urlsplit(address).hostname or ""
        _refuse_web_page(answer, host)
        try:
            value = json.loads(answer.body)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise ServiceError(f"{host} sent an incomplete or invalid response", _NOTHING_USED)
        return value

    def _run(self, address: str, host: str, found: list[Answer | BaseException]) -> None:
        try:
            found.append(self._follow(address, host))
        except ServiceError as error:
            found.append(error)
        except TimeoutError:
            found.append(self._late(host))
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                found.append(self._late(host))
                return
            reason = str(getattr(error.reason, "strerror", None) or error.reason).lower()
            found.append(ServiceError(f"no connection to {host}: {reason}", _OFFLINE))
        except (HTTPException, OSError, zlib.error, ValueError) as error:
            reason = " ".join((getattr(error, "strerror", None) or str(error) or "it was cut off").lower().split())
            found.append(
                ServiceError(f"the response from {host} was cut off or damaged: {reason[:200]}", _NOTHING_USED)
            )

    def _late(self, host: str) -> ServiceError:
        return ServiceError(f"{host} did not respond in time", _OFFLINE)

    def _follow(self, address: str, host: str) -> Answer:
        opener = urllib.request.build_opener(_NoRedirects)
        for _ in range(_MOST_REDIRECTS + 1):
            request = urllib.request.Request(  # noqa: S310 - the scheme was checked
                self._real(address), headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip"}
            )
            try:
                with opener.open(request, timeout=min(_CONNECT, self._deadline)) as response:
                    return _read(response, host)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code not in _REDIRECTS:
                        raise self._refusal(error, host) from None
                    target = urljoin(address, error.headers.get("Location") or "")
            if _checked_host(target, redirected_by=host) != host:
                raise ServiceError(
                    f"{host} redirects to {urlsplit(target).hostname} (not followed)",
                    "the service may have moved; a newer version of readlist may have the new address",
                )
            address = target
        raise ServiceError(f"{host} redirects in a loop", "try again later")

    def _real(self, address: str) -> str:
        parts = urlsplit(address)
        base = self._replaced.get(parts.hostname or "")
        return address if base is None else base + address.partition(parts.netloc)[2]

    def _refusal(self, error: urllib.error.HTTPError, host: str) -> ServiceError:
        if error.code in _BUSY:
            return ServiceError(
                f"{host} is refusing requests for now (status {error.code})",
                "the service is probably overloaded; try again later",
                busy=True,
                retry_after=self._seconds(error.headers.get("Retry-After") or ""),
            )
        if error.code in (404, 410):
            return ServiceError(f"{host} has no such page (status {error.code})", "it may not have this paper")
        if error.code in (400, 414):
            return ServiceError(
                f"{host} rejected a request as invalid (status {error.code})", _NOTHING_USED, bad_request=True
            )
        return ServiceError(f"{host} reported an error (status {error.code})", "try again later")

    def _seconds(self, text: str) -> float:
        if text.strip().isdecimal():
            return float(text)
        try:
            return max(0.0, (parsedate_to_datetime(text) - self._now()).total_seconds())
        except (ValueError, TypeError):
            return 0.0


_OFFLINE = "nothing was changed; `readlist fill --from FILE` works without a network"
_NOTHING_USED = "nothing in that response was used; try again later"


def _checked_host(address: str, redirected_by: str = "") -> str:
    """The host of an address.

    Raises:
        ServiceError: it is not encrypted, or not one of the named services.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ServiceError(f"{address[:100]!r} is not a valid address", "correct it in the settings") from None
    who = f"{redirected_by} redirects to" if redirected_by else "requests are not sent to"
    if parts.scheme != "https":
        raise ServiceError(f"{who} {address[:100]}, which is not encrypted", "use an https:// address")
    if (host not in HOSTS and not redirected_by) or port not in (None, 443) or parts.username is not None:
        hint = f"known: {', '.join(sorted(HOSTS))}"
        raise ServiceError(f"{who} {host or address[:100]}, which is not a known service", hint)
    return host


def _read(response: HTTPResponse, host: str) -> Answer:
    """Read an answer to its end, decompressing it in small pieces."""
    unpack = zlib.decompressobj(31) if response.headers.get("Content-Encoding", "").lower() == "gzip" else None
    expected = response.headers.get("Content-Length", "")
    parts: list[bytes] = []
    size = received = 0
    while block := response.read1(_BLOCK):
        received += len(block)
        piece = unpack.decompress(block, _LARGEST + 1 - size) if unpack else block
        size += len(piece)
        if size > _LARGEST:
            raise ServiceError(f"the response from {host} is larger than {_LARGEST // 1_000_000} MB", _NOTHING_USED)
        parts.append(piece)
    if (expected.isdecimal() and received < int(expected)) or (unpack and not unpack.eof):
        raise ServiceError(f"the response from {host} was cut off", _NOTHING_USED)
    return Answer(b"".join(parts), response.headers.get_content_type())


def _refuse_web_page(answer: Answer, host: str) -> None:
    start = answer.body[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if answer.kind == "text/html" or start.startswith((b"<!doctype html", b"<html")):
        raise ServiceError(
            f"{host} sent a web page instead of data (perhaps a bot check or a sign-in page)",
            _NOTHING_USED,
        )
