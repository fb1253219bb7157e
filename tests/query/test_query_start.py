"""The list of all papers must not import the query language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = {
    *("engine", "completion", "empty_result", "lexer", "match", "query_parser", "partial_query"),
    *("pattern_search", "facet_edit", "ranking", "removed_papers", "sorting"),
}
SCRIPT = """
import sys
from datetime import date
from tui.query.search import Search

class Papers:
    def ids(self): return ("a1",)
    def entry(self, id):
        from tui.model.entry import Entry
        from tui.model.mark import Mark
        from tui.model.paper import Paper
        return Entry(Paper("a1", title="NeRF"), Mark())

search = Search(Papers(), dict)
listing = search.find(TEXT, today=date(2026, 11, 20))
assert listing.ids == ("a1",)
if FACETS:
    assert search.facets(listing)[0].values[0].count == 1
print(*sorted(name for name in sys.modules if name.startswith("tui.")))
"""


def imported(text: str, *, facets: bool) -> set[str]:
    script = f"TEXT, FACETS = {text!r}, {facets}\n{SCRIPT}"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("facets", [False, True])
def test_the_list_of_all_papers_imports_nothing_of_the_language(*, facets: bool) -> None:
    found = imported("", facets=facets)
    assert ("tui.query.facet_counts" in found) is facets
    assert ("tui.query.syntax_tree" in found) is facets
    assert not found & {f"tui.query.{name}" for name in LANGUAGE}
    assert "tui.model.author_name" not in found


def test_words_import_the_language_without_facets_completion_and_names() -> None:
    found = imported("nerf", facets=False)
    assert found >= {"tui.query.engine", "tui.query.query_parser", "tui.query.match"}
    assert not found & {
        "tui.query.query_completion",
        "tui.query.facet_counts",
        "tui.query.facet_edit",
        "tui.model.author_name",
    }
