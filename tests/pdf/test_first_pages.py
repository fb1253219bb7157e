"""First pages, read by another process: their text, and what cannot be read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from tests.pdf.pdf_files import pdf_with
from tui.errors import UsageError
from tui.pdf import first_pages
from tui.pdf.first_pages import FirstPage, FirstPages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pypdf = pytest.importorskip("pypdf")


@pytest.fixture
def pages() -> Iterator[FirstPages]:
    with FirstPages(lambda: False) as reader:
        yield reader


def locked(content: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_texts_and_what_cannot_be_read(pages: FirstPages, tmp_path: Path) -> None:
    whole = pdf_with("On the Flow", "of Water", pages=2)
    files = {
        "whole": whole,
        "locked": locked(whole, "secret"),
        "open to all": locked(whole, ""),
        "cut": whole[: len(whole) // 3],
        "garbage": b"%PDF-1.7\n" + bytes(range(256)) * 20,
        "no pages": pdf_with(pages=0).replace(b"/Contents", b"/Nothing"),
        "picture": pdf_with(),
        "again": whole,
    }
    found = {}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        found[name] = pages.read(tmp_path / name)
    found["missing"] = pages.read(tmp_path / "missing")
    assert found["whole"] == found["again"] == found["open to all"] == FirstPage("On the Flow\nof Water")
    assert found["locked"] == FirstPage(error="protected by a password")
    assert found["garbage"].error == found["no pages"].error == "damaged"
    assert found["picture"] == FirstPage("")
    assert found["missing"].error == "no such file or directory"
    assert found["cut"].text == "" or found["cut"].error


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_read(
    pages: FirstPages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "whole").write_bytes(pdf_with("On the Flow"))
    monkeypatch.setattr(first_pages, "_PATIENCE", 0.0)
    assert "takes longer than" in pages.read(tmp_path / "whole").error
    monkeypatch.setattr(first_pages, "_PATIENCE", 60.0)
    assert pages.read(tmp_path / "whole") == FirstPage("On the Flow")


def test_stopping_gives_up_what_is_being_read(tmp_path: Path) -> None:
    (tmp_path / "whole").write_bytes(pdf_with("On the Flow"))
    with FirstPages(lambda: True) as reader:
        assert reader.read(tmp_path / "whole").text == ""


def test_a_killed_reader_is_started_again(pages: FirstPages, tmp_path: Path) -> None:
    (tmp_path / "whole").write_bytes(pdf_with("On the Flow"))
    pages.read(tmp_path / "whole")
    process = pages._process
    assert process is not None
    process.kill()
    process.wait()
    assert pages.read(tmp_path / "whole") == FirstPage(error="damaged")
    assert pages.read(tmp_path / "whole") == FirstPage("On the Flow")


def test_without_pypdf_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_pages, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match='needs the "pdf" extra') as caught:
        FirstPages(lambda: False)
    assert caught.value.hint == "run `pip install '.[pdf]'` in the readlist source folder"
