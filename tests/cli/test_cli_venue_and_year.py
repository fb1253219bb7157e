"""A preprint, a conference paper and an article are imported one after the other: what is cited is one of them."""

from __future__ import annotations

import json
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SAME = "title = {Tides of Moss}, author = {Fen, Bo and Reed, Ida}, abstract = {We measure the tides of moss in bogs.}"
PREPRINT = f"@misc{{p, {SAME}, eprint = {{2212.00001}}, archiveprefix = {{arXiv}}, date = {{2022-12-11}}}}"
TALK = f"@inproceedings{{c, {SAME}, booktitle = {{Conference on Tides}}, pages = {{1--9}}, year = 2023, month = jun}}"
ARTICLE = (
    f"@article{{j, {SAME}, journal = {{Tide Letters}}, volume = 4, number = 2, pages = {{30--41}}, year = 2024}}"
)


def brought(run: Run, tmp_path: Path, *texts: str) -> None:
    for number, text in enumerate(texts):
        file = tmp_path / f"{number}.bib"
        file.write_text(text, encoding="utf-8")
        assert run("import", str(file)).status == 0


def cited(run: Run) -> tuple[str, str, str]:
    [paper] = json.loads(run("list", "--json", "tides", "moss").out)
    return paper["date"], paper["publication"].get("container_title", ""), paper["publication"].get("volume", "")


@pytest.mark.parametrize("order", list(permutations((PREPRINT, TALK, ARTICLE))))
def test_year_and_venue_are_those_of_the_article_in_every_order(
    order: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    brought(run, tmp_path, *order)
    assert cited(run) == ("2024", "Tide Letters", "4")


def test_the_year_of_a_marked_preprint_changes_with_its_venue_unless_the_user_corrected_it(
    run: Run, tmp_path: Path
) -> None:
    brought(run, tmp_path, PREPRINT)
    run("star", "tides", "moss")
    brought(run, tmp_path, PREPRINT, TALK)
    assert cited(run) == ("2023-06", "Conference on Tides", "")
    run("correct", "--date", "2021", "tides", "moss")
    brought(run, tmp_path, PREPRINT, TALK, ARTICLE)
    assert cited(run) == ("2021", "Tide Letters", "4")


def test_the_year_of_a_marked_paper_stays_where_the_venue_does(run: Run, tmp_path: Path) -> None:
    brought(run, tmp_path, ARTICLE)
    run("star", "tides", "moss")
    brought(run, tmp_path, ARTICLE, ARTICLE.replace("2024", "2025").replace("pages", "publisher = {Sea}, pages"))
    assert cited(run) == ("2024", "Tide Letters", "4")
