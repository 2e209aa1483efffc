"""Years side by side, each as it was decided and closed ones as they were closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.inventory import Choices, choices_of, closing, compile_inventory, year_of
from core.inventory.views import figures_of, years
from core.ledger import Audit, Closing, Ledger, Record
from core.library import load_library
from tests.core.inventory.views.everything import waste
from tests.core.samples import PLANT, activity, month

LIBRARY = load_library()
COOLANT = {"method": "refrigerants", "item": "HFC-134a", "unit": "kg"}


def audit(year: int, gwp: str = "AR6", base: str = "") -> Audit:
    return Audit(str(year), date(year, 1, 1), date(year, 12, 31), gwp, base_year=base)


def ledger(*more: Record) -> Ledger:
    leaks = [activity(f"a{y}", quantity=q, **COOLANT, **month(6, y)) for y, q in ((2022, 10), (2023, 5))]
    return Ledger.of([PLANT, audit(2022, "AR5"), audit(2023, base="2022"), *leaks, *more])


def test_each_year_keeps_its_own_choices() -> None:
    found = years(ledger(), LIBRARY)
    assert [(y.year, y.gwp_set, y.closed) for y in found.years] == [(2022, "AR5", False), (2023, "AR6", False)]
    assert found.of(2022, "scope1") == 13, "10 kg × 1,300 of AR5"
    assert found.of(2023, "scope1") == Decimal("7.65"), "5 kg × 1,530 of AR6"


def test_change_against_the_base_year() -> None:
    found = years(ledger(), LIBRARY)
    assert found.base_year == 2022 and found.base is found.years[0]
    assert round(found.change(2023, "scope1") or 0, 4) == Decimal("-41.1538")
    assert found.change(2022, "scope1") == 0
    assert found.change(2023, "scope2_location") is None, "nothing to compare with"
    assert found.change(2023, "scope1", against=2021) is None


def test_a_year_that_waits_for_its_first_bill_has_not_fallen_to_zero() -> None:
    found = years(ledger(audit(2024, base="2022")), LIBRARY)
    assert found.of(2024, "location") == 0 and found.change(2024) is None
    assert found.change(2023) is not None


def test_the_base_year_joins_the_years_asked_for() -> None:
    assert [y.year for y in years(ledger(), LIBRARY, [2023]).years] == [2022, 2023]
    assert [y.year for y in years(ledger(), LIBRARY, [2022]).years] == [2022]


def test_a_closed_year_is_not_calculated_again() -> None:
    figures = (("scope1", "99"), ("scope2_location", "1"), ("scope2_market", "0"), ("scope3", "0"))
    closed = Closing("2022", "0" * 64, 1, 1, date(2023, 3, 1), "verified", figures=figures)
    found = years(ledger(closed), LIBRARY)
    assert [y.closed for y in found.years] == [True, False]
    assert (found.of(2022, "scope1"), found.of(2022, "location")) == (Decimal(99), Decimal(100))


def test_figures_of_a_closing_and_of_today_are_the_same_ones() -> None:
    held = ledger(waste(**month(5)))
    inventory = compile_inventory(held, choices_of(held.audit(2023), 2023), LIBRARY)
    figures = figures_of(inventory)
    assert figures["location"] == inventory.totals.location and figures["market"] == inventory.totals.market
    assert figures["category:5"] == figures["scope3"] > 0
    assert sum((v for k, v in figures.items() if k.startswith("source:")), Decimal(0)) == figures["location"]
    assert sum((v for k, v in figures.items() if k.startswith("gas:")), Decimal(0)) == figures["location"]
    kept = closing.figures_of(inventory.totals, inventory.lines)
    closed = years(Ledger.of([PLANT, Closing("2023", "0" * 64, 1, 1, date(2024, 3, 1), "", figures=kept)]), LIBRARY)
    said = closed.years[0].figures
    assert {"scope1", "category:5", "gas:CO2", "source:Main meter", "location", "market"} <= set(said)
    assert all(figures[key] == value for key, value in said.items())


def test_a_closed_year_can_come_from_its_package() -> None:
    held = ledger(Closing("2022", "0" * 64, 1, 1, date(2023, 3, 1), "", figures=(("scope1", "99"),)))
    frozen = compile_inventory(held, Choices(year_of(2022), "AR4"), LIBRARY)
    current = compile_inventory(held, Choices(year_of(2023)), LIBRARY)
    found = years(held, LIBRARY, inventory_of=lambda year: frozen if year == 2022 else current)
    assert [(y.closed, y.gwp_set, y.figures["scope1"]) for y in found.years] == [
        (True, "AR4", Decimal("14.3")),
        (False, "AR6", Decimal("7.65")),
    ]


def test_keys_stand_in_one_order() -> None:
    found = years(ledger(waste(**month(5))), LIBRARY)
    assert found.keys[:6] == ("scope1", "scope2_location", "scope2_market", "scope3", "location", "market")
    assert "category:5" in found.keys and "source:Main meter" in found.keys
    assert len(found.keys) == len(set(found.keys))
