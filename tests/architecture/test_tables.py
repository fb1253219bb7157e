"""Each fact has one home: the tables are sound, and the README says what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.cli.subcommands import SUBCOMMANDS, load
from tui.commands import COMMAND_ALIASES, COMMANDS, GROUPS, display_key
from tui.query.fields import FIELDS
from tui.session.session import Session
from tui.settings.schema import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def code(text: str) -> str:
    """Text as code in a cell of a Markdown table."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}".replace("|", "\\|")


def key_table() -> str:
    """The keys by their groups."""
    lines = ["| keys | what they do |", "|---|---|"]
    for group, title in GROUPS.items():
        lines.append(f"| **{title}** | |")
        lines += [
            f"| {' '.join(code(display_key(key)) for key in command.keys)} | {command.help} |"
            for command in COMMANDS
            if command.group == group
        ]
    return "\n".join(lines)


def verb_table() -> str:
    """The verbs of the command line."""
    return "\n".join(
        ["| command | what it does |", "|---|---|", *(f"| {code(v.name)} | {v.summary} |" for v in SUBCOMMANDS)]
    )


def format_table() -> str:
    """The export formats."""
    rows = (f"| {code(name)} | {title} |" for name, title in Session.formats())
    return "\n".join(["| format | what it is |", "|---|---|", *rows])


def field_table() -> str:
    """The fields of the query language."""
    rows = (f"| {code(field.name)} | {field.help} | {code(field.example)} |" for field in FIELDS)
    return "\n".join(["| field | finds | for example |", "|---|---|---|", *rows])


def setting_table() -> str:
    """The settings."""
    rows = (f"| {code(setting.name)} | {setting.help} | {_default(setting.default)} |" for setting in SETTINGS)
    return "\n".join(["| setting | what it is for | without it |", "|---|---|---|", *rows])


def _default(text: str) -> str:
    return code(text) if text[0] in '"[' or text in {"true", "false"} else text


BLOCKS: dict[str, Callable[[], str]] = {
    "keys": key_table,
    "verbs": verb_table,
    "formats": format_table,
    "fields": field_table,
    "settings": setting_table,
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_the_readme_says_what_the_table_says(name: str) -> None:
    if not README.exists():
        pytest.skip("there is no README.md yet")
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = README.read_text(encoding="utf-8")
    expected = BLOCKS[name]()
    found = text.partition(opening)[2].partition(closing)[0].strip()
    if found != expected:
        pytest.fail(f"put this between {opening} and {closing} in README.md:\n\n{expected}\n", pytrace=False)


def test_ids_of_commands_are_unique_and_well_formed() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in ids)


@pytest.mark.parametrize("pane", sorted({command.pane for command in COMMANDS}))
def test_a_key_does_one_thing_in_a_pane(pane: str) -> None:
    keys = [key for command in COMMANDS if command.pane == pane for key in command.keys]
    assert sorted(keys) == sorted(set(keys))


def test_words_of_the_palette_name_commands_and_each_names_one() -> None:
    assert set(COMMAND_ALIASES) <= {command.id for command in COMMANDS}
    words = [word for names in COMMAND_ALIASES.values() for word in names]
    assert sorted(words) == sorted(set(words))


def test_every_group_has_a_title_and_every_title_a_command() -> None:
    assert {command.group for command in COMMANDS} == set(GROUPS)


def test_every_command_has_a_key_a_title_and_a_help_without_a_full_stop() -> None:
    assert all(command.keys and command.title and command.help for command in COMMANDS)
    assert [command.id for command in COMMANDS if command.help.endswith(".")] == []


def test_verbs_are_unique_and_each_has_its_module() -> None:
    names = [verb.name for verb in SUBCOMMANDS]
    assert len(set(names)) == len(names)
    for verb in SUBCOMMANDS:
        module = load(verb)
        assert module.DESCRIPTION.strip()
        assert f"readlist {verb.name}" in module.EXAMPLES


def test_every_module_of_verbs_is_in_the_table() -> None:
    modules = {path.stem for path in (ROOT / "tui/cli/subcommands").glob("*.py")} - {"__init__"}
    assert modules == {verb.module for verb in SUBCOMMANDS}
