"""What a report says of its audit: nothing when nobody audited, else what was agreed, tested, found and concluded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.audit.misstatements import misstatements
from core.ledger import Ledger
from core.report.data import ReportData, tonnes
from core.report.discover import all_sections
from core.report.facts import signed
from core.report.flow import Block, Chapter
from core.report.table import Row, Table
from tests.core.report.complete import complete
from tests.core.report.sample import package

AUDIT = ("audit_statement", "audit_engagement", "audit_approach", "audit_sampling", "audit_findings",
         "audit_misstatements")  # fmt: skip


def told(report: ReportData, key: str, lang: str = "en") -> list[object]:
    return next(s for s in all_sections() if s.key == key).story(report, lang)


def words(story: list[object]) -> str:
    """Everything a section prints."""
    found: list[str] = []
    for part in story:
        if isinstance(part, (Block, Chapter)):
            found.append(part.block.text if isinstance(part, Chapter) else part.text)
        if isinstance(part, Table):
            found += [cell for row in part.rows for cell in row.cells]
    return "\n".join(found)


def rows(story: list[object]) -> list[Row]:
    return [row for part in story if isinstance(part, Table) for row in part.rows]


@pytest.fixture(scope="module")
def report() -> ReportData:
    return ReportData(complete("en"))


@pytest.mark.parametrize("key", AUDIT)
def test_of_a_year_that_nobody_audits_nothing_is_said(key: str) -> None:
    assert told(ReportData(package("en")), key) == []


def test_no_statement_before_an_opinion(report: ReportData) -> None:
    held = report.package.ledger
    undecided = replace(report.package, ledger=Ledger({**held.records, "opinion": {}}))
    assert told(ReportData(undecided), "audit_statement") == []
    assert told(ReportData(undecided), "audit_engagement")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_statement_gives_the_opinion_and_its_people(report: ReportData, lang: str) -> None:
    said = words(told(report, "audit_statement", lang))
    for name in ("Li Wei 李伟", "Sun Yan 孙燕", "Chen Hong 陈红", "The boiler house was replaced in November."):
        assert name in said


def test_the_engagement_names_agreement_people_declarations_and_minutes(report: ReportData) -> None:
    said = words(told(report, "audit_engagement"))
    for part in ("Example Automotive Group", "5 % of the total", "A corrected bill arrived", "signed on paper",
                 "signed electronically", "Scope and plan were agreed.", "number 2"):  # fmt: skip
        assert part in said


def test_the_approach_lists_every_source_with_the_auditors_reason_first(report: ReportData) -> None:
    sources = {activity.source for activity in report.inventory.activities}
    listed = rows(told(report, "audit_approach"))
    assert {row.cells[0] for row in listed} == sources
    power = next(row for row in listed if row.cells[0].startswith("Grid connection 1"))
    assert power.cells[3:5] == ("high", "medium")
    assert power.cells[6].startswith("Bills are typed by hand.")


def test_samples_name_their_seed_and_tests_their_procedure(report: ReportData) -> None:
    said = words(told(report, "audit_sampling"))
    assert said.count("4711") == 2
    assert "A bill was wrong. 一张账单有误。" in said
    assert "have changed since" in said  # the frames of the sample are invented
    assert said.count("Re-keyed blind") == 4


def test_findings_tell_cause_correction_and_who_closed(report: ReportData) -> None:
    said = words(told(report, "audit_findings"))
    for part in ("2023-01", "2023-02", "2023-03", "Typed by hand.", "Bills are imported from now on.",
                 "2024-02-12 Li Wei 李伟", signed(report.package.ledger.records["finding"]["fi00001"].effect, 3)):  # type: ignore[union-attr,arg-type]  # fmt: skip
        assert part in said


def test_misstatements_and_corrected_lines_add_up(report: ReportData) -> None:
    story = told(report, "audit_misstatements")
    found = misstatements(report.package.ledger, report.inventory, 2023)
    listed = rows(story)
    assert listed[0].cells[4] == tonnes(found.location.materiality)  # type: ignore[arg-type]
    assert listed[0].cells[2] == tonnes(found.location.understated)
    may = next(row for row in listed if "m0604" in row.cells[0])
    assert "2023-01" in may.cells[4]
    assert "Zhao Min" in may.cells[4]
    total = next(row for row in listed if row.kind == "total")
    lines = [row for row in listed if row.kind == "line" and len(row.cells) == 5]
    assert total.cells[3] in {row.cells[3] for row in lines}, "one line was corrected, so it is the difference"
