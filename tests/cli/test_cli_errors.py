"""Errors: an exit status, one message, and never a traceback."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.cli.conftest import LISTING
from tui.cli.main import main
from tui.cli.subcommands import SUBCOMMANDS
from tui.errors import ReadlistError, StoreBusyError, StoreDamagedError, WriteError
from tui.session.edits import Edits
from tui.session.session import Session

if TYPE_CHECKING:
    from tests.cli.conftest import Run
    from tui.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
NOTE = "a note that is nobody's business"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StoreDamagedError("the store is damaged", "repair it"), 4),
        (StoreBusyError("the store is busy", "wait"), 5),
        (WriteError("the disk is full", "make room"), 6),
    ],
)
def test_each_store_error_has_its_own_exit_status(
    error: ReadlistError, status: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise error

    monkeypatch.setattr(Edits, "mark", refuse)
    assert run("star", "splatting") == (status, "", f"readlist: {error.message}\n  {error.hint}\n")


def test_a_missing_folder_of_listings_is_an_error(run: Run, tmp_path: Path) -> None:
    status, out, err = run("--seeds", str(tmp_path / "absent"), "list")
    assert (status, out) == (3, "")
    assert "absent" in err


def test_an_internal_error_leaves_a_private_log_without_user_text(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "--set", NOTE, "splatting")

    def stumble(*_: object) -> NoReturn:
        text = NOTE
        raise KeyError(text)

    monkeypatch.setattr(Edits, "mark", stumble)
    status, out, err = run("note", "--append", NOTE, "splatting")
    assert (status, out) == (70, "")
    assert len(err.splitlines()) == 3
    assert NOTE not in err
    log = next(data.glob("crash-*.log"))
    assert str(log) in err
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    text = log.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "in stumble" in text
    assert NOTE not in text
    assert run("list").status == 0


def test_without_a_data_folder_the_crash_log_goes_to_the_temporary_folder(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> NoReturn:
        raise ZeroDivisionError

    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    monkeypatch.setattr(Session, "open", stumble)
    status, _, err = run("list")
    assert status == 70
    assert not data.exists()
    log = next(place.glob("crash-*.log"))
    assert str(log) in err
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_interrupted_command_exits_quietly(seeds: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_home: Paths, _ascii_only: bool) -> int:
        raise KeyboardInterrupt

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "open", stop)
        assert main(["--data", str(data), "--seeds", str(seeds), "list"], open_screen=interrupted) == 130
    assert capsys.readouterr() == ("", "")


def shell(script: str, seeds: Path, data: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which ``readlist`` is the program on the small list."""
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "READLIST_DATA": str(data),
        "READLIST_SEEDS": str(seeds),
    }
    script = f'readlist() {{ "{sys.executable}" -m tui "$@"; }}; {script}'
    return subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=True, timeout=60)


def test_a_pipe_closed_by_its_reader_is_no_error(seeds: Path, data: Path) -> None:
    record = (
        "CVOct 26, 2023\nTitle number {0} of ManySmith Jones, Mary Major\nAbstract {0} on subject {0}. "
        + "word " * 40
    )
    (seeds / "listing.txt").write_text("\n".join(record.format(number) for number in range(400)), encoding="utf-8")
    done = shell('readlist list --json | head -1; echo "${PIPESTATUS[0]}"', seeds, data)
    assert (done.stdout, done.stderr) == ("[\n141\n", "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_standard_streams_are_no_error(closed: str, run: Run, seeds: Path, data: Path) -> None:
    done = shell(f"readlist star splatting {closed}; echo $?", seeds, data)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""
    assert len(run("list", "is:starred").out.splitlines()) == 1


# `serve` runs until it is stopped, and its server uses Rich.
TESTED = [subcommand.name for subcommand in SUBCOMMANDS if subcommand.name != "serve"]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, list[str]]]:
    """Exit status of each subcommand on its own list, and the heavy modules loaded by then; they run in sequence."""
    folder = tmp_path_factory.mktemp("subcommands")
    listing = folder / "seeds" / "listing.txt"
    listing.parent.mkdir()
    listing.write_text(LISTING, encoding="utf-8")
    feed = folder / "feed.xml"
    feed.write_text("<rss><channel/></rss>", encoding="utf-8")
    snapshot = folder / "snapshot.json"
    snapshot.write_text(
        '{"id": "2001.00001", "title": "X", "categories": "cs.CV", "abstract": "Y", "versions": []}\n',
        encoding="utf-8",
    )
    pdf = folder / "splats.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    arguments = {
        "mark": ["--status", "read", "splatting"], "tag": ["--add", "x", "splatting"], "star": ["splatting"],
        "show": ["splatting"], "correct": ["splatting"], "related": ["--for-you"], "merge": ["--dry-run", "splatting", "caches"],
        "not-duplicates": ["--dry-run", "splatting", "caches"], "note": ["--print", "splatting"], "export": ["--format", "bibtex", "splatting"],
        "import": [str(listing)], "split": ["--list", "splatting"], "completion": ["bash"], "complete": ["readlist ta"],
        "add": ["2310.12345"], "fetch": ["--from", str(feed)], "fill": ["--dry-run", "--from", str(snapshot)],
        "remove": ["splatting"], "restore": ["--all"], "new": ["thesis"],
        "attach": [str(pdf), "splatting"], "detach": ["nowhere.pdf", "splatting"],
    }  # fmt: skip
    calls = {
        subcommand: [
            "--data",
            str(folder / subcommand),
            "--seeds",
            str(listing.parent),
            subcommand,
            *arguments.get(subcommand, []),
        ]
        for subcommand in TESTED
    }
    script = f"""
import json, sys
from tui.cli.main import main
outcomes = {{}}
for subcommand, arguments in {calls!r}.items():
    status = main(arguments, open_screen=lambda home, ascii_only: 99)
    outcomes[subcommand] = status, sorted({{"textual", "rich"}} & set(sys.modules))
print(json.dumps(outcomes), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    found: dict[str, tuple[int, list[str]]] = json.loads(done.stderr.splitlines()[-1])
    return found


@pytest.mark.parametrize("subcommand", TESTED)
def test_no_subcommand_loads_textual(subcommand: str, outcomes: dict[str, tuple[int, list[str]]]) -> None:
    status, heavy = outcomes[subcommand]
    assert heavy == []
    assert status == {
        "undo": 1,
        "redo": 1,
        "duplicates": 1,
        "related": 1,
        "restore": 1,
        "detach": 1,
        "reset-terminal": 2,
    }.get(subcommand, 0)
