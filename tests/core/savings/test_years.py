"""Calendar years and months, tonnes and money of any measure; several measures together; plain values."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.finance import npv
from core.inventory import Choices, compile_inventory, year_of
from core.ledger import Activity, Audit, Ledger, Measure, Plant
from core.library import load_library
from core.methods import plain
from core.savings import all_kinds, check_measure, saving_of, savings_of, savings_to_plain
from core.savings._finance import cash
from tests.core.savings.measures import PLANT, measure, saving, summed

LIBRARY = load_library()
DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))


# ---------------------------------------------------------------------- days


@settings(max_examples=40)
@given(DAYS, DAYS)
def test_days_add_up_to_the_years(one: date, other: date) -> None:
    start, end = sorted((one, other))
    found = saving("lighting", start=start.isoformat(), end=end.isoformat())
    whole = Decimal(91200)
    for year in found.years:
        days = (year.end - year.start).days + 1
        assert abs(year.kwh - whole * days / (366 if year.year == 2024 else 365)) < Decimal("1e-8")
    assert [year.year for year in found.years] == list(range(start.year, end.year + 1))
    assert found.kwh == sum((year.kwh for year in found.years), Decimal(0))


def test_a_whole_year_is_the_year_leap_or_not() -> None:
    found = saving("lighting", start="2023-01-01", end="2024-12-31")
    assert [year.kwh for year in found.years] == [91200, 91200]


def test_known_months_are_cut_by_their_own_days() -> None:
    found = saving("solar_hot_water", start="2024-06-16", end="2024-07-31", pumps="")
    (june, july) = found.years[0].months
    whole = dict(saving("solar_hot_water", pumps="").years[0].months)
    assert abs(june[1] * 2 - whole[date(2024, 6, 1)]) < Decimal("1e-8")
    assert july[1] == whole[date(2024, 7, 1)]


def test_only_the_years_that_are_asked_for() -> None:
    found = measure("lighting", end="2030-12-31")
    years = saving_of(found, LIBRARY, PLANT, first=2025, last=2026).years
    assert [year.year for year in years] == [2025, 2026]
    assert saving_of(found, LIBRARY, PLANT, first=1990, last=2000).years == ()


# ---------------------------------------------------------------------- tonnes


@pytest.mark.parametrize("plant", [PLANT, Plant("Luton", "GB"), Plant("Tychy", "PL")])
@pytest.mark.parametrize(
    ("item", "method", "unit", "scope"),
    [
        ("electricity", "purchased_electricity", "kWh", "scope2_location"),
        ("natural_gas", "stationary_combustion", "kWh_net", "scope1"),
        ("heat", "purchased_heat", "kWh", "scope2_location"),
    ],
)
def test_saved_energy_counts_as_on_a_bill(plant: Plant, item: str, method: str, unit: str, scope: str) -> None:
    found = saving("heat_pump", plant=plant, item=item, efficiency="100", electricity="0", seasonal_factor="")
    line = found.years[0].lines[0]
    bill = Activity(
        "a1", "x", method, item, date(2024, 1, 1), date(2024, 12, 31), line.amounts.saved, unit, evidence="b"
    )
    inventory = compile_inventory(Ledger.of([plant, bill]), Choices(year_of(2024)), LIBRARY)
    expected = [one for one in inventory.lines if one.scope == scope]
    if not expected:
        assert line.tonnes is None and line.reason is not None
        assert "counts no tonnes" in " ".join(map(str, found.warnings))
        return
    assert line.tonnes == expected[0].tco2e and line.factor == expected[0].factor


def test_a_factor_of_another_year_is_told_once_for_all_years() -> None:
    found = saving("lighting", end="2033-12-31")
    words = [str(text) for text in found.notes]
    assert words.count("Electricity from the grid: the factor describes 2023 and is applied to 2024–2033.") == 1


def test_the_audit_of_each_year_chooses() -> None:
    gas = replace(measure("heat_pump", item="natural_gas"), end=date(2025, 12, 31))
    audits = [
        Audit("2024", date(2024, 1, 1), date(2024, 12, 31), gwp_set="AR4"),
        Audit("2025", date(2025, 1, 1), date(2025, 12, 31), gwp_set="AR6"),
    ]
    (one,) = savings_of(Ledger.of([PLANT, *audits, gas]), LIBRARY).savings
    assert [year.beside[0].tonnes for year in one.years] == [Decimal("0.36") * 675 / 1000, Decimal("0.36") * 771 / 1000]


def test_an_unknown_gwp_set_is_refused() -> None:
    with pytest.raises(UserError, match="Unknown GWP set"):
        saving_of(measure("lighting"), LIBRARY, PLANT, gwp_set="AR1")


# ---------------------------------------------------------------------- money


def test_a_price_per_cubic_metre_counts_the_gas_behind_the_heat() -> None:
    per_m3 = (
        saving("heat_pump", currency="CNY", price="3.5", price_unit="m3", electricity_price="0.7").years[0].lines[0]
    )
    ncv = Decimal("389.31") / Decimal("3.6") / 10  # kWh/m3, GB/T 32151.34-2024
    expected = per_m3.amounts.saved / ncv * Decimal("3.5")
    assert per_m3.money is not None and abs(per_m3.money / expected - 1) < Decimal("0.001")


def test_a_missing_price_is_told_by_its_carrier() -> None:
    found = saving("heat_pump", currency="EUR", price="0.1")
    assert "Electricity from the grid (Heat pump) has no price, so it counts no money." in map(str, found.warnings)


def test_a_price_for_a_mass_of_electricity_does_not_fit() -> None:
    found = saving("lighting", currency="EUR", price="90", price_unit="t")
    assert found.years[0].money == 0
    assert "does not fit its unit" in " ".join(map(str, found.warnings))


def test_what_the_investment_is_worth() -> None:
    found = saving(
        "lighting", end="2033-12-31", currency="CNY", price="0.7", capex="200000", opex="-1000", discount_rate="6",
        price_change="2",
    )  # fmt: skip
    money = found.finance
    assert money is not None and money.life == 10 and money.yearly == Decimal("63840.00")
    assert money.flows[:3] == (Decimal("-200000.00"), Decimal("64840.00"), Decimal("66116.80"))
    assert money.npv == round(Decimal(repr(npv(0.06, [float(one) for one in money.flows]))), 2)
    assert len(money.irr) == 1 and money.payback is not None and Decimal(3) < money.payback < Decimal("3.1")
    assert money.discounted_payback is not None and money.discounted_payback > money.payback


def test_without_a_discount_rate_there_is_no_present_value() -> None:
    found = saving("lighting", currency="CNY", price="0.7", capex="200000", life="8")
    assert found.finance is not None and found.finance.life == 8
    assert found.finance.npv is None and found.finance.discounted_payback is None and found.finance.irr


def test_a_measure_that_loses_money_never_pays_back() -> None:
    found = saving("lighting", currency="CNY", price="0.7", capex="200000", opex="70000", life="8", discount_rate="5")
    assert found.finance is not None and found.finance.payback is None and found.finance.irr == ()


def test_an_investment_without_a_price_cannot_be_judged() -> None:
    found = saving("lighting", currency="CNY", capex="200000")
    assert found.finance is None
    assert "cannot be judged" in " ".join(map(str, found.warnings))


@given(st.integers(1, 40), st.decimals(0, 10**6, places=2), st.decimals(-(10**5), 10**5, places=2))
def test_cash_without_change_of_prices_is_the_same_every_year(life: int, yearly: Decimal, opex: Decimal) -> None:
    flows = cash(Decimal(1000), yearly, opex, life, Decimal(0))
    assert len(flows) == life + 1 and set(flows[1:]) == {yearly - opex}


def test_what_the_plant_knows_of_its_certainty_is_kept() -> None:
    sure = saving("compressed_air", uncertainty="15").effect.uncertainty
    assert sure is not None and sure.percent == 15 and str(sure.basis) == "As stated by the plant."


# ---------------------------------------------------------------------- many measures


def test_totals_are_exact_sums_of_lines() -> None:
    found = summed(
        measure("lighting", "s1", end="2026-12-31", currency="CNY", price="0.7"),
        measure("compressed_air", "s2", end="2025-06-30", currency="CNY", price="0.71"),
        measure("heat_pump", "s3", start="2024-03-05", currency="EUR", price="0.1", electricity_price="0.2"),
    )
    for year in found.years:
        held = [one for saving in found.savings for one in saving.years if one.year == year.year]
        lines = [line for one in held for line in one.lines]
        assert year.kwh == sum((line.kwh for line in lines if line.kwh is not None), Decimal(0))
        assert year.tonnes == sum((line.tonnes for line in lines if line.tonnes is not None), Decimal(0))
        assert year.kwh == sum((kwh for _, kwh, _ in year.kinds), Decimal(0))
        assert year.tonnes == sum((tonnes for _, _, tonnes in year.kinds), Decimal(0))
    assert [year.year for year in found.years] == [2024, 2025, 2026]
    (first,) = (year for year in found.years if year.year == 2024)
    assert dict(first.money).keys() == {"CNY", "EUR"} and first.beside > 0
    assert found.kwh == sum((saving.kwh for saving in found.savings), Decimal(0))


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({"source": "Hall 1"}, {"source": "Hall 1"}, "at the same source, Hall 1"),
        ({"source": "Hall 1"}, {}, "not all of them name their source"),
        ({}, {}, "not all of them name their source"),
        ({"source": "Hall 1"}, {"source": "Hall 2"}, ""),
        ({}, {"start": "2025-01-01", "end": "2025-12-31"}, ""),
    ],
)
def test_two_measures_that_may_count_the_same_are_told(one: dict[str, str], other: dict[str, str], words: str) -> None:
    found = summed(measure("lighting", "s1", name="Lamps", **one), measure("compressed_air", "s2", name="Air", **other))
    if not words:
        assert found.overlaps == ()
        return
    (overlap,) = found.overlaps
    assert "“Lamps”, “Air” save" in str(overlap.message) and words in str(overlap.message)
    assert str(overlap.remedy)


def test_all_measures_of_one_carrier_make_one_warning() -> None:
    sources = ["", "", "Hall", "Hall", "Hall"]
    found = summed(*(measure("lighting", f"s{n}", source=source) for n, source in enumerate(sources, start=1)))
    same, unnamed = found.overlaps
    assert [one.id for one in same.measures] == ["s3", "s4", "s5"]
    assert [one.id for one in unnamed.measures] == ["s1", "s2", "s3", "s4", "s5"]


def test_different_carriers_never_overlap() -> None:
    assert summed(measure("lighting", "s1"), measure("heat_pump", "s2")).overlaps == ()


def test_one_measure_that_cannot_be_calculated_hides_no_other() -> None:
    unknown = replace(measure("lighting", "s3"), kind="magic")
    found = summed(measure("baseline", "s1"), measure("lighting", "s2"), unknown)
    assert [one.measure.id for one in found.savings] == ["s2"]
    assert [one.measure.id for one in found.unclear] == ["s1", "s3"]
    assert "no table yet" in str(found.unclear[0].error.message)
    assert "Unknown kind of measure" in str(found.unclear[1].error.message)


def test_a_kept_table_is_asked_for_by_its_hash() -> None:
    kept = replace(measure("baseline", "s1"), data="ab" * 32)
    found = summed(kept, blobs={"ab" * 32: all_kinds()["baseline"].example_data.encode()})
    assert [one.measure.id for one in found.savings] == ["s1"]


def test_a_plant_without_measures_is_empty() -> None:
    found = summed()
    assert found.empty and found.kwh == 0 and found.tonnes == 0 and found.of(2024) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "a\nb"}, "needs a name"),
        ({"end": date(2023, 1, 1)}, "before it begins"),
        ({"end": date(2100, 1, 1)}, "at most 60 years"),
        ({"item": "unobtainium"}, "is not something that"),
        ({"kind": "magic"}, "Unknown kind"),
        ({"parameters": (("source", "x" * 300),)}, "name of the source"),
    ],
)
def test_a_frame_that_cannot_be_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        check_measure(replace(measure("lighting"), **changes), LIBRARY)  # type: ignore[arg-type]
    assert refused.value.remedy is not None


def test_digits_that_no_arithmetic_holds_are_refused_and_not_a_crash() -> None:
    huge = "9" * 30
    broken: Measure = measure("lighting", watts_before=huge, luminaires_before=huge)
    with pytest.raises(UserError, match="cannot be calculated"):
        saving_of(broken, LIBRARY, PLANT)


# ---------------------------------------------------------------------- plain values


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_plain_values_say_everything_and_are_json(lang: str) -> None:
    found = summed(
        measure("lighting", "s1", currency="CNY", price="0.7", capex="90000", option="A", sample_before="60",
                sample_after="60"),
        replace(measure("baseline", "s2"), data="t"),
        measure("solar_hot_water", "s3"),
        blobs={"t": all_kinds()["baseline"].example_data.encode()},
    )  # fmt: skip
    told = json.loads(json.dumps(savings_to_plain(found, lang), ensure_ascii=False))
    lamp, metered = told["measures"]
    assert lamp["total"] == {"kwh": "91200", "tco2e": plain(found.savings[0].tonnes), "money": "63840"}
    assert lamp["finance"]["irr_roots"] == 1 and lamp["ipmvp_option"] == "A"
    assert lamp["years"][0]["lines"][0]["factor"]["region"] == "CN-HE"
    assert metered["regression"]["p"] == 4 and len(metered["years"][0]["months"]) == 12
    assert told["unclear"][0]["id"] == "s3" and told["unclear"][0]["remedy"]
    assert told["overlaps"][0]["measures"] == ["s1", "s2"]
    assert told["years"][0]["kinds"].keys() == {"lighting", "baseline"}
    assert told["memo"] and (lang == "zh" or "never subtracted" in told["memo"])
