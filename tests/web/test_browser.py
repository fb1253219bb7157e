"""The screen in a real browser: opening, typing, pasting, resizing, reloading and quitting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from tests.web.browsing import PROGRAM, browser
from tests.web.conftest import FOUND_LINK
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.web.browsing import Browser, Tab
    from tests.web.conftest import Running

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")

_SHOWN = "!document.querySelector('#end').hidden"
_MESSAGE = "document.querySelector('#why').textContent"


@pytest.fixture
async def chromium(tmp_path: Path) -> AsyncIterator[Browser]:
    folder = tmp_path / "browser"
    folder.mkdir()
    async with browser(folder) as running:
        yield running


async def opened(chromium: Browser, server: Running) -> Tab:
    tab = await chromium.tab(server.address)
    await tab.shows("Rivers Under Glass", "Harbours at Night")
    return tab


def notes(server: Running) -> list[str]:
    session = Session.open(server.paths)
    try:
        return [session.entry(paper_id).mark.note for paper_id in session.ids()]
    finally:
        session.close()


async def test_the_terminal_has_the_focus_after_loading(chromium: Browser, server: Running) -> None:
    tab = await opened(chromium, server)
    await tab.type("j")  # no click before
    await tab.shows("2 of 2")
    assert await tab.ask("document.title") == "readlist"
    assert await tab.ask("location.href") == f"{server.origin}/"
    assert await tab.ask("document.fonts.check('16px \"Roboto Mono\"')")
    assert "textual" not in (await tab.ask("document.body.innerText")).lower()
    assert chromium.hosts == {f"127.0.0.1:{server.port}"}


async def test_keys_copy_and_paste(chromium: Browser, server: Running) -> None:
    tab = await opened(chromium, server)
    await tab.type("yt")
    await tab.shows("copied the title")
    await tab.type("e")
    await tab.shows("Note")
    await tab.type("typed, ")
    await tab.press("v", 86, modifiers=2, commands=["paste"])
    await tab.shows("typed, Rivers Under Glass")
    await tab.press("Escape", 27)
    await tab.shows("note: Rivers Under Glass  u undo")
    assert notes(server) == ["typed, Rivers Under Glass", ""]


async def test_the_screen_follows_the_window_to_the_width_of_a_phone(chromium: Browser, server: Running) -> None:
    tab = await opened(chromium, server)
    wide = tab.terminal.size
    await tab.send("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=3, mobile=True)
    await chromium.until(lambda: tab.terminal.size[0] < 50)
    await tab.shows("Rivers")
    await tab.type("j")
    await tab.shows("2 of 2")
    assert tab.terminal.size[1] > wide[1]
    assert await tab.ask("document.documentElement.scrollWidth <= innerWidth")


async def test_clicks_go_to_the_cells_below_them(chromium: Browser, server: Running) -> None:
    tab = await opened(chromium, server)

    async def click(text: str, modifiers: int = 0) -> None:
        lines = tab.terminal.text.splitlines()
        y, x = next((row, line.index(text)) for row, line in enumerate(lines) if text in line)
        box = await tab.ask("JSON.stringify(document.querySelector('.xterm-screen').getBoundingClientRect())")
        left, top, width, height = (json.loads(box)[name] for name in ("left", "top", "width", "height"))
        columns, rows = tab.terminal.size
        at = {"x": left + (x + 0.5) * width / columns, "y": top + (y + 0.5) * height / rows}
        for kind in ("mousePressed", "mouseReleased"):
            await tab.send(
                "Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, modifiers=modifiers, **at
            )

    await click("Harbours at Night")
    await tab.shows("2 of 2")
    await tab.type("R")
    await tab.shows("press a letter")
    await click(" skipped")
    await tab.shows("skipped: Harbours at Night")
    await click("Rivers Under Glass", modifiers=2)
    await tab.shows("1 selected")


async def test_two_tabs_and_a_reload(chromium: Browser, server: Running) -> None:
    first = await opened(chromium, server)
    second = await chromium.tab(f"{server.origin}/")  # the cookie is enough
    await second.shows("Rivers Under Glass")
    await second.type("+fog")
    await second.press("Enter", 13, text="\r")
    await first.shows("fog")
    await first.reload()
    await first.shows("Rivers Under Glass", "fog")
    await first.type("j")
    await first.shows("2 of 2")


async def test_a_stopped_server_shows_a_message(chromium: Browser, server: Running) -> None:
    tab = await opened(chromium, server)
    assert server.stop() == (0, "")
    await tab.becomes(_SHOWN)
    assert await tab.ask(_MESSAGE) == "connection lost, reload the page"
    assert await tab.ask("document.activeElement.id") == "reload"


async def test_quitting_is_not_a_lost_connection(chromium: Browser, server: Running) -> None:
    tab = await opened(chromium, server)
    await tab.type("Q")
    await tab.becomes(_SHOWN)
    assert await tab.ask(_MESSAGE) == "readlist was closed, all changes are saved"
    await tab.press("Enter", 13, text="\r")
    await tab.shows("Rivers Under Glass")


async def test_a_list_that_cannot_be_opened_shows_the_reason(chromium: Browser, server: Running) -> None:
    (server.paths.data / "marks.json").write_text("{", encoding="utf-8")
    tab = await chromium.tab(server.address)
    await tab.becomes(_SHOWN)
    assert "marks.json" in await tab.ask(_MESSAGE)


async def test_a_link_opens_a_new_tab(chromium: Browser, server: Running) -> None:
    tab = await opened(chromium, server)
    await tab.type("o")
    await chromium.until(lambda: FOUND_LINK in chromium.pages.values(), lambda: str(chromium.pages))
    await tab.shows("opened https://papers.example")


async def test_an_export_is_downloaded(chromium: Browser, server: Running, tmp_path: Path) -> None:
    tab = await opened(chromium, server)
    await tab.type(":export ris")
    await tab.press("Enter", 13, text="\r")
    await tab.shows("Download 2 papers as")
    await tab.press("Enter", 13, text="\r")
    await chromium.until(
        lambda: "readlist.ris completed" in chromium.downloads.values(), lambda: str(chromium.downloads)
    )
    assert "TI  - Rivers Under Glass" in (tmp_path / "browser" / "readlist.ris").read_text(encoding="utf-8")
    assert not (tmp_path / "readlist.ris").exists()


_ATTACK = """<script>
const results = {};
const socket = address => new Promise(done => {
  const tried = new WebSocket(address);
  tried.onmessage = tried.onopen = () => done("open");
  tried.onclose = () => done("refused");
});
const loaded = (kind, address) => new Promise(done => {
  const element = document.createElement(kind);
  element.onload = () => done("loaded");
  element.onerror = () => done("refused");
  element.src = address;
  document.head.append(element);
});
const read = address => fetch(address, {credentials: "include"}).then(() => "read", () => "refused");
(async () => {
  results.socket = await socket("ws://127.0.0.1:PORT/ws");
  results.script = await loaded("script", "http://127.0.0.1:PORT/static/page.js");
  results.page = await read("http://127.0.0.1:PORT/");
  document.title = JSON.stringify(results);
})();
</script>"""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_another_site_gets_nothing_from_an_authorised_browser(
    chromium: Browser, server: Running, host: str
) -> None:
    await opened(chromium, server)

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=_ATTACK.replace("PORT", str(server.port)), content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", page)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        attacker = await chromium.tab(f"http://{host}:{port}/")
        await attacker.becomes("document.title.startsWith('{')")
        assert await attacker.ask("document.title") == '{"socket":"refused","script":"refused","page":"refused"}'
    finally:
        await runner.cleanup()
    assert notes(server) == ["", ""]


def test_textual_js_contains_the_names_that_the_page_replaces() -> None:
    from tui.web import server

    text = (server._TEXTUAL_SERVE / "js" / "textual.js").read_text(encoding="utf-8")
    for name in ("window.onload=", "new WebSocket(", "window.open(", "xterm-helper-textarea", "sessionWebsocketUrl"):
        assert name in text
