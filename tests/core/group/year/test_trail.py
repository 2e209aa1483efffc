"""Every tonne of the group is led back to records, and nothing is lost on the way."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.group.register.ownership import EQUITY
from core.group.year.consolidating import consolidate
from core.group.year.trail import trail
from core.ledger import Register, Site, Stake, Transfer
from core.methods import exact_sum
from tests.core.group.plants import Row, compiled, filed, packed
from tests.core.group.year.test_consolidated import groups, reports, sites


@settings(max_examples=25)
@given(groups, st.sampled_from(["100", "41.5", "33.333"]), st.sampled_from(["location", "market"]))
def test_records_add_up_to_sources_plants_and_the_total(tables: list[list[Row]], percent: str, view: str) -> None:
    transfer = Transfer("t", "a", "b", "Meter", percent=Decimal("12.5"))
    given_reports = reports(tables)
    lines = {one.sha256: pack for one, pack in given_reports}
    register = sites(Stake("k", "group", "a", "", percent=Decimal(percent)), transfer)
    found = consolidate(register, given_reports, 2024, approach=EQUITY)
    plants = trail(found, lines.__getitem__, view)
    assert exact_sum(p.counted for p in plants) == found.total(view)
    assert {p.key: p.counted for p in plants if p.counted} == {k: v for k, v in found.by("plant", view).items() if v}
    for plant in plants:
        assert exact_sum(s.counted for s in plant.sources) == plant.counted
        for source in plant.sources:
            assert exact_sum(r.counted for r in source.records) == source.counted


def test_a_cell_leads_to_the_records_of_its_report() -> None:
    made, lines = compiled()
    found = consolidate(Register.of([Site("s", "Hillside", "CN")]), [(filed("Hillside"), lines)], 2024)
    (plant,) = trail(found.only(scope="scope1"), lambda _: lines)
    assert [(s.name, [r.id for r in s.records]) for s in plant.sources] == [("Boiler", ["a2"]), ("Stove", ["a3"])]
    by_record = {line.activity.id: line.tco2e for line in made.lines if line.scope == "scope1"}
    for source in plant.sources:
        for record in source.records:
            assert record.certified == record.counted == by_record[record.id]
    assert trail(found.only(gas="biogenic"), lambda _: lines, "memo")[0].counted == made.totals.biogenic


def test_a_half_held_plant_shows_what_is_certified_and_what_counts() -> None:
    rows: list[Row] = [("scope1", 0, "CO2", 0, "Boiler", f"a{n}", 1) for n in range(3)]
    lines = packed(rows)
    register = Register.of([Site("s", "Ash", "CN"), Stake("k", "group", "s", "", percent=Decimal(50))])
    found = consolidate(register, [(filed("Ash"), lines)], 2024, approach=EQUITY)
    ((boiler,),) = (plant.sources for plant in trail(found, lambda _: lines))
    assert [r.certified for r in boiler.records] == [Decimal("1E-9")] * 3
    assert sorted(r.counted for r in boiler.records) == [0, 0, Decimal("2E-9")]
