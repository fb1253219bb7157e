"""Actions: rename, merge and delete tags in the whole list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.open_picker import Option, choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.model.change import Change


def manage(screen: MainScreen) -> None:
    """Choose a tag, then what to do with it."""
    tags = screen.session.tags()
    if not tags:
        screen.notify_status(f"no tags yet, {screen.keys.key('mark.tags')} adds one")
        return
    options = [Option(tag, tag, str(count)) for tag, count in tags]
    choose(screen, "All tags", options, lambda tag: _manage(screen, tag))


def _manage(screen: MainScreen, tag: str) -> None:
    actions = {
        "find": lambda: screen.put_query(f"tag:={tag}"),
        "rename": lambda: _ask(
            screen, f"Rename {tag} everywhere to", tag, lambda new: screen.session.rename_tag(tag, new)
        ),
        "merge": lambda: _ask(screen, f"Merge {tag} into", "", lambda into: screen.session.merge_tags([tag], into)),
        "delete": lambda: _carry_out(screen, ("delete", tag), lambda: screen.session.delete_tag(tag)),
    }
    options = [
        Option("find", "show its papers", "f", "f"),
        Option("rename", "rename everywhere", "r", "r"),
        Option("merge", "merge into another tag", "m", "m"),
        Option("delete", "remove from all papers", "d", "d"),
    ]
    choose(screen, tag, options, lambda action: actions[action](), typing=False)


def _ask(screen: MainScreen, title: str, value: str, change: Callable[[str], Change | None]) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    def on_close(text: str | None) -> None:
        if text:
            _carry_out(screen, (title, text), lambda: change(text))

    tags = [tag for tag, _ in screen.session.tags()]
    screen.app.push_screen(Prompt(title, value=value, suggestions=tags), on_close)


def _carry_out(screen: MainScreen, key: tuple[str, str], change: Callable[[], Change | None]) -> None:
    def apply() -> None:
        done = change()
        if done is not None:
            screen.show_change(done, f"{done.label}: {len(done.ids)} papers")

    screen.retry_queue.submit(key, apply)
