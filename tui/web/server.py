"""The web server: one page, its files, a WebSocket for each tab, and downloads.

Only the browser part of textual-serve is used (xterm.js with its addons, style sheet and font): its server cannot
check a request before it accepts a WebSocket, runs a shell command, and loads fonts from another host.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import signal
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web

from tui.web.guard import Guard
from tui.web.process import Packet, ScreenProcess

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Mapping

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
    Environment = Callable[[int, int], Mapping[str, str]]

MIN_SIZE, MAX_SIZE = (10, 3), (500, 200)  # columns and rows of a terminal; a browser may send any numbers
_MAX_SCREENS = 16
_MAX_DOWNLOADS = 8  # unfetched, per screen
_MAX_MESSAGE = 8_000_000  # bytes; a paste is one message
_MAX_REASON = 120  # bytes of the reason of a closed WebSocket
_HEARTBEAT = 15.0  # seconds between pings; a silent browser counts as disconnected
_PAGE = Path(__file__).with_name("page")
_TEXTUAL_SERVE = Path(str(files(textual_serve))) / "static"
_FILES = {
    "page.css": (_PAGE / "page.css", "text/css"),
    "page.js": (_PAGE / "page.js", "text/javascript"),
    "textual.js": (_TEXTUAL_SERVE / "js" / "textual.js", "text/javascript"),
    "xterm.css": (_TEXTUAL_SERVE / "css" / "xterm.css", "text/css"),
    "RobotoMono.ttf": (_TEXTUAL_SERVE / "fonts" / "RobotoMono-VariableFont_wght.ttf", "font/ttf"),
    "RobotoMono-Italic.ttf": (_TEXTUAL_SERVE / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf", "font/ttf"),
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "clipboard-read=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Server": "readlist",
}


class _Download(NamedTuple):
    """A file for the browser to fetch."""

    name: str
    content: bytes


class Server:
    """A server of screens.

    Args:
        listener: the bound socket.
        environment: returns the environment of a screen of a given number of columns and rows.
        options: the arguments of a screen.

    Attributes:
        guard: the access checks.
    """

    def __init__(self, listener: socket.socket, environment: Environment, options: tuple[str, ...] = ()) -> None:
        self._listener = listener
        self._environment = environment
        self._options = options
        self._downloads: dict[str, _Download] = {}
        self._sockets: set[web.WebSocketResponse] = set()
        self.guard = Guard(*listener.getsockname()[:2])

    def run(self) -> int:
        """Serve until a signal; returns its number."""
        logging.getLogger("aiohttp").setLevel(logging.CRITICAL)  # requests of strangers are not logged
        return asyncio.run(self.serve())

    async def serve(self) -> int:
        """Serve until a signal or cancellation; returns the number of the signal."""
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, _stop, ended, number)
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.SockSite(runner, self._listener).start()
            return await ended
        finally:
            await runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._authorise])
        app.add_routes(
            [
                web.get("/", _index),
                web.get("/static/{name}", _file),
                web.get("/download/{key}", self._download),
                web.get("/ws", self._screen),
            ]
        )
        app.on_response_prepare.append(_add_headers)
        app.on_shutdown.append(self._close)
        return app

    @web.middleware
    async def _authorise(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse requests of browsers that did not open the address with the token."""
        hosts, origins = request.headers.getall("Host", []), request.headers.getall("Origin", [])
        if not self.guard.is_own_request(hosts, origins, from_page=request.path == "/ws"):
            raise web.HTTPForbidden(text="forbidden: wrong host or origin\n")
        if request.path == "/" and self.guard.accepts_token(request.query.get("token", "")):
            redirect = web.HTTPSeeOther("/")
            redirect.set_cookie(self.guard.cookie_name, self.guard.cookie, httponly=True, samesite="Strict", path="/")
            raise redirect
        if not self.guard.accepts_cookie(request.cookies.get(self.guard.cookie_name, "")):
            raise web.HTTPForbidden(
                text="forbidden: open the address printed by `readlist serve`, including its token\n"
            )
        return await handler(request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        found = self._downloads.pop(request.match_info["key"], None)
        if found is None:
            raise web.HTTPNotFound(text="no such download\n")
        disposition = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
        return web.Response(
            body=found.content, content_type="application/octet-stream", headers={"Content-Disposition": disposition}
        )

    async def _screen(self, request: web.Request) -> web.WebSocketResponse:
        """Run a screen for as long as its tab is open."""
        connection = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_MAX_MESSAGE)
        await connection.prepare(request)
        if len(self._sockets) >= _MAX_SCREENS:
            await connection.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"too many open tabs, close one")
            return connection
        self._sockets.add(connection)
        try:
            size = _size(request.query.get("width"), request.query.get("height"))
            screen = await ScreenProcess.start(self._environment(*size), *self._options)
            showing = asyncio.create_task(self._show(screen, connection))
            try:
                await _forward_input(connection, screen)
            finally:
                await screen.stop()
                await showing
        finally:
            self._sockets.discard(connection)
        return connection

    async def _show(self, screen: ScreenProcess, connection: web.WebSocketResponse) -> None:
        """Send the output of a screen to the browser, and at its end the reason. Reads on if the browser is gone."""
        keys: list[str] = []
        name = ""
        async for packet in screen.packets():
            if packet.kind == b"M":
                name = await _handle_message(packet, connection) or name
            with suppress(ConnectionError, RuntimeError):
                if packet.kind == b"D":
                    await connection.send_bytes(packet.payload)
                elif packet.kind == b"F":
                    keys.append(key := secrets.token_urlsafe())
                    self._downloads[key] = _Download(name, packet.payload)
                    await connection.send_json(["deliver_file_start", key])
            for key in keys[:-_MAX_DOWNLOADS]:
                self._downloads.pop(key, None)
        status = await screen.stop()
        reason = screen.error_output().partition("\n")[0].encode()[:_MAX_REASON].decode(errors="ignore").encode()
        code = WSCloseCode.OK if status == 0 else WSCloseCode.INTERNAL_ERROR
        with suppress(ConnectionError, RuntimeError):
            await connection.close(code=code, message=reason)
        for key in keys:
            self._downloads.pop(key, None)

    async def _close(self, _: web.Application) -> None:
        for connection in [*self._sockets]:
            await connection.close(code=WSCloseCode.GOING_AWAY)


