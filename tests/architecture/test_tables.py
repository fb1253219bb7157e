"""The tables of commands, subcommands, fields, formats and settings are valid, and the README repeats them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.cli.subcommands import SUBCOMMANDS, VISIBLE_SUBCOMMANDS, load
from tui.commands import COMMANDS, GROUPS, display_key
from tui.query.fields import FIELDS
from tui.session.choices import export_formats
from tui.settings.schema import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCS = (README, *sorted((ROOT / "tui/docs").glob("*.md")))


def code(text: str) -> str:
    """Text as code in a cell of a Markdown table."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}".replace("|", "\\|")


def key_table() -> str:
    """The keys by group."""
    lines = ["| keys | what they do |", "|---|---|"]
    for group, title in GROUPS.items():
        lines.append(f"| **{title}** | |")
        lines += [
            f"| {' '.join(code(display_key(key)) for key in command.keys)} | {command.help} |"
            for command in COMMANDS
            if command.group == group
        ]
    return "\n".join(lines)


def subcommand_table() -> str:
    """The subcommands."""
    return "\n".join(
        [
            "| command | what it does |",
            "|---|---|",
            *(f"| {code(each.name)} | {each.summary} |" for each in VISIBLE_SUBCOMMANDS),
        ]
    )


def format_table() -> str:
    """The export formats."""
    rows = (f"| {code(name)} | {title} |" for name, title in export_formats())
    return "\n".join(["| format | what it is |", "|---|---|", *rows])


def field_table() -> str:
    """The fields of the query language."""
    rows = (f"| {code(field.name)} | {field.help} | {code(field.example)} |" for field in FIELDS)
    return "\n".join(["| field | finds | for example |", "|---|---|---|", *rows])


def setting_table() -> str:
    """The settings."""
    rows = (f"| {code(setting.name)} | {setting.help} | {_default(setting.default)} |" for setting in SETTINGS)
    return "\n".join(["| setting | what it is for | default |", "|---|---|---|", *rows])


def _default(text: str) -> str:
    return code(text) if text[0] in '"[' or text in {"true", "false"} else text


BLOCKS: dict[str, Callable[[], str]] = {
    "keys": key_table,
    "subcommands": subcommand_table,
    "formats": format_table,
    "fields": field_table,
    "settings": setting_table,
}


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_the_documentation_contains_the_table(name: str) -> None:
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    holding = [file for file in DOCS if opening in file.read_text(encoding="utf-8")]
    assert len(holding) == 1, f"{opening} stands in {holding}"
    text = holding[0].read_text(encoding="utf-8")
    expected = BLOCKS[name]()
    found = text.partition(opening)[2].partition(closing)[0].strip()
    if found != expected:
        pytest.fail(f"put this between {opening} and {closing} in {holding[0].name}:\n\n{expected}\n", pytrace=False)


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_every_link_of_the_documentation_leads_to_a_file(file: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8"))
    assert not [link for link in links if not (file.parent / link).exists()]


def test_the_readme_links_every_page_of_the_documentation() -> None:
    text = README.read_text(encoding="utf-8")
    assert not [file.name for file in DOCS[1:] if f"(tui/docs/{file.name})" not in text]


def test_command_ids_are_unique_and_well_formed() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in ids)


@pytest.mark.parametrize("pane", sorted({command.pane for command in COMMANDS}))
def test_a_key_has_one_command_in_a_pane(pane: str) -> None:
    keys = [key for command in COMMANDS if command.pane == pane for key in command.keys]
    assert sorted(keys) == sorted(set(keys))


def test_an_alias_names_one_command() -> None:
    words = [word for command in COMMANDS for word in command.aliases]
    assert len(words) > 50
    assert sorted(words) == sorted(set(words))


def test_tips_and_key_bars_have_one_command_at_each_place() -> None:
    tips = [command.tip for command in COMMANDS if command.tip]
    assert sorted(tips) == list(range(1, len(tips) + 1))
    places = [(footer.context, footer.place) for command in COMMANDS for footer in command.footers]
    for context in {context for context, _ in places}:
        own = sorted(place for name, place in places if name == context)
        assert own == list(range(1, len(own) + 1)), context


def test_a_message_of_a_command_without_terminal_is_lower_case() -> None:
    messages = [command.no_terminal for command in COMMANDS if command.no_terminal]
    assert messages
    assert not [message for message in messages if message.endswith(".")]


def test_every_group_has_a_title_and_a_command() -> None:
    assert {command.group for command in COMMANDS} == set(GROUPS)


def test_every_command_has_a_key_a_title_and_a_help_without_a_full_stop() -> None:
    assert all(command.keys and command.title and command.help for command in COMMANDS)
    assert [command.id for command in COMMANDS if command.help.endswith(".")] == []


def test_subcommands_are_unique_and_each_has_a_module() -> None:
    names = [subcommand.name for subcommand in SUBCOMMANDS]
    assert len(set(names)) == len(names)
    for subcommand in SUBCOMMANDS:
        module = load(subcommand)
        assert module.DESCRIPTION.strip()
        assert f"readlist {subcommand.name}" in module.EXAMPLES


def test_every_subcommand_module_is_in_the_table() -> None:
    modules = {path.stem for path in (ROOT / "tui/cli/subcommands").glob("*.py")} - {"__init__"}
    assert modules == {subcommand.module for subcommand in SUBCOMMANDS}
