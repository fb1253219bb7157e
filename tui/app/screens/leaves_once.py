"""A screen that is left once. Apart from the dialogs, because the first frame asks for it and for none of them."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.await_complete import AwaitComplete

from tui.app.patches import PatchedScreen

Result = TypeVar("Result")


class LeavesOnce(PatchedScreen[Result]):
    """A screen over the desk that is left once: the keys that waited behind the one that closed it close nothing.

    Attributes:
        holds_keys: whether keys wait until it is gone, and are then for the screen below.
    """

    holds_keys: ClassVar[bool] = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Go back to the screen below, with a result."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def put_aside(self) -> None:
        """Keep what would be lost if the program ended now."""
