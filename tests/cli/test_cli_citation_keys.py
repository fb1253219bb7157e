"""A citation key that was exported stays with its paper, whatever changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def _keys(run: Run, *query: str) -> dict[str, str]:
    """Key by abstract, which no correction below changes."""
    text = run("export", "--format", "bibtex", *query).out
    return {abstract: key for key, abstract in re.findall(r"@misc\{(.*),\n(?:  .*\n)*?  abstract *= \{(.*)\}", text)}


def test_keys_stay_through_corrections_undo_imports_merges_and_another_pattern(run: Run, tmp_path: Path) -> None:
    first = _keys(run)
    assert len(first) == len(set(first.values())) > 2
    one, other, *_ = re.findall(r'"id": "(\w+)"', run("list", "--json").out)
    assert run("correct", "--title", "Wholly different words", f"id:{one}").status == 0
    assert _keys(run) == first
    assert run("undo").status == 0
    assert _keys(run) == first
    held = first[next(iter(first))]
    rival = tmp_path / "rival.bib"
    rival.write_text(f"@misc{{{held}, title = {{A rival}}, author = {{Roe, Jo}}, abstract = {{Of its own kind}}}}")
    assert run("import", str(rival)).status == 0
    after = _keys(run)
    assert after.pop("Of its own kind") not in first.values()
    assert after == first
    config = tmp_path / "config.toml"
    config.write_text('citation_key = "[auth:upper][shortyear]"')
    assert _keys(run, "--config", str(config)) | {"Of its own kind": ""} == first | {"Of its own kind": ""}
    assert run("merge", f"id:{one}", f"id:{other}").status == 0
    assert set(_keys(run).items()) < {*first.items(), *_keys(run, "title:rival").items()}


def test_exporting_part_of_the_list_gives_the_same_keys(run: Run) -> None:
    part = _keys(run, "limit:1")
    assert part.items() <= _keys(run).items()


def test_two_programs_pin_the_same_key(seeds: Path, data: Path) -> None:
    paths = Paths(data, seeds)
    ours, theirs = Session.open(paths), Session.open(paths)
    ids = ours.ids()
    before = ours.exports.citation_keys()[ids[0]]
    theirs.curation.correct(ids[0], {"title": "Wholly different words"})
    written = theirs.exports.export(ids[:1], "bibtex").text
    assert before not in written
    key = re.findall(r"@misc\{(.*),", written)[0]
    assert re.findall(r"@misc\{(.*),", ours.exports.export(ids, "bibtex").text)[0] == key
    ours.close()
    theirs.close()
