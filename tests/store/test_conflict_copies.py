"""Conflict copies of sync programs are reported and never read; the store's own files are not conflict copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.store.conflict_copies import find_conflict_copies
from tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("marks (conflicted copy 2026-11-30).journal", "marks.journal"),
        ("marks (Ida's conflicted copy 2026-11-30).json", "marks.json"),
        ("marks.sync-conflict-20261130-101112-ABCDEFG.journal", "marks.journal"),
        ("papers.sync-conflict-20261130-101112-ABCDEFG.json", "papers.json"),
        ("marks_conflict-20261130-101112.journal", "marks.journal"),
        ("marks (1).json", "marks.json"),
        ("marks 2.journal", "marks.journal"),
        ("marks-LAPTOP.json", "marks.json"),
        ("marks (In Konflikt stehende Kopie von Ida).journal", "marks.journal"),
        ("marks (SFConflict ida@example.org 2026-11-30-10-11-12).journal", "marks.journal"),
        ("marks.journal.conflict1", "marks.journal"),
        ("marks.journal~", "marks.journal"),
        ("marks_laptop_Nov-30-101112-2026_Conflict.journal", "marks.journal"),
        ("Marks [Conflict].JSON", "marks.json"),
    ],
)
def test_a_conflict_copy_is_reported_at_the_start_and_by_a_check(tmp_path: Path, name: str, original: str) -> None:
    (tmp_path / name).write_bytes(b"not read")
    (message,) = find_conflict_copies(tmp_path)
    assert message.startswith(f"{name} looks like a sync program's conflict copy of {original}: ")
    store = Store.open(tmp_path)
    assert store.notices == (message,)
    damage, remarks = store.check()
    assert (damage, remarks) == ((), (message,))
    store.close()


@pytest.mark.parametrize(
    "name",
    [
        "marks.json", "marks.journal", "papers.json", ".lock", "marks.journal.torn-1", "marks.json.damaged-2",
        "refs.bib.stray-1", "marksman.json", "notes.txt", ".marks.json-abcdefgh.tmp", "config.toml",
    ],
)  # fmt: skip
def test_other_files_are_not_conflict_copies(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert find_conflict_copies(tmp_path) == ()


def test_a_missing_folder_has_no_conflict_copies(tmp_path: Path) -> None:
    assert find_conflict_copies(tmp_path / "nowhere") == ()


def test_a_conflict_copy_of_an_imported_source_is_not_an_interrupted_import(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "refs (conflicted copy).bib").write_bytes(b"x")
    store = Store.open(tmp_path)
    (remark,) = store.check()[1]
    assert "sync program" in remark
    store.close()
