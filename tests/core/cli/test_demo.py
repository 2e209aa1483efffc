"""The demo's files: what is closed, compared and dismissed in them, beyond the bills."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.checks import open_findings, review
from core.cli.demo import CLOSED, Demo, build_plants, sign_report
from core.exchange.demo import YEARS
from core.inventory import Inventory, choices_of, compile_inventory
from core.inventory.closing import closed_package
from core.library import load_library
from core.store import PlantFile
from tests.core.cli.built import BUILT, built


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return built(tmp_path_factory.mktemp("demo"))


def inventory(plant: PlantFile, year: int) -> Inventory:
    return compile_inventory(plant.ledger, choices_of(plant.ledger.audit(year), year), load_library())


def test_the_first_year_is_closed_and_later_years_compare_with_it(demo: Demo) -> None:
    for path in demo.plants:
        with PlantFile.open(path, read_only=True) as plant:
            assert plant.health.problems() == ()
            (closing,) = plant.ledger.closings
            assert (closing.id, closing.revision, closing.closed) == (str(YEARS[0]), 1, CLOSED.date())
            kept = closed_package(closing, plant.blob(closing.sha256)).inventory()
            assert kept.totals == inventory(plant, YEARS[0]).totals
            bases = [audit.base_year for year in YEARS if (audit := plant.ledger.audit(year)) is not None]
            assert bases == ["", "2023", "2023"]
            rules = {f.rule for year in YEARS for f in review(inventory(plant, year))}
            assert not rules & {"base_year_open", "base_year_change", "changed_after_closing"}


def test_one_finding_is_dismissed_with_its_reason(demo: Demo) -> None:
    """The first whole year does not compare with that of the trial runs."""
    with PlantFile.open(demo.plants[0], read_only=True) as plant:
        found = review(inventory(plant, 2024))
    (dismissed,) = [f for f in found if f.dismissed]
    assert dismissed.rule == "year_on_year"
    assert "2023" in dismissed.dismissed
    assert dismissed not in open_findings(found)


def test_a_closed_year_is_signed_as_it_was_closed(demo: Demo) -> None:
    report = sign_report(demo, demo.plants[2], YEARS[0], BUILT, "en")
    assert report is not None and report.read_bytes().startswith(b"%PDF")


def test_what_exists_is_kept(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> None:
        raise AssertionError("a plant was built again")

    monkeypatch.setattr("core.cli.demo._build_plant", nothing)
    before = [path.read_bytes() for path in demo.plants]
    assert build_plants(demo.folder, BUILT) == demo
    assert [path.read_bytes() for path in demo.plants] == before


def test_two_demos_are_equal(demo: Demo, tmp_path: Path) -> None:
    """The moments of closing and dismissing are fixed too."""
    other = build_plants(tmp_path, BUILT)
    with PlantFile.open(other.plants[0], read_only=True) as one, PlantFile.open(demo.plants[0], read_only=True) as two:
        assert (one.head, one.entries) == (two.head, two.entries)
