"""A lightweight ``dataclass(frozen=True)``.

A dataclass generates and compiles its methods at import. For the many node types of a query that was most of the
import time of this package, so these classes share their methods.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

    class _Frozen:
        """The attributes that ``frozen`` adds to a class."""

        __match_args__: tuple[str, ...]
        _defaults: dict[str, object]
        _identity: Callable[[object], object]


Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def frozen(kind: type[Kind]) -> type[Kind]:
    """Make a class immutable, comparable and hashable by its fields.

    The fields are the annotated names, in order, with their defaults. Fields named in the unannotated attribute
    ``not_compared`` are ignored in comparisons.
    """
    own = vars(kind)
    fields = tuple(own.get("__annotations__", ()))
    compared = [name for name in fields if name not in own.get("not_compared", ())]
    attributes = {
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
    for name, attribute in attributes.items():
        setattr(kind, name, attribute)
    return kind


def _init(self: _Frozen, *args: object, **kwargs: object) -> None:
    fields = self.__match_args__
    values = dict(zip(fields, args, strict=False))
    if kwargs or len(args) != len(fields):
        values = self._defaults | values | kwargs
        if values.keys() != set(fields) or len(args) > len(fields):
            raise TypeError(f"{type(self).__name__} takes {', '.join(fields)}, not {args} and {kwargs}")
    self.__dict__.update(values)


def _eq(self: _Frozen, other: object) -> bool:
    return type(other) is type(self) and self._identity(self) == self._identity(other)


def _hash(self: _Frozen) -> int:
    return hash((type(self), self._identity(self)))


def _repr(self: _Frozen) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__match_args__)})"


def _refuse(self: object, name: str, *_: object) -> None:
    raise AttributeError(f"cannot assign to {name} of a {type(self).__name__}")
