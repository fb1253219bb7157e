"""Options before the command, help and usage errors; none of them opens a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui import __version__
from tui.cli.main import main
from tui.cli.subcommands import VISIBLE_SUBCOMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, Run
    from tui.paths import Paths


class Terminal:
    """Standard input or output that claims to be a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is buffered."""


def no_screen(paths: Paths, ascii_only: bool) -> int:
    raise AssertionError(f"the screen opened on {paths}, {ascii_only}")


def test_version_is_printed(run: Run, program: Program) -> None:
    assert run("--version") == (0, f"readlist {__version__}\n", "")
    assert program("--version") == (0, f"readlist {__version__}\n", "")


def test_the_help_lists_every_command(run: Run) -> None:
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    text = " ".join(out.split())
    assert all(f"  {subcommand.name} " in out and subcommand.summary in text for subcommand in VISIBLE_SUBCOMMANDS)
    assert run("-h").out == out


@pytest.mark.parametrize("columns", [50, 80, 200])
def test_help_is_aligned_and_no_wider_than_the_terminal(
    columns: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run("--help").out
    rows = [
        line
        for line in out.splitlines()
        if any(line.startswith(f"  {subcommand.name} ") for subcommand in VISIBLE_SUBCOMMANDS)
    ]
    assert len(rows) == len(VISIBLE_SUBCOMMANDS)
    assert len({len(row) - len(row[2:].split(" ", 1)[1].lstrip()) for row in rows}) == 1, (
        "summaries start in one column"
    )
    assert all(len(line) <= max(columns, 50) for line in out.splitlines() if not line.startswith("  readlist"))
    for subcommand in VISIBLE_SUBCOMMANDS:
        description = run(subcommand.name, "--help").out.partition("\n\n")[2].partition("examples:")[0]
        assert all(len(line) <= columns for line in description.splitlines()), subcommand.name


@pytest.mark.parametrize("option", ["--ascii", "--config={settings}", "--data={data}", "--seeds={seeds}"])
@pytest.mark.parametrize("arguments", [["list"], ["keys"], ["export", "--format", "bibtex"]])
def test_every_shared_option_works_before_and_after_a_command(
    option: str, arguments: list[str], run: Run, tmp_path: Path
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text("", encoding="utf-8")
    written = option.format(settings=settings, data=tmp_path / "data", seeds=tmp_path / "seeds")
    before, after = run(written, *arguments), run(*arguments, written)
    assert (before.status, after.status) in {(0, 0), (1, 1)}
    assert before.out == after.out or arguments[0] == "export"
    assert run(*arguments, "--version").out.startswith("readlist ")


@pytest.mark.parametrize("subcommand", [subcommand.name for subcommand in VISIBLE_SUBCOMMANDS])
def test_every_command_has_help_with_examples(subcommand: str, run: Run, data: Path) -> None:
    status, out, err = run(subcommand, "--help")
    assert (status, err) == (0, "")
    assert out.startswith(f"usage: readlist {subcommand} ")
    assert f"  readlist {subcommand}" in out.partition("examples:")[2]
    assert not data.exists()


def test_help_is_printed_despite_other_errors(run: Run) -> None:
    assert run("mark", "--help", "--status").status == 2
    assert run("mark", "--help").status == 0
    assert run("mark", "some", "query", "-h").status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["lisst"],
            "readlist: unknown command 'lisst'\n  did you mean list? `readlist list lisst` searches for that text\n",
        ),
        (["xyzzy"], "readlist: unknown command 'xyzzy'\n"),
        (["list", "--jsn"], "readlist: unknown option --jsn\n  did you mean --json?\n"),
        (
            ["star", "-off", "x"],
            "readlist: unknown option -off\n  did you mean --off? To exclude a term, put -- before it: -- -off\n",
        ),
        (["star", "-a"], "readlist: unknown option -a\n  to exclude a term, put -- before it: -- -a\n"),
        (["--jsn", "list"], "readlist: unknown option --jsn before the command\n"),
        (["list", "--limit"], "readlist: --limit needs a value"),
        (["list", "--limit", "few"], "readlist: -n/--limit: 'few' is not a number"),
        (["list", "--limit", "0"], "readlist: --limit must be at least 1, not 0\n"),
        (["mark", "reed", "x"], "readlist: 'reed' is not a status\n  did you mean read?\n"),
        (["mark"], "readlist: nothing to set"),
        (["import"], "readlist: missing FILE\n  use - to read standard input; `readlist import --help` has"),
        (["list", "--json=3"], "readlist: --json does not take a value"),
        (
            ["tag", "x"],
            "readlist: no tags specified\n  before the query, write +TAG to add a tag or -TAG to remove one\n",
        ),
        (["export", "x"], "readlist: no export format specified\n"),
        (
            ["note", "--set", "a", "--append", "b", "x"],
            "readlist: --append cannot be used with --set",
        ),
        (["completion", "tcsh"], "readlist: shell: 'tcsh' is not one of bash, zsh, fish"),
        (["undo", "zero"], "readlist: unexpected argument 'zero'\n"),
        (["undo", "--steps", "zero"], "readlist: --steps: 'zero' is not a number"),
        (["undo", "25"], "readlist: 25 is ambiguous: a count of changes, or the number of a change?\n"),
    ],
)
def test_wrong_usage_prints_one_message_and_a_hint(arguments: list[str], message: str, run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(message)
    first, hint = err.splitlines()
    assert hint.startswith("  "), first


@pytest.mark.parametrize("word", ["y", "n", "h", "V", "l"])
def test_a_word_of_one_letter_is_no_option(word: str, run: Run) -> None:
    assert "unknown option" not in run("list", "--limit", "1", word).err
    assert "unknown option" not in run("tags", "rename", "--dry-run", "old", word).err


def test_a_folder_option_needs_a_value() -> None:
    assert main(["--data"], open_screen=no_screen) == 2


def test_without_a_command_the_list_is_printed_to_a_pipe(run: Run) -> None:
    assert run() == run("list")
    assert run().out.count("\n") == 5


def test_without_a_command_the_screen_opens_on_a_terminal(
    seeds: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Paths, bool]] = []

    def screen(paths: Paths, ascii_only: bool) -> int:
        opened.append((paths, ascii_only))
        return 9

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setattr("sys.stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    assert main(["--data", str(data), "--seeds", str(seeds)], open_screen=screen) == 9
    assert main(["--ascii", "--data", str(data), "--seeds", str(seeds)], open_screen=screen) == 9
    assert [(paths.data, paths.seeds, ascii_only) for paths, ascii_only in opened] == [
        (data, seeds, False),
        (data, seeds, True),
    ]


@pytest.mark.parametrize("kind", ["dumb", "unknown", ""])
def test_a_dumb_terminal_cannot_show_the_screen(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("sys.stdin", "sys.stdout", "sys.stderr"):
        monkeypatch.setattr(stream, Terminal())
    monkeypatch.setenv("TERM", kind)
    assert main([], open_screen=no_screen) == 2


def test_the_screen_needs_standard_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stdout", Terminal())
    assert main([], open_screen=no_screen) == 2
    assert "standard error" in capsys.readouterr().err


def test_folder_options_work_before_and_after_the_command(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    other = str(tmp_path / "other")
    assert run("list").status == 0
    status, _, err = run("list", "--data", other, f"--seeds={empty}")
    assert status == 1
    assert "the reading list is empty" in err
