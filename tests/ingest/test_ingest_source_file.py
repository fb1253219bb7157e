"""Any file becomes a source, or an error with a hint; never a hang, never a traceback."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.errors import BadInputError
from tui.ingest import source_file as page_module
from tui.ingest.listing_files import list_sources
from tui.ingest.source_file import decode_source, read_source

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Schrödinger Bridges\nWe study them.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_decoded_alike(encoding: str) -> None:
    found = decode_source("a.txt", TEXT.encode(encoding))
    assert found.lines == ("Schrödinger Bridges", "We study them.")
    assert found.diagnostics == ()


def test_other_bytes_are_decoded_as_windows_1252_and_reported() -> None:
    found = decode_source("a.txt", b"One\nSchr\xf6dinger \x93Bridges\x94")
    assert found.lines == ("One", "Schrödinger “Bridges”")
    assert [(problem.source, problem.line) for problem in found.diagnostics] == [("a.txt", 2)]
    assert "Windows-1252" in found.diagnostics[0].reason
    assert found.diagnostics[0].hint


def test_a_broken_utf_16_file_is_decoded_as_far_as_possible() -> None:
    found = decode_source("a.txt", "Título".encode("utf-16") + b"\x00")
    assert found.lines[0].startswith("Título")
    assert len(found.diagnostics) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end: str) -> None:
    assert decode_source("a", f"one{end}{end}two{end}".encode()).lines == ("one", "", "two")


def test_only_line_ends_split_lines() -> None:
    assert decode_source("a", "one\u2028two\x0bthree\x85four".encode()).lines == ("one\u2028two\x0bthree\x85four",)


def test_empty_file_has_no_lines() -> None:
    assert decode_source("a", b"").lines == ()
    assert decode_source("a", b"").text == ""


def test_the_digest_depends_on_the_bytes() -> None:
    assert decode_source("a", b"x").digest == decode_source("b", b"x").digest
    assert decode_source("a", b"x\n").digest != decode_source("a", b"x").digest


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_become_lines_without_line_ends(data: bytes) -> None:
    found = decode_source("a.txt", data)
    assert not any("\n" in line or "\r" in line for line in found.lines)


def test_sources_are_sorted_without_hidden_and_other_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "notes.md", "c.TXT"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in list_sources(tmp_path)] == ["a.txt", "b.txt", "c.TXT"]


def test_missing_folder_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as caught:
        list_sources(tmp_path / "nowhere")
    assert "--seeds" in caught.value.hint


def test_read_source_uses_the_given_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    assert read_source(path).name == "a.txt"
    assert read_source(path, "other.txt").name == "other.txt"
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    assert read_source(link).lines == ("x",)


def test_non_regular_files_are_refused_at_once(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe.txt", tmp_path / "folder.txt"
    os.mkfifo(pipe)
    folder.mkdir()
    dangling = tmp_path / "dangling.txt"
    dangling.symlink_to(tmp_path / "nothing")
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    plug = tmp_path / "s.txt"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(plug))
        for path in (pipe, folder, dangling, loop, plug, tmp_path / "missing.txt", tmp_path / "nul\0.txt"):
            with pytest.raises(BadInputError) as caught:
                read_source(path)
            assert caught.value.hint


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_devices_are_refused(device: str) -> None:
    from pathlib import Path

    with pytest.raises(BadInputError, match="not a regular file"):
        read_source(Path(device))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 11)
    monkeypatch.setattr(page_module, "SIZE_LIMIT", 10)
    with pytest.raises(BadInputError, match="larger than"):
        read_source(path)
    path.write_bytes(b"x" * 10)
    assert read_source(path).lines == ("x" * 10,)


def test_a_name_that_is_not_unicode_is_shown_as_far_as_possible(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("x", encoding="utf-8")
    assert read_source(path).name == "caf\ufffd.txt"
