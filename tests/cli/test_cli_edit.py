"""Subcommands that change papers: their messages, their confirmations, and that each change can be undone."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.output import Output

if TYPE_CHECKING:
    from tests.cli.conftest import Run


ROOT = Path(__file__).resolve().parents[2]


def record(run: Run, query: str) -> dict[str, Any]:
    found = json.loads(run("show", "--json", query).out)
    assert isinstance(found, dict)
    return found


def test_mark_reports_changed_and_unchanged_papers(run: Run) -> None:
    assert run("mark", "--status", "read", "splatting").out == (
        "marked 1 paper read: Gaussian Splatting for Moving People\n"
    )
    assert run("mark", "--status", "read", "cat:cs.CV").out.startswith("marked 1 paper read: Neural Radiance")
    assert run("mark", "--status", "read", "--all").out == "marked 3 papers read (2 unchanged)\n"
    assert run("mark", "--status", "read", "--all").out == "marked 0 papers read (5 unchanged)\n"
    assert run("list", "is:read").out.count("\n") == 5


@pytest.mark.parametrize(
    "arguments",
    [
        ["mark", "--status", "read"],
        ["star"],
        ["star", "--off", "  "],
        ["tag", "--add", "x"],
        ["note", "--append", "x"],
    ],
)
def test_changing_all_papers_needs_the_option_all(arguments: list[str], run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("readlist: this would change every paper\n  use a query, or --all")
    assert run("history", "--json").out == "[\n]\n"


def test_all_and_a_query_exclude_each_other(run: Run) -> None:
    assert run("star", "--all", "neural").status == 2


def test_a_query_without_matches_changes_nothing(run: Run) -> None:
    status, out, err = run("star", "xylophone")
    assert (status, out) == (1, "")
    assert err.startswith("readlist: no paper matches 'xylophone'")


def test_a_mistyped_query_changes_nothing_and_names_what_lists_would_show(run: Run) -> None:
    status, out, err = run("star", "splating")
    assert (status, out) == (1, "")
    assert err == (
        "readlist: no paper matches 'splating'\n"
        '  no matches for "splating"; showing "splatting" (in lists only; commands that change papers do not correct typos)\n'
    )


def test_the_papers_found_change_even_if_they_cannot_be_sorted(run: Run) -> None:
    assert run("star", "cat:cs.CV sort:foryou").out == "starred 2 papers\n"


def test_star_sets_and_removes_the_star(run: Run) -> None:
    assert run("star", "cat:cs.CV").out == "starred 2 papers\n"
    assert [line.split("  ")[2] for line in run("list", "cat:cs.CV").out.splitlines()] == ["*", "*"]
    assert run("star", "--off", "splatting").out.startswith("unstarred 1 paper: Gaussian")
    assert record(run, "splatting")["starred"] is False


def test_tags_are_added_and_removed_in_one_change(run: Run) -> None:
    assert run("tag", "--add", "ml,to-read", "--add", "ml/vision", "cat:cs.CV").out == (
        "tagged 2 papers with ml, to-read, ml/vision\n"
    )
    out = run("tag", "--add", "done", "--remove", "to-read", "splatting").out
    assert out.startswith("tagged 1 paper with done (removed to-read): Gaussian")
    assert record(run, "splatting")["tags"] == ["ml", "ml/vision", "done"]
    assert run("tag", "--remove", "ML", "cat:cs.CV").out == "removed ML from 2 papers\n"
    assert len(json.loads(run("history", "--json").out)) == 3


@pytest.mark.parametrize(
    "arguments", [["--add", "two words"], ["--add", ""], ["--add", "a,,b"], ["--add", "x", "--remove", "X"]]
)
def test_an_invalid_tag_changes_nothing(arguments: list[str], run: Run) -> None:
    status, out, err = run("tag", *arguments, "cat:cs.CV")
    assert (status, out) == (2, "")
    assert err.startswith("readlist: ")
    assert run("tags").out == ""


def test_a_dry_run_reports_changes_and_makes_none(run: Run) -> None:
    run("mark", "--status", "read", "splatting")
    before = run("list", "--json").out
    status, out, _ = run("mark", "--status", "read", "--dry-run", "cat:cs.CV")
    head, line = out.splitlines()
    assert (status, head) == (0, "would mark 1 paper read")
    assert "Neural Radiance Fields" in line
    assert run("tag", "--dry-run", "--add", "x", "--all").out.startswith("would tag 5 papers with x\n")
    assert run("star", "--dry-run", "--all").out.startswith("would star 5 papers\n")
    assert run("note", "--dry-run", "--set", "x", "splatting").out.startswith("would change the note on Gaussian")
    assert run("list", "--json").out == before
    assert len(json.loads(run("history", "--json").out)) == 1


def test_tags_are_listed_renamed_merged_and_deleted(run: Run) -> None:
    run("tag", "--add", "ml,ml/vision", "cat:cs.CV")
    run("tag", "--add", "nlp", "cat:cs.NI")
    assert run("tags").out == "2  ml\n2  ml/vision\n1  nlp\n"
    assert json.loads(run("tags", "list", "--json").out)[0] == {"tag": "ml", "papers": 2}
    assert run("tags", "rename", "--dry-run", "ml", "learning").out == "would rename ml on 2 papers\n"
    assert run("tags", "rename", "ml", "learning").status == 0
    assert run("tags").out == "2  learning\n2  learning/vision\n1  nlp\n"
    assert run("tags", "merge", "learning", "nlp", "all").status == 0
    assert run("tags").out.startswith("3  all\n")
    assert run("tags", "delete", "all").status == 0
    assert run("tags").out == ""
    assert run("undo", "--steps", "3").status == 0
    assert run("tags").out == "2  ml\n2  ml/vision\n1  nlp\n"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["rename", "a"], 2),
        (["rename", "absent", "b"], 1),
        (["merge", "a", "b"], 2),
        (["delete"], 2),
        (["delete", "absent"], 1),
        (["list", "x"], 2),
        (["shuffle"], 2),
        (["delete", "--json", "x"], 2),
    ],
)
def test_wrong_usage_of_tags_is_refused(arguments: list[str], status: int, run: Run) -> None:
    found = run("tags", *arguments)
    assert (found.status, found.out) == (status, "")
    assert found.err.startswith("readlist: ")


def test_notes_are_set_appended_printed_and_deleted(run: Run, tmp_path: Path) -> None:
    heading = "Gaussian Splatting for Moving People"
    assert run("note", "--set", "first\n", "splatting").out == f"saved the note on {heading}\n"
    assert run("note", "--append", "second", "splatting").out == f"added to the note on 1 paper: {heading}\n"
    assert run("note", "--print", "splatting").out == "first\n\nsecond\n"
    file = tmp_path / "note.md"
    file.write_text("from a file\n\n- point\n", encoding="utf-8")
    assert run("note", "--file", str(file), "splatting").status == 0
    assert record(run, "splatting")["note"] == "from a file\n\n- point"
    assert run("note", "--set", "", "splatting").out == f"deleted the note on {heading}\n"
    assert run("note", "--print", "splatting") == (0, "", "")
    assert run("note", "--set", "one for many", "cat:cs.CV").status == 2


def test_an_unreadable_note_file_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    assert run("note", "--file", str(file), "splatting").status == 3
    file.write_bytes(b"caf\xe9")
    status, _, err = run("note", "--file", str(file), "splatting")
    assert (status, "not valid UTF-8 (byte 3)" in err) == (3, True)
    assert record(run, "splatting")["note"] == ""


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that runs the Python code in this file; ``path`` is the path of the note."""
    script = tmp_path / "an editor.py"
    monkeypatch.setenv("VISUAL", f"{sys.executable} '{script}'")
    return script


