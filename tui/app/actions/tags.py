"""The tags of the whole list: how often each is used, renaming, merging, deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.choose import Option, choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.model.change import Change


def manage(desk: MainScreen) -> None:
    """Choose a tag, then what shall become of it."""
    tags = desk.session.tags()
    if not tags:
        desk.notify_status(f"there are no tags yet: {desk.keys.key('mark.tags')} makes one")
        return
    options = [Option(tag, tag, str(count)) for tag, count in tags]
    choose(desk, "Tags of the whole list", options, lambda tag: _manage(desk, tag))


def _manage(desk: MainScreen, tag: str) -> None:
    verbs = {
        "find": lambda: desk.put_query(f"tag:={tag}"),
        "rename": lambda: _ask(
            desk, f"Rename {tag} everywhere to", tag, lambda new: desk.session.rename_tag(tag, new)
        ),
        "merge": lambda: _ask(desk, f"Merge {tag} into", "", lambda into: desk.session.merge_tags([tag], into)),
        "delete": lambda: _carry_out(desk, ("delete", tag), lambda: desk.session.delete_tag(tag)),
    }
    options = [
        Option("find", "show its papers", "f", "f"),
        Option("rename", "rename it everywhere", "r", "r"),
        Option("merge", "merge it into another tag", "m", "m"),
        Option("delete", "take it from every paper", "d", "d"),
    ]
    choose(desk, tag, options, lambda verb: verbs[verb](), typing=False)


def _ask(desk: MainScreen, title: str, value: str, change: Callable[[str], Change | None]) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - a screen that a start-up does not need

    def typed(text: str | None) -> None:
        if text:
            _carry_out(desk, (title, text), lambda: change(text))

    known = [tag for tag, _ in desk.session.tags()]
    desk.app.push_screen(Prompt(title, value=value, suggestions=known), typed)


def _carry_out(desk: MainScreen, what: tuple[str, str], change: Callable[[], Change | None]) -> None:
    def work() -> None:
        done = change()
        if done is not None:
            desk.show_change(done, f"{done.label}: {len(done.ids)} papers")

    desk.saving.submit(what, work)
