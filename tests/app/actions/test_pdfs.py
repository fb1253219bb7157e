"""PDFs on the screen, without a terminal: opened with the viewer of the settings, attached, detached."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tui.app.opener import Opener
from tui.app.screens.path_prompt import PathPrompt
from tui.app.workspace import Workspace
from tui.model.edit import Edit
from tui.session.session import Session
from tui.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.app.recording_ui import RecordingUi
    from tui.paths import Paths

    Run = Callable[..., None]

pytestmark = pytest.mark.usefixtures("programs_awaited")
WRITES = "import sys; open(sys.argv[1], 'w').write(' '.join(sys.argv[2:]))"


@pytest.fixture
def viewed(tmp_path: Path) -> Path:
    """The file that the viewer writes its arguments to."""
    return tmp_path / "viewed"


@pytest.fixture
def workspace(home: Paths, viewed: Path) -> Iterator[Workspace]:
    opened = Workspace(Settings(pdf_viewer=(sys.executable, "-c", WRITES, str(viewed), "{pdf}", "--page=1")))
    session = Session.open_store(home)
    opened.open(session)
    yield opened
    session.close()


@pytest.fixture
def pdfs(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / name for name in ("one; two.pdf", "slides.pdf")]
    for path in paths:
        path.write_bytes(b"%PDF-1.4")
    return paths


def put(workspace: Workspace, *paths: Path) -> None:
    workspace.edits.submit(workspace.targets(), Edit(attach=tuple(map(str, paths))))


def message(workspace: Workspace) -> str:
    return workspace.messages.current.text


def test_a_pdf_is_attached_by_its_path_and_opened(
    workspace: Workspace, ui: RecordingUi, run: Run, pdfs: list[Path], viewed: Path
) -> None:
    run("out.pdf")
    assert message(workspace) == "this paper has no PDF"
    run("mark.attach")
    assert isinstance(ui.dialog, PathPrompt)
    ui.answer(str(pdfs[0]))
    assert "attach one; two.pdf" in message(workspace)
    run("out.pdf")
    assert viewed.read_text(encoding="utf-8") == f"{pdfs[0]} --page=1"
    assert message(workspace) == "opened one; two.pdf"
    run("mark.undo", "out.pdf")
    assert message(workspace) == "this paper has no PDF"


def test_of_several_pdfs_one_is_picked(
    workspace: Workspace, ui: RecordingUi, run: Run, pdfs: list[Path], viewed: Path
) -> None:
    put(workspace, *pdfs, viewed.parent / "gone.pdf")
    run("out.pdf")
    assert [(option.label, option.key) for option in ui.options] == [
        ("one; two.pdf", "1"), ("slides.pdf", "2"), ("gone.pdf", "3"),
    ]  # fmt: skip
    assert [option.disabled_reason for option in ui.options] == ["", "", f"file not found: {viewed.parent}/gone.pdf"]
    ui.pick("1")
    assert viewed.read_text(encoding="utf-8") == f"{pdfs[1]} --page=1"


def test_a_missing_file_and_a_missing_viewer_are_named(
    workspace: Workspace, run: Run, pdfs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace, *pdfs)
    for path in pdfs:
        path.unlink()
    run("out.pdf")
    assert message(workspace) == f"file not found: {pdfs[0]} and 1 more"
    pdfs[0].write_bytes(b"%PDF-1.4")
    run("mark.undo")
    put(workspace, pdfs[0])
    monkeypatch.setattr(workspace, "settings", Settings(pdf_viewer=("no-such-viewer",)))
    run("out.pdf")
    assert message(workspace) == "cannot find no-such-viewer; [open] in the settings sets the viewer"


def test_when_the_program_of_the_system_fails_the_setting_for_another_is_named(
    workspace: Workspace, run: Run, pdfs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace, pdfs[0])
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(workspace, "settings", Settings())
    run("out.pdf")
    assert message(workspace) == (
        f"xdg-open exited with status 3: {pdfs[0].name}; [open] in the settings sets the viewer"
    )


def test_what_is_no_pdf_is_refused_in_the_dialog(
    workspace: Workspace, ui: RecordingUi, run: Run, tmp_path: Path
) -> None:
    run("mark.attach")
    (tmp_path / "page.html").write_text("<html>", encoding="utf-8")
    check = ui.dialog.check
    assert check(str(tmp_path)) == f"{tmp_path} is a folder. Specify a PDF in it."
    assert check(str(tmp_path / "page.html")).endswith("page.html is not a PDF. Only PDFs can be attached.")
    assert "no such file or directory" in check("nowhere.pdf")
    assert check("~nobody-of-that-name/a.pdf") == "not a valid file name: '~nobody-of-that-name/a.pdf'"
    assert check("  ") == ""
    ui.answer(str(tmp_path / "gone since.pdf"))
    assert "no such file or directory" in message(workspace)
    ui.answer(None)
    assert workspace.session.edits.history(1) == ()


def test_a_file_is_detached_by_its_name(workspace: Workspace, ui: RecordingUi, run: Run, pdfs: list[Path]) -> None:
    run("mark.detach")
    assert message(workspace) == "this paper has no files"
    put(workspace, *pdfs)
    run("mark.detach")
    ui.pick(str(pdfs[0]))
    assert "detach one; two.pdf" in message(workspace)
    assert pdfs[0].exists()
    run("out.pdf")
    assert message(workspace) == "opened slides.pdf"


def test_a_served_screen_opens_no_program(
    workspace: Workspace, ui: RecordingUi, run: Run, pdfs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace, pdfs[0])
    ui.host.is_web = True
    monkeypatch.setattr(Opener, "start", lambda *_: pytest.fail("a program was started"))
    run("out.pdf")
    assert message(workspace) == "a browser cannot start programs"


def test_the_program_of_the_system_is_used_without_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Opener.for_pdfs(()) is None
    program = tmp_path / "open"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    assert Opener.for_pdfs(()) == Opener((str(program),), "{pdf}")
    assert Opener.for_pdfs(("open", "-g")) == Opener((str(program), "-g"), "{pdf}")
