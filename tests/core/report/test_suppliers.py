"""The section on suppliers: coverage by number and by money, share of answers, what became of declarations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.inventory import differences
from core.ledger import MineralDeclaration, Supplier, Undertaking
from core.report import compare
from core.report.data import ReportData
from core.report.style import PART
from tests.core.report.complete import complete, pages_of, rebuilt
from tests.core.report.sample import package
from tests.core.report.test_energy import row, tables, texts, told
from tests.core.report.test_planned import all_said, cells, changed, emptied, report, titled, with_one

KEY = "suppliers"
KINDS = ("supplier", "undertaking", "mineral_declaration")


def section(of: ReportData | None = None, lang: str = "en") -> list[Any]:
    return told(of or report(), KEY, lang)


def test_a_plant_without_suppliers_has_no_such_section() -> None:
    assert section(ReportData(package("en"))) == []
    assert section(emptied(*KINDS)) == []


def test_both_languages_say_as_much_and_no_cell_is_dropped() -> None:
    english, chinese = section(), section(lang="zh")
    assert [type(one) for one in english] == [type(one) for one in chinese]
    assert [len(one.rows) for one in tables(english)] == [len(one.rows) for one in tables(chinese)] == [4, 2]
    for table in (*tables(english), *tables(chinese)):
        assert {len(one.cells) for one in table.rows} == {len(table.columns)}
    assert "行为准则" in all_said(chinese) or "Code of conduct" in all_said(chinese)


def test_who_delivers_is_counted_with_the_risk() -> None:
    said = texts(section())
    assert "Suppliers that deliver: 5; judged to be of high risk: 1; not judged: 1." in said
    later = with_one("supplier", "su00003", until="2026-03-04")  # the day before the report
    assert "Suppliers that deliver: 4; judged to be of high risk: 0;" in texts(section(later))


def test_coverage_is_that_of_the_day_of_the_report_by_number_and_money() -> None:
    table = titled(section(), "Have signed")
    assert cells(table, "Code of conduct") == (
        "Code of conduct", "2 of 5", "40.0%", "CNY 92.3%\nUSD 100.0%", "1", "2", "1 of 2",
    )  # fmt: skip
    assert cells(table, "UN Global")[1:4] == ("1 of 5", "20.0%", "CNY 0.0%\nUSD 100.0%")
    assert cells(table, "ILO core")[1:] == ("0 of 5", "0.0%", "CNY 0.0%\nUSD 0.0%", "0", "5", "–")
    assert [place for place, ground in row(table, "Code of conduct").grounds if ground is PART] == [4]
    assert row(table, "UN Global").grounds == ()
    assert "Suppliers of which it is not known what is paid: 1." in texts(section())


def test_an_undertaking_counts_to_its_last_day() -> None:
    on_the_day = with_one("undertaking", "un00002", valid_to="2026-03-05")
    assert cells(titled(section(on_the_day), "Have signed"), "Code of conduct")[1] == "3 of 5"
    before = with_one("undertaking", "un00002", valid_to="2026-03-04")
    assert cells(titled(section(before), "Have signed"), "Code of conduct")[1] == "2 of 5"


def test_the_share_of_answers_and_what_became_of_declarations() -> None:
    flow = section()
    table = titled(flow, "Template")
    assert [one.cells[1:] for one in table.rows] == [
        ("1 of 3", "3", "1", "1", "1", "1"), ("1 of 3", "1", "0", "0", "1", "0"),
    ]  # fmt: skip
    assert "Suppliers that deliver minerals: 3; answered by any template: 1." in texts(flow)
    accepted = with_one("mineral_declaration", "md00003", verdict="accepted")
    assert cells(titled(section(accepted), "Template"), "CMRT")[1:5] == ("2 of 3", "3", "2", "0")


def test_without_minerals_nothing_is_said_of_them() -> None:
    def none(records: dict[str, dict[str, Any]]) -> None:
        records["mineral_declaration"].clear()
        for key, one in records["supplier"].items():
            records["supplier"][key] = replace(one, minerals=False)

    assert len(tables(section(changed(none)))) == 1 and "minerals" not in texts(section(changed(none)))

    def unmarked(records: dict[str, dict[str, Any]]) -> None:
        for key, one in records["supplier"].items():
            records["supplier"][key] = replace(one, minerals=False)

    assert "No supplier is marked as one that delivers minerals" in texts(section(changed(unmarked)))
    silent = emptied("mineral_declaration")
    assert "answered by any template: 0." in texts(section(silent)) and len(tables(section(silent))) == 1


def test_no_person_and_no_smelter_is_named() -> None:
    said = all_said(section())
    for secret in ("Chen Min", "wang@weld", "Wang Fang", "Li Ming", "Weld Wire", "CID"):
        assert secret not in said
    assert "Lists of smelters and the people whom declarations name stay at the plant" in said


def test_what_is_shown_does_not_depend_on_the_order_of_records() -> None:
    def turned(records: dict[str, dict[str, Any]]) -> None:
        for kind in KINDS:
            records[kind] = dict(reversed(records[kind].items()))

    assert all_said(section(changed(turned))) == all_said(section())


def test_it_follows_from_the_package_and_is_rebuilt_byte_by_byte() -> None:
    held, pdf = complete(), pages_of()
    assert differences(held, held.inventory(), review(held.inventory())) == ()
    assert rebuilt() == "equal"
    other = with_one("undertaking", "un00001", valid_to="2025-12-31").package
    assert compare(pdf, replace(held, ledger=other.ledger)) == "differs"


@pytest.mark.parametrize(
    ("kind", "key", "said"),
    [("supplier", "su00001", {"until": "soon"}), ("mineral_declaration", "md00001", {"effective": "last year"})],
)
def test_days_that_are_none_are_said_in_place_of_figures(kind: str, key: str, said: dict[str, str]) -> None:
    assert "The records of suppliers do not give these figures." in texts(section(with_one(kind, key, **said)))


text = st.text(max_size=30)


@settings(max_examples=40)
@given(text, text, st.decimals(allow_nan=False, allow_infinity=False), text, text, text, text)
def test_no_record_of_a_stranger_breaks_the_section(
    name: str, currency: str, spend: Any, until: str, signed: str, template: str, verdict: str
) -> None:
    def strange(records: dict[str, dict[str, Any]]) -> None:
        records["supplier"]["x"] = Supplier("x", name, spend=spend, currency=currency, risk=verdict, until=until,
                                            minerals=True)  # fmt: skip
        records["undertaking"]["x"] = Undertaking("x", "x", signed, name, date(2025, 1, 1), valid_to=until)
        records["mineral_declaration"]["x"] = MineralDeclaration(
            "x", template, name, name, until, "x", verdict=verdict
        )  # fmt: skip

    assert section(changed(strange))
