"""A screen on a WebSocket: messages, restrictions, and how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.web.browsing import Terminal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.web.conftest import Running


class Screen:
    """A connection and the terminal it draws."""

    def __init__(
        self, session: aiohttp.ClientSession, connection: aiohttp.ClientWebSocketResponse, size: tuple[int, int]
    ) -> None:
        self.session = session
        self.connection = connection
        self.terminal = Terminal(*size)
        self.messages: list[Any] = []

    async def send(self, *message: object) -> None:
        await self.connection.send_json(message)

    async def type(self, text: str) -> None:
        await self.send("stdin", text)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Receive messages until a condition is true or the connection is closed."""
        try:
            async with asyncio.timeout(20):
                await self._receive_until(condition)
        except TimeoutError:
            raise AssertionError(f"timed out; the terminal shows\n{self.terminal.text}") from None

    async def _receive_until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            message = await self.connection.receive()
            if message.type is aiohttp.WSMsgType.BINARY:
                self.terminal.feed(message.data)
            elif message.type is aiohttp.WSMsgType.TEXT:
                self.messages.append(message.json())
            else:
                assert condition(), f"closed with {self.connection.close_code}: {message.extra}\n{self.terminal.text}"

    async def shows(self, text: str) -> None:
        await self.until(lambda: text in self.terminal.text)

    async def ends(self) -> int:
        """Wait until the connection is closed; returns its close code."""
        await self.until(lambda: self.connection.closed)
        assert self.connection.close_code is not None
        return self.connection.close_code


@asynccontextmanager
async def connected(server: Running, size: tuple[int, int] = (100, 30), query: str = "") -> AsyncIterator[Screen]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(server.address) as page:
            assert page.status == 200
        query = query or f"width={size[0]}&height={size[1]}"
        async with session.ws_connect(
            f"{server.origin}/ws?{query}", origin=server.origin, max_msg_size=0
        ) as connection:
            yield Screen(session, connection, size)


