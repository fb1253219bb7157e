"""Access control, tested with plain sockets so that no library corrects a request."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tui.web.guard import Guard

if TYPE_CHECKING:
    from tests.web.conftest import Running

_UPGRADE = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)


def request(port: int, path: str, *headers: str) -> str:
    """Send a request; returns the head of the response."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        lines = [f"GET {path} HTTP/1.1", *headers, "", ""]
        connection.sendall("\r\n".join(lines).encode())
        found = b""
        while b"\r\n\r\n" not in found and (data := connection.recv(4096)):
            found += data
    return found.decode(errors="replace").partition("\r\n\r\n")[0]


def status(response: str) -> int:
    return int(response.split(" ", 2)[1])


@pytest.fixture
def server(shared_server: Running) -> Running:
    return shared_server


@pytest.fixture
def cookie(server: Running) -> str:
    response = request(server.port, f"/?token={server.token}", f"Host: 127.0.0.1:{server.port}")
    assert status(response) == 303
    line = next(line for line in response.splitlines() if line.startswith("Set-Cookie: "))
    assert "HttpOnly" in line
    assert "SameSite=Strict" in line
    assert server.token not in line
    return f"Cookie: {line.removeprefix('Set-Cookie: ').partition(';')[0]}"


def test_an_authorised_browser_gets_the_page_and_a_screen(server: Running, cookie: str) -> None:
    host, origin = f"Host: 127.0.0.1:{server.port}", f"Origin: {server.origin}"
    page = request(server.port, "/", host, cookie)
    assert status(page) == 200
    assert "default-src 'none'" in page
    assert "Server: readlist" in page
    assert status(request(server.port, "/ws", host, origin, cookie, *_UPGRADE)) == 101


@pytest.mark.parametrize(
    "origin",
    [
        (),
        ("Origin: https://evil.example",),
        ("Origin: null",),
        ("Origin: http://127.0.0.1",),
        ("Origin: http://127.0.0.1:{other}",),
        ("Origin: http://localhost:{port}",),
        ("Origin: https://127.0.0.1:{port}",),
        ("Origin: http://127.0.0.1:{port}.evil.example",),
        ("Origin: http://127.0.0.1:{port}", "Origin: https://evil.example"),
    ],
)
def test_a_page_of_another_origin_gets_no_screen(server: Running, cookie: str, origin: tuple[str, ...]) -> None:
    sent = [line.format(port=server.port, other=server.port % 60_000 + 1) for line in origin]
    response = request(server.port, "/ws", f"Host: 127.0.0.1:{server.port}", *sent, cookie, *_UPGRADE)
    assert status(response) == 403


@pytest.mark.parametrize("path", ["/", "/ws", "/static/page.js", "/download/x", "/?token={token}"])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "localhost:{port}", "127.0.0.1", "127.0.0.1:{port}.", "[::1]:{port}", ""],
)
def test_a_foreign_host_name_that_resolves_to_this_machine_is_refused(
    server: Running, cookie: str, host: str, path: str
) -> None:
    sent = f"Host: {host.format(port=server.port)}"
    response = request(
        server.port, path.format(token=server.token), sent, f"Origin: {server.origin}", cookie, *_UPGRADE
    )
    assert status(response) in {400, 403}


def test_a_second_host_header_is_refused(server: Running, cookie: str) -> None:
    host = f"Host: 127.0.0.1:{server.port}"
    assert status(request(server.port, "/", host, "Host: evil.example", cookie)) in {400, 403}


@pytest.mark.parametrize("path", ["/", "/ws", "/static/page.js", "/static/textual.js", "/download/x", "/nowhere"])
@pytest.mark.parametrize("query", ["", "?token=", "?token=guessed", "?token={wrong}", "?token={right}x"])
def test_requests_without_the_token_are_refused(server: Running, path: str, query: str) -> None:
    wrong = server.token[:-1] + ("A" if server.token[-1] != "A" else "B")
    response = request(
        server.port,
        path + query.format(wrong=wrong, right=server.token),
        f"Host: 127.0.0.1:{server.port}",
        f"Origin: {server.origin}",
        f"Cookie: readlist-{server.port}=guessed",
        *_UPGRADE,
    )
    assert status(response) == 403
    assert "Set-Cookie" not in response


def test_the_cookie_of_one_server_is_invalid_for_another() -> None:
    first, second = Guard("127.0.0.1", 8000), Guard("127.0.0.1", 8001)
    assert first.accepts_cookie(first.cookie)
    assert not second.accepts_cookie(first.cookie)
    assert first.cookie_name != second.cookie_name


def test_the_default_port_is_omitted_as_in_browsers() -> None:
    guard = Guard("127.0.0.1", 80)
    assert guard.is_own_request(["127.0.0.1"], ["http://127.0.0.1"], from_page=True)
    assert not guard.is_own_request(["127.0.0.1:80"], [], from_page=False)


def test_a_single_use_address_works_once() -> None:
    guard = Guard("127.0.0.1", 8000)
    token = guard.single_use_address().partition("token=")[2]
    assert guard.accepts_token(token)
    assert not guard.accepts_token(token)
    assert not guard.accepts_token("")
    assert guard.accepts_token(guard.address.partition("token=")[2])
    assert guard.accepts_token(guard.address.partition("token=")[2])
