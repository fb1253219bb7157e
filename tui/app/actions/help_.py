"""What is asked of the program itself: help, manual, and the palette, where a command can be said in words."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.app import theme_menu
from tui.app.actions import export, search
from tui.app.availability import disabled_reason
from tui.app.choose import Option, choose
from tui.commands import COMMAND_ALIASES, display_key
from tui.model.edit import Edit
from tui.model.tags import validate_tag
from tui.session.exports import format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tui.app.screens.main_screen import MainScreen

    Saying = tuple[str, Callable[[], object]]

_ELSEWHERE = frozenset({"triage", "pairs"})  # panes whose commands the desk cannot run


def help_keys(desk: MainScreen) -> None:
    """Every key."""
    _guide(desk)


def manual(desk: MainScreen) -> None:
    """How to work with all of it."""
    _guide(desk, manual=True)


def _guide(desk: MainScreen, typed: str = "", *, manual: bool = False) -> None:
    from tui.app.screens.help import HelpScreen  # noqa: PLC0415 - a screen that a start-up does not need

    desk.app.push_screen(HelpScreen(desk, typed=typed, manual=manual))


def palette(desk: MainScreen) -> None:
    """Every command by name; one that cannot run says why."""
    options = [
        Option(
            command.id,
            command.title,
            " ".join(map(display_key, command.keys)),
            refusal=disabled_reason(desk, command.id),
            names=COMMAND_ALIASES.get(command.id, ()),
        )
        for command in desk.keys.commands
        if command.id != "app.palette" and command.pane not in _ELSEWHERE
    ]
    commands = {option.value for option in options}
    more = _values(desk)

    def chosen(name: str) -> None:
        desk.pressed_key = ""
        said = more.get(name) or next((work for _, work in _said(desk, name)), None)
        if name in commands or said is None:
            desk.run_command(name)
        else:
            desk.guarded(said)

    def spoken(typed: str) -> list[Option]:
        return [Option(typed, label) for label, _ in _said(desk, typed)]

    choose(desk, "Command", [*options, *(Option(name, name) for name in more)], chosen, spoken=spoken)


def _values(desk: MainScreen) -> Mapping[str, Callable[[], object]]:
    """What can be said in the palette beside the commands: a value to set, a view to open."""
    if desk.is_opening:
        return {}
    views = {f"Open view {name}": partial(_open_view, desk, name) for name in desk.session.views()}
    orders = {f"Set sort {name}": partial(search.sort_by, desk, name) for name in desk.session.sorts()}
    names = {f"Set theme {name}": partial(theme_menu.apply_theme, desk, name) for name in desk.app.available_themes}
    return views | orders | names


def _said(desk: MainScreen, typed: str) -> Iterator[Saying]:
    """What a line of several words means, as people type it behind a colon: what it does, and the doing of it."""
    words = typed.strip().removeprefix(":").strip()
    head, _, rest = words.replace("=", " ").partition(" ")
    rest = rest.strip()
    if desk.is_opening or not words:
        return
    if words.isdecimal() and desk.papers.count:
        row = min(max(int(words[:9]), 1), desk.papers.count)
        yield f"Go to row {row}", partial(setattr, desk.papers, "cursor", row - 1)
    elif words[0] == "/":
        yield f"Search {words[1:]}", partial(desk.put_query, words[1:])
    elif rest:
        yield from _told(desk, head, rest)


def _told(desk: MainScreen, head: str, rest: str) -> Iterator[Saying]:
    """What a word means with others behind it."""
    if head in {"h", "help", "man"}:
        yield f"Help on {rest}", partial(_guide, desk, rest, manual=head == "man")
    elif head in {"set", "colo", "colorscheme"}:
        name = f"Set {rest}" if head == "set" else f"Set theme {rest}"
        values = _values(desk)
        if name in values:
            yield name, values[name]
    elif head in {"tag", "untag"} and desk.papers.count and not desk.session.read_only:
        tag = _tag(rest)
        if tag:
            edit = Edit(add_tags=(tag,)) if head == "tag" else Edit(remove_tags=(tag,))
            yield f"{head.capitalize()} {tag}", partial(desk.carry_out, edit)
    elif head in {"w", "write", "export", "saveas"} and desk.papers.count:
        yield from _export(desk, rest)


def _export(desk: MainScreen, name: str) -> Iterator[Saying]:
    """An export named by its format, or by a file whose ending has one."""
    formats = dict(desk.session.formats())
    if name in formats:
        yield f"Export as {formats[name]}", partial(export.export_as, desk, name)
    elif ending := PurePath(name).suffix:
        found = format_of(ending)
        if found:
            yield f"Export as {formats[found]} to {name}", partial(export.export_as, desk, found, name)


def _tag(text: str) -> str:
    try:
        return validate_tag(text)
    except ValueError:
        return ""


def _open_view(desk: MainScreen, name: str) -> None:
    desk.put_query(desk.session.saved_views.reference(name))
