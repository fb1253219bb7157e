"""A bad file or a lack of resources affects nothing else, and the message names it."""

from __future__ import annotations

import errno
import os
import resource
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from tui.errors import UsageError, WriteError
from tui.paths import resolve_paths
from tui.session.edits import Edits

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, Run


def test_everything_works_despite_an_invalid_corrections_file(run: Run, seeds: Path) -> None:
    assert run("note", "--set", "kept", "splatting").status == 0
    before = run("list").out
    (seeds / "corrections.toml").write_text("oops\n", encoding="utf-8")
    listed = run("list")
    assert (listed.status, listed.out) == (0, before)
    assert listed.err.startswith("readlist: corrections.toml is not valid TOML")
    assert run("note", "--print", "splatting").out == "kept\n"
    assert run("show", "splatting").status == 0
    assert run("export", "--format", "bibtex", "splatting").status == 0
    assert run("undo").status == 0
    checked = run("check")
    assert checked.status == 3
    assert "corrections.toml:0: corrections.toml is not valid TOML" in checked.out


def test_everything_works_without_the_folder_of_listings(run: Run, seeds: Path) -> None:
    assert run("note", "--set", "kept", "splatting").status == 0
    before = run("list").out
    seeds.rename(seeds.with_name("away"))
    listed = run("list")
    assert (listed.status, listed.out) == (0, before)
    assert str(seeds) in listed.err
    assert run("note", "--print", "splatting").out == "kept\n"
    assert run("undo").status == 0
    assert run("check").status == 3


def test_a_truncated_imported_file_is_reported_and_restored(run: Run, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "two.ris"
    file.write_text(
        "TY  - JOUR\nTI  - Salt Marshes\nER  - \n\nTY  - JOUR\nTI  - Reed Beds\nER  - \n", encoding="utf-8"
    )
    assert run("import", str(file)).status == 0
    before = run("list").out
    copy = data / "pages" / "two.ris"
    copy.write_bytes(copy.read_bytes()[:40])
    for _ in range(2):
        listed = run("list")
        assert (listed.status, listed.out) == (0, before)
        assert "imported file two.ris has changed; using its backup copy" in listed.err
    checked = run("check")
    assert checked.status == 4
    assert "two.ris has changed since it was imported" in checked.out
    assert "the store is damaged" in checked.out
    assert run("check", "--repair").status == 4
    assert run("check", "--repair", "--yes").status == 0
    assert run("check").status == 0
    assert run("list") == (0, before, "")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.EMFILE, os.strerror(errno.EMFILE)),
        OSError(errno.ENFILE, os.strerror(errno.ENFILE)),
        OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)),
        RuntimeError("can't start new thread"),
    ],
)
def test_a_lack_of_resources_is_no_internal_error(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    run("list")

    def lack(*_: object) -> NoReturn:
        raise error

    monkeypatch.setattr(Edits, "mark", lack)
    status, out, err = run("star", "splatting")
    assert (status, out) == (71, "")
    assert "internal error" not in err
    assert not list(data.glob("crash-*"))


def test_a_lack_of_resources_is_found_as_the_cause_of_another_error(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("list")

    def lack(*_: object) -> NoReturn:
        raise WriteError("it could not be written") from OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(Edits, "mark", lack)
    assert run("star", "splatting").status == 71


def test_too_many_open_files_is_reported_and_loses_nothing(program: Program) -> None:
    assert program("note", "--set", "kept", "splatting").status == 0
    few = 5
    done = program("star", "splatting", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (few, few)))
    assert done.status == 71
    assert "too many open files" in done.err
    assert program("note", "--print", "splatting").out == "kept\n"


def test_an_unknown_home_folder_is_wrong_usage(run: Run) -> None:
    for option in ("--data", "--seeds"):
        status, out, err = run(option, "~nobody-of-this-name/x", "list")
        assert (status, out) == (2, "")
        assert err.startswith("readlist: cannot expand ~ in ~nobody-of-this-name/x")


def test_without_a_home_folder_the_list_works_and_has_no_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nobody(path: str) -> str:
        return path

    monkeypatch.setattr("os.path.expanduser", nobody)
    found = resolve_paths(str(tmp_path), str(tmp_path), environ={})
    assert found.config is None or sys.platform != "linux"
    monkeypatch.setattr("tui.environment.checkout_folder", lambda: "")
    with pytest.raises(UsageError, match="cannot expand ~ in"):
        resolve_paths(environ={})


def test_an_internal_error_without_a_home_folder_leaves_a_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stumble(*_: object) -> NoReturn:
        raise ZeroDivisionError

    def homeless(*_: object, **__: object) -> NoReturn:
        raise UsageError("there is no home folder")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("tui.cli.main._dispatch", stumble)
    monkeypatch.setattr("tui.cli.main.resolve_paths", homeless)
    assert run("list").status == 70
    assert list(tmp_path.glob("crash-*.log"))
