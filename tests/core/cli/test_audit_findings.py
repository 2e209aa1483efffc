"""Findings in the terminal: raised by one person, answered by another, corrected, closed by a third."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.store import PlantFile
from tests.core.audit.party import AUDITOR, LEAD, PREPARER
from tests.core.audit.plant_file import in_verification

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """Twelve bills of 1,000 kWh in verification."""
    return in_verification(tmp_path / "a.plant")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        code = main(["--ui-lang", "en", "audit", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def raised(run: Run, plant: Path, *more: object) -> dict[str, Any]:
    due = date.today() + timedelta(days=14)
    code, out, err = run(
        "finding", "raise", plant, "--year", 2023, "--kind", "misstatement", "--title", "Bill of March",
        "--description", "The bill shows 900 kWh.", "--activity", "m03", "--effect", "0.06516", "--owner", "Li Na",
        "--due", due.isoformat(), "--person", AUDITOR.name, "--json", *more,
    )  # fmt: skip
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def answered(run: Run, plant: Path, *more: object) -> int:
    return run(
        "finding", "answer", plant, "--finding", "2023-01", "--root-cause", "Typing", "--correction", "Typed again",
        "--corrective-action", "Second person", "--person", PREPARER.name, *more,
    )[0]  # fmt: skip


def test_a_finding_from_raising_to_closing(run: Run, plant: Path, tmp_path: Path) -> None:
    scan = tmp_path / "bill.pdf"
    scan.write_bytes(b"%PDF bill")
    made = raised(run, plant, "--evidence", scan)
    assert (made["number"], made["names"]["owner"], made["evidence"]) == ("2023-01", "Li Na", ["e00001"])
    assert run("findings", plant, "--year", 2023)[0] == 1

    code, out, _err = run("correct", plant, "--finding", "2023-01", "--activity", "m03", "--quantity", "950",
                          "--person", PREPARER.name)  # fmt: skip
    assert (code, out) == (0, "m03 corrected because of finding 2023-01\n")
    assert answered(run, plant, "--proof", "e00001") == 0
    close = ("finding", "close", plant, "--finding", "2023-01", "--treatment", "corrected", "--person", LEAD.name)
    code, _out, err = run(*close)
    assert code == 2 and "0.03258 t CO2e of the 0.06516 t are still in the inventory" in err
    assert run("correct", plant, "--finding", "fi00001", "--activity", "m03", "--quantity", "900",
               "--person", PREPARER.name)[0] == 0  # fmt: skip
    assert run(*close)[0] == 0

    code, out, _err = run("findings", plant, "--year", 2023, "--json")
    (one,) = json.loads(out)
    assert (code, one["status"], one["treatment"], one["overdue"]) == (0, "closed", "corrected", False)
    with PlantFile.open(plant, read_only=True) as held:
        assert [(c.id, c.finding, c.who) for c in held.corrections] == [("m03", "fi00001", "Li Na")]


def test_initial_verified_and_why_of_each_line(run: Run, plant: Path) -> None:
    assert "No data were corrected" in run("corrected", plant, "--year", 2023)[1]
    raised(run, plant)
    run("correct", plant, "--finding", "2023-01", "--activity", "m03", "--quantity", "900", "--person", "Li Na")
    found = json.loads(run("corrected", plant, "--year", 2023, "--json")[1])
    line = found["lines"][0]
    assert (line["line"], line["initial_tco2e"], line["verified_tco2e"]) == ("m03:location", "0.6516", "0.58644")
    assert (line["difference_tco2e"], line["numbers"], line["who"]) == ("-0.06516", ["2023-01"], ["Li Na"])
    assert found["scopes_tco2e"]["scope2_location"] == {
        "initial": "7.8192", "difference": "-0.06516", "verified": "7.75404",
    }  # fmt: skip
    words = run("corrected", plant, "--year", 2023)[1]
    assert "Total, location-based" in words and "2023-01" in words and "-0.065" in words


def test_data_do_not_change_without_a_finding_and_other_commands_name_it(
    run: Run, plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "more.csv"
    data.write_text(
        "source,method,item,start,end,quantity,unit,evidence\n"
        "Boiler,stationary_combustion,natural_gas,2023-01-01,2023-01-31,100,m3,bill 7\n",
        encoding="utf-8",
    )
    words = ["--ui-lang", "en", "import", str(plant), str(data), "--person", PREPARER.name]
    assert main(words) != 0
    assert "only because of an open finding" in capsys.readouterr().err
    raised(run, plant)
    assert main([*words, "--because", "2023-09"]) == 2
    assert "no finding 2023-09" in capsys.readouterr().err
    assert main([*words, "--because", "2023-01"]) == 0
    with PlantFile.open(plant, read_only=True) as held:
        assert {c.kind for c in held.corrections} == {"activity", "evidence"}


def test_sent_back_withdrawn_and_opened_again(run: Run, plant: Path) -> None:
    raised(run, plant)
    assert answered(run, plant) == 0
    finding = ("--finding", "2023-01", "--person", LEAD.name)
    assert run("finding", "return", plant, *finding, "--reason", "No cause is named")[0] == 0
    code, out, _err = run("finding", "withdraw", plant, *finding, "--reason", "The bill was another one")
    assert code == 0 and "withdrawn: The bill was another one" in out
    assert run("findings", plant, "--year", 2023)[0] == 0
    code, out, _err = run("finding", "reopen", plant, *finding, "--reason", "It was not", "--json")
    assert (code, json.loads(out)["status"]) == (0, "open")


def test_changed_and_shown(run: Run, plant: Path) -> None:
    raised(run, plant)
    code, out, _err = run("finding", "change", plant, "--finding", "fi00001", "--effect=-2.5", "--clause", "5.3",
                          "--person", LEAD.name, "--json")  # fmt: skip
    made = json.loads(out)
    assert (code, made["effect"], made["clause"], made["title"]) == (0, "-2.5", "5.3", "Bill of March")
    shown = json.loads(run("finding", "show", plant, "--finding", "2023-01", "--json")[1])
    assert (shown["left_tco2e"], shown["proposed_tco2e"]) == ("-2.5", "2.5")
    words = run("finding", "show", plant, "--finding", "2023-01")[1]
    assert "Still in the inventory: -2.5 t CO2e" in words and "Proposed conservative estimate: 2.5 t CO2e" in words
    code, out, _err = run("finding", "change", plant, "--finding", "fi00001", "--unquantified", "--person", LEAD.name,
                          "--json")  # fmt: skip
    assert (code, json.loads(out)["effect"]) == (0, None)
    code, _out, err = run("finding", "close", plant, "--finding", "fi00001", "--treatment", "conservative",
                          "--conservative", "-1", "--note", "No bill", "--person", LEAD.name)  # fmt: skip
    assert code == 2 and "adds to the total" in err
    assert run("finding", "close", plant, "--finding", "fi00001", "--treatment", "conservative", "--conservative",
               "1.5", "--note", "No bill", "--person", LEAD.name)[0] == 0  # fmt: skip


def test_nobody_acts_in_a_role_they_do_not_have(run: Run, plant: Path) -> None:
    raised(run, plant)
    code, _out, err = run("finding", "close", plant, "--finding", "2023-01", "--treatment", "uncorrected", "--note",
                          "x", "--person", PREPARER.name)  # fmt: skip
    assert code != 0 and "it takes an auditor" in err
    code, _out, err = run("finding", "return", plant, "--finding", "2023-01", "--reason", "x", "--person", "Nobody")
    assert code != 0 and "not one of the people" in err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--activity", "m03"], "Nothing changes"),
        (["--activity", "m99", "--quantity", "1"], "m99 does not exist"),
        (["--activity", "m03", "--unit", "parsecs"], "parsecs"),
        (["--activity", "m03", "--item", "unobtainium"], "Unknown item"),
        (["--activity", "m03", "--end", "2023-02-01"], "ends before it begins"),
    ],
)
def test_correct_refuses(run: Run, plant: Path, options: list[str], message: str) -> None:
    raised(run, plant)
    code, _out, err = run("correct", plant, "--finding", "2023-01", "--person", PREPARER.name, *options)
    assert code == 2 and message in err


def test_a_record_that_should_not_be_there_is_taken_away_because_of_the_finding(run: Run, plant: Path) -> None:
    raised(run, plant)
    code, out, _err = run("correct", plant, "--finding", "2023-01", "--activity", "m03", "--remove", "--json",
                          "--person", PREPARER.name)  # fmt: skip
    assert (code, json.loads(out)["after"]) == (0, None)
    with PlantFile.open(plant, read_only=True) as held:
        assert held.ledger.get("activity", "m03") is None and held.corrections[0].before is not None


def test_an_empty_list_says_so(run: Run, plant: Path) -> None:
    assert run("findings", plant, "--year", 2023)[:2] == (0, "There are no findings.\n")


def test_letters_go_into_a_folder_or_a_file_and_never_over_one(run: Run, plant: Path, tmp_path: Path) -> None:
    raised(run, plant)
    out = tmp_path / "letters"
    code, text, _err = run("letters", plant, "--year", 2023, "--out", out, "--language", "en", "--json")
    names = [Path(path).name for path in json.loads(text)["written"]]
    assert (code, names) == (0, ["2023-letter-en.pdf", "2023-list-en.pdf", "2023-sheets-en.pdf"])
    assert all((out / name).read_bytes().startswith(b"%PDF") for name in names)
    single = tmp_path / "sheet.pdf"
    options = ("letters", plant, "--year", 2023, "--out", single, "--kind", "sheets", "--finding", "2023-01")
    assert run(*options)[0] == 0 and single.exists()
    code, _text, err = run(*options)
    assert code == 2 and "exists already" in err
