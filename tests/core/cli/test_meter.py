"""``meter``: described, exchanged, read, imported, looked at, made into activity data; and nothing by halves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import openpyxl
import pytest

from core.cli import main
from core.ledger import Activity, IntervalData, Meter, MeterExchange, Reading
from core.series import ESTIMATED, Series
from core.series.metered import Metered
from core.store import PlantFile

WARSAW = ZoneInfo("Europe/Warsaw")
QUARTER = 900
ELECTRICITY = ("--medium", "electricity", "--direction", "import", "--unit", "kWh")


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, *(str(word) for word in words)])


Laid = Callable[[str], Path]


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """Folders in which tests begin, each made once."""

    @cache
    def made(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        with chdir(folder), redirect_stdout(StringIO()):
            STARTS[name](folder / "works.plant")
        return folder

    return made


@pytest.fixture
def lay(starts: Laid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laid:
    """Lay one of them out for a test."""

    def laid(name: str) -> Path:
        shutil.copytree(starts(name), tmp_path, dirs_exist_ok=True)
        monkeypatch.chdir(tmp_path)
        return tmp_path / "works.plant"

    return laid


def begun(path: Path) -> None:
    assert run("new", path, "--name", "Works", "--country", "PL", "--timezone", "Europe/Warsaw") == 0


@pytest.fixture
def plant(lay: Laid) -> Path:
    return lay("begun")


def add(plant: Path, name: str, *more: object) -> int:
    return run("meter", "add", plant, "--name", name, *ELECTRICITY, *more)


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def held(plant: Path, kind: type[Any]) -> tuple[Any, ...]:
    with PlantFile.open(plant, read_only=True) as opened:
        return opened.ledger.held(kind)


def state(plant: Path) -> tuple[str, int]:
    """Changes with every change of the plant."""
    with PlantFile.open(plant, read_only=True) as opened:
        return opened.head, opened.entries


def series_of(plant: Path, key: str) -> Series:
    with PlantFile.open(plant, read_only=True) as opened:
        found = Metered(opened.ledger, opened.blob).series(key)
    assert found is not None
    return found


def clock(first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Beginning and end of each quarter of an hour on the clock of the plant, which is changed twice a year."""
    at, end = first.replace(tzinfo=WARSAW).timestamp(), last.replace(tzinfo=WARSAW).timestamp()
    while at < end:
        yield datetime.fromtimestamp(at, WARSAW), datetime.fromtimestamp(at + QUARTER, WARSAW)
        at += QUARTER


