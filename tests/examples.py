"""How many examples a property is tried on: those of every run are a third of those that look for what is new."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def examples(number: int, **more: Any) -> settings:  # noqa: ANN401 - what settings take
    """Try a property on so many examples with ``--hypothesis-profile=fresh``.

    The usual run tries the same examples each time, and keeps what was found from coming back: a third is enough for
    that. It is for properties whose examples take long; where they take next to nothing, all are tried every time.

    Args:
        number: how many.
        more: what else to set.
    """
    is_usual = settings.get_current_profile_name() == "same"
    return settings(max_examples=number // 3 if is_usual else number, deadline=None, **more)
