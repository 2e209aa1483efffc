"""``savings``: shown, added, removed and described, in both languages and for programs."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.ledger import Measure
from core.savings import all_kinds
from core.store import PlantFile

LAMPS: dict[str, Any] = {
    "luminaires_before": 400, "watts_before": 90, "luminaires_after": 400, "watts_after": 14, "hours_per_day": 12,
    "days": 250,
}  # fmt: skip


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, *(str(word) for word in words)])


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.pdf").write_bytes(b"%PDF-1.7 a list of lamps")
    (tmp_path / "meter.csv").write_text(all_kinds()["baseline"].example_data, encoding="utf-8")
    path = tmp_path / "works.plant"
    assert run("new", path, "--name", "Works", "--country", "CN", "--region", "CN-HE") == 0
    capsys.readouterr()
    return path


def words(plant: Path, *more: object, kind: str = "lighting", **parameters: object) -> list[object]:
    pairs = [word for key, value in parameters.items() for word in ("--set", f"{key}={value}")]
    frame = ["--kind", kind, "--name", "Hall 1", "--start", "2024-01-01", "--end", "2025-12-31"]
    return ["savings", "add", plant, *frame, *pairs, *more]


def held(plant: Path) -> tuple[Measure, ...]:
    with PlantFile.open(plant, read_only=True) as opened:
        return opened.ledger.held(Measure)


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_measure_is_added_shown_and_removed(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--proof", "list.pdf", "--note", "LED", "--person", "Li Na")
    assert run(*words(plant, *more, **LAMPS, currency="CNY", price="0.7", capex=120000)) == 0
    assert "Measure “Hall 1” added. Its id is s00001." in capsys.readouterr().out
    (made,) = held(plant)
    assert (made.kind, made.item, made.note, made.evidence) == ("lighting", "electricity", "LED", ("e00001",))
    assert run("savings", plant) == 0
    printed = capsys.readouterr().out
    assert "91.200" in printed and "63,840.00 CNY" in printed and "never subtracted" in printed
    assert printed.count("All measures") == 2
    assert run("savings", plant, "--year", 2025, "--json") == 0
    told = said(capsys)
    assert [year["year"] for year in told["years"]] == [2025]
    assert told["measures"][0]["finance"]["payback_years"] == "1.88"
    assert run("savings", "remove", plant, "s00001", "--json") == 0
    assert said(capsys) == {"id": "s00001", "removed": True}
    assert held(plant) == ()


def test_a_measure_with_a_table(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words(plant, "--table", "meter.csv", "--json", kind="baseline", model="3ph", unit="kWh")) == 0
    assert said(capsys) == {"id": "s00001", "saved": True, "kind": "baseline"}
    assert run("savings", plant, "--json") == 0
    (metered,) = said(capsys)["measures"]
    assert Decimal(metered["total"]["kwh"]) > 40000 and metered["regression"]["within_ashrae_14"] is True
    assert len(metered["table"]) == 64


def test_a_table_with_wrong_cells_changes_nothing(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.csv").write_text("start,energy\n2024-01,x\n", encoding="utf-8")
    assert run(*words(plant, "--table", "wrong.csv", kind="baseline")) == 2
    assert "Row 2, column energy" in capsys.readouterr().out
    assert held(plant) == ()


def test_a_dry_run_changes_nothing(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words(plant, "--dry-run", **LAMPS)) == 0
    assert "Nothing was changed." in capsys.readouterr().out
    assert held(plant) == ()


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["savings", "add"], "is not understood"),
        (["savings", "PLANT", "more"], "is not understood"),
        (["savings", "remove", "PLANT", "s9"], "has no measure s9"),
        (["savings", "add", "PLANT"], "--kind is missing"),
        (["savings", "add", "PLANT", "--kind", "magic"], "Unknown kind of measure"),
        (["savings", "add", "PLANT", "--kind", "lighting", "--name", "A"], "--start is missing"),
        (["savings", "add", "PLANT", "--kind", "lighting", "--name", "A", "--start", "x", "--end", "y"], "not a date"),
        (["savings", "add", "PLANT", "--kind", "lighting", "--name", "A", "--start", "2024-01-01", "--end",
          "2024-12-31", "--set", "days"], "is no parameter"),
        (["savings", "add", "PLANT", "--kind", "lighting", "--name", "A", "--start", "2024-01-01", "--end",
          "2024-12-31", "--table", "meter.csv"], "has no table"),
        (["savings", "add", "PLANT", "--kind", "baseline", "--name", "A", "--start", "2024-01-01", "--end",
          "2024-12-31"], "has no table yet"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_to_do(
    plant: Path, capsys: pytest.CaptureFixture[str], command: list[str], why: str
) -> None:
    assert run(*(plant if word == "PLANT" else word for word in command)) == 2
    assert why in capsys.readouterr().err
    assert held(plant) == ()


def test_an_item_is_known_by_its_name(plant: Path) -> None:
    parameters: dict[str, Any] = {"heat": 1000, "efficiency": 90, "seasonal_factor": 3}
    assert run(*words(plant, "--item", "天然气", kind="heat_pump", **parameters)) == 0
    assert held(plant)[0].item == "natural_gas"


def test_kinds_are_described_completely(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("savings", "kinds") == 0
    printed = capsys.readouterr().out
    for kind in all_kinds().values():
        assert kind.key in printed and kind.source in printed
        assert all(parameter.key in printed for parameter in kind.parameters)
    assert run("savings", "kinds", "--kind", "baseline", "--json") == 0
    (one,) = said(capsys)
    assert one["key"] == "baseline" and one["columns"][0] == {
        "key": "start", "title": "First day", "unit": "", "required": True, "words": [],
    }  # fmt: skip


def test_a_plant_without_measures_is_told_how_to_begin(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("savings", plant) == 0
    assert "savings add" in capsys.readouterr().out
    assert run("savings", plant, lang="zh") == 0
    assert capsys.readouterr().out.strip()


def test_what_cannot_be_calculated_and_what_overlaps_is_told(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words(plant, **LAMPS)) == 0
    assert run(*words(plant, kind="compressed_air", flow=20, specific_power=6.5, hours=6000, leak_share_before=28,
                      leak_share_after=10)) == 0  # fmt: skip
    with PlantFile.open(plant) as opened:
        from datetime import UTC, datetime

        from core.i18n import T
        from core.ledger import Change, Step

        lost = Measure("s9", "Old", "magic", held(plant)[0].start, held(plant)[0].end, "electricity")
        opened.append(Change("x", datetime(2026, 1, 1, tzinfo=UTC), T("Test"), (Step("measure", "s9", None, lost),)))
    capsys.readouterr()
    assert run("savings", plant) == 0
    printed = capsys.readouterr().out
    assert "Unknown kind of measure “magic”" in printed and "not all of them name their source" in printed
