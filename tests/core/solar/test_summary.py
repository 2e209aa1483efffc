"""What the roof did, by source, month and in total."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings

from core.inventory import Period, choices_of, compile_inventory
from core.ledger import Activity, Audit, Ledger, Plant
from core.library import load_library
from core.solar import SolarFigures, SolarSummary, summary
from core.solar.summary import NUMBERS, add
from tests.core.samples import activity, compiled, ledgers, month

HEBEI = load_library().factor("cn_electricity_2023.electricity.location.CN-HE.2023.kWh")
assert HEBEI is not None
EF = HEBEI.amounts["CO2"]


def pv(item: str, quantity: str, number: int = 1, **changes: object) -> Activity:
    fields = {"source": "Roof", "method": "solar_generation", "item": f"solar_{item}", **month(number), **changes}
    return activity(f"{fields['source']} {item} {number}", quantity=quantity, **fields)


def of(*records: Activity, plant: Plant | None = None) -> SolarSummary:
    return summary(compiled(records, plant=plant) if plant else compiled(records))


def test_generated_and_fed_in_give_self_use() -> None:
    total = of(pv("generated", "1000"), pv("fed_in", "0.25", unit="MWh")).total
    assert (total.generated, total.self_used, total.fed_in) == (Decimal(1000), Decimal(750), Decimal(250))
    assert total.share_of_use == Decimal("0.75")
    assert total.avoided_self_used == Decimal("0.75") * EF
    assert total.avoided_fed_in == Decimal("0.25") * EF
    assert total.avoided == EF and total.unassigned == 0
    assert total.implied == total.implied_self_used == total.implied_fed_in == EF
    assert [f.key for f in total.factors] == [HEBEI.key]  # type: ignore[union-attr]


def test_without_a_generation_meter_the_parts_make_it() -> None:
    total = of(pv("self_used", "700"), pv("fed_in", "300")).total
    assert total.generated == 1000 and total.share_of_use == Decimal("0.7")


def test_a_measured_generation_is_kept_beside_measured_parts() -> None:
    total = of(pv("generated", "1000"), pv("self_used", "690"), pv("fed_in", "300")).total
    assert total.generated == 1000 and total.used == 990 and total.unassigned == 10


def test_generation_whose_use_nobody_knows() -> None:
    total = of(pv("generated", "1000")).total
    assert total.unassigned == total.generated == 1000
    assert total.avoided == 0 and total.factors == ()
    assert total.implied is None and total.share_of_use == 0


def test_feed_in_of_other_days_does_not_raise_generation() -> None:
    crossing = pv("fed_in", "300", start=date(2023, 1, 10), end=date(2023, 2, 9))
    total = of(pv("generated", "1000"), pv("generated", "1000", 2), crossing).total
    assert total.generated == 2000 and total.fed_in == 300


def test_months_and_sources() -> None:
    records = [pv("self_used", str(n), n) for n in range(1, 13)]
    records += [pv("fed_in", "5", 3, source="Car park")]
    found = of(*records)
    assert [s.source for s in found.sources] == ["Car park", "Roof"]
    assert [m.self_used for m in found.by_month] == [Decimal(n) for n in range(1, 13)]
    assert found.by_month[2].fed_in == 5
    assert found.sources[1].months[2].fed_in == 0
    assert found.months[2] == Period(date(2023, 3, 1), date(2023, 3, 31))
    assert found.sources[0].months[3].factors == () and len(found.sources[0].months[2].factors) == 1


def test_a_bill_over_two_months_is_split_by_day_and_adds_up() -> None:
    found = of(pv("self_used", "100", start=date(2023, 1, 30), end=date(2023, 2, 1)))
    assert [m.self_used for m in found.by_month[:2]] == [Decimal("66.666666667"), Decimal("33.333333333")]
    assert found.total.self_used == 100


def test_a_country_without_grid_factor_still_generates() -> None:
    total = of(pv("self_used", "100"), plant=Plant("Nowhere", "ZZ")).total
    assert total.self_used == total.generated == 100
    assert total.avoided == 0 and total.implied == 0


def test_foolish_records_are_left_out() -> None:
    reversed_ = pv("self_used", "100", start=date(2023, 5, 1), end=date(2023, 4, 1))
    wrong = pv("generated", "100", 2, unit="kg")
    assert of(reversed_, wrong).empty


def test_no_pv() -> None:
    found = of(activity())
    assert found.empty and found.total == SolarFigures()
    assert len(found.by_month) == 12


def test_the_published_constant_of_fangshan() -> None:
    """1,200 MWh a year over 25 years and 18,000 t imply 0.600 t/MWh, whatever the grid does."""
    claim = SolarFigures(self_used=Decimal(1_200_000 * 25), avoided_self_used=Decimal(18_000))
    assert claim.implied == Decimal("0.6")


@settings(max_examples=60)
@given(ledgers())
def test_everything_adds_up(pair: tuple[Ledger, Audit]) -> None:
    ledger, audit = pair
    inventory = compile_inventory(ledger, choices_of(audit, 2023), load_library())
    found = summary(inventory)
    assert found.total.avoided == inventory.totals.avoided
    assert numbers(add(found.by_month)) == numbers(found.total)
    assert numbers(add(s.total for s in found.sources)) == numbers(found.total)
    assert all(numbers(add(s.months)) == numbers(s.total) for s in found.sources)
    assert summary(replace(inventory, lines=tuple(reversed(inventory.lines)))).total.avoided == found.total.avoided


def numbers(figures: SolarFigures) -> list[Decimal]:
    return [getattr(figures, name) for name in NUMBERS]
