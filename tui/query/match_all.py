"""The syntax tree of the empty query, apart from the other nodes: the first list needs no others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MatchAll:
    """Every paper: the empty query, or ``*``."""
