"""The pages about energy cannot lie: places and limits are those of the code, the program on them reads a real plant
file, and both languages say the same."""

from __future__ import annotations

import csv
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from core.i18n import T
from core.ledger import Change, Meter, Plant, Step
from core.series import Series, intervals_of, merge
from core.series.metered import Metered
from core.series.read import MonthSum
from core.store import PlantFile

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "energy.md", "zh": ROOT / "docs" / "energy.zh.md"}
PLACE = re.compile(r"`(core/[\w/]+)\.py:(\w+)`")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
WHEN = datetime(2025, 1, 2, tzinfo=UTC)


def text_of(lang: str) -> str:
    return PAGES[lang].read_text(encoding="utf-8")


def value_at(module: str, name: str) -> object:
    return getattr(importlib.import_module(module.replace("/", ".").removesuffix(".__init__")), name)


@pytest.mark.parametrize("lang", sorted(PAGES))
def test_every_place_in_the_code_is_there(lang: str) -> None:
    places = PLACE.findall(text_of(lang))
    assert len(set(places)) > 80
    for module, name in places:
        assert value_at(module, name) is not None


def limits(lang: str) -> Iterator[tuple[str, object, str]]:
    """Rows of tables that name a constant in capitals, with its value and the row."""
    for line in text_of(lang).splitlines():
        for module, name in PLACE.findall(line):
            if line.startswith("|") and name.isupper():
                yield name, value_at(module, name), line


def numbers(value: object) -> tuple[float, ...]:
    """Of a constant, as far as it is one of numbers."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return (float(value),)
    if isinstance(value, dict):
        return numbers(tuple(value.values()))
    if isinstance(value, tuple):
        return tuple(number for one in value for number in numbers(one))
    return ()


@pytest.mark.parametrize("lang", sorted(PAGES))
def test_every_limit_is_that_of_the_code(lang: str) -> None:
    looked = 0
    for name, value, line in limits(lang):
        row = PLACE.sub("", line).replace("−", "-").replace(",000", "000")
        said = {float(one) for one in NUMBER.findall(row)}
        for number in numbers(value):
            shown = {round(number, 9), round(100 * number, 9)}
            assert shown & said, f"{name} is {number}: {line}"
            looked += 1
    assert looked > 20


def shape(lang: str) -> list[str]:
    """Headings by their depth, tables by the width of their rows, blocks of code by their lines, and places."""
    found = []
    inside = False
    for line in text_of(lang).splitlines():
        if line.startswith("```"):
            inside = not inside
        if inside or line.startswith("```"):
            found.append("code")
        elif line.startswith("#"):
            found.append(line.partition(" ")[0])
        elif line.startswith("|"):
            found.append(f"row {line.count('|')}")
        elif line.startswith("- "):
            found.append("item")
    return found


def test_both_languages_have_the_same_shape_and_places() -> None:
    assert shape("en") == shape("zh")
    assert PLACE.findall(text_of("en")) == PLACE.findall(text_of("zh"))


def program() -> str:
    """The program of the page, the same in both languages."""
    found = {re.findall(r"```python\n(.*?)```", text_of(lang), re.DOTALL)[0] for lang in PAGES}
    assert len(found) == 1
    return str(found.pop())


def plant_file(path: Path) -> tuple[Meter, Meter]:
    """Two meters across a change of the clock: integers with an estimate and a gap; doubles that are no decimals."""
    meters = (
        Meter("m00001", "Main", "electricity", "import", "kWh"),
        Meter("m00002", "Boiler", "natural_gas", "import", "m3"),
    )
    start = int(datetime(2024, 3, 20, 23, tzinfo=UTC).timestamp())
    whole = np.round(np.linspace(0.1, 40.0, 96 * 20), 2)
    whole[10:14] = np.nan
    marks = np.zeros(len(whole), np.uint8)
    marks[20:25] = 1
    series = (
        Series(start, 900, whole, marks),
        Series(start, 3600, np.geomspace(1e-6, 1e9, 24 * 20)),
    )
    PlantFile.create(path, Plant("Hillside", "DE", timezone="Europe/Berlin"), "Li Na", WHEN)
    with PlantFile.open(path) as plant:
        zone = Metered(plant.ledger, plant.blob).zone
        for meter, one in zip(meters, series, strict=True):
            merged = merge(None, one, zone, plant.blob, overwrite=False)
            steps = (
                Step("meter", meter.id, None, meter),
                Step("intervals", meter.id, None, intervals_of(meter.id, merged, ())),
            )
            plant.append(Change("Li Na", WHEN, T("Meter {name} added", name=meter.name), steps), merged.blobs)
    return meters


def sums(path: Path, meter: Meter) -> list[MonthSum]:
    with PlantFile.open(path, read_only=True) as plant:
        return Metered(plant.ledger, plant.blob).monthly(meter.id, date(2024, 3, 1), date(2024, 4, 30))


def test_the_program_of_the_page_reads_a_plant_file(tmp_path: Path) -> None:
    path, script = tmp_path / "hillside.plant", tmp_path / "read.py"
    meters = plant_file(path)
    script.write_text(program(), encoding="utf-8")
    # -I: nothing of ours can be imported by it.
    ran = subprocess.run([sys.executable, "-I", str(script), str(path)], capture_output=True, text=True, check=True)
    rows = list(csv.DictReader(ran.stdout.splitlines()))
    expected = [(meter.id, one) for meter in meters for one in sums(path, meter)]
    assert [(row["meter"], row["month"]) for row in rows] == [(key, f"{one.month:%Y-%m}") for key, one in expected]
    for row, (_, one) in zip(rows, expected, strict=True):
        assert (int(row["values"]), int(row["estimated"])) == (one.present, one.estimated)
        assert float(row["total"]) == pytest.approx(float(one.total), rel=1e-12, abs=5e-4)


def test_the_example_of_the_claim_check_is_true() -> None:
    from core.library import load_library
    from core.solar.claims import judge, published_claims

    claims = [one.claim for one in published_claims()]
    fangshan = next(claim for claim in claims if claim.id == "claim-fangshan")
    check = judge(fangshan, load_library(), others=[one for one in claims if one is not fangshan])
    steps = {step.key: step.sentence.in_language("en") for step in check.steps}
    for key, words in (
        ("constant", ("0.600 t/MWh", "0.604 t/MWh")),
        ("totals", ("3.46 years",)),
        ("forecast", ("12 to 17 kt instead of 18 kt", "27,702 MWh", "0.650", "0.5306")),
    ):
        for word in words:
            assert word in steps[key]
    alike = ("0.600 t/MWh", "27,702 MWh", "0.650", "0.604", "0.5306")
    own = {"en": ("3.46 years", "12 to 17 kt instead of 18 kt"), "zh": ("3.46年", "12 至 17 kt，而不是 18 kt")}
    for lang in PAGES:
        assert [word for word in (*alike, *own[lang]) if word not in text_of(lang)] == []
