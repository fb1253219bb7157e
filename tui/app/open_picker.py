"""Open a picker. The dialog is imported when first needed, not at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.screens.main_screen import MainScreen


class Option(NamedTuple):
    """One line of a picker.

    Attributes:
        value: the value returned.
        label: the text shown.
        detail: shown at the right: a key, a count. If it equals ``key`` it is shown once.
        key: a key that picks it immediately, in a picker without typing; empty for none.
        disabled_reason: why it cannot be picked now; empty if it can.
        names: other names; an option whose name is typed in full is listed first.
    """

    value: str
    label: str
    detail: str = ""
    key: str = ""
    disabled_reason: str = ""
    names: tuple[str, ...] = ()


def choose(
    screen: MainScreen,
    title: str,
    options: Sequence[Option],
    then: Callable[[str], None],
    *,
    current: str = "",
    typing: bool = True,
    hint: str = "",
    on_highlight: Callable[[str], None] | None = None,
    on_cancel: Callable[[], None] | None = None,
    extra_options: Callable[[str], list[Option]] | None = None,
) -> None:
    """Open a picker and call ``then`` with the choice; picking a disabled option shows its reason.

    Args:
        screen: the main screen.
        title: the title of the picker.
        options: the options.
        then: called with the chosen value.
        current: the value the cursor starts on.
        typing: whether typing filters the options; otherwise a key picks one immediately.
        hint: a line below the options.
        on_highlight: called with the value under the cursor whenever the cursor moves.
        on_cancel: called if the picker is cancelled.
        extra_options: called with the typed text; returns further options for it.
    """
    from tui.app.screens.picker import Picker  # noqa: PLC0415 - not needed at the start

    def chosen(value: str | None) -> None:
        reason = next((option.disabled_reason for option in options if option.value == value), "")
        if reason:
            screen.notify_status(reason, error=True)
        elif value is not None:
            then(value)
        elif on_cancel is not None:
            on_cancel()

    dialog = Picker(
        title,
        options,
        current=current,
        typing=typing,
        hint=hint,
        on_highlight=on_highlight,
        extra_options=extra_options,
    )
    screen.app.push_screen(dialog, chosen)
