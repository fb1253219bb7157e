"""Listings that change while programs have the reading list open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.paths import Paths
from tui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "CVOct 1, 2023\n{title}Maria Garcia, John Smith\nWe study {title} and say in detail what came of it.\n"


def write_listing(folder: Path, title: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{title.split(maxsplit=1)[0]}.txt").write_text(RECORD.format(title=title), encoding="utf-8")


def test_two_programs_with_different_listings_do_not_revert_each_other(tmp_path: Path) -> None:
    for name, title in (("one", "Radiance from Views"), ("other", "Grasping Glass")):
        write_listing(tmp_path / name, title)
    one, other = (Session.open(Paths(tmp_path / "data", tmp_path / name)) for name in ("one", "other"))
    for session in (one, other, one, other):
        session.poll()
        assert not session.sources.changed()
    titles = {session.entry(session.ids()[0]).paper.title for session in (one, other)}
    assert titles == {"Grasping Glass"}

    write_listing(tmp_path / "one", "Queues That Forget")
    assert one.sources.changed()
    one.sources.synchronise()
    other.poll()
    assert not other.sources.changed()
    assert len(other.ids()) == 2
    one.close()
    other.close()
