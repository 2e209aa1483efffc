"""Folders in which one more file is one more method, rule, section or page."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def dropped_in(package: ModuleType) -> dict[str, ModuleType]:
    """The modules of a package by name; those that start with ``_`` are shared helpers and not counted.

    Raises
    ------
    RuntimeError
        when there are none: a frozen program that lost them must not start.
    """
    names = sorted(found.name for found in iter_modules(package.__path__) if not found.name.startswith("_"))
    if not names:
        raise RuntimeError(f"nothing found in {package.__name__}: the installation is incomplete")
    return {name: import_module(f"{package.__name__}.{name}") for name in names}
