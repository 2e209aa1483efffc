"""From a file to one undoable change in a plant file: new, same, corrected, refused, read before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC as UTC_ZONE
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.errors import UserError
from core.exchange.series import Mapping, Preview, Value, change_of, guess, look, parse, preview, proposed_meter
from core.ledger import IntervalData, Meter, Plant, Reading
from core.library import load_library
from core.series import index as indexes
from core.series import series_of
from core.store import PlantFile
from tests.core.exchange.series.files import mapping, written

BERLIN = ZoneInfo("Europe/Berlin")
WHEN = datetime(2024, 6, 1, 8, tzinfo=UTC_ZONE)
UNITS = load_library().units
MAIN = Meter("m00001", "Main meter", "electricity", "import", "kWh", serial="30123456")
ROOF = Meter("m00002", "Roof", "electricity", "generation", "kWh", serial="2130012345", multiplier=Decimal(20))
LOCAL = mapping(clock="local")


@pytest.fixture
def plant(tmp_path: Path) -> PlantFile:
    """A plant file with two meters."""
    from core.i18n import T
    from core.ledger import Change, Step

    path = tmp_path / "test.plant"
    PlantFile.create(path, Plant("Works", "DE", timezone="Europe/Berlin"), "Li Na", WHEN)
    opened = PlantFile.open(path)
    opened.append(Change("Li Na", WHEN, T("Meters"), tuple(Step("meter", m.id, None, m) for m in (MAIN, ROOF))))
    return opened


def quarter_hours(count: int, first: int = 0, value: int = 0) -> list[str]:
    """Rows of a file."""
    start = datetime(2024, 5, 1) + timedelta(minutes=15 * first)
    return [f"{start + timedelta(minutes=15 * i):%Y-%m-%d %H:%M},{value + first + i}" for i in range(count)]


def seen(plant: PlantFile, path: Path, known: Mapping = LOCAL, **choices: Any) -> Preview:
    """What a file would do."""
    return preview(parse(path, known, BERLIN), plant.ledger, plant.blob, UNITS, **choices)


def taken(plant: PlantFile, found: Preview, **choices: Any) -> None:
    """Import it."""
    change, blobs = change_of(found, plant.ledger, "Li Na", WHEN, **choices)
    plant.append(change, blobs)


def kept(plant: PlantFile, key: str = "m00001") -> list[float]:
    """What a meter has."""
    data = plant.ledger.get("intervals", key)
    assert isinstance(data, IntervalData)
    index = indexes.read(plant.blob(data.sha256))
    return [float(value) for value in series_of(index, plant.blob, index.start, index.end).values]


def test_a_file_becomes_one_change_and_undo_takes_it_back(plant: PlantFile, tmp_path: Path) -> None:
    before = plant.ledger
    found = seen(plant, written(tmp_path, quarter_hours(96), "time,Main meter"))
    assert (found.columns[0].added, found.columns[0].meter, str(found.columns[0].why)) == (96, MAIN, "By its name.")
    assert str(found.summary) == ("“data.csv”: 96 new values, 0 that are there already, 0 corrections; 0 refused.")
    taken(plant, found)
    assert kept(plant) == list(range(96))
    data = plant.ledger.get("intervals", "m00001")
    assert isinstance(data, IntervalData)
    assert (data.start, data.end, data.values, [name for _, name in data.files]) == (
        date(2024, 5, 1), date(2024, 5, 1), 96, ["data.csv"],
    )  # fmt: skip
    assert str(plant.why(3)) == "Import of 96 values from “data.csv”"
    plant.undo("Li Na", WHEN)
    assert plant.ledger == before


def test_the_same_file_is_noticed_and_has_nothing_new(plant: PlantFile, tmp_path: Path) -> None:
    file = written(tmp_path, quarter_hours(96), "time,Main meter")
    taken(plant, seen(plant, file))
    again = seen(plant, file)
    assert again.already == ("Main meter",)
    assert (again.columns[0].added, again.columns[0].same) == (0, 96)
    with pytest.raises(UserError, match="has nothing new"):
        change_of(again, plant.ledger, "Li Na", WHEN)


def test_a_file_that_goes_on_adds_what_is_new(plant: PlantFile, tmp_path: Path) -> None:
    taken(plant, seen(plant, written(tmp_path, quarter_hours(96), "time,Main meter")))
    found = seen(plant, written(tmp_path, quarter_hours(96, 48), "time,Main meter"))
    assert (found.columns[0].added, found.columns[0].same, found.already) == (48, 48, ())
    taken(plant, found)
    assert kept(plant) == list(range(144))
    data = plant.ledger.get("intervals", "m00001")
    assert isinstance(data, IntervalData)
    assert len(data.files) == 2


def test_a_correction_is_made_only_on_purpose_and_keeps_what_was(plant: PlantFile, tmp_path: Path) -> None:
    taken(plant, seen(plant, written(tmp_path, quarter_hours(96), "time,Main meter")))
    old = plant.ledger.get("intervals", "m00001")
    assert isinstance(old, IntervalData)
    other = written(tmp_path, quarter_hours(10, 0, 500), "time,Main meter")
    found = seen(plant, other)
    assert (found.columns[0].conflicts, found.columns[0].changed) == (10, 0)
    assert str(found.summary) == (
        "“data.csv”: 0 new values, 0 that are there already, 0 corrections, 10 that differ and stay as they are; "
        "0 refused."
    )
    with pytest.raises(UserError, match="only values that differ"):
        change_of(found, plant.ledger, "Li Na", WHEN)
    found = seen(plant, other, overwrite=True)
    assert found.columns[0].changed == 10
    taken(plant, found)
    assert kept(plant)[:11] == [*range(500, 510), 10]
    assert "10 corrections" in str(plant.why(4))
    assert indexes.read(plant.blob(old.sha256)).present == 96
    plant.undo("Li Na", WHEN)
    assert kept(plant) == list(range(96))


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M", "%Y-%m-%d"])
def test_the_counts_of_the_summary_add_up_to_the_values(
    form: str, overwrite: bool, plant: PlantFile, tmp_path: Path
) -> None:
    step = timedelta(minutes=15) if "H" in form else timedelta(days=1)
    times = [f"{datetime(2024, 5, 1) + step * i:{form}}" for i in range(90)]
    both = mapping(clock="local", values=(Value(1), Value(2)))
    head = "time,Main meter,Roof"
    taken(plant, seen(plant, written(tmp_path, [f"{t},{i},{i}" for i, t in enumerate(times[:60])], head), both))
    rows = [f"{t},{i + (i % 7 == 0)},{'' if i % 5 == 0 else i}" for i, t in enumerate(times)][20:]
    found = seen(plant, written(tmp_path, [*rows, rows[-1]], head), both, overwrite=overwrite)
    main, roof = found.columns
    differ = sum(i % 7 == 0 for i in range(20, 60))
    assert (main.added, main.same) == (30, 40 - differ)
    assert (main.changed, main.conflicts) == ((differ, 0) if overwrite else (0, differ))
    assert (roof.added, roof.same, roof.changed, roof.conflicts) == (24, 32, 0, 0)
    for one in found.columns:
        assert one.added + one.same + one.changed + one.conflicts == one.column.values
    told = [int(number) for number in re.findall(r"\b[0-9]+\b", str(found.summary))]
    assert sum(told) == found.parsed.values == 70 + 56


def test_corrections_at_the_edge_of_a_month_find_the_blocks_that_they_touch(plant: PlantFile, tmp_path: Path) -> None:
    hours = [f"{datetime(2024, 3, 1) + timedelta(hours=i):%Y-%m-%d %H:%M},{i}" for i in range(24 * 100)]
    taken(plant, seen(plant, written(tmp_path, hours, "time,Main meter"), mapping(clock="utc")))
    for first in range(700, 800, 7):
        rows = [row.replace(":00,", ":30,") for row in hours[first : first + 30]]
        file = written(tmp_path, rows, "time,Main meter")
        found = seen(plant, file, mapping(clock="utc"), overwrite=True)
        assert found.columns[0].problem is None
        assert found.columns[0].changed == 30
    single = written(tmp_path, hours[743:744], "time,Main meter")
    assert seen(plant, single, mapping(clock="utc", step=3600)).columns[0].same == 1


def test_refused_rows_stop_an_import_until_somebody_wants_the_rest(plant: PlantFile, tmp_path: Path) -> None:
    file = written(tmp_path, [*quarter_hours(96), "Total,4560"], "time,Main meter")
    found = seen(plant, file)
    with pytest.raises(UserError, match=r"1 values are refused\. Row 98, time: “Total” is not a time"):
        change_of(found, plant.ledger, "Li Na", WHEN)
    taken(plant, found, without_refused=True)
    assert kept(plant) == list(range(96))


@pytest.mark.parametrize("head", ["time,30123456", "time,m00001", "time,Main  Meter", "time,Zähler 30123456 kWh"])
def test_a_meter_is_found_by_serial_id_and_name(head: str, plant: PlantFile, tmp_path: Path) -> None:
    assert seen(plant, written(tmp_path, quarter_hours(5), head)).columns[0].meter == MAIN


@pytest.mark.parametrize("head", ["time,Main meter (kWh)", "time,Main meter [kWh]"])
def test_the_unit_of_a_heading_does_not_hide_the_name(head: str, plant: PlantFile, tmp_path: Path) -> None:
    assert seen(plant, written(tmp_path, quarter_hours(5), head)).columns[0].meter == MAIN


@pytest.mark.parametrize("head", ["time,10 kV 总进线 (kWh)", "time,Main line"])
def test_a_name_in_two_languages_is_found_by_either(head: str, plant: PlantFile, tmp_path: Path) -> None:
    from core.i18n import T
    from core.ledger import Change, Step

    named = replace(MAIN, name="10 kV 总进线 / Main line")
    plant.append(Change("Li Na", WHEN, T("Name"), (Step("meter", MAIN.id, MAIN, named),)))
    found = seen(plant, written(tmp_path, quarter_hours(5), head)).columns[0]
    assert (found.meter, str(found.why)) == (named, "By its name.")


def test_what_fits_no_meter_or_two_columns_that_fit_one_are_left_to_the_person(
    plant: PlantFile, tmp_path: Path
) -> None:
    found = seen(plant, written(tmp_path, quarter_hours(5), "time,Foo"))
    assert (found.columns[0].meter, str(found.columns[0].why)) == (
        None, "No meter of the plant has this name or serial number.",
    )  # fmt: skip
    with pytest.raises(UserError, match=r"No column of “data\.csv” belongs to a meter"):
        change_of(found, plant.ledger, "Li Na", WHEN)
    rows = [f"{row},7" for row in quarter_hours(5)]
    two = mapping(clock="local", values=(Value(1), Value(2)))
    file = written(tmp_path, rows, "time,30123456 a,30123456 b")
    assert [one.meter for one in seen(plant, file, two).columns] == [None, None]
    chosen = seen(plant, file, two, targets={"30123456 a": "m00001", "30123456 b": ""})
    assert [one.meter for one in chosen.columns] == [MAIN, None]
    with pytest.raises(UserError, match="would both go into Main meter"):
        seen(plant, file, two, targets={"30123456 a": "m00001", "30123456 b": "m00001"})
    with pytest.raises(UserError, match="no meter m99"):
        seen(plant, file, two, targets={"30123456 a": "m99"})


def test_a_new_meter_comes_with_its_data(plant: PlantFile, tmp_path: Path) -> None:
    file = written(tmp_path, quarter_hours(96), "time,PV yield 77001234 (kWh)")
    parsed = parse(file, LOCAL, BERLIN)
    fresh = proposed_meter(parsed.columns[0])
    assert (fresh.medium, fresh.direction, fresh.unit, fresh.serial) == ("electricity", "generation", "kWh", "77001234")
    found = preview(parsed, plant.ledger, plant.blob, UNITS, new={parsed.columns[0].name: fresh})
    assert found.columns[0].fresh
    taken(plant, found)
    made = plant.ledger.get("meter", "m00003")
    assert isinstance(made, Meter)
    assert made.name == "PV yield 77001234"
    assert kept(plant, "m00003") == list(range(96))
    plant.undo("Li Na", WHEN)
    assert plant.ledger.get("meter", "m00003") is None


def test_the_mapping_is_remembered_and_needs_no_answers(plant: PlantFile, tmp_path: Path) -> None:
    file = written(tmp_path, quarter_hours(50, 30), "time,Foo (kW)")
    first = guess(look(file), BERLIN, plant.ledger.held(Meter))
    assert {q.field for q in first.questions} == {"label", "clock"}
    known = replace(first.mapping, label="right", clock="offset:+01:00")
    taken(plant, seen(plant, file, known, targets={"Foo (kW)": "m00001"}))
    meter = plant.ledger.get("meter", "m00001")
    assert isinstance(meter, Meter)
    assert dict(meter.mapping)["column"] == "Foo (kW)"
    # The next file has another column before it and one more line of head.
    rows = [row.replace(",", ",x,") for row in quarter_hours(50, 80)]
    later = written(tmp_path, rows, "Export of June\ntime,note,Foo (kW)")
    again = guess(look(later), BERLIN, plant.ledger.held(Meter))
    assert again.questions == ()
    assert "last time, for Main meter" in str(again.reasons[0])
    assert (again.mapping.label, again.mapping.clock, again.mapping.rows) == ("right", "offset:+01:00", 2)
    assert again.mapping.values == (Value(2, "power", "kW", "Foo (kW)"),)
    found = seen(plant, later, again.mapping)
    assert (found.columns[0].meter, str(found.columns[0].why)) == (meter, "As last time.")
    taken(plant, found)
    assert len(kept(plant)) == 100


def test_a_remembered_mapping_that_no_longer_fits_is_forgotten(plant: PlantFile, tmp_path: Path) -> None:
    broken = replace(MAIN, mapping=(("form", "sideways"),))
    other = replace(ROOF, mapping=mapping(headings=(("time", "Zeit"),)).pairs)
    found = guess(look(written(tmp_path, quarter_hours(50), "time,Foo (kWh)")), BERLIN, (broken, other))
    assert not any("last time" in str(reason) for reason in found.reasons)


def test_what_the_ratio_does_is_said(plant: PlantFile, tmp_path: Path) -> None:
    file = written(tmp_path, quarter_hours(4), "time,Roof")
    as_usual, applied = seen(plant, file), seen(plant, file, mapping(clock="local", multiplied="no"))
    assert "as multiplied by 20 already" in str(as_usual.columns[0].notes[0])
    assert "are multiplied by 20." in str(applied.columns[0].notes[0])
    taken(plant, applied)
    assert kept(plant, "m00002") == [0.0, 20.0, 40.0, 60.0]


def test_another_unit_or_step_is_a_problem_of_that_column(plant: PlantFile, tmp_path: Path) -> None:
    water = mapping(clock="local", values=(Value(1, "energy", "m3"),))
    found = seen(plant, written(tmp_path, quarter_hours(4), "time,Main meter"), water)
    assert "m3 cannot be converted to kWh" in str(found.columns[0].problem)
    with pytest.raises(UserError, match="m3 cannot be converted to kWh"):
        change_of(found, plant.ledger, "Li Na", WHEN)
    taken(plant, seen(plant, written(tmp_path, quarter_hours(96), "time,Main meter")))
    hours = [f"2024-05-01 {h:02d}:00,1" for h in range(24)]
    found = seen(plant, written(tmp_path, hours, "time,Main meter"))
    assert "in steps of 900 s already" in str(found.columns[0].problem)
    assert seen(plant, written(tmp_path, hours, "time,Main meter"), overwrite=True).columns[0].changed == 24


def test_days_become_readings_and_are_compared(plant: PlantFile, tmp_path: Path) -> None:
    rows = [f"2024-03-{d:02d},{d}.5" for d in range(1, 11)]
    taken(plant, seen(plant, written(tmp_path, rows, "day,Main meter")))
    held = plant.ledger.held(Reading)
    assert [(r.id, r.start, r.value) for r in held[:2]] == [
        ("r00001", date(2024, 3, 1), Decimal("1.5")),
        ("r00002", date(2024, 3, 2), Decimal("2.5")),
    ]
    rows[0], rows[9:] = "2024-03-01,99", ["2024-03-11,11.5"]
    file = written(tmp_path, rows, "day,Main meter")
    found = seen(plant, file)
    assert (found.columns[0].added, found.columns[0].same, found.columns[0].conflicts) == (1, 8, 1)
    taken(plant, seen(plant, file, overwrite=True))
    held = plant.ledger.held(Reading)
    assert (len(held), held[0].value, held[-1].id) == (11, Decimal(99), "r00011")


def test_a_plant_that_changed_meanwhile_is_not_overwritten(plant: PlantFile, tmp_path: Path) -> None:
    first = seen(plant, written(tmp_path, quarter_hours(4), "time,Main meter"))
    second = seen(plant, written(tmp_path, quarter_hours(4, 50), "time,Main meter"))
    taken(plant, first)
    with pytest.raises(UserError, match="not what this change expected"):
        taken(plant, second)
    assert kept(plant) == [0, 1, 2, 3]


def test_several_meters_are_one_change(plant: PlantFile, tmp_path: Path) -> None:
    rows = [f"{name},{row}" for name in ("Main meter", "Roof") for row in quarter_hours(96)]
    known = mapping(clock="local", meter=0, time=1, values=(Value(2),))
    entries = plant.entries
    taken(plant, seen(plant, written(tmp_path, rows, "meter,time,kWh"), known))
    assert plant.entries == entries + 1
    assert kept(plant) == kept(plant, "m00002") == list(range(96))
    assert not np.isnan(kept(plant)).any()


@pytest.mark.parametrize(
    ("unit", "words", "medium", "direction", "kept_unit"),
    [
        ("kW", "Einspeisung", "electricity", "export", "kWh"),
        ("kWh", "Energia oddana", "electricity", "export", "kWh"),
        ("kWh", "Oddanie do sieci", "electricity", "export", "kWh"),
        ("kWh", "Produkcja", "electricity", "generation", "kWh"),
        ("kWh", "Energia wytworzona", "electricity", "generation", "kWh"),
        ("kWh", "Energia pobrana", "electricity", "import", "kWh"),
        ("m3", "Gas boiler", "natural_gas", "import", "m3"),
        ("m3/h", "Cooling", "water", "import", "m3"),
        ("W/m2", "Pyranometer", "irradiance", "sensor", "W/m2"),
        ("degC", "Module", "temperature", "sensor", "degC"),
        ("therm", "Gas", "natural_gas", "import", "m3"),
        ("t/h", "Steam", "steam", "import", "t"),
    ],
)
def test_new_meters_are_proposed_by_their_unit(
    unit: str, words: str, medium: str, direction: str, kept_unit: str, tmp_path: Path
) -> None:
    known = mapping(values=(Value(1, "level" if direction == "sensor" else "energy", unit),))
    column = parse(written(tmp_path, quarter_hours(5), f"time,{words}"), known, BERLIN).columns[0]
    fresh = proposed_meter(column)
    assert (fresh.medium, fresh.direction, fresh.unit) == (medium, direction, kept_unit)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Moc czynna [kW]", "Moc czynna"),
        ("有功功率（kW）", "有功功率"),
        ("Hall 1 (kWh) ", "Hall 1"),
        ("Temperature [°C]", "Temperature"),
        ("Hall 1 (north)", "Hall 1 (north)"),
        ("Line (A)", "Line (A)"),
        ("Hall (kWh) total", "Hall (kWh) total"),
        ("[kWh]", "[kWh]"),
    ],
)
def test_the_unit_is_no_part_of_the_name_of_a_new_meter(heading: str, name: str, tmp_path: Path) -> None:
    column = parse(written(tmp_path, quarter_hours(5), f"time,{heading}"), LOCAL, BERLIN).columns[0]
    assert proposed_meter(column).name == name
