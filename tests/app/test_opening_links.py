"""Opening the link of a paper: web links only, as one argument, after a question if the host is not the one shown."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.support.screen_driver import Driver

    OpenApp = Callable[..., AbstractAsyncContextManager[Driver]]

UNSAFE = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "-x",
    "$(id)",
    "https://a b/",
    "https://a\x00/",
    "\\\\host\\share",
]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The arguments that the browser was started with."""
    arguments: list[list[str]] = []

    class Ended:
        def poll(self) -> int:
            return 0

    def start(words: list[str], **options: object) -> Ended:
        assert not options.get("shell")
        if len(words[-1]) > 100_000:
            raise OSError(errno.E2BIG, "Argument list too long")
        arguments.append(words)
        return Ended()

    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    return arguments


def list_with_links(folder: Path, *links: str) -> Paths:
    folder = folder / "links"
    (folder / "seeds").mkdir(parents=True)
    records = [
        {"title": f"Paper {number}", "abstract": f"study{number} " * 20, "links": [link]}
        for number, link in enumerate(links)
    ]
    (folder / "seeds" / "page.txt").write_text(json.dumps(records), encoding="utf-8")
    home = Paths(folder / "data", folder / "seeds")
    Session.open(home).close()
    return home


async def test_only_web_links_are_opened(open_app: OpenApp, tmp_path: Path, opened: list[list[str]]) -> None:
    async with open_app(at=list_with_links(tmp_path, *UNSAFE, "https://example.org/a b;id")) as driver:
        messages = []
        for _ in (*UNSAFE, ""):
            await driver.press("o")
            messages.append(driver.news)
            await driver.press("j")
        assert messages.count("this paper has no link") == len(UNSAFE)
        assert opened == [["/bin/xdg-open", "https://example.org/a%20b;id"]]


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://аpple.com/x", "xn--pple-43d.com"),
        ("https://ｇood.example/", "good.example"),
        ("https://good.example@evil.example/", "evil.example"),
        ("http://аpple.com/login?r=//xn--pple-43d.com", "xn--pple-43d.com"),
        ("https://good.example@evil.example/?//evil.example", "evil.example"),
        ("https://evil.example:80@other.example/#//other.example", "other.example"),
        ("https://evil.example\\@good.example/", "evil.example"),
    ],
)
async def test_a_link_with_a_misleading_host_is_confirmed(
    open_app: OpenApp, tmp_path: Path, opened: list[list[str]], link: str, host: str
) -> None:
    async with open_app(at=list_with_links(tmp_path, link)) as driver:
        await driver.press("o")
        assert f"This link opens {host}." in driver.screen_text
        await driver.press("n")
        assert opened == []
        await driver.press("o", "y")
        assert len(opened) == 1
        assert opened[0][1].isascii()
        assert host in opened[0][1]


async def test_a_link_that_is_too_long_for_a_program_is_reported(
    open_app: OpenApp, tmp_path: Path, opened: list[list[str]]
) -> None:
    async with open_app(at=list_with_links(tmp_path, "https://example.org/" + "x" * 200_000)) as driver:
        await driver.press("o")
        assert "Argument list too long" in driver.news
        assert opened == []


def fake_browser(folder: Path, code: str) -> Path:
    browser = folder / "some browser"
    browser.write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
    browser.chmod(0o755)
    return browser


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("exit 5", "some browser exited with status 5: https://example.org/p"),
        ("sleep 0.3; exit 3", "some browser exited with status 3: https://example.org/p"),
        ("kill -9 $$", "some browser was killed by signal 9: https://example.org/p"),
        ("exit 0", "opened https://example.org/p"),
    ],
)
async def test_a_browser_that_fails_is_reported(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, message: str
) -> None:
    monkeypatch.setenv("BROWSER", f"no-such-browser:'{fake_browser(tmp_path, code)}' --new")
    async with open_app(at=list_with_links(tmp_path, "https://example.org/p")) as driver:
        await driver.press("o")
        await driver.until(lambda: driver.news == message)


async def test_the_address_replaces_the_placeholder_of_the_browser_command(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[list[str]]
) -> None:
    async with open_app(at=list_with_links(tmp_path, "https://example.org/p")) as driver:
        for command in ("browser --open=%s -x", "browser", "'", ""):
            monkeypatch.setenv("BROWSER", command)
            await driver.press("o")
    assert opened == [
        ["/bin/browser", "--open=https://example.org/p", "-x"],
        ["/bin/browser", "https://example.org/p"],
        ["/bin/xdg-open", "https://example.org/p"],
        ["/bin/xdg-open", "https://example.org/p"],
    ]
