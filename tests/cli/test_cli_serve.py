"""Usage errors and environment of ``readlist serve``. The server itself is tested in tests/web."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.environment import is_served_in_browser
from tui.paths import Paths, clipboard_programs, exports_folder, screen_environment

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_serve_without_the_extra_names_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tui.web.server", None)
    result = run("serve")
    assert result.status == 2
    # Install from the folder: the name on a package index may belong to somebody else.
    assert "pip install '.[web]'" in result.err


def test_a_served_screen_needs_no_terminal() -> None:
    assert is_served_in_browser({"TEXTUAL_DRIVER": "some.driver:Driver"})
    assert not is_served_in_browser({})


@pytest.mark.parametrize("port", ["-1", "65536", "99999", "9" * 18])
def test_an_invalid_port_is_one_message(run: Run, port: str) -> None:
    pytest.importorskip("aiohttp")
    result = run("serve", f"--port={port}")
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines()[0] == f"readlist: invalid port {port}"


@pytest.mark.parametrize("port", ["9" * 5000, "x", "8000.5", ""])
def test_a_port_that_is_not_a_number_is_one_message(run: Run, port: str) -> None:
    pytest.importorskip("aiohttp")
    result = run("serve", f"--port={port}")
    assert result.status == 2
    assert len(result.err) < 250
    assert "internal error" not in result.err


def test_a_port_in_use_is_one_message(run: Run) -> None:
    pytest.importorskip("aiohttp")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines()[0] == f"readlist: port {port} is in use"


def test_a_missing_export_folder_is_one_message(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("aiohttp")
    result = run("serve", "--exports", str(tmp_path / "nowhere"))
    assert result.status == 2
    assert result.err.startswith("readlist: no such folder: ")


def test_a_served_screen_gets_its_environment() -> None:
    paths = Paths(Path("/d"), Path("/s"), Path("/c.toml"))
    environment = screen_environment(
        paths, Path("/e"), 90, 31, {"DISPLAY": ":0", "TERM": "dumb", "READLIST_DATA": "/other"}
    )
    assert {
        name: environment[name] for name in ("READLIST_DATA", "READLIST_SEEDS", "READLIST_CONFIG", "COLUMNS", "LINES")
    } == {
        "READLIST_DATA": "/d",
        "READLIST_SEEDS": "/s",
        "READLIST_CONFIG": "/c.toml",
        "COLUMNS": "90",
        "LINES": "31",
    }
    assert is_served_in_browser(environment)
    assert exports_folder(environment) == Path("/e")
    assert clipboard_programs(environment) == ()
    assert exports_folder(screen_environment(paths, None, 90, 31, {"READLIST_EXPORTS": "/left"})) is None
