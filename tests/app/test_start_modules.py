"""What a start of the screen imports: counted rather than timed, so that the result is the same on every machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
# Imports the screen, and does with the list what the first frame with rows needs.
SCRIPT = """
import sys
from pathlib import Path
from tui.paths import Paths
import tui.app.app
from tui.session.session import Session
session = Session.open_store(Paths(data=Path(sys.argv[1]), seeds=Path(sys.argv[2])))
assert not session.sources.changed()
assert session.entry(session.find("").ids[0]).paper.title
session.totals.progress()
session.close()
print(*sys.modules)
"""
# Of these packages a start imports nothing but these modules.
NEEDED = {
    "tui.bibtex": set[str](),
    "tui.export": {"export_options", "export_warning"},
    "tui.index": set[str](),
    "tui.ingest": {"listing_files"},
    "tui.insight": set[str](),
    "tui.latex": {"display_text"},
    "tui.pdf": set[str](),
    "tui.query": {"match_all", "query_value", "result", "search", "sort_key"},
    "tui.sources": set[str](),
    "tui.app.screens": {"main_screen", "overlay"},
}
NOT_NEEDED = {
    *("argparse", "csv", "email", "html", "html.parser", "http.client", "sqlite3", "tomllib", "urllib.request"),
    *("xml.parsers.expat", "zipfile", "tui.cli.argument_parser", "tui.settings.loader", "tui.app.actions.registry"),
    *("tui.session.source_files", "tui.session.imports", "tui.session.insights", "tui.model.publication_types"),
}


def test_a_start_imports_only_what_its_first_frame_needs(home: Paths) -> None:
    command = [sys.executable, "-c", SCRIPT, str(home.data), str(home.seeds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, cwd=ROOT)
    found = set(done.stdout.split())
    for package, names in NEEDED.items():
        used = {name.removeprefix(f"{package}.") for name in found if name.startswith(f"{package}.")}
        assert used <= names, package
    assert found & NOT_NEEDED == set()
