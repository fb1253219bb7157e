"""What Textual imports at every start and no screen of ours asks for: imported once someone does, or not at all.

``textual.types`` gathers names of everywhere, four widgets that we do not have among them; the one name that is asked
for at a start stands in a module that is there anyway. And asyncio takes ``ssl`` along where there is one, which a
program without a network has no use for. A start is three hundredths quicker without them. Knows no screen.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

_GATHERED, _AT_HAND = "textual.types", "textual._types"
_TLS = "ssl"


class _LazyModule(ModuleType):
    """Stands for the module until a name is asked for that is not at hand."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # asked by the import itself
            raise AttributeError(name)
        at_hand = vars(import_module(_AT_HAND))
        if name in at_hand:
            return at_hand[name]
        if sys.modules.get(_GATHERED) is self:
            del sys.modules[_GATHERED]
        return getattr(import_module(_GATHERED), name)


def defer_imports() -> None:
    """Put the imports off; what is there already stays."""
    sys.modules.setdefault(_GATHERED, _LazyModule(_GATHERED))
    if _TLS not in sys.modules:
        sys.modules[_TLS] = None  # type: ignore[assignment]  # how Python itself is told that there is no such module
        try:
            import_module("asyncio")
        finally:
            del sys.modules[_TLS]
