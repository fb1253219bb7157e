"""Answers worked out once each, for as long as somebody holds on to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


class Once(dict[str, Answer]):
    """What a function makes of texts.

    Args:
        make: the function.
    """

    def __init__(self, make: Callable[[str], Answer]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> Answer:
        self[text] = answer = self._make(text)
        return answer
