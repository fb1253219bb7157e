"""Serving the screen to a browser needs an extra, and says so."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.home import served

if TYPE_CHECKING:
    import pytest

    from tests.cli.conftest import Run


def test_without_the_extra_it_says_which(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    result = run("serve")
    assert result.status == 2
    # The name may be anybody's on an index of packages: what is installed is the folder that is here.
    assert "pip install '.[web]'" in result.err


def test_a_served_screen_needs_no_terminal() -> None:
    assert served({"TEXTUAL_DRIVER": "some.driver:Driver"})
    assert not served({})
