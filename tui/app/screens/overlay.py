"""Base class of the screens above the main screen.

In a module of its own, because the first frame imports it but none of the dialogs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.await_complete import AwaitComplete

from tui.app.screen_repaints import BaseScreen

if TYPE_CHECKING:
    from textual.geometry import Region

Result = TypeVar("Result")


class OverlayScreen(BaseScreen[Result]):
    """A screen above the main screen.

    Ignores repeated ``dismiss()``, so that queued keys cannot close the screen below.

    Attributes:
        holds_keys: whether keys are queued until it is closed, and then go to the screen below.
        takes_text: whether characters are typed on it, even if no line has the focus.
    """

    holds_keys: ClassVar[bool] = False
    takes_text: ClassVar[bool] = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Go back to the screen below, with a result."""
        if not self.is_active:
            return AwaitComplete()
        stack = self.app.screen_stack
        if isinstance(below := stack[stack.index(self) - 1], BaseScreen):
            below.uncovered = self.covered_regions()
        return super().dismiss(result)

    def covered_regions(self) -> tuple[Region, ...]:
        """Regions of the screen below covered by this one; empty for all of it."""
        return ()

    def save_state(self) -> None:
        """Save what would be lost if the program quit now."""
