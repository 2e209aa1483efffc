"""``factors add|retire|remove``: what is stated, proven and told, in both languages and for programs."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.ledger import OwnFactor
from core.store import PlantFile

STATED = {
    "--name": "Green tariff", "--item": "electricity", "--use": "supplier", "--unit": "kg/kWh",
    "--publisher": "City Power", "--document": "2024-17", "--place": "p. 2",
    "--from": "2024-01-01", "--to": "2024-12-31",
}  # fmt: skip
AMOUNT = ("--amount", "co2e=0.52")


def run(*words: object) -> int:
    return main(["--ui-lang", "en", *(str(word) for word in words)])


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tariff.pdf").write_bytes(b"%PDF-1.7 a tariff")
    (tmp_path / "bills.csv").write_text(
        "source,method,item,start,end,quantity,unit,evidence\n"
        "Meter,purchased_electricity,electricity,2024-01,,1000,kWh,E-1\n",
        encoding="utf-8",
    )
    path = tmp_path / "works.plant"
    assert run("new", path, "--name", "Works", "--country", "CN", "--region", "CN-HE") == 0
    assert run("import", path, "bills.csv") == 0
    capsys.readouterr()
    return path


def words(plant: Path, *more: object, **other: str) -> list[object]:
    stated = {**STATED, **{f"--{name.replace('_', '-')}": value for name, value in other.items()}}
    pairs = [word for pair in stated.items() for word in pair]
    return ["factors", "add", plant, *pairs, "--proof", "tariff.pdf", *more]


def held(plant: Path) -> tuple[OwnFactor, ...]:
    with PlantFile.open(plant, read_only=True) as opened:
        return opened.ledger.own_factors


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_stated_factor_is_kept_with_its_proof_and_used(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--uncertainty", 5, "--note", "From the bill", "--person", "Li Na")
    assert run(*words(plant, *AMOUNT, *more)) == 0
    assert "Own factor “Green tariff” added. Its id is f00001; it holds to 2024-12-31." in capsys.readouterr().out
    (own,) = held(plant)
    assert own.amounts == (("CO2e", "0.52"),) and own.uncertainty == Decimal(5) and own.general
    assert (own.origin, own.note) == ("supplier", "From the bill")
    with PlantFile.open(plant, read_only=True) as opened:
        (proof,) = (one for one in opened.ledger.evidence if one.id == own.evidence)
        assert opened.blob(proof.sha256) == b"%PDF-1.7 a tariff"
    assert run("inventory", plant, "--year", 2024, "--json") == 0
    lines = said(capsys)["lines"]
    assert [one["tco2e"] for one in lines if one["scope"] == "scope2_market"] == ["0.52"]


def test_a_bare_value_for_records_that_name_it(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laboratory = words(plant, "--value", "42.1", "--only-named", "--origin", "laboratory", "--json",
                       item="柴油", use="ncv", unit="GJ/t")  # fmt: skip
    assert run(*laboratory) == 0
    plain = said(capsys)
    assert (plain["id"], plain["saved"], plain["errors"], plain["warnings"]) == ("f00001", True, [], [])
    assert plain["factor"]["item"] == "diesel" and plain["factor"]["amounts"] == [["value", "42.1"]]
    (own,) = held(plant)
    assert not own.general and own.origin == "laboratory"


def test_everything_that_forbids_is_told_at_once(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = words(plant, *AMOUNT, item="flying carpet", unit="kg/hug", name=" ")
    assert run(*wrong, "--json") == 2
    plain = said(capsys)
    assert {one["field"] for one in plain["errors"]} == {"item", "unit", "name"} and not plain["saved"]
    assert run(*wrong) == 2
    english = capsys.readouterr().out
    assert "Unknown item “flying carpet”" in english and "“hug”" in english and "Nothing was changed." in english
    assert main(["--ui-lang", "zh", *map(str, wrong)]) == 2
    assert "没有任何更改。" in capsys.readouterr().out
    assert held(plant) == ()


def test_what_looks_strange_is_told_and_kept(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = words(plant, "--amount", "CO2e=52")
    before = plant.read_bytes()
    assert run(*strange, "--dry-run") == 0
    out = capsys.readouterr().out
    assert "Warning: The factor is" in out and "Check number and unit" in out and "Nothing was changed." in out
    assert plant.read_bytes() == before
    assert run(*strange, "--json") == 0
    assert [one["field"] for one in said(capsys)["warnings"]] == ["amounts"] and len(held(plant)) == 1


@pytest.mark.parametrize(
    ("more", "other", "why"),
    [
        (("--amount", "0.52"), {}, "no amount of a gas"),
        (AMOUNT, {"to": "31.12.2024"}, "is not a date"),
        (AMOUNT, {"uncertainty": "five"}, "is not a number"),
        (AMOUNT, {"proof": "missing.pdf"}, "cannot be opened"),
    ],
)
def test_what_cannot_be_read_is_refused(
    plant: Path, more: tuple[str, ...], other: dict[str, str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = ("--proof", other["proof"]) if "proof" in other else ()
    assert run(*words(plant, *more, **other), *proof) == 2
    assert why in capsys.readouterr().err and held(plant) == ()


def test_a_factor_ends_earlier_and_can_be_removed(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words(plant, *AMOUNT, to="2026-12-31")) == 0
    assert run("factors", "retire", plant, "f00001", "--to", "2024-12-31", "--json") == 0
    capsys.readouterr()
    assert held(plant)[0].valid_to.isoformat() == "2024-12-31"
    for key, day, why in (
        ("f00001", "2025-12-31", "already"),
        ("f00001", "2023-12-31", "Nothing was changed"),  # it would end before it begins
        ("f00009", "2024-06-30", "no factor f00009"),
    ):
        assert run("factors", "retire", plant, key, "--to", day) == 2
        told = capsys.readouterr()
        assert why in told.out + told.err
    assert run("factors", "remove", plant, "f00001") == 0
    assert "removed" in capsys.readouterr().out and held(plant) == ()


def test_help_can_be_asked_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for lang, word in (("en", "Half of the 95 % interval"), ("zh", "95% 置信区间的一半")):
        with pytest.raises(SystemExit):
            main(["--ui-lang", lang, "factors", "add", "--help"])
        assert word in " ".join(capsys.readouterr().out.split())
