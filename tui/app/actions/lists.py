"""Actions: switch to another reading list, or start one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from tui.app.open_picker import Option, choose
from tui.model.list_name import list_name_error
from tui.session.reading_lists import all_lists, new_list, paper_count
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen
    from tui.paths import Paths


class ListSwitcher(Protocol):
    """What the app offers to these actions."""

    def switch_list(self, paths: Paths) -> None:
        """Open another list."""


_NEW = ""  # the value of the option that starts a list


def switch(screen: MainScreen) -> None:
    """Choose the list to open, or start a new one."""
    lists = all_lists(screen.session.paths)
    options = [Option(each.paths.name, each.paths.name, _papers(each.paths)) for each in lists]
    options.append(Option(_NEW, "new list …"))
    found = {each.paths.name: each.paths for each in lists}
    current = next(each.paths.name for each in lists if each.is_open)

    def on_choice(name: str) -> None:
        if name == _NEW:
            _ask_name(screen)
        elif name != current:
            screen.guarded(lambda: _app(screen).switch_list(found[name]))

    choose(screen, "Open which list?", options, on_choice, current=current, hint=f"open: {current}")


def _ask_name(screen: MainScreen) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    def on_close(name: str | None) -> None:
        if name is not None:
            screen.guarded(lambda: _app(screen).switch_list(new_list(screen.session.paths, name.strip())))

    prompt = Prompt("Name of the new list", check=lambda text: list_name_error(text.strip()) if text.strip() else "")
    screen.app.push_screen(prompt, on_close)


def _app(screen: MainScreen) -> ListSwitcher:
    return cast("ListSwitcher", screen.app)


def _papers(paths: Paths) -> str:
    count = paper_count(paths)
    return "" if count is None else pluralise(count)
