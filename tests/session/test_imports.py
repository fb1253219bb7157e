"""Imports: a plan that changes nothing, and one undoable step that does what the plan says."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.errors import BadInputError, StoreBusyError
from tui.model.edit import Edit
from tui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from tui.paths import Paths

RIS = """TY  - JOUR
TI  - Lighthouses in Fog
AU  - Lund, Per
AB  - We look for lighthouses in the fog of the northern coast, and count them.
KW  - coast
KW  - fog
PY  - 2021
ER  - 
TY  - JOUR
TI  - Rivers Under Glass
AU  - Moor, Ida
AB  - {abstract}
PY  - 2022
ER  - 
"""  # noqa: W291 - RIS has a space there


@pytest.fixture
def ris(tmp_path: Path) -> Path:
    file = tmp_path / "two.ris"
    file.write_text(RIS.format(abstract="We watch rivers freeze. " * 9), encoding="utf-8")
    return file


def titles(session: Session) -> set[str]:
    return {session.entry(paper_id).paper.display_title for paper_id in session.ids()}


def test_a_plan_changes_nothing(session: Session, home: Paths, ris: Path) -> None:
    before = titles(session)
    plan = session.imports.plan([ris])
    summary = plan.summary(tags=False)
    assert (len(summary.new), len(summary.known), summary.change) == (1, 1, None)
    assert titles(session) == before
    assert session.edits.history() == ()
    assert not (home.data / "pages").exists()


def test_an_import_is_one_step_that_can_be_undone_and_redone(session: Session, home: Paths, ris: Path) -> None:
    done = session.imports.carry_out(session.imports.plan([ris]))
    assert done.change is not None
    assert titles(session) == {"Lighthouses in Fog", "Rivers Under Glass", "Harbours at Night", "Mills of the North"}
    (rivers,) = session.find("rivers").ids
    assert str(session.entry(rivers).paper.date) == "2022"
    ris.unlink()
    session.edits.undo()
    assert len(titles(session)) == 3
    assert session.entry(rivers).paper.date is None
    session.edits.redo()
    assert "Lighthouses in Fog" in titles(session)
    with closing(Session.open(home)) as other:
        assert titles(other) == titles(session)


def test_the_same_file_is_imported_once(session: Session, ris: Path, tmp_path: Path) -> None:
    session.imports.carry_out(session.imports.plan([ris]))
    copy = tmp_path / "copy.ris"
    copy.write_bytes(ris.read_bytes())
    for file in (ris, copy):
        plan = session.imports.plan([file])
        assert plan.already_imported == {file.name: "two.ris"}
        assert session.imports.carry_out(plan).change is None
    assert len(session.edits.history()) == 1


def test_keywords_become_tags_on_request(session: Session, ris: Path) -> None:
    session.imports.carry_out(session.imports.plan([ris]), tags=True)
    (lighthouses,) = session.find("lighthouses").ids
    assert set(session.entry(lighthouses).mark.tags) == {"coast", "fog"}
    session.edits.undo()
    assert session.totals.tags() == ()


def test_keywords_of_a_known_file_become_tags_later(session: Session, ris: Path) -> None:
    session.imports.carry_out(session.imports.plan([ris]))
    assert session.totals.tags() == ()
    session.imports.carry_out(session.imports.plan([ris]), tags=True)
    assert dict(session.totals.tags()) == {"coast": 1, "fog": 1}


def test_a_file_that_changed_since_the_plan_is_not_imported(session: Session, ris: Path) -> None:
    plan = session.imports.plan([ris])
    ris.write_text(ris.read_text(encoding="utf-8").replace("Fog", "Rain"), encoding="utf-8")
    with pytest.raises(BadInputError, match="changed while"):
        session.imports.carry_out(plan)
    assert len(titles(session)) == 3
    assert session.edits.history() == ()


def test_a_plan_is_made_again_if_another_program_imported_meanwhile(session: Session, home: Paths, ris: Path) -> None:
    plan = session.imports.plan([ris])
    with closing(Session.open(home)) as other:
        other.imports.carry_out(other.imports.plan([ris]))
    with pytest.raises(StoreBusyError, match="just imported"):
        session.imports.carry_out(plan)
    session.poll()
    assert session.imports.carry_out(plan).change is None
    assert len(session.find("lighthouses").ids) == 1


def test_the_value_of_a_marked_paper_is_kept_unless_it_is_accepted(session: Session, tmp_path: Path) -> None:
    (mills,) = session.find("mills").ids
    session.edits.mark([mills], Edit(starred=True))
    file = tmp_path / "later.ris"
    text = "We measure mills in wind. " * 9
    file.write_text(f"TY  - JOUR\nTI  - Mills of the North\nAB  - {text}\nPY  - 2019\nER  - \n", encoding="utf-8")
    plan = session.imports.plan([file])
    assert [(shift.field, shift.before, shift.after) for shift in plan.shifts] in (
        [],
        [("date", "2023-09-30", "2019")],
    )
    session.imports.carry_out(plan)
    assert str(session.entry(mills).paper.date) == "2023-09-30"


def entry(key: str, title: str) -> str:
    return f"@article{{{key}, title={{{title}}}, author={{Ek, Bo}}, year={{2020}}}}\n"


@pytest.mark.parametrize(
    ("keys", "replaced"), [("abcd", True), ("abxy", True), ("axyz", False), ("wxyz", False), ("aabb", False)]
)
def test_a_file_with_half_of_the_keys_replaces_the_one_of_its_name(
    session: Session, tmp_path: Path, keys: str, replaced: bool
) -> None:
    titles_of = dict(
        zip("abcdwxyz", ("Apples", "Birches", "Cedars", "Dates", "Willows", "Yews", "Zebras", "Oaks"), strict=True)
    )
    file = tmp_path / "library.bib"
    file.write_text("".join(entry(key, f"On {titles_of[key]} in Winter") for key in "abcd"), encoding="utf-8")
    session.imports.carry_out(session.imports.plan([file]))
    file.write_text("".join(entry(key, f"On {titles_of[key]} in Summer") for key in keys), encoding="utf-8")
    plan = session.imports.plan([file])
    assert plan.replaced == ({"library-2.bib": "library.bib"} if replaced else {})
    session.imports.carry_out(plan)
    assert ("On Apples in Winter" in titles(session)) is not replaced


def test_the_copy_of_a_file_in_another_encoding_is_in_utf_8(session: Session, home: Paths, tmp_path: Path) -> None:
    file = tmp_path / "latin.bib"
    file.write_bytes(entry("k", "Über Größen und Maße im Winter").encode("latin-1"))
    session.imports.carry_out(session.imports.plan([file], encoding="latin-1"))
    assert "Über Größen und Maße im Winter" in titles(session)
    assert (home.data / "pages" / "latin.bib").read_text(encoding="utf-8") == entry(
        "k", "Über Größen und Maße im Winter"
    )
    other = tmp_path / "plain.bib"
    other.write_bytes(b"\xef\xbb\xbf" + entry("k2", "Plain Text in Summer").encode())
    session.imports.carry_out(session.imports.plan([other]))
    assert (home.data / "pages" / "plain.bib").read_bytes() == other.read_bytes()


def test_two_files_with_one_name_are_both_kept(session: Session, home: Paths, ris: Path, tmp_path: Path) -> None:
    session.imports.carry_out(session.imports.plan([ris]))
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "two.ris"
    other.write_text("TY  - JOUR\nTI  - Snow on Roofs\nAU  - Ek, Bo\nPY  - 2020\nER  - \n", encoding="utf-8")
    session.imports.carry_out(session.imports.plan([other]))
    assert {path.name for path in (home.data / "pages").iterdir()} == {"two.ris", "two-2.ris"}
    assert "Snow on Roofs" in titles(session)
    assert "Lighthouses in Fog" in titles(session)


def test_records_that_an_import_tells_apart_are_counted_as_split_off_and_not_as_new(
    session: Session, tmp_path: Path
) -> None:
    title = "title = {Rivers Under Ice in the North}"
    others = f"{title}, author = {{Lee, A. and others}}"
    abstract = "abstract = {We measure rivers under ice and find them colder than those in the open air.}"
    texts = (
        ("one.bib", f"@article{{a, {title}}}\n"),
        (
            "two.bib",
            f"@article{{a, {others}, eprint = {{2001.00002}}}}\n@article{{b, {others}, year = 2019, {abstract}}}\n",
        ),
        ("three.bib", f"@article{{c, {title}, author = {{Lee, Ann}}, eprint = {{1901.00001}}}}\n"),
    )
    for name, text in texts:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        before = set(session.ids())
        done = session.imports.carry_out(session.imports.plan([file]))
    [fresh] = set(session.ids()) - before
    assert [at.page for at in session.entry(fresh).paper.sources] == ["two.bib"]
    assert (done.new, len(done.known), done.split_off) == ((), 1, (fresh,))
