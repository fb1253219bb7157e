"""Actions: help, manual and the command palette, which also accepts commands with arguments."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.app import theme_menu
from tui.app.actions import export, filtering
from tui.app.availability import disabled_reason
from tui.app.open_picker import Option, choose
from tui.commands import display_key
from tui.model.edit import Edit
from tui.model.tags import validate_tag
from tui.session.exports import format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tui.app.screens.main_screen import MainScreen

    PaletteEntry = tuple[str, Callable[[], object]]  # label and action


def show_help(screen: MainScreen) -> None:
    """Open the help."""
    _open_help(screen)


def show_manual(screen: MainScreen) -> None:
    """Open the manual."""
    _open_help(screen, manual=True)


def _open_help(screen: MainScreen, typed: str = "", *, manual: bool = False) -> None:
    from tui.app.screens.help import HelpScreen  # noqa: PLC0415 - not needed at start-up

    screen.app.push_screen(HelpScreen(screen, typed=typed, manual=manual))


def open_palette(screen: MainScreen) -> None:
    """Open the palette: all commands by name, disabled ones with the reason."""
    options = [
        Option(
            command.id,
            command.title,
            " ".join(map(display_key, command.keys)),
            disabled_reason=disabled_reason(screen, command.id),
            names=command.aliases,
        )
        for command in screen.keys.commands
        if command.id != "app.palette" and command.on_main_screen
    ]
    commands = {option.value for option in options}
    values = _value_commands(screen)

    def on_choice(name: str) -> None:
        screen.pressed_key = ""
        action = values.get(name) or next((action for _, action in _parse_typed(screen, name)), None)
        if name in commands or action is None:
            screen.run_command(name)
        else:
            screen.guarded(action)

    def typed_options(typed: str) -> list[Option]:
        return [Option(typed, label) for label, _ in _parse_typed(screen, typed)]

    choose(
        screen,
        "Command",
        [*options, *(Option(name, name) for name in values)],
        on_choice,
        extra_options=typed_options,
    )


def _value_commands(screen: MainScreen) -> Mapping[str, Callable[[], object]]:
    """Palette entries for views, sort orders and themes."""
    if screen.is_opening:
        return {}
    views = {f"Open view {name}": partial(_open_view, screen, name) for name in screen.session.views()}
    orders = {f"Set sort {name}": partial(filtering.sort_by, screen, name) for name in screen.session.sorts()}
    themes = {
        f"Set theme {name}": partial(theme_menu.apply_theme, screen, name) for name in screen.app.available_themes
    }
    return views | orders | themes


def _parse_typed(screen: MainScreen, typed: str) -> Iterator[PaletteEntry]:
    """Parse a typed command with arguments, as users of other programs type them after a colon."""
    words = typed.strip().removeprefix(":").strip()
    name, _, argument = words.replace("=", " ").partition(" ")
    argument = argument.strip()
    if screen.is_opening or not words:
        return
    if words.isdecimal() and screen.papers.count:
        row = min(max(int(words[:9]), 1), screen.papers.count)
        yield f"Go to row {row}", partial(setattr, screen.papers, "cursor", row - 1)
    elif words[0] == "/":
        yield f"Search {words[1:]}", partial(screen.put_query, words[1:])
    elif argument:
        yield from _parse_command(screen, name, argument)


def _parse_command(screen: MainScreen, name: str, argument: str) -> Iterator[PaletteEntry]:
    """Parse a command with one argument."""
    if name in {"h", "help", "man"}:
        yield f"Help on {argument}", partial(_open_help, screen, argument, manual=name == "man")
    elif name in {"set", "colo", "colorscheme"}:
        label = f"Set {argument}" if name == "set" else f"Set theme {argument}"
        values = _value_commands(screen)
        if label in values:
            yield label, values[label]
    elif name in {"tag", "untag"} and screen.papers.count and not screen.session.read_only:
        tag = _valid_tag(argument)
        if tag:
            edit = Edit(add_tags=(tag,)) if name == "tag" else Edit(remove_tags=(tag,))
            yield f"{name.capitalize()} {tag}", partial(screen.carry_out, edit)
    elif name in {"w", "write", "export", "saveas"} and screen.papers.count:
        yield from _parse_export(screen, argument)


def _parse_export(screen: MainScreen, name: str) -> Iterator[PaletteEntry]:
    """Parse an export to a format, or to a file whose suffix has a format."""
    formats = dict(screen.session.formats())
    if name in formats:
        yield f"Export as {formats[name]}", partial(export.export_as, screen, name)
    elif suffix := PurePath(name).suffix:
        found = format_of(suffix)
        if found:
            yield f"Export as {formats[found]} to {name}", partial(export.export_as, screen, found, name)


def _valid_tag(text: str) -> str:
    try:
        return validate_tag(text)
    except ValueError:
        return ""


def _open_view(screen: MainScreen, name: str) -> None:
    screen.put_query(screen.session.saved_views.reference(name))
