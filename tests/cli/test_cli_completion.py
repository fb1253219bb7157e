"""Completion: the words that can follow a command line, and the scripts by which the shells ask for them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tui.cli.help_text import SHARED_OPTIONS
from tui.cli.shell_completion import SCRIPTS
from tui.cli.subcommands import VISIBLE_SUBCOMMANDS
from tui.model.mark import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

    Complete = Callable[[str], list[str]]


@pytest.fixture
def complete(run: Run) -> Complete:
    """The completions of a command line."""

    def words(line: str) -> list[str]:
        result = run("complete", f"readlist {line}")
        assert (result.status, result.err) == (0, "")
        return [line.partition(" ")[0] for line in result.out.splitlines()]

    return words


def test_commands_options_and_values(complete: Complete) -> None:
    names = [subcommand.name for subcommand in VISIBLE_SUBCOMMANDS]
    assert complete("") == [*names, "help"]
    assert complete("help ") == names
    assert complete("-") == [option.name for option in SHARED_OPTIONS]
    assert complete("ta") == ["tag", "tags"]
    assert complete("mark --sta") == ["--status"]
    assert complete("mark --status ") == [str(status) for status in Status]
    assert complete("mark --status=rea") == ["--status=reading", "--status=read"]
    assert complete("--data /somewhere export --fo") == ["--format", "--force"]
    assert "bibtex" in complete("export -f b")
    assert complete("completion z") == ["zsh"]
    assert complete("tags ren") == ["rename"]
    assert complete("mark re") == ["reading", "read", "read:"]
    assert complete("ls --so") == ["--sort"]
    assert complete("nonsense x") == []


def test_the_names_of_lists(run: Run, complete: Complete) -> None:
    run("new", "thesis")
    assert complete("--list ") == complete("-l ") == complete("export --list ") == ["main", "thesis"]
    assert complete("-l th") == ["thesis"]


def test_paths_are_left_to_the_shell(complete: Complete) -> None:
    assert complete("import ") == [":files"]
    assert complete("export -o refs") == [":files"]
    assert complete("export --split ") == complete("--data ") == [":folders"]
    assert complete("--config ") == [":files"]


def test_values_of_the_reading_list(run: Run, complete: Complete) -> None:
    paper_id = run("list", "--limit", "1").out.split()[0]
    run("tag", "+nerf", "+new/one", f"id:{paper_id}")
    run("views", "save", "later", "is:queued")
    assert complete("list tag:ne") == ["tag:nerf", "tag:new/one"]
    assert complete("tag +ne") == ["+nerf", "+new/one"]
    assert complete("tag +a -ner") == ["-nerf"]
    assert complete("tags rename ne") == ["nerf", "new/one"]
    assert complete("list -tag:ner") == ["-tag:nerf"]
    assert complete("list @l") == ["@later"]
    assert complete("list is:star") == ["is:starred"]
    assert complete("list 'aut") == ["author:"]
    assert complete(f"show {paper_id[:4]}")[0].startswith(paper_id[:4])
    assert f"id:{paper_id}" in complete(f"show id:{paper_id[:4]}")


def test_a_list_that_cannot_be_read_gives_no_values_and_no_error(run: Run, complete: Complete, data: Path) -> None:
    run("tag", "+nerf", "--all")
    (data / "marks.json").write_bytes(b"damaged")
    (data / "marks.journal").write_bytes(b"damaged")
    assert complete("list tag:ne") == []


def answered(tmp_path: Path, line: str) -> dict[str, str]:
    """The environment in which `readlist` is this program."""
    program = tmp_path / "bin" / "readlist"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:/usr/bin:/bin", "READLIST_DATA": str(tmp_path / "data"), "LINE": line}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("readlist ta", ["tag", "tags"]),
        ("readlist mark --status=rea", ["reading", "read"]),
        ("readlist list sort:aut", ["author", "author-desc"]),
        ("readlist list is:st", ["starred"]),
    ],
)
def test_bash_asks_the_program(tmp_path: Path, line: str, expected: list[str]) -> None:
    script = SCRIPTS["bash"]
    words = line.replace(":", " : ").replace("=", " = ")
    call = f'COMP_LINE="$LINE"; COMP_POINT=${{#LINE}}; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))'
    done = subprocess.run(
        ["bash", "--norc", "-c", f'compopt() {{ :; }}\n{script}\n{call}; _readlist; printf "%s\n" "${{COMPREPLY[@]}}"'],
        capture_output=True, text=True, check=True, timeout=20, env=answered(tmp_path, line),
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.split() == expected


def test_fish_asks_the_program(tmp_path: Path) -> None:
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed here")
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"{SCRIPTS['fish']}\ncomplete -C 'readlist list is:st'"],
        capture_output=True, text=True, check=True, timeout=20, env=answered(tmp_path, "") | {"HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout.split() == ["is:starred"]


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_the_shell_accepts_the_script(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    subprocess.run([shell, "-n"], input=SCRIPTS[shell], text=True, check=True, timeout=20)
