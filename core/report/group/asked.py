"""What the report of a group says of its answers to those who ask, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import Name, Text


@dataclass(frozen=True, slots=True)
class Framework:
    """How far one framework can be answered; data and proof apart."""

    title: Name
    edition: str
    data: int
    """Counted questions with data."""
    evidence: int
    """Of them, those with proof."""
    counted: int
    """Asked of every group, and conditional ones that nobody put aside."""
    undecided: int
    """Conditional questions about which nobody has decided; they count as open."""
    put_aside: int
    """Conditional questions of which a person decided that they do not apply."""


@dataclass(frozen=True, slots=True)
class PlantAnswers:
    """What a plant gives of the data points that these frameworks ask of plants."""

    plant: str
    reported: bool
    data: int
    evidence: int


@dataclass(frozen=True, slots=True)
class Lack:
    """A data point that keeps questions open."""

    name: Name
    questions: int
    """Of all frameworks."""
    plants: tuple[str, ...]
    """That have not given it, as many as are named."""
    others: int
    """Plants that are not named."""
    office: bool
    """Head office has not answered it; else plants have not given it, or what they gave does not add up."""
    expired: bool
    """The only thing wrong are proofs that have run out."""
    why: Text | None


@dataclass(frozen=True, slots=True)
class Asked:
    """All of it."""

    frameworks: tuple[Framework, ...]
    points: int
    """Data points that the frameworks ask of plants."""
    plants: tuple[PlantAnswers, ...]
    lacking: tuple[Lack, ...]
    """First what answers most."""
    more: int
    """Data points that are missing too and not listed."""
    notices: tuple[Text, ...] = ()
