"""Importing BibTeX loads no parser of another format: their patterns take longer than a small bibliography."""

from __future__ import annotations

import subprocess
import sys

import pytest

_LOADED = """
import sys
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
result = parse_source(decode_source("x", sys.argv[1].encode()))
print(len(result.records), *(name for name in ("parse_listing", "parsers.ris") if f"tui.ingest.{name}" in sys.modules))
"""
_ENTRY = "@misc{a, title = {On Mills}}\n"


@pytest.mark.parametrize(
    ("text", "loaded"),
    [
        (_ENTRY, "1"),
        (f"{_ENTRY}TY  - JOUR\nTI  - On Dunes\nER  - \n", "1"),
        ("TY  - JOUR\nTI  - On Dunes\nER  - \n", "1 parsers.ris"),
        ("https://example.com/x\n", "0 parse_listing parsers.ris"),
    ],
)
def test_only_what_is_needed_is_loaded(text: str, loaded: str) -> None:
    found = subprocess.run([sys.executable, "-c", _LOADED, text], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == loaded
