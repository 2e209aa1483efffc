"""Finding the sections of a group's report."""

from __future__ import annotations

from functools import cache

from core.report.discover import Section, sections_in
from core.report.group import sections


@cache
def all_sections() -> tuple[Section, ...]:
    """Every section in its place."""
    return sections_in(sections)
