"""Carbon of volatile organic compounds: known for pure substances, measured for mixtures."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Name, T
from core.library import Factor
from core.methods._build import applied
from core.methods._carbon import HUNDRED
from core.methods._laboratory import measured_factor
from core.methods._types import AppliedFactor, Context, Parameter, Portion

CARBON = Parameter(
    "carbon",
    T("Carbon content"),
    "%",
    maximum=HUNDRED,
    help=T("Fossil carbon by mass, from the data sheet; pure solvents need none. IPCC proposal from memory: 60 %."),
)


def carbon_factor(portion: Portion, context: Context, factor: Factor | None, value: Decimal) -> AppliedFactor:
    """By stoichiometry when the substance is pure, else what the record states. ``value`` in kg CO2 per kg."""
    if factor is not None:
        key = f"{factor.set.key}.{portion.activity.item}.{portion.activity.method}"
        return applied(context, factor, value=round(value, 10), unit="kg CO2/kg", key=key)
    item = context.library.items.get(portion.activity.item)
    name = item.name if item else Name(portion.activity.item, portion.activity.item)
    return measured_factor(portion, context, round(value, 10), "kg CO2/kg", (), name)
