"""The tags in use are those of the current marks, whoever changed them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.model.edit import Edit
from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
CVOct 26, 2023
Radiance Fields from Single ViewsSudarshan Babu, Richard Liu
We reconstruct radiance fields from one photograph each, with a network that learns shape priors.
LGJun 22, 2021
Growing Networks with Variance TransferXin Yuan, Pedro Savarese
Training cost falls when a network grows while it learns; momentum statistics carry over to new neurons.
"""


@pytest.fixture
def home(tmp_path: Path) -> Paths:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "page.txt").write_text(PAGE, encoding="utf-8")
    return Paths(data=tmp_path / "data", seeds=tmp_path / "seeds")


@pytest.mark.parametrize("positions", [(0, 1), (1, 0)])
def test_the_spelling_of_the_first_paper_in_the_list_is_used(home: Paths, positions: tuple[int, int]) -> None:
    with closing(Session.open(home)) as session:
        ids = session.ids()
        for position in positions:
            session.edits.mark([ids[position]], Edit(add_tags=(("NeRF", "nerf")[position],)))
        assert session.totals.tags() == (("NeRF", 2),)


def test_tags_follow_every_way_to_change_a_mark(home: Paths) -> None:
    here, there = Session.open(home), Session.open(home)
    one, other = here.ids()

    def follows(*tags: tuple[str, int]) -> bool:
        there.poll()
        return here.totals.tags() == there.totals.tags() == tags

    assert follows()
    here.edits.mark([one, other], Edit(add_tags=("ml",)))
    assert follows(("ml", 2))
    there.edits.mark([one], Edit(add_tags=("nerf",)))
    here.poll()
    assert follows(("ml", 2), ("nerf", 1))
    here.edits.rename_tag("ml", "learning")
    assert follows(("learning", 2), ("nerf", 1))
    here.edits.undo()
    assert follows(("ml", 2), ("nerf", 1))
    here.edits.delete_tag("nerf")
    assert follows(("ml", 2))
    here.edits.redo()
    here.edits.mark([one, other], Edit(remove_tags=("ml",)))
    assert follows()
    here.close()
    there.close()
