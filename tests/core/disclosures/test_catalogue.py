"""Tables of data points and of the checklist are read strictly."""

from __future__ import annotations

import pytest

from core.disclosures.catalogue import all_points, checklist, read_checklist, read_points
from core.errors import UserError

HEADINGS = "key,name_en,name_zh,unit,kind,fold,columns,choices,months,evidence_en,evidence_zh,who_en,who_zh"
GAS = "x.gas,By gas,按气体,tCO2e,table,sum,gas|Gas|气体;tonnes#tCO2e|Emissions|排放量,,12,meter,仪表,Somebody,某人"
QUESTIONS = (
    "code,area,question_en,question_zh,kind,unit,level,columns,choices,months,evidence_en,evidence_zh,who_en,who_zh,"
    "links,other_en,other_zh"
)
ASKED = (
    "Z1,safety,Is it safe?,安全吗？,choice,,plant,,yes|Yes|是;no|No|否,12,log,台账,Somebody,某人,saq_5_0:8;rba_8_0:B,,"
)


def points(*rows: str) -> str:
    return "\n".join([HEADINGS, *rows])


def test_a_data_point_is_read_with_columns_and_proof() -> None:
    one = read_points(points(GAS), "p.csv")["x.gas"]
    assert [(c.key, c.number, c.unit) for c in one.columns] == [("gas", False, ""), ("tonnes", True, "tCO2e")]
    assert (one.name.zh, one.months, str(one.evidence), str(one.who)) == ("按气体", 12, "meter", "Somebody")


def test_a_question_is_a_data_point_of_its_own_and_folds_by_its_kind() -> None:
    (one,) = read_checklist("\n".join([QUESTIONS, ASKED]), "c.csv")
    assert (one.point.key, one.point.fold, one.links) == ("check.Z1", "coverage", (("saq_5_0", "8"), ("rba_8_0", "B")))
    assert [key for key, _ in one.point.choices] == ["yes", "no"]


def test_the_shipped_checklist_is_among_the_data_points() -> None:
    assert all_points()["check.E2"].fold == "ratio"
    assert {one.point.key for one in checklist()} <= all_points().keys()


@pytest.mark.parametrize(
    ("before", "after", "column", "reason"),
    [
        ("x.gas", "", "key", "empty"),
        ("x.gas", "check.gas", "key", "twice"),
        ("By gas", "", "name_en", "empty"),
        (",table,", ",tabel,", "kind", "“tabel”"),
        (",sum,", ",product,", "fold", "“product”"),
        (",tCO2e,table", ",furlong,table", "unit", "furlong"),
        ("#tCO2e", "#furlong", "columns", "furlong"),
        ("gas|Gas|气体;", "gas|Gas;", "columns", "apart by"),
        ("gas|Gas|气体;tonnes#tCO2e|Emissions|排放量", "", "columns", "columns"),
        ("gas|Gas|气体;", "tonnes|Gas|气体;", "columns", "repeats"),
        (",sum,gas|Gas|气体;", ",ratio,", "columns", "two parts"),
        (",table,", ",choice,", "choices", "chosen"),
        (",12,", ",1e1,", "months", "months"),
        (",12,", ",999,", "months", "120"),
        ("Somebody", "Some\u200bbody", "who_en", "seen"),
    ],
)
def test_what_is_wrong_is_named_with_row_and_column(before: str, after: str, column: str, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        read_points(points(GAS.replace(before, after, 1)), "p.csv")
    said = caught.value.text("en")
    assert said.startswith(f"p.csv, row 2, column {column}: ") and reason in said
    assert caught.value.remedy is not None


def test_the_same_key_twice_is_refused() -> None:
    with pytest.raises(UserError, match=r"row 3, column key.*twice"):
        read_points(points(GAS, GAS), "p.csv")


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("safety", "danger", "area"),
        (",choice,", ",text,", "kind"),
        (",plant,", ",moon,", "level"),
        ("saq_5_0:8;", "saq_5_0;", "links"),
        ("yes|Yes|是;no|No|否", "", "choices"),
    ],
)
def test_a_wrong_question_is_named(before: str, after: str, column: str) -> None:
    with pytest.raises(UserError, match=f"c.csv, row 2, column {column}"):
        read_checklist("\n".join([QUESTIONS, ASKED.replace(before, after, 1)]), "c.csv")


def test_a_question_twice_is_refused() -> None:
    with pytest.raises(UserError, match="row 3, column code"):
        read_checklist("\n".join([QUESTIONS, ASKED, ASKED]), "c.csv")
