"""Finding the sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any

from core.dropins import dropped_in
from core.i18n import Text
from core.report import sections


@dataclass(frozen=True, slots=True)
class Section:
    """One file of ``core/report/sections``."""

    key: str
    title: Text
    order: int
    once: bool
    paper: str
    story: Callable[[Any, str], list[Any]]
    """Of what the report knows, in a language."""
    view: str = ""
    """Of which standard it is the view; under a policy of that standard it opens the report."""


@cache
def all_sections() -> tuple[Section, ...]:
    """Every section in its place.

    Raises
    ------
    RuntimeError
        when the folder is empty: a frozen program that lost its sections must not sign half a report.
    """
    return sections_in(sections)


def sections_in(folder: ModuleType) -> tuple[Section, ...]:
    """The sections of one kind of report, each a file of its folder."""
    found = [_section(name, module) for name, module in dropped_in(folder).items()]
    return tuple(sorted(found, key=lambda s: (s.order, s.key)))


def _section(name: str, module: ModuleType) -> Section:
    once, paper = getattr(module, "ONCE", False), getattr(module, "PAPER", "upright")
    return Section(name, module.TITLE, module.ORDER, once, paper, module.story, getattr(module, "VIEW", ""))


OPENING = 5
"""Where the view stands that a policy asks for first: behind the cover, before the summary."""


def in_order(
    sections_found: Sequence[Section], languages: tuple[str, ...], whole: str, first_view: str = ""
) -> list[tuple[Section, str]]:
    """Each section with the language it is printed in; those printed once stand before or after the others."""
    moved = (replace(s, order=OPENING) if first_view and s.view == first_view else s for s in sections_found)
    found = sorted(moved, key=lambda s: (s.order, s.key))
    spoken = [s for s in found if not s.once]
    first = min((s.order for s in spoken), default=0)
    before = [(s, whole) for s in found if s.once and s.order < first]
    after = [(s, whole) for s in found if s.once and s.order >= first]
    return [*before, *((s, lang) for lang in languages for s in spoken), *after]
