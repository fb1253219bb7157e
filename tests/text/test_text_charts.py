"""Plots made of letters keep their size and their proportions."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.text_charts import bar_chart_row, column_chart

VALUES = st.integers(0, 10**6)


def test_bars_and_columns_look_as_they_should() -> None:
    assert [bar_chart_row(value, 8, 4, unicode=True) for value in (0, 1, 3, 4, 8)] == [
        "    ",
        "╸   ",
        "━╸  ",
        "━━  ",
        "━━━━",
    ]
    assert [bar_chart_row(value, 8, 4, unicode=False) for value in (0, 1, 4, 8)] == ["    ", "#   ", "##  ", "####"]
    assert column_chart([0, 1, 4, 8], 8, 2, column_width=2, unicode=True) == ["      █ ", "  ▂ █ █ "]
    assert column_chart([0, 1, 4, 8], 8, 2, unicode=False) == ["   #", " ###"]


@settings(max_examples=200, deadline=None)
@given(value=VALUES, more=VALUES, width=st.integers(1, 60), unicode=st.booleans())
def test_a_bar_has_its_width_shows_positive_values_and_grows(
    value: int, more: int, width: int, unicode: bool
) -> None:
    low, high = sorted((value, more))
    shown, longer = (bar_chart_row(each, high, width, unicode=unicode) for each in (low, high))
    assert len(shown) == len(longer) == width
    assert bool(shown.strip()) is (low > 0)
    assert len(shown.rstrip()) <= len(longer.rstrip())
    assert shown.isascii() or unicode
