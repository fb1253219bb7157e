"""Actions: rename, merge and delete tags in the whole list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.ui import Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.model.change import Change


def manage(workspace: Workspace, ui: Ui) -> None:
    """Choose a tag, then what to do with it."""
    tags = workspace.session.totals.tags()
    if not tags:
        workspace.show_message(f"no tags yet; {workspace.keys.key('mark.tags')} adds one")
        return
    options = [Option(tag, tag, str(count)) for tag, count in tags]
    ui.choose("All tags", options, lambda tag: _manage(workspace, ui, tag))


def _manage(workspace: Workspace, ui: Ui, tag: str) -> None:
    actions = {
        "find": lambda: workspace.query.put(f"tag:={tag}"),
        "rename": lambda: _ask(
            workspace,
            ui,
            f"Rename tag {tag} to",
            tag,
            lambda new: workspace.session.edits.rename_tag(tag, new),
        ),
        "merge": lambda: _ask(
            workspace, ui, f"Merge {tag} into", "", lambda into: workspace.session.edits.merge_tags([tag], into)
        ),
        "delete": lambda: _carry_out(workspace, ("delete", tag), lambda: workspace.session.edits.delete_tag(tag)),
    }
    options = [
        Option("find", "show its papers", "f", "f"),
        Option("rename", "rename everywhere", "r", "r"),
        Option("merge", "merge into another tag", "m", "m"),
        Option("delete", "remove from all papers", "d", "d"),
    ]
    ui.choose(tag, options, lambda action: actions[action]())


def _ask(workspace: Workspace, ui: Ui, title: str, value: str, change: Callable[[str], Change | None]) -> None:
    from tui.app.screens.prompt import Prompt  # noqa: PLC0415 - not needed at start-up

    def on_close(text: str | None) -> None:
        if text:
            _carry_out(workspace, (title, text), lambda: change(text))

    tags = [tag for tag, _ in workspace.session.totals.tags()]
    ui.open(Prompt(title, value=value, suggestions=tags), on_close)


def _carry_out(workspace: Workspace, key: tuple[str, str], change: Callable[[], Change | None]) -> None:
    def apply() -> None:
        done = change()
        if done is not None:
            workspace.edits.show(done, f"{done.label}: {len(done.ids)} papers")

    workspace.edits.queue.submit(key, apply)
