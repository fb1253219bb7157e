"""By which ways text is copied, and what is said of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tui.app import clipboard
from tui.errors import UsageError
from tui.paths import clipboard_programs

if TYPE_CHECKING:
    from pathlib import Path


class Terminal:
    """An app that keeps what it was to copy."""

    def __init__(self) -> None:
        self.asked = ""

    def copy_to_clipboard(self, text: str) -> None:
        self.asked = text


def copy(terminal: Terminal, text: str, programs: list[list[str]], kind: str, file: Path) -> str:
    return clipboard.copy(terminal, text, programs=programs, terminal=kind, fallback=file)  # type: ignore[arg-type]


def test_the_terminal_and_the_first_program_that_is_there_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "wl-copy"
    program.write_text('#!/bin/sh\ncat > "${0%/*}/taken"\n', encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    terminal = Terminal()
    programs = [["no-such-program"], ["wl-copy"]]
    assert copy(terminal, "a\x1b[2J\nb", programs, "xterm", tmp_path / "f") == "with wl-copy and through the terminal"
    assert terminal.asked == (tmp_path / "taken").read_text(encoding="utf-8") == "a[2J\nb"
    assert copy(terminal, "é" * 60_000, programs, "xterm", tmp_path / "f") == "with wl-copy"
    assert terminal.asked == "a[2J\nb", "no terminal takes that much"
    assert not (tmp_path / "f").exists()


def test_a_file_is_the_last_resort(tmp_path: Path) -> None:
    terminal, file = Terminal(), tmp_path / "copied.txt"
    assert "OSC 52" in copy(terminal, "text", [["false"]], "xterm", file)
    assert str(file) in copy(terminal, "longer", [["false"]], "linux", file)
    assert file.read_text(encoding="utf-8") == "longer"
    with pytest.raises(UsageError, match="no clipboard"):
        copy(terminal, "text", [], "dumb", tmp_path / "no" / "folder")


def test_the_last_resort_is_no_way_to_another_file(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    file = tmp_path / "copied.txt"
    file.symlink_to("letter.txt")
    for text in ("one", "two"):
        copy(Terminal(), text, [], "dumb", file)
        assert file.read_text(encoding="utf-8") == text
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"
    assert not file.is_symlink()


def test_only_programs_that_suit_the_display_are_asked() -> None:
    assert [program[0] for program in clipboard_programs({"TMUX": "x", "DISPLAY": ":0"})] == ["tmux", "xclip", "xsel"]
    assert [program[0] for program in clipboard_programs({"WAYLAND_DISPLAY": "w"})] == ["wl-copy"]
    assert clipboard_programs({}) == ()
