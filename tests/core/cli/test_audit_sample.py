"""``audit risk`` and ``audit sample``: shown, decided, drawn with a seed, widened after findings, drawn again."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.ledger import AuditFinding, RiskAssessment, Sample, sha256_of
from core.store import PlantFile
from tests.core.audit.audited_file import audited_file, ledger_in, write
from tests.core.audit.party import AUDITOR, PREPARER
from tests.core.audit.sampling_samples import BOILER
from tests.core.samples import year_of_bills

FINDING = AuditFinding(
    "fi00001", 2023, "misstatement", "Bill of March", "Comma misread.", date(2024, 3, 5), AUDITOR.id,
    effect=Decimal("1.5"),
)  # fmt: skip
LEVEL = ("--name", "Gas", "--method", "random", "--level", 30, "--source", "Boiler house", "--seed", "2023-A")


def run(command: str, path: Path, *words: object, who: str = AUDITOR.name, lang: str = "en") -> int:
    said = ["--ui-lang", lang, "audit", command, path, "--year", 2023, *words, "--person", who]
    return main([str(word) for word in said])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return audited_file(tmp_path, bills=[*year_of_bills(), *BOILER])


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def samples(path: Path) -> tuple[Sample, ...]:
    """Those that were drawn, without the one of the file."""
    return ledger_in(path).held(Sample)[1:]


# ---------------------------------------------------------------------- risk


def test_the_source_map_is_shown_with_its_risks(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("risk", path) == 0
    printed = capsys.readouterr().out
    assert "Boiler house" in printed and "very low" in printed and "proposed" in printed
    assert run("risk", path, "--json") == 0
    found = said(capsys)
    assert [one["source"] for one in found["sources"]] == ["Boiler house", "Main meter"]
    assert found["sources"][-1]["cumulative_percent"] == "100"
    first = found["sources"][0]
    assert (first["inherent"], first["decided"]) == ("high", None) and first["proposed"]["reasons"][0]["reason"]
    assert "choice" in found["basis"]["audit_risk"]
    assert run("risk", path, "--json", lang="zh") == 0
    assert "本程序" in said(capsys)["basis"]["audit_risk"]


def test_a_risk_is_decided_with_a_reason_and_taken_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide = ("--source", "Boiler house", "--inherent", "low", "--control", "medium")
    assert run("risk", path, *decide) == 2
    assert "reason is missing" in capsys.readouterr().err
    assert run("risk", path, *decide, "--reason", "sealed meter") == 0
    assert "Risk of Boiler house: inherent low, control medium" in capsys.readouterr().out
    (held,) = ledger_in(path).held(RiskAssessment)
    assert (held.inherent, held.control, held.reason) == ("low", "medium", "sealed meter")
    assert run("risk", path, "--source", "Boiler house", "--take-back", "--json") == 0
    assert all(one["decided"] is None for one in said(capsys)["sources"])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--source", "Boiler house"), "Nothing is decided"),
        (("--inherent", "low", "--control", "low"), "--source is missing"),
        (("--source", "Boiler house", "--inherent", "low"), "--control is missing"),
        (("--source", "Hall", "--inherent", "low", "--control", "low"), "no emission source"),
    ],
)
def test_what_is_incomplete_is_refused(
    path: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("risk", path, *words) == 2
    assert why in capsys.readouterr().err


def test_the_plant_does_not_decide_its_own_risks(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--source", "Boiler house", "--inherent", "low", "--control", "low", "--reason", "trust us")
    assert run("risk", path, *words, who=PREPARER.name) == 1
    assert "risks, samples and tests" in capsys.readouterr().err
    assert run("sample", path, *LEVEL, who=PREPARER.name) == 1


# ---------------------------------------------------------------------- sample


def test_a_sample_is_drawn_with_its_seed_and_can_be_drawn_again(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample", path, *LEVEL) == 0
    printed = capsys.readouterr().out
    assert "Sample “Gas” drawn: 4 of 12 records" in printed and "30 % of the records" in printed
    assert "Id sa00002, seed 2023-A" in printed
    (made,) = samples(path)
    assert made.seed == "2023-A" and all(key in printed for key in made.activities)
    assert run("sample", path, "--redraw", "Gas") == 0
    assert "the same sample" in capsys.readouterr().out
    assert run("sample", path, "--redraw", "sa00002", "--json") == 0
    assert said(capsys) == {"sample": "sa00002", "state": "same", "good": True}


def test_a_sample_that_its_seed_does_not_draw_is_the_answer_no(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample", path, *LEVEL) == 0
    (made,) = samples(path)
    other = next(one.id for one in BOILER if one.id not in made.activities)
    with PlantFile.open(path) as plant:
        write(plant, AUDITOR, replace(made, activities=(other, *made.activities[1:])))
    assert run("sample", path, "--redraw", "Gas") == 1
    assert "another sample" in capsys.readouterr().out


def test_without_a_seed_one_is_made_and_shown(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("A", "B"):
        assert run("sample", path, "--name", name, "--method", "random") == 0
        assert samples(path)[-1].seed in capsys.readouterr().out
    one, other = samples(path)
    assert len(one.seed) == 16 and one.seed != other.seed


def test_a_dry_run_changes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run("sample", path, "--name", "T", "--method", "monetary_unit", "--confidence", 95, "--dry-run", "--json") == 0
    )
    found = said(capsys)
    assert found["saved"] is False and samples(path) == ()
    assert dict(found["sample"]["settings"])["confidence"] == "95" and found["why"]
    assert run("sample", path, *LEVEL, "--dry-run") == 0
    assert samples(path) == ()


def test_a_judgement_names_records_and_a_reason(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--name", "Odd", "--method", "judgement", "--activity", "m03", "--activity", "g12")
    assert run("sample", path, *words) == 2
    assert "reason is missing" in capsys.readouterr().err
    assert run("sample", path, *words, "--reason", "both stand out", "--json") == 0
    assert said(capsys)["sample"]["activities"] == ["m03", "g12"]


def test_findings_widen_a_sample(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample", path, *LEVEL) == 0
    assert run("sample", path, "--escalate", "Gas") == 2
    assert "without a reason" in capsys.readouterr().err
    (made,) = samples(path)
    with PlantFile.open(path) as plant:
        write(plant, AUDITOR, replace(FINDING, sample=made.id, activities=made.activities[:1]))
    assert run("sample", path, "--json") == 0
    (listed,) = (one for one in said(capsys) if one["sample"]["name"] == "Gas")
    assert listed["next_level"] == {"level": 50, "sources": ["Boiler house"]}
    assert (listed["records"], listed["findings"]) == (4, ["fi00001"]) and len(listed["untested"]) == 4
    assert run("sample", path) == 0
    assert "Of its records 50 % are tested next" in capsys.readouterr().out
    assert run("sample", path, "--escalate", "Gas") == 0
    assert "widened to 50 %, records added: 2" in capsys.readouterr().out
    wider = samples(path)[-1]
    assert (wider.level, wider.previous) == (50, made.id) and wider.activities[:4] == made.activities


def test_samples_are_listed_shown_and_removed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample", path, *LEVEL) == 0
    capsys.readouterr()
    assert run("sample", path) == 0
    printed = capsys.readouterr().out
    assert "Gas" in printed and "Random records" in printed and "2023-A" in printed
    assert run("sample", path, "--show", "Gas") == 0
    assert all(key in capsys.readouterr().out for key in samples(path)[0].activities[:1])
    assert run("sample", path, "--show", "Gas", "--json") == 0
    assert said(capsys)["records"] == 4
    assert run("sample", path, "--remove", "Gas") == 0
    assert samples(path) == () and "removed" in capsys.readouterr().out
    assert run("sample", path, "--remove", "Gas", "--json") == 2


def test_a_year_without_samples_says_so(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ui-lang", "en", "audit", "sample", str(path), "--year", "2020"]) == 0
    assert "No sample was drawn in 2020 yet." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--name", "A"), "--method is missing"),
        (("--name", "A", "--method", "random", "--confidence", "many"), "many"),
        (("--show", "Nothing"), "no sample"),
        (("--name", "A", "--method", "all", "--source", "Hall"), "no records of Hall"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    path: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sample", path, *words) == 2
    assert why in capsys.readouterr().err


# ---------------------------------------------------------------------- frame


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def hash_of(path: Path) -> str:
    """As the page about the method says, from the file alone."""
    return sha256_of([[row[key] for key in ("record", "source", "month", "tonnes")] for row in rows_of(path)])


def test_a_sample_leaves_what_it_was_drawn_from(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = path.with_name("frame.csv")
    assert run("sample", path, *LEVEL, "--frame", out, "--dry-run") == 0
    first = out.read_bytes()
    assert (
        samples(path) == () and len(rows_of(out)) == 12 and {row["source"] for row in rows_of(out)} == {"Boiler house"}
    )
    assert run("sample", path, *LEVEL, "--frame", out) == 2, "never over a file that exists"
    assert samples(path) == () and "exists already" in capsys.readouterr().err
    out.unlink()
    assert run("sample", path, *LEVEL, "--frame", out) == 0
    (made,) = samples(path)
    assert f"Frame written: frame.csv, SHA-256 {made.frame}" in capsys.readouterr().out
    assert hash_of(out) == made.frame and out.read_bytes() == first
    for act in ("--show", "--redraw"):
        again = path.with_name(f"frame{act}.csv")
        assert run("sample", path, act, "Gas", "--frame", again) == 0
        assert again.read_bytes() == first
    assert run("sample", path, "--remove", "Gas", "--frame", path.with_name("gone.csv")) == 2
    assert samples(path) == (made,)


def test_the_records_of_today_are_a_frame_without_a_sample(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = path.with_name("all.csv")
    assert run("sample", path, "--frame", out, "--json") == 0
    assert said(capsys)["frame"] == hash_of(out) and len(rows_of(out)) == 24
    assert run("sample", path, "--frame", path.with_name("one.csv"), "--source", "Hall") == 2
    assert run("sample", path, "--frame", path.with_name("one.txt")) == 2
    assert sorted(one.name for one in path.parent.glob("one.*")) == []


def test_a_frame_that_is_gone_is_not_made_up(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample", path, *LEVEL) == 0
    with PlantFile.open(path) as plant:
        write(plant, AUDITOR, replace(samples(path)[0], frame="0" * 64))
    out = path.with_name("frame.csv")
    assert run("sample", path, "--show", "Gas", "--frame", out) == 2
    assert "its frame is gone" in capsys.readouterr().err and not out.exists()


def test_who_may_not_draw_leaves_no_frame_either(path: Path) -> None:
    out = path.with_name("frame.csv")
    assert run("sample", path, *LEVEL, "--frame", out, who=PREPARER.name) == 1
    assert samples(path) == () and not out.exists()
