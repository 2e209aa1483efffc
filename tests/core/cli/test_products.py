"""``product``: footprints for people, for programs and for customers; records of products."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from core.cli import main
from core.i18n import T
from core.ledger import Change, Record, Step, kind_of
from core.store import PlantFile
from tests.core.exchange.stating import WHOLE_DISC, WHOLE_STRUT
from tests.core.products.plants import DISC, GIVEN, HEBEI, PARTS, STRUT, ledger_of, made_by

WHEN = datetime(2024, 1, 2, tzinfo=UTC)
DATA = Path(__file__).parents[2] / "data"
BOTH = ("--company-id", "urn:BPNL000000000DWF", "--domain", "example.com", "--standard", "GHGP-Product", "--standard",
        "PACT-3.0", "--exempted", "0", "--packaging", "yes")  # fmt: skip
MORE = ("--rule", "Catena-X Product Carbon Footprint Rulebook v4", "--technological", "2", "--temporal", "1.5",
        "--geographical", "3", "--valid-until", "2099-12-31", "--incineration", "polluter pays principle")  # fmt: skip


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, *(str(word) for word in words)])


def put(path: Path, *records: Record) -> None:
    with PlantFile.open(path) as plant:
        steps = tuple(Step(kind_of(one), one.id, plant.ledger.get(kind_of(one), one.id), one) for one in records)
        plant.append(Change("Li Na", WHEN, T("Test"), steps))


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "works.plant"
    PlantFile.create(path, HEBEI, "Li Na", WHEN)
    put(path, *GIVEN)
    put(path, WHOLE_STRUT, WHOLE_DISC)
    return path


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    def read() -> Any:
        return json.loads(capsys.readouterr().out)

    yield read


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_products_are_listed_with_their_footprints(plant: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    assert run("product", "list", plant, lang=lang) == 0
    out = capsys.readouterr().out
    assert "Strut" in out and "Disc" in out and "400,000" in out


def test_the_list_for_programs(plant: Path, said: Any) -> None:
    assert run("product", "list", plant, "--json") == 0
    plain = said()
    found = made_by(ledger_of(WHOLE_STRUT, WHOLE_DISC))
    assert plain["year"] == 2023 and [one["id"] for one in plain["products"]] == [STRUT.id, DISC.id]
    for one in plain["products"]:
        footprint = found.of(one["id"])
        assert footprint is not None and Decimal(one["kg_per_unit"]) == footprint.per_unit


def test_what_stands_in_the_way_is_an_answer_of_no(plant: Path, capsys: pytest.CaptureFixture[str], said: Any) -> None:
    put(plant, replace(PARTS[0], unit="bushel"))
    assert run("product", "list", plant) == 1
    out = capsys.readouterr().out
    assert "[In the way] Strut, Tube: Unknown unit “bushel”." in out and "–" in out
    assert run("product", "footprint", plant, "--product", "Disc") == 0
    capsys.readouterr()
    assert run("product", "footprint", plant, "--product", "Strut", "--json") == 1
    assert said()["footprints"] == []


def test_a_footprint_is_shown_down_to_its_contributions(
    plant: Path, capsys: pytest.CaptureFixture[str], said: Any
) -> None:
    assert run("product", "footprint", plant, "--product", "strut") == 0
    out = capsys.readouterr().out
    assert "Strut: " in out and "Spring works" in out and "Disc: " not in out and "Shared among the products" in out
    assert run("product", "footprint", plant, "--view", "location", "--electricity", "footprint", "--json") == 0
    plain = said()
    expected = made_by(ledger_of(WHOLE_STRUT, WHOLE_DISC), view="location", electricity="footprint")
    assert [Decimal(one["kg_per_unit"]) for one in plain["footprints"]] == [one.per_unit for one in expected.footprints]
    assert Decimal(plain["shared_t"]) + Decimal(plain["apart_t"]) == expected.shared + expected.apart
    (first, *_more) = plain["footprints"]
    assert {"stage", "what", "t", "biogenic_t", "primary", "factor", "records"} == set(first["contributions"][0])


def test_pact(plant: Path, tmp_path: Path, said: Any) -> None:
    out = tmp_path / "out.json"
    assert run("product", "export", plant, out, *BOTH, "--json") == 0
    assert said() == {"written": str(out), "format": "pact", "products": [STRUT.id, DISC.id]}
    held = json.loads(out.read_text("utf-8"))
    jsonschema.Draft7Validator(json.loads((DATA / "pact_3.0.json").read_text("utf-8"))).validate(held)
    assert held["data"][0]["pcf"]["packagingEmissionsIncluded"] is True


def test_catena_x(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert run("product", "export", plant, out, "--format", "catena-x", *BOTH, *MORE) == 2
    assert "holds one product. Name it with --product NAME" in capsys.readouterr().err
    assert run("product", "export", plant, out, "--format", "catena-x", "--product", "Disc", *BOTH, *MORE) == 0
    form = jsonschema.Draft4Validator(json.loads((DATA / "catena_x_pcf_9.0.0.json").read_text("utf-8")))
    form.validate(json.loads(out.read_text("utf-8")))


def test_what_is_required_and_unknown_is_named(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert run("product", "export", plant, out, "--product", "Strut") == 2
    words = capsys.readouterr().err
    for name in ("companyIds", "productIds", "crossSectoralStandards", "exemptedEmissionsPercent",
                 "packagingEmissionsIncluded"):  # fmt: skip
        assert f"{name}: " in words
    assert not out.exists()
    assert run("product", "export", plant, out, *BOTH, "--exempted", "much") == 2
    assert run("product", "export", plant, out, *BOTH, "--product", "Wheel") == 2
    assert "There is no" in capsys.readouterr().err


def test_a_workbook(plant: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert run("product", "export", plant, out) == 0
    assert load_workbook(out).sheetnames == ["Footprints", "Contributions", "Allocation", "Notes"]
    assert run("product", "export", plant, tmp_path / "zh.xlsx", lang="zh") == 0
    put(plant, replace(PARTS[0], unit="bushel"))
    assert run("product", "export", plant, out) == 1


def test_records_are_entered_changed_and_brought(plant: Path, tmp_path: Path, said: Any) -> None:
    assert run("product", "product", "add", plant, "--name", "Ring", "--unit", "piece", "--mass", "0.4", "--json") == 0
    (ring,) = said()["changed"]
    assert ring["id"] == "pd00003" and ring["mass"] == "0.4"
    assert run("product", "output", "add", plant, "--product", "Ring", "--start", "2023-01-01", "--end", "2023-12-31",
               "--quantity", "1000") == 0  # fmt: skip
    assert run("product", "component", "add", plant, "--product", "Ring", "--name", "Wire", "--quantity", "0.41",
               "--unit", "kg", "--item", "Steel") == 0  # fmt: skip
    assert run("product", "leg", "add", plant, "--product", "Ring", "--name", "Way", "--stage", "inbound", "--item",
               "truck", "--distance", "120") == 0  # fmt: skip
    assert run("product", "key", "add", plant, "--source", "Boiler", "--key", "own", "--shares", "Ring=1; Disc=3",
               "--reason", "Meters") == 0  # fmt: skip
    said_before = run("product", "list", plant)
    assert said_before == 0
    table = tmp_path / "parts.csv"
    assert run("product", "component", "export", plant, table) == 0
    assert run("product", "component", "import", plant, table) == 0


def test_an_empty_plant_has_no_products(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.plant"
    PlantFile.create(path, HEBEI, "Li Na", WHEN)
    assert run("product", "list", path) == 1
    assert "No product is entered. Enter what the plant makes" in capsys.readouterr().out
    assert run("product", "export", path, tmp_path / "x.json", *BOTH) == 2
