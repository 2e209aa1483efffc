"""Units, choices, refusals and signs of every method, tried out on records that the methods' own descriptions give.

A method claims kinds of items, dimensions of units and parameters: whatever it claims must be calculable with something
that the library knows or a supplier states, in every unit of the dimension, and add up over days for every choice.
All records of a kind are compiled together, once for each plant, so that a new method costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from core.exchange import preview
from core.exchange.extras import parameters_text
from core.inventory import Period
from core.ledger import Activity, Ledger, OwnFactor, Plant
from core.library import load_library
from core.methods import CATEGORIES, KG, Line, Method, Parameter, all_methods
from tests.core.imported import csv_of
from tests.core.samples import activity, compiled

LIBRARY = load_library()
METHODS = sorted(all_methods())
PLANTS = (Plant("Zhangjiakou", "CN", "CN-HE"), Plant("Luton", "GB"), Plant("Dayton", "US", "US-OH"))
JANUARY = Period(date(2023, 1, 1), date(2023, 1, 31))
HALVES = Period(date(2023, 1, 1), date(2023, 1, 11)), Period(date(2023, 1, 12), date(2023, 1, 31))
FILLED = {
    "distance": "12", "consumption": "17", "mass_per_piece": "2", "energy_per_piece": "1.5", "lifetime_energy": "150",
    "inlet": "800", "outlet": "60", "load_per_person": "40", "density": "1.09", "temperature": "90",
    "exchange_rate": "7", "inflation": "1.1", "lifetime_fuel": "0.5",
    "mcf": "0.2", "b0": "0.2", "cf4_byproduct": "0.2",
}  # fmt: skip
"""What some units ask for besides the parameters of a method's example."""
WHERE_IT_MATTERS = {
    "burned_in": ("diesel", "l", ()),
    "phase": ("gasoline", "l", ()),
    "load": ("truck_articulated_over_33t", "km", ()),
    "radiative_forcing": ("air_freight_long", "tkm", ()),
    "rules": ("steam", "t", (("pressure", "0.8"),)),
    "driven_by": ("cooling", "GJ", (("cop", "0.7"),)),
    "origin": ("aggregates", "t", ()),
    "exchange_rate": ("naics_336340", "CNY", ()),
    "treatment composting": ("garden_waste", "t", ()),
    "treatment recycling_open": ("aggregates", "t", ()),
}
"""Items on which a choice has an effect; the rest take the example of the method."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Way:
    """One way to enter something for a method."""

    method: str
    dimension: str
    item: str
    parameters: Pairs

    @property
    def key(self) -> str:
        return f"{self.method}|{self.dimension}|{self.item}|{parameters_text(self.parameters)}"

    def record(self, unit: str, quantity: Decimal = Decimal("1234.5")) -> Activity:
        key = f"{self.key}|{unit}|{quantity}"
        return activity(
            key,
            source=key,
            method=self.method,
            item=self.item,
            unit=unit,
            quantity=quantity,
            parameters=self.parameters,
        )


def units_of(method: Method, dimension: str) -> list[str]:
    return [u.key for u in LIBRARY.units.all.values() if u.dimension == dimension and u.key not in method.ambiguous]


def items_of(method: Method) -> list[str]:
    """The item of the example and a few of each kind."""
    keys = [method.example["item"]]
    for kind in method.kinds:
        keys += [item.key for item in LIBRARY.items.values() if item.kind == kind][:2]
    usual = ("diesel", "natural_gas", "truck", "car", "hazardous_waste")
    return [*dict.fromkeys([*keys, *(one for one in usual if LIBRARY.items[one].kind in method.kinds)])]


def owned(item: str, unit: str) -> OwnFactor:
    """What a supplier states, for records that name it."""
    days = date(2022, 1, 1), date(2026, 12, 31)
    return OwnFactor(
        f"own-{item}-{unit}", "Data sheet", "supplier", "Supplier", "EPD 7", "p. 3", item, "supplier", f"kg/{unit}",
        (("CO2e", "1.7"),), *days, "e1", general=False,
    )  # fmt: skip


def ways(method: Method, dimension: str, *, published: bool) -> Iterator[Way]:
    """With what the library has, the likeliest first; or with a factor of the supplier."""
    known = {parameter.key for parameter in method.parameters}
    example = dict(method.example_parameters)
    more = [example, *(example | {key: value} for key, value in FILLED.items() if key in known)]
    more.append(example | {key: value for key, value in FILLED.items() if key in known})
    for parameters in more if published else ():
        for item in items_of(method):
            yield Way(method.key, dimension, item, tuple(sorted(parameters.items())))
    for item in () if published else items_of(method):
        own = (("factor", f"own-{item}-{units_of(method, dimension)[0]}"),)
        yield Way(method.key, dimension, item, tuple(sorted((*example.items(), *own))))


def together(records: list[Activity], plant: Plant, period: Period = JANUARY) -> dict[str, list[Line]]:
    """Lines by the id of the record."""
    found: dict[str, list[Line]] = {}
    owns = {said: record for record in records for key, said in record.parameters if key == "factor"}
    factors = [owned(record.item, said.rsplit("-", 1)[1]) for said, record in owns.items()]
    for line in compiled([*factors, *records], plant=plant, period=period).lines:
        found.setdefault(line.activity.id, []).append(line)
    return found


@cache
def working() -> dict[tuple[str, str], dict[str, Way]]:
    """For each method and dimension the first way that each plant's library covers; else with a supplier's factor."""
    claimed = [(method, dimension) for method in all_methods().values() for dimension in method.dimensions]
    found: dict[tuple[str, str], dict[str, Way]] = {}
    for published in (True, False):
        missing = [one for one in claimed if (one[0].key, one[1]) not in found]
        tried = [(m, way) for m, dimension in missing for way in ways(m, dimension, published=published)]
        records = [way.record(units_of(method, way.dimension)[0]) for method, way in tried]
        for plant in PLANTS:
            lines = together(records, plant)
            for (_, way), record in zip(tried, records, strict=True):
                if record.id in lines:
                    found.setdefault((way.method, way.dimension), {}).setdefault(plant.country, way)
    return found


@cache
def in_all_units(plant: Plant) -> dict[str, list[Line]]:
    """The same quantity in every unit, and nothing at all, for every way that works in a plant."""
    records: dict[str, Activity] = {}
    for by_country in working().values():
        way = by_country.get(plant.country)
        if way is not None:
            units = units_of(all_methods()[way.method], way.dimension)
            amounts = [(unit, LIBRARY.units.convert(Decimal("1234.5"), units[0], unit)) for unit in units]
            for unit, quantity in [*amounts, (units[0], Decimal(0))]:
                one = way.record(unit, quantity)
                records[one.id] = one
    return together([*records.values()], plant)


def working_in(key: str) -> Iterator[tuple[Plant, Way]]:
    for dimension in all_methods()[key].dimensions:
        by_country = working().get((key, dimension), {})
        assert by_country, f"{key} claims {dimension}, but nothing in the library has it"
        yield from ((plant, by_country[plant.country]) for plant in PLANTS if plant.country in by_country)


@pytest.mark.parametrize("key", METHODS)
def test_each_dimension_is_calculable_in_each_of_its_units(key: str) -> None:
    for plant, way in working_in(key):
        units = units_of(all_methods()[key], way.dimension)
        by_unit = {u: tonnes(plant, way, u, LIBRARY.units.convert(Decimal("1234.5"), units[0], u)) for u in units}
        for unit, found in by_unit.items():
            assert found.keys() == by_unit[units[0]].keys(), (way.key, unit, plant.country)
            for scope, value in found.items():
                assert abs(value - by_unit[units[0]][scope]) <= KG * 100, (way.key, unit, plant.country, scope)


def tonnes(plant: Plant, way: Way, unit: str, quantity: Decimal) -> dict[tuple[str, int], Decimal]:
    """By scope and category."""
    lines = in_all_units(plant).get(way.record(unit, quantity).id, [])
    found: dict[tuple[str, int], Decimal] = {}
    for line in lines:
        place = line.scope, line.category
        found[place] = found.get(place, Decimal(0)) + line.tco2e
    return found


@pytest.mark.parametrize("key", METHODS)
def test_no_dimension_emits_from_nothing_or_below_nothing(key: str) -> None:
    for plant, way in working_in(key):
        units = units_of(all_methods()[key], way.dimension)
        assert set(tonnes(plant, way, units[0], Decimal(0)).values()) <= {Decimal(0)}, way.key
        for line in in_all_units(plant)[way.record(units[0]).id]:
            assert all(one.kg >= 0 and one.tco2e >= 0 and one.gwp >= 0 for one in line.amounts), way.key


def test_own_renewables_are_used_and_never_subtracted() -> None:
    """What a roof or collector gives neither adds to a total nor lowers it, whatever else the plant uses."""
    bill = activity("bill")
    alone = compiled([bill]).totals
    for method in (m for m in all_methods().values() if set(m.kinds) & {"solar", "own_renewable"}):
        for item in (one for one in LIBRARY.items.values() if one.kind in method.kinds):
            own = activity("own", source="Roof", method=method.key, item=item.key, quantity="5000", unit="kWh")
            totals = compiled([bill, own]).totals
            assert (totals.location, totals.market) == (alone.location, alone.market), item.key
            assert all(value >= 0 for value in totals.scopes.values()), item.key


def choices_of(method: Method) -> list[tuple[Parameter, str]]:
    return [(one, choice) for one in method.parameters for choice, _ in one.choices]


def numbers_of(method: Method) -> list[tuple[Parameter, str]]:
    """A possible value of each parameter that is a number."""
    numbers = [one for one in method.parameters if not one.choices]
    usual = {"%": "30", "vol-%": "5", "tC/GJ": "0.02", "1": "0.9"}
    return [(one, FILLED.get(one.key) or usual.get(one.unit, "2")) for one in numbers]


def chosen(method: Method, parameter: Parameter, choice: str) -> Activity:
    """The example of a method, or where a choice matters, with this choice."""
    item, unit, more = WHERE_IT_MATTERS.get(f"{parameter.key} {choice}") or WHERE_IT_MATTERS.get(
        parameter.key, ("", "", ())
    )
    fits = item and LIBRARY.items[item].kind in method.kinds and LIBRARY.units.dimension(unit) in method.dimensions
    if not fits:
        item, unit, more = method.example["item"], method.example["unit"], ()
    said = (dict(method.example_parameters) if item == method.example["item"] else {}) | dict(more)
    said[parameter.key] = choice
    key = f"{method.key}|{parameter.key}|{choice}"
    return activity(
        key,
        source=key,
        method=method.key,
        item=item,
        unit=unit,
        quantity="1234.5",
        parameters=tuple(sorted(said.items())),
    )


@cache
def by_choice(plant: Plant) -> tuple[dict[str, list[Line]], ...]:
    """January whole and in two parts, each choice and each number of each method a record of its own."""
    every = ((method, one) for method in all_methods().values() for one in (*choices_of(method), *numbers_of(method)))
    records = [chosen(method, *one) for method, one in every]
    return tuple(together(records, plant, period) for period in (JANUARY, *HALVES))


@pytest.mark.parametrize("key", [key for key in METHODS if all_methods()[key].parameters])
def test_a_bill_cut_in_two_is_the_bill_whatever_its_parameters(key: str) -> None:
    """Stocks, charges and recovered masses are amounts of the whole record; rates and choices hold for each part."""
    method = all_methods()[key]
    covered: set[tuple[str, str]] = set()
    for parameter, choice in (*choices_of(method), *numbers_of(method)):
        bill = chosen(method, parameter, choice).id
        for plant in PLANTS:
            whole, *parts = (lines.get(bill, []) for lines in by_choice(plant))
            for line in whole:
                halves = [other.tco2e for part in parts for other in part if other.id == line.id]
                assert len(halves) == 2 and abs(sum(halves) - line.tco2e) <= KG * 200, (bill, plant.country)
                covered.add((parameter.key, choice))
    impossible = {(one.key, said) for one, said in (*choices_of(method), *numbers_of(method))} - covered
    # Hotels of most countries have no published factor; every other choice and number must lead somewhere.
    assert all(name == "country" for name, _ in impossible), impossible


def wrong_records(method: Method) -> Iterator[tuple[str, Activity]]:
    """Records that a method must refuse, and why."""
    bill = activity(
        method=method.key, item=method.example["item"], unit=method.example["unit"], quantity="10",
        parameters=method.example_parameters,
    )  # fmt: skip

    def saying(key: str, value: str) -> Activity:
        return replace(bill, parameters=tuple(sorted((dict(bill.parameters) | {key: value}).items())))

    yield "unknown parameter", saying("colour", "1")
    for parameter in method.parameters:
        if parameter.choices:
            yield f"unknown choice of {parameter.key}", saying(parameter.key, "anything")
            continue
        yield f"no number in {parameter.key}", saying(parameter.key, "much")
        if parameter.minimum is not None:
            yield f"{parameter.key} too small", saying(parameter.key, f"{parameter.minimum - 1}")
        if parameter.maximum is not None:
            yield f"{parameter.key} too large", saying(parameter.key, f"{parameter.maximum + 1}")
    outside = [one for one in CATEGORIES if one not in method.categories]
    if outside:
        yield "category of another method", replace(bill, category=outside[0])


@pytest.mark.parametrize("key", METHODS)
def test_what_a_method_does_not_know_is_refused_with_a_remedy(key: str) -> None:
    """By the calculation, for records from elsewhere, and already by the import of a file."""
    method = all_methods()[key]
    wrong = [(why, replace(one, id=f"w{n}", source=f"w{n}")) for n, (why, one) in enumerate(wrong_records(method))]
    inventory = compiled([one for _, one in wrong])
    refused = {e.portion.activity.id: e.finding for e in inventory.excluded}
    for why, one in wrong:
        assert one.id in refused and refused[one.id].rule == "not_understood", why
        assert str(refused[one.id].remedy) and refused[one.id].message.in_language("zh"), why
    rows = [row_of(one) for _, one in wrong]
    seen = preview(csv_of(rows), Ledger.of([PLANTS[0]]), LIBRARY, "wrong.csv")
    rejected = {one.row for one in seen.refused}
    assert not seen.ready and rejected == set(range(2, len(wrong) + 2)), [
        why for n, (why, _) in enumerate(wrong, 2) if n not in rejected
    ]


def row_of(one: Activity) -> dict[str, str]:
    return {
        "source": one.source, "method": one.method, "item": one.item, "start": f"{one.start}", "end": f"{one.end}",
        "quantity": f"{one.quantity}", "unit": one.unit, "evidence": one.evidence,
        "category": f"{one.category}" if one.category else "", "parameters": parameters_text(one.parameters),
    }  # fmt: skip


@pytest.mark.parametrize("key", METHODS)
def test_the_example_of_a_method_can_be_imported_in_both_languages(key: str) -> None:
    """By its key, and by what the window and the template call the method, the item, the unit and the parameters."""
    method = all_methods()[key]
    item, unit = LIBRARY.items[method.example["item"]], LIBRARY.units.all[method.example["unit"]]
    bill = activity(
        method=key, item=item.key, unit=unit.key, quantity="10",
        parameters=method.example_parameters, category=method.categories[0] if method.categories else 0,
    )  # fmt: skip
    rows = [row_of(bill)]
    for lang in ("en", "zh"):
        names = {"method": method.title.in_language(lang), "item": item.name.in_language(lang)}
        names |= {"unit": unit.name.in_language(lang), "parameters": told_in(method, lang), "source": f"Main {lang}"}
        rows.append({**row_of(bill), **names})
    seen = preview(csv_of(rows), Ledger.of([PLANTS[0]]), LIBRARY, "right.csv")
    assert not seen.refused, [one.message.in_language("en") for one in seen.refused]
    assert [replace(ready.activity, id=bill.id, source=bill.source) for ready in seen.ready] == [bill] * 3


def told_in(method: Method, lang: str) -> str:
    """``处置方式=填埋``: parameters and choices by their names."""
    parts = []
    for key, value in method.example_parameters:
        parameter = method.parameter(key)
        assert parameter is not None
        choices = {choice: title.in_language(lang) for choice, title in parameter.choices}
        parts.append(f"{parameter.title.in_language(lang)}={choices.get(value, value)}")
    return "; ".join(parts)
