"""``supplier`` and ``checklist``: registers, coverage, calendar, workbooks out and in, answers, corrective actions."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.i18n import T
from core.ledger import (
    Activity,
    Answer,
    AuditFinding,
    Change,
    DataRequest,
    Evidence,
    Plant,
    Record,
    Step,
    Supplier,
    Undertaking,
    kind_of,
)
from core.store import GroupFile, PlantFile
from tests.core.audit.party import AUDITOR, PREPARER
from tests.core.audit.plant_file import in_verification
from tests.core.exchange.requested import ASKED, CAP, FILLED, REQUEST, TUBE, filled

WHEN = datetime(2026, 1, 10, tzinfo=UTC)
STEEL = Supplier("su00001", "Example Steel", "CN", spend=Decimal(900), currency="CNY")
OIL = Supplier("su00002", "Example Oil", "CN", spend=Decimal(100), currency="CNY")
TEXTS = ("ungc", "ilo", "ungp", "code_of_conduct")
SIGNED = tuple(
    Undertaking(f"un{number:05}", supplier, text, "2024", date(2025, 1, 1), valid_to="2027-12-31")
    for number, (supplier, text) in enumerate([(one.id, text) for one in (STEEL, OIL) for text in TEXTS], 1)
)
Made = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(*records: Record, name: str = "a.plant") -> Path:
        path = tmp_path / name
        steps = tuple(Step(kind_of(one), one.id, None, one) for one in records)
        if path.suffix == ".group":
            with GroupFile.open(path) as group:
                group.append(Change("Bo", WHEN, T("Begun"), steps))
            return path
        PlantFile.create(path, Plant("Hillside", "CN", "CN-HE"), "Li Na", WHEN)
        with PlantFile.open(path) as plant:
            if steps:
                plant.append(Change("Li Na", WHEN, T("Begun"), steps))
        return path

    return make


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, *map(str, words)])


def plain(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def held(path: Path, cls: type[Any]) -> tuple[Any, ...]:
    with PlantFile.open(path, read_only=True) as plant:
        return plant.ledger.held(cls)


# ---------------------------------------------------------------------- suppliers


@pytest.mark.parametrize("name", ["a.plant", "a.group"])
def test_suppliers_and_what_they_signed_are_entered_in_either_file(
    made: Made, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = made(STEEL, name=name)
    assert run("supplier", "add", path, "--name", "Example Oil", "--country", "CN", "--spend", "100",
               "--currency", "CNY", "--risk", "High", "--person", "Li Na") == 0  # fmt: skip
    assert capsys.readouterr().out.strip() == "su00002: Supplier added: Example Oil"
    assert run("supplier", "undertaking", "add", path, "--supplier", "example oil", "--text", "UN Global Compact",
               "--version", "2024", "--signed", "2025-03-01") == 0  # fmt: skip
    assert run("supplier", "undertaking", "list", path, "--json") == 0
    capsys.readouterr()
    assert run("supplier", "list", path, "--json") == 0
    assert [one["name"] for one in plain(capsys)] == ["Example Oil", "Example Steel"]
    with pytest.raises(SystemExit):
        run("supplier", "undertaking", "add", path)
    assert run("supplier", "remove", path, "su00002") == 2


def test_coverage_names_who_is_lacking(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(STEEL, OIL, *SIGNED[:5], replace(SIGNED[5], valid_to="2025-12-31"))
    assert run("supplier", "undertakings", path, "--day", "2026-02-01", "--json") == 1
    ungc, ilo, *_rest = plain(capsys)
    assert (ungc["percent"], ungc["spend"][0]["percent"], ungc["missing"]) == ("100", "100", [])
    assert (ilo["percent"], ilo["spend"][0]["percent"], ilo["expired"]) == ("50", "90", ["su00002"])
    assert run("supplier", "undertakings", path, "--day", "2026-02-01") == 1
    told = capsys.readouterr().out
    assert "ILO core conventions" in told and "90.0 % CNY" in told and "Example Oil" in told
    assert run("supplier", "undertakings", made(STEEL, OIL, *SIGNED, name="b.plant"), "--day", "2026-02-01") == 0
    assert run("supplier", "undertakings", made(name="c.plant")) == 1
    capsys.readouterr()
    assert run("supplier", "undertakings", path, "--day", "2026-02-01", lang="zh") == 1
    assert "联合国全球契约" in capsys.readouterr().out


def test_the_calendar_says_what_is_overdue(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(STEEL, replace(SIGNED[0], valid_to="2026-01-31"), REQUEST)
    assert run("supplier", "calendar", path, "--day", "2026-02-01", "--json") == 1
    assert [(one["kind"], one["day"], one["overdue"]) for one in plain(capsys)] == [
        ("undertaking", "2026-01-31", True), ("data_request", "2026-02-15", False)]  # fmt: skip
    assert run("supplier", "calendar", path, "--day", "2026-01-31", "--until", "2026-02-01", "--json") == 0
    assert len(plain(capsys)) == 1
    assert run("supplier", "calendar", path, "--day", "2026-02-01") == 1
    assert "overdue" in capsys.readouterr().out
    assert run("supplier", "calendar", made(name="b.plant")) == 0
    assert "Nothing expires" in capsys.readouterr().out


# ---------------------------------------------------------------------- requests


def test_a_request_goes_out_and_its_answer_becomes_activity_data(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = made(STEEL), tmp_path / "request.xlsx"
    lines = "; ".join(f'{number}|"{what}"|{item}|{quantity}|{unit}' for number, what, item, quantity, unit in ASKED)
    assert run("supplier", "request", "add", path, "--supplier", "su00001", "--year", "2025", "--sent", "2026-01-05",
               "--due", "2026-02-15", "--asked", lines) == 0  # fmt: skip
    assert held(path, DataRequest)[0].asked == ASKED
    assert run("supplier", "request", "write", path, "dq00001", out, "--language", "en") == 0
    answer = tmp_path / "answer.xlsx"
    answer.write_bytes(filled(out.read_bytes(), FILLED))
    capsys.readouterr()
    assert run("supplier", "answer", path, answer, "--dry-run", "--json") == 0
    assert len(plain(capsys)["changed"]) == 8 and not held(path, Activity)
    assert run("supplier", "answer", path, answer, "--day", "2026-02-10") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Answer of Example Steel taken up; lines: 3" and "own works alone" in told[1]
    assert [one.category for one in held(path, Activity)] == [1, 1, 4, 4]
    with PlantFile.open(path, read_only=True) as plant:
        assert plant.blob(plant.ledger.evidence[0].sha256) == answer.read_bytes()
    assert run("supplier", "answer", path, answer) == 2
    assert "already taken up" in capsys.readouterr().err
    assert run("supplier", "request", "remove", path, "dq00001") == 2
    assert run("supplier", "request", "take-back", path, "dq00001", "--json") == 0
    assert not held(path, Activity) and not held(path, Evidence)
    assert run("supplier", "request", "remove", path, "dq00001") == 0


def test_refused_cells_are_listed_and_nothing_is_changed(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = made(STEEL, REQUEST), tmp_path / "request.xlsx"
    assert run("supplier", "request", "write", path, "dq00001", out) == 0
    answer = tmp_path / "answer.xlsx"
    answer.write_bytes(filled(out.read_bytes(), {"1": {**TUBE, "distance": -1}, "2": CAP}))
    assert run("supplier", "answer", path, answer, "--json") == 1
    (refused,) = plain(capsys)["refused"]
    assert (refused["row"], refused["column"]) == (11, "Distance [km]") and refused["remedy"]
    assert run("supplier", "answer", path, answer) == 1
    assert capsys.readouterr().out.startswith("Row 11, Distance [km]: -1 is not more than 0.")
    assert not held(path, Activity)


# ---------------------------------------------------------------------- checklist


def test_questions_are_answered_with_their_proof(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, letter = made(), tmp_path / "appointment.txt"
    letter.write_text("Appointed", "utf-8")
    assert run("checklist", "answer", path, "g1", "--year", "2025", "--value", "Yes", "--day", "2026-01-10",
               "--evidence", letter, "--person", "Li Na") == 0  # fmt: skip
    (one,) = held(path, Answer)
    assert (one.id, one.value, one.by, one.evidence) == ("2025 check.G1", "yes", "Li Na", ("e00001",))
    with PlantFile.open(path, read_only=True) as plant:
        assert plant.blob(plant.ledger.evidence[0].sha256) == b"Appointed"
    assert run("checklist", "answer", path, "E2", "--year", "2025", "--rows", "40|50", "--evidence", "e00001") == 0
    assert {one.id: one.rows for one in held(path, Answer)}["2025 check.E2"] == (("40", "50"),)
    capsys.readouterr()
    assert run("checklist", "answer", path, "G1", "--year", "2025", "--value", "yes", "--day", "2026-01-10",
               "--evidence", letter, "--person", "Li Na") == 0  # fmt: skip
    assert capsys.readouterr().out.strip() == "Nothing differs."
    assert run("checklist", "answer", path, "G1", "--year", "2025", "--value", "perhaps") == 2
    assert run("checklist", "answer", path, "Z9", "--year", "2025", "--value", "yes") == 2
    assert run("checklist", "answer", path, "G1", "--year", "2025", "--value", "yes", "--evidence", "none.txt") == 2


def test_status_says_what_is_answered_proven_expired_and_missing(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(
        Answer("2025 check.G1", "check.G1", 2025, date(2026, 1, 10), "yes", valid_to="2099-12-31"),
        Answer("2025 check.G3", "check.G3", 2025, date(2020, 1, 10), "partly"),
    )
    assert run("checklist", "status", path, "--year", "2025", "--area", "governance", "--json") == 1
    (area,) = plain(capsys)["areas"]
    assert [one["state"] for one in area["questions"]] == ["answered", "missing", "expired", "missing"]
    assert area["answered"] == {"n": 1, "of": 4, "percent": 25}
    assert area["questions"][0]["answers"][0] == {"map": "saq_5_0", "question": "1a"}
    assert run("checklist", "status", path, "--year", "2025") == 1
    told = capsys.readouterr().out
    assert "Governance: 1 of 4 answered, 0 with proof" in told and "Plant management" in told
    assert run("checklist", "status", path, "--area", "weather") == 2
    assert run("checklist", "status", path, "--year", "2025", "--area", "governance", lang="zh") == 1


def test_the_checklist_of_a_group_folds_those_of_its_plants(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(STEEL, name="a.group")
    assert run("checklist", "status", path, "--year", "2025", "--json") == 1
    found = plain(capsys)
    assert found["level"] == "group" and len(found["areas"]) == 7


def test_a_corrective_action_is_a_finding_of_the_audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = in_verification(tmp_path / "a.plant")
    assert run("checklist", "action", path, "S3", "--year", "2023", "--owner", PREPARER.name, "--due", "2099-03-31",
               "--person", AUDITOR.name, "--json") == 0  # fmt: skip
    raised = plain(capsys)
    assert (raised["number"], raised["point"], raised["kind"]) == ("2023-01", "check.S3", "nonconformity")
    assert raised["title"] == "When was the last fire and emergency drill?"
    assert held(path, AuditFinding)[0].description == "Checklist S3: Not answered"
    assert run("checklist", "status", path, "--year", "2023", "--area", "safety", "--json") == 1
    question = next(one for one in plain(capsys)["areas"][0]["questions"] if one["code"] == "S3")
    assert [one["number"] for one in question["findings"]] == ["2023-01"]
    assert run("checklist", "status", path, "--year", "2023", "--area", "safety") == 1
    assert "2023-01 To be answered" in capsys.readouterr().out
    assert run("checklist", "action", path, "S3", "--year", "2023", "--person", AUDITOR.name) == 2
    assert run("checklist", "action", path, "S2", "--year", "2023", "--person", PREPARER.name) == 1
    assert run("audit", "finding", "show", path, "--finding", "2023-01", "--json") == 0
