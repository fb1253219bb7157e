"""Saved views: named queries, in an order, that may refer to each other."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import ConflictError, NothingMatchedError, QueryError, UsageError
from tui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from tui.paths import Paths
    from tui.session.saved_views import SavedViews


@pytest.fixture
def views(session: Session) -> SavedViews:
    for name, query in (("ice", "rivers"), ("To read", "is:unread"), ("both", '@ice @"to read"')):
        session.saved_views.save(name, query)
    return session.saved_views


def test_views_are_used_in_queries_and_kept_in_order(session: Session, views: SavedViews) -> None:
    assert list(views.all()) == list(session.views()) == ["ice", "To read", "both"]
    assert session.find("@both").ids == session.find("rivers is:unread").ids != ()


def test_a_name_is_found_without_case_and_accents_and_keeps_its_spelling(session: Session, views: SavedViews) -> None:
    assert views.save("@ÍCE", "mills") is True
    assert views.save("new", "harbours") is False
    assert views.all() == {"ice": "mills", "To read": "is:unread", "both": '@ice @"to read"', "new": "harbours"}
    session.undo()
    session.undo()
    assert views.all()["ice"] == "rivers"
    assert "new" not in views.all()


def test_a_renamed_view_is_renamed_in_the_queries_of_others(session: Session, views: SavedViews) -> None:
    views.rename("to READ", "later on")
    assert list(views.all().items()) == [("ice", "rivers"), ("later on", "is:unread"), ("both", '@ice @"later on"')]
    views.rename("ice", "Ice")
    assert list(views.all()) == ["Ice", "later on", "both"]
    session.undo()
    session.undo()
    assert views.all()["both"] == '@ice @"to read"'


def test_a_rename_to_the_name_of_another_view_is_refused(views: SavedViews) -> None:
    with pytest.raises(UsageError, match="@both already exists"):
        views.rename("ice", "BOTH")
    assert list(views.all()) == ["ice", "To read", "both"]


def test_a_view_that_another_one_uses_cannot_be_deleted(views: SavedViews) -> None:
    with pytest.raises(UsageError, match="@both refers to @ice"):
        views.delete("ice")
    views.delete("both")
    views.delete("ice")
    assert list(views.all()) == ["To read"]


@pytest.mark.parametrize(
    ("position", "order"), [(1, "cab"), (2, "acb"), (3, "abc"), (-5, "cab"), (10**30, "abc")]
)  # fmt: skip
def test_a_view_is_moved_to_a_position(session: Session, position: int, order: str) -> None:
    for name in "abc":
        session.saved_views.save(name, "rivers")
    session.saved_views.move("c", position)
    assert "".join(session.saved_views.all()) == order


def test_a_view_cannot_refer_to_itself(views: SavedViews) -> None:
    with pytest.raises(QueryError, match="itself"):
        views.save("new", "rivers @new")
    with pytest.raises(QueryError):
        views.save("ice", "@both")
    with pytest.raises(QueryError):
        views.save("other", "@nosuch")
    assert views.all()["ice"] == "rivers"
    assert list(views.all()) == ["ice", "To read", "both"]


@pytest.mark.parametrize("name", ["", "@", " ", "x" * 41, 'a"b', "a\nb", "a\x1b[2Jb"])
def test_a_name_that_no_query_could_contain_is_refused(views: SavedViews, name: str) -> None:
    with pytest.raises(UsageError, match="1 to 40 characters"):
        views.save(name, "rivers")


def test_a_name_of_forty_characters_is_accepted(session: Session) -> None:
    session.saved_views.save("x" * 40, "rivers")
    assert session.find("@" + "x" * 40).ids == session.find("rivers").ids


@pytest.mark.parametrize("verb", ["rename", "delete", "move"])
def test_an_unknown_view_is_an_error(views: SavedViews, verb: str) -> None:
    arguments = {"rename": ("nosuch", "new"), "delete": ("nosuch",), "move": ("nosuch", 1)}[verb]
    with pytest.raises(NothingMatchedError, match="nosuch"):
        getattr(views, verb)(*arguments)
    assert len(views.all()) == 3


def test_a_view_that_another_program_saved_meanwhile_is_kept(views: SavedViews) -> None:
    seen = dict(views.all())
    views.save("fresh", "theirs")
    views.save("fresh", "mine", seen)
    views.save("ice", "theirs")
    views.save("ice", "mine", seen)
    found = views.all()
    assert (found["fresh"], found["fresh-2"], found["ice"], found["ice-2"]) == ("theirs", "mine", "theirs", "mine")


def test_a_view_that_another_program_changed_meanwhile_is_not_deleted(views: SavedViews) -> None:
    with pytest.raises(ConflictError, match="is:unread"):
        views.delete("To read", seen="is:read")
    views.delete("both", seen='@ice @"to read"')
    assert list(views.all()) == ["ice", "To read"]


def test_views_of_the_settings_are_used_but_not_changed(home: Paths, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[views]\ncold = "rivers"\nboth = "@cold @mine"\n', encoding="utf-8")
    with closing(Session.open(home._replace(config=file))) as session:
        assert session.find("@cold").ids == session.find("rivers").ids
        for refused in (
            lambda: session.saved_views.save("Cold", "mills"),
            lambda: session.saved_views.delete("cold"),
        ):
            with pytest.raises(UsageError, match="the settings define"):
                refused()
        session.saved_views.save("mine", "rivers")
        with pytest.raises(UsageError, match="the settings define"):
            session.saved_views.rename("mine", "cold")
        assert "@both" in session.saved_views.stale_references("mine")
        assert session.saved_views.stale_references("other") == ""


def test_the_notation_of_a_name_with_spaces_is_quoted(views: SavedViews) -> None:
    assert views.reference("@to read") == '@"to read"'
    assert views.reference("ice") == "@ice"
