"""What a rule says of an instrument, an allocation or a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import Text

LEVELS = ("stop", "warning", "info")
"""Gravest first. What is stopped covers nothing and supports no claim."""
_WEIGHT = {level: weight for weight, level in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement with what to do."""

    rule: str
    """Key of the rule."""
    level: str
    """One of ``LEVELS``."""
    subject: str
    """Id of the instrument or allocation; of a claim its year."""
    message: Text
    remedy: Text


def gravest_first(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """In the order in which they are shown: by level, rule and subject."""
    return tuple(sorted(judged, key=lambda one: (_WEIGHT[one.level], one.rule, one.subject)))
