"""Key figures, benchmarks, analytical procedures, plan and walk in the terminal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.i18n import T
from core.ledger import (
    Benchmark,
    Change,
    Evidence,
    Expectation,
    KeyFigure,
    Meter,
    PlanItem,
    Record,
    Step,
    WeatherFile,
    kind_of,
)
from core.store import PlantFile
from tests.core.audit.party import AUDITOR, PREPARER
from tests.core.audit.plant_file import in_verification
from tests.core.exchange.weather.files import data, epw
from tests.core.samples import PLANT, month, year_of_bills

WHEN = datetime(2024, 1, 10, tzinfo=UTC)
METER = Meter("m00001", "Feeder", "electricity", "import", "kWh", serial="A-7", location="Switch room",
              source="Main meter", calibrated_to="2023-06-30")  # fmt: skip
BEFORE = [replace(one, id=f"b{one.id}", **month(one.start.month, 2022)) for one in year_of_bills()]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """Bills of 2022, a fifth more in 2023, and a meter."""
    path = tmp_path / "a.plant"
    records: list[Record] = [*BEFORE, *year_of_bills(quantity=Decimal(1200)), METER]
    PlantFile.create(path, PLANT, "Li Na", WHEN)
    with PlantFile.open(path) as made:
        steps = tuple(Step(kind_of(one), one.id, None, one) for one in records)
        made.append(Change("Li Na", WHEN, T("Bills"), steps))
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object, lang: str = "en") -> tuple[int, str, str]:
        code = main(["--ui-lang", lang, "audit", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def held(path: Path, cls: type[Any]) -> tuple[Any, ...]:
    with PlantFile.open(path, read_only=True) as opened:
        return opened.ledger.held(cls)


def answer(run: Run, *words: object) -> Any:
    return json.loads(run(*words, "--json")[1])


def test_figures_are_added_listed_and_removed(run: Run, plant: Path) -> None:
    assert run("figures", "show", plant, "--year", 2023)[0] == 1
    add = ("figures", "add", plant, "--name", "产量", "--unit", "piece", "--person", "Li Na")
    assert run(*add, "--start", "2023", "--quantity", "1,234.5")[0] == 0
    code, _, err = run(*add, "--start", "2023-05", "--quantity", "7")
    assert code == 2 and "two entries cover" in err
    found = answer(run, "figures", "show", plant, "--year", 2023)
    assert found["figures"] == [{"name": "production", "unit": "piece", "quantity": "1234.5", "missing": None}]
    assert "1,234.5" in run("figures", "show", plant, "--year", 2023)[1]
    assert run("figures", "remove", plant, "kf00001")[0] == 0 and held(plant, KeyFigure) == ()
    assert run("figures", "remove", plant, "kf00001")[0] == 2


def test_figures_come_from_a_file_and_go_to_one(run: Run, plant: Path, tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    table.write_text(
        "Key figure,Unit,Start,Quantity\nproduction,piece,2023,100\nheadcount,person,2023,nobody\n", "utf-8"
    )
    found = answer(run, "figures", "import", plant, table)
    assert found["imported"] == 0
    assert (found["refused"][0]["row"], found["refused"][0]["column"]) == (3, "Quantity")
    assert run("figures", "import", plant, table)[0] == 1 and held(plant, KeyFigure) == ()
    table.write_text("Key figure,Unit,Start,Quantity\nproduction,piece,2023,100\n", "utf-8")
    assert answer(run, "figures", "import", plant, table) == {"imported": 1, "refused": []}
    assert run("figures", "import", plant, table)[0] == 2  # the very same file
    out = tmp_path / "out.xlsx"
    assert run("figures", "export", plant, out, "--lang", "zh")[0] == 0 and out.read_bytes().startswith(b"PK")
    with PlantFile.open(plant, read_only=True) as opened:
        (file,) = opened.ledger.held(Evidence)
        assert opened.blob(file.sha256) == table.read_bytes()


def test_degree_days_of_a_kept_weather_file(run: Run, plant: Path) -> None:
    content = data(epw())
    digest = hashlib.sha256(content).hexdigest()
    file = WeatherFile("w00001", "krosno.epw", "epw", digest, len(content), Decimal("49.7"), Decimal("21.8"))
    with PlantFile.open(plant) as opened:
        opened.append(Change("Li Na", WHEN, T("Weather"), (Step("weather", file.id, None, file),)), [content])
    words = ("figures", "degree-days", plant, "--from", "w00001", "--name", "heating_degree_days")
    assert run(*words, "--year", 2023)[0] == 2
    code, out, _ = run(*words, "--year", 2021, "--base", "15")
    assert code == 0 and "base 15 °C" in out and "months: 12" in out
    assert len(held(plant, KeyFigure)) == 12


def test_benchmarks(run: Run, plant: Path, tmp_path: Path) -> None:
    table = tmp_path / "sisters.csv"
    head = "Key figure,Of what,Unit,Low,Median,High,Plants,Year,Publisher\n"
    table.write_text(f"{head}production,joy,t/piece,1,2,3,5,2023,Group\n", "utf-8")
    assert run("benchmarks", "import", plant, table)[0] == 1
    table.write_text(f"{head}production,electricity,kWh/piece,100,120,140,5,2023,Group\n", "utf-8")
    assert run("benchmarks", "import", plant, table)[0] == 0
    assert answer(run, "benchmarks", "show", plant)[0]["publisher"] == "Group"
    code, out, _ = run("benchmarks", "show", plant, lang="zh")
    assert code == 0 and "产量" in out and "外购电力" in out
    assert run("benchmarks", "export", plant, tmp_path / "out.csv")[0] == 0
    assert run("benchmarks", "remove", plant, "be00001")[0] == 0 and held(plant, Benchmark) == ()
    assert run("benchmarks", "show", plant)[0] == 1


def test_analytical_procedures_are_explained(run: Run, plant: Path, tmp_path: Path) -> None:
    show = ("analytics", "show", plant, "--year", 2023)
    code, out, _ = run(*show)
    assert code == 1 and "wants an explanation" in out and "7.8 %" in out
    found = answer(run, *show)
    # The grid factor fell, so the tonnes rose by less than the kilowatt-hours.
    assert "the quantity changed by 20 %" in found[1]["how"]
    assert [(one["procedure"], one["subject"], one["unexplained"]) for one in found] == [
        ("last_year", "", True), ("last_year", "Main meter", True)]  # fmt: skip
    proof = tmp_path / "shift plan.pdf"
    proof.write_bytes(b"%PDF")
    for subject in ("", "Main meter"):
        words = ("analytics", "explain", plant, "--year", 2023, "--procedure", "last_year", "--subject", subject)
        assert run(*words, "--accept")[0] == 2
        assert run(*words, "--explanation", "A second shift", "--evidence", proof)[0] == 0
        assert run(*words, "--accept")[0] == 0
    assert run(*show)[0] == 0 and "explained" in run(*show)[1]
    said = held(plant, Expectation)
    assert [(one.explanation, one.accepted, one.evidence) for one in said] == [
        ("A second shift", True, ("e00001",))
    ] * 2
    assert len(held(plant, Evidence)) == 1
    assert run("analytics", "take-back", plant, "--year", 2023, "--procedure", "last_year")[0] == 0
    assert run(*show)[0] == 1
    assert run("analytics", "explain", plant, "--year", 2023, "--procedure", "production", "--subject", "x")[0] == 2


def test_a_year_without_another_says_so(run: Run, plant: Path) -> None:
    code, out, _ = run("analytics", "show", plant, "--year", 2022)
    assert code == 0 and "2021 is neither closed nor recorded" in out
    assert "Nothing lies beyond" in run("analytics", "show", plant, "--year", 2022, "--beyond")[1]


def test_the_plan_is_proposed_and_altered(run: Run, plant: Path, tmp_path: Path) -> None:
    assert run("plan", "show", plant, "--year", 2023)[0] == 1
    code, out, _ = run("plan", "propose", plant, "--year", 2023, "--person", "Li Na")
    assert code == 0 and "pl00001 Main meter (electricity): metered" in out
    assert run("plan", "propose", plant, "--year", 2023)[0] == 1
    assert run("plan", "set", plant, "--id", "pl00001", "--frequency", "quarterly", "--meter", "A-7",
               "--calibration-months", "72", "--accuracy", "0.5")[0] == 0  # fmt: skip
    (line,) = held(plant, PlanItem)
    assert (line.frequency, line.meter, line.calibration_months, line.accuracy) == (
        "quarterly",
        "m00001",
        72,
        Decimal("0.5"),
    )
    found = answer(run, "plan", "show", plant, "--year", 2023)
    assert "Records: 12" in found["lines"][0]["practice"][0] and found["not_planned"] == []
    assert "Feeder" in run("plan", "show", plant, "--year", 2023)[1]
    assert run("plan", "set", plant, "--source", "Boiler", "--item", "天然气", "--method", "billed")[0] == 0
    assert [one.item for one in held(plant, PlanItem)] == ["electricity", "natural_gas"]
    assert run("plan", "set", plant, "--id", "pl9", "--note", "x")[0] == 2
    out_file = tmp_path / "plan.csv"
    assert run("plan", "export", plant, out_file)[0] == 0
    assert run("plan", "remove", plant, "pl00001", "pl00002")[0] == 0 and held(plant, PlanItem) == ()
    assert answer(run, "plan", "import", plant, out_file) == {"imported": 2, "refused": []}
    out_file.write_text(out_file.read_text("utf-8-sig").replace("metered", "guessed"), "utf-8")
    assert run("plan", "import", plant, out_file)[0] == 1


def test_in_verification_the_plan_and_figures_are_locked(run: Run, tmp_path: Path) -> None:
    """The preparer changes them because of a finding only; the auditor may bring benchmarks at any time."""
    path = in_verification(tmp_path / "v.plant")
    code, _, err = run("plan", "propose", path, "--year", 2023, "--person", PREPARER.name)
    assert code == 1 and err and held(path, PlanItem) == ()
    table = tmp_path / "sisters.csv"
    table.write_text("Key figure,Of what,Unit,Low,Median,High,Plants,Year,Publisher\n"
                     "production,total,t/piece,1,2,3,5,2023,Group\n", "utf-8")  # fmt: skip
    assert run("benchmarks", "import", path, table, "--person", AUDITOR.name)[0] == 0
    assert run("benchmarks", "remove", path, "be00001", "--person", AUDITOR.name)[0] == 0


def test_the_walk_as_text_json_and_pdf(run: Run, plant: Path, tmp_path: Path) -> None:
    words = ("walk", plant, "--year", 2023, "--day", "2024-03-01")
    code, out, _ = run(*words)
    assert code == 0 and "Switch room" in out and "[ ] test" in out
    first = answer(run, *words)[0]
    assert (first["location"], first["meters"][0]["serial"], first["meters"][0]["overdue"]) == (
        "Switch room",
        "A-7",
        True,
    )
    pdf = tmp_path / "walk.pdf"
    assert run(*words, "--pdf", pdf, "--lang", "zh")[0] == 0 and pdf.read_bytes().startswith(b"%PDF")
    assert run(*words, "--pdf", pdf)[0] == 2  # it exists
