"""The content of the detail pane: the paper under the cursor, with related papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.safe_display import Content

if TYPE_CHECKING:
    from tui.app.theming import Glyphs
    from tui.app.workspace import Workspace

_RELATED = 5  # related papers


def build_page(workspace: Workspace, glyphs: Glyphs, *, line: int, width: int) -> Content:
    """The paper under the cursor of the list; empty without one.

    Args:
        workspace: the workspace.
        glyphs: the characters to draw with.
        line: cells of a line if there is room for few lines, so that the page must be short; otherwise 0.
        width: cells of a line.
    """
    current = None if workspace.is_opening else workspace.papers.current
    if current is None:
        return Content("")
    from tui.app.detail_content import RelatedPaper, paper_view  # noqa: PLC0415 - not needed for the first frame

    session, result = workspace.session, workspace.query.result
    related: list[RelatedPaper] = []
    if workspace.page.shows_related and not line and session.insights.is_quick:
        model = session.insights.cached_preference_model
        if model is not None and result.sort.startswith("foryou"):
            related.append(RelatedPaper("for you", *model.reasons(current)))
        related += [
            RelatedPaper(session.entry(each.id).paper.display_title, each.reasons, id=each.id)
            for each in session.insights.related(current, _RELATED)
        ]
    return paper_view(
        session.entry(current),
        workspace.papers.terms,
        glyphs,
        line=line,
        width=width,
        related=related,
        with_provenance=workspace.page.shows_provenance,
    )
