"""Completing the sample papers from a snapshot in which half of them are hidden."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.sources.generated_snapshot import write_snapshot
from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module")
def opened_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a list that was opened and closed; tests get copies of it."""
    data = tmp_path_factory.mktemp("opened") / "data"
    Session.open(Paths(data, SEEDS)).close()
    return data


@pytest.fixture
def session(tmp_path: Path, opened_before: Path) -> Iterator[Session]:
    session = Session.open(Paths(shutil.copytree(opened_before, tmp_path / "data"), SEEDS))
    yield session
    session.close()


@pytest.mark.parametrize("count", [3_000, pytest.param(300_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_taken_wrongly_and_nearly_everything_is_found(
    session: Session, tmp_path: Path, count: int, seed: int
) -> None:
    papers = [session.entry(paper_id).paper for paper_id in session.ids()]
    path = tmp_path / "snapshot.json"
    hidden = write_snapshot(path, papers, count, seed)
    plan = session.fills.plan(session.ids(), [path])
    taken = {proposal.paper_id: proposal.key for proposal in plan.sure}
    expected = {paper_id: f"arXiv:{eprint}" for paper_id, eprint in hidden.equal.items()}
    right = {paper_id for paper_id, key in taken.items() if expected.get(paper_id) == key}
    assert taken.keys() - right == set(), "taken wrongly"
    assert len(right) >= 0.98 * len(expected)
    assert not taken.keys() & (hidden.doubtful.keys() | hidden.absent)
    suggested = {proposal.paper_id: proposal.key for proposal in plan.proposals if not proposal.sure}
    assert {paper_id: f"arXiv:{eprint}" for paper_id, eprint in hidden.doubtful.items()}.items() <= suggested.items()


def test_filling_undoing_and_filling_again(session: Session, tmp_path: Path) -> None:
    papers = [session.entry(paper_id).paper for paper_id in session.ids()]
    write_snapshot(tmp_path / "snapshot.json", papers, 2_000)
    plan = session.fills.plan(session.ids(), [tmp_path / "snapshot.json"])
    assert session.fills.apply(plan.sure) is not None
    filled = [session.entry(paper_id).paper for paper_id in session.ids()]
    assert sum(paper.eprint is not None for paper in filled) > sum(paper.eprint is not None for paper in papers)
    assert [(paper.id, paper.title, paper.abstract) for paper in filled] == [
        (paper.id, paper.title, paper.abstract) for paper in papers
    ]
    session.edits.undo()
    assert [session.entry(paper_id).paper for paper_id in session.ids()] == papers
    session.edits.redo()
    assert [session.entry(paper_id).paper for paper_id in session.ids()] == filled
    assert session.fills.plan(session.ids(), [tmp_path / "snapshot.json"]).sure == ()
    assert session.fills.apply(()) is None


def test_a_later_source_wins_over_what_was_filled(session: Session, tmp_path: Path) -> None:
    papers = [session.entry(paper_id).paper for paper_id in session.ids()]
    hidden = write_snapshot(tmp_path / "snapshot.json", papers, 2_000)
    session.fills.apply(session.fills.plan(session.ids(), [tmp_path / "snapshot.json"]).sure)
    paper = next(each for each in papers if each.id in hidden.equal and not each.authors)
    bib = tmp_path / "own.bib"
    bib.write_text(
        f"@article{{x, title={{{paper.title}}}, author={{Own, Olga}}, abstract={{{paper.abstract}}}}}",
        encoding="utf-8",
    )
    session.imports.carry_out(session.imports.plan([bib]))
    assert session.entry(paper.id).paper.authors == ("Olga Own",)
    assert session.entry(paper.id).paper.eprint == hidden.equal[paper.id]