def load(begin: datetime) -> float:
    """100 kW by day on working days, else 20 kW and a little that tells the quarters apart. [kWh in a quarter]"""
    busy = begin.weekday() < 5 and 6 <= begin.hour < 18
    return (25.0 if busy else 5.0) + 0.001 * (begin.minute // 15)


def utility(
    path: Path,
    first: datetime = datetime(2024, 3, 1),
    last: datetime = datetime(2024, 4, 1),
    value: Callable[[datetime], float] = load,
) -> Path:
    """A load profile as grid operators in Poland send it: semicolons, decimal comma, ends of intervals to 24:00."""
    rows = ["Czas;Energia (kWh)"]
    rows += [f"{end:%d.%m.%Y %H:%M};{value(begin):.3f}".replace(".", ",", 3) for begin, end in clock(first, last)]
    rows[1:] = [f"{end:%d.%m.%Y %H:%M};" + f"{value(begin):.3f}".replace(".", ",") for begin, end in clock(first, last)]
    path.write_text("\r\n".join(rows) + "\r\n", encoding="utf-8")
    return path


ANSWERS = ("--set", "clock=local", "--set", "decimal=,")


def with_march(path: Path) -> None:
    begun(path)
    assert add(path, "Main", "--source", "Main meter", "--item", "electricity", "--serial", "PL-1") == 0
    assert run("meter", "import", path, utility(Path("march.csv")), "--to", "m00001", *ANSWERS) == 0


@pytest.fixture
def imported(lay: Laid) -> Path:
    """A plant with a meter and March 2024 of it."""
    return lay("with_march")


# ---------------------------------------------------------------------- described


def test_meters_are_added_corrected_and_listed_as_a_tree(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("meter", "list", plant) == 0
    assert "meter add" in capsys.readouterr().out
    more = ("--serial", "PL-1", "--multiplier", "6000", "--digits", 6, "--accuracy", "0.5S", "--highest", "4200")
    assert add(plant, "Main", *more, "--calibrated-to", "2026-03", "--person", "Li Na") == 0
    assert "Meter Main added. Its id is m00001." in capsys.readouterr().out
    assert add(plant, "Hall 2", "--location", "Hall 2", "--parent", "Main") == 0
    assert add(plant, "Presses", "--parent", "m00002", "--item", "外购电力", "--source", "Presses") == 0
    capsys.readouterr()
    assert add(plant, "Hall 1", "--parent", "PL-1", "--json") == 0
    assert said(capsys) == {"id": "m00004", "saved": True}
    main_meter, hall, presses, _ = held(plant, Meter)
    assert main_meter == Meter(
        "m00001", "Main", "electricity", "import", "kWh", "PL-1", Decimal(6000), 6, "0.5S", "2026-03-31",
        highest=Decimal(4200),
    )  # fmt: skip
    assert (hall.parent, presses.parent, presses.item) == ("m00001", "m00002", "electricity")
    assert run("meter", "add", plant, "--meter", "PL-1", "--note", "moved", "--highest", "") == 0
    assert held(plant, Meter)[0].note == "moved" and held(plant, Meter)[0].highest is None
    capsys.readouterr()
    assert run("meter", "list", plant, "--year", 2024, "--json") == 0
    told = said(capsys)["meters"]
    assert [(one["id"], one["depth"]) for one in told] == [("m00001", 0), ("m00002", 1), ("m00003", 2), ("m00004", 1)]
    assert told[0]["total"] is None and told[0]["values"] == 0 and told[0]["multiplier"] == "6000"
    assert run("meter", "list", plant, "--year", 2024) == 0
    printed = capsys.readouterr().out
    assert "    Presses" in printed and "From the grid" in printed and "2026-03-31" in printed


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--name", "A", "--medium", "electricity", "--direction", "import"), "--unit is missing"),
        (("--medium", "electricity"), "--name is missing"),
        (("--name", "A", "--medium", "magic", "--direction", "import", "--unit", "kWh"), "“magic”"),
        (("--name", "A", "--medium", "water", "--direction", "import", "--unit", "kWh"), "kWh is no unit"),
        (("--name", "A", "--medium", "irradiance", "--direction", "import", "--unit", "W/m2"), "measured by a sensor"),
        (("--name", "A", "--medium", "electricity", "--direction", "up", "--unit", "kWh"), "“up”"),
        (("--name", "A", *ELECTRICITY, "--multiplier", "0"), "above zero"),
        (("--name", "A", *ELECTRICITY, "--multiplier", "many"), "many"),
        (("--name", "A", *ELECTRICITY, "--digits", "16"), "number of digits"),
        (("--name", "A", *ELECTRICITY, "--digits", "x"), "no whole number"),
        (("--name", "A", *ELECTRICITY, "--lowest", "5", "--highest", "4"), "below the largest"),
        (("--name", "A", *ELECTRICITY, "--calibrated-to", "soon"), "soon"),
        (("--name", "A", *ELECTRICITY, "--parent", "m7"), "There is no meter m7"),
        (("--name", "A", *ELECTRICITY, "--item", "moonshine"), "moonshine"),
        (("--meter", "m00009", "--note", "x"), "There is no meter m00009"),
        (("--meter", "m00001", "--parent", "m00001"), "below itself"),
        (("--meter", "m00001", "--name", " "), "no name"),
    ],
)
def test_descriptions_that_cannot_be_are_refused_and_nothing_changes(
    plant: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(plant, "Main") == 0
    before = state(plant)
    assert run("meter", "add", plant, *words) == 2
    message = capsys.readouterr().err
    assert why in message and "Traceback" not in message
    assert state(plant) == before


def test_a_name_that_several_have_is_no_name(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(plant, "Hall") == add(plant, "Hall") == 0
    assert run("meter", "add", plant, "--meter", "Hall", "--note", "x") == 2
    assert "m00001, m00002" in capsys.readouterr().err


def test_the_unit_of_kept_values_stays(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("meter", "add", imported, "--meter", "Main", "--unit", "MWh") == 2
    assert "would change what they mean" in capsys.readouterr().err


# ---------------------------------------------------------------------- exchanged and read


def test_states_of_a_counter_are_told_as_consumption_over_an_exchange(
    plant: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(plant, "Main", "--multiplier", 40, "--digits", 5, "--serial", "OLD") == 0
    read = ("meter", "read", plant, "--meter", "Main", "--counter")
    assert run(*read, "--end", "2024-01-31", "--value", "99000") == 0
    capsys.readouterr()
    assert run(*read, "--end", "2024-02-29", "--value", "00500.5", "--evidence", "photo 7") == 0
    assert "From 2024-02-01 to 2024-02-29 it counted 60,020 kWh." in capsys.readouterr().out
    words = ("--day", "2024-03-15", "--last", "900.5", "--first", "2")
    assert run("meter", "exchange", plant, "--meter", "Main", *words, "--serial", "NEW") == 0
    assert "Exchange of Main entered. Its id is x00001." in capsys.readouterr().out
    assert run(*read, "--end", "2024-03-31", "--value", "102") == 0
    assert "From 2024-03-01 to 2024-03-31 it counted 20,000 kWh." in capsys.readouterr().out
    (swap,) = held(plant, MeterExchange)
    assert (swap.multiplier, swap.digits, swap.serial) == (40, 5, "NEW"), "what is not said stays as it was"
    assert [(one.id, one.start, one.evidence) for one in held(plant, Reading)][1] == (
        "r00002", date(2024, 2, 29), "photo 7",
    )  # fmt: skip
    assert run("meter", "list", plant, "--year", 2024, "--json") == 0
    (told,) = said(capsys)["meters"]
    assert (told["total"], told["by_readings"], told["serial"]) == ("80020", True, "NEW")
    assert run("meter", "list", plant, "--year", 2024) == 0
    assert "80,020.0 (readings)" in capsys.readouterr().out


def test_bills_are_read_with_their_days(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(plant, "Gas") == 0
    read = ("meter", "read", plant, "--meter", "Gas")
    assert run(*read, "--start", "2024-01", "--end", "2024-01", "--value", "1,250.5", "--json") == 0
    assert run(*read, "--start", "2024-02-01", "--end", "2024-02-29", "--value", 900, "--estimated", "--note", "?") == 0
    first, second = held(plant, Reading)
    assert (first.start, first.end, first.value, first.counter) == (
        date(2024, 1, 1), date(2024, 1, 31), Decimal("1250.5"), False,
    )  # fmt: skip
    assert (second.estimated, second.note) == (True, "?")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("read", "--meter", "Main", "--end", "2024-01-31", "--value", "5"), "--start is missing"),
        (("read", "--meter", "Main", "--start", "2024-02-01", "--end", "2024-01-31", "--value", "5"), "lies before"),
        (("read", "--meter", "Main", "--start", "2024-01-01", "--end", "x", "--value", "5"), "“x”"),
        (("read", "--meter", "Main", "--end", "2024-02-01", "--value", "5", "--counter"), "went backwards"),
        (("read", "--meter", "Main", "--end", "2024-02-01", "--value", "-5", "--counter"), "not below zero"),
        (("read", "--meter", "Main", "--start", "2024-05", "--end", "2024-05", "--value", "5", "--estimated"),
         "needs its reason"),
        (("read", "--meter", "Sun", "--start", "2024-05", "--end", "2024-05", "--value", "5"), "is a sensor"),
        (("read", "--meter", "Other", "--start", "2024-05", "--end", "2024-05", "--value", "5"), "no meter Other"),
        (("exchange", "--meter", "Main", "--day", "2024-01-20", "--last", "90", "--first", "0"), "went backwards"),
        (("exchange", "--meter", "Main", "--day", "2024-03-01", "--last", "-1", "--first", "0"), "not below zero"),
        (("exchange", "--meter", "Main", "--day", "2024-03-01", "--last", "200", "--first", "0", "--multiplier", "0"),
         "multiplier"),
        (("exchange", "--meter", "Main", "--day", "2024-04-01", "--last", "500", "--first", "0"), "already"),
    ],
)  # fmt: skip
def test_readings_that_contradict_are_refused(
    plant: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(plant, "Main") == 0
    assert run("meter", "add", plant, "--name", "Sun", "--medium", "irradiance", "--direction", "sensor", "--unit",
               "W/m2") == 0  # fmt: skip
    assert run("meter", "read", plant, "--meter", "Main", "--counter", "--end", "2024-01-15", "--value", 100) == 0
    words_of_exchange = ("--day", "2024-04-01", "--last", "500", "--first", "0")
    assert run("meter", "exchange", plant, "--meter", "Main", *words_of_exchange) == 0
    before = state(plant)
    assert run("meter", words[0], plant, *words[1:]) == 2
    assert why in capsys.readouterr().err
    assert state(plant) == before


# ---------------------------------------------------------------------- imported


def test_what_the_file_does_not_say_is_asked_and_nothing_is_imported(
    plant: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(plant, "Main") == 0
    before, data = state(plant), utility(Path("march.csv"))
    capsys.readouterr()
    assert run("meter", "import", plant, data, "--to", "m00001") == 2
    printed = capsys.readouterr().out
    assert "? Is the clock of the logger put forward" in printed and "--set clock=local" in printed
    assert "so times are ends of intervals" in printed, "what the file says is not asked"
    assert run("meter", "import", plant, data, "--to", "m00001", "--json") == 2
    told = said(capsys)
    assert {question["field"] for question in told["questions"]} == {"decimal", "clock"}
    assert all(f"{question['field']}=" in question["answers"][0] for question in told["questions"])
    assert run("meter", "import", plant, data, "--to", "m00001", "--set", "decimal=,", "--json") == 2
    assert [question["field"] for question in said(capsys)["questions"]] == ["clock"]
    assert (told["imported"], told["new"], told["columns"]) == (False, 0, [])
    assert state(plant) == before


def test_a_month_with_a_changed_clock_is_imported_exactly(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last Sunday of March has 23 hours, that of October 25."""
    assert add(plant, "Main") == 0
    for name, first, last, hours in (
        ("march.csv", datetime(2024, 3, 1), datetime(2024, 4, 1), 31 * 24 - 1),
        ("october.csv", datetime(2024, 10, 1), datetime(2024, 11, 1), 31 * 24 + 1),
    ):
        data = utility(Path(name), first, last)
        capsys.readouterr()
        assert run("meter", "import", plant, data, "--to", "m00001", *ANSWERS, "--json") == 0
        told = said(capsys)
        assert (told["new"], told["refused"], told["imported"]) == (4 * hours, 0, True)
        assert told["columns"][0]["missing"] == 0
        expected = [load(begin) for begin, _ in clock(first, last)]
        found = series_of(plant, "m00001").values
        found = found[~np.isnan(found)]
        assert found[-len(expected) :].tolist() == [round(value, 3) for value in expected]
    with PlantFile.open(plant, read_only=True) as opened:
        metered = Metered(opened.ledger, opened.blob)
        march, october = (metered.monthly("m00001", day, day)[0] for day in (date(2024, 3, 1), date(2024, 10, 1)))
    assert (march.expected, march.present) == (2972, 2972)
    assert (october.expected, october.present) == (2980, 2980)
    assert march.total == sum((Decimal(f"{load(b):.3f}") for b, _ in clock(datetime(2024, 3, 1), datetime(2024, 4, 1))),
                              Decimal(0))  # fmt: skip


def test_the_same_file_again_asks_nothing_and_changes_nothing(
    imported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(imported)
    assert run("meter", "import", imported, "march.csv", "--json") == 0
    told = said(capsys)
    assert (told["questions"], told["same"], told["new"], told["already"]) == ([], 2972, 0, ["Main"])
    assert told["columns"][0]["meter"] == "m00001" and told["imported"] is False
    assert run("meter", "import", imported, "march.csv") == 0
    assert "has all of these values already" in capsys.readouterr().out
    assert state(imported) == before


def test_values_that_differ_are_taken_on_purpose_only(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def corrected(begin: datetime) -> float:
        return 9.5 if begin.day == 5 and begin.hour == 3 else load(begin)

    data = utility(Path("corrected.csv"), value=corrected)
    assert run("meter", "import", imported, data) == 2
    assert "4 values differ from those that are there" in capsys.readouterr().out
    assert run("meter", "import", imported, data, "--overwrite", "--json") == 0
    told = said(capsys)
    assert (told["changed"], told["same"], told["new"], told["conflicts"]) == (4, 2968, 0, 0)
    assert int((series_of(imported, "m00001").values == 9.5).sum()) == 4


def test_a_refused_row_refuses_all_unless_the_rest_is_wanted(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(plant, "Main") == 0
    data = utility(Path("march.csv"))
    lines = data.read_text(encoding="utf-8").splitlines()
    lines[100] = lines[100].partition(";")[0] + ";broken"
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    before = state(plant)
    capsys.readouterr()
    assert run("meter", "import", plant, data, "--to", "m00001", *ANSWERS, "--json") == 2
    told = said(capsys)
    assert (told["refused"], told["imported"], told["refusals"][0]["row"]) == (1, False, 101)
    assert "broken" in told["refusals"][0]["reason"] and told["problem"]["remedy"]
    assert run("meter", "import", plant, data, "--to", "m00001", *ANSWERS) == 2
    assert "Row 101" in capsys.readouterr().out
    assert state(plant) == before
    assert run("meter", "import", plant, data, "--to", "m00001", *ANSWERS, "--without-refused") == 0
    assert held(plant, IntervalData)[0].values == 2971


TWO = """Time,Hall 1 (kWh),Hall 2 (kW),Voltage (V)
2024-01-01 00:00,1.5,8,230
2024-01-01 00:15,2.5,12,231
2024-01-01 00:30,0.5,4,229
2024-01-01 00:45,1.0,6,230
"""


def test_columns_find_their_meters(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("two.csv").write_text(TWO, encoding="utf-8")
    assert add(plant, "Hall 1 (kWh)") == add(plant, "Press") == 0
    words = ("meter", "import", plant, "two.csv", "--set", "clock=local", "--set", "label=left")
    capsys.readouterr()
    assert run(*words, "--to", "m00001") == 2
    assert "several columns" in capsys.readouterr().err
    assert run(*words, "--column", "Hall 3=m00001") == 2
    assert "no column “Hall 3”" in capsys.readouterr().err
    assert run(*words, "--column", "Hall 2 (kW)=m00001") == 2
    assert "would both go into" in capsys.readouterr().err
    assert run(*words, "--column", "Hall 2 (kW)=Press", "--json") == 0
    told = {one["name"]: one for one in said(capsys)["columns"]}
    assert (told["Hall 1 (kWh)"]["meter"], told["Hall 1 (kWh)"]["quantity"]) == ("m00001", "energy"), "by its name"
    assert (told["Hall 2 (kW)"]["meter"], told["Hall 2 (kW)"]["quantity"]) == ("m00002", "power")
    assert series_of(plant, "m00002").values.tolist() == [2.0, 3.0, 1.0, 1.5], "power becomes energy"
    assert len(told) == 2, "the voltage belongs to no meter"


def test_new_meters_are_made_for_columns_that_have_none(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("two.csv").write_text(TWO, encoding="utf-8")
    words = ("meter", "import", plant, "two.csv", "--set", "clock=local", "--set", "label=left")
    assert run(*words) == 2
    assert "No column" in capsys.readouterr().out
    assert run(*words, "--new", "--column", "Hall 1 (kWh)=") == 0
    printed = capsys.readouterr().out
    assert "Hall 2 (new, m00001)" in printed and "left out" in printed
    (made,) = held(plant, Meter)
    assert (made.name, made.medium, made.direction, made.unit) == ("Hall 2", "electricity", "import", "kWh")
    assert dict(made.mapping)["column"] == "Hall 2 (kW)"


def test_a_workbook_and_units_that_it_does_not_say(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Time", "Hall"])
    for n in range(96):
        sheet.append([datetime(2024, 1, 1) + timedelta(minutes=15 * n), 10 + n % 3])
    book.save("logger.xlsx")
    assert add(plant, "Hall") == 0
    words = ("meter", "import", plant, "logger.xlsx", "--set", "clock=offset:+01:00")
    capsys.readouterr()
    assert run(*words, "--json") == 2
    assert "values" in {question["field"] for question in said(capsys)["questions"]}
    assert run(*words, "--set", "label=left", "--set", "quantity=energy", "--json") == 2, "the unit is open still"
    assert [question["field"] for question in said(capsys)["questions"]] == ["values"]
    assert run(*words, "--set", "label=left", "--set", "unit:B=kW", "--json") == 0
    told = said(capsys)
    assert (told["columns"][0]["quantity"], told["columns"][0]["unit"], told["new"]) == ("power", "kW", 96)
    assert series_of(plant, "m00001").values[:3].tolist() == [2.5, 2.75, 3.0]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("label", "not understood"),
        ("colour=red", "colour"),
        ("label=middle", "label"),
        ("clock=moon", "clock"),
        ("columns=5", "no column"),
        ("unit=parsec", "parsec"),
        ("time=B", "contradicts itself"),
    ],
)
def test_answers_that_are_none_are_refused(
    plant: Path, answer: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(plant, "Main") == 0
    data, before = utility(Path("march.csv"), last=datetime(2024, 3, 4)), state(plant)
    assert run("meter", "import", plant, data, "--to", "m00001", *ANSWERS, "--set", answer) == 2
    assert why in capsys.readouterr().err
    assert state(plant) == before


def test_a_file_that_nobody_understands_can_be_told_completely(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two rows are too few to guess from."""
    Path("short.csv").write_text("a;b;c\n1;2024-01-01 00:00;3,5\n1;2024-01-01 00:15;4,5\n", encoding="utf-8")
    assert add(plant, "Main") == 0
    answers = ["order=ymd", "decimal=,", "label=left", "clock=utc", "time=B", "columns=C", "quantity=energy",
               "unit=kWh"]  # fmt: skip
    words = [word for answer in answers for word in ("--set", answer)]
    assert run("meter", "import", plant, "short.csv", "--to", "m00001", *words) == 0
    assert series_of(plant, "m00001").values.tolist() == [3.5, 4.5]


# ---------------------------------------------------------------------- looked at


def test_the_profile_tells_when_and_how_much(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("meter", "profile", imported, "--meter", "Main", "--from", "2024-03-04", "--to", "2024-03-17")
    assert run(*words, "--json") == 0
    told = said(capsys)
    assert (told["power_unit"], told["step_s"], told["zone"]) == ("kW", 900, "Europe/Warsaw")
    assert (told["expected"], told["present"], told["completeness"]) == (1344, 1344, "1.0000")
    working, free = (kind["mean"] for kind in told["profile"]["kinds"])
    assert [float(value) for value in working[5:7]] == pytest.approx([20.006, 100.006])
    assert max(map(float, free)) < 21
    assert float(told["base_load"]["power"]) == 20.0 and told["base_load"]["nights"] == 14
    assert told["peak"] == {"power": "100.012", "start": told["peak"]["start"], "end": told["peak"]["start"] + 900,
                            "local": "2024-03-04 06:45"}  # fmt: skip
    mean = (10 * 12 * 100.006 + (14 * 24 - 120) * 20.006) / (14 * 24)
    assert float(told["mean"]) == pytest.approx(mean, abs=1e-3)
    assert float(told["load_factor"]) == pytest.approx(mean / 100.012, abs=1e-4)
    curve = {one["share"]: float(one["power"]) for one in told["duration_curve"]}
    assert curve["0"] == 100.012 and curve["1"] == 20.0 and curve["0.25"] > 100 > 21 > curve["0.5"]
    assert run(*words) == 0
    printed = capsys.readouterr().out
    assert "Base load: 20 kW" in printed and "Peak: 100.01 kW at 2024-03-04 06:45" in printed
    assert "1,344 of 1,344 values are there (100.00 %)" in printed
    assert run(*words, lang="zh") == 0
    assert "工作日" in capsys.readouterr().out


def test_a_year_that_is_not_whole_says_so(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("meter", "profile", imported, "--meter", "PL-1", "--year", 2024, "--json") == 0
    told = said(capsys)
    assert (told["expected"], told["present"]) == (366 * 96, 2972)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--meter", "Main", "--year", "2020"), "has no values"),
        (("--meter", "Main", "--from", "2024-03-05", "--to", "2024-03-01"), "lies before"),
        (("--meter", "Main", "--from", "2024-03-05"), "--to is missing"),
        (("--meter", "Main", "--year", "2024", "--from", "2024-03-05", "--to", "2024-03-06"), "not both"),
        (("--meter", "Main", "--year", "99999"), "99999"),
        (("--meter", "Bare"), "no interval data"),
    ],
)
def test_there_is_no_profile_of_nothing(
    imported: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(imported, "Bare") == 0
    assert run("meter", "profile", imported, *words) == 2
    assert why in capsys.readouterr().err


def test_problems_are_told_with_what_to_do(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def faulty(begin: datetime) -> float:
        return -1.0 if begin.day == 7 and begin.hour == 2 else load(begin)

    assert add(plant, "Main", "--highest", "90", "--calibrated-to", "2024-03-20") == 0
    data = utility(Path("march.csv"), value=faulty)
    lines = data.read_text(encoding="utf-8").splitlines()
    data.write_text("\n".join([*lines[:200], *lines[230:]]) + "\n", encoding="utf-8")
    assert run("meter", "import", plant, data, "--to", "m00001", *ANSWERS) == 0
    capsys.readouterr()
    assert run("meter", "check", plant, "--year", 2024, "--json") == 0
    told = said(capsys)
    assert {one["check"] for one in told} >= {"gaps", "limits", "negative", "calibration"}
    (gap,) = [one for one in told if one["check"] == "gaps"]
    assert (gap["meter"], gap["severity"], gap["count"]) == ("m00001", "warning", 30)
    assert all(one["remedy"] for one in told)
    assert run("meter", "check", plant, "--meter", "Main", "--year", 2024) == 0
    assert "Warning: Gaps. 30 values are missing" in capsys.readouterr().out
    assert run("meter", "list", plant, "--year", 2024, "--json") == 0
    assert said(capsys)["meters"][0]["overdue"] is True
    assert run("meter", "check", plant, "--year", 2023) == 0
    assert "2023-12-31" not in capsys.readouterr().out


def test_a_plant_without_problems_says_so(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("meter", "check", plant, "--year", 2024) == 0
    assert "Nothing was noticed in 2024." in capsys.readouterr().out


# ---------------------------------------------------------------------- made into activity data


def test_whole_months_become_activity_data_once(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("meter", "activities", imported, "--meter", "Main", "--year", 2024, "--method", "purchased_electricity")
    before = imported.read_bytes()
    assert run(*words, "--dry-run", "--json") == 0
    told = said(capsys)
    assert [(one["month"], one["id"]) for one in told["months"]] == [("2024-03", "a00001")]
    assert told["entered"] == [] and len(told["left_out"]) == 11
    assert imported.read_bytes() == before
    assert run(*words, "--set", "uncertainty=2") == 0
    printed = capsys.readouterr().out
    assert "1 months of Main entered as activity data" in printed and "2024-01: 2976 of 2976" in printed
    (made,) = held(imported, Activity)
    assert (made.source, made.item, made.method) == ("Main meter", "electricity", "purchased_electricity")
    assert (made.start, made.end, made.unit) == (date(2024, 3, 1), date(2024, 3, 31), "kWh")
    assert made.evidence.startswith("PL-1 · ") and made.parameters == (("uncertainty", "2"),)
    expected = sum(
        (Decimal(f"{load(b):.3f}") for b, _ in clock(datetime(2024, 3, 1), datetime(2024, 4, 1))), Decimal(0)
    )
    assert made.quantity == expected
    assert run(*words[:-2]) == 0, "the method follows from what is entered"
    assert "are entered already" in capsys.readouterr().out
    assert len(held(imported, Activity)) == 1


def test_the_method_is_that_of_the_meter_and_not_of_its_losses(
    imported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scope 3 has the same source and item once more, as one row of the year."""
    rows = ["source,method,item,start,end,quantity,unit,parameters"]
    rows += ["Main meter,purchased_electricity,electricity,2024-01-01,2024-01-31,5,MWh,"]
    rows += ["Main meter,transmission_losses,electricity,2024-01-01,2024-12-31,60,MWh,loss_rate=4.5"]
    Path("bills.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("import", imported, "bills.csv") == 0
    capsys.readouterr()
    assert run("meter", "activities", imported, "--meter", "Main", "--year", 2024, "--json") == 0
    assert [one["month"] for one in said(capsys)["months"]] == ["2024-03"]
    assert {a.method for a in held(imported, Activity) if a.start.month == 3} == {"purchased_electricity"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--meter", "Main"), "is not known"),
        (("--meter", "Main", "--method", "magic"), "“magic”"),
        (("--meter", "Main", "--method", "waste"), "is not something that"),
        (("--meter", "Bare", "--method", "purchased_electricity"), "belongs to no emission source"),
        (("--meter", "Main", "--method", "purchased_electricity", "--set", "uncertainty"), "not understood"),
    ],
)
def test_what_cannot_become_activity_data(
    imported: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(imported, "Bare") == 0
    before = state(imported)
    assert run("meter", "activities", imported, *words, "--year", "2024") == 2
    assert why in capsys.readouterr().err
    assert state(imported) == before


# ---------------------------------------------------------------------- estimated


def with_gaps(path: Path) -> None:
    begun(path)
    assert add(path, "Main", "--source", "Main meter", "--item", "electricity") == 0
    data = utility(Path("march.csv"))
    head, *rows = data.read_text(encoding="utf-8").splitlines()
    begins = [begin for begin, _ in clock(datetime(2024, 3, 1), datetime(2024, 4, 1))]
    kept = [
        row for row, begin in zip(rows, begins, strict=True)
        if begin.day != 12 and not (begin.day == 5 and begin.hour == 9)
    ]  # fmt: skip
    data.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    assert run("meter", "import", path, data, "--to", "m00001", *ANSWERS) == 0


STARTS = {"begun": begun, "with_march": with_march, "with_gaps": with_gaps}


@pytest.fixture
def gappy(lay: Laid) -> Path:
    """March with an hour missing on the 5th, and the 12th missing completely."""
    return lay("with_gaps")


def estimate(plant: Path, first: str, last: str, method: str, *more: object) -> int:
    words = ("--meter", "Main", "--from", first, "--to", last, "--method", method, *more)
    return run("meter", "estimate", plant, *words)


def test_gaps_are_filled_on_purpose_with_a_mark(gappy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = gappy.read_bytes()
    assert estimate(gappy, "2024-03-05", "2024-03-05", "linear", "--reason", "Logger off", "--dry-run", "--json") == 0
    assert said(capsys)["count"] == 4 and gappy.read_bytes() == before
    assert estimate(gappy, "2024-03-05", "2024-03-05", "linear", "--reason", "Logger off") == 0
    assert "4 missing values of Main estimated" in capsys.readouterr().out
    assert estimate(gappy, "2024-03-12", "2024-03-12", "same-time", "--reason", "Logger off", "--json") == 0
    told = said(capsys)
    assert (told["count"], told["saved"]) == (96, True)
    assert float(told["amount"]) == pytest.approx(12 * 100.006 + 12 * 20.006, abs=0.1)
    found = series_of(gappy, "m00001")
    assert found.marks is not None and int((found.marks == ESTIMATED).sum()) == 100
    assert not np.isnan(found.values).any()
    with PlantFile.open(gappy, read_only=True) as opened:
        why = str(opened.journal(1)[0].change.why)
    assert "Mean of the measured values of the same time" in why and why.endswith("Reason: Logger off")
    note = ("--method", "purchased_electricity", "--note", "Same time of other weeks")
    assert run("meter", "activities", gappy, "--meter", "Main", "--year", 2024, *note) == 0
    (made,) = held(gappy, Activity)
    assert made.estimated and "Same time of other weeks" in made.note


def test_a_known_total_is_spread_exactly(gappy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert estimate(gappy, "2024-03-01", "2024-03-31", "total", "--total", "35000", "--reason", "Bill 4711") == 0
    assert "Bill 4711" in capsys.readouterr().out
    with PlantFile.open(gappy, read_only=True) as opened:
        (march,) = Metered(opened.ledger, opened.blob).monthly("m00001", date(2024, 3, 1), date(2024, 3, 1))
    assert (march.total, march.estimated, march.complete) == (Decimal(35000), 100, True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("2024-03-12", "2024-03-12", "linear", "--reason", "x"), "24 h long"),
        (("2024-03-20", "2024-03-20", "linear", "--reason", "x"), "No value is missing"),
        (("2024-03-12", "2024-03-12", "total", "--reason", "x"), "A total belongs to"),
        (("2024-03-12", "2024-03-12", "same-time", "--reason", "x", "--total", "5"), "A total belongs to"),
        (("2024-03-12", "2024-03-12", "same-time", "--reason", " "), "--reason is missing"),
        (("2024-03-01", "2024-03-31", "total", "--reason", "x", "--total", "5"), "more than the total"),
        (("2024-03-13", "2024-03-12", "same-time", "--reason", "x"), "lies before"),
    ],
)
def test_what_cannot_be_estimated_is_refused(
    gappy: Path, words: tuple[str, str, str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(gappy)
    assert estimate(gappy, *words) == 2
    assert why in capsys.readouterr().err
    assert state(gappy) == before


# ---------------------------------------------------------------------- exported


def test_what_is_exported_is_read_again_as_the_same(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("meter", "export", imported, "--meter", "Main", "--out", "out.csv") == 0
    assert "2,972 rows written to out.csv." in capsys.readouterr().out
    assert run("meter", "import", imported, "out.csv", "--json") == 0
    told = said(capsys)
    assert told["questions"] == [], "what this program writes says all that must be known"
    assert (told["same"], told["new"], told["changed"], told["conflicts"]) == (2972, 0, 0, 0)
    assert run("meter", "export", imported, "--out", "out.csv") == 2
    assert "exists already" in capsys.readouterr().err


def test_a_part_is_exported(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("meter", "export", imported, "--from", "2024-03-31", "--to", "2024-03-31", "--out", "day.csv") == 0
    assert "92 rows" in capsys.readouterr().out
    assert add(imported, "Bare") == 0
    assert run("meter", "export", imported, "--meter", "Bare", "--out", "bare.csv") == 2
    assert "no interval data" in capsys.readouterr().err
    assert not Path("bare.csv").exists()


# ---------------------------------------------------------------------- all of them


PARTS = ("list", "add", "exchange", "read", "import", "profile", "check", "activities", "estimate", "export")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_part_explains_itself(part: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--ui-lang", lang, "meter", part, "--help"])
    assert caught.value.code == 0
    assert "FILE" in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("list",), ("profile", "x.plant"), ("estimate", "x.plant", "--meter", "m")])
def test_wrong_usage_is_code_2(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["meter", *words])
    assert caught.value.code == 2


def test_a_plant_whose_time_zone_is_not_known_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "usa.plant"
    assert run("new", path, "--name", "Works", "--country", "US") == 0
    assert add(path, "Main") == 0
    data = utility(tmp_path / "march.csv", last=datetime(2024, 3, 3))
    assert run("meter", "import", path, data, "--to", "m00001", *ANSWERS) == 2
    assert "time zone" in capsys.readouterr().err


def test_moments_are_kept_in_utc(imported: Path) -> None:
    start = series_of(imported, "m00001").start
    assert datetime.fromtimestamp(start, UTC) == datetime(2024, 2, 29, 23, 0, tzinfo=UTC)
