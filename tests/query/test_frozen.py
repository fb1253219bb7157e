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


def test_values_are_equal_where_type_and_fields_are() -> None:
    assert Point(1, 2) == Point(1, y=2) != Point(1, 3)
    assert len({Point(1, 2), Point(1, 2), Pair(1, 2), Point(2, 1)}) == 3
    strangers: list[object] = [Pair(1, 2), (1, 2)]
    assert Point(1, 2) not in strangers


def test_values_without_fields_are_equal() -> None:
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    strangers: list[object] = [Point(1), ()]
    assert Nothing() not in strangers


def test_what_is_set_aside_takes_no_part_in_comparing() -> None:
    assert Point(1, label="here") == Point(1, label="there")
    assert hash(Point(1, label="here")) == hash(Point(1))
    assert Point(1, label="here").label == "here"


def test_a_default_that_is_a_function_stays_one() -> None:
    @frozen
    class Rule:
        test: object = str.isdigit

    assert Rule().test is str.isdigit


@pytest.mark.parametrize(("given", "named"), [((), {}), ((1, 2, "", 4), {}), ((1,), {"z": 2}), ((), {"y": 2})])
def test_it_is_made_of_its_fields_alone(given: tuple[int, ...], named: dict[str, int]) -> None:
    make: type = Point
    with pytest.raises(TypeError, match="x, y, label"):
        make(*given, **named)


def test_it_cannot_be_changed() -> None:
    point: object = Point(1)
    with pytest.raises(AttributeError, match="x of a Point"):
        setattr(point, "x", 2)  # noqa: B010 - what the type checker would not let through
    with pytest.raises(AttributeError, match="x of a Point"):
        delattr(point, "x")
    assert point == Point(1)


def test_it_can_be_taken_apart_and_shows_its_fields() -> None:
    match Point(1, 2, "here"):
        case Point(x, y, label):
            assert (x, y, label) == (1, 2, "here")
    assert repr(Point(1, 2)) == "Point(x=1, y=2, label='')"
