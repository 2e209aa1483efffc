"""``disclosure`` in the terminal, of a plant and of a group: readiness, answers, decisions, workbooks, submissions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from core.cli import main
from core.disclosures.maps import all_maps
from core.i18n import T
from core.ledger import Change, Evidence, Plant, Record, Step, Submission, kind_of
from core.signing import Identity, Trust
from core.store import GroupFile, PlantFile
from tests.core.entering.filled import AROUND, GIVEN
from tests.core.exchange.books import xlsx_of
from tests.core.group.asked.reported import group_of
from tests.core.handover.conftest import auditor, authority, trust

__all__ = ["auditor", "authority", "trust"]
WHEN = datetime(2024, 1, 2, tzinfo=UTC)


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A plant with a bill of 2023 and one of every kind of record that people enter."""
    path = tmp_path / "p.plant"
    assert main(["new", str(path), "--name", "Zhangjiakou", "--country", "CN", "--region", "CN-HE"]) == 0
    records: list[Record] = []
    blobs = []
    for one in (*AROUND, *GIVEN):
        if isinstance(one, Evidence):
            blobs.append(one.name.encode())
            records.append(replace(one, sha256=hashlib.sha256(blobs[-1]).hexdigest(), size=len(blobs[-1])))
        elif not isinstance(one, Plant):
            records.append(one)
    with PlantFile.open(path) as made:
        steps = tuple(Step(kind_of(one), one.id, made.ledger.get(kind_of(one), one.id), one) for one in records)
        made.append(Change("Li Na", WHEN, T("Test"), steps), blobs)
    return path


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, auditor: Identity, trust: Trust) -> Path:
    return group_of(tmp_path_factory.mktemp("asked") / "wood.group", auditor, trust)


def run(code: int, *words: object, lang: str = "en") -> None:
    assert main(["--ui-lang", lang, "disclosure", *map(str, words)]) == code


def asked(code: int, capsys: pytest.CaptureFixture[str], *words: object, lang: str = "en") -> Any:
    capsys.readouterr()
    run(code, *words, "--json", lang=lang)
    return json.loads(capsys.readouterr().out)


def printed(code: int, capsys: pytest.CaptureFixture[str], *words: object, lang: str = "en") -> str:
    capsys.readouterr()
    run(code, *words, lang=lang)
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    capsys.readouterr()
    run(2, *words)
    return capsys.readouterr().err


def state(plain: Any, question: str) -> Any:
    (found,) = plain["maps"]
    return next(one for one in found["questions"] if one["id"] == question)


# ---------------------------------------------------------------------- looking


