"""The dialog that asks which keywords of an import become tags. Returns a TagEdit that adds them, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.app.screens.tag_picker import TagEdit, TagPicker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


class KeywordPicker(TagPicker):
    """Choose keywords; none is chosen at first.

    Args:
        keywords: the keywords and their numbers of papers, in the order to show them.
    """

    hint: ClassVar[str] = "Enter imports · Space toggles · ^a toggles all · Esc goes back"
    can_create: ClassVar[bool] = False

    def __init__(self, keywords: Sequence[tuple[str, int]]) -> None:
        super().__init__(0, keywords, {})
        self.frame_title = "Which keywords become tags?"
        self.typed_hint = "type to find a keyword"

    def handle_typed_key(self, event: events.Key) -> bool:
        """Tick all or none; Enter ticks what was typed, else finishes; the rest as for tags."""
        if event.key == "ctrl+a":
            self._toggle_all()
        elif event.key == "enter" and self.typed:
            self._toggle()
        elif event.key == "enter":
            self.dismiss(TagEdit(self.chosen, ()))
        else:
            return super().handle_typed_key(event)
        return True

    def _toggle_all(self) -> None:
        """Tick all that are shown, or none if all are ticked."""
        shown = [tag.casefold() for tag, _, _ in self._rows.lines]
        is_ticked = not all(self._state.get(tag, False) for tag in shown)
        self._state |= dict.fromkeys(shown, is_ticked)
        self.typed_changed()
