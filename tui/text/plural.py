"""A number with its noun, in singular or plural."""

from __future__ import annotations


def pluralise(number: int, noun: str = "paper") -> str:
    """A number with its noun: ``1 paper``, ``12 papers``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
