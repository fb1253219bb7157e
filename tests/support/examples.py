"""How many examples a property is tried on: the usual run tries a third of those of the ``fresh`` profile."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def examples(number: int, **more: Any) -> settings:  # noqa: ANN401 - what settings take
    """Settings that try a property on a number of examples with ``--hypothesis-profile=fresh``.

    The usual run tries the same examples each time, to prevent regressions: a third is enough for that. For properties
    with slow examples; fast ones try all examples every time.

    Args:
        number: how many.
        more: other settings.
    """
    is_usual = settings.get_current_profile_name() == "same"
    return settings(max_examples=number // 3 if is_usual else number, deadline=None, **more)
