"""Completion scripts: derived from the table, and accepted by the shells that are there to ask."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tui.cli.completions import SCRIPTS, arguments_of
from tui.cli.help_text import SHARED_OPTIONS
from tui.cli.subcommands import SUBCOMMANDS
from tui.model.mark import Status

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def completed(run: Run, *words: str) -> list[str]:
    """What bash offers for the last word."""
    script = run("completion", "bash").out
    line = f"COMP_WORDS=(readlist {' '.join(repr(word) for word in words)}); COMP_CWORD={len(words)}; _readlist"
    done = subprocess.run(
        ["bash", "--norc", "-c", f'{script}\n{line}; printf "%s\\n" "${{COMPREPLY[@]}}"'],
        capture_output=True, text=True, check=True, timeout=20,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_offers_verbs_options_and_values(run: Run) -> None:
    shared = [option.name for option in SHARED_OPTIONS]
    assert {"--data", "--seeds", "--config", "--ascii", "--version"} == set(shared)
    assert completed(run, "") == [*(verb.name for verb in SUBCOMMANDS), *shared, "--help"]
    assert completed(run, "ta") == ["tag", "tags"]
    assert completed(run, "mark", "--sta") == ["--status"]
    assert completed(run, "mark", "--status", "") == [str(status) for status in Status]
    assert completed(run, "--data", "/somewhere", "export", "--fo") == ["--format", "--force"]
    assert "bibtex" in completed(run, "export", "--format", "b")
    assert completed(run, "completion", "z") == ["zsh"]
    assert completed(run, "tags", "ren") == ["rename"]


def test_bash_offers_files_where_files_go(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("files")
    (folder / "page.txt").touch()
    for words in (["import"], ["export", "-o"], ["note", "--file"]):
        assert completed(run, *words, f"{folder}/pa") == [f"{folder}/page.txt"]


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_every_verb_and_every_option_is_in_every_script(shell: str) -> None:
    script = SCRIPTS[shell]()
    for verb in SUBCOMMANDS:
        assert verb.name in script
        for argument in arguments_of(verb):
            for name in argument.names:
                assert (f"-l {name[2:]}" if shell == "fish" and name.startswith("--") else name.lstrip("-")) in script


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_the_shell_itself_accepts_the_script(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    subprocess.run([shell, "-n"], input=SCRIPTS[shell](), text=True, check=True, timeout=20)
