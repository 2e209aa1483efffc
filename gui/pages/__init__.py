"""The pages, one a file, found by their place in this folder (the contract stands in :mod:`gui.page`)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.dropins import dropped_in
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
    places = [Place(module.PAGE, module.create) for module in dropped_in(sys.modules[__name__]).values()]
    groups = list(GROUPS)
    own = [place for place in places if place.info.mode == mode]
    return tuple(sorted(own, key=lambda place: (groups.index(place.info.group), place.info.order, place.info.key)))