def test_every_map_is_listed(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = asked(0, capsys, "maps", plant)
    assert {one["key"] for one in plain} == {*all_maps(), "customer_2025"}
    assert all_maps()["cdp_2025"].title.zh in printed(0, capsys, "maps", plant, lang="zh")


def test_readiness_counts_and_names_what_is_missing(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = asked(1, capsys, "readiness", plant, "--year", "2023", "--map", "cdp_2025")
    (cdp,) = plain["maps"]
    assert 0 < cdp["data"]["n"] < cdp["data"]["of"]
    assert cdp["evidence"]["n"] <= cdp["data"]["n"]
    assert state(plain, "7.6/1")["state"] == "answered"
    assert state(plain, "3.5.2")["state"] == "not_applicable"
    counts = [one["asked"] for one in plain["missing"]]
    assert counts == sorted(counts, reverse=True)
    text = printed(1, capsys, "readiness", plant, "--year", "2023", "--map", "cdp_2025")
    assert f"{cdp['data']['n']}/{cdp['data']['of']}  {cdp['data']['percent']} %" in text
    every = printed(1, capsys, "readiness", plant, "--year", "2023", lang="zh")
    assert all(one.title.zh in every for one in all_maps().values())


def test_data_points_say_where_they_come_from(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = asked(0, capsys, "points", plant, "--year", "2023", "--point", "ghg.s2_lb")
    assert Decimal(one["value"]) > 0
    assert "a1" in one["origins"][0]["ids"]
    found = asked(1, capsys, "points", plant, "--year", "2023", "--map", "saq_5_0", "--missing")
    assert found
    assert all(not point["known"] and point["point"] != "energy.ren_el_pct" for point in found)
    assert "ghg.s2_lb" in printed(0, capsys, "points", plant, "--year", "2023", "--point", "ghg.s2_lb")
    assert "There is no data point “no.such”." in refused(capsys, "points", plant, "--point", "no.such")


def test_what_does_not_exist_is_refused(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no disclosure map “no_such”." in refused(capsys, "readiness", plant, "--map", "no_such")
    assert "cannot be opened" in refused(capsys, "maps", tmp_path / "none.plant")
    assert "does not exist" in refused(capsys, "maps", tmp_path / "none.group")


# ---------------------------------------------------------------------- answering and deciding


def test_an_answer_makes_a_question_answered(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = asked(1, capsys, "readiness", plant, "--year", "2023", "--map", "saq_5_0")
    assert state(before, "4")["state"] == "missing"
    assert any(one["point"] == "griev.channel" for one in before["missing"])
    answer = ("--year", 2023, "--point", "griev.channel", "--day", "2024-02-01", "--valid-to", "2099-12-31")
    run(
        0,
        "answer",
        "add",
        plant,
        *answer,
        "--rows",
        'Hotline | all | "zh; en" | yes | all',
        "--evidence",
        "e00001",
        "--person",
        "Li Na",
    )
    after = state(asked(1, capsys, "readiness", plant, "--year", "2023", "--map", "saq_5_0"), "4")
    assert (after["state"], after["proven"]) == ("answered", True)
    assert "nobody types it" in refused(capsys, "answer", "add", plant, "--year", 2023, "--point", "ghg.s1",
                                        "--day", "2024-02-01", "--value", "5")  # fmt: skip
    (kept,) = [one for one in asked(0, capsys, "answer", "list", plant) if one["point"] == "griev.channel"]
    assert kept["id"] == "2023 griev.channel"


def test_conditional_questions_are_decided_by_a_person(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("decide", plant, "cdp_2025")
    done = asked(0, capsys, *where, "7.26", "7.4.1", "--year", 2023, "--applies", "no", "--reason", "No change",
                 "--person", "Li Na")  # fmt: skip
    assert [(one["question"], one["applies"], one["by"]) for one in done["changed"]] == [
        ("7.26", "no", "Li Na"), ("7.4.1", "no", "Li Na"),
    ]  # fmt: skip
    later = asked(1, capsys, "readiness", plant, "--year", 2024, "--map", "cdp_2025")
    assert state(later, "7.26")["state"] == "undecided"
    assert state(later, "7.26")["proposal"] == {"year": 2023, "applies": "no", "reason": "No change"}
    assert "7.26: in 2023 it did not apply: No change" in printed(
        1, capsys, "readiness", plant, "--year", 2024, "--map", "cdp_2025"
    )
    run(0, *where, "7.26", "--year", 2024, "--as-before", "--comment", "As last year")
    later = state(asked(1, capsys, "readiness", plant, "--year", 2024, "--map", "cdp_2025"), "7.26")
    assert (later["state"], later["comment"]) == ("not_applicable", "As last year")
    run(0, *where, "7.26", "--year", 2024, "--applies", "undecided")
    again = state(asked(1, capsys, "readiness", plant, "--year", 2024, "--map", "cdp_2025"), "7.26")
    assert (again["state"], again["comment"]) == ("undecided", "As last year")


def test_what_cannot_be_decided(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("decide", plant, "cdp_2025")
    assert "not said what is decided" in refused(capsys, *where, "7.26")
    assert "not conditional" in refused(capsys, *where, "7.6/1", "--applies", "no", "--reason", "x")
    assert "reason is missing" in refused(capsys, *where, "7.26", "--applies", "no")
    assert "not decided in an earlier year" in refused(capsys, *where, "7.26", "--as-before")
    assert "is asked of head office" in refused(capsys, *where, "7.1.3", "--applies", "no", "--reason", "x")
    assert "has no question" in refused(capsys, *where, "99", "--comment", "x")


# ---------------------------------------------------------------------- workbooks and submissions


def test_hand_in_compare_and_export(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made,) = asked(0, capsys, "submit", plant, "cdp_2025", "--year", 2023, "--recipient", "CDP", "--day",
                    "2024-07-01", "--evidence", "e00001", "--person", "Li Na")["changed"]  # fmt: skip
    assert (made["id"], made["day"], made["evidence"]) == ("sb00002", "2024-07-01", ["e00001"])
    same = asked(0, capsys, "compare", plant, "cdp_2025", "--year", 2023, "--submission", "sb00002")
    assert {one["change"] for one in same["compared"]} == {"same", "none"}
    text = printed(0, capsys, "compare", plant, "cdp_2025", "--year", 2023, "--submission", "sb00002")
    assert "Unchanged: " in text
    moved = asked(0, capsys, "compare", plant, "cdp_2025", "--year", 2023, "--submission", "sb00001")
    by = {(one["question"], one["point"]): one for one in moved["compared"]}
    assert (by["7.6/1", "ghg.s1"]["old"]["value"], by["7.6/1", "ghg.s1"]["difference"]) == ("1200.5", "-1200.5")
    out = tmp_path / "cdp.xlsx"
    run(0, "export", plant, "cdp_2025", out, "--year", 2023, "--language", "en", "--submission", "sb00001")
    with CalamineWorkbook.from_path(out) as book:
        head, *rows = book.get_sheet_by_name("Questions").to_python()
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    line = next(one for one in lines if (one["Question"], one["Data point"]) == ("7.6/1", "ghg.s1"))
    assert (line["Before"], line["Difference"], line["Change"]) == (1200.5, -1200.5, "changed")
    assert "is not removed" in refused(capsys, "submission", "remove", plant, "sb00002")


def test_the_year_before_is_what_one_compares_with(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = asked(0, capsys, "compare", plant, "cdp_2025", "--year", 2024)
    assert later["before"] == "cdp_2025 for 2023, 2024-07-01"
    by_year = asked(0, capsys, "compare", plant, "cdp_2025", "--year", 2024, "--with-year", 2023)
    assert by_year["before"] == "Data of 2023"
    assert "nothing to compare with" in refused(capsys, "compare", plant, "saq_5_0", "--year", 2024)
    assert "There is no submission" in refused(capsys, "compare", plant, "saq_5_0", "--submission", "sb9")


def test_a_proof_that_is_not_kept_cannot_be_handed_in(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no" in refused(capsys, "submit", plant, "cdp_2025", "--year", 2023, "--evidence", "e9")
    with PlantFile.open(plant, read_only=True) as held:
        assert len(held.ledger.held(Submission)) == 1


# ---------------------------------------------------------------------- a received questionnaire


def test_a_received_questionnaire_is_linked(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    received = tmp_path / "asked.xlsx"
    received.write_bytes(xlsx_of(("GEN300", "Which made-up initiatives are there?"), ("ENV777", "Made-up lamps?"),
                                 head=("Code", "Question")))  # fmt: skip
    where = ("link", plant, "ecovadis_2025", received)
    found = asked(0, capsys, *where)
    assert [one["question"] for one in found["matched"]] == ["GEN300"]
    assert [(one["code"], one["label"]) for one in found["unknown"]] == [("ENV777", "Made-up lamps?")]
    assert "ENV777" in printed(0, capsys, *where)
    (made,) = asked(0, capsys, *where, "--link", "ENV777=energy.total,ghg.s1")["changed"]
    assert (made["code"], made["points"]) == ("ENV777", ["energy.total", "ghg.s1"])
    plain = asked(1, capsys, "readiness", plant, "--year", 2023, "--map", "ecovadis_2025")
    assert state(plain, "ENV777")["status"] == "USER"
    assert state(plain, "ENV777")["state"] == "answered"
    assert "There is no data point" in refused(capsys, *where, "--link", "ENV777=no.such")
    assert "is no key of a map" in refused(capsys, "link", plant, "My Customer", received)
    own = ("link", plant, "customer_2026", received, "--codes", "[A-Z]{3}[0-9]{3}", "--link", "GEN300=")
    (begun,) = asked(0, capsys, *own)["changed"]
    assert (begun["map"], begun["points"]) == ("customer_2026", [])


# ---------------------------------------------------------------------- head office


def test_a_group_answers_from_the_reports_of_its_plants(
    group: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = asked(0, capsys, "points", group, "--point", "ghg.s1")
    assert [origin["ids"] for origin in one["origins"]] == [["si1"], ["si2"]]
    assert Decimal(one["value"]) > 0
    plain = asked(1, capsys, "readiness", group, "--map", "cdp_2025")
    assert (plain["year"], plain["maps"][0]["level"]) == (2024, "group")
    assert state(plain, "7.6/1")["state"] == "answered"
    out = tmp_path / "group.xlsx"
    run(0, "export", group, "cdp_2025", out, "--language", "zh", lang="zh")
    with CalamineWorkbook.from_path(out) as book:
        said = {str(row[0]): row[1] for row in book.get_sheet_by_name("概览").to_python()}
    assert said["集团"] == "Wood"


def test_head_office_decides_answers_and_hands_in(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(0, "answer", "add", group, "--year", 2024, "--point", "gov.risk", "--day", "2025-02-01", "--value", "Workshop")
    assert "reports of the plants" in refused(capsys, "answer", "add", group, "--year", 2024, "--point",
                                              "ghg.s1", "--day", "2025-02-01", "--value", "5")  # fmt: skip
    run(0, "decide", group, "cdp_2025", "7.1.3", "--applies", "yes", "--reason", "Bought a plant")
    (made,) = asked(0, capsys, "submit", group, "cdp_2025", "--recipient", "CDP")["changed"]
    rows = {(row[0], row[1]): row[2] for row in made["values"]}
    assert rows["2.2", "gov.risk"] == "Workshop"
    assert Decimal(rows["7.6/1", "ghg.s1"]) > 0
    with GroupFile.open(group, read_only=True) as held:
        assert [one.map for one in held.register.held(Submission)] == ["cdp_2025"]
    assert "no findings of an audit" in refused(
        capsys, "decide", group, "cdp_2025", "7.1.3", "--comment", "x", "--because", "fi00001"
    )
