"""Actions: help, manual and the command palette, which also accepts commands with arguments."""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.app import theme_menu
from tui.app.actions import export, filtering, import_
from tui.app.actions.bulk_confirmation import carry_out
from tui.app.availability import disabled_reason
from tui.app.typed_path import check_file, complete_path
from tui.app.ui import Option
from tui.commands import display_key
from tui.model.edit import Edit
from tui.model.mark import Status
from tui.model.tags import validate_tag
from tui.session.choices import export_formats, sort_orders
from tui.session.exports import format_of, format_suffixes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.commands import Command

    PaletteEntry = tuple[str, Callable[[], object]]  # label and action

# What people look for in a menu; the palette begins with these.
_FIRST = (
    "find.query",
    "in.import",
    "out.export",
    "mark.tags",
    "mark.note",
    "mark.triage",
    "mark.undo",
    "find.sort",
    "app.help",
    "app.quit",
)

_MAX_PATHS = 20


def show_help(workspace: Workspace, ui: Ui) -> None:
    """Open the help."""
    _open_help(workspace, ui)


def show_manual(workspace: Workspace, ui: Ui) -> None:
    """Open the manual."""
    _open_help(workspace, ui, manual=True)


def _open_help(workspace: Workspace, ui: Ui, typed: str = "", *, manual: bool = False) -> None:
    from tui.app.screens.help import HelpScreen  # noqa: PLC0415 - not needed at start-up

    ui.open(HelpScreen(workspace.keys, ui.glyphs, typed=typed, manual=manual))


def open_palette(workspace: Workspace, ui: Ui) -> None:
    """Open the palette: all commands by name, disabled ones with the reason."""
    options = [
        Option(
            command.id,
            command.title,
            " ".join(map(display_key, command.keys)),
            disabled_reason=disabled_reason(workspace, ui, command),
            names=command.aliases,
        )
        for command in sorted(workspace.keys.commands, key=_palette_place)
        if command.id != "app.palette" and command.on_main_screen
    ]
    commands = {option.value for option in options}
    marks = _status_commands(workspace, ui)
    values = {**_value_commands(workspace, ui), **dict(marks.values())}

    typed_actions: dict[str, Callable[[], object]] = {}

    def on_choice(name: str) -> None:
        action = values.get(name) or typed_actions.get(name)
        if name in commands or action is None:
            ui.run_command(name)
        else:
            workspace.guarded(action)

    def typed_options(typed: str) -> list[Option]:
        nonlocal typed_actions
        typed_actions = dict(_parse_typed(workspace, ui, typed))
        return [Option(label, label) for label in typed_actions]

    names = {label: (status,) for status, (label, _) in marks.items()}
    ui.choose(
        "Command",
        [*options, *(Option(label, label, names=names.get(label, ())) for label in values)],
        on_choice,
        extra_options=typed_options,
    )


def _palette_place(command: Command) -> int:
    return _FIRST.index(command.id) if command.id in _FIRST else len(_FIRST)


def _status_commands(workspace: Workspace, ui: Ui) -> Mapping[str, PaletteEntry]:
    """Palette entries that set a status, by the name of the status."""
    if workspace.is_opening or workspace.session.read_only or not workspace.papers.count:
        return {}
    return {
        str(status): (f"Mark {status}", partial(carry_out, workspace, ui, Edit(status=status)))
        for status in Status
        if status in workspace.settings.statuses
    }


def _value_commands(workspace: Workspace, ui: Ui) -> Mapping[str, Callable[[], object]]:
    """Palette entries for views, sort orders and themes."""
    if workspace.is_opening:
        return {}
    views = {f"Open view {name}": partial(_open_view, workspace, name) for name in workspace.session.views()}
    orders = {f"Set sort {name}": partial(filtering.sort_by, workspace, ui, name) for name in sort_orders()}
    themes = {f"Set theme {name}": partial(theme_menu.apply_theme, workspace, ui, name) for name in ui.host.themes}
    return views | orders | themes


def _parse_typed(workspace: Workspace, ui: Ui, typed: str) -> Iterator[PaletteEntry]:
    """Parse a typed command with arguments, as users of other programs type them after a colon."""
    words = typed.strip().removeprefix(":").strip()
    name, argument = [*re.split(r"[ =]", words, maxsplit=1), ""][:2]
    argument = argument.strip()
    if workspace.is_opening or not words:
        return
    if words.isdecimal() and workspace.papers.count:
        row = min(max(int(words[:9]), 1), workspace.papers.count)
        yield f"Go to row {row}", partial(setattr, workspace.papers, "cursor", row - 1)
    elif words[0] == "/":
        yield f"Search {words[1:]}", partial(workspace.query.put, words[1:])
    elif argument:
        yield from _parse_command(workspace, ui, name.casefold(), argument)


def _parse_command(workspace: Workspace, ui: Ui, name: str, argument: str) -> Iterator[PaletteEntry]:
    """Parse a command with one argument."""
    if name in {"h", "help", "man"}:
        yield f"Help on {argument}", partial(_open_help, workspace, ui, argument, manual=name == "man")
    elif name in {"set", "colo", "colorscheme"}:
        argument = argument.replace("=", " ")
        label = f"Set {argument}" if name == "set" else f"Set theme {argument}"
        values = _value_commands(workspace, ui)
        if label in values:
            yield label, values[label]
    elif name in {"tag", "untag"} and workspace.papers.count and not workspace.session.read_only:
        tag = _valid_tag(argument)
        if tag:
            edit = Edit(add_tags=(tag,)) if name == "tag" else Edit(remove_tags=(tag,))
            yield f"{name.capitalize()} {tag}", partial(carry_out, workspace, ui, edit)
    elif name in {"import", "r"} and not workspace.session.read_only:
        for path in _paths(argument):
            yield f"Import {path}", partial(import_.import_named, workspace, ui, path)
    elif name in {"w", "write", "export", "saveas"} and workspace.papers.count:
        yield from _parse_export(workspace, ui, argument.removeprefix("to ").lstrip())


def _paths(typed: str) -> list[str]:
    """The files and folders that a typed path may become, and the path itself if it is a file or nothing fits."""
    found = _found(typed, import_.SUFFIXES)
    return found if found and check_file(typed) else list(dict.fromkeys((typed, *found)))


def _found(typed: str, suffixes: Collection[str]) -> list[str]:
    """The files and folders on disk that a typed path may become."""
    names = complete_path(typed, suffixes).names[:_MAX_PATHS]
    folder, slash, _ = typed.rpartition("/")
    return ["~/"] if typed == "~" else [f"{folder}{slash}{name}" for name in names]


def _parse_export(workspace: Workspace, ui: Ui, typed: str) -> Iterator[PaletteEntry]:
    """Parse an export to a format, or to a file whose suffix has a format; folders are completed."""
    formats = dict(export_formats())
    if typed in formats:
        yield f"Export as {formats[typed]}", partial(export.export_as, workspace, ui, typed)
        return
    found_paths = [] if ui.host.is_web else _found(typed, format_suffixes())  # a browser saves elsewhere
    for path in dict.fromkeys((typed, *found_paths)):
        if path.endswith("/"):
            yield f"Export to {path}", partial(export.export_as, workspace, ui, "bibtex", f"{path}readlist.bib")
        elif found := format_of(PurePath(path).suffix.lower()):
            yield f"Export to {path}", partial(export.export_as, workspace, ui, found, path)


def _valid_tag(text: str) -> str:
    try:
        return validate_tag(text)
    except ValueError:
        return ""


def _open_view(workspace: Workspace, name: str) -> None:
    workspace.query.put(workspace.session.saved_views.reference(name))
