"""Defer or skip imports of Textual that this program does not need at the start.

``textual.types`` re-exports names of the whole package and thereby imports widgets that are not used here; the only
name needed at the start is in ``textual._types``, which is imported anyway. asyncio imports ``ssl`` if there is one,
but this program uses no network.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

_PUBLIC, _PRIVATE = "textual.types", "textual._types"
_TLS = "ssl"


class _LazyModule(ModuleType):
    """Placeholder for the module; imports the real one on the first unknown attribute."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # requested by the import system
            raise AttributeError(name)
        available = vars(import_module(_PRIVATE))
        if name in available:
            return available[name]
        if sys.modules.get(_PUBLIC) is self:
            del sys.modules[_PUBLIC]
        return getattr(import_module(_PUBLIC), name)


def defer_imports() -> None:
    """Install the placeholders; modules already imported are left alone."""
    sys.modules.setdefault(_PUBLIC, _LazyModule(_PUBLIC))
    if _TLS not in sys.modules:
        sys.modules[_TLS] = None  # type: ignore[assignment]  # makes the import fail, as if there were no such module
        try:
            import_module("asyncio")
        finally:
            del sys.modules[_TLS]
