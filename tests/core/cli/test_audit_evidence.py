"""``audit evidence``: taken in, linked, described, saved, verified, and what of the tonnes rests on it."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.checks import review
from core.cli import main
from core.cli.common import inventory_of_plant, library_of_plant
from core.i18n import T
from core.ledger import Change, Evidence, Step, kind_of
from core.store import PlantFile
from tests.core.audit.party import LEAD, PREPARER
from tests.core.checks.examples import ENGAGED, gas
from tests.core.samples import PLANT, activity

NOW = datetime(2024, 3, 1, tzinfo=UTC)


def run(plant: Path, *words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, "audit", "evidence", str(plant), *(str(word) for word in words)])


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "hillside.plant"
    PlantFile.create(path, PLANT, "Li Na", NOW)
    rows = (activity("a1"), activity("a2", source="Yard", evidence=""), gas("g"))
    with PlantFile.open(path) as opened:
        opened.append(Change("Li Na", NOW, T("Rows"), tuple(Step(kind_of(row), row.id, None, row) for row in rows)))
    return path


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "bill 1.pdf"
    path.write_bytes(b"%PDF-1.7 a bill" * 1000)
    return path


def kept(plant: Path) -> tuple[Evidence, ...]:
    with PlantFile.open(plant, read_only=True) as opened:
        assert opened.health.sound
        return opened.ledger.evidence


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_file_is_taken_in_with_everything_that_is_known_of_it(
    plant: Path, bill: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said_of_it = ("--start", "2023-01-01", "--end", "2023-12-31", "--expires", "2023-06-30", "--note", "signed")
    rows = ("--activity", "a1", "--activity", "g")
    assert run(plant, "--add", bill, "--kind", "contract", *said_of_it, *rows, "--json", "--person", "Li Na") == 0
    (one,) = kept(plant)
    assert (one.kind, one.start, one.end, one.valid_to, one.note, one.activities) == (
        "contract", "2023-01-01", "2023-12-31", "2023-06-30", "signed", ("a1", "g"),
    )  # fmt: skip
    printed = said(capsys)
    assert (printed["id"], printed["sha256"], printed["size"]) == ("e00001", one.sha256, 15_000)
    with PlantFile.open(plant) as opened:
        (entry,) = opened.journal(1)
        assert entry.change.who == "Li Na" and "attached" in str(entry.change.why)
        assert opened.undoable == entry.number


def test_without_a_row_it_is_kept_too_and_linked_later(
    plant: Path, bill: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(plant, "--add", bill) == 0
    assert "taken into the register" in capsys.readouterr().out
    assert kept(plant)[0].activities == ()
    assert run(plant, "--add", bill) == 0 and "Nothing was changed" in capsys.readouterr().out
    assert run(plant, "--link", "e00001", "--activity", "a1", "--activity", "a2") == 0
    assert kept(plant)[0].activities == ("a1", "a2")
    assert run(plant, "--unlink", "e00001", "--activity", "a1") == 0
    assert run(plant, "--describe", "e00001", "--kind", "laboratory", "--note", "n") == 0
    (one,) = kept(plant)
    assert (one.activities, one.kind, one.note) == (("a2",), "laboratory", "n")
    assert run(plant, "--remove", "e00001") == 0 and kept(plant) == ()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--add", "none.pdf"), "none.pdf” cannot be opened"),
        (("--link", "e00009", "--activity", "a1"), "e00009"),
        (("--save", "e00009", "out.pdf"), "e00009"),
        ((), "Name it with --year"),
    ],
)
def test_what_is_wrong_is_said(
    plant: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(plant, *words) == 2
    assert why in capsys.readouterr().err
    assert kept(plant) == ()


def test_a_wrong_day_keeps_nothing(plant: Path, bill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("--expires", "soon"), ("--start", "2023-02-01", "--end", "2023-01-01"), ("--activity", "a9")):
        assert run(plant, "--add", bill, *words) == 2
        assert capsys.readouterr().err
    assert kept(plant) == ()


def test_a_copy_is_saved_and_writes_over_nothing(plant: Path, bill: Path, tmp_path: Path) -> None:
    run(plant, "--add", bill)
    assert run(plant, "--save", "e00001", tmp_path / "copy.pdf") == 0
    assert (tmp_path / "copy.pdf").read_bytes() == bill.read_bytes()
    assert run(plant, "--save", "e00001", bill) == 2


def test_what_was_altered_is_named(plant: Path, bill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(plant, "--add", bill)
    capsys.readouterr()
    assert run(plant, "--verify") == 0
    assert "All kept files are as they were kept: 1." in capsys.readouterr().out
    conn = sqlite3.connect(plant)
    with conn:
        conn.execute("update blob set data = cast('X' || substr(data, 2) as blob)")
    conn.close()
    assert run(plant, "--verify") == 1
    assert "Proof e00001 “bill 1.pdf”: The bytes are not those that were kept." in capsys.readouterr().out
    assert run(plant, "--verify", "--json") == 1
    printed = said(capsys)
    assert printed["verified"] == 1
    assert [(one["kind"], one["id"]) for one in printed["unsound"]] == [("evidence", "e00001")]
    assert run(plant, "--save", "e00001", plant.with_name("copy.pdf")) == 2
    assert not plant.with_name("copy.pdf").exists()


def test_register_coverage_and_what_has_no_proof_are_shown(
    plant: Path, bill: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(plant, "--add", bill, "--activity", "a1", "--expires", "2023-06-30")
    capsys.readouterr()
    assert run(plant, "--year", 2023, "--json") == 0
    printed = said(capsys)
    assert [(one["id"], one["expired"]) for one in printed["register"]] == [("e00001", True)]
    shares = {one["class"]: float(one["percent"]) for one in printed["coverage"]["location"]}
    assert set(shares) == {"bill", "number", "nothing"} and abs(sum(shares.values()) - 100) < 1e-5
    assert {one["activity"]: one["proof"] for one in printed["without_proof"]} == {"a2": "nothing", "g": "number"}
    tonnes = [float(one["tco2e"]) for one in printed["without_proof"]]
    assert tonnes == sorted(tonnes, reverse=True)
    assert run(plant, "--year", 2023) == 0
    shown = capsys.readouterr().out
    assert "bill 1.pdf" in shown and "expired" in shown and "Only a number" in shown and "Yard" in shown


def test_a_waiver_is_shown_with_its_reason(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with PlantFile.open(plant) as opened:
        opened.append(Change("Li Na", NOW, T("People"), tuple(Step("person", p.id, None, p) for p in (PREPARER, LEAD))))
        opened.append(Change(LEAD.name, NOW, T("Engaged"), (Step("engagement", "2023", None, ENGAGED),)))
        found = review(inventory_of_plant(opened, 2023, library_of_plant(opened)))
    asked = {f.subject: f for f in found if f.rule == "required_evidence"}
    assert "g" in asked
    words = [
        "--year",
        "2023",
        "--rule",
        "required_evidence",
        "--subject",
        "g",
        "--reason",
        "Lost.",
        "--person",
        "Li Na",
    ]
    assert main(["dismiss", str(plant), *words]) == 0
    capsys.readouterr()
    assert run(plant, "--year", 2023, "--json") == 0
    printed = said(capsys)
    assert [one["class"] for one in printed["coverage"]["location"]] == ["number", "waived", "nothing"]
    assert {one["activity"]: one["waived"] for one in printed["without_proof"]}["g"] == "Lost."
