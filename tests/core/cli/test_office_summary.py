"""``office summary`` in every layout: rows add up to the group, in JSON and on the screen."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.group.year.base_year import base_year, first_reports
from core.group.year.consolidated import DIMENSIONS, Consolidated
from core.group.year.consolidating import consolidate, reports_of
from core.store import GroupFile
from tests.core.group.filled import filled


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("summary") / "wood.group"
    filled(path).close()
    return path


@pytest.fixture(scope="module")
def found(group: Path) -> Consolidated:
    with GroupFile.open(group) as file:
        return consolidate(file.register, reports_of(file, 2024), 2024)


def asked(group: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["--ui-lang", "en", "office", "summary", str(group), "--year", "2024", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def printed(group: Path, capsys: pytest.CaptureFixture[str], *words: str, lang: str = "en") -> str:
    assert main(["--ui-lang", lang, "office", "summary", str(group), "--year", "2024", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_layout_adds_up(
    group: Path, found: Consolidated, dimension: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = asked(group, capsys, "--by", dimension)
    assert plain["by"]["dimension"] == dimension
    rows = plain["by"]["rows"]
    if dimension == "scope":
        totals = {scope: Decimal(value) for scope, value in plain["totals_tco2e"].items()}
        assert totals == {scope: found.totals[scope] for scope in totals}
        assert {row["key"]: Decimal(row["tco2e"]) for row in rows if row["key"] in totals} == totals
    elif dimension != "category":
        assert sum(Decimal(row["location_tco2e"]) for row in rows) == Decimal(plain["location_tco2e"]) == found.location
        assert sum(Decimal(row["market_tco2e"]) for row in rows) == Decimal(plain["market_tco2e"]) == found.market
    shown = printed(group, capsys, "--by", dimension)
    for row in rows if dimension in ("country", "company", "business", "source", "month", "gas") else ():
        assert row["name"] in shown


def test_plants_say_what_they_reported_and_what_counts(
    group: Path, found: Consolidated, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = asked(group, capsys)
    (taken,) = plain["eliminated"]
    reported = sum(Decimal(p["totals_tco2e"]["scope2_location"]) for p in plain["plants"])
    counted = sum(Decimal(p["counted_tco2e"]["scope2_location"]) for p in plain["plants"])
    assert reported + Decimal(taken["tco2e"]) == counted == Decimal(plain["totals_tco2e"]["scope2_location"])
    assert Decimal(taken["tco2e"]) < 0
    assert {p["company"] for p in plain["plants"]} == {found.title(m.company) for m in found.members}
    shown = printed(group, capsys)
    assert "Eliminated: Meter of Cedar, from =Ash & Co" in shown
    assert all(str(notice) in shown for notice in found.notices)


def test_another_approach_gives_other_shares(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (asked(group, capsys, "--approach", name) for name in ("equity_share", "operational_control"))
    assert (one["approach"], other["approach"]) == ("equity_share", "operational_control")
    with pytest.raises(SystemExit):
        asked(group, capsys, "--approach", "by heart")


def test_the_series_since_the_base_year(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    series = asked(group, capsys, "--series")["series"]
    with GroupFile.open(group) as file:
        expected = base_year(
            file.register, lambda y: reports_of(file, y), file.years(), lambda y: first_reports(file, y)
        )
    assert [one["year"] for one in series["years"]] == [2023, 2024]
    assert [Decimal(one["recalculated_tco2e"]) for one in series["years"]] == [y.recalculated for y in expected.years]
    assert [(one["kind"], one["plant"]) for one in series["reasons"]] == [("bought", "Cedar")]
    assert series["recalculated"] is True
    assert "No report of" in printed(group, capsys, "--series") and "bought" in printed(group, capsys, "--series")


def test_tonnes_per_unit(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = asked(group, capsys, "--intensity", "production")["intensities"]
    assert Decimal(one["tco2e"]) == sum(Decimal(p["tco2e"]) for p in one["plants"])
    assert Decimal(one["quantity"]) == 6000
    assert "production, piece" in printed(group, capsys, "--intensity", "production")
    assert main(["office", "summary", str(group), "--year", "2024", "--intensity", "happiness"]) == 2
    assert "happiness" in capsys.readouterr().err


def test_a_year_without_reports_is_empty(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["office", "summary", str(group), "--year", "1999", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["plants"] == [] and plain["location_tco2e"] == "0"
