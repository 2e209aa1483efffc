"""Own generation and the instruments of renewable electricity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from core.disclosures.derived._energy import (
    ELECTRIC,
    NO_SHARES,
    OWN_HEAT,
    energy_in,
    megawatt_hours,
    of_instruments,
    of_used,
)
from core.disclosures.derived._lines import everything, filed, nothing_recorded, of_method, of_portions
from core.disclosures.derived._made import NOTHING, Basis, found, lacking, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text
from core.inventory.period import portion_of
from core.ledger import PvArray, PvSystem, RuleValue
from core.library import EXACT
from core.library.rulebook import rulebook
from core.methods import Portion, exact_sum, plain
from core.methods.solar_generation import FED_IN, GENERATED, SELF_USED
from core.renewables.natures import OTHER, natures

MWH, SOLAR, CHP = "MWh", "solar_generation", "chp"
ZERO = Decimal(0)
_ELECTRICITY, _HEAT = "electricity", "heat"


# ---------------------------------------------------------------------- PV


def _capacity(known: Known) -> PointValue:
    """Of the modules of every PV system that had begun by the end of the period."""
    key, last = "energy.pv_kw", known.inventory.choices.period.end
    systems = {one.id: one for one in known.ledger.held(PvSystem) if one.commissioned <= last}
    if known.of_report:
        return _stated_capacity(known, systems)
    arrays = [one for one in known.ledger.held(PvArray) if one.system in systems
              and (not one.commissioned or one.commissioned <= last.isoformat())]  # fmt: skip
    if without := sorted(set(systems) - {one.system for one in arrays}):
        why = T("No modules are entered for {systems}: describe them on the page “Solar”.",
                systems=[systems[one].name for one in without])  # fmt: skip
        return lacking(key, why, _systems(without), "kWp")
    if not systems and _recorded(known):
        return lacking(key, T("Own solar generation is recorded and no PV system: describe it on the page “Solar”."),
                       unit="kWp")  # fmt: skip
    return found(key, exact_sum(one.dc_power for one in arrays), _systems(systems), "kWp")


def _stated_capacity(known: Known, systems: Mapping[str, PvSystem]) -> PointValue:
    """As the report states it, which carries no arrays."""
    key, last = "energy.pv_kw", known.inventory.choices.period.end
    stated = {one.id: one.dc_power_kw for one in known.systems if one.commissioned <= last}
    if not stated.keys() >= systems.keys() or (not stated and _recorded(known)):
        why = T("The report does not state the modules of each PV system: ask the plant to describe them on the page "
                "“Solar” and to issue it again.")  # fmt: skip
        return lacking(key, why, _systems(systems), "kWp")
    return found(key, exact_sum(stated.values()), _systems(key for key in stated if key in systems), "kWp")


def _systems(ids: Iterable[str]) -> Basis:
    held = tuple(ids)
    return record("pv_system", held, T("PV systems: {count}", count=len(held)), "solar") if held else NOTHING


def _recorded(known: Known) -> tuple[Portion, ...]:
    """Own solar generation as it was entered, meters of generation included."""
    found_ = (portion_of(one, known.inventory.choices.period) for one in filed(known).records.values()
              if one.method == SOLAR)  # fmt: skip
    return tuple(one for one in found_ if one is not None)


def _gross(known: Known) -> PointValue:
    """What was generated: as its meter counted, else what was used and what was fed in together."""
    key = "energy.pv_gross"
    if (why := nothing_recorded(known)) is not None:
        return lacking(key, why, unit=MWH)
    places: dict[tuple[object, ...], dict[str, Decimal]] = {}
    for one in _recorded(known):
        energy = energy_in(one.quantity, one.activity.unit, known.library.units)
        if energy is None:
            return lacking(key, _no_energy(one), unit=MWH)
        items = places.setdefault((one.activity.source, one.start, one.end), {})
        items[one.activity.item] = EXACT.add(items.get(one.activity.item, ZERO), energy)
    total = exact_sum(
        items[GENERATED] if GENERATED in items else exact_sum(items.values()) for items in places.values()
    )
    basis = of_portions(known, _recorded(known), T("own solar generation"))
    return found(key, total, basis if basis.origins else everything(known), MWH)


def _solar(key: str, item: str) -> Callable[[Known], PointValue]:
    """What was used or fed in, also where it follows from two meters."""

    def derive(known: Known) -> PointValue:
        if (why := nothing_recorded(known)) is not None:
            return lacking(key, why, unit=MWH)
        portions = of_method(known, SOLAR)
        unknown = next((one for one in portions if one.activity.item == GENERATED), None)
        if unknown is not None:
            return lacking(key, T("{source}: it is not known how much was used on site and how much was fed in.",
                                  source=unknown.activity.source), unit=MWH)  # fmt: skip
        own = [one for one in portions if one.activity.item == item]
        amounts = [energy_in(one.quantity, one.activity.unit, known.library.units) for one in own]
        wrong = next((one for one, amount in zip(own, amounts, strict=True) if amount is None), None)
        if wrong is not None:
            return lacking(key, _no_energy(wrong), unit=MWH)
        basis = of_portions(known, own, T("own solar generation")) if own else everything(known)
        return found(key, exact_sum(amount for amount in amounts if amount is not None), basis, MWH)

    return derive


def _no_energy(one: Portion) -> Text:
    return T("{source}: {unit} is no unit of energy.", source=one.activity.source, unit=one.activity.unit)


# ---------------------------------------------------------------------- all carriers


def _generation(known: Known) -> PointValue:
    """Electricity and heat that the plant made, whatever it made them of."""
    key = "energy.gen"
    if (why := nothing_recorded(known)) is not None:
        return lacking(key, why, unit=MWH)
    gross, used = _gross(known), _solar("energy.pv_used", SELF_USED)(known)
    for one in (gross, used):
        if one.missing is not None:
            return lacking(key, one.missing, unit=MWH)
    made = {_ELECTRICITY: [_number(gross), _number(used), _number(gross), _number(used)], _HEAT: [ZERO] * 4}
    others = of_method(known, CHP, OWN_HEAT)
    for portion in others:
        _add(known, portion, made)
    rows = ((carrier, *map(plain, amounts)) for carrier, amounts in made.items() if any(amounts))
    basis = of_portions(known, _recorded(known), T("own solar generation"))
    basis = basis + of_portions(known, others, T("own generation"))
    return table(key, rows, basis, MWH)


def _number(value: PointValue) -> Decimal:
    return value.value if isinstance(value.value, Decimal) else ZERO


def _add(known: Known, portion: Portion, made: dict[str, list[Decimal]]) -> None:
    """Of a combined plant what it made and what of it was not sold; of own renewables what was used."""
    units, said = known.library.units, portion.activity
    if said.method == OWN_HEAT:
        amount = energy_in(portion.quantity, said.unit, units) or ZERO
        carrier = _ELECTRICITY if said.item in ELECTRIC else _HEAT
        _counted(made[carrier], amount, amount, True)
        return
    item = known.inventory.library.items.get(said.item)
    renewable = item is not None and item.biogenic
    for carrier, key, unit in ((_ELECTRICITY, "power", "MWh"), (_HEAT, "heat", "GJ")):
        gross, sold = (energy_in(_cut(portion, one), unit, units) or ZERO for one in (key, f"{key}_sold"))
        _counted(made[carrier], gross, EXACT.subtract(gross, sold), renewable)


def _cut(portion: Portion, key: str) -> Decimal:
    return EXACT.multiply(portion.given(key) or ZERO, portion.part)


def _counted(sums: list[Decimal], gross: Decimal, used: Decimal, renewable: bool) -> None:
    amounts = (gross, used, gross if renewable else ZERO, used if renewable else ZERO)
    sums[:] = [EXACT.add(one, more) for one, more in zip(sums, amounts, strict=True)]


# ---------------------------------------------------------------------- instruments


def _contracts(known: Known) -> PointValue:
    """What renewable and nuclear instruments cover of the electricity of the period, as far as nothing stops them."""
    key = "energy.contracts"
    if known.shares is None:
        return lacking(key, NO_SHARES, unit=MWH)
    nature = natures(known.inventory.instruments, rulebook(known.ledger.held(RuleValue)))
    held = [one for one in known.shares.used if nature.get(one.instrument, OTHER) != OTHER]
    covered: dict[str, list[Decimal]] = {}
    for used in held:
        covered.setdefault(used.instrument, []).append(used.kwh)
    instruments = {one.id: one for one in known.inventory.instruments}
    sums: dict[tuple[str, ...], Decimal] = {}
    country = known.inventory.plant.country
    for name, amounts in covered.items():
        one = instruments[name]
        place = (country, one.kind, one.technology, one.scheme, one.market, str(one.end.year))
        sums[place] = EXACT.add(sums.get(place, ZERO), megawatt_hours(exact_sum(amounts)))
    rows = ((*place, plain(energy)) for place, energy in sorted(sums.items()))
    basis = of_instruments(known, covered) + of_used(known, held, T("electricity that instruments cover"))
    return table(key, rows, basis, MWH)


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "energy.gen": _generation,
    "energy.pv_kw": _capacity,
    "energy.pv_gross": _gross,
    "energy.pv_used": _solar("energy.pv_used", SELF_USED),
    "energy.pv_export": _solar("energy.pv_export", FED_IN),
    "energy.contracts": _contracts,
}
