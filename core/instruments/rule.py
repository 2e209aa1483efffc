"""What a rule of renewable electricity is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.i18n import Text
from core.instruments.case import Case


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of the instrument that it sees, or of one of its allocations."""

    level: str
    message: Text
    remedy: Text
    allocation: str = ""
    """Id of the allocation; empty: the instrument, with all its allocations."""


def stop(message: Text, remedy: Text, allocation: str = "") -> Said:
    """It covers nothing."""
    return Said("stop", message, remedy, allocation)


def warning(message: Text, remedy: Text, allocation: str = "") -> Said:
    """It counts, and somebody should look."""
    return Said("warning", message, remedy, allocation)


def info(message: Text, remedy: Text, allocation: str = "") -> Said:
    """It counts, and one should know."""
    return Said("info", message, remedy, allocation)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. Its key is the name of its file."""

    title: Text
    levels: tuple[str, ...]
    """What it may say, gravest first."""
    source: str
    """Document and place; where a limit is ours, the rule or its parameter says so."""
    edition: str
    check: Callable[[Case], Iterable[Said]]
    """Sees one instrument; looks at no clock and no file."""
    parameters: tuple[str, ...] = ()
    """Keys of :mod:`core.library.rulebook` that it asks."""
    kinds: tuple[str, ...] = ()
    """Kinds of instruments that it is asked about; empty: all."""
