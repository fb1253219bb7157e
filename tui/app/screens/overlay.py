"""A screen that is left once. Apart from the dialogs, because the first frame asks for it and for none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.await_complete import AwaitComplete

from tui.app.compositor import BaseScreen

if TYPE_CHECKING:
    from textual.geometry import Region

Result = TypeVar("Result")


class OverlayScreen(BaseScreen[Result]):
    """A screen over the desk that is left once: the keys that waited behind the one that closed it close nothing.

    Attributes:
        holds_keys: whether keys wait until it is gone, and are then for the screen below.
        takes_text: whether letters are written on it, also where no line has the focus.
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
        """What of the screen below it lies on, where that is not all."""
        return ()

    def save_state(self) -> None:
        """Keep what would be lost if the program ended now."""
