"""Water and waste of the plant, from the activity data of scope 3; other water, and more, a person may answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from core.disclosures.derived._lines import of_method, of_portions
from core.disclosures.derived._made import Basis, found, lacking, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Answer
from core.library import EXACT, Units
from core.methods import KG, Portion, exact_sum, plain
from core.methods.waste import TREATMENT
from core.methods.water import RETURNED, SEWER, SUPPLY, returned_water

WATER, WASTE, OWN_WASTE = "water", "waste", 5
MAINS = "mains"
"""The source of water that bills name."""
HAZARDOUS = frozenset({"hazardous_waste", "asbestos", "paint_sludge"})
"""Items that lists of hazardous waste name whatever their content: EU 2014/955/EU (17 06 05*, 08 01 13*), China 2025
(HW36, HW12). What is hazardous only sometimes, batteries or equipment, is recorded as hazardous waste where it is."""
RECOVERED = frozenset({"recycling_open", "recycling_closed", "composting", "anaerobic_digestion"})
"""Treatments that recover a substance; burning is none, for the record does not say what becomes of the heat."""
NO_WATER = T("No bill of water is among the activity data: enter them, or answer it.")
NO_WASTE = T("No waste is among the activity data: enter the transfer notes, or answer it.")


def volume_of(portion: Portion, units: Units) -> Decimal | None:
    """Water of a record; a tonne is a cubic metre. None where its unit is neither. [m3]"""
    return _converted(portion, units, {"volume": "m3", "mass": "t"})


def mass_of(portion: Portion, units: Units) -> Decimal | None:
    """Waste of a record; pieces by the mass of one. None where it is not known. [t]"""
    each = portion.given("mass_per_piece")
    found_ = _converted(portion, units, {"mass": "t", "pieces": "piece"})
    if found_ is None or units.dimension(portion.activity.unit) == "mass":
        return found_
    return None if each is None else EXACT.quantize(EXACT.divide(EXACT.multiply(found_, each), Decimal(1000)), KG)


def _converted(portion: Portion, units: Units, targets: Mapping[str, str]) -> Decimal | None:
    unit = units.find(portion.activity.unit)
    if unit is None or unit.dimension not in targets:
        return None
    try:
        return EXACT.quantize(units.convert(portion.quantity, unit.key, targets[unit.dimension]), KG)
    except (UserError, ArithmeticError):
        return None


Measure = Callable[[Portion, Units], "Decimal | None"]


def _unclear(portions: Iterable[Portion], measure: Measure, units: Units) -> Text | None:
    wrong = next((one for one in portions if measure(one, units) is None), None)
    if wrong is None:
        return None
    return T("{source}: it is not known how much {unit} is.", source=wrong.activity.source, unit=wrong.activity.unit)


# ---------------------------------------------------------------------- water


def _withdrawn(known: Known) -> PointValue:
    """From the mains by its bills; wells, rivers and rain as a person answered them."""
    key, units = "water.withdraw", known.library.units
    supplied = [one for one in of_method(known, WATER) if one.activity.item == SUPPLY]
    if not supplied:
        return lacking(key, NO_WATER, unit="m3")
    if (why := _unclear(supplied, volume_of, units)) is not None:
        return lacking(key, why, unit="m3")
    total = exact_sum(volume_of(one, units) or Decimal(0) for one in supplied)
    value = table(key, ((MAINS, plain(total)),), of_portions(known, supplied, T("water from the mains")), "m3")
    return _with_answered(known, value)


def _with_answered(known: Known, value: PointValue) -> PointValue:
    """With the rows that a person added, but for water from the mains, which the bills say."""
    answer = known.ledger.get("answer", f"{known.year} {value.point}")
    if not isinstance(answer, Answer):
        return value
    rows = tuple(row for row in answer.rows if row and row[0] != MAINS)
    if not rows:
        return value
    said = record("answer", (answer.id,), T("Answered on {day}", day=answer.day), "disclosures", answer.evidence)
    basis = Basis(value.origins, value.evidence) + said
    return replace(value, rows=(*value.rows, *rows), origins=basis.origins, evidence=basis.evidence)


def _consumed(known: Known) -> PointValue:
    """What came from the mains and did not go to the sewer: evaporated, or in the product."""
    key, units = "water.consume", known.library.units
    portions = of_method(known, WATER)
    supplied = [one for one in portions if one.activity.item == SUPPLY]
    sewer = [one for one in portions if one.activity.item == SEWER]
    if not supplied:
        return lacking(key, NO_WATER, unit="m3")
    if (why := _unclear(portions, volume_of, units)) is not None:
        return lacking(key, why, unit="m3")
    shares = [one for one in supplied if one.said(RETURNED.key)]
    if not sewer and len(shares) < len(supplied):
        why = T("It is not known how much water goes to the sewer: enter waste water, or the share that is returned.")
        return lacking(key, why, unit="m3")
    came = exact_sum(volume_of(one, units) or Decimal(0) for one in supplied)
    left = exact_sum(volume_of(one, units) or Decimal(0) for one in sewer)
    returned = exact_sum(
        returned_water(volume_of(one, units) or Decimal(0), one.given(RETURNED.key) or Decimal(0)) for one in shares
    )
    consumed = EXACT.subtract(came, EXACT.add(left, returned))
    basis = of_portions(known, portions, T("water and waste water"))
    if consumed < 0:
        return lacking(key, T("More water goes to the sewer than comes from the mains: correct the records, or answer "
                              "where the rest comes from."), basis, "m3")  # fmt: skip
    return found(key, consumed, basis, "m3")


# ---------------------------------------------------------------------- waste


def _waste(key: str, counts: Callable[[Portion], bool]) -> Callable[[Known], PointValue]:
    """Mass of own waste that counts."""

    def derive(known: Known) -> PointValue:
        units = known.library.units
        own = [one for one in of_method(known, WASTE) if one.activity.category in (0, OWN_WASTE)]
        if not own:
            return lacking(key, NO_WASTE, unit="t")
        if (why := _unclear(own, mass_of, units)) is not None:
            return lacking(key, why, unit="t")
        counted = [one for one in own if counts(one)]
        total = exact_sum(mass_of(one, units) or Decimal(0) for one in counted)
        return found(key, total, of_portions(known, counted or own, T("waste")), "t")

    return derive


def _hazardous(one: Portion) -> bool:
    return one.activity.item in HAZARDOUS


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "water.withdraw": _withdrawn,
    "water.consume": _consumed,
    "waste.haz": _waste("waste.haz", _hazardous),
    "waste.nonhaz": _waste("waste.nonhaz", lambda one: not _hazardous(one)),
    "waste.recovered": _waste("waste.recovered", lambda one: one.said(TREATMENT.key) in RECOVERED),
}
ALSO_ASKED = tuple(DERIVED)
