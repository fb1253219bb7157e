"""The settings file: valid settings are used, errors are reported with their line, and the program always starts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tui.settings.loader import parse_settings
from tui.settings.schema import SETTINGS, template
from tui.settings.settings import (
    COLUMNS,
    STATUSES,
    ExportProfile,
    FeedSettings,
    NetworkSettings,
    Settings,
    TriageAction,
)
from tui.settings.settings_file import load
from tui.settings.toml_lines import line_numbers

if TYPE_CHECKING:
    from pathlib import Path


def settings(text: str) -> Settings:
    return parse_settings("config.toml", text.encode())


def test_no_file_and_an_empty_one_are_the_defaults(tmp_path: Path) -> None:
    assert load(None) == load(tmp_path / "config.toml") == settings("") == Settings()


def test_a_file_is_read_and_its_name_stands_in_its_errors(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('theme = "nord"\nhints = 1\n', encoding="utf-8")
    found = load(tmp_path / "own.toml")
    assert found.theme == "nord"
    assert found.errors == ("own.toml:2: hints must be true or false",)


def test_the_template_changes_nothing_and_its_examples_are_valid() -> None:
    assert settings(template()) == Settings()
    assert all(f"# {line}" in template().splitlines() for setting in SETTINGS for line in setting.example)
    examples = [line.removeprefix("# ") for line in template().splitlines() if line.startswith(("# [", "# ")) and
                ("=" in line or line.startswith("# ["))]  # fmt: skip
    assert settings("\n".join(examples)).errors == ()


def test_triage_goes_on_with_the_next_paper_by_default() -> None:
    assert [action.name for action in Settings().triage if not action.advances] == []
    assert TriageAction("survey", "surveyed").advances


def test_every_setting_is_read() -> None:
    found = settings("""
        theme = "nord"
        hints = false
        columns = ["year", "title"]
        statuses = ["unread", "read"]
        citation_key = "[auth]"
        default_list = "thesis"
        [lists.thesis]
        data = "~/thesis"
        [keys]
        mark.read = ["m", "C-s"]
        "mark.star" = []
        [views]
        "to read" = "is:queued"
        [profiles.thesis]
        query = "tag:thesis"
        format = "csv"
        raw = true
        to = "~/refs.csv"
        [network]
        allow = true
        contact = "me@example.org"
        [feeds.vision]
        address = "https://rss.arxiv.org/atom/cs.CV"
        tags = "new"
        [pdf]
        folders = ["~/papers", "pdfs"]
        [open]
        pdf = ["zathura", "--fork"]
        [commands.zotero]
        run = ["xdg-open", "zotero://select/items/@{key}"]
        key = "ctrl+o"
        [triage.survey]
        key = "s"
        status = "queued"
        tags = "survey"
        note = "For the survey: "
        snooze = 3
        priority = "high"
        due = 14
        star = true
        go_on = false
    """)
    assert found.errors == ()
    assert (found.theme, found.hints, found.columns, found.statuses, found.citation_key) == (
        "nord", False, ("year", "title"), ("unread", "read"), "[auth]",
    )  # fmt: skip
    keys = {command.id: command.keys for command in found.keymap.commands}
    assert (keys["mark.read"], keys["mark.star"], keys["triage.survey"]) == (("m", "ctrl+s"), (), ("s",))
    assert (found.default_list, found.lists) == ("thesis", {"thesis": ("~/thesis", "")})
    assert found.views == {"to read": "is:queued"}
    assert found.profiles == {"thesis": ExportProfile("tag:thesis", "csv", to="~/refs.csv", raw=True)}
    assert found.network == NetworkSettings(True, "me@example.org")
    assert found.feeds == {"vision": FeedSettings("https://rss.arxiv.org/atom/cs.CV", ("new",))}
    assert (found.pdf_folders, found.pdf_viewer) == (("~/papers", "pdfs"), ("zathura", "--fork"))
    assert found.commands == {"zotero": ("xdg-open", "zotero://select/items/@{key}")}
    survey = TriageAction("survey", "survey", "queued", ("survey",), True, "For the survey: ", 3, False, "high", 14)
    assert found.triage[-1] == survey
    zotero = found.keymap.command("own.zotero")
    assert (zotero.keys, zotero.title, zotero.help) == (
        ("ctrl+o",), "zotero", "Run xdg-open zotero://select/items/@{key}",
    )  # fmt: skip
    assert "Ctrl-o is now bound to own.zotero, no longer to find.back" in found.overridden_keys
    assert found.keymap.command("triage.survey").help == (
        "Mark queued, tag survey, star, start a note, snooze for 3 days, high priority, due in 14 days"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[commands.a]\nrun = ["x", "{ke}"]', "2: unknown placeholder {ke} (did you mean key?)"),
        (
            '[commands.a]\nrun = "x"\nkey = "contrl+o"',
            '3: unknown key "contrl+o" (write keys like a, R, /, space, ctrl+r, f5)',
        ),
        ('[commands.a]\nrun = "x"\nkey = "m"\n[keys]\nmark.star = "m"', "3: m is already bound to mark.star"),
        ('[commands.a]\nrun = "x"\nkey = "m"\n[commands.b]\nrun = "y"\nkey = "m"', "6: m is already bound to own.a"),
        ('[commands.a]\nrun = "x"\n[keys]\nmark.read = "m"\nown.a = "m"', "5: m is already bound to mark.read"),
        ('[commands."a.b"]\nrun = "x"\nkey = "m"\n[keys]\nmark.star = "m"', "3: m is already bound to mark.star"),
        ('[triage.a]\nkey = "s"\n[triage.b]\nkey = "s"', "4: s is already bound to triage.a"),
        ('[commands.choose]\nrun = "x"', "1: a command cannot be named choose; choose another name"),
        ("[commands.a]\nrun = []", '1: command a needs a program, such as run = ["xdg-open", "{url}"]'),
        ("[pdf]\nfolders = [1]", "2: pdf.folders must be a list of strings"),
        ('[pdf]\nfolder = "x"', '2: unknown key "folder" in [pdf] (did you mean folders?)'),
        ('[open]\npdf = ""', '2: open.pdf needs a program, such as "zathura"'),
        ("[open]\npdf = true", "2: open.pdf must be a list of strings"),
        ('thme = "x"', '1: unknown setting "thme" (did you mean theme?)'),
        ("\ntheme = 3", "2: theme must be a string"),
        ("hints = 1", "1: hints must be true or false"),
        ('preset = "vmi"', '1: unknown preset "vmi" (did you mean vim?)'),
        ('columns = ["title", "yaer"]', '1: unknown value "yaer" for columns (did you mean year?)'),
        ('columns = ["year"]', "1: columns must include title"),
        ("statuses = []", "1: statuses must not be empty"),
        ("statuses = [1]", "1: statuses must be a list of strings"),
        ("keys = 3", "1: keys must be a table: [keys]"),
        ('[keys]\nmrk.read = "x"', '2: unknown command "mrk.read" (did you mean mark.read?)'),
        ('[keys]\ntriage.keep = "gg"', '2: "gg" is two keys; only single keys are allowed here'),
        ('[keys]\nmark.read = "g g g"', '2: "g g g" has 3 keys; at most two are allowed'),
        ('[keys]\nmark.read = "gg"\nmove.top = "g"', "2: gg can never be typed: g is bound to move.top"),
        ('[keys]\nmark.read = "entre"', '2: unknown key "entre" (did you mean enter?)'),
        ('[keys]\nmark.read = "m"\nmark.star = "m"', "3: m is already bound to mark.read"),
        ("[keys]\napp.quit = []", "2: app.quit keeps Ctrl-q: a key is required"),
        ('[views]\nbad = "tag:"', '2: views.bad is not a valid query: "tag:" needs a value'),
        ("[network]\nallow = 1", "2: network.allow must be true or false"),
        ('[network]\ncontact = "me"', "2: 'me' is not an e-mail address"),
        (
            '[feeds.a]\naddress = "http://rss.arxiv.org/x"',
            "1: feed a needs an address that begins with https://rss.arxiv.org/",
        ),
        ('[feeds.a]\ntags = ["x"]', "1: feed a needs an address that begins with https://rss.arxiv.org/"),
        ('[profiles.a]\nquery = "x"', "1: profile a needs a format"),
        ('[profiles.a]\nformat = "ris"\nraw = true', "2: --raw does not apply to the format ris (it applies to csv)"),
        (
            '[profiles.a]\nfrmat = "ris"\nformat = "ris"',
            '2: unknown key "frmat" in [profiles.a] (did you mean format?)',
        ),
        ('[triage.a]\nstatus = "read"', '1: triage.a needs a key, such as key = "a"'),
        ('[triage.undo]\nkey = "s"', '1: "undo" cannot be the name of a triage action; choose another, in lowercase'),
        (
            '[triage.Survey]\nkey = "s"',
            '1: "Survey" cannot be the name of a triage action; choose another, in lowercase',
        ),
        (
            '[triage."café"]\nkey = "s"',
            '1: "café" cannot be the name of a triage action; choose another, in lowercase',
        ),
        (
            '[triage."two words"]\nkey = "s"',
            '1: "two words" cannot be the name of a triage action; choose another, in lowercase',
        ),
        ('[triage.a]\nkey = "s"\nstatus = "queue"', '3: unknown status "queue" (did you mean queued?)'),
        ('[triage.a]\nkey = "s"\nsnooze = -1', "3: snooze must be a number of days from 0 to 3650"),
        ("hints = true\ntheme =\n", "2: invalid TOML (invalid value); line ignored"),
    ],
)
def test_an_error_is_reported_with_its_line(text: str, message: str) -> None:
    assert settings(text).errors == (f"config.toml:{message}",)


def test_an_error_affects_only_its_own_setting() -> None:
    found = settings(
        'columns = ["yaer"]\nstatuses = ["x"]\nbroken\n[oops\ntheme = "a"\n[keys]\nmark.star = "q q q"\n[views]\na = "b"'
    )
    assert (found.columns, found.statuses, found.theme) == (COLUMNS, STATUSES, "")
    assert found.keymap == Settings().keymap
    assert found.views == {"a": "b"}
    assert [error.split(":")[1] for error in found.errors] == ["1", "2", "3", "4", "7"]


def test_a_binary_file_is_ignored_and_a_latin_1_file_is_reported(tmp_path: Path) -> None:
    binary = parse_settings("config.toml", bytes(range(256)) * 20)
    assert binary._replace(errors=()) == Settings()
    assert len(binary.errors) <= 3
    latin = parse_settings("config.toml", 'hints = false\n# caf\xe9\ntheme = "nord"'.encode("latin-1"))
    assert (latin.hints, latin.theme) == (False, "nord")
    assert latin.errors == ("config.toml:2: not valid UTF-8; save the file as UTF-8",)
    folder = load(tmp_path)
    assert len(folder.errors) == 1


def test_line_numbers_are_found_in_every_notation_of_names() -> None:
    lines = line_numbers(
        'a = 1\n[keys]\nmark.read = "x"\n"mark.star" = "y" # z = 1\n[profiles."my own"]\nformat = "ris"'
    )
    assert lines["a",] == 1
    assert lines["keys", "mark", "read"] == 3
    assert lines["keys", "mark.star"] == 4
    assert lines["profiles", "my own", "format"] == 6


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "large"])
def test_what_is_not_a_regular_small_file_is_reported_without_blocking(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "config.toml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"#\n" * 125_001)
    (error,) = load(path).errors
    assert error.startswith(f"{path}: cannot read the settings (")


@pytest.mark.parametrize(
    "deep",
    [
        "x = " + "[" * 3_000,
        "x = " + "{a=" * 1_000,
        "x = " + "[" * 100_000,
        "x" + ".x" * 1_500 + " = 1",
        "x" + ".x" * 100_000 + " = 1",
        "[keys]\nx = " + "[" * 1_500 + "]" * 1_500,
        "[keys]\nx" + ".x" * 100_000 + " = 'a'",
    ],
)
def test_a_line_that_is_nested_too_deeply_is_ignored(deep: str) -> None:
    found = settings(f"hints = false\n{deep}\n[views]\nother = 'tag:a'\n")
    assert found.errors
    assert not found.hints
    assert dict(found.views) == {"other": "tag:a"}


def test_a_key_with_too_many_parts_in_a_table_is_reported() -> None:
    assert settings("[keys]\nx" + ".x" * 1_500 + " = 'a'").errors


def test_the_home_folder_can_be_written_as_a_tilde_in_programs_and_their_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    found = settings("""
        [open]
        pdf = ["~/bin/view", "{pdf}", "~x", "a~/b"]
        [commands.copy]
        run = ["~/copy.sh", "{title}", "~/notes/all.md"]
    """)
    assert found.pdf_viewer == (f"{tmp_path}/bin/view", "{pdf}", "~x", "a~/b")
    assert found.commands == {"copy": (f"{tmp_path}/copy.sh", "{title}", f"{tmp_path}/notes/all.md")}
