"""Energy that the plant used in MWh, renewable and not: fuels, electricity, heat, own generation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.disclosures.derived._energy import (
    BOUGHT,
    NO_SHARES,
    OF_FUEL,
    Balance,
    Delivered,
    balance,
    megawatt_hours,
    of_used,
)
from core.disclosures.derived._figures import basis_of, figure, per, why_missing
from core.disclosures.derived._fuels import STATIONARY, Burned
from core.disclosures.derived._lines import everything, nothing_recorded, of_portions
from core.disclosures.derived._made import Basis, found, lacking, percent, ratio, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text
from core.library import EXACT
from core.methods import exact_sum, plain
from core.renewables.shares import CERTIFIED

MWH = "MWh"
FUELS, ELECTRICITY, HEAT = "fuels", "electricity", "heat"
"""What a sum of energy is made of, and needs to be known."""
Asked = tuple[str, ...]


def _missing(known: Known, asked: Asked) -> Text | None:
    """Why a sum cannot be given: something that belongs to it is not known."""
    if (why := nothing_recorded(known)) is not None:
        return why
    energy = balance(known)
    if FUELS in asked and energy.fuels.unclear:
        return energy.fuels.unclear[0].why
    if ELECTRICITY in asked and not energy.shares:
        return NO_SHARES
    unclear = next((one for one in (*energy.heat, *energy.own_heat) if one.energy is None), None)
    if HEAT in asked and unclear is not None:
        said = unclear.portion.activity
        return T(
            "{source}: nothing says how much heat is in {unit}; enter temperature, pressure or enthalpy.",
            source=said.source, unit=said.unit,
        )  # fmt: skip
    return None


def _basis(known: Known, asked: Asked) -> Basis:
    energy, basis = balance(known), Basis()
    if FUELS in asked:
        basis = basis + of_fuels(known, energy.fuels.burned)
    if ELECTRICITY in asked:
        basis = basis + of_used(known, (u for u in energy.electricity if u.kind not in OF_FUEL), T("electricity"))
    if HEAT in asked:
        basis = basis + of_heat(known, (*energy.heat, *energy.own_heat))
    return basis


def of_fuels(known: Known, burned: Iterable[Burned]) -> Basis:
    """Records of fuels with their bills."""
    return of_portions(known, (one.portion for one in burned), T("fuels"))


def of_heat(known: Known, delivered: Iterable[Delivered]) -> Basis:
    """Records of heat and cooling with their bills."""
    return of_portions(known, (one.portion for one in delivered), T("heat and cooling"))


def _sum(key: str, amount: Callable[[Balance], Decimal], asked: Asked) -> Callable[[Known], PointValue]:
    """A sum of energy, or what keeps it from being given."""

    def derive(known: Known) -> PointValue:
        if (why := _missing(known, asked)) is not None:
            return lacking(key, why, unit=MWH)
        basis = _basis(known, asked)
        return found(key, amount(balance(known)), basis if basis.origins else everything(known), MWH)

    return derive


def _fuel(key: str, renewable: bool) -> Callable[[Known], PointValue]:
    """Of biomass, or of the rest."""

    def derive(known: Known) -> PointValue:
        if (why := _missing(known, (FUELS,))) is not None:
            return lacking(key, why, unit=MWH)
        energy = balance(known)
        value = energy.fuel_renewable if renewable else EXACT.subtract(energy.fuel, energy.fuel_renewable)
        own = [one for one in energy.fuels.burned if _part(one, renewable)]
        return found(key, value, of_fuels(known, own) if own else everything(known), MWH)

    return derive


def _part(one: Burned, renewable: bool) -> Decimal:
    return one.renewable if renewable else EXACT.subtract(one.energy, one.renewable)


def _bought(key: str, side: int) -> Callable[[Known], PointValue]:
    def derive(known: Known) -> PointValue:
        if (why := _missing(known, (ELECTRICITY,))) is not None:
            return lacking(key, why, unit=MWH)
        energy = balance(known)
        own = (one for one in energy.electricity if one.kind in BOUGHT)
        basis = of_used(known, own, T("bought electricity"))
        return found(key, energy.bought[side], basis if basis.origins else everything(known), MWH)

    return derive


def _self_used(known: Known) -> PointValue:
    """Own renewable energy without fuel, but for electricity whose attributes are sold or not known to be kept."""
    key = "energy.self_used"
    if (why := _missing(known, (ELECTRICITY, HEAT))) is not None:
        return lacking(key, why, unit=MWH)
    energy = balance(known)
    own = (one for one in energy.electricity if one.kind not in (*BOUGHT, *OF_FUEL))
    basis = of_used(known, own, T("own electricity")) + of_heat(known, energy.own_heat)
    return found(key, energy.self_used, basis if basis.origins else everything(known), MWH)


# ---------------------------------------------------------------------- tables


def _fuel_types(known: Known) -> PointValue:
    key = "energy.fuel_type"
    if (why := _missing(known, (FUELS,))) is not None:
        return lacking(key, why, unit=MWH)
    sums: dict[tuple[str, str, str], Decimal] = {}
    burned = balance(known).fuels.burned
    for one in burned:
        for word, renewable in (("yes", True), ("no", False)):
            if part := _part(one, renewable):
                place = (one.portion.activity.item, one.purpose, word)
                sums[place] = EXACT.add(sums.get(place, Decimal(0)), part)
    rows = ((*place, plain(energy)) for place, energy in sorted(sums.items()))
    return table(key, rows, of_fuels(known, burned), MWH)


def _heat_bought(known: Known) -> PointValue:
    """By carrier; nothing proves that bought heat is renewable, so none of it counts as such."""
    key = "energy.heat_buy"
    if (why := _missing(known, (HEAT,))) is not None:
        return lacking(key, why, unit=MWH)
    sums: dict[str, Decimal] = {}
    heat = balance(known).heat
    for one in heat:
        item = one.portion.activity.item
        sums[item] = EXACT.add(sums.get(item, Decimal(0)), one.energy or Decimal(0))
    rows = ((item, "0", plain(energy)) for item, energy in sorted(sums.items()))
    return table(key, rows, of_heat(known, heat), MWH)


# ---------------------------------------------------------------------- shares and intensity


def _electricity(known: Known) -> PointValue:
    """With certificates and own generation, as the page on renewable electricity shows it."""
    key = "energy.ren_el_pct"
    if (why := _missing(known, (ELECTRICITY,))) is not None or known.shares is None:
        return lacking(key, why or NO_SHARES, unit="%")
    year = known.shares.year
    if not year.used:
        return lacking(key, T("No electricity was used."), unit="%")
    basis = of_used(known, known.shares.used, T("electricity"))
    return percent(key, megawatt_hours(year.kwh(CERTIFIED)), megawatt_hours(year.used), basis)


def _heat(known: Known) -> PointValue:
    """Own renewable heat and biomass in boilers and furnaces, of these, of other such fuels and of what was bought."""
    key = "energy.ren_heat_pct"
    if (why := _missing(known, (FUELS, HEAT))) is not None:
        return lacking(key, why, unit="%")
    energy = balance(known)
    fired = [one for one in energy.fuels.burned if one.portion.activity.method == STATIONARY]
    part = exact_sum((energy.heat_made, *(one.renewable for one in fired)))
    whole = exact_sum((energy.heat_made, energy.heat_bought, *(one.energy for one in fired)))
    if whole <= 0:
        return lacking(key, T("No heating or cooling is recorded."), unit="%")
    return percent(key, part, whole, of_fuels(known, fired) + of_heat(known, (*energy.heat, *energy.own_heat)))


def _per_revenue(known: Known) -> PointValue:
    key, measured = "energy.int_rev", figure(known, "revenue")
    if (why := _missing(known, (FUELS, ELECTRICITY, HEAT))) is not None:
        return lacking(key, why)
    if measured.quantity is None:
        return lacking(key, why_missing(measured))
    basis = _basis(known, (FUELS, ELECTRICITY, HEAT)) + basis_of(known, measured)
    if not measured.quantity:
        return lacking(key, T("The key figure is 0: there is nothing to divide by."), basis)
    return ratio(key, balance(known).total, measured.quantity, basis, f"{MWH}/{per(measured)}")


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "energy.total": _sum("energy.total", lambda one: one.total, (FUELS, ELECTRICITY, HEAT)),
    "energy.ren": _sum("energy.ren", lambda one: one.renewable, (FUELS, ELECTRICITY, HEAT)),
    "energy.nonren": _sum("energy.nonren", lambda one: one.other, (FUELS, ELECTRICITY, HEAT)),
    "energy.fuel_type": _fuel_types,
    "energy.fuel_ren": _fuel("energy.fuel_ren", renewable=True),
    "energy.fuel_nonren": _fuel("energy.fuel_nonren", renewable=False),
    "energy.el_buy_ren": _bought("energy.el_buy_ren", 0),
    "energy.el_buy_nonren": _bought("energy.el_buy_nonren", 1),
    "energy.heat_buy": _heat_bought,
    "energy.self_used": _self_used,
    "energy.ren_el_pct": _electricity,
    "energy.ren_heat_pct": _heat,
    "energy.int_rev": _per_revenue,
}
