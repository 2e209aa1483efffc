"""What a rule for claims sees, and what such a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.i18n import Text
from core.inventory import Inventory
from core.ledger import Ledger
from core.library import EXACT
from core.library.rulebook import Rulebook
from core.methods import Finding
from core.renewables.consumption import Used
from core.renewables.shares import Share, Shares

_SHOWN = Decimal("0.001")


@dataclass(frozen=True, slots=True, eq=False)
class ClaimCase:
    """A claim that so much of the electricity of a period is renewable, and all that is known."""

    ledger: Ledger
    inventory: Inventory
    shares: Shares
    percent: Decimal
    """What is claimed. [%]"""
    rules: Rulebook
    findings: tuple[Finding, ...]
    """Of the review, without those that a person dismissed."""

    @property
    def share(self) -> Share:
        """Of the whole period."""
        return self.shares.year

    @property
    def used(self) -> tuple[Used, ...]:
        return self.shares.used

    @property
    def reached(self) -> bool:
        """Whether the exact share, never a rounded one, is what is claimed."""
        return bool(self.share.used) and self.share.exact("certified") * 100 >= Fraction(self.percent)

    @property
    def missing(self) -> Decimal:
        """Electricity that would have to be covered besides; zero where the claim is reached. [kWh]"""
        wanted = EXACT.divide(EXACT.multiply(self.share.used, self.percent), Decimal(100))
        return max(EXACT.subtract(wanted, self.share.certified), Decimal(0))


@dataclass(frozen=True, slots=True)
class ClaimSaid:
    """What a rule says of a claim."""

    level: str
    message: Text
    remedy: Text
    subject: str = ""
    """Id of the record or instrument it speaks of; empty: the claim."""


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """A rule for claims. Its key is the name of its file."""

    title: Text
    levels: tuple[str, ...]
    """What it may say, gravest first."""
    source: str
    """Document and place; says so when the rule is ours."""
    edition: str
    check: Callable[[ClaimCase], Iterable[ClaimSaid]]
    """Sees one claim; looks at no clock and no file."""
    parameters: tuple[str, ...] = ()
    """Keys of :mod:`core.library.rulebook` that it asks."""


def stop(message: Text, remedy: Text, subject: str = "") -> ClaimSaid:
    """The claim does not hold."""
    return ClaimSaid("stop", message, remedy, subject)


def warning(message: Text, remedy: Text, subject: str = "") -> ClaimSaid:
    """The claim may hold, and somebody should look."""
    return ClaimSaid("warning", message, remedy, subject)


def info(message: Text, remedy: Text, subject: str = "") -> ClaimSaid:
    """The claim may hold, and one should know."""
    return ClaimSaid("info", message, remedy, subject)


def readable(kwh: Decimal) -> Decimal:
    """Kilowatt-hours as a sentence shows them; what is open is never shown as nothing."""
    shown = kwh.quantize(_SHOWN, context=EXACT)
    return shown if shown or not kwh else kwh
