"""Several reading lists: started, listed, chosen by option, environment and settings; names that are refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tui.errors import UsageError
from tui.paths import MAIN_LIST, Paths, resolve_paths
from tui.settings.settings_file import configured_lists

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, Run

BIB = "@misc{m, title={On Mills and Weirs}, author={Lee, Ann}, year={2023}}"


def titles(run: Run, *arguments: str) -> list[str]:
    result = run(*arguments, "list", "--json")
    return [paper["title"] for paper in json.loads(result.out)] if result.status == 0 else []


def test_a_new_list_is_empty_and_has_folders_of_its_own(run: Run, data: Path) -> None:
    result = run("new", "thesis")
    assert (result.status, result.out) == (0, f"created the list thesis: {data / 'lists' / 'thesis'}\n")
    assert (data / "lists" / "thesis" / "listings").is_dir()
    assert titles(run, "--list", "thesis") == []
    assert len(titles(run)) == 5


def test_files_are_imported_into_a_new_list(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(BIB, encoding="utf-8")
    assert "1 paper imported" in run("new", "thesis", str(file)).out
    for arguments in (["--list", "thesis"], ["--list=thesis"], ["-l", "thesis"], ["-lthesis"]):
        assert titles(run, *arguments) == ["On Mills and Weirs"]
    assert run("list", "-l", "thesis").out.count("\n") == 1
    run("star", "mills", "-l", "thesis")
    assert run("list", "is:starred").status == 1
    listed = json.loads(run("lists", "--json", "-l", "thesis").out)
    assert [(each["name"], each["opens"], each["papers"]) for each in listed] == [
        ("main", False, 5),
        ("thesis", True, 1),
    ]
    assert run("lists", "--names").out.split() == ["main", "thesis"]


def test_a_missing_file_of_a_new_list_is_reported(run: Run, tmp_path: Path) -> None:
    result = run("new", "thesis", str(tmp_path / "absent.bib"))
    assert result.status == 3
    assert "absent.bib" in result.err


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a/b", "'a/b' is not a valid list name"),
        ("..", "'..' is not a valid list name"),
        (".hidden", "'.hidden' is not a valid list name"),
        ("a\nb", "is not a valid list name"),
        ("nul", "'nul' is not a valid list name"),
        ("", "a list needs a name"),
        ("  ", "a list needs a name"),
        ("x" * 61, "at most 60 characters; this one has 61"),
        ("main", "a list named 'main' already exists"),
        ("Thesis", "a list named 'thesis' already exists"),
    ],
)
def test_a_name_that_cannot_be_used_is_one_sentence(name: str, message: str, run: Run, data: Path) -> None:
    run("new", "thesis")
    result = run("new", name)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert [path.name for path in (data / "lists").iterdir()] == ["thesis"]


def test_a_list_that_does_not_exist_names_the_nearest(run: Run, data: Path) -> None:
    run("new", "thesis")
    for arguments in (["list"], ["check"], ["check", "--repair"], ["star", "x"]):
        result = run("-l", "thesi", *arguments)
        assert (result.status, result.out) == (2, "")
        assert "there is no list 'thesi'" in result.err
        assert "did you mean thesis?" in result.err
    assert "`readlist new a` creates it" in run("-l", "a", "list").err
    assert "is not a valid list name" in run("-l", "../../x", "list").err
    assert [path.name for path in (data / "lists").iterdir()] == ["thesis"]


def test_the_list_is_chosen_by_option_environment_and_settings(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        'data = "d"\ndefault_list = "a"\n[lists.b]\ndata = "own"\nlistings = "texts"\n', encoding="utf-8"
    )
    environ = {"READLIST_CONFIG": str(config), "HOME": str(tmp_path)}

    def found(environ: dict[str, str], **options: str) -> Paths:
        return resolve_paths(environ=environ, configured=configured_lists, **options)

    assert (found(environ).name, found(environ).data) == ("a", tmp_path / "d" / "lists" / "a")
    by_name = found(environ, list_name="b")
    assert (by_name.data, by_name.seeds) == (tmp_path / "own", tmp_path / "texts")
    assert by_name.main is not None
    assert by_name.main.data == tmp_path / "d"
    assert found(environ, list_name=MAIN_LIST).main is None
    assert found(environ | {"READLIST_LIST": "b"}).name == "b"
    assert found(environ | {"READLIST_LIST": "b"}, list_name="c").name == "c"
    assert found(environ | {"READLIST_LIST": "b"}, data=str(tmp_path)).name == MAIN_LIST
    assert found(environ | {"READLIST_DATA": str(tmp_path)}).name == MAIN_LIST
    elsewhere = found(environ | {"READLIST_LIST": "c", "READLIST_DATA": str(tmp_path)})
    assert elsewhere.data == tmp_path / "lists" / "c"
    assert found(environ, data=str(tmp_path), list_name="c").data == tmp_path / "lists" / "c"


@pytest.mark.parametrize("chosen", ["option", "environment", "settings"])
def test_a_folder_of_listings_that_would_have_no_effect_is_refused(chosen: str, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('default_list = "b"\n' if chosen == "settings" else "", encoding="utf-8")
    environ = {"READLIST_CONFIG": str(config), "HOME": str(tmp_path)}
    environ |= {"READLIST_LIST": "b"} if chosen == "environment" else {}

    def found(seeds: str | None, list_name: str | None = None, **options: str) -> Paths:
        name = list_name or ("b" if chosen == "option" else None)
        return resolve_paths(seeds=seeds, environ=environ, configured=configured_lists, list_name=name, **options)

    with pytest.raises(UsageError, match="--seeds is for the main list, but the list b would open") as raised:
        found(str(tmp_path / "texts"))
    assert raised.value.hint == "add --list main, or leave --seeds out"
    assert found(None).name == "b"
    assert found(str(tmp_path / "texts"), MAIN_LIST).seeds == tmp_path / "texts"
    with_data = found(str(tmp_path / "texts"), data=str(tmp_path))
    assert (with_data.main or with_data).seeds == tmp_path / "texts"


def test_the_environment_chooses_the_list(program: Program, data: Path) -> None:
    assert program("new", "thesis").status == 0
    assert program("list", env={"READLIST_LIST": "thesis"}).status == 1
    assert len(program("list").out.splitlines()) == 5
    assert program("list", env={"READLIST_LIST": "nope"}).status == 2
    assert program("lists", env={"READLIST_LIST": "nope"}).status == 0
    assert data.is_dir()


def test_a_given_data_folder_wins_over_the_list_of_the_environment(program: Program, data: Path) -> None:
    assert program("new", "thesis").status == 0
    chosen = {"READLIST_LIST": "thesis"}
    for arguments in (("--data", str(data), "list"), ("list", "--data", str(data)), ("list", f"--data={data}")):
        assert len(program(*arguments, env=chosen).out.splitlines()) == 5, arguments
    assert program("--data", str(data), "-l", "thesis", "list", env={"READLIST_LIST": "nope"}).status == 1
    assert f"{data}\n" in program("where", "--data", str(data), env=chosen).out
    assert f"{data}/lists/thesis\n" in program("where", "--data", str(data), "-l", "thesis").out


def test_a_deleted_folder_of_listings_of_a_list_is_made_again(run: Run, data: Path) -> None:
    run("new", "thesis")
    (data / "lists" / "thesis" / "listings").rmdir()
    result = run("-l", "thesis", "list")
    assert "the reading list is empty" in result.err
    assert (data / "lists" / "thesis" / "listings").is_dir()


def test_wrong_lists_in_the_settings_are_named_with_their_line(run: Run, data: Path) -> None:
    config = data.parent / "config.toml"
    config.write_text(
        'default_list = "a/b"\n[lists.main]\ndata = "x"\n[lists."c/d"]\n[lists.e]\nfolder = "x"\n', encoding="utf-8"
    )
    err = run("config").err
    assert "config.toml:1: 'a/b' is not a valid list name" in err
    assert 'config.toml:2: the folders of the main list are set with "data" and "listings"' in err
    assert "config.toml:4: 'c/d' is not a valid list name" in err
    assert 'config.toml:6: unknown key "folder" in [lists.e]' in err
