"""The pages, one a file, found by their place in this folder (the contract stands in :mod:`gui.page`)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gui.page import GROUPS, Page, PageInfo


@dataclass(frozen=True, slots=True)
class Place:
    """A page that can be made."""

    info: PageInfo
    create: Callable[[Any, Any], Page]
    """Of the session and the settings."""


def discover(mode: str) -> tuple[Place, ...]:
    """The places of a plant or of head office, in the order of the side list.

    Raises
    ------
    RuntimeError
        when there are none: a program that lost them must not start.
    """
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    places = [Place(module.PAGE, module.create) for module in modules]
    if not places:
        raise RuntimeError("this copy of the program has lost its pages")
    groups = list(GROUPS)
    own = [place for place in places if place.info.mode == mode]
    return tuple(sorted(own, key=lambda place: (groups.index(place.info.group), place.info.order, place.info.key)))
