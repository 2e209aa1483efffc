"""What a laboratory measured on a plant's own fuel, instead of the values of the library."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Name, T
from core.library import EXACT
from core.methods._types import COMMON, AppliedFactor, Context, Finding, Parameter, Portion

HUNDRED = Decimal(100)
PARAMETERS = (
    Parameter(
        "ncv",
        T("Net calorific value, measured"),
        "GJ/t",
        help=T("Of the laboratory or on the bill, per tonne; a quantity in volume is weighed with its density."),
    ),
    Parameter(
        "ncv_volume",
        T("Net calorific value per volume, measured"),
        "GJ/10³ m³",
        help=T("Per 1000 m³ at the conditions of the bill: 38.93 for 389.31 GJ per 10⁴ m³."),
    ),
    Parameter(
        "gcv",
        T("Gross calorific value, measured"),
        "GJ/t",
        help=T(
            "American laboratories and British bills state the gross value (HHV); factors on that basis are then used."
        ),
    ),
    Parameter(
        "gcv_volume", T("Gross calorific value per volume, measured"), "GJ/10³ m³", help=T("39.5 for 39.5 MJ/m³.")
    ),
    Parameter("density", T("Density, measured"), "kg/m³", help=T("Where a volume is billed and a mass was analysed.")),
    Parameter("carbon", T("Carbon content, measured"), "tC/GJ", maximum=Decimal("0.2")),
    Parameter("oxidation", T("Oxidation rate, measured"), "1", maximum=Decimal(1)),
    Parameter(
        "biomass_share",
        T("Share of biomass in the energy"),
        "%",
        maximum=HUNDRED,
        help=T("Its CO₂ is biogenic and shown apart; CH₄ and N₂O stay."),
    ),
)
"""What combustion takes besides the quantity."""


@dataclass(frozen=True, slots=True)
class OwnValues:
    """Measured values of one record; None where nothing was measured."""

    ncv: Decimal | None = None
    """[GJ/t]"""
    ncv_volume: Decimal | None = None
    """[GJ/1000 m3]"""
    gcv: Decimal | None = None
    """Gross, [GJ/t]"""
    gcv_volume: Decimal | None = None
    """Gross, [GJ/1000 m3]"""
    density: Decimal | None = None
    """[kg/m3]"""
    carbon: Decimal | None = None
    """[tC/GJ]"""
    oxidation: Decimal | None = None
    """[1]"""
    biomass: Decimal = Decimal(0)
    """Share of the energy, [1]"""

    @property
    def measured(self) -> bool:
        """Whether the calculation has to go by way of energy."""
        net = (self.ncv, self.ncv_volume, self.density, self.carbon, self.oxidation)
        return self.gross or any(value is not None for value in net)

    @property
    def gross(self) -> bool:
        """Whether the calorific value is the gross one."""
        return self.gcv is not None or self.gcv_volume is not None


NOTHING = OwnValues()
_SHARED = frozenset(one.key for one in COMMON)
"""What says nothing about a measured value."""


def own_values(portion: Portion) -> OwnValues:
    """What the record says about its fuel."""
    if not portion.activity.parameters:
        return NOTHING
    share = portion.given("biomass_share") or Decimal(0)
    return OwnValues(
        portion.given("ncv"),
        portion.given("ncv_volume"),
        portion.given("gcv"),
        portion.given("gcv_volume"),
        portion.given("density"),
        portion.given("carbon"),
        portion.given("oxidation"),
        EXACT.divide(share, HUNDRED),
    )


def unproven(portion: Portion, own: OwnValues) -> tuple[Finding, ...]:
    """A measured value without a report behind it."""
    if portion.activity.evidence or not (own.measured or own.biomass):
        return ()
    return (
        Finding(
            "own_values_without_proof",
            "warning",
            portion.activity.id,
            T("The record uses measured values of {source} and names no report.", source=portion.activity.source),
            T("Enter the number of the laboratory report as evidence and keep its file, or leave the values out."),
        ),
    )


def measured_factor(
    portion: Portion, context: Context, value: Decimal, unit: str, parts: tuple[str, ...], what: Name
) -> AppliedFactor:
    """A factor that rests on the plant's own measurement: it names the report, not a publisher."""
    activity = portion.activity
    said = "; ".join(f"{key}={number}" for key, number in activity.parameters if key not in _SHARED)
    return AppliedFactor(
        key=f"measured.{activity.source}.{activity.item}.{said}",
        value=value,
        unit=unit,
        publisher=activity.source,
        edition=activity.evidence or str(portion.start.year),
        year=portion.start.year,
        place=f"{activity.evidence}: {said}" if activity.evidence else said,
        title=T("Measured by the plant: {what}", what=what),
        licence="",
        status="USER",
        region=context.regions[0],
        parts=parts,
    )
