"""Asking the user to choose one of a few, without making the first paint wait for the dialog that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.screens.desk import Desk


class Option(NamedTuple):
    """One line of a picker.

    Attributes:
        value: what is returned.
        label: what is shown.
        aside: shown at the right: a key, a count.
        key: a letter that picks it at once, in a picker that is not typed into; empty for none.
        refusal: why it cannot be picked now; empty where it can.
    """

    value: str
    label: str
    aside: str = ""
    key: str = ""
    refusal: str = ""


def choose(
    desk: Desk,
    title: str,
    options: Sequence[Option],
    then: Callable[[str], None],
    *,
    current: str = "",
    typing: bool = True,
) -> None:
    """Let the user choose, and go on with the value chosen; nothing happens where they go back.

    Args:
        desk: the desk it is asked over.
        title: what is asked, in a few words.
        options: what there is.
        then: told the value chosen.
        current: the value the cursor starts on.
        typing: whether letters narrow the list; where not, a letter picks at once.
    """
    from tui.app.screens.picker import Picker  # noqa: PLC0415 - a screen that a start-up does not need

    def chosen(value: str | None) -> None:
        if value is not None:
            then(value)

    desk.app.push_screen(Picker(title, options, current=current, typing=typing), chosen)
