"""Shielding gas of welding: all CO2 in the net gas use counts as emitted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.i18n import T
from core.library import EXACT, Factor
from core.methods._build import amount, applied, bare, co2e_step, mass_of, missing_factor
from core.methods._stock import STOCK, used
from core.methods._types import Context, Line, Method, Portion, TraceStep

_MASS_SHARE = T("Mass share of CO₂")


def carbon_dioxide_share(volumes: Sequence[tuple[Decimal, Decimal]], share: Decimal, molar: Decimal) -> Decimal:
    """Mass share of CO2 in a gas mixture given by volume.

    Parameters
    ----------
    volumes
        volume share and molar mass of every component. [1, g/mol]
    share
        volume share of CO2. [1]
    molar
        molar mass of CO2. [g/mol]

    Returns
    -------
    Decimal
        mass of CO2 per mass of gas. [kg/kg]

    Notes
    -----
    P_CO2 × 44 / Σ(P_j × M_j); NDRC guideline for mechanical equipment manufacturers (2015), CO2-shielded welding.

    Examples
    --------
    >>> mix = [(Decimal("0.2"), Decimal(44)), (Decimal("0.8"), Decimal("39.95"))]
    >>> round(carbon_dioxide_share(mix, Decimal("0.2"), Decimal(44)), 4)
    Decimal('0.2159')
    """
    total = sum((EXACT.multiply(part, mass) for part, mass in volumes), Decimal(0))
    return EXACT.divide(EXACT.multiply(share, molar), total)


def calculate(portion: Portion, context: Context) -> tuple[Line, ...]:
    """One scope 1 line: E = W × P_CO2 × 44 / Σ(P_j × M_j), W the net use of gas."""
    activity = portion.activity
    item = context.library.items.get(activity.item)
    composition = {s: Decimal(share) for s, share in item.composition} if item else {}
    if item is None or "CO2" not in composition:
        raise missing_factor(portion, context)
    masses = {
        s: c.factor for s in composition if (c := context.want(s, ("molar_mass",), portion.start.year)) is not None
    }
    if len(masses) != len(composition):
        raise missing_factor(portion, context)
    weight, conversion = used(portion, "kg", context)
    share, step = _share(item.basis, composition, masses)
    emitted = EXACT.multiply(weight, share)
    made = amount("CO2", emitted, context.gwp)
    if made is None:
        raise missing_factor(portion, context)
    last = TraceStep(mass_of("CO2"), "{0} × {1}", ((weight, "kg"), (share, "kg CO2/kg")), made.kg, "kg CO2")
    frozen = applied(
        context,
        masses["CO2"],
        *masses.values(),
        value=round(share, 10),
        unit="kg CO2/kg",
        key=f"{masses['CO2'].set.key}.{item.key}",
    )
    trace = (*portion.trace, *conversion, step, last, co2e_step((made,), context.gwp))
    return (Line(activity.id, portion, "scope1", (made,), frozen, trace),)


def _share(basis: str, composition: dict[str, Decimal], masses: dict[str, Factor]) -> tuple[Decimal, TraceStep]:
    if basis == "mass":
        share = composition["CO2"]
        return share, TraceStep(_MASS_SHARE, "{0}", ((share, ""),), share, "kg CO2/kg")
    volumes = [(part, bare(masses[s])) for s, part in composition.items()]
    molar = bare(masses["CO2"])
    share = carbon_dioxide_share(volumes, composition["CO2"], molar)
    numbers = ((composition["CO2"], ""), (molar, "g/mol"), *(n for v, m in volumes for n in ((v, ""), (m, "g/mol"))))
    below = " + ".join(f"{{{i}}} × {{{i + 1}}}" for i in range(2, 2 + 2 * len(volumes), 2))
    return share, TraceStep(_MASS_SHARE, f"{{0}} × {{1}} ÷ ({below})", numbers, share, "kg CO2/kg")


METHOD = Method(
    key="welding_gas",
    title=T("Welding gas"),
    kinds=("welding_gas",),
    dimensions=("mass",),
    scopes=("scope1",),
    source="NDRC guideline for mechanical equipment manufacturers (2015), CO2-shielded welding",
    calculate=calculate,
    usual_for=("welding_gas",),
    example={"item": "ar80_co2_20", "unit": "kg"},
    parameters=STOCK,
)
