"""``disclosure points --trail`` and ``--plant``: from a number of the group down to the bills of a plant."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from core.cli import main
from core.group.asked.kept import ASKED
from core.signing import Identity, Trust
from core.store import GroupFile
from tests.core.cli.test_disclosure import asked, printed, refused
from tests.core.group.asked.reported import group_of
from tests.core.handover.conftest import auditor, authority, trust

__all__ = ["auditor", "authority", "trust"]


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, auditor: Identity, trust: Trust) -> Path:
    return group_of(tmp_path_factory.mktemp("asked") / "wood.group", auditor, trust)


def test_the_plants_behind_a_number(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = asked(0, capsys, "points", group, "--point", "ghg.s1", "--trail")
    assert [(plant["key"], plant["name"], plant["weight"]) for plant in one["plants"]] == [
        ("si1", "Ash", "1"), ("si2", "Birch", "1"),
    ]  # fmt: skip
    assert sum(Decimal(plant["counted"]["value"]) for plant in one["plants"]) == Decimal(one["value"])
    assert all(len(plant["report"]["sha256"]) == 64 for plant in one["plants"])
    said = printed(0, capsys, "points", group, "--point", "ghg.s1", "--trail", lang="zh")
    assert "Ash.pdf" in said and "范围一" in said


def test_the_bills_of_a_plant(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = asked(0, capsys, "points", group, "--point", "ghg.s1", "--plant", "Birch")
    (plant,) = one["plants"]
    (record,) = plant["steps"][0]["records"]
    lines = [line for line in record["lines"] if line["scope"] == "scope1"]
    assert sum(Decimal(line["tco2e"]) for line in lines) == Decimal(plant["told"]["value"])
    assert [proof["name"] for proof in record["proofs"]] == ["gas bill of Birch.pdf"]
    said = printed(0, capsys, "points", group, "--point", "ghg.s1", "--plant", "Birch")
    assert "Proof: gas bill of Birch.pdf, SHA-256 dddd" in said and "signed by Li Na" in said
    assert "Scope 1: " in said and "a1: Boiler" in said


def test_what_is_missing_says_so_and_is_no_success(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(1, capsys, "points", group, "--point", "water.consume", "--trail")
    assert "not yet: Ash, Birch" in said
    assert "0 of 2 plants" in printed(1, capsys, "points", group, "--point", "water.consume", "--plant", "Ash")


def test_what_leads_nowhere_is_refused(group: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "itself" in refused(capsys, "points", group, "--point", "gov.risk", "--trail")
    assert "No plant is called" in refused(capsys, "points", group, "--point", "ghg.s1", "--plant", "Oak")
    plant = tmp_path / "p.plant"
    assert main(["new", str(plant), "--name", "Oak", "--country", "CN", "--region", "CN-HE"]) == 0
    assert "no group file" in refused(capsys, "points", plant, "--point", "ghg.s1", "--trail", "--year", 2024)


def test_a_command_keeps_what_it_had_to_read(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with GroupFile.open(group) as held:
        for one in held.accepted(2024):
            held.keep_part(one.sha256, ASKED, b"{}")
    before = asked(0, capsys, "points", group, "--point", "ghg.s1")
    with GroupFile.open(group, read_only=True) as held:
        assert all(len(held.part(one.sha256, ASKED) or b"") > 1000 for one in held.accepted(2024))
    assert asked(0, capsys, "points", group, "--point", "ghg.s1") == before
