"""The section on those who ask: two counts that are no score, the checklist, and what others found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.disclosures.checklist import checked_of
from core.disclosures.maps import all_maps
from core.disclosures.readiness import readiness_of
from core.disclosures.values import values_of
from core.handover.asked import known_of_package
from core.inventory import differences
from core.ledger import Answer, ExternalAudit, QuestionDecision
from core.report import compare
from core.report.data import ReportData
from core.report.style import HOLE, PART
from core.report.table import Table
from tests.core.report.asked import asked
from tests.core.report.complete import complete, pages_of, rebuilt
from tests.core.report.sample import package
from tests.core.report.test_energy import row, tables, texts, told
from tests.core.report.test_planned import all_said, beside_little, cells, changed, emptied, report, titled, with_one

KEY = "disclosures"


def section(of: ReportData | None = None, lang: str = "en") -> list[Any]:
    return told(of or report(), KEY, lang)


def area(name: str, of: ReportData | None = None) -> tuple[str, ...]:
    return cells(titled(section(of), "Topic"), name)


# ---------------------------------------------------------------------- when there is something to say


def test_a_plant_that_nobody_asks_has_no_such_section() -> None:
    assert section(ReportData(package("en"))) == []
    assert section(emptied("answer", "question_decision", "external_audit")) == []


def test_each_part_is_there_when_its_records_are() -> None:
    def heads(of: ReportData) -> list[str]:
        return [table.columns[0].title for table in tables(section(of))]

    assert heads(report()) == ["Framework", "Topic", "Date"]
    assert heads(emptied("answer", "question_decision")) == ["Date"]
    assert heads(emptied("external_audit", "answer")) == ["Framework"]

    def no_checklist(records: dict[str, dict[str, Any]]) -> None:
        records["answer"] = {key: one for key, one in records["answer"].items() if "check." not in one.point}

    assert heads(changed(no_checklist)) == ["Framework", "Date"]


def test_both_languages_say_as_much() -> None:
    english, chinese = section(), section(lang="zh")
    assert [type(one) for one in english] == [type(one) for one in chinese]
    assert [len(one.rows) for one in tables(english)] == [len(one.rows) for one in tables(chinese)]
    for table in tables(english):
        assert {len(one.cells) for one in table.rows} == {len(table.columns)}


# ---------------------------------------------------------------------- frameworks


def test_both_counts_are_those_that_head_office_comes_to_from_the_report() -> None:
    values = values_of(known_of_package(complete()))
    decisions = complete().ledger.held(QuestionDecision)
    table = titled(section(), "Framework")
    seen = 0
    for one in all_maps().values():
        ready = readiness_of(one, values, decisions, 2023, "plant")
        found = [line.cells for line in table.rows if line.cells[0].splitlines()[0] == one.title.en]
        if not ready.counted:
            assert not found
            continue
        ((line, data, proof, undecided, aside),) = found
        assert one.edition in line
        assert data == f"{ready.data.n} of {ready.data.of}"
        assert proof == f"{ready.evidence.n} of {ready.evidence.of}"
        assert undecided == str(len(ready.of_state("undecided")))
        assert aside == str(len(ready.of_state("not_applicable")))
        seen += ready.data.n > ready.evidence.n
    assert seen > 5
    assert cells(table, "CDP")[4] == "1"


def test_it_says_that_it_is_no_score_and_prints_no_percentage() -> None:
    said = all_said(section())
    assert "no score" in said and "%" not in said


def test_a_question_that_does_not_apply_is_not_counted() -> None:
    decided = cells(titled(section(), "Framework"), "CDP")
    open_ = cells(titled(section(with_one("question_decision", "2023 cdp_2025 3.5.2", applies="")), "Framework"), "CDP")
    assert (decided[4], open_[4]) == ("1", "0")
    assert int(decided[1].split()[2]) + 1 == int(open_[1].split()[2])
    assert int(decided[3]) + 1 == int(open_[3])


def test_a_questionnaire_that_stays_at_the_plant_is_named() -> None:
    assert "stay there and are not counted here: customer_2025." in texts(section())
    assert "not counted here" not in texts(section(emptied("question_decision")))


# ---------------------------------------------------------------------- checklist


def test_answers_and_proofs_of_the_checklist_are_counted_apart() -> None:
    assert area("Governance") == ("Governance", "3 of 4", "1 of 4", "0", "1")
    assert area("Ethics") == ("Ethics", "2 of 8", "0 of 8", "0", "1")
    areas = checked_of(values_of(known_of_package(complete())))
    for one in areas:
        ours = area(str(one.title))
        assert ours[1:3] == (f"{one.answered.n} of {one.answered.of}", f"{one.proven.n} of {one.proven.of}")
    answered, proven = (sum(each) for each in zip(*((one.answered.n, one.proven.n) for one in areas), strict=True))
    assert area("Total") == ("Total", f"{answered} of 39", f"{proven} of 39", "1", "2")
    assert 0 < proven < answered < 39


def test_what_has_run_out_on_the_day_of_the_report_is_no_answer() -> None:
    """The answer of May 2022 holds for twelve months."""
    assert area("Human rights") == ("Human rights", "0 of 8", "0 of 8", "1", "0")
    renewed = with_one("answer", "2022 check.H2", valid_to="2026-03-05")
    assert area("Human rights", renewed) == ("Human rights", "1 of 8", "1 of 8", "0", "0")
    assert (3, PART) in row(titled(section(), "Topic"), "Human rights").grounds


# ---------------------------------------------------------------------- audits by others


def audits(of: ReportData | None = None) -> Table:
    return titled(section(of), "Result as stated")


def test_a_result_stands_as_it_was_stated() -> None:
    table = audits()
    assert [one.cells[0] for one in table.rows] == ["2023-09-12", "2024-07-01", "2025-03-04"]
    rating, certificate, bare = table.rows
    assert rating.cells[1:4] == ("EcoVadis rating\nEcoVadis 2023\nEcoVadis", "62/100", "2024-09-11\nexpired")
    assert (3, HOLE) in rating.grounds
    assert certificate.cells[3] == "2027-06-30" and not any(place == 3 for place, _colour in certificate.grounds)
    assert certificate.cells[5] == "ISO 14001 certificate 证书.pdf"
    assert bare.cells[2:] == ("–", "–", "–", "–")


def test_open_findings_are_named_with_their_day_and_closed_ones_are_not() -> None:
    certificate = audits().rows[1]
    assert certificate.cells[4] == "Register of duties out of date 法规清单未更新, due 2025-01-31"
    assert (4, PART) in certificate.grounds
    later = with_one("external_audit", "ea00001", findings=(("Sorted", "2027-01-31", ""),))
    assert (4, PART) not in audits(later).rows[1].grounds


def test_many_findings_and_many_audits_are_named_in_part_and_counted() -> None:
    many = with_one("external_audit", "ea00001", findings=tuple((f"Finding {n}", "", "") for n in range(12)))
    assert audits(many).rows[1].cells[4].splitlines()[-1] == "4 more"

    def more(records: dict[str, dict[str, Any]]) -> None:
        one = records["external_audit"]["ea00003"]
        records["external_audit"] |= {f"x{n}": replace(one, id=f"x{n}") for n in range(250)}

    flow = section(changed(more))
    assert len(titled(flow, "Result as stated").rows) == 200
    assert "Earlier ones that are not printed: 53." in texts(flow)


# ---------------------------------------------------------------------- nobody can show anything else


def test_everything_is_confirmed_and_rebuilt_byte_by_byte() -> None:
    held, pdf = complete(), pages_of()
    assert differences(held, held.inventory(), review(held.inventory())) == ()
    assert rebuilt() == "equal"
    other = with_one("external_audit", "ea00002", result="92/100").package
    assert compare(pdf, replace(held, ledger=other.ledger)) == "differs"


def test_what_is_shown_does_not_depend_on_the_order_of_records() -> None:
    def turned(records: dict[str, dict[str, Any]]) -> None:
        for kind in ("answer", "question_decision", "external_audit"):
            records[kind] = dict(reversed(records[kind].items()))

    assert all_said(section(changed(turned))) == all_said(section())


strange = st.sampled_from(["", "x" * 5000, "2025-99-99", "9999-12-31", "\r\n\t", "-1", "check.G1", "yes", "NaN"])


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Answer,
        st.just("2023 check.G1"),
        st.sampled_from(["check.G1", "check.E1", "check.G2", "policy.env", "gone"]),
        st.sampled_from([2023, 0, 9999]),
        st.sampled_from([date.max, date.min, date(2025, 1, 1)]),
        strange,
        strange,
        st.sampled_from([(), ((),), (("1", "0"),), (("a",),)]),
        strange,
        strange,
        st.tuples(strange),
        strange,
    ),
    st.builds(
        ExternalAudit,
        st.just("ea00001"),
        strange,
        strange,
        st.sampled_from([date.max, date.min]),
        strange,
        strange,
        strange,
        strange,
        st.sampled_from([(), ((),), (("a",),), (("", "x", ""), ("b", "0", "y", "z"))]),
        st.tuples(strange),
        strange,
    ),
)
def test_no_record_of_a_stranger_breaks_the_pages(answer: Answer, audit: ExternalAudit) -> None:
    of = beside_little(*asked(), answer, audit)
    for lang in ("en", "zh"):
        for part in section(of, lang):
            part.wrap(480, 700)
    assert tables(section(of))


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_it_is_drawn_in_every_language(language: str) -> None:
    assert pages_of(language).startswith(b"%PDF")
