"""Frozen values that are cheap to define: what ``dataclass(frozen=True)`` makes, of methods that all of them share.

A dataclass has its methods written out and compiled where it is defined, which for the many kinds of nodes of a query
was most of what this package cost a start-up. Knows no query.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

    class _Made:
        """What ``frozen`` leaves in a class for the methods."""

        __match_args__: tuple[str, ...]
        _defaults: dict[str, object]
        _identity: Callable[[object], object]


Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def frozen(kind: type[Kind]) -> type[Kind]:
    """Make a class one of values that are equal where type and fields are.

    The fields are the annotated names, in order; what is assigned to one is its default. The fields named in an
    attribute ``aside``, which is not annotated, take no part in comparing.
    """
    own = vars(kind)
    fields = tuple(own.get("__annotations__", ()))
    compared = [name for name in fields if name not in own.get("aside", ())]
    made = {
        "__match_args__": fields,
        "_defaults": {name: own[name] for name in fields if name in own},
        "_identity": attrgetter(*compared) if compared else type,
        "__init__": _init,
        "__eq__": _eq,
        "__hash__": _hash,
        "__repr__": _repr,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name, attribute in made.items():
        setattr(kind, name, attribute)
    return kind


def _init(self: _Made, *given: object, **named: object) -> None:
    fields = self.__match_args__
    values = dict(zip(fields, given, strict=False))
    if named or len(given) != len(fields):
        values = self._defaults | values | named
        if values.keys() != set(fields) or len(given) > len(fields):
            raise TypeError(f"{type(self).__name__} takes {', '.join(fields)}; not {given} and {named}")
    self.__dict__.update(values)


def _eq(self: _Made, other: object) -> bool:
    return type(other) is type(self) and self._identity(self) == self._identity(other)


def _hash(self: _Made) -> int:
    return hash((type(self), self._identity(self)))


def _repr(self: _Made) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__match_args__)})"


def _refuse(self: object, name: str, *_: object) -> None:
    raise AttributeError(f"{name} of a {type(self).__name__} cannot be changed")