async def _index(_: web.Request) -> web.StreamResponse:
    return web.Response(body=(_PAGE / "page.html").read_bytes(), content_type="text/html", charset="utf-8")


async def _file(request: web.Request) -> web.StreamResponse:
    found = _FILES.get(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound(text="no such file\n")
    path, kind = found
    return web.Response(body=path.read_bytes(), content_type=kind)


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


async def _forward_input(connection: web.WebSocketResponse, screen: ScreenProcess) -> None:
    """Pass valid messages of the browser to a screen until the connection is closed."""
    async for message in connection:
        if message.type is not WSMsgType.TEXT:
            continue
        match _parsed(message.data):
            case ["stdin", str(text)]:
                await screen.send_input(text)
            case ["resize", {"width": width, "height": height}]:
                columns, rows = _size(width, height)
                await screen.send_message({"type": "resize", "width": columns, "height": rows})
            case ["focus" | "blur" as kind, *_]:
                await screen.send_message({"type": kind})
            case ["ping", str(data)] if len(data) < _MAX_REASON:
                await connection.send_json(["pong", data])


async def _handle_message(packet: Packet, connection: web.WebSocketResponse) -> str:
    """Handle a message of a screen; returns the name of the file whose content follows, if any."""
    match _parsed(packet.payload):
        case {"type": "file", "name": str(name)}:
            return name
        case {"type": "open_url", "url": str(address)} if address.startswith(("http://", "https://")):
            with suppress(ConnectionError, RuntimeError):
                await connection.send_json(["open_url", {"url": address, "new_tab": True}])
    return ""


def _parsed(data: str | bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _size(width: object, height: object) -> tuple[int, int]:
    """A size within the limits; the default for anything that is not a number."""
    found = []
    for value, default, smallest, largest in zip((width, height), (80, 24), MIN_SIZE, MAX_SIZE, strict=True):
        try:
            number = int(str(value)[:20])
        except ValueError:
            number = default
        found.append(min(max(number, smallest), largest))
    return found[0], found[1]


def _stop(ended: asyncio.Future[int], number: int) -> None:
    if not ended.done():
        ended.set_result(number)
