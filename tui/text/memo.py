"""Answers worked out once each, for as long as somebody holds on to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Memo(dict[Question, Answer]):
    """What a function makes of texts, or of anything else that can be looked up.

    Args:
        make: the function.
    """

    def __init__(self, make: Callable[[Question], Answer]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, question: Question) -> Answer:
        self[question] = answer = self._make(question)
        return answer
