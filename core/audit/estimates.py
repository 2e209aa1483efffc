"""What an analytical procedure looks at and what it comes to, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from core.audit.key_figures import Measured, figure_title, over
from core.audit.last_year import LastYear, quantities_of
from core.i18n import Localised, T, Text, verbatim
from core.inventory import Inventory, Period, by_source
from core.ledger import KeyFigure, Ledger
from core.library import EXACT

LAST_YEAR, PRODUCTION, SISTER_PLANTS, DEGREE_DAYS, ENERGY_BALANCE = (
    "last_year",
    "production",
    "sister_plants",
    "degree_days",
    "energy_balance",
)
PROCEDURES: Mapping[str, Text] = {
    LAST_YEAR: T("Last year"),
    PRODUCTION: T("Key figures"),
    SISTER_PLANTS: T("Sister plants"),
    DEGREE_DAYS: T("Degree days"),
    ENERGY_BALANCE: T("Meters"),
}
"""In the order in which they are shown."""
TONNES = "t CO₂e"
SMALL = Decimal("0.001")
NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one procedure expects."""

    procedure: str
    subject: str
    title: Localised
    source: str
    """Emission source; empty: the whole."""
    unit: str
    actual: Decimal | None
    expected: Decimal | None
    how: Text = NOTHING
    missing: Text | None = None
    tonnes: bool = True
    """Whether the values are tonnes CO2e, and not a ratio."""
    low: Decimal | None = None
    high: Decimal | None = None
    """Range of the sister plants."""
    usual: Decimal | None = None
    """Threshold where it does not follow from materiality. [%]"""


@dataclass(frozen=True)
class Known:
    """What the procedures look at."""

    ledger: Ledger
    inventory: Inventory
    last: LastYear | None
    counted: Mapping[str, Decimal] | None = None
    """What each meter counted; None: nobody looked."""

    @property
    def period(self) -> Period:
        return self.inventory.choices.period

    @cached_property
    def figures(self) -> tuple[KeyFigure, ...]:
        return self.ledger.held(KeyFigure)

    @cached_property
    def now(self) -> dict[str, Decimal]:
        """Tonnes of each source."""
        return by_source(self.inventory.lines)

    @cached_property
    def quantities(self) -> dict[str, tuple[str, Decimal]]:
        """What each source of one item used, in its base unit."""
        return quantities_of(self.inventory)

    @property
    def total(self) -> Decimal:
        return self.inventory.totals.location

    def figure(self, name: str, period: Period, unit: str = "") -> Measured:
        return over(self.figures, name, period, self.inventory.library.units, unit)

    @cached_property
    def no_last_year(self) -> Text | None:
        """Why nothing can be held against last year; None when it can."""
        before = self.last
        if before is None:
            return T("{year} is neither closed nor recorded.", year=str(self.period.end.year - 1))
        if abs(before.period.days - self.period.days) > 1:
            return T("The periods are of different length: {one} and {other} days.",
                     one=before.period.days, other=self.period.days)  # fmt: skip
        return None


def titled(source: str) -> Localised:
    return verbatim(source) if source else T("Total, location-based")


def per(source: str, name: str) -> Text:
    return T("{subject} per {figure}", subject=titled(source), figure=figure_title(name))


def short(value: Decimal) -> Decimal:
    """For sentences: three decimals, of less than one three digits.

    Examples
    --------
    >>> short(Decimal("1234.56789")), short(Decimal("0.000123456"))
    (Decimal('1234.568'), Decimal('0.000123'))
    """
    if not value or abs(value) >= 1:
        return value.quantize(SMALL, context=EXACT)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 2, context=EXACT), context=EXACT)


def of_figure(name: str, year: int, measured: Measured) -> Text:
    why = measured.missing or NOTHING
    return T("{figure} {year}: {why}", figure=figure_title(name), year=str(year), why=why)
