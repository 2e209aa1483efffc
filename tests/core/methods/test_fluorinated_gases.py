"""Refrigerants, switchgear, extinguishers and process gases against published numbers and their own laws."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.inventory import Period, year_of
from core.library import SHIPPED
from core.methods import KG, OTHER, _escaping, _fluorinated
from core.methods._escaping import annual_loss, mass_balance, years_of
from core.methods.fire_extinguishers import BASIS
from core.methods.process_gases import process_emission
from core.methods.refrigerant_disposal import disposal_loss
from core.methods.refrigerant_screening import EQUIPMENT
from tests.core.methods.gases import LIBRARY, only, only_with, record, refused, rules
from tests.core.samples import compiled
from tests.documented import run_examples

MASSES = st.decimals(min_value=0, max_value=10**6, places=3)
SHARES = st.decimals(min_value=0, max_value=100, places=2)


def test_documented_examples() -> None:
    assert run_examples(_fluorinated).failed == run_examples(_escaping).failed == 0


# --- mass balance


def test_stocks_and_flows_of_the_epa_calculator() -> None:
    """35 lb of HFC-23: 25 lb less in stock, 10 lb bought; AR4 counts 14,800."""
    line = only(compiled([record("refrigerants", "HFC-23", 10, "lb", opening="11.33980925")], gwp="AR4"))
    assert abs(line.kg["HFCs"] - 35 * Decimal("0.45359237")) < KG
    assert abs(line.tco2e - 35 * Decimal("0.45359237") * Decimal("14.8")) < Decimal("0.000001")


def test_the_whole_balance() -> None:
    told: dict[str, Any] = {"opening": 40, "closing": 25, "disbursed": 5, "charge_change": -8}
    line = only(compiled([record("refrigerants", "HFC-134a", 30, **told)], gwp="AR5"))
    assert line.kg["HFCs"] == 40 - 25 + 30 - 5 + 8
    assert line.tco2e == Decimal(48) * 1300 / 1000
    assert line.trace[0].formula == "(40 kg − 25 kg) + (30 kg − 5 kg) − -8 kg"


def test_nothing_bought_still_leaks_from_stock() -> None:
    assert only(compiled([record("refrigerants", "HFC-134a", 0, opening=12, closing=2)])).kg["HFCs"] == 10


def test_more_left_than_there_was_is_excluded_with_its_quantity() -> None:
    rule, message = refused(record("refrigerants", "R-410A", 5, closing=9))
    assert rule == "negative_balance" and "4" in message


@given(opening=MASSES, bought=MASSES, sold=MASSES, closing=MASSES, change=MASSES)
def test_what_leaks_and_what_stays_is_what_there_was(
    opening: Decimal, bought: Decimal, sold: Decimal, closing: Decimal, change: Decimal
) -> None:
    leaked = mass_balance(opening, bought, sold, closing, change)
    assert leaked + sold + closing + change == opening + bought


@settings(max_examples=25)
@given(cut=st.integers(1, 364), bought=MASSES)
def test_a_balance_cut_in_two_periods_is_the_balance(cut: int, bought: Decimal) -> None:
    bill = record("refrigerants", "HFC-134a", bought, opening=1000, closing=400)
    middle = date.fromordinal(date(2023, 1, 1).toordinal() + cut)
    first = Period(date(2023, 1, 1), date.fromordinal(middle.toordinal() - 1))
    parts = [compiled([bill], period=p) for p in (first, Period(middle, date(2023, 12, 31)))]
    whole = only(compiled([bill])).tco2e
    assert abs(sum((only(part).tco2e for part in parts), Decimal(0)) - whole) <= 20 * KG


# --- screening


def test_screening_of_a_chiller_as_the_ipcc_ranges_say() -> None:
    """100 kg of R-410A, 2 to 15 % a year: 8.5 kg, flagged, with the range as limits of the factor."""
    inventory = compiled([record("refrigerant_screening", "R-410A", 100, equipment="chillers")], gwp="AR5")
    line = only(inventory)
    assert line.kg["HFCs"] == Decimal("8.5") and line.tco2e == Decimal("8.5") * Decimal("1923.5") / 1000
    assert line.factor.lower == Decimal("1923.5") * 2 / 100 and line.factor.upper == Decimal("1923.5") * 15 / 100
    assert line.factor.publisher == "IPCC" and "Table 7.9" in line.factor.place
    assert "ipcc_2006_leak_rates.chillers.leak_rate.World" in line.factor.parts
    (finding,) = [f for f in inventory.findings if f.rule == "screening_rate"]
    assert finding.severity == "info" and "2" in str(finding.message) and "15" in str(finding.message)


def test_screening_of_new_zealand() -> None:
    """Table B.1: a car holds 0.7 kg of HFC-134a and loses 10 % a year; AR5 counts 1,300: 91 kg CO2e."""
    line = only(compiled([record("refrigerant_screening", "HFC-134a", "0.7", equipment="ac_car")], gwp="AR5"))
    assert line.tco2e == Decimal("0.091") and "New Zealand" in line.factor.publisher


def test_the_plants_own_rate_replaces_the_published_one() -> None:
    inventory = compiled([record("refrigerant_screening", "R-410A", 100, equipment="chillers", rate=3)], gwp="AR5")
    line = only(inventory)
    assert line.kg["HFCs"] == 3 and line.factor.status == "USER" and line.factor.lower is None
    assert "screening_rate" not in rules(inventory)


def test_new_equipment_also_loses_while_it_is_filled() -> None:
    told: dict[str, Any] = {"equipment": "chillers", "installed": 50}
    line = only(compiled([record("refrigerant_screening", "HFC-134a", 100, **told)]))
    assert line.kg["HFCs"] == Decimal("8.5") + 50 * Decimal("0.6") / 100
    inventory = compiled([record("refrigerant_screening", "HFC-134a", 100, equipment="ac_bus", installed=50)])
    assert only(inventory).kg["HFCs"] == 10 and "no_installation_loss" in rules(inventory)


def test_half_a_year_of_the_same_charge_is_half() -> None:
    half: dict[str, Any] = {"start": date(2023, 1, 1), "end": date(2023, 7, 2)}
    line = only(compiled([record("refrigerant_screening", "HFC-134a", 100, equipment="ac_bus", **half)]))
    assert line.kg["HFCs"] == (Decimal(1000) * 183 / 365 / 100).quantize(KG)


def test_without_kind_and_rate_nothing_is_assumed() -> None:
    rule, message = refused(record("refrigerant_screening", "R-410A", 100))
    assert rule == "not_understood" and "Kind of equipment" in message


@pytest.mark.parametrize("key", [key for key, _ in EQUIPMENT.choices])
def test_every_kind_of_equipment_has_a_published_rate(key: str) -> None:
    (factor,) = LIBRARY.about(key, "leak_rate")
    assert factor.status in SHIPPED and factor.value is not None and 0 < factor.value < 50
    if factor.lower is not None and factor.upper is not None:
        assert factor.value == (factor.lower + factor.upper) / 2


def test_a_screening_is_the_same_with_only_the_rows_it_names() -> None:
    bill = record("refrigerant_screening", "R-404A", 77, equipment="chillers", installed=3)
    line = only(compiled([bill]))
    assert only(compiled([bill], library=only_with(line))) == line


@given(st.dates(date(2019, 1, 1), date(2025, 12, 31)), st.integers(0, 900), st.integers(1, 900))
def test_times_add_up(start: date, first: int, second: int) -> None:
    middle = date.fromordinal(start.toordinal() + first)
    end = date.fromordinal(middle.toordinal() + second)
    after = date.fromordinal(middle.toordinal() + 1)
    assert abs(years_of(start, middle) + years_of(after, end) - years_of(start, end)) < Decimal("1e-25")
    assert years_of(date(2024, 1, 1), date(2024, 12, 31)) == years_of(date(2023, 1, 1), date(2023, 12, 31)) == 1


@given(charge=MASSES, rate=SHARES)
def test_nothing_loses_more_than_it_holds_in_a_year(charge: Decimal, rate: Decimal) -> None:
    assert 0 <= annual_loss(charge, rate, Decimal(1)) <= charge


# --- retrofill and disposal


def test_what_was_not_recovered_has_escaped() -> None:
    line = only(compiled([record("refrigerant_disposal", "HCFC-22", 120, remaining=90, recovered=100)], gwp="AR5"))
    assert line.tco2e == 0 and line.apart(OTHER) == Decimal(8) * 1760 / 1000


def test_a_recovery_efficiency_in_place_of_a_mass() -> None:
    """EPA: domestic refrigeration, 80 % left at disposal, 70 % of it recovered."""
    line = only(compiled([record("refrigerant_disposal", "HFC-134a", 10, remaining=80, recovery_efficiency=70)]))
    assert line.kg["HFCs"] == Decimal("2.4")


def test_disposal_never_underestimates_what_nobody_knows() -> None:
    assert only(compiled([record("refrigerant_disposal", "HFC-134a", 10)])).kg["HFCs"] == 10
    assert only(compiled([record("refrigerant_disposal", "SF6", 10)])).kg["SF6"] == 10


def test_more_recovered_than_was_inside() -> None:
    rule, message = refused(record("refrigerant_disposal", "HFC-134a", 10, recovered=11))
    assert rule == "contradiction" and "11" in message
    with pytest.raises(UserError):
        disposal_loss(Decimal(10), Decimal(50), Decimal(6))


# --- switchgear


def test_switchgear_by_its_charge() -> None:
    """GB/T 8905: 0.5 % a year of 200 kg of SF6; AR5 counts 23,500."""
    inventory = compiled([record("switchgear_gas", "SF6", 200, basis="charge")], gwp="AR5")
    line = only(inventory)
    assert line.kg["SF6"] == 1 and line.tco2e == Decimal("23.5") and "GB/T 8905" in line.factor.edition
    assert "screening_rate" in rules(inventory)


def test_switchgear_topped_up_is_what_it_was_as_refrigerant() -> None:
    before, now = (only(compiled([record(m, "SF6", 3)])) for m in ("refrigerants", "switchgear_gas"))
    assert before.tco2e == now.tco2e == 3 * LIBRARY.gwp["AR6"].species["SF6"].gwp / 1000
    assert before.factor == now.factor


def test_switchgear_by_balance_and_by_own_rate() -> None:
    balance = record("switchgear_gas", "SF6", 10, basis="charge", opening=5, closing=8, charge_change=4)
    assert only(compiled([balance])).kg["SF6"] == 3
    assert only(compiled([record("switchgear_gas", "SF6", 200, rate="0.1")])).kg["SF6"] == Decimal("0.2")


# --- fire extinguishers


@pytest.mark.parametrize(("basis", "kilograms"), [("fixed_extinguisher", "3.5"), ("portable_extinguisher", "2.5")])
def test_extinguishers_by_their_charge(basis: str, kilograms: str) -> None:
    """US EPA: 3.5 % of fixed and 2.5 % of portable capacity a year."""
    inventory = compiled([record("fire_extinguishers", "fm_200", 100, basis=basis)], gwp="AR5")
    assert only(inventory).kg["HFCs"] == Decimal(kilograms)
    assert only(inventory).tco2e == Decimal(kilograms) * 3350 / 1000
    assert "screening_rate" in rules(inventory)


def test_discharged_agents_count_whole_and_halons_apart() -> None:
    assert only(compiled([record("fire_extinguishers", "co2_extinguisher", 45)])).tco2e == Decimal("0.045")
    inventory = compiled([record("fire_extinguishers", "Halon-1301", 2)], gwp="AR5")
    line = only(inventory)
    assert line.tco2e == 0 and line.apart(OTHER) == Decimal("12.58") and "outside_the_basket" in rules(inventory)
    assert BASIS.choices[0][0] == "discharged"


@pytest.mark.parametrize(
    ("text", "key"),
    [("七氟丙烷", "fm_200"), ("FM-200", "fm_200"), ("二氧化碳灭火器", "co2_extinguisher"), ("六氟丙烷", "fe_36")],
)
def test_names_of_agents(text: str, key: str) -> None:
    assert LIBRARY.recognise(text) is LIBRARY.items[key]


# --- process gases


def test_abatement_of_a_process_gas() -> None:
    """100 kg of C2F6, 40 % used up, 90 % of the exhaust abated by 95 %: 8.7 kg."""
    told: dict[str, Any] = {"utilisation": 40, "capture": 90, "destruction": 95}
    line = only(compiled([record("process_gases", "process_c2f6", 100, **told)], gwp="AR5"))
    assert line.kg["PFCs"] == Decimal("8.7") and line.tco2e == Decimal("8.7") * Decimal("11.1")


def test_without_a_utilisation_all_of_it_escapes() -> None:
    inventory = compiled([record("process_gases", "NF3", 10)])
    assert only(inventory).kg["NF3"] == 10 and "no_utilisation" in rules(inventory)


def test_cf4_is_formed_and_has_a_line_of_its_own() -> None:
    bill = record(
        "process_gases", "process_c2f6", 100, utilisation=40, cf4_byproduct="0.2", capture=50, destruction=100
    )
    lines = compiled([bill], gwp="AR5").lines
    assert [line.id for line in lines] == ["a1", "a1:PFC-14"]
    assert [line.kg["PFCs"] for line in lines] == [30, 10]
    assert all(line.trace[-1].result == line.tco2e for line in lines)


def test_laughing_gas_and_sf6_are_process_gases_too() -> None:
    lines = compiled([record("process_gases", "process_n2o", 1), record("process_gases", "SF6", 1, key="a2")]).lines
    assert [line.kg["N2O"] for line in lines] == [1, 0] and lines[1].kg["SF6"] == 1


@given(used=MASSES, utilisation=SHARES, capture=SHARES, destruction=SHARES)
def test_no_more_escapes_than_is_fed_in(
    used: Decimal, utilisation: Decimal, capture: Decimal, destruction: Decimal
) -> None:
    escaped = process_emission(used, utilisation, capture, destruction)
    assert 0 <= escaped <= used
    assert escaped <= process_emission(used, utilisation, Decimal(0), destruction)


# --- all


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_year_of_a_charge_is_its_rate_in_a_leap_year_too(year: int) -> None:
    days: dict[str, Any] = {"start": date(year, 1, 1), "end": date(year, 12, 31)}
    bill = record("switchgear_gas", "SF6", 1000, basis="charge", **days)
    assert only(compiled([bill], period=year_of(year))).kg["SF6"] == 5


@pytest.mark.parametrize("wrong", [{"rate": 101}, {"equipment": "fridge"}, {"installed": -1}, {"colour": 1}])
def test_parameters_that_make_no_sense_are_told(wrong: dict[str, Any]) -> None:
    rule, _ = refused(record("refrigerant_screening", "R-410A", 100, **{"equipment": "chillers", **wrong}))
    assert rule == "not_understood"
