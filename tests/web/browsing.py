"""A headless browser, driven over the DevTools protocol; pyte emulates the terminal in each tab."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import pyte

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_TIMEOUT = 30  # seconds


class Terminal:
    """The screen of a terminal that receives the output sent to a tab."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, data: bytes) -> None:
        # pyte prints most private sequences instead of ignoring them.
        self._stream.feed(re.sub(rb"\x1b\](?:[^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b\[[<>=?][\d;]*[a-zA-Z]", b"", data))

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)

    @property
    def size(self) -> tuple[int, int]:
        return self._screen.columns, self._screen.lines

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)


class Tab:
    """One tab."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self._browser = browser
        self.target = target
        self.session = session
        self.terminal = Terminal()
        self.requests: list[str] = []

    async def send(self, method: str, **parameters: object) -> dict[str, Any]:
        return await self._browser.send(method, self.session, **parameters)

    async def go(self, address: str) -> None:
        await self.send("Page.navigate", url=address)

    async def ask(self, expression: str) -> Any:  # noqa: ANN401 - any JSON value
        """The value of an expression in the page."""
        answer = await self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    async def reload(self) -> None:
        self.terminal = Terminal()
        await self.send("Page.reload")

    async def type(self, text: str) -> None:
        for letter in text:
            await self.send("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
            await self.send("Input.dispatchKeyEvent", type="keyUp", key=letter)

    async def press(self, key: str, code: int, **more: object) -> None:
        """Press a key without text."""
        for kind in ("rawKeyDown", "keyUp"):
            await self.send(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more
            )

    async def shows(self, *texts: str) -> None:
        """Wait until the terminal shows these texts."""
        await self._browser.until(
            lambda: all(text in self.terminal.text for text in texts), lambda: self.terminal.text
        )

    async def becomes(self, expression: str) -> None:
        """Wait until an expression in the page is true."""
        for _ in range(1000):
            if await self.ask(expression):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"timed out waiting for {expression}")

    def handle(self, method: str, event: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(event["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.requests.append(event["url"])
            self.terminal = Terminal()
        elif method == "Network.webSocketFrameReceived" and event["response"]["opcode"] == 2:
            self.terminal.feed(base64.b64decode(event["response"]["payloadData"]))
        elif method == "Network.webSocketFrameSent" and event["response"]["payloadData"].startswith('["resize"'):
            size = json.loads(event["response"]["payloadData"])[1]
            self.terminal.resize(size["width"], size["height"])


class Browser:
    """A running browser."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._connection = connection
        self._number = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._changed = asyncio.Condition()
        self._tabs: dict[str, Tab] = {}
        self.pages: dict[str, str] = {}  # the URL of each tab, also of those opened by pages
        self.downloads: dict[str, str] = {}

    @property
    def requests(self) -> list[str]:
        """Every URL requested by our tabs."""
        return [address for tab in self._tabs.values() for address in tab.requests]

    @property
    def hosts(self) -> set[str]:
        """The hosts of all requests."""
        return {urlsplit(address).netloc for address in self.requests if not address.startswith(("data:", "blob:"))}

    async def send(self, method: str, session: str = "", **parameters: object) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self._answers[self._number] = answer = asyncio.get_running_loop().create_future()
        await self._connection.send_json(message | ({"sessionId": session} if session else {}))
        return await asyncio.wait_for(answer, _TIMEOUT)

    async def tab(self, address: str = "about:blank") -> Tab:
        """Open a tab and record its requests."""
        target = (await self.send("Target.createTarget", url="about:blank"))["targetId"]
        session = (await self.send("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        self._tabs[session] = tab = Tab(self, target, session)
        for domain in ("Network", "Page", "Runtime"):
            await tab.send(f"{domain}.enable")
        await tab.send("Emulation.setFocusEmulationEnabled", enabled=True)
        if address != "about:blank":
            await tab.go(address)
        return tab

    async def until(self, condition: Callable[[], object], describe: Callable[[], str] = str) -> None:
        """Wait until a condition is true; it is checked on every event of the browser."""
        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(condition), _TIMEOUT)
            except TimeoutError:
                raise AssertionError(f"timed out; the terminal shows\n{describe()}") from None

    async def listen(self) -> None:
        async for message in self._connection:
            event_data = json.loads(message.data)
            if "id" in event_data:
                answer = self._answers.pop(event_data["id"])
                if answer.done():
                    continue
                if "error" in event_data:
                    answer.set_exception(AssertionError(str(event_data["error"])))
                else:
                    answer.set_result(event_data["result"])
                continue
            event = event_data["params"]
            if event_data["method"] in {"Target.targetCreated", "Target.targetInfoChanged"}:
                self.pages[event["targetInfo"]["targetId"]] = event["targetInfo"]["url"]
            elif event_data["method"] == "Browser.downloadWillBegin":
                self.downloads[event["guid"]] = event["suggestedFilename"]
            elif event_data["method"] == "Browser.downloadProgress" and event["state"] == "completed":
                self.downloads[event["guid"]] += " completed"
            elif event_data.get("sessionId") in self._tabs:
                self._tabs[event_data["sessionId"]].handle(event_data["method"], event)
            async with self._changed:
                self._changed.notify_all()


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Browser]:
    """A browser that can only reach this machine; its downloads go to a folder."""
    assert PROGRAM is not None
    process = await asyncio.create_subprocess_exec(
        PROGRAM, "--headless=new", "--no-sandbox", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-dev-shm-usage", "--remote-debugging-port=0",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", f"--user-data-dir={folder / 'profile'}",
        "about:blank", stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        while found := await asyncio.wait_for(process.stderr.readline(), _TIMEOUT):
            if address := re.search(rb"DevTools listening on (ws://\S+)", found):
                break
        else:
            raise AssertionError("the browser did not start")
        draining = asyncio.create_task(process.stderr.read())
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(address[1].decode(), max_msg_size=0) as connection,
        ):
            driven = Browser(connection)
            listening = asyncio.create_task(driven.listen())
            await driven.send("Target.setDiscoverTargets", discover=True)
            await driven.send(
                "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder), eventsEnabled=True
            )
            try:
                yield driven
            finally:
                listening.cancel()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
    await draining
