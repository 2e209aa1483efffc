"""People, engagement, declarations, log, moves and status in the terminal, up to the verification."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.audit.declaring import signature_of, to_sign
from core.cli import main
from core.i18n import T
from core.ledger import Change, Declaration, Person, Step
from core.signing import create_authority, create_request, issue, verify_statement
from core.signing.certificates import Identity
from core.store import PlantFile
from tests.carried import quick_p12

Run = Callable[..., tuple[int, str, str]]
YEAR = ("--year", 2024)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        code = main(["--ui-lang", "en", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def plant(tmp_path: Path, run: Run) -> Path:
    """A plant with one bill and four people, one of whom leads the team."""
    path, data = tmp_path / "works.plant", tmp_path / "data.csv"
    data.write_text(
        "source,method,item,start,end,quantity,unit,evidence\n"
        "Meter,purchased_electricity,electricity,2024-01,,1000,MWh,E-1\n",
        encoding="utf-8",
    )
    assert run("new", path, "--name", "Works", "--country", "GB")[0] == 0
    assert run("import", path, data, "--person", "Li")[0] == 0
    for name, role in (("Li", "preparer"), ("Zhao", "team_lead"), ("Wang", "auditor"), ("Sun", "reviewer")):
        who = "Zhao" if name in ("Wang", "Sun") else "Li"
        assert run("audit", "people", path, "--add", name, "--role", role, "--person", who)[0] == 0
    return path


@pytest.fixture
def begun(plant: Path, run: Run) -> Path:
    code, out, _ = run("audit", "engage", plant, *YEAR, "--start", "2025-03-03", "--end", "2025-03-07",
                       "--materiality", "2.5%", "--scope-materiality", "scope1=10", "--person", "Zhao")  # fmt: skip
    assert (code, out) == (0, "Audit of 2024 begun\n")
    return plant


def scan(tmp_path: Path, name: str) -> Path:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(f"signed by {name}".encode())
    return path


def status(plant: Path, run: Run) -> Any:
    code, out, _ = run("audit", "status", plant, *YEAR, "--json")
    assert code == 0
    return json.loads(out)


def test_people_are_listed_added_changed_and_retired_by_the_team_lead(plant: Path, run: Run) -> None:
    code, out, _ = run("audit", "people", plant, "--json")
    assert code == 0 and [(one["name"], one["roles"]) for one in json.loads(out)] == [
        ("Li", ["preparer"]), ("Zhao", ["team_lead"]), ("Wang", ["auditor"]), ("Sun", ["reviewer"]),
    ]  # fmt: skip
    code, _, err = run("audit", "people", plant, "--add", "Qian", "--role", "auditor", "--person", "Li")
    assert code == 1 and "cannot change the people" in err
    assert run("audit", "people", plant, "--change", "Wang", "--competence", "GHG lead", "--person", "Zhao")[0] == 0
    assert run("audit", "people", plant, "--retire", "Wang", "--person", "Zhao")[1] == "Wang no longer takes part\n"
    shown = run("audit", "people", plant)[1]
    assert "Independent reviewer" in shown and shown.splitlines()[4].split()[-1] == "no"
    assert run("audit", "people", plant, "--change", "Nobody", "--email", "x", "--person", "Zhao")[0] == 2


def test_nobody_audits_yet(plant: Path, run: Run) -> None:
    assert run("audit", "status", plant, *YEAR) == (1, "Nobody audits 2024 yet.\n", "")
    code, out, _ = run("audit", "status", plant, *YEAR, "--json")
    assert code == 1 and json.loads(out) == {"year": 2024, "engagement": None}
    code, _, err = run("audit", "engage", plant, *YEAR, "--person", "Li")
    assert code == 1 and "is begun by: Auditor, Team lead" in err


def test_the_status_says_state_people_numbers_and_what_is_next(begun: Path, run: Run) -> None:
    said = status(begun, run)
    assert (said["state"], said["number"], said["team"], said["reviewer"]) == ("draft", 1, ["Zhao", "Wang"], "Sun")
    assert said["next"] == {"to": "prepared", "roles": ["plant_manager", "preparer"]} and said["obstacles"] == []
    assert said["engagement"]["materiality"] == "2.5"
    assert said["engagement"]["scope_materiality"] == [["scope1", "10"]]
    with PlantFile.open(begun, read_only=True) as opened:
        assert len(opened.ledger.activities) == 1
    assert float(said["progress"]["materiality"]) > 0 and said["progress"]["samples"] == 0
    text = run("audit", "status", begun, *YEAR)[1]
    assert text.startswith("Audit 2024, number 1: Draft.\nTeam: Zhao, Wang\n")
    assert "Next: Hand over for verification (Preparer, Plant manager)" in text


def test_an_agreement_is_changed_and_refused(begun: Path, run: Run) -> None:
    code, out, _ = run("audit", "engage", begun, *YEAR, "--assurance", "reasonable", "--person", "Wang", "--json")
    assert code == 0 and json.loads(out)["assurance"] == "reasonable"
    assert run("audit", "engage", begun, *YEAR, "--materiality", "five", "--person", "Zhao")[0] == 2
    assert run("audit", "engage", begun, *YEAR, "--materiality", "0", "--person", "Zhao")[0] == 2
    assert run("audit", "engage", begun, *YEAR, "--team", "Nobody", "--person", "Zhao")[0] == 2
    assert run("audit", "engage", begun, *YEAR, "--team", "Li", "--person", "Zhao")[0] == 1
    assert run("audit", "engage", begun, *YEAR, "--person", "Zhao")[0] == 2  # nothing said, nothing changes


def test_an_audit_moves_when_nothing_stands_in_its_way(begun: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("audit", "move", begun, *YEAR, "--person", "Li")
    assert code == 0 and out == "✓ prepared: Hand over for verification\n"
    assert run("audit", "move", begun, *YEAR, "--person", "Zhao")[0] == 1
    assert run("audit", "move", begun, *YEAR, "--to", "prepared", "--person", "Zhao")[0] == 1
    assert run("audit", "move", begun, *YEAR, "--to", "prepared", "--person", "Li")[1] == "Audit of 2024: Prepared\n"
    code, _, err = run("audit", "move", begun, *YEAR, "--to", "verification", "--person", "Zhao")
    assert code == 1 and "The declaration of independence is missing: Zhao." in err
    for name in ("Zhao", "Wang"):
        assert run("audit", "declare", begun, *YEAR, "--scan", scan(tmp_path, name), "--person", name)[0] == 0
    whose = ("--scan", scan(tmp_path, "Sun"), "--of", "Sun")
    assert run("audit", "declare", begun, *YEAR, *whose, "--person", "Li")[0] == 1
    assert run("audit", "declare", begun, *YEAR, *whose, "--person", "Zhao")[0] == 0
    code, out, _ = run("audit", "move", begun, *YEAR, "--to", "verification", "--person", "Zhao", "--json")
    assert code == 0 and {way["to"] for way in json.loads(out)} == {"findings", "review"}
    assert "No sample was drawn." in status(begun, run)["obstacles"]


def test_data_of_an_audited_year_are_locked_for_other_commands_too(begun: Path, run: Run, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text(
        "source,method,item,start,end,quantity,unit,evidence\n"
        "Meter,purchased_electricity,electricity,2024-02,,1000,MWh,E-2\n",
        encoding="utf-8",
    )
    code, _, err = run("import", begun, more, "--person", "Somebody")
    assert code == 1 and "“Somebody” is not one of the people" in err
    assert run("audit", "move", begun, *YEAR, "--to", "prepared", "--person", "Li")[0] == 0
    code, _, err = run("import", begun, more, "--person", "Li")
    assert code == 1 and "“Prepared”" in err and "Take back to draft" in err
    assert run("audit", "move", begun, *YEAR, "--to", "draft", "--person", "Li")[0] == 2  # without a reason
    assert run("audit", "move", begun, *YEAR, "--to", "draft", "--reason", "A bill.", "--person", "Li")[0] == 0
    assert run("import", begun, more, "--person", "Li")[0] == 0


def test_a_declaration_is_signed_with_the_own_key_and_binds_it(begun: Path, run: Run, tmp_path: Path) -> None:
    when = datetime.now(UTC)
    root = create_authority("Root", "Group", when)
    word = tmp_path / "word"
    word.write_text("correct horse battery\n", encoding="utf-8")
    for name in ("Wang", "Zhao"):
        key, request = create_request(name, f"{name}@x.org", "Verify", "Auditor")
        identity = Identity(issue(root, request, role="Auditor", sites=["A"], when=when), key)
        quick_p12(tmp_path / f"{name}.p12", identity, "correct horse battery")
    words = ("audit", "declare", begun, *YEAR, "--passphrase-file", word, "--person", "Wang")
    code, _, err = run(*words, "--sign", tmp_path / "Zhao.p12")
    assert code == 1 and "that of Zhao" in err
    code, out, _ = run(*words, "--sign", tmp_path / "Wang.p12", "--json")
    assert code == 0 and "I, Wang, take part" in json.loads(out)["text"]
    with PlantFile.open(begun, read_only=True) as opened:
        (declared,) = opened.ledger.held(Declaration)
        (wang,) = (one for one in opened.ledger.held(Person) if one.name == "Wang")
    signer = verify_statement(to_sign(declared), signature_of(declared))
    assert not signer.problems and signer.name == "Wang"
    assert wang.certificate == signer.fingerprint.replace(":", "").replace(" ", "").lower()
    assert run("audit", "people", begun, "--release", "Wang", "--reason", "Renewed.", "--person", "Wang")[0] == 1
    assert run("audit", "people", begun, "--release", "Wang", "--reason", "Renewed.", "--person", "Zhao")[0] == 0


def test_a_declaration_that_was_changed_after_signing_does_not_hold(begun: Path, run: Run, tmp_path: Path) -> None:
    signs(begun, run, tmp_path, "Wang")
    assert status(begun, run)["declarations"] == []
    with PlantFile.open(begun) as opened:
        (held,) = opened.ledger.held(Declaration)
        after = replace(held, text="I am a cousin of the plant manager.")
        opened.append(Change("Wang", datetime.now(UTC), T("Said better"), (Step("declaration", held.id, held, after),)))
    (said,) = status(begun, run)["declarations"]
    assert said == "The declaration of Wang does not hold: The statement was changed after it was signed."
    assert said in run("audit", "status", begun, *YEAR)[1]
    assert run("audit", "move", begun, *YEAR, "--to", "prepared", "--person", "Li")[0] == 0
    code, _, err = run("audit", "move", begun, *YEAR, "--to", "verification", "--person", "Zhao")
    assert code == 1 and said in err


def signs(plant: Path, run: Run, tmp_path: Path, name: str) -> None:
    """Somebody declares with a new key of their own."""
    when = datetime.now(UTC)
    root = create_authority("Root", "Group", when)
    key, request = create_request(name, f"{name}@x.org", "Verify", "Auditor")
    identity = Identity(issue(root, request, role="Auditor", sites=["A"], when=when), key)
    word = tmp_path / "word"
    word.write_text("correct horse battery\n", encoding="utf-8")
    quick_p12(tmp_path / f"{name}.p12", identity, "correct horse battery")
    words = ("--passphrase-file", word, "--sign", tmp_path / f"{name}.p12", "--person", name)
    assert run("audit", "declare", plant, *YEAR, *words)[0] == 0


def test_the_text_is_printed_for_a_paper(begun: Path, run: Run) -> None:
    code, out, _ = run("audit", "declare", begun, *YEAR, "--of", "Sun")
    assert code == 0 and out.startswith("I, Sun, take part in the audit")
    assert run("audit", "declare", begun, *YEAR, "--person", "Nobody")[0] == 2


def test_meetings_are_logged_with_their_minutes(begun: Path, run: Run, tmp_path: Path) -> None:
    words = ("audit", "log", begun, *YEAR, "--person", "Zhao")
    minutes = tmp_path / "minutes.txt"
    minutes.write_text("Everybody was there.\nThe plan was agreed.", encoding="utf-8")
    code, out, _ = run(*words, "--add", "opening_meeting", "--subject", "Opening", "--text-file", minutes,
                       "--with", "Li", "--with", "Zhao", "--day", "2025-03-03", "--evidence", minutes)  # fmt: skip
    assert (code, out) == (0, "Opening meeting: Opening\n")
    (entry,) = json.loads(run(*words, "--json")[1])
    assert entry["people"] == ["Li", "Zhao"] and entry["day"] == "2025-03-03" and len(entry["evidence"]) == 1
    assert run(*words)[1] == (
        "co00001  2025-03-03  Opening meeting: Opening\n    Li, Zhao\n    Everybody was there.\n"
        f"    The plan was agreed.\n    {entry['evidence'][0]}\n"
    )
    assert run(*words, "--add", "call", "--subject", "x", "--day", "yesterday")[0] == 2
    with minutes.open("wb") as film:
        film.truncate(2_000_000_000)
    code, _, told = run(*words, "--add", "call", "--subject", "x", "--text-file", minutes)
    assert code == 2 and "longer than 20000 characters" in told
    minutes.write_bytes("会议".encode("gb18030"))
    assert "UTF-8" in run(*words, "--add", "call", "--subject", "x", "--text-file", minutes)[2]
    assert "it is not there" in run(*words, "--add", "call", "--subject", "x", "--text-file", tmp_path / "no.txt")[2]
    assert run(*words, "--remove", "co00009")[0] == 2
    assert run(*words, "--remove", "co00001")[0] == 0
    assert run(*words)[1] == "Nothing was entered yet.\n"
