from __future__ import annotations

import pytest

from tui.query.frozen import frozen


@frozen
class Point:
    x: int
    y: int = 0
    label: str = ""
    not_compared = ("label",)


@frozen
class Pair:
    x: int
    y: int = 0


@frozen
class Nothing:
    pass


def test_values_are_equal_if_type_and_fields_are() -> None:
    assert Point(1, 2) == Point(1, y=2) != Point(1, 3)
    assert len({Point(1, 2), Point(1, 2), Pair(1, 2), Point(2, 1)}) == 3
    others: list[object] = [Pair(1, 2), (1, 2)]
    assert Point(1, 2) not in others


def test_values_without_fields_are_equal() -> None:
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    others: list[object] = [Point(1), ()]
    assert Nothing() not in others


def test_fields_that_are_not_compared_are_ignored_in_comparisons() -> None:
    assert Point(1, label="here") == Point(1, label="there")
    assert hash(Point(1, label="here")) == hash(Point(1))
    assert Point(1, label="here").label == "here"


def test_a_default_that_is_a_function_stays_one() -> None:
    @frozen
    class Rule:
        test: object = str.isdigit

    assert Rule().test is str.isdigit


@pytest.mark.parametrize(("given", "named"), [((), {}), ((1, 2, "", 4), {}), ((1,), {"z": 2}), ((), {"y": 2})])
def test_it_accepts_its_fields_only(given: tuple[int, ...], named: dict[str, int]) -> None:
    make: type = Point
    with pytest.raises(TypeError, match="x, y, label"):
        make(*given, **named)


def test_it_is_immutable() -> None:
    point: object = Point(1)
    with pytest.raises(AttributeError, match="x of a Point"):
        setattr(point, "x", 2)  # noqa: B010 - what the type checker would not let through
    with pytest.raises(AttributeError, match="x of a Point"):
        delattr(point, "x")
    assert point == Point(1)


def test_it_supports_pattern_matching_and_its_repr_shows_the_fields() -> None:
    match Point(1, 2, "here"):
        case Point(x, y, label):
            assert (x, y, label) == (1, 2, "here")
    assert repr(Point(1, 2)) == "Point(x=1, y=2, label='')"
