"""A disclosure map: which data points answer which question of a framework, in one edition of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import Name

REQUIREMENTS = ("must", "cond", "opt")
"""Asked of everybody; asked only where a person decides that it applies; welcome."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a framework, by its number and our own short words."""

    id: str
    name: Name
    points: tuple[str, ...]
    """Keys of the data points that answer it."""
    unit: str
    """That the framework asks for; empty: none."""
    kind: str
    """One of :data:`core.disclosures.point.KINDS`."""
    level: str
    """``plant``, ``group`` or ``both``."""
    requirement: str
    """One of :data:`REQUIREMENTS`."""
    status: str
    """How well its number is known: ``VERIFIED``, ``VERIFIED_2024`` (seen in the edition of that year), ``RECALLED``
    (to be checked in the framework's own document) or ``USER``."""
    note: Name | None = None


@dataclass(frozen=True, slots=True)
class DisclosureMap:
    """The questions of one framework in one edition."""

    key: str
    """``cdp_2025``."""
    framework: str
    edition: str
    title: Name
    questions: tuple[Question, ...]
    """In the order of the framework."""
    published: str = ""
    """Day since which the edition holds, as ISO date; empty: not known."""
    note: Name | None = None
    signer: str = ""
    """Who signed it, of a map of head office; empty: it came with the program, or is the file's own."""

    def question(self, key: str) -> Question | None:
        """The question with that id."""
        return next((one for one in self.questions if one.id == key), None)
