"""Asking the user to choose one of a few, without making the first paint wait for the dialog that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.screens.main_screen import MainScreen


class Option(NamedTuple):
    """One line of a picker.

    Attributes:
        value: what is returned.
        label: what is shown.
        aside: shown at the right: a key, a count; its letter is not shown twice.
        key: a letter that picks it at once, in a picker that is not typed into; empty for none.
        refusal: why it cannot be picked now; empty where it can.
        names: other names; one that is typed in full comes first.
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
    """Let the user choose, and go on with the value chosen; what cannot be chosen says why.

    Args:
        screen: the screen it is asked over.
        title: what is asked, in a few words.
        options: what there is.
        then: told the value chosen.
        current: the value the cursor starts on.
        typing: whether letters narrow the list; where not, a letter picks at once.
        remark: what to know.
        seen: told the value under the cursor whenever that moves.
        left: called where the user goes back.
        spoken: told what was typed; what else that may mean.
    """
    from tui.app.screens.picker import Picker  # noqa: PLC0415 - a screen that a start-up does not need

    def chosen(value: str | None) -> None:
        refusal = next((option.disabled_reason for option in options if option.value == value), "")
        if refusal:
            screen.notify_status(refusal, fault=True)
        elif value is not None:
            then(value)
        elif on_cancel is not None:
            on_cancel()

    dialog = Picker(
        title, options, current=current, typing=typing, remark=hint, seen=on_highlight, spoken=extra_options
    )
    screen.app.push_screen(dialog, chosen)
