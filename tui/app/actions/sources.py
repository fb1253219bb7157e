"""Actions: list the sources of the papers, show the papers of one, remove or restore it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tui.app.ui import Option, is_short_update
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.source_dialog import SourceAction
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.session.source_removal import RemovedSource, SourceInfo

    Result = TypeVar("Result")


def show_sources(workspace: Workspace, ui: Ui) -> None:
    """Choose a source, and what to do with it."""
    removal = workspace.session.sources.removal
    _run(workspace, ui, "Reading the sources", removal.all, lambda found: _choose(workspace, ui, found))


def _choose(workspace: Workspace, ui: Ui, sources: tuple[SourceInfo, ...]) -> None:
    from tui.app.screens.source_dialog import describe  # noqa: PLC0415 - not needed at start-up

    if not sources:
        workspace.show_message(f"no sources yet ({workspace.keys.key('in.import')}: import a file)")
        return
    found = {source.name: source for source in sources}
    options = [Option(name, name, describe(source)) for name, source in found.items()]
    ui.choose(f"{pluralise(len(sources), 'source')}", options, lambda name: _open(workspace, ui, found[name]))


def _open(workspace: Workspace, ui: Ui, source: SourceInfo) -> None:
    """Show a source, with what removing it would do."""
    from tui.app.screens.source_dialog import SourceDialog  # noqa: PLC0415 - not needed at start-up

    removal, is_read_only = workspace.session.sources.removal, workspace.session.read_only

    def on_close(action: SourceAction | None) -> None:
        if action == "show":
            workspace.query.put(source.query)
        elif action == "remove":
            _run(workspace, ui, "Removing a source", lambda: removal.write(source.name), removed)
        elif action == "restore":
            _run(workspace, ui, "Restoring a source", lambda: removal.write_restored(source.name), restored)

    def removed(done: RemovedSource) -> None:
        _show_list(workspace)
        if done.change is not None:
            workspace.edits.show(done.change, f"removed the source {done.name} {done.leaving}")

    def restored(name: str) -> None:
        _show_list(workspace)
        workspace.show_message(f"restored the source {name} ({workspace.keys.key('mark.undo')}: undo)")

    def show(expected: RemovedSource | None) -> None:
        ui.open(SourceDialog(source, expected, is_read_only=is_read_only), on_close)

    if source.is_removed:
        show(None)
    else:
        _run(workspace, ui, "Reading the sources", lambda: removal.preview(source.name), show)


def _show_list(workspace: Workspace) -> None:
    workspace.session.imports.publish()
    workspace.query.run()


def _run(
    workspace: Workspace, ui: Ui, title: str, work: Callable[[], Result], then: Callable[[Result], object]
) -> None:
    """Run something that reads all sources: at once, or under a dialog if that takes long."""
    if is_short_update(len(workspace.session.ids())):
        workspace.guarded(lambda: then(work()))
    else:
        ui.run_blocking(title, "Reading the sources …", lambda _: work(), then, progress_label="reading the sources")
