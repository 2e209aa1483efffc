"""The Chinese summary: what counts, what stands beside, and the proof of every number."""

from __future__ import annotations

from decimal import Decimal

from core.inventory.views import GbtView, gbt_view, unproven
from core.ledger import Record
from tests.core.inventory.views.everything import judgement, kept, own_factor, plant_with, waste
from tests.core.samples import activity, green

DIESEL = activity("d", method="stationary_combustion", item="diesel", unit="t", quantity=10)
POWER = activity("e", unit="MWh", quantity=1000)
HEAT = activity("h", method="purchased_heat", item="heat", unit="GJ", quantity=100)
LEAK = activity("r", method="refrigerants", item="HFC-134a", unit="kg", quantity=1)
SOLD = activity("s", method="exported_energy", item="electricity_sold", unit="MWh", quantity=100)


def view(*records: Record) -> GbtView:
    return gbt_view(plant_with(*records, policy="gbt-32150-2025"))


def counted(seen: GbtView) -> dict[str, Decimal]:
    return {r.row.key: r.counted for r in seen.rows if r.counted}


def test_burning_counts_carbon_dioxide_alone() -> None:
    row = view(DIESEL).row("combustion")
    assert round(row.counted, 4) == Decimal("30.9591"), "10 t × 42.652 GJ/t × 0.0202 tC/GJ × 0.98 × 44/12"
    assert row.beside > 0 and row.beside == row.row.gases["CH4"] + row.row.gases["N2O"]
    assert row.counted + row.beside == row.row.tco2e


def test_process_and_leaks_count_every_gas() -> None:
    row = view(LEAK).row("fugitive")
    assert row.counted == row.row.gases["HFCs"] == Decimal("1.53") and row.beside == 0


def test_totals_with_and_without_energy() -> None:
    seen = view(DIESEL, POWER, HEAT, LEAK, SOLD)
    sums = counted(seen)
    assert sums["purchased_electricity"] == Decimal("530.6")
    assert sums["purchased_heat"] == 11
    assert sums["exported_electricity"] == Decimal("53.06")
    assert seen.without_energy == sums["combustion"] + sums["fugitive"]
    assert seen.with_energy == seen.without_energy + Decimal("530.6") + 11 - Decimal("53.06")
    assert "outside" not in sums and "not_applied" not in sums


def test_scope_3_and_avoided_emissions_are_outside() -> None:
    solar = activity("p", method="solar_generation", item="solar_self_used")
    seen = view(solar, waste(), judgement("scope3:1", "relevant"))
    assert len(seen.row("outside").details) == 2
    assert seen.with_energy == 0


def test_proven_green_power_counts_as_zero() -> None:
    bill = activity("g", unit="MWh", quantity=100)
    row = view(bill, *green("g", 100_000), POWER).row("purchased_electricity")
    assert row.counted == Decimal("530.6") and row.zero_rated == Decimal("53.06")
    assert row.counted + row.zero_rated == row.row.tco2e


def test_green_power_without_proof_counts_in_full() -> None:
    bill = activity("g", unit="MWh", quantity=100)
    row = view(bill, *green("g", 100_000, proof=False)).row("purchased_electricity")
    assert (row.counted, row.zero_rated) == (Decimal("53.06"), Decimal(0))


def test_a_bill_covered_in_part_counts_in_part() -> None:
    row = view(activity("g", unit="MWh", quantity=100), *green("g", 60_000)).row("purchased_electricity")
    assert row.counted == Decimal("21.224") and row.zero_rated == Decimal("31.836")


def test_a_contract_that_is_not_zero_takes_nothing_off() -> None:
    coal = green("g", 60_000, factor=Decimal("0.9"), technology="mixed")
    row = view(activity("g", unit="MWh", quantity=100), *coal).row("purchased_electricity")
    assert (row.counted, row.zero_rated) == (Decimal("53.06"), Decimal(0))


def test_heat_counts_with_the_factor_of_its_supplier() -> None:
    seen = view(HEAT, own_factor("heat", "supplier", "kg/GJ", "70"))
    assert seen.row("purchased_heat").counted == 7
    assert [d.line.scope for d in seen.row("not_applied").details] == ["scope2_location"]
    (detail,) = seen.row("purchased_heat").details
    assert [(c.key, c.value, c.origin, c.place) for c in detail.components] == [
        ("factor", Decimal(70), "measured", "p. 2")
    ]


def test_default_components_of_a_fuel() -> None:
    (detail,) = view(DIESEL).row("combustion").details
    numbers = [(c.key, c.value, c.unit, c.origin) for c in detail.components]
    assert numbers[:3] == [
        ("ncv", Decimal("42.652"), "GJ/t", "default"),
        ("carbon", Decimal("0.0202"), "tC/GJ", "default"),
        ("oxidation", Decimal("0.98"), "1", "default"),
    ]
    assert {key for key, *_ in numbers[3:]} == {"other_gases"}, "the factor of CH4 and N2O is none of CO2"
    assert all("C.1" in c.place for c in detail.components[:3])


def test_measured_components_replace_the_defaults() -> None:
    measured = activity(
        "d", method="stationary_combustion", item="diesel", unit="t", evidence="Lab 12", parameters=(("ncv", "43.1"),)
    )
    (detail,) = view(measured).row("combustion").details
    ncv = [c for c in detail.components if c.key == "ncv"]
    assert [(c.value, c.unit, c.origin, c.place) for c in ncv] == [(Decimal("43.1"), "GJ/t", "measured", "Lab 12")]
    assert {c.key: c.origin for c in detail.components}["carbon"] == "default"


def test_proof_is_the_bill_and_the_kept_files() -> None:
    bare = activity("n", method="stationary_combustion", item="diesel", unit="t", evidence=" ")
    seen = view(DIESEL, bare, kept("d"), kept("n", kind="import"))
    assert {d.line.activity.id: d.proof for d in seen.row("combustion").details} == {
        "d": ("bill d", "d.pdf"),
        "n": (),
    }, "the workbook that a record was imported from proves nothing"
    assert [d.line.activity.id for d in unproven(seen)] == ["n"]


def test_sold_cogeneration_is_told_apart() -> None:
    parameters = (("heat", "600"), ("heat_sold", "100"), ("power", "80"), ("power_sold", "5"))
    chp = activity("c", method="chp", item="natural_gas", unit="GJ", quantity=1000, parameters=parameters)
    inventory = plant_with(chp, policy="gbt-32150-2025")
    kinds = {line.id.rpartition(":")[2] for line in inventory.lines if line.scope == "exported"}
    assert kinds == {"heat", "power"}
    seen = {r.row.key for r in gbt_view(inventory).rows if r.details}
    assert seen == {"combustion", "exported_heat", "exported_electricity"}


def test_lines_share_their_components_and_nothing_else() -> None:
    fuel = {"method": "stationary_combustion", "item": "diesel", "unit": "t"}
    measured = activity("b", **fuel, parameters=(("ncv", "43.1"),))
    details = view(activity("a", **fuel), measured, activity("c", **fuel)).row("combustion").details
    values = {d.line.id: next(c.value for c in d.components if c.key == "ncv") for d in details}
    assert values == {"a": Decimal("42.652"), "b": Decimal("43.1"), "c": Decimal("42.652")}
