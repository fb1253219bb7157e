"""A linked file is followed: what changes in it changes in the list, and what the user did stays."""

from __future__ import annotations

import json
import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.paths import Paths
from tui.session.session import Session
from tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

LIBRARY = """\
@article{a, title = {Dunes and wind}, author = {Moor, Bea}, journal = {Sand}, pages = {1--2}, year = 2001}
@article{b, title = {Tides in estuaries}, author = {Kern, Paul}, journal = {Sea}, volume = {3}, year = 2002}
"""


@pytest.fixture
def library(tmp_path: Path, run: Run) -> Path:
    file = tmp_path / "library.bib"
    file.write_text(LIBRARY, encoding="utf-8")
    assert run("import", "--link", str(file)).status == 0
    return file


def edit(file: Path, text: str) -> None:
    """Change a file, and its time, which may be too coarse to tell two writes apart."""
    before = file.stat().st_mtime_ns
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before + 10**9, before + 10**9))


def paper(run: Run, query: str) -> dict[str, object]:
    record: dict[str, object] = json.loads(run("show", "--json", query).out)
    return record


def test_a_change_of_the_file_changes_the_list_and_keeps_what_the_user_did(run: Run, library: Path) -> None:
    run("mark", "--status", "read", "dunes")
    run("correct", "--title", "My dunes", "dunes")
    identity = paper(run, "dunes")["id"]
    text = LIBRARY.replace("Dunes and wind", "Dunes and the wind").replace("1--2", "1--12")
    edit(library, text + "@misc{c, title = {A new arrival}, author = {Li, Bo}}\n")
    done = run("list", "dunes")
    assert done.err.startswith(
        "readlist: library.bib changed: 1 paper updated, 1 new (Dunes and wind: title Dunes and wind → Dunes and the wind)"
    )
    found = paper(run, "My dunes")
    assert (found["id"], found["status"], found["title"]) == (identity, "read", "My dunes")
    assert found["publication"] == {"type": "article-journal", "container_title": "Sand", "pages": "1–12"}
    assert "title (in the sources: Dunes and the wind)" in run("show", "My dunes").out
    assert run("list", "arrival").out.count("\n") == 1
    assert library.read_text(encoding="utf-8").startswith(text)


def test_a_change_is_one_step_that_can_be_undone_and_is_read_once(run: Run, library: Path) -> None:
    edit(library, LIBRARY.replace("2002", "2003"))
    assert "changed: 1 paper updated" in run("list", "tides").err
    assert run("list", "tides").err == ""
    assert paper(run, "tides")["date"] == "2003"
    assert run("undo").status == 0
    assert paper(run, "tides")["date"] == "2002"
    edit(library, LIBRARY.replace("2002", "2004"))
    assert paper(run, "tides")["date"] == "2004"


def test_a_session_notices_a_change_of_the_file_and_nothing_else(library: Path, data: Path, seeds: Path) -> None:
    with closing(Session.open(Paths(data, seeds))) as session:
        session.sources.synchronise()
        assert not session.sources.changed()
        edit(library, LIBRARY.replace("2002", "2003"))
        assert session.sources.changed()
        session.sources.synchronise()
        assert not session.sources.changed()


def test_a_list_that_cannot_be_written_is_shown_as_it_was(run: Run, library: Path, data: Path) -> None:
    edit(library, LIBRARY.replace("2002", "2003"))
    (data / "marks.journal").chmod(0o444)
    try:
        result = run("list", "tides")
        assert (result.status, "changed" in result.err) == (0, False)
        assert paper(run, "tides")["date"] == "2002"
    finally:
        (data / "marks.journal").chmod(0o600)
    assert paper(run, "tides")["date"] == "2003"


def test_a_paper_that_leaves_the_file_leaves_the_list_unless_it_is_marked(run: Run, library: Path) -> None:
    run("mark", "--status", "read", "dunes")
    edit(library, "@article{z, title = {Only this}, author = {Li, Bo}}\n")
    run("list")
    assert run("list", "only").status == 0
    assert run("list", "dunes").status == 0


@pytest.mark.parametrize("text", ["", "% nothing\n", "\x00\x01"])
def test_an_emptied_file_costs_no_paper(run: Run, library: Path, text: str) -> None:
    edit(library, text)
    done = run("list", "tides")
    assert done.status == 0
    assert "library.bib" in done.err
    assert run("list", "tides").err == ""
    edit(library, LIBRARY.replace("2002", "2003"))
    assert paper(run, "tides")["date"] == "2003"


def test_a_missing_file_costs_no_paper_and_is_read_when_it_is_back(run: Run, library: Path) -> None:
    moved = library.rename(library.with_suffix(".away"))
    assert run("list", "tides").status == 0
    edit(moved, LIBRARY.replace("2002", "2003"))
    moved.rename(library)
    assert paper(run, "tides")["date"] == "2003"


