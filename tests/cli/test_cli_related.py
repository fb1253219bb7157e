"""Related papers and the learned order on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

LIKE = """\
CVMay 4, 2021
Radiance Fields of CitiesAda Larsen, Bo Li
Neural radiance fields of whole cities need many views from the street. We show how views from the air and depth help.
"""


def test_related_papers_come_with_common_words(run: Run, seeds: Path) -> None:
    (seeds / "like.txt").write_text(LIKE, encoding="utf-8")
    (found, *_) = json.loads(run("related", "--json", "title:cities").out)
    assert found["title"] == "Neural Radiance Fields from Sparse Views"
    assert 0.07 < found["score"] < 1
    assert "radiance" in found["reasons"]
    line = run("related", "--limit", "1", "title:cities").out
    assert line.split("  ")[1] == found["id"]
    assert "radiance" in line
    assert run("related", "cat:cs.CV").status == 2
    assert run("related", "--limit", "0", "title:cities").status == 2


def test_for_you_needs_decisions_to_learn_from(run: Run, seeds: Path) -> None:
    (seeds / "like.txt").write_text(LIKE, encoding="utf-8")
    result = run("related", "--for-you")
    assert result.status == 1
    assert "not enough decisions to learn from" in result.err
    for number in range(3):
        (seeds / f"{number}.txt").write_text(
            f"CLMay {number + 1}, 2021\nTokens and Words {number}Li Bo\nTokens cut words of language {number} apart.\n",
            encoding="utf-8",
        )
    run("mark", "--status", "queued", "tokens")
    run("mark", "--status", "skipped", "title:radiance OR title:gaussian")
    assert run("list", "sort:foryou").out.splitlines()[0].count("Tokens and Words") == 1
    assert "nothing to learn" not in run("list", "sort:foryou").err
    (first, *_) = json.loads(run("related", "--for-you", "--json", "tokens").out)
    assert "tokens" in first["reasons"]
    assert run("history", "--limit", "1").out.count("mark skipped") == 1
