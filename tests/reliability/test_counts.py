"""The documentation shows the counts of the long runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.counts import keep, load, table

SAFETY = Path(__file__).resolve().parents[2] / "tui/docs/safety.md"
_OPENING, _CLOSING = "<!-- counts -->", "<!-- /counts -->"


def test_counts_are_kept_trial_by_trial(tmp_path: Path) -> None:
    file = tmp_path / "counts.json"
    assert load(file) == {}
    keep("kills of screens", {"kills": 1200, "lost": 0}, file)
    keep("power lost", {"states": 5, "wrong": 0}, file)
    keep("kills of screens", {"kills": 1300, "in_flight": 2, "lost": 0}, file)
    assert table(load(file)).splitlines() == [
        "| trial | counted |",
        "|---|---|",
        "| screen killed | kills 1,300, unconfirmed but complete 2, lost 0 |",
        "| power failure | states 5, wrong 0 |",
    ]


def test_the_documentation_shows_the_counts_that_were_kept() -> None:
    counts = load()
    assert counts, "no run has kept its counts: python -m tests.reliability --full --keep"
    found = SAFETY.read_text(encoding="utf-8").partition(_OPENING)[2].partition(_CLOSING)[0].strip()
    if found != table(counts):
        pytest.fail(f"put this between {_OPENING} and {_CLOSING} in safety.md:\n\n{table(counts)}\n", pytrace=False)
