"""Completion scripts are complete and accepted by the installed shells."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tui.cli.help_text import SHARED_OPTIONS
from tui.cli.shell_completion import SCRIPTS, arguments_of
from tui.cli.subcommands import SUBCOMMANDS
from tui.model.mark import Status

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def completed(run: Run, *arguments: str, before: str = "") -> list[str]:
    """The completions of bash for the last word; ``before`` is a line of bash to run first."""
    script = run("completion", "bash").out
    line = (
        f"COMP_WORDS=(readlist {' '.join(repr(word) for word in arguments)}); COMP_CWORD={len(arguments)}; _readlist"
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", f'{before}\n{script}\n{line}; printf "%s\\n" "${{COMPREPLY[@]}}"'],
        capture_output=True, text=True, check=True, timeout=20,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_completes_commands_options_and_values(run: Run) -> None:
    shared = [name for option in SHARED_OPTIONS for name in option.names]
    assert {"-l", "--list", "--data", "--seeds", "--config", "--ascii", "--version"} == set(shared)
    assert completed(run, "") == [*(subcommand.name for subcommand in SUBCOMMANDS), *shared, "--help"]
    assert completed(run, "ta") == ["tag", "tags"]
    assert completed(run, "mark", "--sta") == ["--status"]
    assert completed(run, "mark", "--status", "") == [str(status) for status in Status]
    assert completed(run, "--data", "/somewhere", "export", "--fo") == ["--format", "--force"]
    assert "bibtex" in completed(run, "export", "--format", "b")
    assert completed(run, "completion", "z") == ["zsh"]
    assert completed(run, "tags", "ren") == ["rename"]


def test_bash_completes_the_names_of_lists(run: Run) -> None:
    run("new", "thesis")
    names = run("lists", "--names").out
    for arguments in (["--list"], ["-l"], ["export", "--list"]):
        assert completed(run, *arguments, "", before=f"readlist() {{ printf '%s' '{names}'; }}") == ["main", "thesis"]


def test_bash_completes_file_names(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("files")
    (folder / "page.txt").touch()
    for arguments in (["import"], ["export", "-o"], ["note", "--file"]):
        assert completed(run, *arguments, f"{folder}/pa") == [f"{folder}/page.txt"]


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_every_script_has_every_command_and_option(shell: str) -> None:
    script = SCRIPTS[shell]()
    for subcommand in SUBCOMMANDS:
        assert subcommand.name in script
        for argument in arguments_of(subcommand):
            for name in argument.names:
                assert (f"-l {name[2:]}" if shell == "fish" and name.startswith("--") else name.lstrip("-")) in script


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_the_shell_accepts_the_script(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    subprocess.run([shell, "-n"], input=SCRIPTS[shell](), text=True, check=True, timeout=20)
