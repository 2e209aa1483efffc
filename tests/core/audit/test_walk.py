"""The site walk: every place with what the data say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.audit.walk import KINDS, Stop, site_walk
from core.inventory import compile_inventory
from core.ledger import IntervalData, Ledger, Meter, MeterExchange, PvArray, PvSystem, Reading, Record
from core.library import load_library
from core.methods import exact_sum
from tests.core.samples import CHOICES, PLANT, activity, month

LIBRARY = load_library()
DAY = date(2024, 3, 1)
MAIN = Meter("m1", "Feeder", "electricity", "import", "kWh", serial="A-7", multiplier=Decimal(6000),
             calibrated_to="2026-01-31", location="Switch room", source="Main meter")  # fmt: skip
GAS = Meter("m2", "Gas meter", "natural_gas", "import", "m3", calibrated_to="2024-02-29", location="Boiler house",
            source="Boiler")  # fmt: skip


def walk(*records: Record) -> dict[str, Stop]:
    ledger = Ledger.of([PLANT, *records])
    return {one.location: one for one in site_walk(ledger, compile_inventory(ledger, CHOICES, LIBRARY), DAY)}


def gas(**changes: object) -> Record:
    made = activity(
        "g", source="Boiler", method="stationary_combustion", item="natural_gas", unit="m3", quantity=10_000
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def keys(stop: Stop) -> list[str]:
    return [one.key for one in stop.tasks]


def test_places_come_from_meters_and_the_heaviest_first() -> None:
    found = walk(activity(quantity=1000), gas(), MAIN, GAS)
    assert list(found) == ["Boiler house", "Switch room", ""]
    boiler, rest = found["Boiler house"], found[""]
    assert [one.source for one in boiler.sources] == ["Boiler"]
    assert boiler.tonnes > found["Switch room"].tonnes
    assert rest.sources == () and keys(rest) == ["site:boundary", "site:small", "site:tenants", "site:changes"]
    percent = [one.percent for stop in found.values() for one in stop.sources]
    assert len(percent) == 2 and abs(exact_sum(percent) - 100) < Decimal("1e-20")


def test_without_meters_everything_has_no_place_of_its_own() -> None:
    (only,) = walk(activity(), gas()).values()
    assert [one.source for one in only.sources] == ["Boiler", "Main meter"] and only.location == ""


def test_the_value_chain_is_elsewhere() -> None:
    trip = activity("t", source="Trips", method="business_travel", item="flight_short", unit="pkm")
    (only,) = walk(activity(), trip).values()
    assert [one.source for one in only.sources] == ["Main meter"]


def test_the_plate_is_that_of_the_meter_that_hangs_there_now() -> None:
    exchange = MeterExchange(
        "x1", "m1", date(2023, 7, 1), Decimal(99), Decimal(3), serial="B-8", multiplier=Decimal(40)
    )
    before = Reading("r1", "m1", date(2023, 5, 31), date(2023, 5, 31), Decimal(90), counter=True)
    one = walk(activity(), MAIN, exchange, before)["Switch room"].meters[0]
    assert (one.serial, one.multiplier, one.last, one.last_day) == ("B-8", Decimal(40), Decimal(3), "2023-07-01")
    after = replace(before, id="r2", start=date(2023, 12, 31), end=date(2023, 12, 31), value=Decimal(17))
    stop = walk(activity(), MAIN, exchange, before, after)["Switch room"]
    assert (stop.meters[0].last, stop.meters[0].last_day) == (Decimal(17), "2023-12-31")
    texts = {task.key: str(task.text) for task in stop.tasks}
    assert texts["meter:m1:reading"] == "Read the counter; it showed 17 on 2023-12-31."


def test_a_meter_read_in_intervals_says_until_when() -> None:
    kept = IntervalData("m1", "0" * 64, 1, date(2023, 1, 1), date(2023, 12, 30), 5)
    stop = walk(activity(), MAIN, kept)["Switch room"]
    assert (stop.meters[0].last, stop.meters[0].last_day) == (None, "2023-12-30")
    assert "with the time" in next(str(task.text) for task in stop.tasks if task.key.endswith("reading"))


def test_calibration_on_the_day_of_the_walk() -> None:
    found = walk(activity(), gas(), MAIN, GAS, replace(MAIN, id="m3", calibrated_to=""))
    texts = {task.key: str(task.text) for stop in found.values() for task in stop.tasks}
    assert "holds to 2026-01-31" in texts["meter:m1:calibration"]
    assert "ended on 2024-02-29" in texts["meter:m2:calibration"]
    assert texts["meter:m3:calibration"] == "Ask for the calibration certificate."
    assert [one.overdue for one in found["Boiler house"].meters] == [True]


def test_what_is_asked_of_a_source_follows_from_its_data() -> None:
    coal = gas(id="c", source="Kiln", item="anthracite", unit="t", quantity=Decimal(50), estimated=True)
    cold = activity("k", source="Chiller", method="refrigerants", item="R-410A", unit="kg", quantity=30)
    small = activity("s", source="Lamp", quantity=1, **month(2))
    (only,) = walk(coal, cold, small, gas(quantity=Decimal(10))).values()
    asked = {one.source: [key.split(":")[2] for key in keys(only) if key.startswith(f"source:{one.source}:")]
             for one in only.sources}  # fmt: skip
    assert asked["Kiln"] == ["equipment", "people", "records", "estimates", "stock"]
    assert asked["Chiller"] == ["equipment", "people", "records", "charge"]
    assert asked["Lamp"] == asked["Boiler"] == ["equipment"]


def test_solar_stands_where_it_is_metered_or_under_its_own_name() -> None:
    system = PvSystem("p1", "Roof PV", date(2022, 9, 1), Decimal(40), Decimal(115), generation=("m4",))
    arrays = [PvArray("q1", "p1", "South", Decimal("12.5"), Decimal(10), Decimal(180)),
              PvArray("q2", "p1", "West", Decimal(30), Decimal(10), Decimal(270))]  # fmt: skip
    meter = Meter("m4", "PV meter", "electricity", "generation", "kWh", location="PV cabinet")
    found = walk(activity(), system, *arrays, meter)
    (one,) = found["PV cabinet"].systems
    assert (one.power, one.arrays) == (Decimal("42.5"), 2)
    assert "42.5 kW are entered" in str(next(t.text for t in found["PV cabinet"].tasks if t.key == "pv:p1:modules"))
    assert walk(activity(), replace(system, generation=()), *arrays)["Roof PV"].systems


def test_tasks_are_told_apart_and_understood() -> None:
    found = walk(activity(), gas(), MAIN, GAS, replace(MAIN, id="m3"))
    tasks = [task for stop in found.values() for task in stop.tasks]
    assert len({task.key for task in tasks}) == len(tasks)
    assert {task.kind for task in tasks} == set(KINDS)
    assert [one.zh for one in KINDS.values()] == ["查阅", "询问", "察看", "测试"]
