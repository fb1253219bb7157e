"""Saved views on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def listed(run: Run) -> dict[str, tuple[str, int | None]]:
    return {view["name"]: (view["query"], view["papers"]) for view in json.loads(run("views", "--json").out)}


def test_a_view_is_saved_replaced_and_used(run: Run) -> None:
    assert run("views", "save", "Video", "is:unread", "cat:cs.CV").status == 0
    assert run("views", "save", "old", "@video", "year:..2023").out == "saved @old: @video year:..2023\n"
    assert listed(run) == {"Video": ("is:unread cat:cs.CV", 2), "old": ("@video year:..2023", 1)}
    assert len(run("list", "@old").out.splitlines()) == 1
    assert run("views", "save", "@video", "cat:cs.CV").out.startswith("replaced @video")
    assert list(listed(run)) == ["Video", "old"]
    assert [line.split()[:3] for line in run("views").out.splitlines()] == [["1", "Video", "2"], ["2", "old", "1"]]


def test_renaming_a_view_renames_references_to_it(run: Run) -> None:
    for name, query in (("a", "nerf"), ("b", '@a "@a" -@A /@a/ title:@a'), ("ab", "@b")):
        run("views", "save", name, query)
    assert run("views", "rename", "A", "two words").status == 0
    assert listed(run)["b"][0] == '@"two words" "@a" -@"two words" /@a/ title:@a'
    assert listed(run)["ab"][0] == "@b"


def test_views_are_moved_and_deleted(run: Run) -> None:
    for name in "abc":
        run("views", "save", name, "nerf")
    assert run("views", "move", "c", "1").out == "moved @c: c, a, b\n"
    assert run("views", "move", "c", "9").status == 0
    assert run("views", "move", "c", "9" * 5000).status == 0
    assert run("views", "move", "c", "0" * 5000).status == 2
    assert list(listed(run)) == ["a", "b", "c"]
    assert run("views", "delete", "a").out == "deleted @a\n"
    assert list(listed(run)) == ["b", "c"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("save", "new", "@new nerf"), "would refer to itself"),
        (("save", "loop", "@user"), "refers to itself"),
        (("save", "new", "@nowhere"), 'no saved view "nowhere"'),
        (("save", "new", "year:x"), "year"),
        (("save", 'a"b', "nerf"), "1 to 40 characters"),
        (("save", "new"), "needs 2 or more arguments"),
        (("rename", "loop", "user"), "a view named @user already exists"),
        (("rename", "nowhere", "x"), "no saved view"),
        (("delete", "loop"), "refers to @loop"),
        (("move", "loop", "first"), "is not a valid position"),
        (("list", "loop"), "does not accept a name"),
        (("delete", "loop", "--json"), "does not support --json"),
    ],
)
def test_wrong_usage_of_views_is_refused_with_a_message(run: Run, arguments: tuple[str, ...], message: str) -> None:
    run("views", "save", "loop", "nerf")
    run("views", "save", "user", "@loop year:2023")
    before = listed(run)
    refused = run("views", *arguments)
    assert refused.status in {1, 2}
    assert message in refused.err
    assert listed(run) == before


def test_every_change_of_a_view_can_be_undone_and_redone(run: Run) -> None:
    for arguments in ("save a nerf", "save b diffusion @a", "rename a c", "move b 1"):
        run("views", *arguments.split())
    assert [(name, query) for name, (query, _) in listed(run).items()] == [("b", "diffusion @c"), ("c", "nerf")]
    assert "move the view @b" in run("undo").out
    assert list(listed(run)) == ["c", "b"]
    run("undo")
    assert {name: query for name, (query, _) in listed(run).items()} == {"a": "nerf", "b": "diffusion @a"}
    run("undo", "--steps", "2")
    assert listed(run) == {}
    run("redo", "--steps", "4")
    assert list(listed(run)) == ["b", "c"]
    steps = json.loads(run("history", "--json").out)
    assert steps[-1]["values"] == [{"value": "views", "old": None, "new": [["a", "nerf"]]}]
    assert run("views", "rename", "nothing", "x").status == 1
    assert len(json.loads(run("history", "--json").out)) == len(steps)


def test_views_in_the_settings_are_not_renamed_and_stale_references_are_reported(run: Run, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[views]\ngiven = "@mine nerf"\n[profiles.thesis]\nquery = "@Mine"\nformat = "bibtex"\n')
    asked = ("--config", str(settings))
    assert run("views", "save", "mine", "nerf", *asked).status == 0
    for arguments in (("save", "Given", "nerf"), ("rename", "mine", "given"), ("delete", "given")):
        status, _, err = run("views", *arguments, *asked)
        assert status == 2
        assert "the settings define a view @" in err
    status, out, err = run("views", "rename", "mine", "ours", *asked)
    assert (status, out) == (0, "renamed @mine to @ours\n")
    assert err == ("readlist: the settings still refer to it in the view @given and the profile thesis\n")
