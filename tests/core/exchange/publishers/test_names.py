"""What publishers' words mean here: every target exists, and no name is said twice with the same meaning."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from core.exchange.publishers import all_readers
from core.library import load_library
from core.library.units import normal

LIBRARY = load_library()
FOLDER = files("resources") / "publishers"
LISTS = sorted({reader.names for reader in all_readers().values() if reader.names})


def rows(name: str) -> list[dict[str, str]]:
    lines = (FOLDER / f"{name}.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), strict=True))


def test_every_list_belongs_to_a_reader() -> None:
    assert sorted(f.name for f in FOLDER.iterdir() if f.name.endswith(".csv")) == [
        *(f"{n}.csv" for n in LISTS),
        "units.csv",
    ]


@pytest.mark.parametrize("name", LISTS)
def test_targets_exist(name: str) -> None:
    for row in rows(name):
        assert set(row) == {"name", "written", "item", "use", "region", "unit"}
        if row["item"] not in ("", "-"):
            assert row["item"] in LIBRARY.items, row
            assert LIBRARY.about(row["item"], row["use"]) or row["use"], row
        assert not row["unit"] or row["unit"] in LIBRARY.units.all, row
        assert row["name"].endswith("*") == (row["item"] in ("", "-") and not row["written"]), row


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_said_twice(name: str) -> None:
    said = [(normal(r["name"]), normal(r["written"]), r["item"], r["use"], r["region"], r["unit"]) for r in rows(name)]
    assert len(set(said)) == len(said)


def test_units_of_publishers_are_known() -> None:
    for row in rows("units"):
        assert row["unit"] in LIBRARY.units.all
        assert row["names"] in ("", *LISTS)
