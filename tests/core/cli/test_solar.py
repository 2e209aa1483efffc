"""``solar``: yield, performance, forecast, claims taken apart; systems and arrays described, or refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.ledger import Claim, PvArray, PvSystem, WeatherFile
from core.solar.losstree import TITLES
from core.store import PlantFile
from tests.core.cli.built import built

MONTHS = (
    "# latitude: 40.8\n# longitude: 114.9\n# source: invented\nmonth,ghi,temperature\n"
    "1,79,-9\n2,95,-5\n3,138,3\n4,161,11.5\n5,182,18\n6,172,21.8\n7,160,23.6\n8,147,22\n9,126,16.5\n10,104,9\n"
    "11,77,-0.5\n12,68,-7\n"
)


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, *(str(word) for word in words)])


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def held(plant: Path, kind: type[Any]) -> tuple[Any, ...]:
    with PlantFile.open(plant, read_only=True) as opened:
        return opened.ledger.held(kind)


def state(plant: Path) -> tuple[str, int]:
    """Changes with every change of the plant."""
    with PlantFile.open(plant, read_only=True) as opened:
        return opened.head, opened.entries


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two roofs with two years of 15 minutes. No test changes them."""
    return built(tmp_path_factory.mktemp("demo")).folder


@pytest.fixture
def zhangjiakou(demo: Path) -> Path:
    return demo / "zhangjiakou.plant"


@pytest.fixture
def fangshan(demo: Path) -> Path:
    return demo / "fangshan.plant"


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("months.csv").write_text(MONTHS, encoding="utf-8")
    path = tmp_path / "works.plant"
    assert run("new", path, "--name", "Works", "--country", "CN", "--region", "CN-HE") == 0
    for name, direction in (("PV", "generation"), ("Feed", "export"), ("Main", "import")):
        words = ("--name", name, "--medium", "electricity", "--direction", direction, "--unit", "kWh")
        assert run("meter", "add", path, *words) == 0
    capsys.readouterr()
    return path


PLACE = ("--commissioned", "2022-09-01", "--latitude", "40.8", "--longitude", "114.9")


def describe(plant: Path, *more: object) -> int:
    return run("solar", "add", plant, "--name", "Roof", *PLACE, *more)


def array(plant: Path, *more: object) -> int:
    words = ("--system", "p00001", "--name", "South", "--dc-power", 100, "--tilt", 20, "--azimuth", 180)
    return run("solar", "array", plant, *words, *more)


# ---------------------------------------------------------------------- yield


