"""The workbook of a framework is opened again: every question, what is known of it, and nothing that runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from core.disclosures.catalogue import all_points
from core.disclosures.deciding import decision_id
from core.disclosures.folding import fold
from core.disclosures.point import Point
from core.disclosures.question import DisclosureMap
from core.disclosures.readiness import lacking, readiness_of
from core.disclosures.submitting import freeze
from core.disclosures.value import Origin, PointValue
from core.errors import UserError
from core.exchange.disclosures import About, write_disclosure
from core.exchange.workbook import open_workbook
from core.i18n import Name, verbatim
from core.inventory.views import CATEGORY_TITLES
from core.ledger.disclosures import QuestionDecision, Submission
from tests.core.disclosures.made import MAP, POINTS, absent, answer, number, point, question, share, table

HOSTILE = '=HYPERLINK("http://a","b")'
VALUES = {
    "ghg.s1": number("ghg.s1", "1200.5", "e00001"),
    "ghg.s2": absent("ghg.s2"),
    "policy.env": answer("policy.env", "yes", "e00003", valid_to="2025-06-30", expired=True),
    "gov.board": replace(answer("gov.board", HOSTILE), origins=(Origin("answer", ("x",), verbatim("@SUM(1)")),)),
    "action.list": table("action.list", ("+cmd|' /C calc'!A0", "20.5"), ("LED", "")),
    "target.set": answer("target.set", "yes"),
    "period.end": answer("period.end", "2025-12-31"),
    "energy.share": share("energy.share", 1, 3),
}
ASKED = replace(
    MAP, title=Name("=Own questions", "自有问题"), questions=(*MAP.questions, question("9", "period.end", kind="date"))
)  # fmt: skip
DECIDED = [
    QuestionDecision(decision_id(2025, MAP.key, "3.1"), MAP.key, "3.1", 2025, "yes", "-There is one", "=1+1"),
]
ABOUT = About("=Plant", date(2026, 3, 1), {"e00001": "=bill.pdf", "e00003": "policy.pdf"})
Rows = list[dict[str, Any]]


def written(path: Path, language: str = "en", last: dict[str, PointValue] | Submission | None = None,
            values: dict[str, PointValue] = VALUES, about: About = ABOUT, asked: DisclosureMap = ASKED,
            points: dict[str, Point] = POINTS) -> dict[str, list[list[Any]]]:  # fmt: skip
    readiness = readiness_of(asked, values, DECIDED, 2025, "plant")
    write_disclosure(path / "out.xlsx", readiness, about, last, language, points)
    return read(path / "out.xlsx")


def read(path: Path) -> dict[str, list[list[Any]]]:
    with CalamineWorkbook.from_path(path) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def rows(sheet: list[list[Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    head, *lines = sheet
    said = [dict(zip(head, line, strict=True)) for line in lines]
    keys = list(said[0])
    return {(line[keys[0]], line[keys[2]]): line for line in said}


def test_one_row_for_each_question_and_data_point(tmp_path: Path) -> None:
    found = written(tmp_path)
    assert list(found) == ["Overview", "Questions", "action.list"]
    by = rows(found["Questions"])
    assert [key[0] for key in by] == ["1", "2", "2", "3", "3.1", "4", "5", "7", "8", "9"]
    first = by["1", "ghg.s1"]
    assert (first["Label"], first["Value"], first["Unit"], first["State"]) == (
        "Question 1",
        1200.5,
        "tCO2e",
        "Answered",
    )
    assert (first["Proven"], first["Origin"], first["Evidence"]) == ("yes", "Rows: 2", "=bill.pdf")
    gone = by["2", "ghg.s2"]
    assert (gone["Value"], gone["State"], gone["Missing"]) == ("", "Answered in part", "“ghg.s2” is not answered.")
    stale = by["3", "policy.env"]
    assert (stale["Value"], stale["State"], stale["Proven"]) == ("yes", "Proof expired", "no")
    assert stale["Missing"] == "The proof expired on 2025-06-30."
    assert by["4", "action.list"]["Value"] == "Sheet “action.list”, rows: 2"
    assert by["5", "target.set"]["Value"] == "Yes"
    assert by["7", "energy.share"]["Value"] == 33.333333333
    assert by["8", ""]["Missing"] == "No data point is linked to this question."
    assert by["9", "period.end"]["Value"] in (date(2025, 12, 31), datetime(2025, 12, 31))


def test_tables_stand_on_their_own_sheet(tmp_path: Path) -> None:
    head, *lines = written(tmp_path)["action.list"]
    assert head == ["Action", "Saved [t]"]
    assert lines == [["+cmd|' /C calc'!A0", 20.5], ["LED", ""]]


def test_keys_in_tables_are_said_in_words(tmp_path: Path) -> None:
    points = {"base.s3": all_points()["base.s3"]}
    asked = replace(MAP, questions=(question("1", "base.s3", kind="table"),))
    values = {"base.s3": PointValue("base.s3", rows=(("4", "10.5"), ("=typed", "")))}
    for language, words in (("en", "Inbound and paid transport"), ("zh", CATEGORY_TITLES[4].in_language("zh"))):
        rows = written(tmp_path, language, values=values, asked=asked, points=points)["base.s3"]
        assert rows[1:] == [[words, 10.5], ["=typed", ""]]


def test_the_overview_counts_and_says_what_is_missing(tmp_path: Path) -> None:
    readiness = readiness_of(ASKED, VALUES, DECIDED, 2025, "plant")
    about = replace(ABOUT, lacking=lacking([readiness], POINTS), before=verbatim("2024"))
    said = dict(written(tmp_path, about=about)["Overview"])
    assert said["Plant"] == "=Plant"
    assert said["Reporting year"] == "2025"
    assert said["Questions with data"] == "5 of 8 (62 %)"
    assert said["Questions with proof"] == "1 of 8 (12 %)"
    assert said["Missing"] == "8"
    assert said["Missing: Point policy.env"] == (
        "The proof expired on 2025-06-30. Usually from: EHS manager. Questions: 1"
    )
    assert said["Missing: Point ghg.s2"] == "“ghg.s2” is not answered. Questions: 1"
    assert said["Compared with"] == "2024"


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_nothing_runs_in_any_language(tmp_path: Path, language: str) -> None:
    found = written(tmp_path, language)
    with ZipFile(tmp_path / "out.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")}
    assert len(parts) == 3
    for part in parts.values():
        assert b"<f>" not in part
        assert b"<f " not in part
    cells = [cell for sheet in found.values() for row in sheet for cell in row]
    for hostile in (HOSTILE, "@SUM(1)", "-There is one", "=1+1", "=Plant", "=bill.pdf", "+cmd|' /C calc'!A0"):
        assert hostile in cells
    assert open_workbook((tmp_path / "out.xlsx").read_bytes()).table("action.list").rows


def test_chinese_headings_and_words(tmp_path: Path) -> None:
    found = written(tmp_path, "zh")
    assert list(found) == ["概览", "问题", "action.list"]
    by = rows(found["问题"])
    first = by["1", "ghg.s1"]
    assert (first["简称"], first["类型"], first["要求程度"]) == ("问题 1", "数值", "必答")
    assert by["5", "target.set"]["数值"] == "是"


def test_a_question_that_does_not_apply_hands_nothing_in(tmp_path: Path) -> None:
    no = [replace(DECIDED[0], applies="no", reason="No board")]
    readiness = readiness_of(ASKED, VALUES, no, 2025, "plant")
    write_disclosure(tmp_path / "out.xlsx", readiness, ABOUT, None, "en", POINTS)
    line = rows(read(tmp_path / "out.xlsx")["Questions"])["3.1", "gov.board"]
    assert (line["Value"], line["State"], line["Decision"], line["Missing"]) == ("", "Not applicable", "No board", "")


def test_last_years_values_and_the_difference(tmp_path: Path) -> None:
    last = {"ghg.s1": number("ghg.s1", 1000), "target.set": answer("target.set", "no"),
            "action.list": table("action.list", ("LED", "")), "ghg.s2": number("ghg.s2", 5)}  # fmt: skip
    by = rows(written(tmp_path, last=last)["Questions"])
    one = by["1", "ghg.s1"]
    assert (one["Before"], one["Unit before"], one["Difference"]) == (1000, "tCO2e", 200.5)
    assert (one["Difference [%]"], one["Change"]) == (20.05, "changed")
    assert (by["5", "target.set"]["Before"], by["5", "target.set"]["Difference"]) == ("No", "")
    assert by["4", "action.list"]["Before"] == "Rows: 1"
    assert by["2", "ghg.s2"]["Change"] == "no longer answered"
    assert by["8", ""]["Change"] == ""


def test_what_is_frozen_is_what_the_workbook_shows(tmp_path: Path) -> None:
    frozen = freeze(ASKED, VALUES, 2025, date(2026, 7, 1), "Li Na", "CDP", key="sb00001", decisions=DECIDED)
    found = written(tmp_path, last=frozen)
    by, of_table = rows(found["Questions"]), found["action.list"][1:]
    for question_id, point_key, value, unit, *cells in frozen.values:
        line = by[question_id, point_key]
        assert line["Unit"] == unit
        assert line["Change"] == "unchanged"
        if cells:
            shown = of_table.pop(0)
            assert [str(cell) for cell in shown] == cells
        elif isinstance(line["Value"], float):
            assert Decimal(str(line["Value"])) == Decimal(value)
    assert of_table == []


def test_a_groups_tables_lead_with_the_plant_and_coverage_is_said(tmp_path: Path) -> None:
    plants = {"si1": {**VALUES, "policy.env": answer("policy.env", "yes", "e1")},
              "si2": {**VALUES, "policy.env": answer("policy.env", "yes")}}  # fmt: skip
    values = fold(POINTS, plants, {}, {"si1": "=Beijing", "si2": "Pune"})
    readiness = readiness_of(ASKED, values, DECIDED, 2025, "group")
    about = About("Brakes AG", proofs={"si1 e1": "policy.pdf"})
    write_disclosure(tmp_path / "out.xlsx", readiness, about, None, "en", POINTS)
    found = read(tmp_path / "out.xlsx")
    assert found["action.list"][0] == ["Plant", "Action", "Saved [t]"]
    assert [line[0] for line in found["action.list"][1:]] == ["=Beijing", "=Beijing", "Pune", "Pune"]
    line = rows(found["Questions"])["3", "policy.env"]
    assert (line["Value"], line["Proven"], line["Evidence"]) == ("1 of 2 plants with proof", "no", "policy.pdf")
    assert "=Beijing: yes, with proof, Pune: yes, without proof" in line["Origin"]


def test_long_keys_of_tables_get_names_that_excel_reads(tmp_path: Path) -> None:
    keys = [f"a.{'x' * 40}{n}" for n in range(3)] + ["Overview"]
    points = {key: point(key, "table", "union", columns=POINTS["action.list"].columns) for key in keys}
    asked = replace(MAP, questions=tuple(question(str(n), key) for n, key in enumerate(keys)))
    values = {key: PointValue(key, rows=(("LED", "1"),)) for key in keys}
    found = written(tmp_path, values=values, asked=asked, points=points)
    names = list(found)[2:]
    assert len(names) == 4
    assert len({name.casefold() for name in found}) == 6
    assert all(len(name) <= 31 for name in names)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    readiness = readiness_of(ASKED, VALUES, (), 2025, "plant")
    with pytest.raises(UserError, match=r"is not an \.xlsx file"):
        write_disclosure(tmp_path / "out.csv", readiness, ABOUT, None, "en", POINTS)
    with pytest.raises(UserError, match="cannot be written"):
        write_disclosure(tmp_path / "no" / "out.xlsx", readiness, ABOUT, None, "en", POINTS)