def processes_of(server: Running) -> list[Path]:
    """The child processes of a server, as their folders in /proc."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    if not children.exists():
        pytest.skip("cannot list child processes on this system")
    return [Path("/proc", pid) for pid in children.read_text(encoding="ascii").split()]


async def gone(process: Path) -> None:
    """Wait until a process has exited, even if it is a zombie."""
    async with asyncio.timeout(20):
        while process.exists() and ") Z " not in (process / "stat").read_text(encoding="ascii", errors="ignore"):
            await asyncio.sleep(0.02)


async def test_the_first_frame_has_the_size_of_the_window(shared_server: Running) -> None:
    async with connected(shared_server, (61, 19)) as screen:
        await screen.shows("help")
        assert "help" in screen.terminal.text.splitlines()[-1]
        assert all(len(line) == 61 for line in screen.terminal.text.splitlines())


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        (100_000, 100_000, (500, 200)),
        (-5, 0, (10, 3)),
        ("9" * 5000, "x", (500, 24)),
        (None, [], (80, 24)),
        (90, 20, (90, 20)),
    ],
)
async def test_sizes_are_limited(
    shared_server: Running, width: object, height: object, size: tuple[int, int]
) -> None:
    async with connected(shared_server, size, f"width={width}&height={height}") as screen:
        await screen.until(lambda: bool(screen.terminal.text.strip()))
        await screen.send("resize", {"width": 60, "height": 20})
        await screen.send("resize", {"width": width, "height": height})
        await screen.type("Q")
        assert await screen.ends() == 1000


NONSENSE: list[object] = [
    ["stdin", 5], ["stdin"], ["resize", 1], ["resize", {}], [], {}, None, 7, "x", ["unknown", "x"], ["stdin", "\ud800"],
    ["ping", ["x"]], ["focus"], ["stdin", "\x1b[48;99999;99999;0;0t"], ["stdin", "\x1b[57344;1u"],
    ["stdin", "\x1b[<" + "9" * 5000 + "M"],
]  # fmt: skip


async def test_invalid_messages_are_ignored(server: Running) -> None:
    async with connected(server) as screen:
        await screen.shows("1 of 2")
        await screen.connection.send_str("[" * 50_000)
        await screen.connection.send_bytes(b"\xff")
        for number, message in enumerate(NONSENSE):
            await screen.connection.send_json(message)
            await screen.type("jk"[number % 2])
            await screen.shows(f"{2 - number % 2} of 2")


async def test_there_is_no_editor_and_no_suspending(serve: Callable[..., Running], tmp_path: Path) -> None:
    server = serve(EDITOR=f"touch {tmp_path / 'started'};")
    async with connected(server) as screen:
        await screen.shows("Rivers")
        await screen.type("E")
        await screen.shows("$EDITOR is not available in a browser")
        await screen.type("\x1a")
        await screen.shows("a browser has no shell to suspend to")
        await screen.type("e")
        await screen.shows("Note")
    assert not (tmp_path / "started").exists()


async def export(screen: Screen, name: str, kind: str = "ris") -> None:
    await screen.type(f":export {kind}")
    await screen.shows("Export as")
    await screen.type("\r")
    await screen.shows("papers")
    await screen.type("\x15" + name)
    await screen.type("\r")


async def test_exports_are_written_to_their_folder_only(serve: Callable[..., Running], folder: Path) -> None:
    (folder / "exports").mkdir()
    (folder / "elsewhere").mkdir()
    (folder / "exports" / "link").symlink_to(folder / "elsewhere")
    (folder / "exports" / "outside.ris").symlink_to(folder / "elsewhere" / "outside.ris")
    async with connected(serve("--exports", "exports", HOME=str(folder))) as screen:
        await screen.shows("1 of 2")
        for name in ("../outside.ris", str(folder / "outside.ris"), "link/outside.ris", "outside.ris", "."):
            await export(screen, name)
            await screen.shows("must be saved in")
        await export(screen, "inside.ris")
        await screen.shows("exported 2 papers to")
        await export(screen, "inside.ris")
        await screen.shows("press a letter")
    assert [path.relative_to(folder) for path in folder.rglob("*.ris") if path.is_file()] == [
        Path("exports/inside.ris")
    ]


async def test_an_authorised_browser_can_fetch_a_download_once(server: Running, folder: Path) -> None:
    async with connected(server) as screen:
        await screen.shows("Rivers")
        await export(screen, "../möre.ris")
        await screen.until(lambda: bool(screen.messages))
        kind, key = screen.messages[0]
        assert kind == "deliver_file_start"
        async with screen.session.get(f"{server.origin}/download/{key}") as found:
            assert found.headers["Content-Disposition"] == "attachment; filename*=UTF-8''m%C3%B6re.ris"
            assert found.headers["Content-Type"] == "application/octet-stream"
            assert "TI  - Rivers Under Glass" in await found.text()
        async with screen.session.get(f"{server.origin}/download/{key}") as found:
            assert found.status == 404
    assert not list(folder.rglob("*.ris"))


async def test_a_folder_of_the_same_name_is_not_run_instead_of_the_program(
    serve: Callable[..., Running], tmp_path: Path
) -> None:
    trap = tmp_path / "trap"
    for name in ("tui", "textual", "rich"):
        (trap / name).mkdir(parents=True)
        for file in ("__init__.py", "__main__.py"):
            (trap / name / file).write_text(f"open({str(trap / 'ran')!r}, 'w')", encoding="utf-8")
    async with connected(serve(inside=trap)) as screen:
        await screen.shows("Rivers")
    assert not (trap / "ran").exists()


async def test_the_settings_are_those_of_the_server(serve: Callable[..., Running], tmp_path: Path) -> None:
    (tmp_path / "views.toml").write_text('[views]\nonly = "harbours"\nstart = "@only"\n', encoding="utf-8")
    async with connected(serve("--config", "views.toml")) as screen:
        await screen.shows("Rivers")
        await screen.type("/@only\r")
        await screen.shows("1 of 1")


async def test_ascii_can_be_used_in_the_browser(serve: Callable[..., Running]) -> None:
    async with connected(serve(first=("--ascii",))) as screen:
        await screen.shows("Rivers")
        await screen.shows("? help")
        assert screen.terminal.text.isascii()


async def test_unicode_glyphs_are_used_whatever_the_locale_is(serve: Callable[..., Running]) -> None:
    async with connected(serve(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")) as screen:
        await screen.shows("●")


async def test_closing_a_tab_ends_its_program_and_keeps_the_draft(server: Running) -> None:
    async with connected(server) as screen:
        await screen.shows("Rivers")
        [process] = processes_of(server)
        await screen.type("e")
        await screen.shows("Note")
        await screen.type("half a thought")
        await screen.shows("half a thought")
    await gone(process)
    async with connected(server) as screen:
        await screen.shows("Rivers")
        await screen.type("e")
        await screen.shows("half a thought")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
async def test_stopping_the_server_stops_its_screens(server: Running, number: int, status: int) -> None:
    async with connected(server) as screen:
        await screen.shows("Rivers")
        [process] = processes_of(server)
        ending = asyncio.create_task(asyncio.to_thread(server.stop, number))
        assert await screen.ends() == 1001
        assert await ending == (status, "")
        assert not process.exists()


async def test_killing_the_server_leaves_no_process(server: Running) -> None:
    async with connected(server) as screen:
        await screen.shows("Rivers")
        [process] = processes_of(server)
        server.process.kill()
        await gone(process)


async def test_the_browser_is_opened_with_a_single_use_address(serve: Callable[..., Running], tmp_path: Path) -> None:
    script, closing = tmp_path / "browser", tmp_path / "closing"
    os.mkfifo(closing)
    script.write_text(
        f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/part && mv {tmp_path}/part {tmp_path}/asked\n'
        f"exec cat {closing} > /dev/null 2>&1\n"
    )
    script.chmod(0o755)
    server = serve("--open", BROWSER=f"{script} %s")
    async with asyncio.timeout(20):
        while not (tmp_path / "asked").exists():
            await asyncio.sleep(0.02)
    address = (tmp_path / "asked").read_text(encoding="ascii")
    assert server.token not in address
    for status in (303, 403):
        async with aiohttp.ClientSession() as session, session.get(address, allow_redirects=False) as answer:
            assert answer.status == status
    closing.write_bytes(b"")  # ends the browser, which ran all the time


@pytest.mark.slow
async def test_at_most_sixteen_tabs_can_be_open(server: Running) -> None:
    async with connected(server) as screen:
        query = f"{server.origin}/ws?width=80&height=24"
        others = [await screen.session.ws_connect(query, origin=server.origin) for _ in range(16)]
        assert (await others[-1].receive(timeout=20)).extra == "too many open tabs, close one"
        await screen.shows("Rivers")
        for other in others:
            await other.close()
