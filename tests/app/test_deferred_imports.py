"""What a start leaves out of what Textual would import, and that it is there for whoever asks for it."""

from __future__ import annotations

import subprocess
import sys

_START = """
import sys
import tui.app.app
print(*sorted({"ssl", "textual.widgets._tree", "textual.widgets._select"} & set(sys.modules)))
"""
_ASKED = """
import tui.app.app
from textual.types import CallbackType, DirEntry, NoSelection
import textual._types, textual.types, ssl
print(CallbackType is textual._types.CallbackType, DirEntry.__module__, textual.types.NoSelection is NoSelection)
print(ssl.create_default_context().check_hostname)
"""


def _printed(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return done.stdout.split()


def test_a_start_imports_no_widget_that_we_do_not_have_and_no_tls() -> None:
    assert _printed(_START) == []


def test_what_was_left_out_is_there_for_who_asks() -> None:
    assert _printed(_ASKED) == ["True", "textual.widgets._directory_tree", "True", "True"]
