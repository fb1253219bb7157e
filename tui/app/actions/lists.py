"""Actions: switch to another reading list, or start one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.ui import Option
from tui.model.list_name import list_name_error
from tui.session.reading_lists import all_lists, new_list, paper_count
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.session.reading_lists import ReadingList


_NEW = ""  # the value of the option that starts a list
_NAMED = "/"  # before the name of a list to start, which cannot contain it
_NEW_LABEL = "new list …"


def switch(workspace: Workspace, ui: Ui) -> None:
    """Choose the list to open, or start a new one."""
    lists = all_lists(workspace.session.paths)
    options = [Option(each.paths.name, each.paths.name, _describe(each)) for each in lists]
    options.append(Option(_NEW, _NEW_LABEL))
    found = {each.paths.name: each.paths for each in lists}
    current = next(each.paths.name for each in lists if each.is_open)

    def for_new_name(typed: str) -> list[Option]:
        name = typed.strip()
        is_new = name and not list_name_error(name) and not any(name.casefold() in each.casefold() for each in found)
        return [Option(_NAMED + name, f"new list {name}")] if is_new and name not in _NEW_LABEL else []

    def on_choice(name: str) -> None:
        if name == _NEW:
            _ask_name(workspace, ui)
        elif name.startswith(_NAMED):
            _start(workspace, ui, name.removeprefix(_NAMED))
        elif name != current:
            workspace.guarded(lambda: ui.host.switch_list(found[name]))

    ui.choose("Open which list?", options, on_choice, current=current, extra_options=for_new_name)


def _start(workspace: Workspace, ui: Ui, name: str) -> None:
    workspace.guarded(lambda: ui.host.switch_list(new_list(workspace.session.paths, name)))


def _ask_name(workspace: Workspace, ui: Ui) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    def on_close(name: str | None) -> None:
        if name is not None:
            _start(workspace, ui, name.strip())

    prompt = Prompt("Name of the new list", check=lambda text: list_name_error(text.strip()) if text.strip() else "")
    ui.open(prompt, on_close)


def _describe(each: ReadingList) -> str:
    """Whether the list is open, and its number of papers if known."""
    count = paper_count(each.paths)
    return " · ".join(filter(None, ("open" if each.is_open else "", "" if count is None else pluralise(count))))
