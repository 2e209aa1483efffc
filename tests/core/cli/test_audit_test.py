"""``audit test`` and ``audit misstatements``: sheets are kept, blind values stay blind, materiality is judged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.ledger import AuditFinding, TestSheet
from core.store import PlantFile
from tests.core.audit.audited_file import SECOND, audited_file, ledger_in, write
from tests.core.audit.party import AUDITOR
from tests.core.samples import year_of_bills

BILLS = [replace(one, quantity=Decimal(98765)) if one.id == "m03" else one for one in year_of_bills()]
FINDING = AuditFinding(
    "fi00001", 2023, "misstatement", "Bill of March", "Comma misread.", date(2024, 3, 5), AUDITOR.id,
    activities=("m03",), effect=Decimal("63.703674"),
)  # fmt: skip


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, *(str(word) for word in words)])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return audited_file(tmp_path, bills=BILLS)


def in_words(path: Path, *more: object, who: str = AUDITOR.name, lang: str = "en") -> int:
    return run("audit", "test", path, "--year", 2023, *more, "--person", who, lang=lang)


def sheets(path: Path) -> tuple[TestSheet, ...]:
    return ledger_in(path).held(TestSheet)


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_bill_is_traced(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert in_words(path, "--activity", "m03", "--procedure", "traced", "--found", "1,000", "--note", "bill 3",
                  "--day", "2024-03-05", "--evidence", "e00001") == 0  # fmt: skip
    printed = capsys.readouterr().out
    assert "te00001: Traced to the bill, Main meter: Differs" in printed
    assert "Reported 98,765, found 1,000: +63.704 t CO₂e location-based, +59.598 t CO₂e market-based." in printed
    (sheet,) = sheets(path)
    assert (sheet.by, sheet.sample, sheet.note, sheet.day) == (AUDITOR.id, "sa00001", "bill 3", date(2024, 3, 5))
    assert (sheet.reported, sheet.found, sheet.effect) == (Decimal(98765), Decimal(1000), Decimal("63.703674"))
    assert sheet.evidence == ("e00001",)


def test_what_is_open_is_listed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trace = ("--list", "--procedure", "traced")
    assert in_words(path, *trace) == 1
    assert "98765" in capsys.readouterr().out
    assert in_words(path, *trace, "--json") == 1
    rows = said(capsys)
    assert [row["activity"] for row in rows] == ["m03", "m05", "m07"]
    assert (rows[0]["sample"], rows[0]["quantity"]) == ("sa00001", "98765")
    for key in ("m03", "m05", "m07"):
        assert in_words(path, "--activity", key, "--procedure", "recalculated", "--result", "agrees") == 0
    capsys.readouterr()
    assert in_words(path, "--list", lang="zh") == 0
    assert capsys.readouterr().out.strip()
    assert in_words(path, "--sheets", "--json") == 0
    assert [row["result"] for row in said(capsys)] == ["agrees"] * 3
    assert in_words(path, "--sheets") == 0
    assert "Recalculated: Agrees" in capsys.readouterr().out


def test_nothing_gives_a_value_away_before_it_was_typed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blind = ("--procedure", "rekeyed")
    assert in_words(path, "--list") == 1
    assert in_words(path, "--list", "--json") == 1
    assert in_words(path, "--list", *blind) == 1
    assert in_words(path, "--list", *blind, "--json") == 1
    assert in_words(path, "--activity", "m03", *blind, "--found", "98756") == 2
    seen = capsys.readouterr()
    assert "98765" not in (seen.out + seen.err).replace(",", "")
    assert "differs from the record" in seen.err
    assert sheets(path) == ()
    assert in_words(path, "--activity", "m03", *blind, "--found", "98756", "--again", "98765", "--json") == 0
    found = said(capsys)
    assert (found["sheet"]["result"], found["sheet"]["note"]) == ("agrees", "98756 → 98765")
    assert set(found["effect_tco2e"].values()) == {"0"}


def test_who_has_seen_it_does_not_type_it(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert in_words(path, "--activity", "m03", "--procedure", "traced", "--found", "1000") == 0
    assert in_words(path, "--activity", "m03", "--procedure", "rekeyed", "--found", "1000", "--again", "1000") == 1
    assert "knows its value" in capsys.readouterr().err
    words = ("--activity", "m03", "--procedure", "rekeyed", "--found", "1000", "--again", "1000")
    assert in_words(path, *words, who=SECOND.name) == 0
    assert [one.by for one in sheets(path)] == [AUDITOR.id, SECOND.id], "both are kept"


def test_what_cannot_be_typed_is_said_with_a_reason(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--activity", "m05", "--procedure", "rekeyed", "--result", "not_possible")
    assert in_words(path, *words) == 2
    assert "note is missing" in capsys.readouterr().err
    assert in_words(path, *words, "--note", "The scan cannot be read.") == 0
    assert sheets(path)[0].result == "not_possible"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--activity", "m03"), "--procedure is missing"),
        (("--activity", "m99", "--procedure", "traced", "--found", "1"), "does not exist"),
        (("--activity", "m03", "--procedure", "traced", "--found", "much"), "much"),
        (("--activity", "m03", "--procedure", "traced", "--found", "1", "--day", "soon"), "not a date"),
    ],
)
def test_what_is_refused(path: Path, more: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert in_words(path, *more) == 2
    assert words in capsys.readouterr().err
    assert sheets(path) == ()


def test_nobody_tests_their_own_or_unknown(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--activity", "m03", "--procedure", "traced", "--found", "1")
    assert in_words(path, *words, who="Li Na") == 1, "she entered it and is no auditor"
    assert in_words(path, *words, who="Nobody") == 2
    assert "not one of the people" in capsys.readouterr().err


def test_what_is_left_is_held_against_materiality(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger_words = ("audit", "misstatements", path, "--year", 2023)
    assert run(*ledger_words) == 0
    assert "No misstatement was found." in capsys.readouterr().out
    with PlantFile.open(path) as plant:
        write(plant, AUDITOR, FINDING, replace(FINDING, id="fi00002", effect=Decimal("-0.1"), activities=()))
    assert run(*ledger_words) == 1
    printed = capsys.readouterr().out
    assert "2023-01" in printed
    assert "\nMaterial: " in printed
    assert "t CO₂e in one direction, materiality 3." in printed
    assert "Sample Bills: 1 of 3 records tested, different: 1." in printed
    assert run(*ledger_words, lang="zh") == 1
    assert "2023-01" in capsys.readouterr().out
    assert run(*ledger_words, "--json") == 1
    found = said(capsys)
    assert found["material"] is True
    total = found["totals"]["location"]
    assert (total["overstated_tco2e"], total["understated_tco2e"], total["net_tco2e"]) == (
        "63.703674", "0.1", "63.603674",
    )  # fmt: skip
    assert [(row["number"], row["left_tco2e"], row["scope"]) for row in found["misstatements"]] == [
        ("2023-01", "63.703674", "scope2_location"), ("2023-02", "-0.1", ""),
    ]  # fmt: skip
    assert found["samples"][0]["tested"] == 1
    assert found["unquantified"] == []


def test_a_sheet_names_the_finding_that_came_of_it(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert in_words(path, "--activity", "m03", "--procedure", "traced", "--found", "1000") == 0
    with PlantFile.open(path) as plant:
        write(plant, AUDITOR, FINDING, replace(FINDING, id="fi00002"))
    assert in_words(path, "--link", "te00001") == 2
    assert "--finding is missing" in capsys.readouterr().err
    for _again in range(2):
        assert in_words(path, "--link", "te00001", "--finding", "2023-01", who=SECOND.name) == 0
        assert "Test sheet te00001 linked to finding 2023-01 Bill of March" in capsys.readouterr().out
    assert sheets(path)[0].finding == "fi00001"
    assert in_words(path, "--link", "te00001", "--finding", "fi00001", "--json") == 0
    assert said(capsys) == {"sheet": "te00001", "finding": "fi00001"}
    assert in_words(path, "--link", "te00001", "--finding", "fi00002") == 2
    assert "another finding" in capsys.readouterr().err
