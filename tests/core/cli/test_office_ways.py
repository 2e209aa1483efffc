"""``office ways`` and ``office curve``: who misses what, by how much, and the cheapest next tonne, as JSON and text."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.group.ways.way import WAY, write
from core.store import GroupFile, Marking
from tests.core.group.filled import filled
from tests.core.group.ways.planning import PLANNED, aim, put_plant, written


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three silent plants, and one that plans."""
    path = tmp_path_factory.mktemp("ways") / "wood.group"
    with filled(path) as made:
        put_plant(made, "Hillside", *PLANNED)
    return path


@pytest.fixture
def reached(tmp_path: Path) -> Path:
    """A group in which nobody misses anything."""
    path = tmp_path / "good.group"
    with GroupFile.open(path) as made:
        sha256 = put_plant(made, "Ash")
        made.keep_part(sha256, WAY, write(written(gap=0, aims=(aim("t1", 5, 5),))))
    return path


def asked(code: int, capsys: pytest.CaptureFixture[str], *words: str | Path) -> Any:
    assert main(["--ui-lang", "en", "office", *map(str, words), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def printed(code: int, capsys: pytest.CaptureFixture[str], *words: str | Path, lang: str = "en") -> str:
    assert main(["--ui-lang", lang, "office", *map(str, words)]) == code
    return capsys.readouterr().out


def test_who_misses_2027_and_the_sums(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = asked(1, capsys, "ways", group, "--year", "2024")
    assert plain["holds"] is False
    assert [(one["plant"], one["year"], one["gap_mwh"]) for one in plain["missing"]] == [("Hillside", 2027, "100")]
    for name in ("used_kwh", "certified_kwh", "traced_kwh", "own_kwh"):
        total = sum(Decimal(one["electricity"][name]) for one in plain["plants"])
        assert Decimal(plain["electricity"][name]) == total
    assert {one["name"]: one["says_nothing"] for one in plain["plants"]} == {
        "=Ash & Co 白蜡": True, "Birch": True, "Cedar": True, "Hillside": False
    }  # fmt: skip
    (road,) = [one["road"] for one in plain["plants"] if one["road"]]
    assert road["promised"] and road["open_mwh"] == "50"
    (target,) = plain["targets"]
    assert target["plants"] == ["Hillside"] and target["parts"] == ["scope1", "scope2_market"]
    assert Decimal(target["gap_t"]) == Decimal(target["actual_t"]) - Decimal(target["allowed_t"])
    assert plain["certificates_used_twice_mwh"] == "1"


def test_it_is_shown_and_exits_with_one(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(1, capsys, "ways", group)  # the newest year
    assert "Hillside misses 100 % renewable electricity in 2027 by 100.0 MWh; its options leave 50.0 MWh." in text
    assert "Certificates of 1 MWh are used more than once." in text
    assert "These reports say nothing of targets, actions or certificates; their electricity counts:" in text
    assert "Group" in text and "Scope 1, Scope 2, market-based" in text
    assert printed(1, capsys, "ways", group, lang="zh")


def test_nobody_misses_anything(reached: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(0, capsys, "ways", reached)["holds"] is True
    assert "misses" not in printed(0, capsys, "ways", reached)


def test_a_small_gap_never_looks_like_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "small.group"
    with GroupFile.open(path) as made:
        sha256 = put_plant(made, "Ash")
        stopped = aim("t2", 7, 5, name="Units", intensity="production")
        made.keep_part(sha256, WAY, write(written(gap="0.004", aims=(aim("t1", "5.01", 5), stopped))))
    text = printed(1, capsys, "ways", path)
    assert "by 0.004 MWh; its options leave 0.002 MWh" in text
    assert "Ash: “Target t1” is above its pathway by 0.010 t CO₂e." in text
    assert "Ash: “Units” is above its pathway." in text


def test_a_year_without_reports(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("ways", "curve"):
        assert main(["--ui-lang", "en", "office", command, str(group), "--year", "1999"]) == 2
        said = capsys.readouterr().err
        assert "No report of 1999 is accepted." in said and "2023" in said


def test_the_curve_by_currency(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = asked(0, capsys, "curve", group, "--year", "2024")
    assert [one["currency"] for one in plain["curves"]] == ["CNY", "EUR"]
    bars = [bar for one in plain["curves"] for bar in one["bars"]]
    assert [bar["action"] for bar in bars] == ["Lamps", "Better lamps"]
    assert Decimal(plain["total_t"]) == sum(Decimal(bar["tonnes"]) for bar in bars) > 0
    assert plain["supply"][0]["cost_per_mwh"] == "6"
    text = printed(0, capsys, "curve", group)
    assert "CNY/t" in text and "EUR/t" in text and "Approved" in text
    assert "All actions of all plants save" in text and "Certificates" in text
    market = asked(0, capsys, "curve", group, "--view", "market")
    assert market["view"] == "market" and Decimal(market["total_t"]) <= Decimal(plain["total_t"])


def test_nobody_plans_anything(reached: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(1, capsys, "curve", reached)["curves"] == []
    assert "No report of 2024 names actions." in printed(1, capsys, "curve", reached)


def test_shares_of_the_approach_are_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wood.group"
    filled(path).close()
    one, other = (asked(0, capsys, "ways", path, "--approach", name)["electricity"]["used_kwh"]
                  for name in ("operational_control", "equity_share"))  # fmt: skip
    assert Decimal(one) >= Decimal(other) > 0


def test_serials_that_two_plants_name_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "g.group"
    with GroupFile.open(path) as made:
        for name in ("Ash", "Birch"):
            sha256 = put_plant(made, name)
            filed = made.received(sha256)
            assert filed is not None
            parts = {key: made.part(sha256, key) or b"" for key in ("lines", WAY)}
            made.file(filed, made.original(sha256), parts,
                      [Marking("certificate", "GEC-000001-GEC-000025", "Meter", "")])  # fmt: skip
    assert asked(0, capsys, "ways", path)["certificates_used_twice_mwh"] == "25"