def test_the_expected_year_adds_up(zhangjiakou: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("solar", "yield", zhangjiakou, "--json") == 0
    (told,) = said(capsys)
    assert len(told["months"]) == 12 and told["dc_power_kw"] == "2000"
    assert sum(map(Decimal, told["months"])) == pytest.approx(Decimal(told["year_kwh"]), abs=1)
    assert Decimal(told["specific_kwh_kw"]) == pytest.approx(Decimal(told["year_kwh"]) / 2000, abs=Decimal("0.1"))
    assert 900 < Decimal(told["specific_kwh_kw"]) < Decimal(told["irradiation_kwh_m2"]) < 2000
    keys = [loss["key"] for loss in told["losses"]]
    assert keys[:2] == ["glass", "temperature"] and set(keys) <= set(TITLES)
    assert run("solar", "yield", zhangjiakou) == 0
    english = capsys.readouterr().out
    assert "Jan" in english and "Dec" in english and "kWh/kW" in english and "Temperature of the modules" in english
    assert run("solar", "yield", zhangjiakou, lang="zh") == 0
    chinese = capsys.readouterr().out
    assert "12月" in chinese and "组件温度" in chinese and "Jan" not in chinese


def test_without_weather_the_year_cannot_be_said(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert describe(plant) == array(plant) == 0
    capsys.readouterr()
    assert run("solar", "yield", plant, "--year", 2024, "--json") == 0
    (told,) = said(capsys)
    assert (told["months"], told["year_kwh"], told["losses"]) == (None, None, None)
    assert run("solar", "yield", plant, "--year", 2024) == 0
    assert "No weather file" in capsys.readouterr().out


# ---------------------------------------------------------------------- performance


def test_what_was_counted_stands_beside_what_was_expected(
    zhangjiakou: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("solar", "performance", zhangjiakou, "--year", 2025, "--json") == 0
    (told,) = said(capsys)
    assert sum(Decimal(month["energy_kwh"]) for month in told["months"]) == Decimal(told["energy_kwh"])
    tree = told["loss_tree"]
    lost = sum(Decimal(loss["kwh"]) for loss in tree["losses"])
    assert Decimal(tree["reference_kwh"]) - lost - Decimal(tree["unexplained_kwh"]) == Decimal(tree["energy_kwh"])
    assert 0.75 < float(told["figures"]["performance_ratio"]["value"]) < 0.9
    assert run("solar", "performance", zhangjiakou, "--year", 2025) == 0
    printed = capsys.readouterr().out
    assert f"{Decimal(told['energy_kwh']):,.0f}" in printed
    for words in ("Performance ratio", "Unexplained", "Outages", "At the meter", "Availability: 99.", "year on year",
                  "Netted by 15 min", "15.5 % of the load"):  # fmt: skip
        assert words in printed
    assert "-0.00" not in printed
    rows = [line for line in printed.splitlines() if line.endswith(("measured", "assumed"))]
    assert len(rows) == len(tree["losses"])


def test_what_no_sensor_measures_is_said_with_the_reason(fangshan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("solar", "performance", fangshan, "--year", 2025, "--json") == 0
    (told,) = said(capsys)
    assert told["loss_tree"] is None and told["availability"] is None
    assert told["figures"]["performance_ratio"]["value"] is None
    assert run("solar", "performance", fangshan, "--year", 2025) == 0
    printed = capsys.readouterr().out
    assert "The irradiance on the modules was not measured." in printed and "No sensor measures the light" in printed


# ---------------------------------------------------------------------- forecast


def test_the_years_to_come_with_tonnes_and_money(zhangjiakou: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("solar", "forecast", zhangjiakou, "--json") == 0
    (told,) = said(capsys)
    made = told["forecast"]
    assert len(made["rows"]) == made["years"] == 25
    for key in ("p50_kwh", "p90_kwh", "constant_t", "falling_t"):
        added = sum(Decimal(row[key]) for row in made["rows"])
        assert added == pytest.approx(Decimal(made[key]), abs=Decimal("1.5"))
    assert Decimal(made["falling_t"]) < Decimal(made["constant_t"])
    assert Decimal(made["p90_kwh"]) < Decimal(made["p50_kwh"])
    assert made["money"]["irr_roots"] == 1
    assert run("solar", "forecast", zhangjiakou) == 0
    printed = capsys.readouterr().out
    for words in ("P90, kWh", "Net present value", "Internal rate of return, %", "Levelised cost of a kWh, nominal",
                  "Discounted payback, years", "Purchased electricity saved: ", " CNY for ", "never change a total",
                  "Residual mix (market-based)", "Grid factor of "):  # fmt: skip
        assert words in printed
    assert f"{float(made['money']['npv']):,.0f}" in printed


def test_without_costs_there_is_no_money(fangshan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("solar", "forecast", fangshan) == 0
    printed = capsys.readouterr().out
    assert "Net present value" not in printed and "No tariff holds in this time" in printed


@pytest.mark.parametrize("part", ["yield", "performance", "forecast"])
def test_a_system_that_is_not_there(zhangjiakou: Path, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("solar", part, zhangjiakou, "--system", "p9") == 2
    assert "no such PV system" in capsys.readouterr().err
    assert run("solar", part, zhangjiakou, "--year", 2020) == 2, "it was not built yet"
    assert "in this year" in capsys.readouterr().err
    assert run("solar", part, zhangjiakou, "--year", 99999) == 2
    assert "99999" in capsys.readouterr().err


def test_a_system_without_arrays_says_what_is_missing(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert describe(plant) == 0
    assert run("solar", "yield", plant, "--year", 2024) == 2
    assert "has no arrays" in capsys.readouterr().err


# ---------------------------------------------------------------------- claim


def test_the_published_claims_do_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures that the check must state: one constant, 3.46 years, 12 to 17 kt."""
    assert run("solar", "claim", "--demo") == 1
    printed = capsys.readouterr().out
    for words in ("0.600 t/MWh", "an undocumented constant", "4,150 MWh is 3.46 years of 1,200 MWh",
                  "12 to 17 kt instead of 18 kt", "Fangshan: Contradicted"):  # fmt: skip
        assert words in printed
    assert printed.count("Degradation of the modules after the first year") == 1, "assumptions are printed once"
    assert run("solar", "claim", "--demo", lang="zh") == 1
    chinese = capsys.readouterr().out
    assert "0.600" in chinese and "3.46" in chinese and "12～17 kt" in chinese.replace("12 ～ 17", "12～17")


def test_the_published_claims_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("solar", "claim", "--demo", "--json") == 1
    told = {one["claim"]["id"]: one for one in said(capsys)}
    fangshan, zhangjiakou = told["claim-fangshan"], told["claim-zhangjiakou"]
    assert (fangshan["verdict"], zhangjiakou["verdict"]) == ("contradicted", "doubtful")
    for one in (fangshan, zhangjiakou):
        (constant,) = [step for step in one["steps"] if step["key"] == "constant"]
        values = {quantity["key"]: quantity for quantity in constant["quantities"]}
        assert any(Decimal(value["value"]) == Decimal("0.6") for value in values.values())
    (forecast,) = [step for step in fangshan["steps"] if step["key"] == "forecast"]
    tonnes = [Decimal(one["tonnes"]) for one in forecast["scenarios"]]
    assert (round(min(tonnes) / 1000), round(max(tonnes) / 1000)) == (12, 17)
    (totals,) = [step for step in fangshan["steps"] if step["key"] == "totals"]
    assert any(quantity["shown"] == "3.46" for quantity in totals["quantities"])


def test_a_typed_claim_is_judged_and_only_kept_on_purpose(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = ("--power", "2,000", "--yearly", "2000000", "--yearly-tonnes", "1200")
    words = ("--name", "Roof", "--published", "2024-05-01", *numbers)
    before = state(plant)
    assert run("solar", "claim", plant) == 0
    assert "keeps no claims yet" in capsys.readouterr().out
    assert run("solar", "claim", plant, *words, "--json") == 0
    (told,) = said(capsys)
    assert (told["claim"]["country"], told["claim"]["region"]) == ("CN", "CN-HE"), "the place of the plant"
    assert told["verdict"] == "doubtful" and state(plant) == before
    assert run("solar", "claim", plant, *words, "--keep", "--person", "Li Na") == 0
    (kept,) = held(plant, Claim)
    assert (kept.id, kept.power, kept.yearly_tonnes) == ("c00001", Decimal(2000), Decimal(1200))
    capsys.readouterr()
    assert run("solar", "claim", plant, "--json") == 0
    assert [one["claim"]["id"] for one in said(capsys)] == ["c00001"]


def test_a_claim_is_held_against_the_model_of_its_roof(fangshan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("solar", "claim", fangshan) == 1
    assert "The model of this system (Model of the PV system" in capsys.readouterr().out
    assert run("solar", "claim", fangshan, "--power", 1500, "--yearly", 9_000_000, "--system", "pv001", "--json") == 1
    (told,) = said(capsys)
    (step,) = [one for one in told["steps"] if one["key"] == "yield"]
    assert step["verdict"] == "contradicted"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "no number"),
        (("--power", "much"), "much"),
        (("--power", "-5"), "not above 0"),
        (("--power", "5", "--gas", "smoke"), "smoke"),
        (("--power", "5", "--published", "someday"), "someday"),
        (("--power", "5", "--keep"), "plant file"),
        (("--power", "5", "--system", "p9"), "no PV system p9"),
        (("PLANT", "--power", "5", "--system", "p9"), "no PV system p9"),
        (("PLANT", "--demo"), "no plant file"),
        (("PLANT", "--keep"), "no claim to keep"),
    ],
)
def test_claims_that_are_none(
    plant: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(plant)
    assert run("solar", "claim", *(plant if word == "PLANT" else word for word in words)) == 2
    assert why in capsys.readouterr().err
    assert state(plant) == before


# ---------------------------------------------------------------------- add and array


def test_a_system_is_described_corrected_and_looked_at(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--generation", "PV", "--feed-in", "m00002", "--purchased", "Main", "--ac-limit", 80, "--set", "soiling=3",
            "--set", "capex=500,000", "--set", "price=0.7", "--roof-owner", "plant", "--source", "Roof PV")  # fmt: skip
    assert describe(plant, *more, "--weather", "months.csv", "--person", "Li Na") == 0
    assert "PV system described. Its id is p00001." in capsys.readouterr().out
    assert array(plant, "--area", 500, "--gamma", "-0.34", "--inverter-efficiency", 98, "--json") == 0
    assert said(capsys) == {"id": "q00001", "name": "South"}
    (system,), (south,), (weather,) = held(plant, PvSystem), held(plant, PvArray), held(plant, WeatherFile)
    assert (system.generation, system.feed_in, system.purchased) == (("m00001",), ("m00002",), ("m00003",))
    assert dict(system.parameters) == {"capex": "500000", "price": "0.7", "soiling": "3"}
    assert (weather.kind, weather.latitude, system.weather) == ("monthly", Decimal("40.8"), weather.id)
    assert (south.system, south.dc_power, south.area) == ("p00001", Decimal(100), Decimal(500))
    changed = ("--system", "p00001", "--note", "washed", "--set", "soiling=1", "--set", "capex=")
    assert run("solar", "add", plant, *changed, "--generation", "m00001", "--json") == 0
    (after,) = held(plant, PvSystem)
    assert (after.note, after.name) == ("washed", "Roof")
    assert dict(after.parameters) == {"price": "0.7", "soiling": "1"}, "what is empty is taken away"
    capsys.readouterr()
    before = state(plant)
    assert run("solar", "add", plant, "--system", "p00001", "--note", "washed") == 0
    assert "Nothing was changed." in capsys.readouterr().out and state(plant) == before
    assert run("solar", "yield", plant, "--year", 2024, "--json") == 0
    (told,) = said(capsys)
    assert 1000 < Decimal(told["specific_kwh_kw"]) < 1700


def test_a_table_without_a_place_is_taken_as_of_the_system(plant: Path) -> None:
    Path("bare.csv").write_text(MONTHS.partition("month,")[1] + MONTHS.partition("month,")[2], encoding="utf-8")
    assert describe(plant, "--weather", "bare.csv") == 0
    (weather,) = held(plant, WeatherFile)
    assert (weather.latitude, weather.longitude) == (Decimal("40.8"), Decimal("114.9"))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "PLANT", "--name", "Roof"), "--commissioned is missing"),
        (("add", "PLANT", "--name", " ", *PLACE), "--name is missing"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--latitude", "95"), "Latitude of Roof is 95"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--degradation", "150"), "Degradation"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--commissioned", "soon"), "soon"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--generation", "m7"), "no meter m7"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--generation", "Main"), "does not count --generation"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--set", "soiling"), "not understood"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--set", "soiling=much"), "much"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--set", "soiling=101"), "soiling"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--set", "dirt=3"), "no parameter “dirt”"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--weather", "none.epw"), "none.epw"),
        (("add", "PLANT", "--name", "Roof", *PLACE, "--weather", "works.plant"), "works.plant"),
        (("add", "PLANT", "--system", "p9", "--note", "x"), "no PV system p9"),
        (("array", "PLANT", "--system", "p9", "--name", "S", "--dc-power", "1", "--tilt", "1", "--azimuth", "1"),
         "no PV system p9"),
        (("array", "PLANT", "--system", "p00001", "--name", "S", "--dc-power", "0", "--tilt", "1", "--azimuth", "1"),
         "has no power"),
        (("array", "PLANT", "--system", "p00001", "--name", "S", "--dc-power", "5", "--tilt", "95", "--azimuth", "1"),
         "Tilt of S is 95"),
        (("array", "PLANT", "--system", "p00001", "--name", "S", "--dc-power", "5", "--tilt", "9", "--azimuth", "1",
          "--mounting", "nailed"), "nailed"),
        (("array", "PLANT", "--system", "p00001", "--name", "S", "--dc-power", "5", "--tilt", "9", "--azimuth", "1",
          "--commissioned", "soon"), "soon"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_changes(
    plant: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert describe(plant) == 0
    before = state(plant)
    assert run("solar", *(plant if word == "PLANT" else word for word in words)) == 2
    message = capsys.readouterr().err
    assert why in message and "Traceback" not in message
    assert state(plant) == before


@pytest.mark.parametrize("part", ["yield", "performance", "forecast", "claim", "add", "array"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_part_explains_itself(part: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--ui-lang", lang, "solar", part, "--help"])
    assert caught.value.code == 0
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("yield",), ("add", "x.plant", "--roof-owner", "nobody"), ("array", "x.plant")])
def test_wrong_usage_is_code_2(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["solar", *words])
    assert caught.value.code == 2
