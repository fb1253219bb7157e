"""Frozen values that are cheap to define: what ``dataclass(frozen=True)`` makes, of methods that all of them share.

A dataclass has its methods written out and compiled where it is defined, which for the many kinds of nodes of a query
was most of what this package cost a start-up. Knows no query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from typing import Any

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def frozen(kind: type[Kind]) -> type[Kind]:
    """Make a class one of values that are equal where type and fields are.

    The fields are the annotated names, in order; what is assigned to one is its default. The fields named in an
    attribute ``aside``, which is not annotated, take no part in comparing.
    """
    own = vars(kind)
    fields = tuple(own.get("__annotations__", ()))
    made = {
        "__match_args__": fields,
        "_defaults": {name: own[name] for name in fields if name in own},
        "_compared": tuple(name for name in fields if name not in own.get("aside", ())),
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


def _init(self: Any, *given: object, **named: object) -> None:
    fields = self.__match_args__
    values = self._defaults | dict(zip(fields, given, strict=False)) | named
    if len(given) > len(fields) or values.keys() != set(fields):
        raise TypeError(f"{type(self).__name__} takes {', '.join(fields)}; not {given} and {named}")
    self.__dict__.update(values)


def _identity(self: Any) -> tuple[object, ...]:
    return tuple([getattr(self, name) for name in self._compared])


def _eq(self: object, other: object) -> bool:
    return _identity(self) == _identity(other) if type(other) is type(self) else NotImplemented


def _hash(self: object) -> int:
    return hash((type(self), _identity(self)))


def _repr(self: Any) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__match_args__)})"


def _refuse(self: object, name: str, *_: object) -> None:
    raise AttributeError(f"{name} of a {type(self).__name__} cannot be changed")