def test_standard_input_cannot_be_linked(run: Run) -> None:
    done = run("import", "--link", "-")
    assert (done.status, done.out) == (2, "")
    assert "standard input cannot be linked" in done.err


def names(run: Run) -> list[tuple[str, bool]]:
    return [(each["name"], each["linked"]) for each in json.loads(run("sources", "--json").out)[1:]]


def test_a_linked_file_keeps_its_name_however_often_it_is_read(run: Run, library: Path) -> None:
    for year in ("2003", "2004", "2005"):
        edit(library, LIBRARY.replace("2002", year))
        run("list")
    assert names(run) == [("library.bib", True)]
    assert run("list", "source:library").out.count("\n") == 2
    assert [at["page"] for at in json.loads(run("show", "--json", "tides").out)["sources"]] == ["library.bib"]
    assert "library.bib:2" in run("show", "tides").out
    assert "library-" not in run("show", "--json", "tides").out + run("history").out + run("sources").out
    run("undo")
    assert (names(run), paper(run, "tides")["date"]) == ([("library.bib", True)], "2004")


def test_two_linked_files_of_one_name_are_followed_apart(run: Run, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "library.bib"
    other.parent.mkdir()
    other.write_text(
        "@article{z, title = {Locks of the Lowlands}, author = {Li, Bo}, year = 1990}\n", encoding="utf-8"
    )
    run("import", "--link", str(other))
    edit(library, LIBRARY.replace("2002", "2003"))
    run("list")
    edit(other, other.read_text(encoding="utf-8").replace("1990", "1991"))
    run("list")
    assert (paper(run, "tides")["date"], paper(run, "locks")["date"]) == ("2003", "1991")
    assert run("list").out.count("\n") == 8
    assert len(names(run)) == 2


def test_undo_of_the_removal_of_a_linked_source_follows_the_file_again(run: Run, library: Path) -> None:
    edit(library, LIBRARY.replace("2002", "2003"))
    run("list")
    assert "removed the source library.bib and 2 papers" in run("sources", "remove", "library").out
    edit(library, LIBRARY.replace("2002", "2004"))
    assert run("list").err == ""
    run("undo")
    assert names(run) == [("library.bib", True)]
    assert paper(run, "tides")["date"] == "2004", "the file changed while its source was removed"
    edit(library, LIBRARY.replace("2002", "2005"))
    assert paper(run, "tides")["date"] == "2005"


def test_undo_of_a_linked_import_no_longer_follows_the_file_and_redo_does(run: Run, library: Path) -> None:
    run("undo")
    edit(library, LIBRARY.replace("2002", "2003"))
    assert (run("list").err, run("list").out.count("\n")) == ("", 5)
    run("redo")
    assert paper(run, "tides")["date"] == "2003"


def test_a_file_that_was_imported_before_is_linked_afterwards(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(LIBRARY, encoding="utf-8")
    run("import", str(file))
    assert names(run) == [("refs.bib", False)]
    run("import", "--link", str(file))
    assert names(run) == [("refs.bib", True)]
    edit(file, LIBRARY.replace("2002", "2003"))
    assert paper(run, "tides")["date"] == "2003"


def test_the_encoding_of_a_linked_file_is_remembered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "old.bib"
    text = "@misc{{r, title = {{Реки под стеклом}}, author = {{Иванов, Пётр}}, year = {}}}\n"
    file.write_bytes(text.format(1999).encode("koi8-r"))
    run("import", "--link", "--encoding", "koi8-r", str(file))
    before = file.stat().st_mtime_ns
    file.write_bytes(text.format(2001).encode("koi8-r"))
    os.utime(file, ns=(before + 10**9, before + 10**9))
    assert paper(run, "реки")["date"] == "2001"
    assert paper(run, "реки")["authors"] == ["Пётр Иванов"]


def test_a_touched_file_changes_nothing_and_says_nothing(run: Run, library: Path) -> None:
    edit(library, LIBRARY)
    steps = run("history").out
    assert run("list").err == ""
    assert run("history").out == steps


def test_files_that_an_earlier_version_linked_are_followed(run: Run, library: Path, data: Path) -> None:
    store = Store.open(data)
    state = library.stat()
    store.values.set("linked files", {str(library): [state.st_size, state.st_mtime_ns]})
    for name in ("links", "linked file states"):
        store.values.set(name, None)
    store.close()
    assert names(run) == [("library.bib", True)]
    assert run("list").err == ""
    edit(library, LIBRARY.replace("2002", "2003"))
    assert paper(run, "tides")["date"] == "2003"
    run("sources", "remove", "library")
    edit(library, LIBRARY.replace("2002", "2004"))
    assert run("list").err == ""
    run("import", str(library))
    assert names(run)[-1][1] is False
