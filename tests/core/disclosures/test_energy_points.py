"""Energy of the plant: by hand, by law, and never nought for what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.disclosures.derived._fuels import fuels
from core.disclosures.value import PointValue
from core.disclosures.values import values_of
from core.handover.asked import known_of
from core.ledger import Audit, Evidence, Instrument, Ledger, OwnFactor, Plant, Record
from core.methods import exact_sum
from tests.core.disclosures.plants import ARRAY, ENERGY, LIBRARY, ROOF, TODAY, bill, gathered, no_blob, values
from tests.core.renewables.plants import covered_plants
from tests.core.samples import PLANT, green, ledgers

GAS = Decimal("389.31")
"""Net calorific value of natural gas, GB/T 32151-2024, appendix C. [GJ/10⁴ m³]"""
DIESEL = Decimal("42.652")
"""[GJ/t]"""
SUMS = ("energy.total", "energy.ren", "energy.nonren")
PARTS = ("energy.fuel_ren", "energy.fuel_nonren", "energy.el_buy_ren", "energy.el_buy_nonren", "energy.self_used")


def number(values: Mapping[str, PointValue], key: str) -> Decimal:
    value = values[key]
    assert isinstance(value.value, Decimal), value
    return value.value


def rows(value: PointValue) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in value.rows}


def close(one: Decimal, other: Decimal | int | str) -> bool:
    """To the ninth decimal, to which each record is kept."""
    return abs(one - Decimal(other)) < Decimal("1e-8")


def test_fuels_by_net_calorific_value_as_the_lines_use_it() -> None:
    known = gathered(*ENERGY)
    (line,) = (one for one in known.inventory.lines if one.activity.id == "gas")
    used = next(step.result for step in line.trace if step.unit == "GJ")
    found = {one.portion.activity.id: one for one in fuels(known).burned}
    assert used == 10 * GAS and close(found["gas"].energy, used / Decimal("3.6"))
    assert found["gas"].renewable == 0 and found["pellets"].renewable == found["pellets"].energy > 0
    assert [row[:3] for row in values_of(known)["energy.fuel_type"].rows] == [
        ("diesel", "mobile", "no"), ("natural_gas", "stationary", "no"), ("wood_pellets", "stationary", "yes"),
    ]  # fmt: skip


def test_the_whole_by_hand() -> None:
    known = gathered(*ENERGY)
    found = values_of(known)
    fossil = exact_sum(one.energy for one in fuels(known).burned if one.portion.activity.id != "pellets")
    assert close(number(found, "energy.fuel_nonren"), fossil)
    assert number(found, "energy.el_buy_ren") == 400, "covered by the contract"
    assert number(found, "energy.el_buy_nonren") == 600
    assert rows(found["energy.heat_buy"]) == {"heat": ("0", "1000")}
    assert number(found, "energy.self_used") == 400 + 20, "500 MWh made, 100 MWh fed in; and the collectors"
    pellets = number(found, "energy.fuel_ren")
    assert close(number(found, "energy.ren"), pellets + 400 + 420)
    assert close(number(found, "energy.nonren"), fossil + 600 + 1000)
    part = found["energy.ren_el_pct"].parts
    assert part == (Decimal(800), Decimal(1400))


def test_own_generation_by_carrier_and_pv() -> None:
    found = values(*ENERGY)
    amounts = {key: number(found, f"energy.{key}") for key in ("pv_gross", "pv_used", "pv_export", "pv_kw")}
    assert amounts == {"pv_gross": 500, "pv_used": 400, "pv_export": 100, "pv_kw": 500}
    assert rows(found["energy.gen"]) == {
        "electricity": ("500", "400", "500", "400"), "heat": ("20", "20", "20", "20"),
    }  # fmt: skip
    meters = {one for origin in found["energy.pv_used"].origins for one in origin.ids}
    assert meters == {"made", "fed"}, "what is used follows from two meters, and both can be opened"


def test_sold_attributes_are_energy_and_not_renewable() -> None:
    kept = values(*ENERGY)
    for owner in ("other", ""):
        records = [replace(ROOF, attributes_owner=owner) if one is ROOF else one for one in ENERGY]
        found = values(*records)
        assert number(found, "energy.total") == number(kept, "energy.total")
        assert number(found, "energy.ren") == number(kept, "energy.ren") - 400
        assert number(found, "energy.self_used") == 20
        assert number(found, "energy.pv_used") == 400


def test_a_combined_plant_counts_by_its_fuel_and_is_told_by_carrier() -> None:
    said = (("heat", "720"), ("power", "150"), ("power_sold", "50"))
    found = values(bill("chp", "chp", "natural_gas", 50_000, "m3", parameters=said))
    energy = 5 * GAS / Decimal("3.6")
    assert close(number(found, "energy.total"), energy) and number(found, "energy.self_used") == 0
    assert rows(found["energy.gen"]) == {"electricity": ("150", "100", "0", "0"), "heat": ("200", "200", "0", "0")}
    assert found["energy.fuel_type"].rows[0][:3] == ("natural_gas", "chp", "no")


def test_the_share_of_biomass_in_a_mixed_fuel_is_renewable() -> None:
    found = values(bill("mix", "stationary_combustion", "anthracite", 100, "t", parameters=(("biomass_share", "25"),)))
    assert close(number(found, "energy.fuel_ren") * 3, number(found, "energy.fuel_nonren"))


def test_steam_by_its_enthalpy_and_acetylene_by_net_use() -> None:
    steam = bill("steam", "purchased_heat", "steam", 10, "t", parameters=(("pressure", "0.8"),))
    torch = bill("torch", "acetylene", "acetylene", 90, "kg", parameters=(("closing", "10"), ("opening", "20")))
    found = values(steam, torch)
    assert close(Decimal(rows(found["energy.heat_buy"])["steam"][1]), Decimal("26.8466") / Decimal("3.6"))
    assert close(number(found, "energy.fuel_nonren"), Decimal("0.1") * Decimal("48.22") / Decimal("3.6"))


def test_gross_calorific_values_become_net_ones() -> None:
    britain = Plant("Luton", "GB")
    gross = bill("gas", "stationary_combustion", "natural_gas", 100_000, "kWh_gross")
    energy = number(values(gross, plant=britain), "energy.total")
    assert Decimal(88) < energy < Decimal(92), "about nine tenths of the gross energy of natural gas are net"


# ---------------------------------------------------------------------- what is not known


def test_without_a_calorific_value_there_is_no_sum_and_it_says_which() -> None:
    solvent = bill("plastics", "stationary_combustion", "waste_plastics", 10, "t")
    found = values(*ENERGY, solvent)
    for key in (*SUMS, "energy.fuel_ren", "energy.fuel_type", "energy.int_rev"):
        assert found[key].value is None and "Plastics (burned)" in str(found[key].missing), key
    assert number(found, "energy.el_buy_ren") == 400, "what does not need it is known all the same"
    own = OwnFactor("f1", "Plastics", "laboratory", "Lab", "7", "p. 1", "waste_plastics", "ncv", "GJ/t",
                    (("value", "36"),), date(2023, 1, 1), date(2023, 12, 31), "e-lab")  # fmt: skip
    helped = values(*ENERGY, solvent, own, Evidence("e-lab", "lab.pdf", "laboratory", "0" * 64, 1))
    assert close(number(helped, "energy.fuel_nonren"), number(values(*ENERGY), "energy.fuel_nonren") + 100)


def test_a_unit_that_says_neither_net_nor_gross_is_no_energy() -> None:
    found = values(bill("gas", "stationary_combustion", "natural_gas", 100_000, "kWh"))
    assert found["energy.total"].missing is not None


def test_steam_without_pressure_is_no_energy() -> None:
    found = values(*ENERGY, bill("steam", "purchased_heat", "steam", 10, "t"))
    assert "enthalpy" in str(found["energy.total"].missing) and found["energy.heat_buy"].missing is not None
    assert number(found, "energy.fuel_nonren") > 0


def test_a_meter_of_generation_alone_does_not_say_what_was_used() -> None:
    found = values(bill("made", "solar_generation", "solar_generated", 500_000, "kWh", source="Roof"), *ENERGY[:1])
    assert number(found, "energy.pv_gross") == 500
    assert found["energy.pv_used"].missing is not None and found["energy.pv_export"].missing is not None


def test_capacity_needs_modules_and_counts_what_had_begun() -> None:
    without = [one for one in ENERGY if one is not ARRAY]
    assert "Roof" in str(values(*without)["energy.pv_kw"].missing)
    later = replace(ARRAY, id="pa2", commissioned="2024-02-01", dc_power=Decimal(70))
    assert number(values(*ENERGY, later), "energy.pv_kw") == 500
    unknown = [one for one in without if one is not ROOF]
    assert values(*unknown)["energy.pv_kw"].missing is not None, "generation without a system is not nought"
    assert number(values(*ENERGY[:1]), "energy.pv_kw") == 0


def test_a_stopped_instrument_covers_nothing() -> None:
    proof, contract, allocated = green("el", 400_000, "i1")
    assert isinstance(contract, Instrument)
    found = values(*ENERGY[:1], proof, replace(contract, evidence=()), allocated)
    assert found["energy.contracts"].rows == () and number(found, "energy.el_buy_ren") == 0


# ---------------------------------------------------------------------- laws


def _lawful(found: Mapping[str, PointValue]) -> None:
    total, renewable, other = (found[key] for key in SUMS)
    assert total.known == renewable.known == other.known
    if total.known:
        assert number(found, SUMS[0]) == number(found, SUMS[1]) + number(found, SUMS[2])
        bought = exact_sum(Decimal(row[2]) for row in found["energy.heat_buy"].rows)
        parts = exact_sum((*(number(found, key) for key in PARTS), bought))
        untitled = number(found, "energy.total") - parts
        assert untitled >= 0, "own electricity whose attributes are not kept stands in no part"
        assert exact_sum(number(found, key) for key in ("energy.fuel_ren", "energy.fuel_nonren")) == exact_sum(
            Decimal(row[3]) for row in found["energy.fuel_type"].rows
        )


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_energy_is_renewable_or_not(drawn: tuple[Ledger, Audit]) -> None:
    ledger, audit = drawn
    _lawful(values_of(known_of(ledger, int(audit.id), LIBRARY, no_blob, TODAY)))


@settings(max_examples=40, deadline=None)
@given(covered_plants())
def test_electricity_is_that_of_the_shares(records: list[Record]) -> None:
    known = known_of(Ledger.of([PLANT, *records]), 2023, LIBRARY, no_blob, TODAY)
    assume(known.inventory.lines)
    found = values_of(known)
    _lawful(found)
    assert known.shares is not None
    used = exact_sum((number(found, "energy.el_buy_ren"), number(found, "energy.el_buy_nonren")))
    own = known.shares.year.own
    assert used * 1000 == known.shares.year.used - own


@settings(max_examples=40, deadline=None)
@given(ledgers(), st.permutations(range(8)))
def test_the_order_of_records_changes_nothing(drawn: tuple[Ledger, Audit], order: list[int]) -> None:
    ledger, _ = drawn
    records: list[Any] = [one for held in ledger.records.values() for one in held.values()]
    turned = Ledger.of([records[place] for place in sorted(range(len(records)), key=lambda n: order[n % 8])])
    one, other = (values_of(known_of(held, 2023, LIBRARY, no_blob, TODAY)) for held in (ledger, turned))
    for key, value in one.items():
        assert (value.value, sorted(value.rows), value.parts) == (
            other[key].value, sorted(other[key].rows), other[key].parts,
        )  # fmt: skip
