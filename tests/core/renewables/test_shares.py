"""Three shares of one consumption."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger import Record, RuleValue
from core.library.rulebook import rulebook
from core.methods import exact_sum
from core.renewables.shares import VIEWS, Share, Shares, shares_of, shown_percent, zero_carbon
from tests.core.renewables.plants import (
    allocation,
    certificate,
    contract,
    covered_plants,
    month,
    plant,
    roof,
    self_used,
)
from tests.core.samples import activity, year_of_bills

ZERO = Decimal(0)


def D(*numbers: int) -> tuple[Decimal, ...]:  # noqa: N802 - as short as the numbers
    return tuple(map(Decimal, numbers))


def shares(*records: Record) -> Shares:
    return shares_of(*plant(records))


def test_the_three_shares_of_one_plant() -> None:
    """600 of 1,000 kWh bought: 300 with certificates, 100 by a line; 400 of the own roof."""
    found = shares(
        activity(quantity=600), self_used(quantity=400), roof(), certificate(), contract(),
        allocation("al1", "i1", "a1", 300), allocation("al2", "i9", "a1", 100),
    ).year  # fmt: skip
    assert (found.used, found.certified, found.traced, found.own) == D(1000, 800, 500, 400)
    assert [found.shown(view) for view in VIEWS] == [Decimal("80.0"), Decimal("50.0"), Decimal("40.0")]
    assert found.uncovered == 200


def test_half_covered_as_in_the_scope_2_guidance() -> None:
    """Scope 2 Guidance (2015), ch. 7: instruments for a part, the rest is not renewable."""
    found = shares(activity(quantity=1000), certificate(), allocation("al1", "i1", "a1", 500)).year
    assert found.exact("certified") == Fraction(1, 2)


@pytest.mark.parametrize("record", ["exported_energy", "solar_fed_in"])
def test_exports_never_count(record: str) -> None:
    sold = (
        activity("x1", method="exported_energy", item="electricity_sold", quantity=500)
        if record == "exported_energy"
        else self_used("x1", item="solar_fed_in", quantity=500)
    )
    found = shares(activity(), sold, roof(), certificate(), allocation("al1", "i1", "x1", 500)).year
    assert (found.used, found.certified, found.traced) == D(1000, 0, 0)


@pytest.mark.parametrize(("owner", "certified"), [("plant", 400), ("other", 0), ("", 0)])
def test_own_sun_counts_with_its_attributes_alone(owner: str, certified: int) -> None:
    found = shares(self_used(quantity=400), roof(attributes_owner=owner)).year
    assert (found.certified, found.untitled) == D(certified, 400 - certified)
    assert (found.traced, found.own) == D(400, 400), "what came from the roof came from the roof"


def test_sun_whose_attributes_were_sold_may_be_covered_by_others() -> None:
    records = self_used(quantity=400), roof(attributes_owner="other"), certificate(), allocation("al1", "i1", "s1", 300)
    found = shares(*records).year
    assert (found.certified, found.untitled, found.own) == D(300, 100, 400)


def test_a_statement_of_an_instrument_keeps_or_sells_attributes() -> None:
    stated = certificate("i7", kind="on_site", scheme="", serials="", technology="wind")
    wind = activity("w1", method="solar_heat", item="own_wind_power", quantity=500)
    assert shares(wind).year.certified == 0
    assert shares(wind, stated).year.certified == 500
    assert shares(wind, replace(stated, attributes="without")).year.certified == 0
    assert shares(wind, stated, replace(stated, id="i8", attributes="without")).year.certified == 0, "sold once is sold"
    later = replace(stated, start=date(2023, 6, 1))
    assert shares(wind, later).year.certified == 0, "January is not in what it says"


def test_a_statement_about_one_system_says_nothing_of_another() -> None:
    stated = certificate(
        "i7", kind="on_site", scheme="", serials="", technology="solar", system="p1", attributes="without"
    )
    roofs = roof(), roof(id="p2", source="Garage")
    found = shares(*roofs, stated, self_used(quantity=100), self_used("s2", source="Garage", quantity=40)).year
    assert (found.certified, found.untitled) == D(40, 100)


def test_fuel_burned_by_the_plant_is_used_and_not_renewable() -> None:
    parameters = (("heat", "20"), ("power", "3"), ("power_sold", "0"))
    engine = activity("c1", method="chp", item="natural_gas", unit="m3", parameters=parameters)
    found = shares(engine).year
    assert (found.used, found.certified, found.traced, found.own) == D(3000, 0, 0, 0)


def test_nuclear_is_apart() -> None:
    station = contract(technology="nuclear")
    found = shares(activity(), station, allocation("al1", "i9", "a1", 250)).year
    assert (found.certified, found.low_carbon) == D(0, 250)
    assert found.traced == 250, "a line from a nuclear station has no fossil fuel in it"


def test_what_is_stopped_counts_nothing() -> None:
    stopped = certificate(retired="")
    assert shares(activity(), stopped, allocation("al1", "i1", "a1", 250)).year.certified == 0


def test_a_bill_over_two_months_is_covered_in_both() -> None:
    bill = activity(start=date(2023, 1, 17), end=date(2023, 2, 14), quantity=29)
    found = shares(bill, certificate(), allocation("al1", "i1", "a1", 14))
    assert [one.used for one in found.months[:3]] == [15, 14, 0]
    assert exact_sum(one.certified for one in found.months) == 14
    assert found.months[0].start == date(2023, 1, 1)


def test_sources_add_up_to_the_plant() -> None:
    records = [*year_of_bills(), self_used(quantity=50), roof()]
    found = shares(*records)
    assert [source for source, _ in found.sources] == ["Main meter", "Roof"]
    assert exact_sum(one.used for _, one in found.sources) == found.year.used


def test_without_electricity_there_is_no_share() -> None:
    found = shares()
    assert found.year.used == 0
    assert found.year.shown("certified") is None
    assert found.year.exact("certified") == 0
    assert len(found.months) == 12


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        ("999.6", "1000", "99.9"),
        ("99.99999999999999999999999999999999999999999", "100", "99.9"),
        ("1000", "1000", "100.0"),
        ("0", "7", "0.0"),
        ("2", "3", "66.6"),
    ],
)
def test_a_share_is_rounded_down(part: str, whole: str, shown: str) -> None:
    assert str(shown_percent(Decimal(part), Decimal(whole))) == shown


@given(st.decimals(0, 10**12, places=9), st.decimals("0.000000001", 10**12, places=9))
def test_a_hundred_is_all_of_it(one: Decimal, other: Decimal) -> None:
    part, whole = sorted((one, other))
    shown = shown_percent(part, whole)
    assert shown is not None
    assert (shown == 100) == (part == whole)
    assert 0 <= Fraction(part) * 100 / Fraction(whole) - Fraction(shown) < Fraction(1, 10)


@given(covered_plants())
def test_no_share_is_above_a_hundred(records: list[Record]) -> None:
    found = shares(*records)
    for one in (found.year, *found.months, *(share for _, share in found.sources)):
        assert all(0 <= one.kwh(view) <= one.used for view in VIEWS)
        assert one.certified + one.low_carbon <= one.used
        assert one.untitled <= one.own


@given(covered_plants())
def test_months_are_the_year(records: list[Record]) -> None:
    found = shares(*records)
    for name in ("used", "certified", "traced", "own", "low_carbon", "untitled"):
        assert exact_sum(getattr(one, name) for one in found.months) == getattr(found.year, name)


@given(covered_plants(), st.randoms(use_true_random=False))
def test_the_order_of_import_does_not_matter(records: list[Record], random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert shares(*shuffled) == shares(*records)


def share(used: int, traced: str) -> Share:
    return Share(date(2023, 1, 1), date(2023, 12, 31), Decimal(used), ZERO, Decimal(traced), ZERO, ZERO, ZERO)


@pytest.mark.parametrize(
    ("used", "traced", "reached"),
    [
        (6_000_000, "2100000", [True, True, False]),
        (6_000_000, "2099999.999", [True, False, False]),
        (6_000_000, "5700000", [True, True, True]),
        (0, "0", [False, False, False]),
    ],
)
def test_the_levels_of_the_zero_carbon_factory(used: int, traced: str, reached: list[bool]) -> None:
    assert [one.reached for one in zero_carbon(share(used, traced), rulebook())] == reached


def test_the_physical_share_is_asked_of_large_users_alone() -> None:
    assert [one.applies for one in zero_carbon(share(5_000_000, "0"), rulebook())] == [True, False, True]
    assert [one.applies for one in zero_carbon(share(5_000_001, "0"), rulebook())] == [True, True, True]


def test_an_expert_may_change_a_threshold_and_the_conflict_is_said() -> None:
    changed = rulebook([RuleValue("zero_carbon.physical", "10", "The notice itself, table 2")])
    physical = zero_carbon(share(6_000_000, "700000"), changed)[1]
    assert physical.reached
    assert physical.ruling.original is not None
    assert (physical.ruling.status, physical.ruling.original.status) == ("USER", "WEAK")
    assert "30 % or 10 %" in physical.ruling.original.source


def test_months_outside_the_period_are_not_shown() -> None:
    found = shares(activity(**month(12, 2022)), activity("a2", **month(1)))
    assert len(found.months) == 12
    assert found.year.used == 1000
