"""Where the PDFs of papers are found: absolute and relative paths of sources, folders of the settings, moved files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.model.edit import Edit
from tui.paths import Paths
from tui.session.paper_files import PaperFiles
from tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[str | None]]:
    """Import an entry with a field ``file`` from the folder ``library``; returns where its PDFs are."""
    for folder in ("library/files/7", "papers", "elsewhere", "listings"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "config.toml").write_text('[pdf]\nfolders = ["papers", "gone"]', encoding="utf-8")
    session = Session.open(Paths(tmp_path / "data", tmp_path / "listings", tmp_path / "config.toml"))

    def found(field: str, *files: str) -> list[str | None]:
        for name in files:
            (tmp_path / name).write_bytes(b"%PDF-1.4")
        bib = tmp_path / "library" / "refs.bib"
        bib.write_text(f"@misc{{k, title={{On Weirs}}, author={{Lee}}, file={{{field}}}}}", encoding="utf-8")
        session.imports.carry_out(session.imports.plan([bib]))
        [paper_id] = session.ids()
        paths = [file.path for file in PaperFiles(session).pdfs(paper_id)]
        return [str(path.relative_to(tmp_path)) if path else None for path in paths]

    return found


@pytest.mark.parametrize(
    ("field", "files", "expected"),
    [
        ("files/7/weirs.pdf", ["library/files/7/weirs.pdf"], ["library/files/7/weirs.pdf"]),
        (":weirs.pdf:PDF", ["papers/weirs.pdf"], ["papers/weirs.pdf"]),
        (":weirs.pdf:PDF", ["library/weirs.pdf", "papers/weirs.pdf"], ["library/weirs.pdf"]),
        (r"Full:C\:\\Users\\ann\\weirs.pdf:application/pdf", ["papers/weirs.pdf"], ["papers/weirs.pdf"]),
        (r"files\\7\\weirs.pdf", ["library/files/7/weirs.pdf"], ["library/files/7/weirs.pdf"]),
        ("/home/nobody/moved.pdf", ["papers/moved.pdf"], ["papers/moved.pdf"]),
        ("internal-pdf://weirs.pdf", ["papers/weirs.pdf"], ["papers/weirs.pdf"]),
        ("a.pdf;b.txt;c.PDF", ["library/c.PDF"], [None, "library/c.PDF"]),
        ("https://example.org/a.pdf", [], []),
        ("~nobody-of-that-name/a.pdf", [], [None]),
        ("elsewhere/" + "a" * 300 + ".pdf", [], [None]),
    ],
)
def test_where_a_pdf_is(
    field: str, files: list[str], expected: list[str | None], found: Callable[..., list[str | None]]
) -> None:
    assert found(field, *files) == expected


def test_a_file_in_the_home_folder_and_as_an_address(
    found: Callable[..., list[str | None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    field = f"~/elsewhere/a.pdf;file://{tmp_path}/elsewhere/b%20c.pdf"
    assert found(field, "elsewhere/a.pdf", "elsewhere/b c.pdf") == ["elsewhere/a.pdf", "elsewhere/b c.pdf"]


def test_the_folder_of_a_source_is_known_in_later_runs(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data", tmp_path / "listings")
    paths.seeds.mkdir()
    bib = tmp_path / "refs.bib"
    bib.write_text("@misc{k, title={On Weirs}, author={Lee}, file={weirs.pdf}}", encoding="utf-8")
    (tmp_path / "weirs.pdf").write_bytes(b"%PDF-1.4")
    session = Session.open(paths)
    session.imports.carry_out(session.imports.plan([bib]))
    session.close()
    session = Session.open(paths)
    [paper_id] = session.ids()
    assert PaperFiles(session).first_pdf(paper_id) == tmp_path / "weirs.pdf"
    session.edits.mark([paper_id], Edit(detach=("weirs.pdf",), attach=("/elsewhere/x.pdf",)))
    assert PaperFiles(session).first_pdf(paper_id) is None
    assert [file.named for file in PaperFiles(session).pdfs(paper_id)] == ["/elsewhere/x.pdf"]
    session.close()
