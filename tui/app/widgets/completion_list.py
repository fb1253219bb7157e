"""The completion list below the query line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.safe_display import Content, Static
from tui.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.query.query_completion import Candidate


class CompletionList(Static):
    """A short list of completions, one of which is selected."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)

    def show(self, candidates: Sequence[Candidate], index: int) -> None:
        """Show the completions, or hide the list if there are none."""
        self.display = bool(candidates)
        width = max((len(candidate.label) for candidate in candidates), default=0)
        lines = [
            Content.assemble(
                (sanitise_line(f" {candidate.label:{width}} "), "bold on $cursor-ground" if row == index else ""),
                (sanitise_line(f"  {candidate.help} "), "$ink-muted"),
            )
            for row, candidate in enumerate(candidates)
        ]
        self.update(Content("\n").join(lines))
