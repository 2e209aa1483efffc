"""The rules for people: what each asks, whose it is, and with which numbers it holds here."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import Text
from core.instruments.rules import all_rules
from core.library.rulebook import Rulebook, Ruling


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule."""

    rule: str
    """Its key."""
    title: Text
    levels: tuple[str, ...]
    """What it may say, gravest first."""
    source: str
    edition: str
    kinds: tuple[str, ...]
    """Kinds of instruments that it is asked about; empty: all."""
    parameters: tuple[Ruling, ...]
    """As they hold; a changed one carries the shipped one."""


def explain_rules(rules: Rulebook) -> tuple[Explained, ...]:
    """Every rule, in the order of their keys."""
    return tuple(
        Explained(key, rule.title, rule.levels, rule.source, rule.edition, rule.kinds,
                  tuple(rules[name] for name in rule.parameters))
        for key, rule in sorted(all_rules().items())
    )  # fmt: skip