def edits(script: Path, work: str) -> None:
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{work}\n", encoding="utf-8")


def test_a_note_is_edited_in_the_editor(
    run: Run, editor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(drafts))
    run("note", "--set", "before", "splatting")
    edits(editor, "assert path.stat().st_mode & 0o77 == 0; path.write_text(path.read_text() + 'after\\n')")
    assert run("note", "splatting").status == 0
    assert record(run, "splatting")["note"] == "before\nafter"
    edits(editor, "pass")
    assert run("note", "splatting").out == "did not change the note on Gaussian Splatting for Moving People\n"
    assert not list(drafts.iterdir())


def test_an_editor_that_fails_loses_nothing(
    run: Run, editor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(drafts))
    run("note", "--set", "before", "splatting")
    edits(editor, "path.write_text('half'); sys.exit(3)")
    status, _, err = run("note", "splatting")
    assert status == 2
    assert "exited with status 3; the note is unchanged" in err
    kept = next(drafts.iterdir())
    assert kept.read_text() == "half"
    assert str(kept) in err
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    status, _, err = run("note", "splatting")
    assert (status, "cannot start the editor" in err) == (2, True)
    assert list(drafts.iterdir()) == [kept]
    assert record(run, "splatting")["note"] == "before"


def test_a_note_changed_elsewhere_while_the_editor_is_open_is_not_overwritten(
    run: Run, editor: Path, seeds: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    command = [sys.executable, "-m", "tui", "--data", str(data), "--seeds", str(seeds)]
    other = [*command, "note", "--set", "theirs", "splatting"]
    edits(editor, f"import subprocess; subprocess.run({other!r}, check=True); path.write_text('mine')")
    status, _, err = run("note", "splatting")
    assert status == 5
    assert Path(err.partition("your text is in ")[2].strip()).read_text() == "mine"
    assert record(run, "splatting")["note"] == "theirs"


def test_undo_and_redo_are_listed_in_the_history(run: Run) -> None:
    assert run("undo")[:2] == (1, "")
    assert run("redo")[:2] == (1, "")
    untouched = run("list", "--json").out
    run("mark", "--status", "queued", "cat:cs.CV")
    run("star", "splatting")
    marked = run("list", "--json").out
    status, out, _ = run("undo", "--steps", "2")
    assert (status, out.count("undid: ")) == (0, 2)
    assert run("list", "--json").out == untouched
    status, out, err = run("redo", "--steps", "5")
    assert (status, out.count("redid: ")) == (0, 2)
    assert err == "readlist: nothing more to redo after 2 changes\n"
    assert run("list", "--json").out == marked
    changes = json.loads(run("history", "--json").out)
    assert [change["kind"] for change in changes] == ["redo", "redo", "undo", "undo", "edit", "edit"]
    assert changes[-1]["papers"][0]["fields"] == [{"field": "status", "old": "unread", "new": "queued"}]
    assert run("history", "--limit", "2").out.count("\n") == 2
    assert run("undo", "--steps", "0").status == 2
    assert run("undo", "--steps", "-1").status == 2


@pytest.fixture
def six_changes(run: Run) -> list[str]:
    """Make six changes; the output of `list` before the first and after each of them."""
    seen = [run("list", "--json").out]
    for number in range(6):
        run("star", *(["--off"] if number % 2 else []), "splatting" if number < 4 else "experts")
        seen.append(run("list", "--json").out)
    return seen


def test_undo_and_redo_go_to_a_numbered_change(run: Run, six_changes: list[str]) -> None:
    assert run("undo", "--to", "3").out.count("undid: ") == 3
    assert run("list", "--json").out == six_changes[3]
    assert run("redo", "--to", "5").out.count("redid: ") == 2
    assert run("list", "--json").out == six_changes[5]
    assert run("undo", "--to", "0").out.count("undid: ") == 5
    assert run("list", "--json").out == six_changes[0]
    assert run("redo", "--steps", "6").out.count("redid: ") == 6
    assert run("list", "--json").out == six_changes[6]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("undo", "3"), 2, "use `readlist undo --steps 3` or `readlist undo --to 3`"),
        (("redo", "3"), 2, "`readlist redo --to 3`"),
        (("undo", "--to", "99"), 1, "no change 99 in the history"),
        (("undo", "--to", "6"), 1, "nothing to undo"),
        (("redo", "--to", "2"), 1, "change 2 has not been undone"),
        (("undo", "--to", "2", "--steps", "2"), 2, "--steps cannot be used with --to"),
    ],
)
def test_an_impossible_undo_changes_nothing(
    run: Run, six_changes: list[str], arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (status, "")
    assert message in done.err
    assert run("list", "--json").out == six_changes[6]


@pytest.fixture
def replies(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Replies of a user on the terminal; each question removes one."""
    replies: list[bool] = []
    monkeypatch.setattr(Output, "can_ask", True)
    monkeypatch.setattr(Output, "confirm", lambda *_: replies.pop())
    return replies


def test_undoing_more_than_three_changes_needs_confirmation(
    run: Run, six_changes: list[str], replies: list[bool]
) -> None:
    replies.append(False)
    refused = run("undo", "--to", "2")
    assert replies == []
    assert (refused.status, refused.out) == (0, "")
    assert refused.err.count("star: Gaussian") + refused.err.count("star: Mixture") == 4
    assert "nothing changed" in refused.err
    assert run("list", "--json").out == six_changes[6]
    replies.append(True)
    assert run("undo", "--steps", "4").out.count("undid: ") == 4
    assert run("redo", "--steps", "3").out.count("redid: ") == 3
    assert run("undo", "--to", "0", "--yes").out.count("undid: ") == 5
    assert replies == []


def test_changing_more_than_a_hundred_papers_needs_confirmation(
    run: Run, seeds: Path, replies: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [{"title": f"Paper {number}", "abstract": f"study{number} " * 20} for number in range(120)]
    (seeds / "more.json.txt").write_text(json.dumps(records), encoding="utf-8")
    for subcommand in (["mark", "--status", "read"], ["star"], ["tag", "--add", "x"], ["note", "--append", "x"]):
        replies.append(False)
        refused = run(*subcommand, "--all")
        assert (refused.status, refused.out, refused.err) == (0, "", "readlist: nothing changed\n")
        assert replies == []
    assert run("tag", "--add", "x", "--yes", "--all").out == "tagged 125 papers with x\n"
    replies.append(False)
    assert run("tags", "delete", "x").out == ""
    assert run("tags").out == "125  x\n"
    monkeypatch.setattr(Output, "can_ask", False)  # without a terminal nothing is asked
    assert run("star", "--all").out == "starred 125 papers\n"


def test_stats_counts_papers_and_shows_the_pace(run: Run) -> None:
    run("mark", "--status", "read", "cat:cs.CV")
    run("tag", "--add", "x", "splatting")
    found = json.loads(run("stats", "--json").out)
    assert (found["papers"], found["tagged"], found["statuses"]["read"], found["tags"]) == (5, 1, 2, {"x": 1})
    assert (found["weeks"][-1]["added"], found["weeks"][-1]["read"], found["weeks"][-1]["inbox"]) == (5, 2, 3)
    assert found["weeks"][-1]["triaged"] == 2
    out = run("stats").out
    assert "5 papers, 1 tagged\n" in out
    assert "\nread    2 ━━" in out
    assert "2 papers triaged per week, 2 this week, inbox empty in 2 weeks at this pace\n" in out


def test_an_argument_that_is_not_utf8_is_refused(run: Run) -> None:
    status, out, err = run("note", "--set", "\udcff\udcfe", "splatting")
    assert (status, out) == (2, "")
    assert "not valid UTF-8" in err
